package sharing

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"datagov/domain/agency"
	"datagov/domain/audit"
	"datagov/domain/casework"
	"datagov/domain/deadline"
	"datagov/domain/fault"
	"datagov/domain/law"
	"datagov/domain/workday"
)

// SuspensionWords are the words of an act on the count of a term.
type SuspensionWords struct {
	Outcome    string `json:"outcome"` // suspend or resume
	ReasonCode string `json:"reasonCode"`
	Note       string `json:"note"`
}

// MaySuspend lets the commission stop the terms of a case in joint review,
// before the answer's has passed. For which reason is asked of the rule pack.
func MaySuspend(r Request, actor agency.Actor, now time.Time) error {
	if err := r.asCommission(actor); err != nil {
		return err
	}
	if r.Status != JointReview {
		return r.wrongState()
	}
	if r.suspendedOn(workday.DayOf(now)) {
		return fault.New(fault.Conflict, "本事项的期限已经中止")
	}
	if err := r.beforeExpiry(now); err != nil {
		return fault.New(fault.Conflict, "答复期限已经届满，不能再中止")
	}
	return nil
}

// MayResume lets the commission end a suspension before its latest end.
func MayResume(r Request, actor agency.Actor, now time.Time) error {
	if err := r.asCommission(actor); err != nil {
		return err
	}
	if !r.suspendedOn(workday.DayOf(now)) {
		return fault.New(fault.Conflict, "本事项的期限没有中止，或者中止的期限已经届满")
	}
	return nil
}

func (r *Request) suspendedOn(day workday.Day) bool {
	return slices.ContainsFunc(r.Clocks, func(c deadline.Clock) bool { return c.Running() && c.SuspendedOn(day) })
}

// Suspend stops the clocks that the listed reason names and keeps the days they
// have used; a 法定 term runs on unless the reason is 法定, too. The reason has to stand in the rule pack of the case (本区设定).
func (r *Request) Suspend(m Move, code string) ([]audit.Event, error) {
	if err := MaySuspend(*r, m.By, m.At); err != nil {
		return nil, err
	}
	reason, err := m.Pack.Suspension(code, workday.DayOf(m.At))
	if err != nil {
		return nil, err
	}
	next, stopped := r.Clone(), []string{}
	for _, name := range reason.Clocks {
		c := next.Clock(name)
		if c == nil || !c.Running() || !m.At.Before(c.DueAt) {
			continue
		}
		if c.Basis == deadline.Statutory && reason.Basis != deadline.Statutory {
			continue // what is taken by analogy or set by the district stops no term that a statute set
		}
		if err := c.Suspend(m.Pack.Calendar, m.At, reason); err != nil {
			return nil, err
		}
		stopped = append(stopped, "“"+c.Title+"”最迟 "+string(c.LastDay))
	}
	if len(stopped) == 0 {
		return nil, fault.New(fault.Conflict, "没有可以中止的期限")
	}
	next.Acts = casework.Remember(next.Acts, m.By, casework.Commission)
	*r = next
	return []audit.Event{event("clock_suspended", law.Measure("26"), fmt.Sprintf("因%s（%s%s）中止计算期限，最长 %d 个工作日；%s",
		reason.Title, reason.Basis, reason.Article(), reason.Limit, strings.Join(stopped, "，")))}, nil
}

// Resume lets the suspended clocks go on from tomorrow.
func (r *Request) Resume(m Move) ([]audit.Event, error) {
	if err := MayResume(*r, m.By, m.At); err != nil {
		return nil, err
	}
	resumed := []string{}
	for i := range r.Clocks {
		if c := &r.Clocks[i]; c.Resume(m.Pack.Calendar, m.At) {
			days := c.Suspended[len(c.Suspended)-1].Days()
			resumed = append(resumed, fmt.Sprintf("“%s”中止 %d 日，现于 %s 届满", c.Title, days, c.LastDay))
		}
	}
	r.Acts = casework.Remember(r.Acts, m.By, casework.Commission)
	return []audit.Event{event("clock_resumed", law.Measure("26"), "恢复计算期限："+strings.Join(resumed, "，"))}, nil
}

func clockVerbs(r Request, actor agency.Actor, now time.Time) []Verb {
	var verbs []Verb
	if MaySuspend(r, actor, now) == nil {
		verbs = append(verbs, Verb{
			Key: "suspend_clock", Title: "中止计算期限", Citation: law.Measure("26"), Object: "share-request", Action: "suspend",
			Next: "只限规则包所列事由；已用的日数保留，中止自次日起算，最迟届满日随即确定",
		})
	}
	if MayResume(r, actor, now) == nil {
		verbs = append(verbs, Verb{
			Key: "resume_clock", Title: "恢复计算期限", Citation: law.Measure("26"), Object: "share-request", Action: "suspend",
			Next: "自次日起继续计算剩余的日数",
		})
	}
	return verbs
}
