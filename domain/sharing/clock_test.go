package sharing_test

import (
	"strings"
	"testing"
	"time"

	"datagov/domain/agency"
	"datagov/domain/casework"
	"datagov/domain/deadline"
	"datagov/domain/fault"
	"datagov/domain/law"
	"datagov/domain/sharing"
)

// TL 21: extended once, before expiry, with the commission's consent.
func TestTheTermIsExtendedOnceWithConsent(t *testing.T) {
	t.Parallel()
	r, moved := in(t, sharing.JointReview), moves(t)
	before := *r.Clock(deadline.ShareJointDecision)
	refused(t, sharing.MayDecideExtension(r, commissionHead, now), fault.Conflict)
	moved(r.AskExtension(by(provider), "节假日"))
	refused(t, sharing.MayAskExtension(r, provider, now), fault.Conflict)
	moved(r.DecideExtension(by(commissionHead), true))
	for _, code := range []string{deadline.ShareJointDecision, deadline.ShareProviderAnswer} {
		if c := r.Clock(code); c.Extended != 10 || !c.DueAt.After(before.DueAt) {
			t.Errorf("%s: extended by %d, due %s", code, c.Extended, c.DueAt)
		}
	}
	if c := r.Clock(deadline.ShareProviderOpinion); c.Extended != 0 {
		t.Error("the provider's own term was extended too")
	}
	refused(t, sharing.MayAskExtension(r, provider, now), fault.Conflict)
	refused(t, sharing.MayDecideExtension(r, commissionHead, now), fault.Conflict)
}

func TestADeclinedExtensionChangesNoTerm(t *testing.T) {
	t.Parallel()
	r, moved := in(t, sharing.FormCheck), moves(t)
	due := r.Due()
	moved(r.AskExtension(by(provider), "节假日"))
	moved(r.DecideExtension(by(commission), false))
	if !r.Due().Equal(due) || r.Extension != sharing.ExtensionDeclined {
		t.Errorf("due %s, want %s; extension %s", r.Due(), due, r.Extension)
	}
	refused(t, sharing.MayAskExtension(r, provider, now), fault.Conflict)
}

func TestNothingIsExtendedAfterExpiry(t *testing.T) {
	t.Parallel()
	r := in(t, sharing.JointReview)
	due := r.Clock(deadline.ShareJointDecision).DueAt
	if err := sharing.MayAskExtension(r, provider, due.Add(-time.Nanosecond)); err != nil {
		t.Errorf("a moment before: %v", err)
	}
	refused(t, sharing.MayAskExtension(r, provider, due), fault.Conflict)
	moves(t)(r.AskExtension(by(provider), "节假日"))
	refused(t, sharing.MayDecideExtension(r, commission, due), fault.Conflict)
}

func TestAnExtensionNeedsItsReason(t *testing.T) {
	t.Parallel()
	r := in(t, sharing.JointReview)
	_, err := r.AskExtension(by(provider), "　")
	refused(t, err, fault.Invalid)
}

func TestOnlyTheDeskAnswersAnExtensionThatWasAsked(t *testing.T) {
	t.Parallel()
	r := in(t, sharing.JointReview)
	if got := sharing.ExtensionOutcome(r, commissionHead); got != "ask" {
		t.Errorf("nobody asked, but the desk would %s", got)
	}
	moves(t)(r.AskExtension(by(provider), "节假日"))
	for who, want := range map[string]string{commissionHead.Account: "consent", providerHead.Account: "ask"} {
		a := commissionHead
		if who != a.Account {
			a = providerHead
		}
		if got := sharing.ExtensionOutcome(r, a); got != want {
			t.Errorf("%s: %s, want %s", who, got, want)
		}
	}
}

// TL 21: one notice lists everything; the answer's term runs from the complete file.
func TestASupplementHoldsTheAnswersTermAndReleasesIt(t *testing.T) {
	t.Parallel()
	r, moved := in(t, sharing.Supplement), moves(t)
	for _, code := range []string{deadline.ShareJointDecision, deadline.ShareProviderAnswer} {
		if c := r.Clock(code); !c.Held() {
			t.Errorf("%s runs while something is awaited", code)
		}
	}
	if c := r.Clock(deadline.ShareSupplement); !c.Running() || r.Leading() != c || !r.Due().Equal(c.DueAt) {
		t.Error("the term people look at is not the supplement's")
	}
	later := by(clerk)
	later.At = now.AddDate(0, 0, 7)
	moved(r.Supply(later))
	fresh, err := pack().Find(deadline.ShareJointDecision, true, "2026-11-30")
	if err != nil {
		t.Fatal(err)
	}
	if want := fresh.Start(pack().Calendar, later.At).DueAt; !r.Due().Equal(want) {
		t.Errorf("due %s, want %s", r.Due(), want)
	}
	if r.Status != sharing.FormCheck || !r.Supplied || !r.Clock(deadline.ShareFormCheck).Running() {
		t.Errorf("status %s", r.Status)
	}
	err = sharing.MayNotify(r, commission)
	refused(t, err, fault.Unlawful)
	if f := fault.As(err); len(f.Basis) != 1 || f.Basis[0] != law.Regulation("21") {
		t.Errorf("a second notice is refused citing %v", f.Basis)
	}
}

func TestANoticeListsWhatIsMissing(t *testing.T) {
	t.Parallel()
	for name, missing := range map[string][]string{
		"nothing": nil, "a blank": {"授权书", " "}, "too much": make([]string, 51), "a text without end": {strings.Repeat("长", 501)},
	} {
		r := in(t, sharing.FormCheck)
		_, err := r.Notify(by(commission), missing)
		refused(t, err, fault.Invalid)
		if r.Status != sharing.FormCheck || r.Noticed {
			t.Errorf("%s: the case moved", name)
		}
	}
}

// Silence is neither consent nor refusal: a clock reminds, records and decides nothing.
func TestTheClockDecidesNothing(t *testing.T) {
	t.Parallel()
	r := in(t, sharing.JointReview)
	before := r.Clone()
	seen := map[string]int{}
	for range 20 {
		at, ok := r.NextAlarm()
		if !ok {
			break
		}
		if early := r.Ring(at.Add(-time.Nanosecond)); len(early) != 0 {
			t.Fatalf("rang early: %+v", early)
		}
		for _, e := range r.Ring(at) {
			seen[e.Name]++
			if e.Actor.Kind != agency.System || e.Actor.Account != "clock" {
				t.Errorf("%s is by %+v", e.Name, e.Actor)
			}
		}
		if again := r.Ring(at); len(again) != 0 {
			t.Fatalf("rang twice: %+v", again)
		}
	}
	if _, ok := r.NextAlarm(); ok {
		t.Error("the clocks never come to rest")
	}
	if seen["share_request.reminded"] != 3 || seen["share_request.overdue"] != 3 { // opinion, provider's and joint answer
		t.Errorf("events %v", seen)
	}
	if r.Status != before.Status || parts(r)["held"] != sharing.PartPending || len(r.Opinions) != 0 || r.Extension != before.Extension {
		t.Errorf("the clock moved the case: %+v", r)
	}
	if err := sharing.MayDraft(r, provider, casework.Provider); err != nil {
		t.Errorf("an overdue side may still answer: %v", err)
	}
}

func TestAPassedReminderIsNotMadeUpFor(t *testing.T) {
	t.Parallel()
	r := submitted(t)
	events := r.Ring(r.Clock(deadline.ShareSignOff).DueAt)
	if got := names(events); len(got) != 1 || got[0] != "share_request.late" {
		t.Errorf("events %v", got)
	}
}

// Correction 8: papers cite an article for a 法定 term only.
func TestOnlyAStatutoryTermIsCited(t *testing.T) {
	t.Parallel()
	r := in(t, sharing.JointReview)
	for _, e := range r.Ring(r.Due()) {
		statutory := strings.Contains(e.Detail, string(deadline.Statutory))
		if (e.Citation == law.Regulation("21")) != statutory {
			t.Errorf("%q cites %s", e.Detail, e.Citation)
		}
	}
}
