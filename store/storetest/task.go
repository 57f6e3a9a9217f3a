package storetest

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"datagov/domain/agency"
	"datagov/domain/sharing"
	"datagov/internal/testkit"
	"datagov/store"
)

func task(id string, of agency.ID, role agency.Role, created time.Time) store.Task {
	return store.Task{
		ID: id, CaseID: "case", CaseKind: "share_request", Kind: store.SeatTask, Step: "step", Title: "题目", AgencyID: string(of), Role: string(role),
		PartyID: "civil", CreatedAt: created,
	}
}

// box lists the IDs of a box and checks that it counts as many.
func (r record) box(box string, a agency.Actor) []string {
	r.t.Helper()
	f := store.TaskFilter{Box: box, Account: a.Account, Limit: 50}
	rows, err := r.Tasks(r.t.Context(), f)
	r.must(err)
	n, err := r.CountTasks(r.t.Context(), f)
	r.must(err)
	if int(n) != len(rows) {
		r.t.Errorf("box %s of %s counts %d and lists %d", box, a.Account, n, len(rows))
	}
	ids := []string{}
	for _, row := range rows {
		ids = append(ids, row.ID)
		if row.PartyName != "区民政局" {
			r.t.Errorf("task %s is about %q", row.ID, row.PartyName)
		}
	}
	return ids
}

// given opens a task for people.
func (r record) given(t store.Task, people ...agency.Actor) {
	r.t.Helper()
	accounts := []string{}
	for _, p := range people {
		accounts = append(accounts, p.Account)
	}
	r.write(func(ctx context.Context, tx store.Tx) error { return tx.InsertTask(ctx, t, store.Holding(accounts)) })
}

// What is to do comes by the legal time left, to those it was given to.
func sortsTasks(t *testing.T, r record) {
	t.Helper()
	copied := task("copy", "health", agency.Head, at)
	copied.Kind = store.CopyTask
	late := task("late", "health", agency.Clerk, at.Add(time.Minute))
	late.DueAt, late.LastDay = at.Add(-time.Hour), "2026-11-22"
	r.given(task("early", "health", agency.Clerk, at), testkit.Provider, testkit.ProviderHead)
	r.given(late, testkit.Provider)
	r.given(task("head", "health", agency.Head, at), testkit.ProviderHead)
	r.given(copied, testkit.ProviderHead)
	r.given(task("vacant", "health", agency.Head, at))
	for _, tt := range []struct {
		box  string
		who  agency.Actor
		want []string
	}{
		{"todo", testkit.Provider, []string{"late", "early"}},
		{"todo", testkit.ProviderHead, []string{"early", "head"}},
		{"cc", testkit.ProviderHead, []string{"copy"}},
		{"cc", testkit.Provider, []string{}},
		{"todo", testkit.Clerk, []string{}},
		{"todo", agency.Actor{Agency: "health"}, []string{}},
		{"done", testkit.Provider, []string{}},
	} {
		if got := r.box(tt.box, tt.who); !slices.Equal(got, tt.want) {
			t.Errorf("%s of %s: %v, want %v", tt.box, tt.who.Account, got, tt.want)
		}
	}
	for want, f := range map[int64]store.TaskFilter{
		1: {Box: "todo", Account: testkit.Provider.Account, DueBy: at},
		2: {Box: "todo", Account: testkit.Provider.Account, Step: "step", Party: "civil", Words: "题"},
		0: {Box: "todo", Account: testkit.Provider.Account, Words: "%"},
	} {
		if n, err := r.CountTasks(t.Context(), f); err != nil || n != want {
			t.Errorf("%+v counts %d, %v; want %d", f, n, err, want)
		}
	}
	r.closeTasks(t)
}

func (r record) closeTasks(t *testing.T) {
	t.Helper()
	moved := task("early", "health", agency.Clerk, at)
	moved.DueAt, moved.LastDay, moved.Provisional = at.Add(time.Hour), "2026-12-01", true
	r.write(func(ctx context.Context, tx store.Tx) error {
		if err := tx.CloseTask(ctx, "late", testkit.Provider, at); err != nil {
			return err
		}
		if err := tx.CloseTask(ctx, "late", testkit.Head, at.Add(time.Hour)); err != nil { // closed is closed
			return err
		}
		if err := tx.CloseTask(ctx, "head", agency.Actor{}, at); err != nil { // by nobody
			return err
		}
		if err := tx.CloseTask(ctx, "vacant", agency.Actor{}, at); err != nil {
			return err
		}
		return tx.MoveTask(ctx, moved)
	})
	open, err := r.OpenTasks(t.Context(), "case")
	if err != nil || len(open) != 1 || open[0].ID != "early" || open[0].LastDay != "2026-12-01" || !open[0].Provisional ||
		!open[0].DueAt.Equal(at.Add(time.Hour).Truncate(time.Microsecond)) {
		t.Errorf("open tasks %+v, %v", open, err)
	}
	if got := r.box("done", testkit.Provider); !slices.Equal(got, []string{"late"}) {
		t.Errorf("done: %v", got)
	}
	if got := r.box("done", testkit.Head); len(got) != 0 {
		t.Errorf("done by who came later: %v", got)
	}
	if rows, err := r.Tasks(t.Context(), store.TaskFilter{Box: "todo", Account: testkit.Provider.Account, Limit: 9}); err != nil ||
		len(rows) != 1 || !rows[0].At.Equal(at.Add(time.Hour).Truncate(time.Microsecond)) {
		t.Errorf("the box did not move with its task: %+v, %v", rows, err)
	}
}

// pagesTasks walks a box whose rows share instants, three at a time.
func pagesTasks(t *testing.T, r record) {
	t.Helper()
	const n = 20
	for i := range n {
		row := task(fmt.Sprintf("t%02d", i), "health", agency.Clerk, at)
		row.DueAt = at.Add(time.Duration(i/7) * time.Millisecond)
		r.given(row, testkit.Provider)
	}
	f := store.TaskFilter{Box: "todo", Account: testkit.Provider.Account, Limit: 3}
	seen := []string{}
	for range n {
		page, err := r.Tasks(t.Context(), f)
		r.must(err)
		for _, row := range page {
			seen = append(seen, row.ID)
			f.AfterAt, f.AfterID = row.At, row.ID
		}
		if len(page) == 0 {
			break
		}
	}
	want := make([]string, 0, n)
	for i := range n {
		want = append(want, fmt.Sprintf("t%02d", i))
	}
	if !slices.Equal(seen, want) {
		t.Errorf("paged %v", seen)
	}
}

// withGrant writes a grant of the case "case".
func withGrant(id string, path sharing.Path) func(ctx context.Context, tx store.Tx) error {
	return func(ctx context.Context, tx store.Tx) error {
		return tx.InsertGrant(ctx, store.Grant{
			ID: id, RequestID: "case", EntryID: testkit.EntryID, AgencyID: "civil", ProviderID: "health", Path: string(path),
			Status: "provisioning", Mode: "request_response", System: "系统", Purpose: "用途", Items: "[]", Conditions: "[]",
			GrantedAt: at, ProvisionDueAt: at.Add(time.Hour), Until: "2027-06-30",
		})
	}
}

func keepsGrants(t *testing.T, r record) {
	t.Helper()
	r.insert("case")
	r.write(withGrant("g1", sharing.ByLaw))
	r.write(withGrant("g2", sharing.ByScenario))
	if err := r.Tx(t.Context(), withGrant("g3", sharing.ByLaw)); err == nil {
		t.Error("a second grant of the same request and route was written")
	}
	if err := r.Tx(t.Context(), withGrant("g4", sharing.ByReview)); err == nil {
		t.Error("a grant after review was written without a review")
	}
	g, err := r.Grant(t.Context(), "g1")
	r.must(err)
	move := func() error {
		return r.Tx(t.Context(), func(ctx context.Context, tx store.Tx) error { return tx.MoveGrant(ctx, g, "active", at) })
	}
	r.must(move())
	if err := move(); !store.IsStale(err) {
		t.Errorf("moved twice: %v", err)
	}
	again, err := r.Grant(t.Context(), "g1")
	if err != nil || again.Status != "active" || again.Version != 2 || !again.FromAt.Equal(at.Truncate(time.Microsecond)) || again.Until != "2027-06-30" {
		t.Errorf("grant %+v, %v", again, err)
	}
	for want, f := range map[string]store.GrantFilter{
		"g2 g1": {Party: "health", Limit: 9}, "g2": {RequestID: "case", Limit: 1}, "g1": {EntryID: testkit.EntryID, BeforeAt: at, BeforeID: "g2", Limit: 9},
		"": {AgencyID: "health", Limit: 9},
	} {
		list, err := r.Grants(t.Context(), f)
		r.must(err)
		got := ""
		for i, g := range list {
			if i > 0 {
				got += " "
			}
			got += g.ID
		}
		if got != want {
			t.Errorf("%+v: %q, want %q", f, got, want)
		}
	}
	open, err := r.OpenGrants(t.Context(), "g1", 9)
	if err != nil || len(open) != 1 {
		t.Errorf("open after g1: %+v, %v", open, err)
	}
	_, err = r.Grant(t.Context(), "nothing")
	missing(t, "grant", err)
}
