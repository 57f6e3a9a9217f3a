package deadline_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"datagov/domain/deadline"
	"datagov/domain/fault"
	"datagov/domain/law"
	"datagov/domain/workday"
)

// thirdParty is the listed reason of the first rule pack.
func thirdParty() deadline.Suspension {
	return deadline.Suspension{
		Code: "third_party", Title: "征求第三方意见", Limit: 15, Basis: deadline.ByAnalogy,
		Citation: law.Citation{Edition: law.DisclosureRegulation, Article: "32"},
	}
}

// 民法典 201 by analogy: the day a suspension is made still counts, the day of
// the resumption does not; used days are kept and the latest end is known.
func TestASuspensionKeepsTheDaysUsedAndEndsByItself(t *testing.T) {
	t.Parallel()
	c := days(10).Start(calendar(), at("2026-11-23 09:00")) // Monday; due 12-07
	if err := c.Suspend(calendar(), at("2026-11-25 10:00"), thirdParty()); err != nil {
		t.Fatal(err)
	}
	s := c.Suspended[0]
	if s.From != "2026-11-26" || s.To != "2026-12-16" || !s.Open || s.Code != "third_party" || s.Article != "《政府信息公开条例》第三十二条" {
		t.Errorf("suspended %+v", s)
	}
	// 24 and 25 were used; 8 days are left from 12-17 on.
	if c.LastDay != "2026-12-28" || !c.Running() {
		t.Errorf("latest end %s", c.LastDay)
	}
	if !c.Resume(calendar(), at("2026-12-01 16:00")) {
		t.Fatal("nothing was resumed")
	}
	if s := c.Suspended[0]; s.To != "2026-12-01" || s.Open || s.Days() != 6 || c.LastDay != "2026-12-11" {
		t.Errorf("resumed %+v, last day %s", s, c.LastDay)
	}
	kinds := map[workday.Kind]int{}
	for _, d := range c.Working(calendar()).Days {
		kinds[d.Kind]++
	}
	if kinds[workday.Counted] != 10 || kinds[workday.Suspended] != 6 {
		t.Errorf("working %v", kinds)
	}
	if c.Resume(calendar(), at("2026-12-02 09:00")) {
		t.Error("resumed twice")
	}
}

// features.md §5, 10 (open-zaak #885, gemma-zaken #1953, MoJ #2818): six days
// over a weekend, an extension and the resumption leave the exact days.
func TestSuspendingSixDaysOverAWeekendAndExtendingLeavesTheExactDays(t *testing.T) {
	t.Parallel()
	for _, extendFirst := range []bool{true, false} {
		c := days(10).Start(calendar(), at("2026-11-23 09:00"))
		extend := func() {
			if err := c.Extend(calendar(), at("2026-11-26 08:00"), 10); err != nil {
				t.Fatal(err)
			}
		}
		if extendFirst {
			extend()
		}
		if err := c.Suspend(calendar(), at("2026-11-26 09:00"), thirdParty()); err != nil { // Thursday; 3 days used
			t.Fatal(err)
		}
		if !extendFirst {
			extend()
		}
		c.Resume(calendar(), at("2026-12-02 09:00")) // Friday to Wednesday: six days, four of work
		if left := calendar().Remaining("2026-12-02", c.LastDay); left != 17 || c.LastDay != "2026-12-25" {
			t.Errorf("extended first %v: %d working days left, last %s", extendFirst, left, c.LastDay)
		}
	}
}

func TestASuspensionIsRefusedWhereNothingRuns(t *testing.T) {
	t.Parallel()
	start, when := at("2026-11-23 09:00"), at("2026-11-25 10:00")
	hours := days(48)
	hours.Unit = deadline.Hour
	for name, made := range map[string]func() (deadline.Clock, time.Time){
		"a term that has passed": func() (deadline.Clock, time.Time) { c := days(10).Start(calendar(), start); return c, c.DueAt },
		"a stopped term": func() (deadline.Clock, time.Time) {
			c := days(10).Start(calendar(), start)
			c.Stop(start, "已答复")
			return c, when
		},
		"a held term": func() (deadline.Clock, time.Time) {
			c := days(10).Start(calendar(), start)
			c.Hold("补正")
			return c, when
		},
		"a term of hours": func() (deadline.Clock, time.Time) { return hours.Start(calendar(), start), start.Add(time.Hour) },
		"the same reason twice": func() (deadline.Clock, time.Time) {
			c := days(10).Start(calendar(), start)
			_ = c.Suspend(calendar(), start, thirdParty())
			c.Resume(calendar(), start)
			return c, when
		},
		"a suspended term": func() (deadline.Clock, time.Time) {
			c := days(10).Start(calendar(), start)
			_ = c.Suspend(calendar(), start, deadline.Suspension{Code: "other", Title: "其他", Limit: 5})
			return c, when
		},
	} {
		c, moment := made()
		if err := c.Suspend(calendar(), moment, thirdParty()); fault.KindOf(err) != fault.Conflict {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestATermIsExtendedOnceAndNeverAfterItHasPassed(t *testing.T) {
	t.Parallel()
	c := days(10).Start(calendar(), at("2026-11-23 09:00"))
	if err := c.Extend(calendar(), c.DueAt, 10); fault.KindOf(err) != fault.Conflict {
		t.Errorf("after expiry: %v", err)
	}
	if err := c.Extend(calendar(), c.DueAt.Add(-time.Nanosecond), 10); err != nil {
		t.Errorf("a moment before: %v", err)
	}
	if err := c.Extend(calendar(), at("2026-11-24 09:00"), 10); fault.KindOf(err) != fault.Conflict || c.Extended != 10 {
		t.Errorf("twice: %v", err)
	}
	c.Stop(at("2026-11-25 09:00"), "已答复")
	if err := c.Extend(calendar(), at("2026-11-25 09:00"), 10); err == nil {
		t.Error("a stopped term was extended")
	}
}

// 民法典 201 II: a term of hours begins with the instant and knows no rest day.
func TestATermOfHoursRunsDayAndNight(t *testing.T) {
	t.Parallel()
	term := days(72)
	term.Unit = deadline.Hour
	start := at("2026-11-27 22:30") // a Friday night
	c := term.Start(calendar(), start)
	if !c.DueAt.Equal(at("2026-11-30 22:30")) || c.LastDay != "2026-11-30" || !c.RemindAt.Equal(at("2026-11-29 22:30")) || c.Provisional {
		t.Errorf("due %s, last %s, remind %s", c.DueAt, c.LastDay, c.RemindAt)
	}
	if c.Recompute(holiday("2026-11-30"), start) || len(c.Working(calendar()).Days) != 0 {
		t.Error("a calendar moves a term of hours")
	}
}

// holiday is the calendar with one more day off, as its next version.
func holiday(day workday.Day) workday.Calendar {
	return calendar().With("v2", workday.Year{Year: 2026, Status: workday.Official}, []workday.Mark{{Day: day, Off: true, Name: "新增假日"}})
}

func TestANewCalendarMovesARunningTermAndRemindsAgain(t *testing.T) {
	t.Parallel()
	c := days(10).Start(calendar(), at("2026-11-23 09:00"))
	c.RemindedAt, c.OverdueAt = c.RemindAt, c.DueAt
	now := at("2026-12-07 12:00")
	if !c.Recompute(holiday("2026-12-01"), now) {
		t.Fatal("nothing changed")
	}
	if c.LastDay != "2026-12-08" || !c.RemindedAt.IsZero() || !c.OverdueAt.IsZero() || c.Calendar != "v2" {
		t.Errorf("clock %+v", c)
	}
	if c.Recompute(holiday("2026-12-01"), now) {
		t.Error("counting again on the same calendar changes something")
	}
	back := c
	if !back.Recompute(calendar().With("v3", workday.Year{Year: 2026, Status: workday.Official}, nil), now) || back.LastDay != "2026-12-07" {
		t.Errorf("taken back: last day %s", back.LastDay)
	}
	c.Stop(now, "已答复")
	if c.Recompute(calendar(), now) {
		t.Error("a stopped clock moved")
	}
}

func TestANewCalendarMovesTheLatestEndOfAnOpenSuspension(t *testing.T) {
	t.Parallel()
	c := days(10).Start(calendar(), at("2026-11-23 09:00"))
	if err := c.Suspend(calendar(), at("2026-11-25 10:00"), thirdParty()); err != nil {
		t.Fatal(err)
	}
	if !c.Recompute(holiday("2026-12-01"), at("2026-11-25 11:00")) || c.Suspended[0].To != "2026-12-17" || c.LastDay != "2026-12-29" {
		t.Errorf("suspended %+v, last day %s", c.Suspended[0], c.LastDay)
	}
}

func TestACorrectedTermIsCountedFromTheSameBeginning(t *testing.T) {
	t.Parallel()
	c := days(10).Start(calendar(), at("2026-11-23 09:00"))
	longer := days(15)
	longer.Source = "更正后的期限"
	if !c.Retime(longer, calendar(), at("2026-11-24 09:00")) || c.LastDay != "2026-12-14" || c.Source != longer.Source {
		t.Errorf("clock %+v", c)
	}
	if c.Retime(longer, calendar(), at("2026-11-24 09:00")) {
		t.Error("the same term changes something")
	}
	c.Hold("补正")
	if !c.Retime(days(10), calendar(), at("2026-11-24 09:00")) || !c.Held() || c.Value != 10 {
		t.Errorf("held clock %+v", c)
	}
	c.Stop(at("2026-11-25 09:00"), "已撤回")
	if c.Retime(longer, calendar(), at("2026-11-25 09:00")) {
		t.Error("a stopped clock moved")
	}
}

// A naive counter walks the days one by one and knows nothing of spans: it is
// told, for each day, whether the clock stood still.
func TestSuspensionsAndExtensionsEqualANaiveCounter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		off := map[workday.Day]bool{}
		var marks []workday.Mark
		for d := workday.Day("2026-01-01"); d < "2027-12-31"; d = d.Next() {
			weekend := d.Weekend()
			off[d] = weekend
			if rapid.IntRange(0, 9).Draw(t, "moved") == 0 {
				off[d] = !weekend
				marks = append(marks, workday.Mark{Day: d, Off: !weekend, Name: "调"})
			}
		}
		calendar := workday.NewCalendar("r", []workday.Year{{Year: 2026, Status: workday.Official}, {Year: 2027, Status: workday.Official}}, marks)
		received := workday.Day("2026-01-01").Add(rapid.IntRange(0, 200).Draw(t, "received"))
		n, limit := rapid.IntRange(2, 30).Draw(t, "n"), rapid.IntRange(1, 20).Draw(t, "limit")
		c := days(n).Start(calendar, received.Start().Add(9*time.Hour))
		suspend := received.Add(rapid.IntRange(0, 10).Draw(t, "suspend"))
		if suspend > c.LastDay {
			suspend = c.LastDay
		}
		reason := deadline.Suspension{Code: "r", Title: "r", Limit: limit}
		if err := c.Suspend(calendar, suspend.Start().Add(10*time.Hour), reason); err != nil {
			t.Fatal(err)
		}
		latest := suspend
		for left := limit; left > 0; {
			if latest = latest.Next(); !off[latest] {
				left--
			}
		}
		resume := latest
		if rapid.Bool().Draw(t, "early") {
			resume = suspend.Add(rapid.IntRange(0, 25).Draw(t, "resume"))
			if ok := c.Resume(calendar, resume.Start().Add(11*time.Hour)); ok != (resume <= latest) {
				t.Fatalf("resumed %v on %s, latest %s", ok, resume, latest)
			}
			resume = min(resume, latest)
		}
		by := 0
		if rapid.Bool().Draw(t, "extend") {
			by = rapid.IntRange(1, 15).Draw(t, "by")
			if err := c.Extend(calendar, suspend.Start().Add(12*time.Hour), by); err != nil {
				t.Fatal(err)
			}
		}
		d := received
		for left := n + by; left > 0; {
			d = d.Next()
			if !off[d] && (d <= suspend || d > resume) {
				left--
			}
		}
		if c.LastDay != d || !c.DueAt.Equal(d.Next().Start()) {
			t.Fatalf("last day %s, naive counter says %s", c.LastDay, d)
		}
	})
}
