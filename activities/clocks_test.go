package activities_test

import (
	"context"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"datagov/activities"
	"datagov/domain/agency"
	"datagov/domain/audit"
	"datagov/domain/deadline"
	"datagov/domain/fault"
	"datagov/domain/sharing"
	"datagov/domain/workday"
	"datagov/internal/testkit"
	"datagov/store"
)

func (d *desk) clocks() *activities.Clocks { return &activities.Clocks{Casework: d.Casework} }

// brings imports 2026 anew with one more day off, or one fewer.
func (d *desk) brings(day workday.Mark, off bool) {
	d.t.Helper()
	days, err := d.Store.CalendarDays(d.t.Context(), "2026-01-01", "2026-12-31")
	if err != nil {
		d.t.Fatal(err)
	}
	days = slices.DeleteFunc(days, func(m workday.Mark) bool { return m.Day == day.Day })
	if off {
		days = append(days, day)
	}
	err = d.Store.Tx(d.t.Context(), func(ctx context.Context, tx store.Tx) error {
		_, err := tx.ImportCalendar(ctx, store.CalendarImport{
			File: workday.File{Year: 2026, Papers: []string{"通知"}, Days: days}, By: agency.SystemActor("operator"), At: d.at,
		})
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) recomputes(want int) {
	d.t.Helper()
	if n, err := d.clocks().Recompute(d.t.Context(), ""); err != nil || n != want {
		d.t.Fatalf("%d cases were counted again, want %d: %v", n, want, err)
	}
}

func (d *desk) nudges() int {
	d.t.Helper()
	rows, err := d.Store.Nudges(d.t.Context(), 10)
	if err != nil {
		d.t.Fatal(err)
	}
	return len(rows)
}

func TestAHolidayMovesTheClocksTheTasksAndLeavesOneEvent(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.reviewing()
	before := d.read("case")
	d.recomputes(0)
	holiday := workday.Mark{Day: "2026-11-25", Off: true, Name: "新增假日"}
	d.brings(holiday, true)
	d.recomputes(1)
	after := d.read("case")
	for i, c := range after.Clocks {
		if moved := c.DueAt.After(before.Clocks[i].DueAt); moved != c.Running() {
			t.Errorf("%s: running %v, moved %v", c.Code, c.Running(), moved)
		}
	}
	tasks, err := d.Store.OpenTasks(t.Context(), "case")
	if err != nil || len(tasks) != 2 || after.Version != before.Version+1 {
		t.Fatalf("%d tasks, version %d after %d, %v", len(tasks), after.Version, before.Version, err)
	}
	for _, task := range tasks {
		if task.LastDay != string(after.Clock(deadline.ShareProviderOpinion).LastDay) && task.LastDay != string(after.Clock(deadline.ShareJointDecision).LastDay) {
			t.Errorf("the task %s is due on %s", task.Step, task.LastDay)
		}
	}
	events, err := d.Store.Events(t.Context(), "share-request/case", 0, 100)
	if err != nil || audit.Verify(events) != nil {
		t.Fatal(err)
	}
	last := events[len(events)-1]
	var body struct{ Clocks []sharing.Recount }
	if err := json.Unmarshal([]byte(last.Body), &body); err != nil || last.Name != "share_request.recomputed" || len(body.Clocks) != 3 || last.Actor.Kind != agency.System {
		t.Errorf("event %+v, %v", last, err)
	}
	d.recomputes(0)
	if n := d.nudges(); n != 0 {
		t.Errorf("a later date is found on waking, but %d cases are to be told", n)
	}
	d.brings(holiday, false) // taken back: the dates are earlier again
	d.recomputes(1)
	if n := d.nudges(); n != 1 {
		t.Errorf("%d cases are to be told of an earlier date", n)
	}
	if got := d.read("case"); !got.Due().Equal(before.Due()) {
		t.Error("the date did not come back")
	}
}

// Cases are counted again in groups; one that fails keeps no other of its group
// and is found by the next run.
func TestACaseThatFailsKeepsNoOtherFromBeingCountedAgain(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.reviewing()
	opened := d.ask(activities.Act{CaseID: "other", Actor: testkit.Clerk}, file(testkit.ItemHeld))
	if _, err := d.Open(t.Context(), opened); err != nil {
		t.Fatal(err)
	}
	d.brings(workday.Mark{Day: "2026-11-24", Off: true, Name: "新增假日"}, true)
	for _, statement := range []string{
		"CREATE TRIGGER fails BEFORE UPDATE ON share_request WHEN NEW.id = 'other' BEGIN SELECT RAISE(ABORT, 'fails'); END",
		"DROP TRIGGER fails",
	} {
		if _, err := d.Store.DB().ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
		n, err := d.clocks().Recompute(t.Context(), "")
		if failing := statement[0] == 'C'; n != 1 || (err != nil) != failing {
			t.Fatalf("%d cases were counted again, %v", n, err)
		}
	}
	d.recomputes(0)
	for _, id := range []string{"case", "other"} {
		events, err := d.Store.Events(t.Context(), "share-request/"+id, 0, 100)
		if err != nil || audit.Verify(events) != nil {
			t.Fatal(err)
		}
		counted := 0
		for _, e := range events {
			if e.Name == "share_request.recomputed" {
				counted++
			}
		}
		if counted != 1 {
			t.Errorf("%s was counted again %d times", id, counted)
		}
	}
}

// An act that follows an import counts by it at once, whatever is cached.
func TestAnActAfterAnImportCountsOnTheNewCalendar(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.open()
	d.brings(workday.Mark{Day: "2026-11-24", Off: true, Name: "新增假日"}, true)
	d.sign()
	r := d.read("case")
	if c := r.Clock(deadline.ShareFormCheck); c.LastDay != "2026-11-26" {
		t.Errorf("two working days after the holiday end on %s", c.LastDay)
	}
}

func TestASuspensionAndAMoveOfRulesAreActsOnRecord(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.reviewing()
	suspend := func(outcome, code string) activities.Done {
		return d.do(d.Suspend, activities.Act{Actor: testkit.CommissionOfficer, Outcome: outcome},
			sharing.SuspensionWords{Outcome: outcome, ReasonCode: code, Note: "情况"})
	}
	r := d.read("case")
	before := r.Due()
	stopped := suspend("suspend", "third_party")
	if !stopped.Request.Due().After(before) {
		t.Errorf("due %s, before %s", stopped.Request.Due(), before)
	}
	d.at = d.at.AddDate(0, 0, 2)
	if resumed := suspend("resume", ""); !resumed.Request.Due().Equal(before.AddDate(0, 0, 2)) {
		t.Errorf("two days later the answer is due %s, before %s", resumed.Request.Due(), before)
	}
	in := d.ask(activities.Act{Actor: testkit.CommissionHead}, sharing.RulesWords{Version: "unknown", Reason: "理由"})
	if _, err := d.MoveRules(t.Context(), in); fault.KindOf(activities.Refusal(err)) != fault.NotFound {
		t.Errorf("an unknown pack: %v", err)
	}
	pack, err := d.Store.Pack(t.Context(), "2026-11")
	if err != nil {
		t.Fatal(err)
	}
	next := deadline.PackFile{Version: "next", AdoptedOn: "2026-11-24", Note: "下一包", Terms: pack.Terms, Items: pack.Items}
	if err := d.Store.Tx(t.Context(), func(ctx context.Context, tx store.Tx) error { return tx.InsertPack(ctx, next) }); err != nil {
		t.Fatal(err)
	}
	moved := d.do(d.MoveRules, activities.Act{Actor: testkit.CommissionHead}, sharing.RulesWords{Version: "next", Reason: "理由"})
	if moved.Request.Rules != "next" || d.read("case").Rules != "next" {
		t.Errorf("the case is under %s", moved.Request.Rules)
	}
}

func TestAMissingYearIsSaidOnceADay(t *testing.T) {
	t.Parallel()
	d := newDesk(t) // 2026-11-23; 2027 is provisional
	say := func() bool {
		said, err := d.clocks().SayMissing(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return said
	}
	if !say() || say() {
		t.Error("not said once on the first day")
	}
	d.at = d.at.AddDate(0, 0, 1)
	if !say() || say() {
		t.Error("not said once on the second day")
	}
	d.at = time.Date(2026, 10, 31, 1, 0, 0, 0, time.UTC)
	if say() {
		t.Error("said before November")
	}
}
