package storetest

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"datagov/domain/agency"
	"datagov/domain/casework"
	"datagov/domain/deadline"
	"datagov/domain/sharing"
	"datagov/domain/workday"
	"datagov/internal/testkit"
	"datagov/migrations"
	"datagov/store"
)

func migratesTwice(t *testing.T, r record) {
	t.Helper()
	count := func() (n int) {
		r.must(r.DB().NewRaw("SELECT (SELECT count(*) FROM term) + (SELECT count(*) FROM calendar_day)").Scan(t.Context(), &n))
		return n
	}
	before := count()
	r.must(migrations.Up(t.Context(), r.DB()))
	if after := count(); before == 0 || after != before {
		t.Errorf("%d rows of reference became %d", before, after)
	}
	if pending, err := migrations.Pending(t.Context(), r.DB()); err != nil || pending != 0 {
		t.Errorf("%d migrations are pending, %v", pending, err)
	}
}

func comparesIdentifiers(t *testing.T, r record) {
	t.Helper()
	ctx := t.Context()
	_, err := r.Agency(ctx, "CIVIL")
	missing(t, "agency", err)
	_, err = r.AccountByUsername(ctx, "Civil-1")
	missing(t, "account", err)
	_, err = r.Entry(ctx, "ENTRY-HEALTH")
	missing(t, "entry", err)
	_, err = r.Scenario(ctx, "Scenario-Aid")
	missing(t, "scenario", err)
	r.write(func(ctx context.Context, tx store.Tx) error {
		return tx.PutAgency(ctx, agency.Agency{ID: "CIVIL", Name: "另一机构", Kind: agency.PublicBody})
	})
	if a, err := r.Agency(ctx, "civil"); err != nil || a.Name != "区民政局" {
		t.Errorf("civil is %+v, %v", a, err)
	}
	names, err := r.AgencyNames(ctx, []string{"CIVIL", "civil", "nobody"})
	if err != nil || len(names) != 2 || names["CIVIL"] != "另一机构" {
		t.Errorf("names %v, %v", names, err)
	}
}

func rollsBack(t *testing.T, r record) {
	t.Helper()
	err := r.Tx(t.Context(), func(ctx context.Context, tx store.Tx) error {
		if err := tx.PutAgency(ctx, agency.Agency{ID: "new", Name: "新机构", Kind: agency.Government}); err != nil {
			return err
		}
		return errUndone
	})
	if err == nil {
		t.Error("the transaction hid its error")
	}
	_, err = r.Agency(t.Context(), "new")
	missing(t, "agency", err)
}

// full is a request with every field set, so that a lost column is noticed.
func full(r store.ShareRequest) store.ShareRequest {
	day := at.Truncate(time.Microsecond)
	r.Request = r.Clone()
	r.SignedBy, r.SignedAt, r.Returned, r.Noticed, r.Supplied = testkit.Head.Account, day, true, true, true
	r.Extension, r.ClosedAt, r.Status, r.Until = sharing.ExtensionAsked, day.Add(time.Hour), sharing.Withdrawn, "2027-05-01"
	r.Acts = append(r.Acts, casework.Act{Account: "x", Side: casework.Provider})
	r.Parts[0].Status = sharing.PartWithdrawn
	r.Words.ReturnReason, r.Words.Missing, r.Words.NoticedAt, r.Words.SuppliedAt = "退回", []string{"授权书", "引号'\""}, day, day
	r.Words.WithdrawReason = "不再需要"
	r.Words.SupplyNote, r.Words.ExtensionReason, r.Words.AskedBy, r.Words.AskedAt = "已补", "原因", testkit.Provider.Account, day
	r.Words.DecidedBy, r.Words.DecidedAt, r.Words.DecisionReason = testkit.CommissionHead.Account, day, "同意"
	r.Words.Purpose, r.Words.Basis, r.Words.System, r.Words.Title = "新用途", "新依据", "新系统", "新标题"
	return r
}

// keptTo cuts what the record cuts.
func keptTo(r store.ShareRequest) store.ShareRequest {
	r.Request = r.Clone()
	r.SubmittedAt = r.SubmittedAt.Truncate(time.Microsecond)
	for i := range r.Clocks {
		r.Clocks[i].StartedAt = r.Clocks[i].StartedAt.Truncate(time.Microsecond)
	}
	r.Opinions = []casework.Opinion{}
	return r
}

func keepsRequest(t *testing.T, r record) {
	t.Helper()
	made := r.insert("case")
	got, err := r.ShareRequest(t.Context(), "case")
	r.must(err)
	if diff := cmp.Diff(keptTo(made), got); diff != "" || got.Version != 1 {
		t.Errorf("inserted and read (-want +got):\n%s", diff)
	}
	changed := full(got)
	r.write(func(ctx context.Context, tx store.Tx) error {
		return tx.SaveShareRequest(ctx, got.Request, &changed, at)
	})
	again, err := r.ShareRequest(t.Context(), "case")
	r.must(err)
	if diff := cmp.Diff(changed, again); diff != "" || again.Version != 2 {
		t.Errorf("saved and read (-want +got):\n%s", diff)
	}
	parts, err := r.Parts(t.Context(), "case")
	r.must(err)
	if len(parts) != 2 || parts[0].ItemName != "姓名" || parts[1].Grounds == "[]" || parts[1].Status != "barred" {
		t.Errorf("parts %+v", parts)
	}
	parties, err := r.Parties(t.Context(), "case")
	if err != nil || !parties.IsParty("civil") || !parties.IsParty("health") || !parties.IsParty("commission") || parties.IsParty("tax") {
		t.Errorf("parties %+v, %v", parties, err)
	}
	_, err = r.ShareRequest(t.Context(), "nothing")
	missing(t, "case", err)
	_, err = r.Parties(t.Context(), "nothing")
	missing(t, "parties", err)
}

func refusesStale(t *testing.T, r record) {
	t.Helper()
	made := r.insert("case")
	save := func() error {
		changed := made
		changed.Request = made.Clone()
		changed.Returned = true
		return r.Tx(t.Context(), func(ctx context.Context, tx store.Tx) error {
			return tx.SaveShareRequest(ctx, made.Request, &changed, at)
		})
	}
	r.must(save())
	if err := save(); !store.IsStale(err) {
		t.Errorf("saved over a newer version: %v", err)
	}
}

func racesVersions(t *testing.T, r record) {
	t.Helper()
	made := r.insert("case")
	var wg sync.WaitGroup
	results := make(chan error, 8)
	for range cap(results) {
		wg.Go(func() {
			changed := made
			changed.Request = made.Clone()
			results <- r.Tx(t.Context(), func(ctx context.Context, tx store.Tx) error {
				return tx.SaveShareRequest(ctx, made.Request, &changed, at)
			})
		})
	}
	wg.Wait()
	close(results)
	saved := 0
	for err := range results {
		switch {
		case err == nil:
			saved++
		case !store.IsStale(err):
			t.Errorf("the slower writer heard %v", err)
		}
	}
	if saved != 1 {
		t.Errorf("%d of %d writers saved the same version", saved, cap(results))
	}
}

func listsRequests(t *testing.T, r record) {
	t.Helper()
	for _, id := range []string{"a", "c", "b"} { // all at the same instant
		r.insert(id)
	}
	first, err := r.ShareRequests(t.Context(), store.RequestFilter{Party: "civil", Limit: 2})
	r.must(err)
	last := first[len(first)-1]
	rest, err := r.ShareRequests(t.Context(), store.RequestFilter{Party: "civil", Limit: 2, BeforeAt: last.SubmittedAt, BeforeID: last.ID})
	r.must(err)
	got := []string{}
	for _, s := range slices.Concat(first, rest) {
		got = append(got, s.ID)
		if s.EntryName != "居民健康档案" || s.DueAt.IsZero() {
			t.Errorf("summary %+v", s)
		}
	}
	if !slices.Equal(got, []string{"c", "b", "a"}) {
		t.Errorf("listed %v", got)
	}
	for want, f := range map[int]store.RequestFilter{
		0: {Party: "tax", Limit: 9}, 3: {SubmittedBy: testkit.Clerk.Account, Status: "sign_off", Limit: 9},
	} {
		if list, err := r.ShareRequests(t.Context(), f); err != nil || len(list) != want {
			t.Errorf("%+v: %d cases, %v", f, len(list), err)
		}
	}
	n, err := r.CountStarted(t.Context(), testkit.Clerk.Account)
	open, openErr := r.OpenShareRequests(t.Context(), "a", 9)
	if err != nil || openErr != nil || n != 3 || !slices.Equal(open, []store.OpenCase{{ID: "b", Requester: "civil"}, {ID: "c", Requester: "civil"}}) {
		t.Errorf("started %d (%v), open after a: %v (%v)", n, err, open, openErr)
	}
}

func keepsClocks(t *testing.T, r record) {
	t.Helper()
	made := r.insert("case")
	held := made
	held.Request = made.Clone()
	held.Clocks[0].Hold("补正")
	r.write(func(ctx context.Context, tx store.Tx) error { return tx.SaveShareRequest(ctx, made.Request, &held, at) })
	got, err := r.ShareRequest(t.Context(), "case")
	r.must(err)
	if c := got.Clocks[0]; !c.Held() || !c.DueAt.IsZero() || !c.RemindAt.IsZero() || !c.StoppedAt.IsZero() || len(c.Suspended) != 1 {
		t.Errorf("held clock %+v", c)
	}
	calendar, err := r.Calendar(t.Context())
	r.must(err)
	after := got
	after.Request = got.Clone()
	c := &after.Clocks[0]
	c.Release(calendar, at.AddDate(0, 0, 3))
	if err := c.Extend(calendar, at, 10); err != nil {
		t.Fatal(err)
	}
	c.RemindedAt, c.OverdueAt = at.Truncate(time.Microsecond), at.Truncate(time.Microsecond)
	c.Stop(at.Truncate(time.Microsecond), "已答复")
	after.Clocks = append(after.Clocks, deadline.Clock{Code: "second", Title: "另一期限", StartedAt: at.Truncate(time.Microsecond), Unit: deadline.Second, Basis: deadline.ByAnalogy})
	r.write(func(ctx context.Context, tx store.Tx) error { return tx.SaveShareRequest(ctx, got.Request, &after, at) })
	again, err := r.ShareRequest(t.Context(), "case")
	r.must(err)
	if diff := cmp.Diff(after.Clocks, again.Clocks); diff != "" {
		t.Errorf("clocks (-want +got):\n%s", diff)
	}
	if again.Clocks[0].Suspended[0] != (workday.Span{From: "2026-11-24", To: "2026-11-26", Reason: "补正"}) {
		t.Errorf("suspended %v", again.Clocks[0].Suspended)
	}
}
