package sharing_test

import (
	"fmt"
	"slices"
	"testing"

	"datagov/domain/agency"
	"datagov/domain/casework"
	"datagov/domain/fault"
	"datagov/domain/sharing"
)

// returned is a state of its own for those who may act: sign_off, sent back.
const returned sharing.Status = "returned"

// state is a case in any status, brought there by the moves of people.
func state(t testing.TB, status sharing.Status) sharing.Request {
	t.Helper()
	moved := moves(t)
	switch status {
	case sharing.SignOff, sharing.FormCheck, sharing.Supplement, sharing.JointReview:
		return in(t, status)
	case returned:
		r := submitted(t)
		moved(r.Return(by(head), "用途不清"))
		return r
	case sharing.Withdrawn:
		r := submitted(t)
		moved(r.Withdraw(by(clerk)))
		return r
	case sharing.Approved, sharing.Granted, sharing.PartiallyGranted, sharing.Refused, sharing.Disputed:
	}
	r := in(t, sharing.JointReview)
	agree, refuse := verdict(t, casework.Agree), verdict(t, casework.Refusal)
	switch status {
	case sharing.Refused:
		answer(t, &r, refuse, refuse)
	case sharing.Disputed:
		answer(t, &r, agree, refuse)
	case sharing.PartiallyGranted:
		narrow := verdict(t, casework.Refusal, "held")
		answer(t, &r, narrow, narrow)
		moved(r.Grant(now))
	case sharing.Granted:
		answer(t, &r, agree, agree)
		moved(r.Grant(now))
	case sharing.Approved, sharing.SignOff, sharing.FormCheck, sharing.Supplement, sharing.JointReview, sharing.Withdrawn:
		answer(t, &r, agree, agree)
	}
	if r.Status != status {
		t.Fatalf("status %s, want %s", r.Status, status)
	}
	return r
}

var everyStatus = []sharing.Status{
	sharing.SignOff, returned, sharing.FormCheck, sharing.Supplement, sharing.JointReview, sharing.Approved,
	sharing.Granted, sharing.PartiallyGranted, sharing.Refused, sharing.Disputed, sharing.Withdrawn,
}

// Who may do what, and when: everybody else is barred by the facts, and at
// every other time the state forbids it. Article 26(2); TL 20, 21.
func TestWhoMayActWhen(t *testing.T) {
	t.Parallel()
	applicants, desk, providers := []agency.Actor{clerk, head}, []agency.Actor{commission, commissionHead}, []agency.Actor{provider, providerHead}
	machine := agency.Actor{Kind: agency.System, Account: "clock", Agency: "civil"}
	boss := person("civil-3", "civil", agency.Head, agency.CommissionHead) // of the requester, with every role
	for _, act := range []struct {
		name string
		may  func(r sharing.Request, a agency.Actor) error
		who  []agency.Actor
		when []sharing.Status
	}{
		{"sign off", sharing.MaySignOff, []agency.Actor{head, boss}, []sharing.Status{sharing.SignOff}},
		{"revise", sharing.MayRevise, append(applicants, boss), []sharing.Status{returned}},
		{"check the form", sharing.MayCheckForm, desk, []sharing.Status{sharing.FormCheck}},
		{"notify", sharing.MayNotify, desk, []sharing.Status{sharing.FormCheck}},
		{"supply", sharing.MaySupply, append(applicants, boss), []sharing.Status{sharing.Supplement}},
		{"draft for the provider", func(r sharing.Request, a agency.Actor) error {
			return sharing.MayDraft(r, a, casework.Provider)
		}, providers, nil},
		{"draft for the commission", func(r sharing.Request, a agency.Actor) error {
			return sharing.MayDraft(r, a, casework.Commission)
		}, desk, nil},
		{"draft for the applicant", func(r sharing.Request, a agency.Actor) error {
			return sharing.MayDraft(r, a, casework.Applicant)
		}, []agency.Actor{}, nil},
		{"ask for an extension", func(r sharing.Request, a agency.Actor) error {
			return sharing.MayAskExtension(r, a, now)
		}, providers, []sharing.Status{sharing.FormCheck, sharing.JointReview}},
		{"decide an extension nobody asked for", func(r sharing.Request, a agency.Actor) error {
			return sharing.MayDecideExtension(r, a, now)
		}, desk, []sharing.Status{}},
		{"withdraw", sharing.MayWithdraw, append(applicants, boss), []sharing.Status{
			sharing.SignOff, returned, sharing.FormCheck, sharing.Supplement, sharing.JointReview, sharing.Disputed,
		}},
	} {
		if act.when == nil {
			act.when = []sharing.Status{sharing.JointReview}
		}
		for _, status := range everyStatus {
			for _, a := range []agency.Actor{clerk, head, boss, provider, providerHead, commission, commissionHead, stranger, machine, {}} {
				t.Run(fmt.Sprintf("%s/%s/%s", act.name, status, a.Account), func(t *testing.T) {
					t.Parallel()
					want, err := fault.Kind(""), act.may(state(t, status), a)
					switch {
					case !slices.ContainsFunc(act.who, func(w agency.Actor) bool { return w.Account == a.Account }):
						want = fault.Barred
					case !slices.Contains(act.when, status):
						want = fault.Conflict
					}
					if want == "" && err != nil || want != "" && fault.KindOf(err) != want {
						t.Errorf("%v, want %q", err, want)
					}
				})
			}
		}
	}
}

func TestAnOpinionIsSignedByAnotherPersonOfItsSide(t *testing.T) {
	t.Parallel()
	r := in(t, sharing.JointReview)
	moves(t)(r.Write(by(provider), "p", casework.Provider, verdict(t, casework.Agree)))
	for _, tt := range []struct {
		who  agency.Actor
		kind fault.Kind
	}{
		{provider, fault.Barred},
		{clerk, fault.Barred},
		{head, fault.Barred},
		{commission, fault.Barred},
		{commissionHead, fault.Barred},
		{stranger, fault.Barred},
		{agency.SystemActor("clock"), fault.Barred},
		{person("health-3", "health", agency.Clerk), ""}, // roles are asked for elsewhere; the facts do not bar him
		{providerHead, ""},
	} {
		if err := sharing.MaySign(r, tt.who, "p"); (err == nil) != (tt.kind == "") || err != nil && fault.KindOf(err) != tt.kind {
			t.Errorf("%s: %v, want %q", tt.who.Account, err, tt.kind)
		}
	}
	refused(t, sharing.MaySign(r, providerHead, "unknown"), fault.NotFound)
	moves(t)(r.SignOpinion(by(providerHead), "p"))
	refused(t, sharing.MaySign(r, providerHead, "p"), fault.Conflict)
}

func TestASideHasOneLiveOpinion(t *testing.T) {
	t.Parallel()
	r, moved := in(t, sharing.JointReview), moves(t)
	moved(r.Write(by(provider), "p1", casework.Provider, verdict(t, casework.Agree)))
	refused(t, sharing.MayDraft(r, person("health-3", "health"), casework.Provider), fault.Conflict)
	moved(r.ReturnOpinion(by(providerHead), "p1", "请写明理由"))
	if err := sharing.MayDraft(r, provider, casework.Provider); err != nil {
		t.Errorf("after the return: %v", err)
	}
	refused(t, sharing.MaySign(r, providerHead, "p1"), fault.Conflict)
	moved(r.Write(by(provider), "p2", casework.Provider, verdict(t, casework.Agree)))
	moved(r.SignOpinion(by(providerHead), "p2"))
	refused(t, sharing.MayDraft(r, provider, casework.Provider), fault.Conflict)
}

// One agency may hold both seats; its two opinions then come from different people.
func TestOneAgencyInBothSeatsNeedsDifferentPeople(t *testing.T) {
	t.Parallel()
	s := submission("held")
	s.Entry.Provider.ID = "commission"
	r, _, _, err := sharing.Submit(s, pack())
	if err != nil {
		t.Fatal(err)
	}
	moved := moves(t)
	moved(r.Sign(by(head)))
	moved(r.Complete(by(commissionHead)))
	if side := sharing.SideOf(r, commission, ""); side != casework.Provider {
		t.Errorf("the first paper is the %s's", side)
	}
	moved(r.Write(by(commission), "p", casework.Provider, verdict(t, casework.Agree)))
	refused(t, sharing.MayDraft(r, commission, casework.Commission), fault.Barred)
	if err := sharing.MayDraft(r, commissionHead, casework.Commission); err != nil {
		t.Error(err)
	}
	refused(t, sharing.MaySign(r, commissionHead, "p"), fault.Barred) // he checked the form for the commission
	if side := sharing.SideOf(r, person("commission-3", "commission", agency.CommissionOfficer), ""); side != casework.Commission {
		t.Errorf("the second paper is the %s's", side)
	}
}

func TestSideOfFollowsWhatIsAskedThenWhatWasDone(t *testing.T) {
	t.Parallel()
	r := in(t, sharing.JointReview)
	for _, tt := range []struct {
		who   agency.Actor
		asked casework.Side
		want  casework.Side
	}{
		{provider, "", casework.Provider},
		{commission, "", casework.Commission}, // checked the form
		{commissionHead, "", casework.Commission},
		{provider, casework.Commission, casework.Commission},
		{clerk, "", casework.Applicant},
	} {
		if got := sharing.SideOf(r, tt.who, tt.asked); got != tt.want {
			t.Errorf("%s asked for %q: %s, want %s", tt.who.Account, tt.asked, got, tt.want)
		}
	}
}

func TestAnAgencyWithoutASeatIsNoParty(t *testing.T) {
	t.Parallel()
	r := submitted(t)
	for id, want := range map[agency.ID]bool{"civil": true, "health": true, "commission": true, "tax": false, "": false} {
		if r.IsParty(id) != want {
			t.Errorf("%q is a party: %v", id, !want)
		}
	}
}
