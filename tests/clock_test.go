package tests

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"datagov/domain/workday"
	"datagov/store"
)

// Holiday added today for next week: every open deadline moves, each with a log
// entry, and the earlier ones ring in time (features.md §5, 9; alaveteli #7292).
func TestClockHolidayAddedTodayMovesEveryOpenDeadline(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, p place) {
		r := serve(t, p)
		waiting, reviewed := r.asking(t), r.asking(t).underReview(t)
		early := r.asking(t)
		record := recordOf(t, p)
		early.backdate(t, record)
		before := runningClocks(t, record)
		if len(before[waiting.id]) != 1 || len(before[reviewed.id]) != 3 {
			t.Fatalf("running clocks: %v", before)
		}
		day, file := withHoliday(t, record)
		args := []string{"calendar", "import", file, "--source", "国务院办公厅关于增加放假的通知"}
		if said := commanded(t, p, args...); !strings.Contains(said, reviewed.id) || !strings.Contains(said, "新增\t"+string(day)) {
			t.Errorf("the report says:\n%s", said)
		}
		if after := runningClocks(t, record); !sameEnds(before, after) {
			t.Error("a report moved a deadline")
		}
		said := commanded(t, p, append(args, "--apply")...)
		eventually(t, "every open deadline has moved", func() bool {
			after := runningClocks(t, record)
			for id, ends := range before {
				if id == early.id {
					continue
				}
				for code, last := range ends {
					if after[id][code] <= last {
						return false
					}
				}
			}
			return true
		})
		for id := range before {
			if n := strings.Count(strings.Join(names(t, record, id), " "), "share_request.recomputed"); n != 1 {
				t.Errorf("case %s was counted again with %d events; the command said:\n%s", id, n, said)
			}
		}
		if tasks := tasksOf(t, record, waiting.id); len(tasks) != 1 || tasks[0] <= before[waiting.id]["share.sign_off"] {
			t.Errorf("the task is due on %v", tasks)
		}
		eventually(t, "the earlier deadline rings", func() bool { return slices.Contains(names(t, record, early.id), "share_request.late") })
		if c := waiting.does(t, "civil-head", "/sign-off", sign); c.Status != "form_check" {
			t.Errorf("after the import a case is in %s", c.Status)
		}
		if said := commanded(t, p, append(args, "--apply")...); !strings.Contains(said, "没有变化") {
			t.Errorf("the same file again:\n%s", said)
		}
		if said := commanded(t, p, "clock", "recompute", "--apply"); !strings.Contains(said, "涉及事项 0 件") {
			t.Errorf("counting again:\n%s", said)
		}
	})
}

// Calendar has no data for next year: nothing is silent, and an alarm stands
// until the notice is on file (features.md §5, 11; openregister PR #3272).
func TestClockNextYearWithoutACalendarIsSaidAloud(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, p place) {
		r := serve(t, p)
		record := recordOf(t, p)
		for range 2 { // this year's and the next one's, in November
			calendar, err := record.Reader.Calendar(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			year, missing := calendar.MissingYear(today())
			if !missing {
				break
			}
			said := func() int {
				events, err := record.Events(t.Context(), store.CalendarStream(year), 0, 100)
				if err != nil {
					t.Fatal(err)
				}
				n := 0
				for _, e := range events {
					if e.Name == "calendar.next_year_missing" {
						n++
					}
				}
				return n
			}
			eventually(t, "the missing year is said aloud", func() bool { return said() > 0 })
			if alarm := r.years(t).Alarm; !strings.Contains(alarm, strconv.Itoa(year)) || said() != 1 {
				t.Errorf("alarm %q, said %d times", alarm, said())
			}
			body := fields{"file": statutoryYear(year), "format": "csv", "apply": true, "source": "国务院办公厅关于" + strconv.Itoa(year) + "年部分节假日安排的通知"}
			r.as(t, "civil").send(t, http.MethodPost, "/calendar/import", body).refused(t, http.StatusForbidden)
			r.as(t, "commission").send(t, http.MethodPost, "/calendar/import", body.with("file", "date,off,name\n2026-13-01,1,x\n")).refused(t, http.StatusUnprocessableEntity)
			r.as(t, "commission").send(t, http.MethodPost, "/calendar/import", body).want(t, http.StatusOK)
			events, err := record.Events(t.Context(), store.CalendarStream(year), 0, 100)
			if last := events[len(events)-1]; err != nil || last.Name != "calendar.imported" || last.Actor.Kind != "human" {
				t.Errorf("the import left %+v, %v", last, err)
			}
		}
		if alarm := r.years(t).Alarm; alarm != "" {
			t.Errorf("the notices are on file: %q", alarm)
		}
	})
}

// The legal clock stops for a listed reason only, keeps the days used and goes on.
func TestClockSuspensionStopsTheCount(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		m := d.asking(t).underReview(t)
		before := m.show(t, "commission")
		stop := fields{"outcome": "suspend", "reasonCode": "third_party", "note": "征求参保人所在单位意见"}
		m.act(t, "commission", "/suspension", stop.with("reasonCode", "busy")).refused(t, http.StatusUnprocessableEntity)
		m.act(t, "commission", "/suspension", stop.with("note", " ")).refused(t, http.StatusUnprocessableEntity)
		m.act(t, "commission-head", "/suspension", stop).refused(t, http.StatusForbidden)
		m.act(t, "commission", "/suspension", fields{"outcome": "resume"}).refused(t, http.StatusConflict)
		if !m.offers(t, "commission", "suspend_clock") || m.offers(t, "commission", "resume_clock") {
			t.Error("the verbs do not say that the clock runs")
		}
		c := m.does(t, "commission", "/suspension", stop)
		calendar := calendarOf(t, d.place)
		latest := calendar.WorkingDays(today(), 15, nil).Last
		for _, k := range c.Clocks {
			if k.StoppedAt != nil {
				continue
			}
			want := calendar.WorkingDays(latest, k.Value, nil).Last // nothing was used: the day of receipt does not count
			if len(k.Suspensions) != 1 || k.Suspensions[0].To != string(latest) || k.LastDay != string(want) || k.DueAt == nil {
				t.Errorf("%s: suspended %+v, last day %s, want %s", k.Code, k.Suspensions, k.LastDay, want)
			}
		}
		if c.named("clock_suspended") == nil || !m.offers(t, "commission", "resume_clock") {
			t.Error("the suspension left no event or cannot be ended")
		}
		m.act(t, "commission", "/suspension", stop).refused(t, http.StatusConflict)
		c = m.does(t, "commission", "/suspension", fields{"outcome": "resume"})
		if c.Clock.LastDay != before.Clock.LastDay || c.named("clock_resumed") == nil {
			t.Errorf("resumed on the same day: last day %s, before %s", c.Clock.LastDay, before.Clock.LastDay)
		}
		m.act(t, "commission", "/suspension", stop).refused(t, http.StatusConflict) // one reason, once
		m.says(t, provider, agree)
		m.says(t, commission, agree).in(t, "granted")
	})
}

// A case is pinned to what it started under; moving it is an explicit, logged decision.
func TestClockACaseStaysUnderItsRules(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, p place) {
		r := serve(t, p)
		old := r.asking(t)
		was := old.show(t, "commission")
		file := r.packFile(t, "e2e-2", 7)
		if said := commanded(t, p, "rules", "import", file); !strings.Contains(said, "e2e-2") {
			t.Errorf("the import says:\n%s", said)
		}
		if again := launch(t, p, "rules", "import", file); again.exitCode(t) == 0 {
			t.Error("an adopted pack was imported again")
		}
		fresh := r.asking(t)
		if got := fresh.rules(t); got != "e2e-2" {
			t.Errorf("a new case is under %s", got)
		}
		if c := fresh.signedOff(t).show(t, "commission"); c.Clock.Value != 7 {
			t.Errorf("a new case counts %d days", c.Clock.Value)
		}
		if c := old.signedOff(t).show(t, "commission"); c.Clock.Value == 7 || old.rules(t) != "2026-11" || was.Clock.Value != c.Clocks[0].Value {
			t.Errorf("an old case counts %d days under %s", c.Clock.Value, old.rules(t))
		}
		move := fields{"version": "e2e-2", "reason": "新规则包期限更短，当事机构同意适用"}
		old.act(t, "commission", "/rules", move).refused(t, http.StatusForbidden)
		old.act(t, "commission-head", "/rules", move.with("reason", " ")).refused(t, http.StatusUnprocessableEntity)
		old.act(t, "commission-head", "/rules", move.with("version", "unknown")).refused(t, http.StatusNotFound)
		c := old.does(t, "commission-head", "/rules", move)
		if c.Clock.Value != 7 || old.rules(t) != "e2e-2" || c.named("rules_moved") == nil || c.named("recomputed") == nil {
			t.Errorf("moved: %d days under %s", c.Clock.Value, old.rules(t))
		}
		old.act(t, "commission-head", "/rules", move).refused(t, http.StatusConflict)
		old.does(t, "commission", "/form-check", complete)
	})
}

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
	ids, err := record.OpenShareRequests(t.Context(), "", 1000)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]map[string]workday.Day{}
	for _, id := range ids {
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
