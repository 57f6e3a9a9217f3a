package workday_test

import (
	"testing"

	"pgregory.net/rapid"

	"datagov/domain/workday"
)

// official2025to2026 follows 国办发明电〔2024〕12号 and the notice of 2025-11-04 for 2026.
func official2025to2026() workday.Calendar {
	var marks []workday.Mark
	off := func(from, to workday.Day, name string) {
		for d := from; d <= to; d = d.Next() {
			marks = append(marks, workday.Mark{Day: d, Off: true, Name: name})
		}
	}
	off("2025-01-28", "2025-02-04", "春节")
	off("2025-10-01", "2025-10-08", "国庆节")
	off("2026-02-15", "2026-02-23", "春节")
	off("2026-05-01", "2026-05-05", "劳动节")
	off("2026-09-25", "2026-09-27", "中秋节")
	off("2026-10-01", "2026-10-07", "国庆节")
	for _, d := range []workday.Day{
		"2025-01-26", "2025-02-08", "2025-09-28", "2025-10-11",
		"2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10",
	} {
		marks = append(marks, workday.Mark{Day: d, Name: "调休"})
	}
	return workday.NewCalendar("test", []workday.Year{
		{Year: 2025, Status: workday.Official},
		{Year: 2026, Status: workday.Official},
		{Year: 2027, Status: workday.Provisional},
	}, marks)
}

// The vectors of requirements §10.3.
func TestWorkingDaysFollowPublishedVectors(t *testing.T) {
	t.Parallel()
	calendar := official2025to2026()
	for _, tt := range []struct {
		received workday.Day
		n        int
		want     workday.Day
	}{
		{"2025-01-24", 1, "2025-01-26"},
		{"2025-01-24", 5, "2025-02-07"},
		{"2025-01-24", 10, "2025-02-13"},
		{"2025-09-26", 1, "2025-09-28"},
		{"2025-09-26", 10, "2025-10-16"},
		{"2026-02-12", 2, "2026-02-14"},
		{"2026-02-12", 10, "2026-03-04"},
		{"2026-04-30", 1, "2026-05-06"},
		{"2026-04-30", 5, "2026-05-11"},
		{"2026-09-18", 1, "2026-09-20"},
		{"2026-09-18", 5, "2026-09-24"},
		{"2026-09-18", 10, "2026-10-09"},
		{"2026-09-18", 20, "2026-10-22"},
		{"2026-09-30", 1, "2026-10-08"},
		{"2026-09-30", 3, "2026-10-10"},
		{"2026-09-30", 5, "2026-10-13"},
		{"2026-11-23", 10, "2026-12-07"},
		{"2026-11-23", 20, "2026-12-21"},
	} {
		for _, c := range []workday.Calendar{calendar, published(t)} {
			got := c.WorkingDays(tt.received, tt.n, nil)
			if got.Last != tt.want || !got.Due.Equal(tt.want.Next().Start()) {
				t.Errorf("%s + %d working days = %s due %s, want %s", tt.received, tt.n, got.Last, got.Due, tt.want)
			}
			if got.Provisional {
				t.Errorf("%s + %d: flagged provisional inside official years", tt.received, tt.n)
			}
		}
	}
}

func TestACountThatTouchesAYearWithoutANoticeIsFlagged(t *testing.T) {
	t.Parallel()
	if got := official2025to2026().WorkingDays("2026-12-25", 10, nil); !got.Provisional {
		t.Error("a count into 2027 was not flagged")
	}
	if got := official2025to2026().WorkingDays("2030-01-01", 1, nil); !got.Provisional {
		t.Error("a count in a missing year was not flagged")
	}
}

func TestCalendarDaysRollForwardToTheNextWorkingDay(t *testing.T) {
	t.Parallel()
	got := official2025to2026().CalendarDays("2026-09-01", 30, nil) // 30th day: 2026-10-01
	if got.Last != "2026-10-08" {
		t.Errorf("last day = %s, want 2026-10-08 (民法典 203)", got.Last)
	}
}

func TestWorkingDaysEqualANaiveCounter(t *testing.T) {
	t.Parallel()
	calendar := official2025to2026()
	rapid.Check(t, func(t *rapid.T) {
		received := workday.Day("2025-01-01").Add(rapid.IntRange(0, 700).Draw(t, "start"))
		n := rapid.IntRange(1, 60).Draw(t, "n")
		from := received.Add(rapid.IntRange(1, 30).Draw(t, "from"))
		span := workday.Span{From: from, To: from.Add(rapid.IntRange(0, 20).Draw(t, "length"))}
		d, left := received, n
		for left > 0 {
			d = d.Next()
			if ok, _ := calendar.Working(d); ok && (d < span.From || d > span.To) {
				left--
			}
		}
		if got := calendar.WorkingDays(received, n, []workday.Span{span}); got.Last != d {
			t.Fatalf("last day = %s, naive counter says %s", got.Last, d)
		}
	})
}
