package tests

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

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

// A date that moved earlier while the server was down is pushed when it starts.
func TestClockEarlierDateOfAStoppedServerRingsAtTheStart(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, p place) {
		r := serve(t, p)
		early := r.asking(t)
		r.stop(t)
		record := recordOf(t, p)
		early.backdate(t, record)
		if said := commanded(t, p, "clock", "recompute"); !strings.Contains(said, early.id) || !strings.Contains(said, "涉及事项 1 件") {
			t.Errorf("the report says:\n%s", said)
		}
		commanded(t, p, "clock", "recompute", "--apply")
		if nudges, err := record.Nudges(t.Context(), 10); err != nil || len(nudges) != 1 || nudges[0].CaseID != early.id {
			t.Errorf("to be told: %+v, %v", nudges, err)
		}
		again := r.again(t)
		eventually(t, "the earlier deadline rings", func() bool { return slices.Contains(names(t, record, early.id), "share_request.late") })
		eventually(t, "the case is told once", func() bool {
			nudges, err := record.Nudges(t.Context(), 10)
			return err == nil && len(nudges) == 0
		})
		matter{again, early.id}.does(t, "civil-head", "/sign-off", sign).in(t, "form_check")
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
			if k.BasisKind == "法定" { // what is taken by analogy stops no statutory term
				if len(k.Suspensions) != 0 {
					t.Errorf("%s is 法定 and was suspended: %+v", k.Code, k.Suspensions)
				}
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
