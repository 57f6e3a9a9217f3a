package deadline_test

import (
	"testing"
	"time"

	"datagov/domain/deadline"
	"datagov/domain/law"
	"datagov/domain/workday"
)

func at(text string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", text, workday.Zone)
	if err != nil {
		return time.Time{}
	}
	return t
}

// November and December 2026 have no holiday: weekends only.
func calendar() workday.Calendar {
	return workday.NewCalendar("v1", []workday.Year{{Year: 2026, Status: workday.Official}, {Year: 2027, Status: workday.Provisional}}, nil)
}

func days(n int) deadline.Term {
	return deadline.Term{
		Code: deadline.ShareJointDecision, Title: "会同审核", Value: n, Unit: deadline.WorkingDay, Basis: deadline.ByDistrict,
		Source: "本区设定", InForceFrom: "2025-08-01",
	}
}

func pack(terms ...deadline.ScopedTerm) deadline.Pack {
	return deadline.Pack{Version: "test", Calendar: calendar(), Terms: terms}
}

// TL 21 binds 政府部门 only: others follow it by analogy, which is another row.
func TestATermIsFoundByWhomItReaches(t *testing.T) {
	t.Parallel()
	statutory, analogy := days(10), days(10)
	statutory.Basis, statutory.Citation, analogy.Basis = deadline.Statutory, law.Regulation("21"), deadline.ByAnalogy
	p := pack(deadline.ScopedTerm{Term: statutory, Scope: deadline.GovernmentOnly}, deadline.ScopedTerm{Term: analogy, Scope: deadline.OthersOnly})
	for government, want := range map[bool]deadline.Basis{true: deadline.Statutory, false: deadline.ByAnalogy} {
		got, err := p.Find(deadline.ShareJointDecision, government, "2026-11-23")
		if err != nil || got.Basis != want {
			t.Errorf("government %v: %s, %v", government, got.Basis, err)
		}
	}
}

func TestATermIsFoundByItsDay(t *testing.T) {
	t.Parallel()
	old, changed := days(10), days(7)
	changed.InForceFrom = "2026-12-01"
	for _, terms := range [][]deadline.ScopedTerm{{{Term: old}, {Term: changed}}, {{Term: changed}, {Term: old}}} {
		for day, want := range map[workday.Day]int{"2025-08-01": 10, "2026-11-30": 10, "2026-12-01": 7, "2027-01-01": 7} {
			if got, err := pack(terms...).Find(old.Code, true, day); err != nil || got.Value != want {
				t.Errorf("on %s: %d, %v; want %d", day, got.Value, err, want)
			}
		}
		if _, err := pack(terms...).Find(old.Code, true, "2025-07-31"); err == nil {
			t.Error("a term was found before the first was in force")
		}
	}
	if _, err := pack().Find("share.unknown", true, "2026-11-23"); err == nil {
		t.Error("an unknown term was found")
	}
}

func TestATermEndsWhenItsLastDayIsOver(t *testing.T) {
	t.Parallel()
	received := at("2026-11-23 17:59") // a Monday
	c := days(10).Start(calendar(), received)
	if c.LastDay != "2026-12-07" || !c.DueAt.Equal(at("2026-12-08 00:00")) || !c.RemindAt.Equal(at("2026-12-07 00:00")) {
		t.Errorf("last %s, due %s, remind %s", c.LastDay, c.DueAt, c.RemindAt)
	}
	if !c.Running() || c.Held() || c.Provisional || c.Calendar != "v1" || !c.StartedAt.Equal(received) {
		t.Errorf("clock = %+v", c)
	}
	if c.DueAt.Location() != time.UTC {
		t.Error("the instant is stored in a zone")
	}
}

func TestCalendarDaysEndOnAWorkingDay(t *testing.T) {
	t.Parallel()
	term := days(5) // Monday + 5 = Saturday → Monday
	term.Unit = deadline.CalendarDay
	if c := term.Start(calendar(), at("2026-11-23 09:00")); c.LastDay != "2026-11-30" {
		t.Errorf("last day %s", c.LastDay)
	}
}

func TestSecondsAreForTestsAndRemindAtTwoThirds(t *testing.T) {
	t.Parallel()
	term, start := days(9), at("2026-11-23 09:00")
	term.Unit = deadline.Second
	c := term.Start(calendar(), start)
	if c.DueAt.Sub(start) != 9*time.Second || c.RemindAt.Sub(start) != 6*time.Second {
		t.Errorf("due after %s, reminder after %s", c.DueAt.Sub(start), c.RemindAt.Sub(start))
	}
}

func TestACountIntoAProvisionalYearIsFlagged(t *testing.T) {
	t.Parallel()
	if c := days(10).Start(calendar(), at("2026-12-25 09:00")); !c.Provisional {
		t.Error("not flagged")
	}
}

// TL 21: the term runs from the complete file (本区设定).
func TestAHeldClockRunsAnewFromTheRelease(t *testing.T) {
	t.Parallel()
	c := days(10).Start(calendar(), at("2026-11-23 09:00"))
	c.Hold("补正")
	if c.Running() || !c.Held() || !c.RemindAt.IsZero() || c.LastDay != "" {
		t.Errorf("held clock = %+v", c)
	}
	c.Release(calendar(), at("2026-12-01 10:00"))
	fresh := days(10).Start(calendar(), at("2026-12-01 10:00"))
	if c.LastDay != fresh.LastDay || !c.DueAt.Equal(fresh.DueAt) || c.Held() {
		t.Errorf("released: due %s, a fresh clock %s", c.DueAt, fresh.DueAt)
	}
	if len(c.Suspended) != 1 || c.Suspended[0] != (workday.Span{From: "2026-11-24", To: "2026-12-01", Reason: "补正"}) {
		t.Errorf("suspended %v", c.Suspended)
	}
	c.Release(calendar(), at("2026-12-20 10:00")) // nothing is held: nothing moves
	if !c.DueAt.Equal(fresh.DueAt) {
		t.Error("a running clock was released again")
	}
}

func TestAClockHeldAndReleasedOnTheDayOfReceiptLosesNothing(t *testing.T) {
	t.Parallel()
	c := days(10).Start(calendar(), at("2026-11-23 09:00"))
	due := c.DueAt
	c.Hold("补正")
	c.Release(calendar(), at("2026-11-23 16:00"))
	if !c.DueAt.Equal(due) || len(c.Suspended) != 0 {
		t.Errorf("due %s, want %s; suspended %v", c.DueAt, due, c.Suspended)
	}
}

func TestAHeldClockOfSecondsStartsAgain(t *testing.T) {
	t.Parallel()
	term, start := days(9), at("2026-11-23 09:00")
	term.Unit = deadline.Second
	c := term.Start(calendar(), start)
	c.Hold("补正")
	c.Release(calendar(), start.Add(time.Minute))
	if !c.DueAt.Equal(start.Add(69 * time.Second)) {
		t.Errorf("due %s", c.DueAt)
	}
}

func TestAnExtensionLengthensTheBudgetAndRemindsAgain(t *testing.T) {
	t.Parallel()
	c := days(10).Start(calendar(), at("2026-11-23 09:00"))
	c.RemindedAt = c.RemindAt
	if err := c.Extend(calendar(), at("2026-11-24 09:00"), 10); err != nil {
		t.Fatal(err)
	}
	if c.LastDay != "2026-12-21" || c.Extended != 10 || !c.RemindedAt.IsZero() {
		t.Errorf("last %s, extended %d, reminded %s", c.LastDay, c.Extended, c.RemindedAt)
	}
}

func TestAStoppedClockStaysAsItWas(t *testing.T) {
	t.Parallel()
	c := days(10).Start(calendar(), at("2026-11-23 09:00"))
	c.Stop(at("2026-11-25 09:00"), "已答复")
	c.Stop(at("2026-11-26 09:00"), "再次")
	if c.Running() || c.Held() || c.StopReason != "已答复" || !c.StoppedAt.Equal(at("2026-11-25 09:00")) {
		t.Errorf("clock = %+v", c)
	}
}

func TestTheWorkingShowsEveryDay(t *testing.T) {
	t.Parallel()
	c := days(5).Start(calendar(), at("2026-11-26 09:00")) // Thursday: Fri, Mon, Tue, Wed, Thu
	count := c.Working(calendar())
	kinds := map[workday.Kind]int{}
	for _, d := range count.Days {
		kinds[d.Kind]++
	}
	if kinds[workday.Received] != 1 || kinds[workday.Counted] != 5 || kinds[workday.Skipped] != 2 || count.Last != c.LastDay {
		t.Errorf("kinds %v, last %s", kinds, count.Last)
	}
	c.Unit = deadline.CalendarDay
	if got := c.Working(calendar()); len(got.Days) < 6 {
		t.Errorf("calendar days: %v", got.Days)
	}
}
