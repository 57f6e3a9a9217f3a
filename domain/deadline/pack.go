package deadline

import (
	"fmt"

	"datagov/domain/workday"
)

// Pack is one version of the terms together with the calendar they count on. A
// case is pinned to the version it started under.
type Pack struct {
	Version  string
	Calendar workday.Calendar
	// Terms may hold several entries of one code: one for government
	// departments and one for others, and successive ones by InForceFrom.
	Terms []ScopedTerm
	// Items are the other rules of the pack, in order of kind, code and day.
	Items []Item
}

// Scope says whom a term reaches: the 条例 binds 政府部门 only (correction 8).
type Scope string

// The scopes of a term; the empty scope reaches everybody.
const (
	Everyone       Scope = ""
	GovernmentOnly Scope = "government"
	OthersOnly     Scope = "other"
)

// ScopedTerm is a term with the agencies it reaches.
type ScopedTerm struct {
	Term
	Scope Scope
}

// Find gives the newest term of the code that is in force on the day and
// reaches an agency that is (or is not) a government department.
func (p Pack) Find(code string, government bool, on workday.Day) (Term, error) {
	var best Term
	for _, t := range p.Terms {
		reaches := t.Scope == Everyone || (t.Scope == GovernmentOnly) == government
		if t.Code == code && reaches && t.InForceFrom <= on && t.InForceFrom >= best.InForceFrom {
			best = t.Term
		}
	}
	if best.Code == "" {
		return Term{}, fmt.Errorf("find term %s: none in force on %s", code, on)
	}
	return best, nil
}
