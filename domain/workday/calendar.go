package workday

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// Status says how far a year of the calendar can be trusted.
type Status string

// The statuses of a calendar year. Only Official rests on a published notice.
const (
	Official    Status = "official"
	Provisional Status = "provisional"
	Missing     Status = "missing"
)

// Year is the head of one calendar year. Notice is the document number or title.
type Year struct {
	Year   int
	Status Status
	Notice string
	Source string
	// Version counts the imports of the year; 0 where nobody counts them.
	Version int
}

// Mark moves one day: a holiday that is off, or a weekend day that is worked.
type Mark struct {
	Day  Day
	Off  bool
	Name string
}

// Calendar knows which days are worked. Build it with [NewCalendar]; its zero
// value knows Monday to Friday and trusts no year.
type Calendar struct {
	version string
	years   map[int]Year
	marks   map[Day]Mark
}

// NewCalendar builds a calendar from rows. Version names the state of the rows
// and is stored with every count.
func NewCalendar(version string, years []Year, marks []Mark) Calendar {
	c := Calendar{version: version, years: map[int]Year{}, marks: map[Day]Mark{}}
	for _, y := range years {
		c.years[y.Year] = y
	}
	for _, m := range marks {
		c.marks[m.Day] = m
	}
	return c
}

// Version names the rows the calendar was built from.
func (c Calendar) Version() string { return c.version }

// With is the calendar with one year in the place of what it knew of it; the
// days are that year's.
func (c Calendar) With(version string, year Year, days []Mark) Calendar {
	years, marks := []Year{year}, slices.Clone(days)
	for y, head := range c.years {
		if y != year.Year {
			years = append(years, head)
		}
	}
	for day, m := range c.marks {
		if day.Year() != year.Year {
			marks = append(marks, m)
		}
	}
	return NewCalendar(version, years, marks)
}

// Year gives the head of a year; an unknown year is Missing.
func (c Calendar) Year(year int) Year {
	if y, ok := c.years[year]; ok {
		return y
	}
	return Year{Year: year, Status: Missing}
}

// Working says whether the day is worked, and why it is not (or why it is, on a weekend).
func (c Calendar) Working(d Day) (bool, string) {
	if m, ok := c.marks[d]; ok {
		if m.Off {
			return false, m.Name
		}
		return true, m.Name + "调休上班"
	}
	if !d.Weekend() {
		return true, ""
	}
	if d.Start().Weekday() == time.Saturday {
		return false, "周六"
	}
	return false, "周日"
}

// Kind says what a day did for a count.
type Kind string

// The kinds of days in a working.
const (
	Received  Kind = "received"  // the day of receipt, never counted (民法典 201)
	Counted   Kind = "counted"   // consumed one day of the budget
	Skipped   Kind = "skipped"   // a rest day
	Suspended Kind = "suspended" // inside a listed suspension
)

// Step is one day of a working.
type Step struct {
	Day  Day    `json:"day"`
	Kind Kind   `json:"kind"`
	Note string `json:"note"`
}

// Span is a closed range of days that do not count, with its reason. A listed
// suspension also has its code, the article it leans on and the most working
// days it may last; while it is open, To is its latest end.
type Span struct {
	From    Day    `json:"from"`
	To      Day    `json:"to"`
	Reason  string `json:"reason"`
	Code    string `json:"code,omitempty"`
	Article string `json:"article,omitempty"`
	Limit   int    `json:"limit,omitempty"`
	Open    bool   `json:"open,omitempty"`
}

// Days is how many calendar days the span holds; 0 while its end is unknown
// and when it was over before its first day.
func (s Span) Days() int {
	if s.To == "" || s.To < s.From {
		return 0
	}
	return int(s.To.Start().Sub(s.From.Start())/(24*time.Hour)) + 1
}

// Count is a finished count: the last day of the term, the instant it is over,
// and its working day by day.
type Count struct {
	Last Day
	// Due is 00:00 in Asia/Shanghai of the day after the last.
	Due  time.Time
	Days []Step
	// Provisional is true when any counted or skipped day lies in a year without
	// an official notice.
	Provisional bool
	// Calendar names the versions of the years that the count touched.
	Calendar string
}

// longest bounds a count, so that no input can make it run away.
const longest = 4000

// WorkingDays counts n working days after the day of receipt. n < 1 counts as 1.
func (c Calendar) WorkingDays(received Day, n int, suspended []Span) Count {
	return c.count(received, n, suspended, func(d Day) (bool, string) { return c.Working(d) })
}

// CalendarDays counts n calendar days after the day of receipt; when the last
// is a rest day the term ends on the next working day (民法典 203).
func (c Calendar) CalendarDays(received Day, n int, suspended []Span) Count {
	count := c.count(received, n, suspended, func(Day) (bool, string) { return true, "" })
	for range longest {
		ok, note := c.Working(count.Last)
		if ok {
			break
		}
		count.Days[len(count.Days)-1].Note = note
		count.Last = count.Last.Next()
		count.Days = append(count.Days, Step{count.Last, Skipped, "顺延"})
	}
	c.close(&count)
	return count
}

func (c Calendar) count(received Day, n int, suspended []Span, counts func(Day) (bool, string)) Count {
	n = max(n, 1)
	count := Count{Days: []Step{{received, Received, "收到当日不计"}}, Last: received}
	for d, left := received.Next(), n; left > 0 && len(count.Days) < longest; d = d.Next() {
		step := Step{Day: d, Kind: Counted}
		if reason, held := within(suspended, d); held {
			step.Kind, step.Note = Suspended, reason
		} else if ok, note := counts(d); ok {
			step.Note = note
			left--
		} else {
			step.Kind, step.Note = Skipped, note
		}
		count.Days = append(count.Days, step)
		count.Last = d
	}
	c.close(&count)
	return count
}

// close says when a count is over and what it leaned on.
func (c Calendar) close(count *Count) {
	first, last := count.Days[0].Day.Year(), count.Last.Year()
	count.Due = count.Last.Next().Start()
	count.Calendar, count.Provisional = c.VersionOf(first, last), false
	for year := first; year <= last; year++ {
		count.Provisional = count.Provisional || c.Year(year).Status != Official
	}
}

// VersionOf names the versions of the years from first to last, such as
// 2026.1o+2027.2p; the version of the whole where years are not counted.
func (c Calendar) VersionOf(first, last int) string {
	var parts []string
	for year := first; year <= last && year-first < longest; year++ {
		y := c.Year(year)
		if y.Version == 0 && y.Status != Missing {
			return c.version
		}
		parts = append(parts, strconv.Itoa(year)+"."+strconv.Itoa(y.Version)+string(y.Status)[:1])
	}
	return strings.Join(parts, "+")
}

// Same says whether a stored version names everything that the wanted one does:
// the years a count touched stand as they did.
func Same(stored, wanted string) bool {
	have := strings.Split(stored, "+")
	for _, part := range strings.Split(wanted, "+") {
		if !slices.Contains(have, part) {
			return false
		}
	}
	return true
}

func within(spans []Span, d Day) (string, bool) {
	for _, s := range spans {
		if s.From <= d && (s.To == "" || d <= s.To) {
			return s.Reason, true
		}
	}
	return "", false
}

// Remaining is how many working days lie after today up to and including last;
// negative when last has passed.
func (c Calendar) Remaining(today, last Day) int {
	if today > last {
		return -c.Remaining(last, today)
	}
	n := 0
	for d := today.Next(); d <= last && n < longest; d = d.Next() {
		if ok, _ := c.Working(d); ok {
			n++
		}
	}
	return n
}
