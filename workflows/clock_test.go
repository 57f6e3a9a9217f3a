package workflows_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"datagov/activities"
	"datagov/domain/casework"
	"datagov/domain/deadline"
	"datagov/domain/fault"
	"datagov/domain/sharing"
	"datagov/internal/testkit"
	"datagov/workflows"
)

// Silence reminds and is recorded at the stored instants, and decides nothing.
func TestTimersFireAtTheStoredInstantsAndDecideNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.reviewing()
	var want []time.Time
	d.env.RegisterDelayedCallback(func() {
		opinion, joint := d.request.Clock(deadline.ShareProviderOpinion), d.request.Clock(deadline.ShareJointDecision)
		want = []time.Time{opinion.RemindAt, opinion.DueAt, joint.RemindAt, joint.DueAt}
	}, 3*time.Hour)
	var after sharing.Request
	d.env.RegisterDelayedCallback(func() { after = d.request.Clone() }, 60*24*time.Hour)
	last := d.opinions(61*24*time.Hour, casework.Agree, casework.Agree)
	if got := d.run(); got.Status != sharing.Granted || last.err != nil {
		t.Errorf("a late answer: %s, %v", got.Status, last.err)
	}
	if len(want) == 0 || !slices.EqualFunc(d.rang, want, time.Time.Equal) {
		t.Errorf("rang at %v\nwant %v", d.rang, want)
	}
	if after.Status != sharing.JointReview || len(after.Opinions) != 0 || after.Parts[0].Status != sharing.PartPending {
		t.Errorf("after two months of silence: %+v", after)
	}
	if c := after.Clock(deadline.ShareJointDecision); c.OverdueAt.IsZero() || c.RemindedAt.IsZero() {
		t.Errorf("what passed was not recorded: %+v", c)
	}
}

func TestAStepTakenInTimeIsNotRungFor(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.reviewing()
	d.opinions(24*time.Hour, casework.Refusal, casework.Refusal)
	d.run()
	if len(d.rang) != 0 {
		t.Errorf("rang at %v", d.rang)
	}
}

// TL 21: the timer follows a term that was extended.
func TestAnExtendedTermRingsLater(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.reviewing()
	d.send(3*time.Hour, workflows.ExtendUpdate, workflows.Act{Actor: testkit.Provider, Outcome: "ask"})
	d.send(4*time.Hour, workflows.ExtendUpdate, workflows.Act{Actor: testkit.CommissionHead, Outcome: "consent"})
	d.withdraw(90 * 24 * time.Hour)
	d.run()
	c := d.request.Clock(deadline.ShareJointDecision)
	if c.Extended != 10 || len(d.rang) == 0 || !d.rang[len(d.rang)-1].Equal(c.DueAt) {
		t.Errorf("extended by %d, due %s, rang at %v", c.Extended, c.DueAt, d.rang)
	}
}

func TestAHeldTermDoesNotRing(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.open(0)
	d.signOff(time.Hour)
	d.send(2*time.Hour, workflows.CheckFormUpdate, workflows.Act{Actor: testkit.CommissionOfficer, Outcome: "supplement"})
	d.withdraw(90 * 24 * time.Hour)
	d.run()
	supplement := d.request.Clock(deadline.ShareSupplement)
	if !slices.EqualFunc(d.rang, []time.Time{supplement.RemindAt, supplement.DueAt}, time.Time.Equal) {
		t.Errorf("rang at %v; the supplement's term is %s, %s", d.rang, supplement.RemindAt, supplement.DueAt)
	}
}

// rebuilt is a desk whose case is on record in the joint review, while the
// engine has lost its workflow.
func rebuilt(t *testing.T, status sharing.Status) *desk {
	t.Helper()
	d := newDesk(t)
	r, _, _, err := sharing.Submit(submission(workflows.Act{Actor: testkit.Clerk}, began, []string{"held"}), pack())
	if err != nil {
		t.Fatal(err)
	}
	move := func(by sharing.Move) sharing.Move { by.At, by.Pack = began, pack(); return by }
	if _, err := r.Sign(move(sharing.Move{By: testkit.Head})); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Complete(move(sharing.Move{By: testkit.CommissionOfficer})); err != nil {
		t.Fatal(err)
	}
	if status == sharing.Approved {
		r.Status, r.Parts[0].Status = sharing.Approved, sharing.PartAgreed
	}
	r.Version = 7
	d.request = r
	return d
}

func (d *desk) reconcile(after time.Duration, version int64) {
	d.env.RegisterDelayedCallback(func() {
		d.env.SignalWorkflow(workflows.ReconcileSignal, workflows.Reconcile{Version: version})
	}, after)
}

func TestAnActArrivesInARunThatIsRebuiltFromItsRows(t *testing.T) {
	t.Parallel()
	d := rebuilt(t, sharing.JointReview)
	early := d.draft(0, testkit.Provider, sharing.Draft{Side: casework.Provider, Outcome: casework.Agree})
	d.reconcile(time.Minute, 7)
	late := d.signOff(2 * time.Minute)
	d.withdraw(time.Hour)
	if got := d.run(); got.Status != sharing.Withdrawn {
		t.Errorf("ended as %s", got.Status)
	}
	d.called("Load", "DraftOpinion", "Withdraw")
	if !early.completed || early.err != nil {
		t.Errorf("the act that came before the rows: %+v", early)
	}
	if late.accepted || fault.KindOf(late.err) != fault.Conflict {
		t.Errorf("once rebuilt, the validator judges again: %+v", late)
	}
}

func TestAnApprovedCaseThatIsRebuiltGetsItsGrant(t *testing.T) {
	t.Parallel()
	d := rebuilt(t, sharing.Approved)
	d.reconcile(0, 7)
	if got := d.run(); got.Status != sharing.Granted {
		t.Errorf("ended as %s", got.Status)
	}
	d.called("Load", "GrantAgreed")
	if len(d.grants) != 1 {
		t.Errorf("grants %v", d.grants)
	}
}

func TestNewsOfAnOlderVersionIsNoNews(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.open(0)
	d.reconcile(time.Minute, 1)
	d.withdraw(time.Hour)
	d.run()
	d.called("Open", "Withdraw")
}

func TestRowsAheadOfTheRunAreRead(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.open(0)
	d.env.RegisterDelayedCallback(func() { // somebody's effect was committed and its answer lost
		r := d.request.Clone()
		if _, err := r.Withdraw(sharing.Move{By: testkit.Clerk, At: began, Pack: pack()}); err != nil {
			t.Error(err)
		}
		r.Version++
		d.request = r
	}, time.Minute)
	d.reconcile(2*time.Minute, 2)
	if got := d.run(); got.Status != sharing.Withdrawn {
		t.Errorf("ended as %s", got.Status)
	}
	d.called("Open", "Load")
}

func TestAWorkflowWithoutACaseEnds(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.refuse["Load"] = fault.New(fault.NotFound, "没有找到共享申请")
	d.reconcile(0, 3)
	if got := d.run(); got.Status != "" {
		t.Errorf("ended as %s", got.Status)
	}
	d.called("Load")
}

// TL 22, 27: a grant is active until the end of its term and no longer.
func TestAGrantIsActivatedAndExpires(t *testing.T) {
	t.Parallel()
	env := environment(t)
	ends := began.AddDate(0, 7, 0)
	var a *activities.Grants
	var at []time.Time
	step := func(status sharing.GrantStatus) any {
		return func(_ context.Context, id string) (activities.GrantState, error) {
			at = append(at, env.Now())
			return activities.GrantState{ID: id, Status: status, EndsAt: ends}, nil
		}
	}
	env.OnActivity(a.Activate, anything, "g").Return(step(sharing.Active)).Once()
	env.OnActivity(a.Expire, anything, "g").Return(step(sharing.Expired)).Once()
	env.ExecuteWorkflow(workflows.GrantType, workflows.GrantInput{ID: "g"})
	var got workflows.GrantResult
	if err := env.GetWorkflowResult(&got); err != nil || got.Status != sharing.Expired {
		t.Fatalf("ended as %s, %v", got.Status, err)
	}
	if len(at) != 2 || !at[0].Equal(began) || !at[1].Equal(ends) {
		t.Errorf("activated and expired at %v", at)
	}
}
