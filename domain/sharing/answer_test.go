package sharing_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"datagov/domain/agency"
	"datagov/domain/casework"
	"datagov/domain/deadline"
	"datagov/domain/fault"
	"datagov/domain/law"
	"datagov/domain/sharing"
)

// Article 26(2): two signed opinions make the answer, item by item.
func TestTwoOpinionsMakeOneAnswer(t *testing.T) {
	t.Parallel()
	type half struct {
		outcome casework.Outcome
		items   []string
	}
	agree, under, refuse := half{casework.Agree, nil}, half{casework.AgreeWithConditions, nil}, half{casework.Refusal, nil}
	first, second := half{casework.Refusal, []string{"held"}}, half{casework.Refusal, []string{"held-2"}}
	for _, tt := range []struct {
		name                 string
		provider, commission half
		status               sharing.Status
		one, two             sharing.PartStatus
	}{
		{"both agree", agree, agree, sharing.Approved, sharing.PartAgreed, sharing.PartAgreed},
		{"either may set conditions", under, agree, sharing.Approved, sharing.PartAgreed, sharing.PartAgreed},
		{"both may set conditions", under, under, sharing.Approved, sharing.PartAgreed, sharing.PartAgreed},
		{"both refuse", refuse, refuse, sharing.Refused, sharing.PartRefused, sharing.PartRefused},
		{"they differ", agree, refuse, sharing.Disputed, sharing.PartDisputed, sharing.PartDisputed},
		{"conditions against a refusal differ", refuse, under, sharing.Disputed, sharing.PartDisputed, sharing.PartDisputed},
		{"both narrow to the same item", first, first, sharing.Approved, sharing.PartRefused, sharing.PartAgreed},
		{"each narrows to another item", first, second, sharing.Disputed, sharing.PartDisputed, sharing.PartDisputed},
		{"one narrows, one refuses all", first, refuse, sharing.Disputed, sharing.PartRefused, sharing.PartDisputed},
		{"one narrows, one agrees", first, agree, sharing.Approved, sharing.PartDisputed, sharing.PartAgreed},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := in(t, sharing.JointReview)
			answer(t, &r, verdict(t, tt.provider.outcome, tt.provider.items...), verdict(t, tt.commission.outcome, tt.commission.items...))
			if p := parts(r); p["held"] != tt.one || p["held-2"] != tt.two || r.Status != tt.status {
				t.Errorf("status %s, parts %v; want %s, %s, %s", r.Status, p, tt.status, tt.one, tt.two)
			}
			if _, running := r.NextAlarm(); running {
				t.Error("a clock runs after the answer")
			}
		})
	}
}

func TestOneSignatureAnswersNothing(t *testing.T) {
	t.Parallel()
	r, moved := in(t, sharing.JointReview), moves(t)
	moved(r.Write(by(provider), "p", casework.Provider, verdict(t, casework.Refusal)))
	moved(r.SignOpinion(by(providerHead), "p"))
	moved(r.Write(by(commission), "c", casework.Commission, verdict(t, casework.Refusal)))
	if r.Status != sharing.JointReview || parts(r)["held"] != sharing.PartPending {
		t.Errorf("status %s, parts %v", r.Status, parts(r))
	}
	if c := r.Clock(deadline.ShareProviderOpinion); c.Running() {
		t.Error("the provider has answered and its clock runs")
	}
	if c := r.Clock(deadline.ShareJointDecision); !c.Running() {
		t.Error("the joint answer is still owed and its clock stands")
	}
}

func TestTheAnswerBecomesGrants(t *testing.T) {
	t.Parallel()
	for status, narrow := range map[sharing.Status][]string{sharing.Granted: nil, sharing.PartiallyGranted: {"held"}} {
		r := in(t, sharing.JointReview)
		v := verdict(t, casework.Agree)
		if narrow != nil {
			v = verdict(t, casework.Refusal, narrow...)
		}
		answer(t, &r, v, v)
		events, err := r.Grant(now)
		if err != nil || r.Status != status || !r.Status.Closed() || r.ClosedAt.IsZero() {
			t.Errorf("status %s, %v; want %s", r.Status, err, status)
		}
		if len(events) != 1 || events[0].Actor.Kind != agency.System {
			t.Errorf("the grant follows the answer without a decision: %+v", events)
		}
		if got := r.GrantedItems(sharing.ByReview); len(got) != 2-len(narrow) {
			t.Errorf("granted %v", got)
		}
	}
	r := in(t, sharing.JointReview)
	_, err := r.Grant(now)
	refused(t, err, fault.Conflict)
}

// A dispute beside agreed items stays open after the grant; nobody has decided it.
func TestADisputeStaysOpenAndEndsByWithdrawal(t *testing.T) {
	t.Parallel()
	r, moved := in(t, sharing.JointReview), moves(t)
	answer(t, &r, verdict(t, casework.Refusal, "held"), verdict(t, casework.Agree))
	moved(r.Grant(now))
	if r.Status != sharing.Disputed || r.Status.Closed() {
		t.Fatalf("status %s", r.Status)
	}
	moved(r.Withdraw(by(clerk)))
	want := map[string]sharing.PartStatus{"held": sharing.PartWithdrawn, "held-2": sharing.PartGranted}
	if p := parts(r); r.Status != sharing.Withdrawn || !maps.Equal(p, want) {
		t.Errorf("status %s, parts %v", r.Status, p)
	}
}

// Articles 26(2), 27(2): what the law grants, it grants at the head's signature.
func TestTheLawGrantsAtTheSignature(t *testing.T) {
	t.Parallel()
	s := submission("free", "held")
	s.Scenario = scenario()
	r, _, _, err := sharing.Submit(s, pack())
	if err != nil {
		t.Fatal(err)
	}
	events, err := r.Sign(by(head))
	if err != nil || r.Status != sharing.Granted {
		t.Fatalf("status %s, %v", r.Status, err)
	}
	want := []string{"share_request.signed_off", "share_request.granted_by_law", "share_request.granted_by_scenario"}
	if got := names(events); !slices.Equal(got, want) {
		t.Errorf("events %v", got)
	}
	if events[2].Citation != law.Measure("27") || events[1].Actor.Kind != agency.System || events[0].Actor.Kind != "" {
		t.Errorf("events %+v", events)
	}
	if len(r.GrantedItems(sharing.ByLaw)) != 1 || len(r.GrantedItems(sharing.ByScenario)) != 1 || len(r.Opinions) != 0 {
		t.Errorf("parts %v", r.Parts)
	}
}

func TestTheRestOfAMixedRequestIsReviewed(t *testing.T) {
	t.Parallel()
	r := in(t, sharing.FormCheck, "free", "held", "barred", "open")
	if !slices.Equal(r.UnderReview(), []string{"held", "open"}) {
		t.Errorf("under review %v", r.UnderReview())
	}
	if p := parts(r); p["free"] != sharing.PartGranted || p["barred"] != sharing.PartBarred {
		t.Errorf("parts %v", p)
	}
	moved := moves(t)
	moved(r.Complete(by(commission)))
	refuse := verdict(t, casework.Refusal)
	answer(t, &r, refuse, refuse)
	if p := parts(r); r.Status != sharing.PartiallyGranted || p["free"] != sharing.PartGranted || p["open"] != sharing.PartRefused {
		t.Errorf("status %s, parts %v", r.Status, p)
	}
}

func TestAReturnNeedsItsReason(t *testing.T) {
	t.Parallel()
	r := submitted(t)
	_, err := r.Return(by(head), " ")
	refused(t, err, fault.Invalid)
	moved := moves(t)
	moved(r.Return(by(head), "用途不清"))
	moved(r.Revise(by(clerk)))
	if r.Returned || r.SubmittedBy != clerk.Account {
		t.Errorf("after the revision: %+v", r)
	}
	review := in(t, sharing.JointReview)
	moved(review.Write(by(provider), "p", casework.Provider, verdict(t, casework.Agree)))
	_, err = review.ReturnOpinion(by(providerHead), "p", "")
	refused(t, err, fault.Invalid)
}

// The requester reads events; a draft is the office's own until it is signed.
func TestTheEventOfADraftDoesNotTellWhatItSays(t *testing.T) {
	t.Parallel()
	r := in(t, sharing.JointReview)
	events, err := r.Write(by(provider), "p", casework.Provider, verdict(t, casework.Refusal))
	if err != nil || strings.Contains(events[0].Detail, "同意") || strings.Contains(events[0].Detail, "统计法") {
		t.Errorf("events %+v, %v", events, err)
	}
}
