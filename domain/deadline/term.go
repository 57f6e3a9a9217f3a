// Package deadline holds named terms and the clocks that run under them. The
// measure itself contains no number of days, so every term is a dated, cited
// row that says whether it is 法定, 参照 or 本区设定; no figure lives in code.
//
// A [Term] says how long; [Term.Start] makes a [Clock], a budget whose due
// instant is computed once and stored. A workflow waits for the stored instant
// and never computes one.
package deadline

import (
	"time"

	"datagov/domain/law"
	"datagov/domain/workday"
)

// Unit is what a term counts.
type Unit string

// The units. Hours run 24×7 on the wall clock from the instant itself, which
// counts (民法典 201 II). Second exists for the test pack alone; the record
// refuses it elsewhere.
const (
	WorkingDay  Unit = "working_day"
	CalendarDay Unit = "calendar_day"
	Hour        Unit = "hour"
	Second      Unit = "second"
)

// wall is the length of one unit of the wall clock; 0 for units of days.
func (u Unit) wall() time.Duration {
	switch u {
	case Hour:
		return time.Hour
	case Second:
		return time.Second
	case WorkingDay, CalendarDay:
	}
	return 0
}

// Basis is the rank of a term (correction 8 of the requirements). Papers cite
// only Statutory terms; passing another reminds and is reported, nothing more.
type Basis string

// The ranks of a term.
const (
	Statutory  Basis = "法定"
	ByAnalogy  Basis = "参照"
	ByDistrict Basis = "本区设定"
)

// Codes of the terms the share request uses. Articles 25–27; TL 21, 22.
const (
	ShareSignOff         = "share.sign_off"
	ShareFormCheck       = "share.form_check"
	ShareSupplement      = "share.supplement"
	ShareProviderOpinion = "share.provider_opinion"
	ShareProviderAnswer  = "share.provider_answer"
	ShareJointDecision   = "share.joint_decision"
	ShareExtension       = "share.extension"
	ShareProvision       = "share.provision"
	DeskUrge             = "desk.urge" // the least time between two urges
)

// Term is one named period of time, in force from a day on.
type Term struct {
	Code, Title string
	Value       int
	Unit        Unit
	Basis       Basis
	Source      string
	Citation    law.Citation // zero when no article gives the figure
	InForceFrom workday.Day
	Note        string // what people should know of it
}

// Length is the term in plain time, for what is no clock of a case: a day is 24 hours.
func (t Term) Length() time.Duration {
	switch t.Unit {
	case Second:
		return time.Duration(t.Value) * time.Second
	case Hour:
		return time.Duration(t.Value) * time.Hour
	case WorkingDay, CalendarDay:
	}
	return time.Duration(t.Value) * 24 * time.Hour
}

// Clock is a running or stopped term of one case, stored as a budget.
type Clock struct {
	Code      string         `json:"code"`
	Title     string         `json:"title"`
	StartedAt time.Time      `json:"startedAt"`
	Value     int            `json:"value"`
	Extended  int            `json:"extended"`
	Unit      Unit           `json:"unit"`
	Basis     Basis          `json:"basis"`
	Source    string         `json:"source"`
	Citation  law.Citation   `json:"citation"`
	Calendar  string         `json:"calendar"`
	Suspended []workday.Span `json:"suspended,omitempty"`
	// DueAt is zero while the clock is held.
	DueAt       time.Time   `json:"dueAt"`
	RemindAt    time.Time   `json:"remindAt"`
	LastDay     workday.Day `json:"lastDay"`
	Provisional bool        `json:"provisional"`
	RemindedAt  time.Time   `json:"remindedAt"`
	OverdueAt   time.Time   `json:"overdueAt"`
	StoppedAt   time.Time   `json:"stoppedAt"`
	StopReason  string      `json:"stopReason,omitempty"`
}

// Start begins the term at an instant; the day of receipt is not counted.
func (t Term) Start(calendar workday.Calendar, at time.Time) Clock {
	c := Clock{
		Code: t.Code, Title: t.Title, StartedAt: at, Value: t.Value, Unit: t.Unit,
		Basis: t.Basis, Source: t.Source, Citation: t.Citation,
	}
	c.compute(calendar)
	return c
}

// Running says whether the clock can still come due.
func (c Clock) Running() bool { return c.StoppedAt.IsZero() && !c.DueAt.IsZero() }

// Stop ends the clock with its reason; a stopped clock stays as it was.
func (c *Clock) Stop(at time.Time, reason string) {
	if c.StoppedAt.IsZero() {
		c.StoppedAt, c.StopReason = at, reason
	}
}

// Hold takes the clock back to its beginning while something is awaited: none
// of the days from the receipt on count until [Clock.Release].
func (c *Clock) Hold(reason string) {
	c.Suspended = append(c.Suspended, workday.Span{From: workday.DayOf(c.StartedAt).Next(), Reason: reason})
	c.DueAt, c.RemindAt, c.LastDay = time.Time{}, time.Time{}, ""
}

// Release lets the held clock run from the given instant, whose day is not counted.
func (c *Clock) Release(calendar workday.Calendar, at time.Time) {
	if n := len(c.Suspended); n > 0 && c.Suspended[n-1].To == "" {
		last := &c.Suspended[n-1]
		last.To = workday.DayOf(at)
		if last.To < last.From { // released on the very day of receipt
			c.Suspended = c.Suspended[:n-1]
		}
		if c.Unit.wall() > 0 {
			c.StartedAt = at
		}
		c.compute(calendar)
	}
}

// Held says whether the clock stands still.
func (c Clock) Held() bool { return c.StoppedAt.IsZero() && c.DueAt.IsZero() }

// Working counts the days of the clock, one step a day; a clock of hours has none.
func (c Clock) Working(calendar workday.Calendar) workday.Count {
	received, n := workday.DayOf(c.StartedAt), c.Value+c.Extended
	switch c.Unit {
	case Hour, Second:
		due := c.StartedAt.Add(time.Duration(n) * c.Unit.wall())
		return workday.Count{Last: workday.DayOf(due), Due: due, Days: []workday.Step{}}
	case CalendarDay:
		return calendar.CalendarDays(received, n, c.Suspended)
	case WorkingDay:
	}
	return calendar.WorkingDays(received, n, c.Suspended)
}

func (c *Clock) compute(calendar workday.Calendar) {
	count := c.Working(calendar)
	c.DueAt, c.LastDay, c.Provisional = count.Due.UTC(), count.Last, count.Provisional
	c.RemindAt, c.Calendar = count.Last.Start().UTC(), count.Calendar
	if wall := c.Unit.wall(); wall > 0 {
		whole := time.Duration(c.Value+c.Extended) * wall
		c.RemindAt, c.Calendar = c.StartedAt.Add(whole*2/3).UTC(), calendar.Version()
	}
}
