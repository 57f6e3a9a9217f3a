package sharing

import (
	"slices"
	"time"

	"datagov/domain/agency"
	"datagov/domain/audit"
	"datagov/domain/deadline"
	"datagov/domain/law"
)

// NextAlarm is the next instant at which a running clock wants to remind or
// has passed; false while nothing runs. It decides nothing: silence is neither
// consent nor refusal (correction 9 of the requirements).
func (r *Request) NextAlarm() (time.Time, bool) {
	var next time.Time
	for _, c := range r.Clocks {
		at, ok := c.Alarm()
		if ok && (next.IsZero() || at.Before(next)) {
			next = at
		}
	}
	return next, !next.IsZero()
}

// Ring reminds of every clock that is due soon and records every one that has
// passed. The answer's clocks are recorded as 逾期未答复. It moves no status.
func (r *Request) Ring(now time.Time) []audit.Event {
	var events []audit.Event
	for i := range r.Clocks {
		c := &r.Clocks[i]
		if at, ok := c.Alarm(); !ok || now.Before(at) {
			continue
		}
		name, words := "reminded", "“"+c.Title+"”即将到期（"+string(c.Basis)+"）"
		if !now.Before(c.DueAt) {
			name, words = overdueName(c.Code), "“"+c.Title+"”逾期未办结（"+string(c.Basis)+"），已报主管部门；逾期不产生同意或者拒绝的效果"
			c.OverdueAt = now
		}
		c.RemindedAt = now
		e := event(name, citation(*c), words)
		e.Actor = agency.SystemActor("clock")
		events = append(events, e)
	}
	return events
}

// citation is the article a clock may be cited under: only 法定 terms have one.
func citation(c deadline.Clock) law.Citation {
	if c.Basis == deadline.Statutory {
		return c.Citation
	}
	return law.Measure("25")
}

// overdueName tells a passed answer (逾期未答复) from any other step that is late.
func overdueName(code string) string {
	if slices.Contains(AnswerClocks(), code) {
		return "overdue"
	}
	return "late"
}

// AnswerClocks are the codes of the terms of the answer.
func AnswerClocks() []string {
	return []string{deadline.ShareJointDecision, deadline.ShareProviderAnswer, deadline.ShareProviderOpinion}
}
