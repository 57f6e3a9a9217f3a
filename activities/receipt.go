package activities

import (
	"context"
	"time"

	"datagov/domain/agency"
	"datagov/domain/sharing"
	"datagov/store"
)

// receipt is what a person judged when he acted; zero when the system moves a case.
type receipt struct {
	judged sharing.Judged
	digest string
}

// receive gathers what a person judges now and puts it on record. It refuses
// one who was shown something else, whatever changed since the API judged his
// act: the file, the catalog or the scenario.
func receive(ctx context.Context, tx store.Tx, in Act, r store.ShareRequest, at time.Time) (receipt, error) {
	if in.Actor.Kind != agency.Human {
		return receipt{}, nil
	}
	judged, err := tx.Judged(ctx, r)
	if err != nil {
		return receipt{}, err
	}
	material := judged.Material()
	if err := tx.MustBeShown(ctx, r.ID, in.Shown, material); err != nil {
		return receipt{}, err
	}
	return receipt{judged, material.Digest()}, tx.KeepMaterial(ctx, r.ID, material, at)
}

// keep puts on record what the act made of the material, so that the next
// person can be told what changed.
func (k receipt) keep(ctx context.Context, tx store.Tx, r store.ShareRequest, at time.Time) error {
	if k.digest == "" {
		return nil
	}
	after := store.Filed(k.judged, r).Material()
	if after.Digest() == k.digest {
		return nil
	}
	return tx.KeepMaterial(ctx, r.ID, after, at)
}

// fresh refuses the signature under a paper that was drafted on other material
// than its head has before him.
func fresh(ctx context.Context, tx store.Tx, m sharing.Move, r store.ShareRequest, opinionID string) error {
	now, _, err := tx.Material(ctx, r.ID, m.Shown)
	if err != nil {
		return err
	}
	return tx.MustBeFresh(ctx, r.ID, opinionID, now)
}

// drafted notes on which material an opinion was drafted.
func drafted(ctx context.Context, tx store.Tx, m sharing.Move, r store.ShareRequest, opinionID string) error {
	return tx.KeepOpinionMaterial(ctx, store.OpinionMaterial{OpinionID: opinionID, Moment: store.OnDraft, CaseID: r.ID, Digest: m.Shown})
}

// signed notes on which material an opinion was signed or returned.
func signed(ctx context.Context, tx store.Tx, m sharing.Move, r store.ShareRequest, s store.Signature) error {
	moment := store.OnSignature
	if s.Outcome == "return" {
		moment = store.OnReturn
	}
	return tx.KeepOpinionMaterial(ctx, store.OpinionMaterial{OpinionID: s.OpinionID, Moment: moment, CaseID: r.ID, Digest: m.Shown})
}
