package activities

import (
	"context"
	"strings"

	"datagov/domain/agency"
	"datagov/domain/audit"
	"datagov/domain/casework"
	"datagov/domain/fault"
	"datagov/domain/sharing"
	"datagov/store"
)

// Order carries an order of the desk: it moves people, never the case. What
// belongs to no task (advice, copies, followers) becomes rows of its own.
func (a *ShareRequests) Order(ctx context.Context, in Act) (Done, error) {
	return a.act(ctx, in, func(ctx context.Context, tx store.Tx, m sharing.Move, r *store.ShareRequest, c store.Command) ([]audit.Event, string, error) {
		if in.Order == nil {
			return nil, "", fault.Form("/verb", "没有写明要办理什么")
		}
		w, err := words[sharing.OrderWords](c)
		if err != nil {
			return nil, "", err
		}
		o := *in.Order
		if o.Verb == casework.Consult {
			o.Consultation = newID()
		}
		targets, err := tx.Actors(ctx, o.Accounts)
		if err != nil {
			return nil, "", err
		}
		events, err := r.Order(m, o, targets)
		if err != nil {
			return nil, "", err
		}
		return events, o.Consultation, recordOrder(ctx, order{tx, m, r, o, w, targets})
	})
}

// order is one order of the desk with everything its rows are made of.
type order struct {
	tx      store.Tx
	move    sharing.Move
	r       *store.ShareRequest
	order   casework.Order
	words   sharing.OrderWords
	targets []agency.Actor
}

func recordOrder(ctx context.Context, o order) error {
	switch o.order.Verb {
	case casework.Consult:
		return o.consult(ctx)
	case casework.Advise:
		return o.tx.AnswerConsultation(ctx, o.order.Consultation, strings.TrimSpace(o.words.Text), o.move.By, o.move.At)
	case casework.Urge:
		return o.escalate(ctx)
	case casework.SendCopy:
		return o.copies(ctx)
	case casework.Follow:
		return o.tx.Follow(ctx, o.r.ID, o.move.By.Account, o.move.At)
	case casework.Unfollow:
		return o.tx.Unfollow(ctx, o.r.ID, o.move.By.Account)
	case casework.AddSigner, casework.RemoveSigner, casework.Transfer:
	}
	return nil
}

// consult puts the question into the colleague's box.
func (o order) consult(ctx context.Context) error {
	t, target := casework.FindID(o.r.Desk, o.order.Task), o.targets[0]
	row := store.Task{
		ID: newID(), CaseID: o.r.ID, CaseKind: "share_request", Kind: store.AdviceTask, ParentID: t.ID, Step: "advice",
		Title:    sharing.StepTitle("advice") + "：" + o.r.Words.Title,
		AgencyID: string(t.Agency), Role: string(t.Role), PartyID: string(o.r.Requester), CreatedAt: o.move.At,
	}
	if err := o.tx.InsertTask(ctx, row, store.Holding([]string{target.Account})); err != nil {
		return err
	}
	return o.tx.InsertConsultation(ctx, store.Consultation{
		ID: o.order.Consultation, CaseID: o.r.ID, TaskID: t.ID, AdviceID: row.ID, AskedBy: o.move.By.Account,
		AccountID: target.Account, Question: strings.TrimSpace(o.words.Text), AskedAt: o.move.At,
	})
}

// escalate tells the superior from the second urging on.
func (o order) escalate(ctx context.Context) error {
	t := casework.FindID(o.r.Desk, o.order.Task)
	if t.Urges < 2 {
		return nil
	}
	d := &desk{tx: o.tx, r: o.r, by: o.move.By, at: o.move.At}
	return d.report(ctx, *t, "urged")
}

// copies puts the case into the boxes of those it is copied to, one for each agency.
func (o order) copies(ctx context.Context) error {
	byAgency, order := map[agency.ID][]string{}, []agency.ID{}
	for _, target := range o.targets {
		if len(byAgency[target.Agency]) == 0 {
			order = append(order, target.Agency)
		}
		byAgency[target.Agency] = append(byAgency[target.Agency], target.Account)
	}
	for _, of := range order {
		row := copyFor(*o.r, "copy", of, agency.Clerk, o.move.At)
		if err := o.tx.InsertTask(ctx, row, store.Holding(byAgency[of])); err != nil {
			return err
		}
	}
	return nil
}

// Reseat gives tasks that nobody could take to those who hold their seats now.
// It changes nothing else, decides nothing, and writes nothing while there is
// still nobody.
func (a *ShareRequests) Reseat(ctx context.Context, id string) (Done, error) {
	done, err := a.done(ctx, id, "")
	if err != nil {
		return Done{}, err
	}
	found := false
	err = a.Store.Tx(ctx, func(ctx context.Context, tx store.Tx) error {
		d := &desk{tx: tx, r: &store.ShareRequest{Request: done.Request}, by: agency.SystemActor(deskActor), at: a.at()}
		for _, t := range done.Request.Desk {
			empty, err := d.empty(ctx, t)
			if err != nil {
				return err
			}
			if !empty {
				continue
			}
			people, err := d.fresh(ctx, t)
			if err != nil {
				return err
			}
			found = found || len(people) > 0
		}
		return nil
	})
	if err != nil || !found {
		return done, err
	}
	return a.own(ctx, id, deskActor, func(context.Context, store.Tx, sharing.Move, *store.ShareRequest, store.Command) ([]audit.Event, string, error) {
		return nil, "", nil
	})
}
