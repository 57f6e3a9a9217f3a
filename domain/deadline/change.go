package deadline

import (
	"time"

	"datagov/domain/fault"
	"datagov/domain/law"
	"datagov/domain/workday"
)

// Extend lengthens the budget, once and before the term has passed, and
// forgets an earlier reminder. TL 21.
func (c *Clock) Extend(calendar workday.Calendar, at time.Time, by int) error {
	switch {
	case !c.Running():
		return fault.New(fault.Conflict, "期限没有在计算，不能延长").Citing(law.Regulation("21"))
	case c.Extended > 0:
		return fault.New(fault.Conflict, "“"+c.Title+"”已经延长过一次").Citing(law.Regulation("21"))
	case !at.Before(c.DueAt):
		return fault.New(fault.Conflict, "“"+c.Title+"”已经届满，不能再延长").Citing(law.Regulation("21"))
	}
	c.Extended += by
	c.RemindedAt = time.Time{}
	c.compute(calendar)
	return nil
}

// Suspend stops the count for a listed reason and keeps the days already used.
// As a period begins on the day after the event it begins with (民法典 201, by
// analogy), the day of the suspension still counts and the day of the
// resumption does not. The suspension ends by itself on the last day of its
// own term, so that the due day is always known. One reason stops a clock once.
func (c *Clock) Suspend(calendar workday.Calendar, at time.Time, reason Suspension) error {
	today := workday.DayOf(at)
	switch {
	case !c.Running() || !at.Before(c.DueAt):
		return fault.New(fault.Conflict, "“"+c.Title+"”没有在计算或者已经届满，不能中止")
	case c.Unit.wall() > 0:
		return fault.New(fault.Conflict, "按小时计算的期限不中止")
	case c.suspended(today) != nil:
		return fault.New(fault.Conflict, "“"+c.Title+"”已经中止")
	}
	for _, s := range c.Suspended {
		if s.Code == reason.Code {
			return fault.New(fault.Conflict, "同一事由只能中止一次")
		}
	}
	c.Suspended = append(c.Suspended, workday.Span{
		From: today.Next(), To: calendar.WorkingDays(today, reason.Limit, nil).Last, Reason: reason.Title + "（" + string(reason.Basis) + "）",
		Code: reason.Code, Article: reason.Article(), Limit: reason.Limit, Open: true,
	})
	c.RemindedAt = time.Time{}
	c.compute(calendar)
	return nil
}

// Resume ends the open suspension before its latest end: the count goes on
// with the day after. It says whether there was one to end.
func (c *Clock) Resume(calendar workday.Calendar, at time.Time) bool {
	s := c.suspended(workday.DayOf(at))
	if s == nil || !c.Running() {
		return false
	}
	s.To, s.Open = workday.DayOf(at), false
	c.RemindedAt = time.Time{}
	c.compute(calendar)
	return true
}

// SuspendedOn says whether a listed suspension is open on the day.
func (c Clock) SuspendedOn(day workday.Day) bool { return c.suspended(day) != nil }

// suspended finds the listed suspension that is open and not over; it may have
// been made on this very day and stop the count from tomorrow on.
func (c Clock) suspended(today workday.Day) *workday.Span {
	for i := range c.Suspended {
		if s := &c.Suspended[i]; s.Open && today <= s.To {
			return s
		}
	}
	return nil
}

// Recompute counts the clock again on a newer calendar and says whether
// anything changed: its end, whether it can be trusted, or the years it leans
// on. A term that ends later reminds again, and is no longer overdue.
func (c *Clock) Recompute(calendar workday.Calendar, at time.Time) bool {
	if !c.Running() || c.Unit.wall() > 0 {
		return false
	}
	fresh := *c
	fresh.Suspended = append([]workday.Span(nil), c.Suspended...)
	for i := range fresh.Suspended {
		if s := &fresh.Suspended[i]; s.Open && s.Limit > 0 {
			s.To = calendar.WorkingDays(s.From.Add(-1), s.Limit, nil).Last
		}
	}
	fresh.compute(calendar)
	if fresh.DueAt.Equal(c.DueAt) && fresh.Provisional == c.Provisional && workday.Same(c.Calendar, fresh.Calendar) {
		return false
	}
	fresh.moved(*c, at)
	*c = fresh
	return true
}

// Retime puts a corrected term, or one of another rule pack, in the place of
// the clock's own and counts again. What was extended, held or suspended stays.
func (c *Clock) Retime(term Term, calendar workday.Calendar, at time.Time) bool {
	if !c.StoppedAt.IsZero() {
		return false
	}
	fresh := *c
	fresh.Title, fresh.Value, fresh.Unit, fresh.Basis = term.Title, term.Value, term.Unit, term.Basis
	fresh.Source, fresh.Citation = term.Source, term.Citation
	if !fresh.Held() {
		fresh.compute(calendar)
	}
	same := fresh.Value == c.Value && fresh.Unit == c.Unit && fresh.Basis == c.Basis && fresh.Title == c.Title &&
		fresh.Source == c.Source && fresh.Citation == c.Citation && fresh.DueAt.Equal(c.DueAt)
	if same {
		return false
	}
	fresh.moved(*c, at)
	*c = fresh
	return true
}

// moved forgets what was noted of an end that has moved into the future.
func (c *Clock) moved(before Clock, at time.Time) {
	if c.DueAt.Equal(before.DueAt) || c.Held() {
		return
	}
	if c.RemindAt.After(at) {
		c.RemindedAt = time.Time{}
	}
	if c.DueAt.After(at) {
		c.OverdueAt = time.Time{}
	}
}

// Alarm is the next instant at which the clock wants to remind or has passed;
// false when it wants nothing more.
func (c Clock) Alarm() (time.Time, bool) {
	switch {
	case !c.Running() || !c.OverdueAt.IsZero():
		return time.Time{}, false
	case c.RemindedAt.IsZero():
		return c.RemindAt, true
	}
	return c.DueAt, true
}
