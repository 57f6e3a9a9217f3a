package tests

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"datagov/domain/workday"
	"datagov/store"
)

// commanded runs the binary once and gives what it wrote.
func commanded(t testing.TB, p place, args ...string) string {
	t.Helper()
	r := launch(t, p, args...)
	if code := r.exitCode(t); code != 0 {
		t.Fatalf("%v ended with %d:\n%s", args, code, r.out)
	}
	return r.out.String()
}

// recordOf opens the record beside its server.
func recordOf(t testing.TB, p place) *store.Store {
	t.Helper()
	address := p.postgres
	if address == "" {
		address = filepath.Join(p.data, "datagov.db")
	}
	s, err := store.Open(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func calendarOf(t testing.TB, p place) workday.Calendar {
	t.Helper()
	calendar, err := recordOf(t, p).Reader.Calendar(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return calendar
}

// runningClocks gives the last day of every running clock of every open case.
func runningClocks(t testing.TB, record *store.Store) map[string]map[string]workday.Day {
	t.Helper()
	open, err := record.OpenShareRequests(t.Context(), "", 1000)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]map[string]workday.Day{}
	for _, one := range open {
		id := one.ID
		c, err := record.ShareRequest(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		for _, k := range c.Clocks {
			if !k.Running() {
				continue
			}
			if all[id] == nil {
				all[id] = map[string]workday.Day{}
			}
			all[id][k.Code] = k.LastDay
		}
	}
	return all
}

func sameEnds(a, b map[string]map[string]workday.Day) bool {
	for id, ends := range a {
		for code, last := range ends {
			if b[id][code] != last {
				return false
			}
		}
	}
	return true
}

// names lists the events of a case.
func names(t testing.TB, record *store.Store, id string) []string {
	t.Helper()
	events, err := record.Events(t.Context(), "share-request/"+id, 0, 200)
	if err != nil {
		t.Fatal(err)
	}
	all := []string{}
	for _, e := range events {
		all = append(all, e.Name)
	}
	return all
}

// tasksOf lists the last days of the case's open tasks.
func tasksOf(t testing.TB, record *store.Store, id string) []workday.Day {
	t.Helper()
	tasks, err := record.OpenTasks(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	days := []workday.Day{}
	for _, one := range tasks {
		days = append(days, workday.Day(one.LastDay))
	}
	return days
}

// backdate lets the case's clock have begun long ago while the engine sleeps to
// the end it was told: counting again makes the deadline an earlier one.
func (m matter) backdate(t testing.TB, record *store.Store) {
	t.Helper()
	_, err := record.DB().ExecContext(t.Context(), "UPDATE case_clock SET started_at = ? WHERE case_id = ?",
		time.Now().UTC().AddDate(0, 0, -40).Truncate(time.Microsecond), m.id)
	if err != nil {
		t.Fatal(err)
	}
}

// withHoliday writes the calendar of the next working day's year with that day
// off, as a table.
func withHoliday(t testing.TB, record *store.Store) (workday.Day, string) {
	t.Helper()
	calendar, err := record.Reader.Calendar(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	day := calendar.WorkingDays(today(), 1, nil).Last
	year := strconv.Itoa(day.Year())
	marks, err := record.CalendarDays(t.Context(), workday.Day(year+"-01-01"), workday.Day(year+"-12-31"))
	if err != nil {
		t.Fatal(err)
	}
	marks = append(slices.DeleteFunc(marks, func(m workday.Mark) bool { return m.Day == day }), workday.Mark{Day: day, Off: true, Name: "新增假日"})
	file := filepath.Join(t.TempDir(), year+".csv")
	if err := os.WriteFile(file, []byte(table(marks)), 0o600); err != nil {
		t.Fatal(err)
	}
	return day, file
}

func table(marks []workday.Mark) string {
	text := "日期,休假,名称\n"
	for _, m := range marks {
		text += string(m.Day) + "," + strconv.FormatBool(m.Off) + "," + m.Name + "\n"
	}
	return text
}

// statutoryYear is a table with the holidays whose dates the law fixes.
func statutoryYear(year int) string {
	var marks []workday.Mark
	for _, d := range []string{"-01-01", "-05-01", "-05-02", "-10-01", "-10-02", "-10-03"} {
		marks = append(marks, workday.Mark{Day: workday.Day(strconv.Itoa(year) + d), Off: true, Name: "法定节日"})
	}
	return table(marks)
}

type calendarYears struct {
	Alarm string
	Items []struct {
		Year   int
		Status string
	}
}

func (r *running) years(t testing.TB) calendarYears {
	t.Helper()
	var years calendarYears
	r.as(t, "civil").read(t, "/calendar/years").want(t, http.StatusOK).into(t, &years)
	return years
}

// offers says whether the case offers somebody a verb.
func (m matter) offers(t testing.TB, who, verb string) bool {
	t.Helper()
	for _, v := range m.show(t, who).Verbs {
		if v.Key == verb {
			return true
		}
	}
	return false
}

// rules is the rule pack of the case.
func (m matter) rules(t testing.TB) string {
	t.Helper()
	var c struct{ Pack struct{ Version string } }
	m.as(t, "commission").read(t, m.path("")).want(t, http.StatusOK).into(t, &c)
	return c.Pack.Version
}

// packFile writes the first pack under a new version, adopted today, with
// another joint decision.
func (r *running) packFile(t testing.TB, version string, jointDecision int) string {
	t.Helper()
	var pack struct{ Terms, Items []map[string]any }
	r.as(t, "civil").read(t, "/rule-packs/2026-11").want(t, http.StatusOK).into(t, &pack)
	for _, list := range [][]map[string]any{pack.Terms, pack.Items} {
		for _, rule := range list {
			rule["basis"] = rule["basisKind"]
			delete(rule, "basisKind")
			if c, ok := rule["citation"].(map[string]any); ok {
				delete(c, "title")
			}
			if rule["code"] == "share.joint_decision" {
				rule["value"] = jointDecision
			}
		}
	}
	text, err := json.Marshal(fields{"version": version, "adoptedOn": string(today()), "note": "测试", "terms": pack.Terms, "items": pack.Items})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), version+".json")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}
