package deadline

import (
	"encoding/json"
	"fmt"

	"datagov/domain/fault"
	"datagov/domain/law"
	"datagov/domain/workday"
)

// ItemKind says what an item of a rule pack is about.
type ItemKind string

// The kinds of items a rule pack holds beside its terms.
const (
	KindSuspension ItemKind = "suspension" // a reason that stops a clock
	KindLevel      ItemKind = "level"      // a security level of the catalog
	KindChecklist  ItemKind = "checklist"  // what a step has to look at
	KindGround     ItemKind = "ground"     // a ready ground
	KindBulk       ItemKind = "bulk"       // what may not be signed in bulk
	KindPaper      ItemKind = "paper"      // a template of a paper
)

// ItemKinds lists every kind.
func ItemKinds() []ItemKind {
	return []ItemKind{KindSuspension, KindLevel, KindChecklist, KindGround, KindBulk, KindPaper}
}

// Item is one rule of a pack that is no term, with its source. Body is a JSON
// object whose members the kind defines.
type Item struct {
	Kind        ItemKind
	Code, Title string
	Body        string
	Basis       Basis
	Source      string
	Citation    law.Citation
	InForceFrom workday.Day
}

// Suspension is a listed reason that stops clocks, at most for so many working days.
type Suspension struct {
	Code, Title string
	Limit       int
	Clocks      []string
	Basis       Basis
	Citation    law.Citation
}

// Article names what the reason leans on, in words.
func (s Suspension) Article() string { return s.Citation.Title() }

// suspensionBody is the body of an item of kind suspension.
type suspensionBody struct {
	Limit  int      `json:"limit"`
	Unit   Unit     `json:"unit"`
	Clocks []string `json:"clocks"`
}

// BulkBody is the body of an item of kind bulk; its code is the level.
type BulkBody struct {
	Refused bool   `json:"refused"`
	Reason  string `json:"reason"`
}

// ChecklistBody is the body of an item of kind checklist; its code is the step.
type ChecklistBody struct {
	Points []string `json:"points"`
}

// Suspensions lists the reasons that are in force on the day, in the order of the pack.
func (p Pack) Suspensions(on workday.Day) ([]Suspension, error) {
	list := []Suspension{}
	for _, i := range p.Items {
		if i.Kind != KindSuspension || i.InForceFrom > on {
			continue
		}
		var b suspensionBody
		if err := json.Unmarshal([]byte(i.Body), &b); err != nil {
			return nil, fmt.Errorf("read suspension %s of rule pack %s: %w", i.Code, p.Version, err)
		}
		list = append(list, Suspension{Code: i.Code, Title: i.Title, Limit: b.Limit, Clocks: b.Clocks, Basis: i.Basis, Citation: i.Citation})
	}
	return list, nil
}

// Suspension finds a listed reason; a clock stops for no other.
func (p Pack) Suspension(code string, on workday.Day) (Suspension, error) {
	list, err := p.Suspensions(on)
	if err != nil {
		return Suspension{}, err
	}
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].Code == code {
			return list[i], nil
		}
	}
	return Suspension{}, fault.Form("/reasonCode", "该事由不在规则包所列的中止事由之中")
}
