package api

import (
	"slices"

	"datagov/domain/casework"
	"datagov/store"
)

// refusing gathers the grounds of both sides' signed refusals of an item.
func (m *material) refusing(item string) []groundView {
	views := []groundView{}
	for _, o := range m.r.Opinions {
		if o.Status != casework.Signed || o.On(item) != casework.Refusal {
			continue
		}
		for _, c := range m.claims[o.ID] {
			if v := groundOf(c, true); !slices.Contains(views, v) {
				views = append(views, v)
			}
		}
	}
	return views
}

// opinionViews shows both sides' opinions. A requester sees that a paper is
// being drafted, and its words once it is signed: a draft is the office's own.
func (m *material) opinionViews() ([]opinionView, error) {
	views := []opinionView{}
	for _, o := range m.opinions {
		if m.actor.Agency == m.r.Requester && o.Status() != casework.Signed {
			views = append(views, opinionView{
				ID: o.ID, Side: o.Side, Status: o.Status(), DraftedAt: o.DraftedAt.UTC(),
				Conditions: []casework.Condition{}, Grounds: []groundView{}, ItemIDs: []string{},
				OpinionReceipt: OpinionReceipt{StaleChanges: []changeView{}},
			})
			continue
		}
		conditions, err := store.Conditions(o.Conditions)
		if err != nil {
			return nil, err
		}
		items, err := store.Strings(o.Items)
		if err != nil {
			return nil, err
		}
		v := opinionView{
			ID: o.ID, Side: o.Side, Outcome: o.Outcome, Status: o.Status(), DraftedBy: o.DraftedBy, DraftedByName: m.names[o.DraftedBy],
			DraftedAt: o.DraftedAt.UTC(), Reason: o.Reason, Conditions: conditions, Grounds: []groundView{}, ItemIDs: items, ReturnReason: o.ReturnReason,
			OpinionReceipt: m.receipts.of(o),
		}
		if v.Status != casework.Drafted {
			v.SignedBy, v.SignedByName, v.SignedAt = o.SignedBy, m.names[o.SignedBy], moment(o.SignedAt)
		}
		for _, c := range m.claims[o.ID] {
			v.Grounds = append(v.Grounds, groundOf(c, true))
		}
		views = append(views, v)
	}
	return views, nil
}
