package activities

import (
	"context"

	"datagov/domain/audit"
	"datagov/domain/sharing"
	"datagov/store"
)

// Suspend stops the terms of a case for a listed reason, or lets them go on.
func (a *ShareRequests) Suspend(ctx context.Context, in Act) (Done, error) {
	return a.act(ctx, in, func(_ context.Context, _ store.Tx, m sharing.Move, r *store.ShareRequest, c store.Command) ([]audit.Event, string, error) {
		w, err := words[sharing.SuspensionWords](c)
		if err != nil {
			return nil, "", err
		}
		if in.Outcome == "resume" {
			events, err := r.Resume(m)
			return events, "", err
		}
		events, err := r.Suspend(m, w.ReasonCode)
		return events, "", err
	})
}

// MoveRules puts an open case under another rule pack, by decision of the
// commission's head.
func (a *ShareRequests) MoveRules(ctx context.Context, in Act) (Done, error) {
	return a.act(ctx, in, func(ctx context.Context, tx store.Tx, m sharing.Move, r *store.ShareRequest, c store.Command) ([]audit.Event, string, error) {
		w, err := words[sharing.RulesWords](c)
		if err != nil {
			return nil, "", err
		}
		if err := tx.MayApplyPack(ctx, w.Version, today(m.At)); err != nil {
			return nil, "", err
		}
		if m.Pack, err = a.pack(ctx, w.Version); err != nil {
			return nil, "", err
		}
		events, err := r.MoveRules(m, w)
		return events, "", err
	})
}
