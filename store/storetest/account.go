package storetest

import (
	"context"
	"slices"
	"testing"
	"time"

	"datagov/domain/agency"
	"datagov/domain/deadline"
	"datagov/domain/workday"
	"datagov/internal/testkit"
	"datagov/store"
)

func endsSessions(t *testing.T, r record) {
	t.Helper()
	open := func(digest string, from time.Time) {
		r.write(func(ctx context.Context, tx store.Tx) error {
			return tx.InsertSession(ctx, store.Session{Digest: digest, AccountID: "civil-1", CreatedAt: from, ExpiresAt: from.Add(time.Hour)})
		})
	}
	open("one", at)
	if s, err := r.Session(t.Context(), "one", at.Add(59*time.Minute)); err != nil || s.AccountID != "civil-1" || !s.ExpiresAt.Equal(at.Add(time.Hour).Truncate(time.Microsecond)) {
		t.Errorf("session %+v, %v", s, err)
	}
	_, err := r.Session(t.Context(), "one", at.Add(time.Hour))
	missing(t, "expired session", err)
	_, err = r.Session(t.Context(), "ONE", at)
	missing(t, "session in other capitals", err)
	open("two", at.Add(2*time.Hour)) // sweeps the expired one
	_, err = r.Session(t.Context(), "one", at)
	missing(t, "swept session", err)
	for range 2 { // ending one that is gone is no error
		r.write(func(ctx context.Context, tx store.Tx) error { return tx.DeleteSession(ctx, "two") })
	}
	_, err = r.Session(t.Context(), "two", at.Add(2*time.Hour))
	missing(t, "ended session", err)
	open("three", at)
	r.write(func(ctx context.Context, tx store.Tx) error { return tx.SetPassword(ctx, "civil-1", "hash") })
	_, err = r.Session(t.Context(), "three", at)
	missing(t, "session from before the new password", err)
	if a, err := r.Account(t.Context(), "civil-1"); err != nil || a.PasswordHash != "hash" || a.Username != "civil-1" {
		t.Errorf("account %+v, %v", a, err)
	}
}

func countsFailures(t *testing.T, r record) {
	t.Helper()
	put := func(n int) {
		r.write(func(ctx context.Context, tx store.Tx) error {
			return tx.PutLoginAttempt(ctx, store.LoginAttempt{Subject: "s", Failures: n, LastAt: at, LockedUntil: at.Add(time.Hour)})
		})
	}
	put(1)
	put(2)
	rows, err := r.LoginAttempts(t.Context(), []string{"s", "other"})
	if err != nil || len(rows) != 1 || rows[0].Failures != 2 || !rows[0].LockedUntil.Equal(at.Add(time.Hour).Truncate(time.Microsecond)) {
		t.Errorf("attempts %+v, %v", rows, err)
	}
	r.write(func(ctx context.Context, tx store.Tx) error { return tx.DeleteLoginAttempts(ctx, []string{"s"}) })
	if rows, err := r.LoginAttempts(t.Context(), []string{"s"}); err != nil || len(rows) != 0 {
		t.Errorf("attempts %+v, %v", rows, err)
	}
}

func keepsRoles(t *testing.T, r record) {
	t.Helper()
	roles := func() []agency.Role {
		list, err := r.Roles(t.Context(), "civil-1", "civil")
		r.must(err)
		return list
	}
	version := func() int64 {
		v, err := r.RoleVersion(t.Context())
		r.must(err)
		return v
	}
	before := version()
	r.write(func(ctx context.Context, tx store.Tx) error {
		for _, a := range []store.RoleAssignment{
			{AccountID: "civil-1", Role: "head", Domain: "health"}, // of another agency
			{AccountID: "civil-1", Role: "head", Domain: "*"},      // no role of an agency holds everywhere
			{AccountID: "civil-1", Role: "auditor", Domain: "civil"},
			{AccountID: "civil-1", Role: "supervisor", Domain: "*"},
			{AccountID: "civil-1", Role: "supervisor", Domain: "*"}, // again
		} {
			if err := tx.AssignRole(ctx, a); err != nil {
				return err
			}
		}
		return nil
	})
	if got := roles(); !slices.Equal(got, []agency.Role{agency.Clerk, agency.Supervisor}) {
		t.Errorf("roles %v", got)
	}
	if version() <= before {
		t.Error("the version of the roles stands still")
	}
	all, err := r.RoleAssignments(t.Context())
	if err != nil || len(all) != len(testkit.People())+4 {
		t.Errorf("%d assignments, %v", len(all), err)
	}
	before = version()
	r.write(func(ctx context.Context, tx store.Tx) error {
		return tx.RevokeRole(ctx, store.RoleAssignment{AccountID: "civil-1", Role: "supervisor", Domain: "*"})
	})
	if got := roles(); !slices.Equal(got, []agency.Role{agency.Clerk}) || version() <= before {
		t.Errorf("roles %v", got)
	}
	err = r.Tx(t.Context(), func(ctx context.Context, tx store.Tx) error {
		return tx.InsertAccount(ctx, store.Account{ID: "new", Username: "civil-1", AgencyID: "civil", CreatedAt: at})
	})
	if !store.IsStale(err) {
		t.Errorf("a user name twice: %v", err)
	}
}

func readsRules(t *testing.T, r record) {
	t.Helper()
	version, err := r.PackVersion(t.Context(), "2026-11-23")
	r.must(err)
	if _, err := r.PackVersion(t.Context(), "2025-07-31"); err == nil {
		t.Error("there was a pack before the first")
	}
	pack, err := r.Pack(t.Context(), version)
	r.must(err)
	if _, err := r.Pack(t.Context(), "unknown"); err == nil {
		t.Error("an unknown pack was read")
	}
	for _, code := range []string{
		deadline.ShareSignOff, deadline.ShareFormCheck, deadline.ShareSupplement, deadline.ShareProviderOpinion,
		deadline.ShareProviderAnswer, deadline.ShareJointDecision, deadline.ShareExtension, deadline.ShareProvision,
	} {
		for _, government := range []bool{true, false} {
			term, err := pack.Find(code, government, "2026-11-23")
			if err != nil || term.Source == "" || (term.Basis == deadline.Statutory && (!government || term.Citation.Article == "")) {
				t.Errorf("%s for a government department %v: %+v, %v", code, government, term, err)
			}
		}
	}
	for year, want := range map[int]workday.Status{2025: workday.Official, 2026: workday.Official, 2027: workday.Provisional, 2030: workday.Missing} {
		if got := pack.Calendar.Year(year).Status; got != want {
			t.Errorf("%d is %s, want %s", year, got, want)
		}
	}
	if got := pack.Calendar.WorkingDays("2026-09-30", 3, nil).Last; got != "2026-10-10" {
		t.Errorf("three working days after 2026-09-30 end on %s", got)
	}
}
