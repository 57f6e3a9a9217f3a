package workflows_test

import (
	"testing"
	"time"

	"datagov/domain/deadline"
	"datagov/domain/fault"
	"datagov/domain/sharing"
	"datagov/domain/workday"
	"datagov/internal/testkit"
	"datagov/workflows"
)

const aDay = 24 * time.Hour

// A suspended term does not ring where it would have; resumed early, it rings
// at the end that is then exact.
func TestASuspendedTermRingsWhenItGoesOn(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.reviewing()
	suspend := workflows.Act{Actor: testkit.CommissionOfficer, Outcome: "suspend"}
	d.send(3*time.Hour, workflows.SuspendUpdate, suspend)
	again := d.send(4*time.Hour, workflows.SuspendUpdate, suspend)
	stranger := d.send(5*time.Hour, workflows.SuspendUpdate, workflows.Act{Actor: testkit.Provider, Outcome: "resume"})
	resumed := d.send(9*aDay, workflows.SuspendUpdate, workflows.Act{Actor: testkit.CommissionOfficer, Outcome: "resume"})
	d.withdraw(90 * aDay)
	d.run()
	if fault.KindOf(again.err) != fault.Conflict || again.accepted || fault.KindOf(stranger.err) != fault.Barred || resumed.err != nil {
		t.Errorf("a second suspension: %v; the provider: %v; the resumption: %v", again.err, stranger.err, resumed.err)
	}
	opinion, joint := d.request.Clock(deadline.ShareProviderOpinion), d.request.Clock(deadline.ShareJointDecision)
	// Resumed on Wednesday, 2026-12-02, with nothing used: five and ten days follow.
	if opinion.LastDay != "2026-12-09" || joint.LastDay != "2026-12-16" {
		t.Errorf("the terms end on %s and %s", opinion.LastDay, joint.LastDay)
	}
	want := []time.Time{opinion.RemindAt, opinion.DueAt, joint.RemindAt, joint.DueAt}
	if len(d.rang) != len(want) {
		t.Fatalf("rang at %v, want %v", d.rang, want)
	}
	for i, at := range want {
		if !d.rang[i].Equal(at) {
			t.Errorf("rang at %s, want %s", d.rang[i], at)
		}
	}
}

// No case sleeps to a stale date: an earlier one is pushed to it, a later one
// is found on waking.
func TestADateThatTheCalendarMovedIsRungForInTime(t *testing.T) {
	t.Parallel()
	year := workday.Year{Year: 2026, Status: workday.Official}
	for name, tt := range map[string]struct {
		mark workday.Mark
		push bool
		last workday.Day // of the provider's opinion, which is 2026-11-30 before
	}{
		"earlier": {workday.Mark{Day: "2026-11-28", Name: "补班"}, true, "2026-11-29"},
		"later":   {workday.Mark{Day: "2026-11-25", Off: true, Name: "新增假日"}, false, "2026-12-01"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			marks := []workday.Mark{tt.mark}
			if tt.push {
				marks = append(marks, workday.Mark{Day: "2026-11-29", Name: "补班"})
			}
			d := newDesk(t)
			d.reviewing()
			d.env.RegisterDelayedCallback(func() { // the record counts again; only an earlier date is told
				d.request = d.request.Clone()
				d.request.Recompute(pack().Calendar.With("v2", year, marks), d.env.Now())
				d.request.Version++
			}, 5*time.Hour)
			if tt.push {
				d.reconcile(6*time.Hour, 4)
			}
			d.withdraw(90 * aDay)
			d.run()
			c := d.request.Clock(deadline.ShareProviderOpinion)
			if c.OverdueAt.IsZero() || !c.OverdueAt.Equal(c.DueAt) || (tt.push && c.LastDay >= "2026-11-30") || (!tt.push && c.LastDay != tt.last) {
				t.Errorf("the term ends on %s and was rung for at %s (due %s)", c.LastDay, c.OverdueAt, c.DueAt)
			}
			if d.request.Status != sharing.Withdrawn {
				t.Errorf("ended as %s", d.request.Status)
			}
		})
	}
}
