package storetest

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"datagov/domain/agency"
	"datagov/internal/testkit"
	"datagov/store"
)

func findsVacantCases(t *testing.T, r record) {
	t.Helper()
	for i := range 5 {
		row := task(fmt.Sprintf("seat-%d", i), "health", agency.Head, at)
		row.CaseID = fmt.Sprintf("case-%d", i)
		r.given(row)
	}
	r.given(task("held", "health", agency.Head, at), testkit.ProviderHead)
	report := task("report", "health", agency.Head, at)
	report.CaseID, report.Kind = "reported", store.CopyTask
	r.given(report)
	fill := task("seat-1", "health", agency.Head, at)
	r.write(func(ctx context.Context, tx store.Tx) error {
		if err := tx.FillTask(ctx, fill, []string{"health-2", "health-1"}); err != nil {
			return err
		}
		return tx.CloseTask(ctx, "seat-3", agency.Actor{}, at)
	})
	found, after := []string{}, ""
	for {
		page, err := r.VacantCases(t.Context(), after, 2)
		r.must(err)
		if len(page) == 0 {
			break
		}
		found, after = append(found, page...), page[len(page)-1]
	}
	if !slices.Equal(found, []string{"case-0", "case-2", "case-4"}) {
		t.Errorf("vacant: %v", found)
	}
	desk, err := r.Desk(t.Context(), "case-1")
	if err != nil || len(desk) != 1 || len(desk[0].Assignees) != 2 || desk[0].Assignees[0].Account != "health-2" || !desk[0].Assignees[0].Holder {
		t.Errorf("filled: %+v, %v", desk, err)
	}
	if got := r.box("todo", testkit.Provider); !slices.Equal(got, []string{"seat-1"}) {
		t.Errorf("the box of who came in: %v", got)
	}
}

func keepsSeatSettings(t *testing.T, r record) {
	t.Helper()
	put := func(row store.SeatSetting) error {
		return r.Tx(t.Context(), func(ctx context.Context, tx store.Tx) error { return tx.PutSeatSetting(ctx, row) })
	}
	first := store.SeatSetting{AgencyID: "health", Step: "sign_provider", Mode: "all", Accounts: `["health-2"]`, SuperiorID: "health-2", UpdatedAt: at}
	second := store.SeatSetting{AgencyID: "health", Step: "sign_provider", Mode: "sequence", Accounts: `[]`, UpdatedAt: at.Add(time.Hour)}
	r.must(put(first))
	r.must(put(second))
	r.must(put(store.SeatSetting{AgencyID: "civil", Step: "sign_off", Mode: "any", Accounts: `[]`, UpdatedAt: at}))
	got, ok, err := r.SeatSetting(t.Context(), "health", "sign_provider")
	if err != nil || !ok || got.Mode != "sequence" || got.Accounts != "[]" || got.SuperiorID != "" || !got.UpdatedAt.Equal(stored(second.UpdatedAt)) {
		t.Errorf("setting %+v, %v, %v", got, ok, err)
	}
	if _, ok, err := r.SeatSetting(t.Context(), "health", "sign_off"); err != nil || ok {
		t.Errorf("a setting that was never made: %v, %v", ok, err)
	}
	for of, want := range map[agency.ID]int{"health": 1, "": 2, "tax": 0} {
		if rows, err := r.SeatSettings(t.Context(), of); err != nil || len(rows) != want {
			t.Errorf("%d settings of %q, %v; want %d", len(rows), of, err, want)
		}
	}
	for what, row := range map[string]store.SeatSetting{
		"of a mode that is none": {AgencyID: "health", Step: "x", Mode: "some", Accounts: `[]`, UpdatedAt: at},
		"of no agency":           {AgencyID: "nobody", Step: "x", Mode: "any", Accounts: `[]`, UpdatedAt: at},
		"under nobody":           {AgencyID: "health", Step: "x", Mode: "any", Accounts: `[]`, SuperiorID: "nobody", UpdatedAt: at},
	} {
		if put(row) == nil {
			t.Errorf("a setting %s was stored", what)
		}
	}
}

// A role counts in its place only: an agency's in the own agency, a desk of the
// district everywhere, and nobody inactive holds any.
func readsPeople(t *testing.T, r record) {
	t.Helper()
	r.write(func(ctx context.Context, tx store.Tx) error {
		for i, row := range []store.Account{
			{ID: "health-0", Username: "health-0", Name: "零", AgencyID: "health", Active: true, CreatedAt: at},
			{ID: "health-9", Username: "health-9", Name: "九", AgencyID: "health", Active: false, CreatedAt: at},
		} {
			if err := tx.InsertAccount(ctx, row); err != nil {
				return fmt.Errorf("account %d: %w", i, err)
			}
		}
		for _, row := range []store.RoleAssignment{
			{AccountID: "health-0", Role: "head", Domain: "health"},
			{AccountID: "health-0", Role: "clerk", Domain: "health"},
			{AccountID: "health-9", Role: "head", Domain: "health"},
			{AccountID: "health-1", Role: "head", Domain: "civil"},
			{AccountID: "health-1", Role: "commission_head", Domain: "health"},
			{AccountID: "health-2", Role: "supervisor", Domain: "*"},
		} {
			if err := tx.AssignRole(ctx, row); err != nil {
				return err
			}
		}
		return nil
	})
	for _, tt := range []struct {
		of    agency.ID
		roles []agency.Role
		want  []string
	}{
		{"health", []agency.Role{agency.Head}, []string{"health-0", "health-2"}},
		{"health", []agency.Role{agency.Head, agency.Clerk}, []string{"health-0", "health-2", "health-1"}},
		{"health", []agency.Role{agency.Supervisor}, []string{"health-2"}},
		{"health", []agency.Role{agency.CommissionHead}, []string{}}, // a desk of the district is held district-wide
		{"civil", []agency.Role{agency.Head}, []string{"civil-2"}},
		{"health", nil, []string{}},
	} {
		if got, err := r.Holders(t.Context(), tt.of, tt.roles...); err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("%v of %s: %v, %v; want %v", tt.roles, tt.of, got, err, tt.want)
		}
	}
	actors, err := r.Actors(t.Context(), []string{"health-9", "health-1", "nobody", "health-0"})
	if err != nil || len(actors) != 2 || actors[0].Account != "health-1" || actors[1].Account != "health-0" ||
		!slices.Equal(actors[0].Roles, []agency.Role{agency.Clerk}) || !slices.Equal(actors[1].Roles, []agency.Role{agency.Clerk, agency.Head}) {
		t.Errorf("actors %+v, %v", actors, err)
	}
	if none, err := r.Actors(t.Context(), nil); err != nil || len(none) != 0 {
		t.Errorf("nobody is %v, %v", none, err)
	}
	colleagues, err := r.Colleagues(t.Context(), "health")
	r.must(err)
	people, err := r.People(t.Context())
	r.must(err)
	if len(colleagues) != 3 || len(people) != len(testkit.People())+1 {
		t.Errorf("%d colleagues, %d people", len(colleagues), len(people))
	}
}
