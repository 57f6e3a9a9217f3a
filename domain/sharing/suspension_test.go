package sharing_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"datagov/domain/agency"
	"datagov/domain/deadline"
	"datagov/domain/fault"
	"datagov/domain/sharing"
	"datagov/domain/workday"
)

func renamed(p deadline.Pack, version string) deadline.Pack {
	p.Version = version
	return p
}

func later(a agency.Actor, days int) sharing.Move {
	m := by(a)
	m.At = m.At.AddDate(0, 0, days)
	return m
}

// requirements §10.3(4): the clock stops only for listed reasons, each a logged interval.
func TestAListedReasonStopsEveryTermItNames(t *testing.T) {
	t.Parallel()
	r, moved := in(t, sharing.JointReview), moves(t)
	_, err := r.Suspend(by(commission), "busy")
	refused(t, err, fault.Invalid)
	events, err := r.Suspend(by(commission), "third_party")
	moved(events, err)
	if c := r.Clock(deadline.ShareProviderAnswer); c.Basis != deadline.Statutory || len(c.Suspended) != 0 {
		t.Errorf("a reason taken by analogy stopped a term that a statute set: %+v", c.Suspended)
	}
	for _, code := range []string{deadline.ShareJointDecision, deadline.ShareProviderOpinion} {
		if c := r.Clock(code); len(c.Suspended) != 1 || !c.Suspended[0].Open || !c.Running() {
			t.Errorf("%s: %+v", code, c.Suspended)
		}
	}
	if e := events[0]; !strings.Contains(e.Detail, "参照《政府信息公开条例》第三十二条") || e.Citation.Article != "26" {
		t.Errorf("event %+v", e)
	}
	refused(t, sharing.MaySuspend(r, commission, now.Add(time.Hour)), fault.Conflict)
	moved(r.Resume(later(commission, 3)))
	if s := r.Clock(deadline.ShareJointDecision).Suspended[0]; s.Open || s.Days() != 3 {
		t.Errorf("resumed %+v", s)
	}
	refused(t, sharing.MayResume(r, commission, now.AddDate(0, 0, 4)), fault.Conflict)
	_, err = r.Suspend(later(commission, 4), "third_party")
	refused(t, err, fault.Conflict)
}

func TestATermIsSuspendedByTheCommissionInJointReviewOnly(t *testing.T) {
	t.Parallel()
	for _, status := range everyStatus {
		if status == sharing.JointReview {
			continue
		}
		r := state(t, status)
		refused(t, sharing.MaySuspend(r, commission, now), fault.Conflict)
	}
	r := in(t, sharing.JointReview)
	for _, who := range []agency.Actor{clerk, head, provider, providerHead, stranger, agency.SystemActor("clock")} {
		refused(t, sharing.MaySuspend(r, who, now), fault.Barred)
		refused(t, sharing.MayResume(r, who, now), fault.Barred)
	}
	refused(t, sharing.MaySuspend(r, commission, r.Clock(deadline.ShareJointDecision).DueAt), fault.Conflict)
}

// A suspension nobody ends is over on its last day; the term goes on by itself.
func TestASuspensionThatNobodyEndsIsOverByItself(t *testing.T) {
	t.Parallel()
	r := in(t, sharing.JointReview)
	moves(t)(r.Suspend(by(commission), "third_party"))
	end := r.Clock(deadline.ShareJointDecision).Suspended[0].To
	if err := sharing.MayResume(r, commission, end.Start()); err != nil {
		t.Errorf("on its last day: %v", err)
	}
	refused(t, sharing.MayResume(r, commission, end.Next().Start()), fault.Conflict)
	r.Clock(deadline.ShareProviderAnswer).Stop(now, "已答复") // a statutory term runs on, and would ring first
	at, ok := r.NextAlarm()
	if !ok || workday.DayOf(at) <= end {
		t.Errorf("the next alarm is %s, the suspension lasts to %s", at, end)
	}
}

// A case is pinned to its rules; moving it is an explicit decision with a reason.
func TestAnOpenCaseIsMovedUnderOtherRulesByTheHeadAlone(t *testing.T) {
	t.Parallel()
	r := in(t, sharing.JointReview)
	next := renamed(pack(), "next")
	for i := range next.Terms {
		if next.Terms[i].Code == deadline.ShareJointDecision {
			next.Terms[i].Value = 7
		}
	}
	words := sharing.RulesWords{Version: "next", Reason: "期限调整"}
	m := sharing.Move{By: commission, At: now.Add(time.Hour), Pack: next}
	_, err := r.MoveRules(m, words)
	refused(t, err, fault.Barred)
	m.By = commissionHead
	_, err = r.MoveRules(m, sharing.RulesWords{Version: "next"})
	refused(t, err, fault.Invalid)
	before := r.Clock(deadline.ShareJointDecision).LastDay
	events, err := r.MoveRules(m, words)
	moves(t)(events, err)
	c := r.Clock(deadline.ShareJointDecision)
	if r.Rules != "next" || c.Value != 7 || c.LastDay >= before || len(events) != 2 || events[1].Actor.Kind != agency.System {
		t.Errorf("under %s with %d days to %s, events %v", r.Rules, c.Value, c.LastDay, names(events))
	}
	if answer := r.Clock(deadline.ShareProviderAnswer); answer.Value != 10 {
		t.Errorf("the provider's answer has %d days", answer.Value)
	}
	_, err = r.MoveRules(m, words)
	refused(t, err, fault.Conflict)
	for _, status := range []sharing.Status{sharing.Granted, sharing.Refused, sharing.Withdrawn} {
		refused(t, sharing.MayMoveRules(state(t, status), commissionHead), fault.Conflict)
	}
}

func TestCountingAgainMovesDatesAndNothingElse(t *testing.T) {
	t.Parallel()
	r := in(t, sharing.JointReview)
	before := r.Clone()
	if events, _ := r.Recompute(pack().Calendar, now); events != nil {
		t.Errorf("nothing changed, but %v", names(events))
	}
	holiday := pack().Calendar.With("v2", workday.Year{Year: 2026, Status: workday.Official},
		[]workday.Mark{{Day: workday.DayOf(now).Next(), Off: true, Name: "新增假日"}})
	events, changes := r.Recompute(holiday, now)
	if len(events) != 1 || len(changes) != 3 || events[0].Actor.Account != "calendar" {
		t.Fatalf("events %v, changes %+v", names(events), changes)
	}
	var body struct {
		Status string
		Clocks []struct{ Code, BeforeDay, AfterDay string }
	}
	if err := json.Unmarshal([]byte(events[0].Body), &body); err != nil || len(body.Clocks) != 3 || body.Clocks[0].BeforeDay >= body.Clocks[0].AfterDay {
		t.Errorf("body %s, %v", events[0].Body, err)
	}
	if r.Status != before.Status || len(r.Opinions) != len(before.Opinions) || r.Rules != before.Rules {
		t.Error("counting again moved the case")
	}
}
