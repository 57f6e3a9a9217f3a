package paper

import (
	"slices"
	"strings"

	"datagov/domain/agency"
	"datagov/domain/audit"
	"datagov/domain/casework"
	"datagov/domain/deadline"
	"datagov/domain/sharing"
)

// Due lists the papers that a move of a share request calls for, by the events
// it left. The answer is one paper for both opinions: it is a refusal only when
// nothing is agreed and nothing disputed. Articles 25, 26(2); TL 21.
func Due(events []audit.Event) []Kind {
	happened := func(name string) bool {
		return slices.ContainsFunc(events, func(e audit.Event) bool { return e.Name == "share_request."+name })
	}
	var due []Kind
	if happened("supplement_noticed") {
		due = append(due, Supplement)
	}
	if happened("extension_consented") {
		due = append(due, Extension)
	}
	switch {
	case happened("approved"), happened("disputed"):
		due = append(due, Answer)
	case happened("refused"):
		due = append(due, Refusal)
	}
	if happened("overdue") || happened("late") {
		due = append(due, Overdue)
	}
	return due
}

// lateness is one agency with its terms that have passed.
type lateness struct {
	Agency agency.ID
	Clocks []deadline.Clock
}

// late gathers the terms that the newest ring found passed, by who owes the
// step, in the order of the clocks. A term that both sides owe is reported to
// each side that has not answered.
func late(r sharing.Request) []lateness {
	var all []lateness
	newest := r.Clocks[:0:0]
	for _, c := range r.Clocks {
		switch {
		case c.OverdueAt.IsZero():
		case len(newest) == 0 || c.OverdueAt.After(newest[0].OverdueAt):
			newest = append(newest[:0:0], c)
		case c.OverdueAt.Equal(newest[0].OverdueAt):
			newest = append(newest, c)
		}
	}
	for _, c := range newest {
		for _, id := range owing(r, c.Code) {
			at := slices.IndexFunc(all, func(l lateness) bool { return l.Agency == id })
			if at < 0 {
				all, at = append(all, lateness{Agency: id}), len(all)
			}
			all[at].Clocks = append(all[at].Clocks, c)
		}
	}
	return all
}

// owing says which agencies owe the step that a term is for.
func owing(r sharing.Request, code string) []agency.ID {
	switch code {
	case deadline.ShareSignOff, deadline.ShareSupplement:
		return []agency.ID{r.Requester}
	case deadline.ShareProviderAnswer, deadline.ShareProviderOpinion:
		return []agency.ID{r.Provider}
	case deadline.ShareJointDecision:
		var ids []agency.ID
		for _, side := range []struct {
			side casework.Side
			id   agency.ID
		}{{casework.Provider, r.Provider}, {casework.Commission, r.Commission}} {
			if !signed(r, side.side) && !slices.Contains(ids, side.id) {
				ids = append(ids, side.id)
			}
		}
		return ids
	}
	return []agency.ID{r.Commission}
}

func signed(r sharing.Request, side casework.Side) bool {
	return slices.ContainsFunc(r.Opinions, func(o casework.Opinion) bool { return o.Side == side && o.Status == casework.Signed })
}

// clean takes out what a typed text may begin or end with.
func clean(words string) string { return strings.TrimSpace(strings.ReplaceAll(words, "\r", "")) }
