package activities

import (
	"context"
	"slices"
	"strings"
	"time"

	"datagov/domain/audit"
	"datagov/domain/casework"
	"datagov/domain/sharing"
	"datagov/domain/workday"
	"datagov/store"
)

// ShareRequests are the effects of the share request. Articles 24–27.
type ShareRequests struct{ *Casework }

// step is what one act does inside the transaction: it moves the case by a
// rule of the domain and may write rows of its own. It returns the events and
// the identifier of what it made.
type step func(ctx context.Context, tx store.Tx, m sharing.Move, r *store.ShareRequest, c store.Command) ([]audit.Event, string, error)

// Open makes the case out of the command's file. Running it again returns the
// case that is there. Articles 24, 26, 27.
func (a *ShareRequests) Open(ctx context.Context, in Act) (Done, error) {
	command, err := a.Store.Command(ctx, in.Command)
	if err != nil {
		return Done{}, Refuse(err)
	}
	if command.Applied() {
		return a.done(ctx, in.CaseID, command.Result)
	}
	file, err := words[sharing.File](command)
	if err != nil {
		return Done{}, err
	}
	var done Done
	err = a.Store.Tx(ctx, func(ctx context.Context, tx store.Tx) error {
		done, err = a.open(ctx, tx, in, command, file)
		return err
	})
	return done, Refuse(err)
}

func (a *ShareRequests) open(ctx context.Context, tx store.Tx, in Act, command store.Command, file sharing.File) (Done, error) {
	at := a.at()
	if err := mayStandIn(ctx, tx, in.Actor, at); err != nil {
		return Done{}, err
	}
	s, scenario, err := tx.Submission(ctx, in.CaseID, in.Actor, file, at)
	if err != nil {
		return Done{}, err
	}
	version, err := tx.PackVersion(ctx, today(at))
	if err != nil {
		return Done{}, err
	}
	pack, err := a.pack(ctx, version)
	if err != nil {
		return Done{}, err
	}
	request, routed, events, err := sharing.Submit(s, pack)
	if err != nil {
		return Done{}, err
	}
	requester, err := tx.Agency(ctx, s.Requester)
	if err != nil {
		return Done{}, err
	}
	r := store.ShareRequest{Request: request, Words: store.Words{
		Title:   requester.Name + "申请共享《" + s.Entry.Name + "》",
		Purpose: strings.TrimSpace(file.Purpose), Basis: strings.TrimSpace(file.Basis), System: strings.TrimSpace(file.System),
		Mode: file.Mode, EntryVersion: s.Entry.Version, ScenarioID: scenario.ID, ScenarioVersion: scenario.Version,
	}}
	if err := tx.InsertShareRequest(ctx, &r, routed, at); err != nil {
		return Done{}, err
	}
	shown, err := receive(ctx, tx, in, r, at)
	if err != nil {
		return Done{}, err
	}
	in.Shown = shown.digest
	return a.finish(ctx, tx, sharing.Request{}, r, in, command, moved{events, r.ID, at})
}

// SignOff signs the clerk's draft or returns it. TL 20.
func (a *ShareRequests) SignOff(ctx context.Context, in Act) (Done, error) {
	return a.act(ctx, in, func(_ context.Context, _ store.Tx, m sharing.Move, r *store.ShareRequest, c store.Command) ([]audit.Event, string, error) {
		w, err := words[sharing.SignatureWords](c)
		if err != nil {
			return nil, "", err
		}
		if w.Outcome == "return" {
			r.Words.ReturnReason = strings.TrimSpace(w.Reason)
			events, err := r.Return(m, w.Reason)
			return events, "", err
		}
		events, err := r.Sign(m)
		return events, "", err
	})
}

// Revise brings a returned draft back with mended words. TL 20.
func (a *ShareRequests) Revise(ctx context.Context, in Act) (Done, error) {
	return a.act(ctx, in, func(_ context.Context, _ store.Tx, m sharing.Move, r *store.ShareRequest, c store.Command) ([]audit.Event, string, error) {
		if err := mend(r, c, m.At); err != nil {
			return nil, "", err
		}
		events, err := r.Revise(m)
		return events, "", err
	})
}

// CheckForm finds the file complete or gives the one supplement notice. TL 21.
func (a *ShareRequests) CheckForm(ctx context.Context, in Act) (Done, error) {
	return a.act(ctx, in, func(_ context.Context, _ store.Tx, m sharing.Move, r *store.ShareRequest, c store.Command) ([]audit.Event, string, error) {
		w, err := words[sharing.FormCheckWords](c)
		if err != nil {
			return nil, "", err
		}
		if w.Outcome != "supplement" {
			events, err := r.Complete(m)
			return events, "", err
		}
		r.Words.Missing, r.Words.NoticedAt = w.Missing, m.At
		events, err := r.Notify(m, w.Missing)
		return events, "", err
	})
}

// Supply hands in what the notice asked for. TL 21.
func (a *ShareRequests) Supply(ctx context.Context, in Act) (Done, error) {
	return a.act(ctx, in, func(_ context.Context, _ store.Tx, m sharing.Move, r *store.ShareRequest, c store.Command) ([]audit.Event, string, error) {
		if err := mend(r, c, m.At); err != nil {
			return nil, "", err
		}
		r.Words.SuppliedAt = m.At
		events, err := r.Supply(m)
		return events, "", err
	})
}

// mend puts the words a clerk gave in place of the old ones; empty ones stay.
func mend(r *store.ShareRequest, c store.Command, at time.Time) error {
	w, err := words[sharing.FileWords](c)
	if err != nil {
		return err
	}
	for _, p := range []struct {
		into *string
		text string
	}{{&r.Words.Purpose, w.Purpose}, {&r.Words.Basis, w.Basis}, {&r.Words.System, w.System}, {&r.Words.SupplyNote, w.Note}} {
		if text := strings.TrimSpace(p.text); text != "" {
			*p.into = text
		}
	}
	if w.Until != "" {
		r.Until = workday.Day(w.Until)
	}
	return sharing.File{
		Purpose: r.Words.Purpose, Basis: r.Words.Basis, System: r.Words.System, Mode: r.Words.Mode, Until: string(r.Until),
	}.Check(today(at))
}

// DraftOpinion writes one side's opinion. Article 26(2); a refusal needs its ground (25).
func (a *ShareRequests) DraftOpinion(ctx context.Context, in Act) (Done, error) {
	return a.act(ctx, in, func(ctx context.Context, tx store.Tx, m sharing.Move, r *store.ShareRequest, c store.Command) ([]audit.Event, string, error) {
		w, err := words[sharing.OpinionWords](c)
		if err != nil {
			return nil, "", err
		}
		draft := w.Outline()
		draft.Side = sharing.SideOf(r.Request, m.By, w.Side)
		if err := draft.CheckForm(r.Request); err != nil {
			return nil, "", err
		}
		if err := draft.MayWrite(r.Request, m.By, today(m.At), a.Library); err != nil {
			return nil, "", err
		}
		verdict, err := w.Verdict(today(m.At), a.Library)
		if err != nil {
			return nil, "", err
		}
		id := newID()
		events, err := r.Write(m, id, draft.Side, verdict)
		if err != nil {
			return nil, "", err
		}
		err = tx.InsertOpinion(ctx, store.Opinion{
			ID: id, RequestID: r.ID, Side: string(draft.Side), DraftedBy: m.By.Account, DraftedAt: m.At,
		}, verdict)
		if err != nil {
			return nil, "", err
		}
		return events, id, drafted(ctx, tx, m, *r, id)
	})
}

// SignOpinion signs or returns a drafted opinion. When both are signed the
// request has its answer. Article 26(2).
func (a *ShareRequests) SignOpinion(ctx context.Context, in Act) (Done, error) {
	return a.act(ctx, in, func(ctx context.Context, tx store.Tx, m sharing.Move, r *store.ShareRequest, c store.Command) ([]audit.Event, string, error) {
		w, err := words[sharing.SignatureWords](c)
		if err != nil {
			return nil, "", err
		}
		move := func() ([]audit.Event, error) { return r.SignOpinion(m, in.Opinion) }
		if w.Outcome == "return" {
			move = func() ([]audit.Event, error) { return r.ReturnOpinion(m, in.Opinion, w.Reason) }
		}
		events, err := move()
		if err == nil && w.Outcome != "return" {
			err = fresh(ctx, tx, m, *r, in.Opinion)
		}
		if err != nil || r.Waits(in.Opinion) {
			return events, in.Opinion, err // more signatures are needed (会签、依次、加签)
		}
		s := store.Signature{OpinionID: in.Opinion, Outcome: w.Outcome, Reason: strings.TrimSpace(w.Reason), SignedBy: m.By.Account, SignedAt: m.At}
		if err := tx.InsertSignature(ctx, s); err != nil {
			return nil, "", err
		}
		return events, in.Opinion, signed(ctx, tx, m, *r, s)
	})
}

// Extend asks for, consents to or declines the one extension. TL 21.
func (a *ShareRequests) Extend(ctx context.Context, in Act) (Done, error) {
	return a.act(ctx, in, func(_ context.Context, _ store.Tx, m sharing.Move, r *store.ShareRequest, c store.Command) ([]audit.Event, string, error) {
		w, err := words[sharing.ExtensionWords](c)
		if err != nil {
			return nil, "", err
		}
		if in.Outcome == "ask" {
			r.Words.AskedBy, r.Words.AskedAt, r.Words.ExtensionReason = m.By.Account, m.At, strings.TrimSpace(w.Reason)
			events, err := r.AskExtension(m, w.Reason)
			return events, "", err
		}
		events, err := r.DecideExtension(m, in.Outcome == "consent")
		if err == nil && r.Extension != sharing.ExtensionAsked {
			r.Words.DecidedBy, r.Words.DecidedAt, r.Words.DecisionReason = m.By.Account, m.At, strings.TrimSpace(w.Reason)
		}
		return events, "", err
	})
}

// Withdraw ends the request at the requester's wish.
func (a *ShareRequests) Withdraw(ctx context.Context, in Act) (Done, error) {
	return a.act(ctx, in, func(_ context.Context, _ store.Tx, m sharing.Move, r *store.ShareRequest, c store.Command) ([]audit.Event, string, error) {
		w, err := words[sharing.WithdrawalWords](c)
		if err != nil {
			return nil, "", err
		}
		r.Words.WithdrawReason = strings.TrimSpace(w.Reason)
		events, err := r.Withdraw(m)
		return events, "", err
	})
}

// Load reads the case a workflow is rebuilt from.
func (a *ShareRequests) Load(ctx context.Context, id string) (Done, error) {
	return a.done(ctx, id, "")
}

func (a *ShareRequests) done(ctx context.Context, id, made string) (Done, error) {
	r, err := a.Store.ShareRequest(ctx, id)
	return Done{Request: r.Request, Made: made}, Refuse(err)
}

// sideConditions joins the conditions of both opinions: an agreement under
// conditions of either side binds the grant. Article 26(2).
func sideConditions(opinions []store.Opinion) ([]casework.Condition, error) {
	var all []casework.Condition
	for _, o := range opinions {
		if o.Status() != casework.Signed {
			continue
		}
		list, err := store.Conditions(o.Conditions)
		if err != nil {
			return nil, err
		}
		for _, c := range list {
			if !slices.Contains(all, c) {
				all = append(all, c)
			}
		}
	}
	return all, nil
}
