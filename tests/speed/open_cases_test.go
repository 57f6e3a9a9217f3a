package speed

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"datagov/domain/agency"
	"datagov/domain/deadline"
	"datagov/domain/sharing"
	"datagov/domain/workday"
	"datagov/store"
)

// openCases puts open share requests on record as the API would, without the
// engine: they wait for the requester's head.
func (h *house) openCases(b *testing.B, n int) []string {
	b.Helper()
	return h.openDue(b, n, func(int) time.Time { return time.Time{} })
}

// openDue does so with terms that end when it is said of each case, to the
// second, and are reminded of already; the zero time leaves the terms as they are.
func (h *house) openDue(b *testing.B, n int, due func(i int) time.Time) []string {
	b.Helper()
	person, err := h.record.AccountByUsername(b.Context(), "civil")
	must(b, err)
	by := agency.Actor{Kind: agency.Human, Account: person.ID, Agency: agency.ID(person.AgencyID), Roles: []agency.Role{agency.Clerk}}
	file := sharing.File{
		EntryID: h.entry, Items: []string{h.item}, Purpose: "核验", Basis: "职责", Mode: sharing.RequestResponse,
		System: "业务系统", Until: string(workday.DayOf(time.Now()).Add(180)),
	}
	ids := make([]string, n)
	for i := range ids {
		ids[i] = uuid.Must(uuid.NewV7()).String()
	}
	opened := 0
	for chunk := range slices.Chunk(ids, 200) {
		must(b, h.record.Tx(b.Context(), func(ctx context.Context, tx store.Tx) error {
			for _, id := range chunk {
				if err := openCase(ctx, tx, id, by, file, due(opened)); err != nil {
					return err
				}
				opened++
			}
			return nil
		}))
	}
	return ids
}

func openCase(ctx context.Context, tx store.Tx, id string, by agency.Actor, file sharing.File, due time.Time) error { //nolint:revive // one argument for each of its facts
	at := time.Now().UTC().Truncate(time.Microsecond)
	s, _, err := tx.Submission(ctx, id, by, file, at)
	if err != nil {
		return err
	}
	version, err := tx.PackVersion(ctx, workday.DayOf(at))
	if err != nil {
		return err
	}
	pack, err := tx.Pack(ctx, version)
	if err != nil {
		return err
	}
	if !due.IsZero() {
		pack = ending(pack, due.Sub(at))
	}
	request, routed, _, err := sharing.Submit(s, pack)
	if err != nil {
		return fmt.Errorf("submit: %w", err)
	}
	for i := range request.Clocks {
		if !due.IsZero() {
			request.Clocks[i].RemindedAt = at
		}
	}
	r := store.ShareRequest{Request: request, Words: store.Words{
		Title: "共享申请", Purpose: file.Purpose, Basis: file.Basis, System: file.System, Mode: file.Mode, EntryVersion: s.Entry.Version,
	}}
	return tx.InsertShareRequest(ctx, &r, routed, at)
}

// ending makes every term of a pack last so long, to the second.
func ending(p deadline.Pack, after time.Duration) deadline.Pack {
	p.Terms = slices.Clone(p.Terms)
	for i := range p.Terms {
		p.Terms[i].Unit, p.Terms[i].Value = deadline.Second, int(after.Seconds())
	}
	return p
}
