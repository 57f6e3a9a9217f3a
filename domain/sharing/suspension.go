package sharing

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

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

// RulesWords are the words of moving a case under another rule pack.
type RulesWords struct {
	Version string `json:"version"`
	Reason  string `json:"reason"`
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
// have used. The reason has to stand in the rule pack of the case (本区设定).
func (r *Request) Suspend(m Move, code string) ([]audit.Event, error) {
	if err := MaySuspend(*r, m.By, m.At); err != nil {
		return nil, err
	}
	reason, err := m.Pack.Suspension(code, workday.DayOf(m.At))
	if err != nil {
		return nil, err
	}
	stopped := []string{}
	for _, name := range reason.Clocks {
		c := r.Clock(name)
		if c == nil || !c.Running() || !m.At.Before(c.DueAt) {
			continue
		}
		if err := c.Suspend(m.Pack.Calendar, m.At, reason); err != nil {
			return nil, err
		}
		stopped = append(stopped, "“"+c.Title+"”最迟 "+string(c.LastDay))
	}
	if len(stopped) == 0 {
		return nil, fault.New(fault.Conflict, "没有可以中止的期限")
	}
	r.Acts = casework.Remember(r.Acts, m.By, casework.Commission)
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

// MayMoveRules lets the commission's head put an open case under another rule pack.
func MayMoveRules(r Request, actor agency.Actor) error {
	if err := r.asCommission(actor); err != nil {
		return err
	}
	if !actor.Holds(agency.CommissionHead) {
		return fault.New(fault.Barred, "只有主管部门负责人可以改用规则包")
	}
	if r.Status.Closed() || r.Status == Approved {
		return r.wrongState()
	}
	return nil
}

// CheckRules refuses a move without a reason or to the pack the case is under.
func CheckRules(r Request, w RulesWords) error {
	if strings.TrimSpace(w.Reason) == "" || utf8.RuneCountInString(w.Reason) > 4000 {
		return fault.Form("/reason", "改用规则包须说明理由（4000 字以内）")
	}
	if w.Version == r.Rules {
		return fault.New(fault.Conflict, "本事项已经适用这个规则包")
	}
	return nil
}

// MoveRules puts the case under the pack of the move and counts its clocks by
// that pack's terms as of the day each began. It is a decision with a reason,
// never an effect of a new pack.
func (r *Request) MoveRules(m Move, w RulesWords) ([]audit.Event, error) {
	if err := MayMoveRules(*r, m.By); err != nil {
		return nil, err
	}
	if err := CheckRules(*r, w); err != nil {
		return nil, err
	}
	old, changes := r.Rules, []Recount{}
	r.Rules = m.Pack.Version
	for i := range r.Clocks {
		c := &r.Clocks[i]
		if !c.StoppedAt.IsZero() {
			continue
		}
		term, err := m.Pack.Find(c.Code, r.Government, max(workday.DayOf(c.StartedAt), earliest(m.Pack, c.Code)))
		if err != nil {
			return nil, err
		}
		before := *c
		if c.Retime(term, m.Pack.Calendar, m.At) {
			changes = append(changes, recount(before, *c))
		}
	}
	r.Acts = casework.Remember(r.Acts, m.By, casework.Commission)
	events := []audit.Event{event("rules_moved", law.Measure("26"), "规则包由“"+old+"”改为“"+r.Rules+"”，正在计算的期限按新规则包重新计算")}
	if len(changes) > 0 {
		events = append(events, r.recounted("rules", m.Pack.Calendar.Version(), changes))
	}
	return events, nil
}

// earliest is the first day on which the pack has a term of the code.
func earliest(p deadline.Pack, code string) workday.Day {
	var first workday.Day
	for _, t := range p.Terms {
		if t.Code == code && (first == "" || t.InForceFrom < first) {
			first = t.InForceFrom
		}
	}
	return first
}

// Recount is one clock that was counted again.
type Recount struct {
	Code        string      `json:"code"`
	Title       string      `json:"-"`
	Before      time.Time   `json:"before"`
	After       time.Time   `json:"after"`
	BeforeDay   workday.Day `json:"beforeDay"`
	AfterDay    workday.Day `json:"afterDay"`
	Provisional bool        `json:"provisional"`
}

func recount(before, after deadline.Clock) Recount {
	return Recount{after.Code, after.Title, before.DueAt, after.DueAt, before.LastDay, after.LastDay, after.Provisional}
}

// Recompute counts every running clock of the case on a newer calendar. It
// moves dates, never a status; nothing changed means no event.
func (r *Request) Recompute(calendar workday.Calendar, at time.Time) ([]audit.Event, []Recount) {
	changes := []Recount{}
	for i := range r.Clocks {
		before := r.Clocks[i]
		if r.Clocks[i].Recompute(calendar, at) {
			changes = append(changes, recount(before, r.Clocks[i]))
		}
	}
	if len(changes) == 0 {
		return nil, nil
	}
	return []audit.Event{r.recounted("calendar", calendar.Version(), changes)}, changes
}

// recounted is the event of clocks that were counted again, each with its last
// day before and after. A machine counts; it decides nothing.
func (r *Request) recounted(cause, calendar string, changes []Recount) audit.Event {
	words := []string{}
	for _, c := range changes {
		switch {
		case c.BeforeDay == c.AfterDay:
			words = append(words, "“"+c.Title+"”仍于 "+string(c.AfterDay)+" 届满")
		default:
			words = append(words, "“"+c.Title+"”由 "+string(c.BeforeDay)+" 改为 "+string(c.AfterDay)+" 届满")
		}
	}
	body, err := json.Marshal(struct {
		Calendar string    `json:"calendar"`
		Clocks   []Recount `json:"clocks"`
		Status   string    `json:"status"`
	}{calendar, changes, string(r.Status)})
	if err != nil { // times and texts always marshal
		body = []byte("{}")
	}
	e := event("recomputed", law.Measure("26"), "重新计算期限："+strings.Join(words, "，"))
	e.Actor, e.Body = agency.SystemActor(cause), string(body)
	return e
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
