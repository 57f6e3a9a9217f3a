package storetest

import (
	"context"
	"reflect"
	"slices"
	"testing"
	"time"

	"datagov/domain/agency"
	"datagov/domain/casework"
	"datagov/internal/testkit"
	"datagov/store"
)

// stored is an instant as the record keeps it.
func stored(when time.Time) time.Time { return when.UTC().Truncate(time.Microsecond) }

// desk reads the one open seat of the case "case".
func (r record) desk() casework.Task {
	r.t.Helper()
	desk, err := r.Desk(r.t.Context(), "case")
	if err != nil || len(desk) != 1 {
		r.t.Fatalf("desk %+v, %v", desk, err)
	}
	return desk[0]
}

// reassign stores what an order did to a task.
func (r record) reassign(row store.Task, before, after casework.Task) {
	r.t.Helper()
	r.write(func(ctx context.Context, tx store.Tx) error {
		return tx.SaveAssignees(ctx, row, before.Assignees, after.Assignees)
	})
}

func keepsDesk(t *testing.T, r record) {
	t.Helper()
	if desk, err := r.Desk(t.Context(), "nothing"); err != nil || desk == nil || len(desk) != 0 {
		t.Errorf("the desk of no case is %v, %v", desk, err)
	}
	row := task("seat", "health", agency.Head, at)
	row.Mode = string(casework.InTurn)
	r.given(row, testkit.ProviderHead, testkit.Provider)
	copied := task("copy", "health", agency.Head, at)
	copied.Kind = store.CopyTask
	r.given(copied, testkit.ProviderHead)
	before := r.desk()
	want := casework.Task{
		ID: "seat", Step: "step", Agency: "health", Role: agency.Head, Mode: casework.InTurn,
		Assignees: []casework.Assignee{
			{Account: "health-2", Holder: true, State: casework.Waiting}, {Account: "health-1", Holder: true, State: casework.Waiting},
		},
	}
	if !reflect.DeepEqual(before, want) {
		t.Errorf("read  %+v\nwant %+v", before, want)
	}
	after := want
	after.Assignees = []casework.Assignee{ // one came in between and others moved on
		{Account: "health-2", Holder: true, State: casework.HasSigned, ActedBy: "tax-1", At: stored(at)},
		{Account: "civil-1", Holder: true, AddedBy: "health-2", State: casework.Waiting},
		{Account: "health-1", Holder: true, State: casework.Transferred, ActedBy: "health-1", At: stored(at)},
	}
	r.reassign(row, before, after)
	r.write(func(ctx context.Context, tx store.Tx) error { return tx.UrgeTask(ctx, "seat", 2, at) })
	after.Urges, after.UrgedAt = 2, stored(at)
	if got := r.desk(); !reflect.DeepEqual(got, after) {
		t.Errorf("read  %+v\nwant %+v", got, after)
	}
	for _, who := range []struct {
		person agency.Actor
		box    string
		want   []string
	}{
		{testkit.ProviderHead, "todo", []string{}},
		{testkit.Clerk, "todo", []string{"seat"}},
		{testkit.Provider, "todo", []string{}},
		{testkit.Provider, "done", []string{"seat"}},
		{testkit.Stranger, "done", []string{"seat"}}, // he signed in another's place
	} {
		if got := r.box(who.box, who.person); !slices.Equal(got, who.want) {
			t.Errorf("%s of %s holds %v, want %v", who.box, who.person.Account, got, who.want)
		}
	}
}

// Whose turn it is again finds the task where its present term puts it.
func reopensAssignees(t *testing.T, r record) {
	t.Helper()
	row := task("moved", "health", agency.Head, at)
	row.DueAt = at.Add(time.Hour)
	r.given(row, testkit.ProviderHead)
	mine := r.desk()
	others := mine
	others.Assignees = []casework.Assignee{
		{Account: "health-2", Holder: true, State: casework.Transferred, ActedBy: "health-2", At: stored(at)},
		{Account: "health-1", Holder: true, State: casework.Waiting},
	}
	r.reassign(row, mine, others)
	row.DueAt = at.Add(48 * time.Hour)
	r.write(func(ctx context.Context, tx store.Tx) error { return tx.MoveTask(ctx, row) })
	back := others
	back.Assignees = []casework.Assignee{
		{Account: "health-2", Holder: true, State: casework.Waiting},
		{Account: "health-1", Holder: true, State: casework.Transferred, ActedBy: "health-1", At: stored(at)},
	}
	r.reassign(row, others, back)
	other := task("other", "health", agency.Head, at)
	other.CaseID, other.DueAt = "other", at.Add(24*time.Hour)
	r.given(other, testkit.ProviderHead)
	if got := r.box("todo", testkit.ProviderHead); !slices.Equal(got, []string{"other", "moved"}) {
		t.Errorf("the box is sorted %v", got)
	}
}

func closesAssignees(t *testing.T, r record) {
	t.Helper()
	row := task("seat", "health", agency.Head, at)
	r.given(row, testkit.ProviderHead, testkit.Provider, testkit.Clerk)
	before := r.desk()
	after := casework.CloneDesk([]casework.Task{before})[0]
	after.Assignees[2] = casework.Assignee{Account: "civil-1", Holder: true, State: casework.HasSigned, ActedBy: "civil-1", At: stored(at)}
	r.reassign(row, before, after)
	proxy := testkit.Stranger
	proxy.Principal = testkit.ProviderHead.Account
	r.write(func(ctx context.Context, tx store.Tx) error {
		return tx.CloseTask(ctx, "seat", proxy, at.Add(time.Hour))
	})
	rows, err := r.Assignees(t.Context(), []string{"seat"})
	r.must(err)
	want := []struct{ account, state, by string }{{"health-2", "signed", "tax-1"}, {"health-1", "over", ""}, {"civil-1", "signed", "civil-1"}}
	for i, w := range want {
		if a := rows[i]; a.AccountID != w.account || a.State != w.state || a.ActedBy != w.by || a.Open {
			t.Errorf("assignee %+v, want %+v", a, w)
		}
	}
	if desk, err := r.Desk(t.Context(), "case"); err != nil || len(desk) != 0 {
		t.Errorf("closed, and the desk is %+v, %v", desk, err)
	}
	if none, err := r.Assignees(t.Context(), nil); err != nil || len(none) != 0 {
		t.Errorf("assignees of nothing: %v, %v", none, err)
	}
	last, ok, err := r.LastClosed(t.Context(), "case")
	if err != nil || !ok || last.ID != "seat" || last.ClosedBy != "tax-1" {
		t.Errorf("closed last: %+v, %v, %v", last, ok, err)
	}
	if _, ok, err := r.LastClosed(t.Context(), "other"); err != nil || ok {
		t.Errorf("closed last of no case: %v, %v", ok, err)
	}
	r.given(task("nobody's", "health", agency.Head, at.Add(time.Hour)))
	r.write(func(ctx context.Context, tx store.Tx) error {
		return tx.CloseTask(ctx, "nobody's", agency.Actor{}, at.Add(2*time.Hour))
	})
	if last, _, err := r.LastClosed(t.Context(), "case"); err != nil || last.ID != "seat" {
		t.Errorf("what nobody closed is not who acted last: %+v, %v", last, err)
	}
}

// asks puts a question of the head into the clerk's box.
func (r record) asks(id string) {
	r.t.Helper()
	advice := task("advice-"+id, "health", agency.Head, at)
	advice.Kind, advice.ParentID = store.AdviceTask, "seat"
	r.given(advice, testkit.Provider)
	r.write(func(ctx context.Context, tx store.Tx) error {
		return tx.InsertConsultation(ctx, store.Consultation{
			ID: id, CaseID: "case", TaskID: "seat", AdviceID: advice.ID, AskedBy: "health-2", AccountID: "health-1", Question: "口径？", AskedAt: at,
		})
	})
}

func keepsConsultations(t *testing.T, r record) {
	t.Helper()
	r.given(task("seat", "health", agency.Head, at), testkit.ProviderHead)
	r.asks("c1")
	answer := func() error {
		return r.Tx(t.Context(), func(ctx context.Context, tx store.Tx) error {
			return tx.AnswerConsultation(ctx, "c1", "一致", testkit.Provider, at)
		})
	}
	r.must(answer())
	r.asks("c2")
	want := []casework.Consultation{
		{ID: "c1", AskedBy: "health-2", Account: "health-1", Answered: true}, {ID: "c2", AskedBy: "health-2", Account: "health-1"},
	}
	if got := r.desk().Consultations; !slices.Equal(got, want) {
		t.Errorf("consultations %+v", got)
	}
	if got := r.box("todo", testkit.Provider); !slices.Equal(got, []string{"advice-c2"}) {
		t.Errorf("what advice is asked for: %v", got)
	}
	if got := r.box("done", testkit.Provider); !slices.Equal(got, []string{"advice-c1"}) {
		t.Errorf("what advice was given: %v", got)
	}
	r.write(func(ctx context.Context, tx store.Tx) error {
		return tx.CloseTask(ctx, "seat", testkit.ProviderHead, at)
	})
	if got := r.box("todo", testkit.Provider); len(got) != 0 {
		t.Errorf("the task is over, and advice is asked for: %v", got)
	}
	rows, err := r.Consultations(t.Context(), "case")
	if err != nil || len(rows) != 2 || rows[0].Advice != "一致" || rows[0].AnsweredBy != "health-1" || !rows[1].AnsweredAt.IsZero() {
		t.Errorf("consultations %+v, %v", rows, err)
	}
	missing(t, "consultation", r.Tx(t.Context(), func(ctx context.Context, tx store.Tx) error {
		return tx.AnswerConsultation(ctx, "unknown", "无", testkit.Provider, at)
	}))
}

func keepsFollowers(t *testing.T, r record) {
	t.Helper()
	r.write(func(ctx context.Context, tx store.Tx) error {
		for _, account := range []string{"tax-1", "civil-1", "tax-1"} { // twice is once
			if err := tx.Follow(ctx, "case", account, at); err != nil {
				return err
			}
		}
		return tx.Unfollow(ctx, "case", "civil-2") // who never followed
	})
	if got, err := r.Followers(t.Context(), "case"); err != nil || !slices.Equal(got, []string{"civil-1", "tax-1"}) {
		t.Errorf("followers %v, %v", got, err)
	}
	r.write(func(ctx context.Context, tx store.Tx) error { return tx.Unfollow(ctx, "case", "tax-1") })
	for account, want := range map[string]int64{"tax-1": 0, "civil-1": 1} {
		if n, err := r.CountFollowed(t.Context(), account); err != nil || n != want {
			t.Errorf("%s follows %d, %v; want %d", account, n, err, want)
		}
	}
}
