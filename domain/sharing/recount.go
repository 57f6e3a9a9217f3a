package sharing

import (
	"encoding/json"
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

// RulesWords are the words of moving a case under another rule pack.
type RulesWords struct {
	Version string `json:"version"`
	Reason  string `json:"reason"`
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
	old, next, changes := r.Rules, r.Clone(), []Recount{}
	next.Rules = m.Pack.Version
	for i := range next.Clocks {
		c := &next.Clocks[i]
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
	next.Acts = casework.Remember(next.Acts, m.By, casework.Commission)
	*r = next
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
		if c.BeforeDay == c.AfterDay {
			words = append(words, "“"+c.Title+"”仍于 "+string(c.AfterDay)+" 届满")
			continue
		}
		words = append(words, "“"+c.Title+"”由 "+string(c.BeforeDay)+" 改为 "+string(c.AfterDay)+" 届满")
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
