package workday_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"datagov/domain/workday"
)

// holidayCN reads a yearly file as github NateScarlet/holiday-cn publishes it.
func holidayCN(t testing.TB, year int) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", fmt.Sprintf("%d.json", year)))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// published is the calendar of the years with a notice, from the files themselves.
func published(t testing.TB) workday.Calendar {
	t.Helper()
	var years []workday.Year
	var marks []workday.Mark
	for year := 2023; year <= 2026; year++ {
		f, err := workday.ParseFile(workday.JSON, holidayCN(t, year))
		if err != nil {
			t.Fatal(err)
		}
		years = append(years, workday.Year{Year: year, Status: f.Status(""), Version: 1})
		marks = append(marks, f.Days...)
	}
	return workday.NewCalendar("files", years, marks)
}

func TestThePublishedYearsAreReadWithoutAWarningThatMatters(t *testing.T) {
	t.Parallel()
	for year := 2023; year <= 2026; year++ {
		f, err := workday.ParseFile(workday.JSON, holidayCN(t, year))
		if err != nil || f.Year != year || f.Status("") != workday.Official {
			t.Errorf("%d: %v, %s", year, err, f.Status(""))
		}
		for _, w := range f.Warnings {
			if !strings.Contains(w, "没有记入") {
				t.Errorf("%d: %s", year, w)
			}
		}
	}
	// The notice for 2023 names Saturday, 2022-12-31, which the weekday says already.
	f, err := workday.ParseFile(workday.JSON, holidayCN(t, 2023))
	if err != nil || len(f.Days) != 33 || len(f.Warnings) != 1 {
		t.Errorf("2023: %d days, warnings %v, %v", len(f.Days), f.Warnings, err)
	}
}

// The placeholder of a year whose notice is not out is no calendar.
func TestAnEmptyPlaceholderIsNotOfficial(t *testing.T) {
	t.Parallel()
	if _, err := workday.ParseFile(workday.JSON, holidayCN(t, 2027)); err == nil {
		t.Error("the empty placeholder for 2027 was read as a calendar")
	}
}

func TestBothFormatsGiveTheSameYear(t *testing.T) {
	t.Parallel()
	want, err := workday.ParseFile(workday.JSON, holidayCN(t, 2026))
	if err != nil {
		t.Fatal(err)
	}
	chinese, english := "\xef\xbb\xbf日期,休假,名称\n", "name,date,off\n"
	for _, d := range want.Days {
		word := map[bool]string{true: "是", false: "否"}[d.Off]
		chinese += string(d.Day) + "," + word + "," + d.Name + "\n"
		english += d.Name + "," + string(d.Day) + "," + fmt.Sprint(d.Off) + "\n"
	}
	for _, text := range []string{chinese, english} {
		got, err := workday.ParseFile(workday.CSV, []byte(text))
		if err != nil || !slices.Equal(got.Days, want.Days) || got.Year != 2026 {
			t.Errorf("%v: %v", err, got)
		}
		if got.Status("") != workday.Provisional || got.Status("国务院办公厅关于2026年部分节假日安排的通知") != workday.Official {
			t.Error("a table is official only when its notice is named")
		}
	}
}

func TestABadCalendarIsRefusedWithASentence(t *testing.T) {
	t.Parallel()
	head := `{"year":2026,"papers":[],"days":[`
	day := `{"name":"元旦","date":"2026-01-01","isOffDay":true}`
	for name, text := range map[string]string{
		"a doubled day":        head + day + "," + day + `]}`,
		"a day of next year":   head + `{"name":"元旦","date":"2027-01-01","isOffDay":true}]}`,
		"a day that is none":   head + `{"name":"春节","date":"2026-02-30","isOffDay":true}]}`,
		"a short date":         head + `{"name":"春节","date":"2026-2-3","isOffDay":true}]}`,
		"no answer":            head + `{"name":"春节","date":"2026-02-17"}]}`,
		"no name":              head + `{"name":" ","date":"2026-02-17","isOffDay":true}]}`,
		"an unknown member":    head + `{"name":"春节","date":"2026-02-17","isOffDay":true,"x":1}]}`,
		"two values":           head + day + `]}{}`,
		"no year":              `{"papers":[],"days":[` + day + `]}`,
		"a year out of bounds": `{"year":9999,"papers":[],"days":[` + day + `]}`,
		"no days":              `{"year":2026,"papers":["x"],"days":[]}`,
		"a control character":  head + `{"name":"a\u0007","date":"2026-02-17","isOffDay":true}]}`,
		"half a file":          head + day,
		"nothing":              "",
		"csv unknown column":   "date,off,title\n2026-01-01,true,元旦\n",
		"csv doubled column":   "date,date,name\n2026-01-01,true,元旦\n",
		"csv missing column":   "date,off\n2026-01-01,true\n",
		"csv no answer":        "date,off,name\n2026-01-01,maybe,元旦\n",
		"csv short line":       "date,off,name\n2026-01-01,true\n",
		"csv doubled day":      "date,off,name\n2026-01-01,1,元旦\n2026-01-01,0,元旦\n",
		"csv bad date":         "date,off,name\n2026/01/01,1,元旦\n",
		"csv no days":          "date,off,name\n",
		"csv not utf-8":        "date,off,name\n2026-01-01,1,\xff\n",
		"csv too large":        "date,off,name\n" + strings.Repeat("2026-01-01,1,元旦\n", 60_000),
	} {
		format := workday.JSON
		if strings.HasPrefix(name, "csv") {
			format = workday.CSV
		}
		_, err := workday.ParseFile(format, []byte(text))
		var refused workday.FileError
		if !errors.As(err, &refused) || refused == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := workday.ParseFile("xlsx", nil); err == nil {
		t.Error("an unknown format was read")
	}
}

// A file in which a statutory day is missing is read, and said to be doubtful.
func TestAMissingStatutoryDayIsWarnedOf(t *testing.T) {
	t.Parallel()
	whole := string(holidayCN(t, 2026))
	for _, missing := range []string{"2026-01-01", "2026-02-17", "2026-05-01", "2026-10-02", "2026-06-19"} {
		f, err := workday.ParseFile(workday.JSON, []byte(strings.Replace(whole, `"date": "`+missing+`",
            "isOffDay": true`, `"date": "`+missing+`",
            "isOffDay": false`, 1)))
		if err != nil || len(f.Warnings) == 0 {
			t.Errorf("without %s: %v, %v", missing, f.Warnings, err)
		}
	}
}

func FuzzParseFile(f *testing.F) {
	for year := 2023; year <= 2027; year++ {
		f.Add(workday.JSON, holidayCN(f, year))
	}
	f.Add(workday.CSV, []byte("日期,休假,名称\n2026-01-01,是,元旦\n"))
	f.Add(workday.CSV, []byte("date,off,name\n2026-01-01,true,\"元\"\"旦\"\n"))
	f.Fuzz(func(t *testing.T, format string, text []byte) {
		file, err := workday.ParseFile(format, text)
		if err != nil {
			return
		}
		seen := map[workday.Day]bool{}
		for i, d := range file.Days {
			if seen[d.Day] || d.Day.Year() != file.Year || d.Name == "" || (i > 0 && d.Day < file.Days[i-1].Day) || (!d.Off && !d.Day.Weekend()) {
				t.Fatalf("day %+v of %d", d, file.Year)
			}
			seen[d.Day] = true
		}
	})
}

// features.md §5, 19 (eramba t/1030): leap day, make-up Saturday, spring-festival weeks.
func TestLeapDaysMakeUpSaturdaysAndTheSpringFestivalAreCounted(t *testing.T) {
	t.Parallel()
	c := published(t)
	for _, tt := range []struct {
		received workday.Day
		n        int
		want     workday.Day
	}{
		{"2024-02-28", 1, "2024-02-29"}, // the leap day is a Thursday
		{"2024-02-28", 2, "2024-03-01"},
		{"2024-02-09", 1, "2024-02-18"}, // make-up Sunday after the festival
		{"2026-02-12", 2, "2026-02-14"}, // make-up Saturday before it
		{"2026-02-13", 3, "2026-02-25"}, // nine days of rest in between
	} {
		if got := c.WorkingDays(tt.received, tt.n, nil); got.Last != tt.want || got.Provisional {
			t.Errorf("%s + %d = %s, want %s (provisional %v)", tt.received, tt.n, got.Last, tt.want, got.Provisional)
		}
	}
	if got := c.CalendarDays("2024-02-28", 1, nil); got.Last != "2024-02-29" {
		t.Errorf("the day after 2024-02-28 is %s", got.Last)
	}
	if _, err := workday.ParseDay("2026-02-29"); err == nil {
		t.Error("2026 has no leap day")
	}
}

// requirements §10.3: working days of each month of 2026.
func TestEveryMonthOf2026HasItsWorkingDays(t *testing.T) {
	t.Parallel()
	c := published(t)
	for i, want := range []int{21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23} {
		first := workday.Day(fmt.Sprintf("2026-%02d-01", i+1))
		last := workday.DayOf(first.Start().AddDate(0, 1, -1))
		if got := c.Remaining(first.Add(-1), last); got != want {
			t.Errorf("month %d has %d working days, want %d", i+1, got, want)
		}
	}
	if got := c.Remaining("2024-12-31", "2025-12-31"); got != 248 {
		t.Errorf("2025 has %d working days", got)
	}
}

// features.md §5, 11 (openregister PR #3272): no year without data passes in silence.
func TestAYearWithoutACalendarIsSaidAloudFromNovemberOn(t *testing.T) {
	t.Parallel()
	c := published(t)
	for day, year := range map[workday.Day]int{"2026-10-31": 0, "2026-11-01": 2027, "2026-12-31": 2027, "2027-01-01": 2027, "2025-11-01": 0} {
		got, missing := c.MissingYear(day)
		if got != year || missing != (year != 0) || (c.Alarm(day) != "") != missing {
			t.Errorf("on %s: %d, %v, %q", day, got, missing, c.Alarm(day))
		}
	}
	official := c.With("more", workday.Year{Year: 2027, Status: workday.Official, Version: 1}, nil)
	if alarm := official.Alarm("2026-12-01"); alarm != "" {
		t.Errorf("the notice is on file: %q", alarm)
	}
}

func TestACountNamesTheYearsItLeansOn(t *testing.T) {
	t.Parallel()
	c := published(t)
	for _, tt := range []struct {
		received workday.Day
		want     string
	}{{"2026-03-02", "2026.1o"}, {"2025-12-30", "2025.1o+2026.1o"}, {"2026-12-30", "2026.1o+2027.0m"}} {
		if got := c.WorkingDays(tt.received, 5, nil); got.Calendar != tt.want {
			t.Errorf("%s leans on %s, want %s", tt.received, got.Calendar, tt.want)
		}
	}
	if !workday.Same("2025.1o+2026.1o+2027.1p", "2026.1o") || workday.Same("2026.1o", "2026.2o") || workday.Same("2026.1o", "2026.1o+2027.1p") {
		t.Error("a stored version stands while the years it needs stand")
	}
}
