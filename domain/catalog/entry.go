// Package catalog holds catalog entries and their items as other procedures
// see them: who provides the data, how it is classified for sharing, and on
// which reason and grounds. Articles 16, 17, 26, 38.
package catalog

import (
	"datagov/domain/agency"
	"datagov/domain/law"
)

// Sharing is the sharing type of an entry or item. Article 26(1).
type Sharing string

// The sharing types; Unclassified is 待定类, not decided by its provider yet.
const (
	Unconditional Sharing = "unconditional"
	Authorized    Sharing = "authorized"
	NotShared     Sharing = "not_shared"
	Unclassified  Sharing = "unclassified"
)

// Title is the sharing type in the words of the offices.
func (s Sharing) Title() string {
	switch s {
	case Unconditional:
		return "无条件共享"
	case Authorized:
		return "授权共享"
	case NotShared:
		return "非共享"
	case Unclassified:
		return "待定"
	}
	return string(s)
}

// Entry is one published catalog entry with its items.
type Entry struct {
	ID       string
	Version  int64
	Code     string
	Name     string
	Provider agency.Agency
	Sharing  Sharing
	Reason   string
	Grounds  []law.Claim
	Items    []Item
}

// Item is one data item. Its sharing type may differ from the entry's.
type Item struct {
	ID      string
	Name    string
	Level   string
	Sharing Sharing
	Reason  string
	Grounds []law.Claim
}

// Item finds an item of the entry by ID.
func (e Entry) Item(id string) (Item, bool) {
	for _, i := range e.Items {
		if i.ID == id {
			return i, true
		}
	}
	return Item{}, false
}
