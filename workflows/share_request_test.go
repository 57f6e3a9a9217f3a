package workflows_test

import (
	"slices"
	"testing"
	"time"

	"datagov/domain/agency"
	"datagov/domain/casework"
	"datagov/domain/fault"
	"datagov/domain/law"
	"datagov/domain/sharing"
	"datagov/internal/testkit"
	"datagov/workflows"
)

// Article 26(2): both sides agree, and the request ends with its grant.
func TestARequestGoesFromTheDraftToTheGrant(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.reviewing()
	last := d.opinions(3*time.Hour, casework.Agree, casework.Agree)
	if got := d.run(); got.Status != sharing.Granted {
		t.Errorf("ended as %s", got.Status)
	}
	d.called("Open", "SignOff", "CheckForm", "DraftOpinion", "DraftOpinion", "SignOpinion", "SignOpinion", "GrantAgreed")
	if !last.completed || last.err != nil || d.request.Status != sharing.Granted {
		t.Errorf("the last signature was answered %+v; the record says %s", last, d.request.Status)
	}
	if !slices.Equal(d.grants, []string{sharing.GrantID("case", sharing.ByReview)}) {
		t.Errorf("grants %v", d.grants)
	}
}

// Articles 26(2), 27(2): what the law grants needs no review.
func TestALawfulGrantEndsAtTheSignature(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "free")
	d.open(0)
	d.signOff(time.Hour)
	if got := d.run(); got.Status != sharing.Granted {
		t.Errorf("ended as %s", got.Status)
	}
	d.called("Open", "SignOff")
	if !slices.Equal(d.grants, []string{sharing.GrantID("case", sharing.ByLaw)}) {
		t.Errorf("grants %v", d.grants)
	}
}

func TestAMixedRequestStartsItsLawfulGrantAtTheSignature(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "free", "held")
	d.reviewing()
	var early int
	d.env.RegisterDelayedCallback(func() { early = len(d.grants) }, 90*time.Minute)
	d.opinions(3*time.Hour, casework.Refusal, casework.Refusal)
	if got := d.run(); got.Status != sharing.PartiallyGranted || early != 1 || len(d.grants) != 1 {
		t.Errorf("ended as %s; %d grants after the signature, %d at the end", got.Status, early, len(d.grants))
	}
}

func TestBothRefuse(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.reviewing()
	d.opinions(3*time.Hour, casework.Refusal, casework.Refusal)
	if got := d.run(); got.Status != sharing.Refused || len(d.grants) != 0 || slices.Contains(d.calls, "GrantAgreed") {
		t.Errorf("ended as %s with %v after %v", got.Status, d.grants, d.calls)
	}
}

func TestADisputeWaitsUntilItIsWithdrawn(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.reviewing()
	d.opinions(3*time.Hour, casework.Agree, casework.Refusal)
	var open sharing.Status
	d.env.RegisterDelayedCallback(func() { open = d.state() }, 300*24*time.Hour)
	last := d.withdraw(301 * 24 * time.Hour)
	if got := d.run(); got.Status != sharing.Withdrawn || open != sharing.Disputed || last.err != nil {
		t.Errorf("after 300 days %s, in the end %s (%v)", open, got.Status, last.err)
	}
	if len(d.rang) != 0 || slices.Contains(d.calls, "GrantAgreed") {
		t.Errorf("something decided or rang: %v", d.calls)
	}
}

// state asks the workflow what it waits for.
func (d *desk) state() sharing.Status {
	d.t.Helper()
	value, err := d.env.QueryWorkflow(workflows.StateQuery)
	if err != nil {
		d.t.Error(err)
		return ""
	}
	var r sharing.Request
	if err := value.Get(&r); err != nil {
		d.t.Error(err)
	}
	return r.Status
}

func TestAReturnedDraftAndASupplementComeBack(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.open(0)
	d.send(time.Hour, workflows.SignOffUpdate, workflows.Act{Actor: testkit.Head, Outcome: "return"})
	d.send(2*time.Hour, workflows.ReviseUpdate, workflows.Act{Actor: testkit.Clerk})
	d.signOff(3 * time.Hour)
	d.send(4*time.Hour, workflows.CheckFormUpdate, workflows.Act{Actor: testkit.CommissionOfficer, Outcome: "supplement"})
	d.send(5*time.Hour, workflows.SupplyUpdate, workflows.Act{Actor: testkit.Clerk})
	d.complete(6 * time.Hour)
	d.send(7*time.Hour, workflows.ExtendUpdate, workflows.Act{Actor: testkit.Provider, Outcome: "ask"})
	d.send(8*time.Hour, workflows.ExtendUpdate, workflows.Act{Actor: testkit.CommissionHead, Outcome: "consent"})
	d.opinions(9*time.Hour, casework.AgreeWithConditions, casework.Agree)
	if got := d.run(); got.Status != sharing.Granted {
		t.Errorf("ended as %s", got.Status)
	}
	d.called("Open", "SignOff", "Revise", "SignOff", "CheckForm", "Supply", "CheckForm", "Extend", "Extend",
		"DraftOpinion", "DraftOpinion", "SignOpinion", "SignOpinion", "GrantAgreed")
}

// Article 25: what the validator refuses never enters the history and no
// activity hears of it. The same for the wrong person and the wrong state.
func TestTheValidatorRefusesBeforeAnythingHappens(t *testing.T) {
	t.Parallel()
	refusal := sharing.Draft{Side: casework.Provider, Outcome: casework.Refusal, Reasoned: true}
	unreasoned := refusal
	unreasoned.Reasoned, unreasoned.Grounds = false, []law.Claim{testkit.Statute()}
	circular := refusal
	circular.Grounds = []law.Claim{testkit.Statute()}
	circular.Grounds[0].Level = "规范性文件"
	unfit := sharing.Draft{Side: casework.Provider, Outcome: casework.AgreeWithConditions}
	agree := sharing.Draft{Side: casework.Provider, Outcome: casework.Agree}
	machine := agency.SystemActor("clock")
	machine.Agency = "health"
	for _, tt := range []struct {
		name   string
		update string
		act    workflows.Act
		kind   fault.Kind
	}{
		{"a refusal without a ground", workflows.DraftOpinionUpdate, workflows.Act{Actor: testkit.Provider, Draft: &refusal}, fault.Unlawful},
		{"a refusal without a reason", workflows.DraftOpinionUpdate, workflows.Act{Actor: testkit.Provider, Draft: &unreasoned}, fault.Unlawful},
		{"a refusal on a 规范性文件", workflows.DraftOpinionUpdate, workflows.Act{Actor: testkit.Provider, Draft: &circular}, fault.Unlawful},
		{"no outline at all", workflows.DraftOpinionUpdate, workflows.Act{Actor: testkit.Provider}, fault.Unlawful},
		{"conditions without any", workflows.DraftOpinionUpdate, workflows.Act{Actor: testkit.Provider, Draft: &unfit}, fault.Invalid},
		{"an opinion of the applicant", workflows.DraftOpinionUpdate, workflows.Act{Actor: testkit.Clerk, Draft: &agree}, fault.Barred},
		{"an opinion of a stranger", workflows.DraftOpinionUpdate, workflows.Act{Actor: testkit.Stranger, Draft: &agree}, fault.Barred},
		{"an opinion of a machine", workflows.DraftOpinionUpdate, workflows.Act{Actor: machine, Draft: &agree}, fault.Barred},
		{"a signature under nothing", workflows.SignOpinionUpdate, workflows.Act{Actor: testkit.ProviderHead, Opinion: "x"}, fault.NotFound},
		{"a second sign-off", workflows.SignOffUpdate, workflows.Act{Actor: testkit.Head}, fault.Conflict},
		{"a sign-off by who drafted", workflows.SignOffUpdate, workflows.Act{Actor: testkit.Clerk}, fault.Barred},
		{"a revision of what is signed", workflows.ReviseUpdate, workflows.Act{Actor: testkit.Clerk}, fault.Conflict},
		{"a second form check", workflows.CheckFormUpdate, workflows.Act{Actor: testkit.CommissionOfficer}, fault.Conflict},
		{"a notice out of time", workflows.CheckFormUpdate, workflows.Act{Actor: testkit.CommissionOfficer, Outcome: "supplement"}, fault.Conflict},
		{"a supplement nobody asked for", workflows.SupplyUpdate, workflows.Act{Actor: testkit.Clerk}, fault.Conflict},
		{"an extension by the applicant", workflows.ExtendUpdate, workflows.Act{Actor: testkit.Clerk, Outcome: "ask"}, fault.Barred},
		{"consent to nothing", workflows.ExtendUpdate, workflows.Act{Actor: testkit.CommissionHead, Outcome: "consent"}, fault.Conflict},
		{"a withdrawal by the provider", workflows.WithdrawUpdate, workflows.Act{Actor: testkit.Provider}, fault.Barred},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			d.reviewing()
			got := d.send(3*time.Hour, tt.update, tt.act)
			d.withdraw(4 * time.Hour)
			d.run()
			d.called("Open", "SignOff", "CheckForm", "Withdraw")
			if got.accepted || got.completed || fault.KindOf(got.err) != tt.kind {
				t.Errorf("accepted %v, refused with %v; want %s", got.accepted, got.err, tt.kind)
			}
			if tt.kind == fault.Unlawful && !slices.Contains(fault.As(got.err).Basis, law.Measure("25")) {
				t.Errorf("the refusal cites %v on its way back, want Article 25", fault.As(got.err).Basis)
			}
		})
	}
}

func TestWhatTheRecordRefusesComesBackAndTheCaseGoesOn(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.refuse["SignOff"] = fault.New(fault.Conflict, "本事项刚刚被其他人办理")
	d.open(0)
	first := d.signOff(time.Hour)
	second := d.signOff(2 * time.Hour)
	d.withdraw(3 * time.Hour)
	if got := d.run(); got.Status != sharing.Withdrawn {
		t.Errorf("ended as %s", got.Status)
	}
	if fault.KindOf(first.err) != fault.Conflict || first.err.Error() != "本事项刚刚被其他人办理" || second.err != nil {
		t.Errorf("first %v, second %v", first.err, second.err)
	}
}

func TestARequestThatCannotBeOpenedLeavesNoCase(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.refuse["Open"] = fault.Law("所选数据项均属非共享类，依法不能共享", law.Measure("26"))
	got := d.open(0)
	if end := d.run(); end.Status != "" {
		t.Errorf("ended as %s", end.Status)
	}
	d.called("Open")
	if fault.KindOf(got.err) != fault.Unlawful {
		t.Errorf("answered %v", got.err)
	}
}
