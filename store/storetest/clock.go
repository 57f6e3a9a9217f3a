package storetest

import (
	"context"
	"slices"
	"testing"
	"time"

	"datagov/domain/agency"
	"datagov/domain/audit"
	"datagov/domain/deadline"
	"datagov/domain/fault"
	"datagov/domain/law"
	"datagov/domain/sharing"
	"datagov/domain/workday"
	"datagov/store"
)

// file is a year of a few days as an import brings it.
func file(year int, days ...workday.Mark) workday.File { return workday.File{Year: year, Days: days} }

func importsCalendar(t *testing.T, r record) {
	t.Helper()
	bring := func(f workday.File, source string) (c store.CalendarChange, err error) {
		err = r.Tx(t.Context(), func(ctx context.Context, tx store.Tx) error {
			c, err = tx.ImportCalendar(ctx, store.CalendarImport{File: f, Source: source, By: agency.SystemActor("operator"), At: at})
			return err
		})
		return c, err
	}
	before, err := r.CalendarVersion(t.Context())
	r.must(err)
	off := workday.Mark{Day: "2027-03-01", Off: true, Name: "假日"}
	work := workday.Mark{Day: "2027-03-06", Name: "调休"}
	c, err := bring(file(2027, off, work), "国务院办公厅关于2027年部分节假日安排的通知")
	r.must(err)
	if c.After.Status != "official" || c.After.Version != c.Before.Version+1 || len(c.Added) != 2 || len(c.Removed) == 0 {
		t.Errorf("change %+v", c)
	}
	calendar, err := r.Reader.Calendar(t.Context())
	r.must(err)
	if ok, _ := calendar.Working(off.Day); ok || calendar.Year(2027).Status != workday.Official || calendar.Version() == before || calendar.Version() != c.Calendar.Version() {
		t.Errorf("calendar %s, planned %s, before %s", calendar.Version(), c.Calendar.Version(), before)
	}
	days, err := r.CalendarDays(t.Context(), "2027-01-01", "2027-12-31")
	if err != nil || !slices.Equal(days, []workday.Mark{off, work}) {
		t.Errorf("days %v, %v", days, err)
	}
	if c, err := bring(file(2027, off, work), "国务院办公厅关于2027年部分节假日安排的通知"); err != nil || !c.None() {
		t.Errorf("the same year again: %+v, %v", c, err)
	}
	if _, err := bring(file(2027, off), ""); fault.KindOf(err) != fault.Conflict {
		t.Errorf("an official year was replaced by a provisional one: %v", err)
	}
	if c, err := bring(file(2031, workday.Mark{Day: "2031-01-01", Off: true, Name: "元旦"}), ""); err != nil || c.After.Status != "provisional" || c.After.Version != 1 {
		t.Errorf("a new year: %+v, %v", c, err)
	}
	events, err := r.Events(t.Context(), store.CalendarStream(2027), 0, 10)
	if err != nil || len(events) != 1 || events[0].Name != "calendar.imported" || audit.Verify(events) != nil {
		t.Errorf("events %+v, %v", events, err)
	}
	last, err := r.LastEvent(t.Context(), store.CalendarStream(2027), "calendar.imported")
	if err != nil || !last.Equal(at.Truncate(time.Microsecond)) {
		t.Errorf("last import at %s, %v", last, err)
	}
	if last, err := r.LastEvent(t.Context(), store.CalendarStream(2027), "calendar.other"); err != nil || !last.IsZero() {
		t.Errorf("an event that never was at %s, %v", last, err)
	}
}

func recountsClocks(t *testing.T, r record) {
	t.Helper()
	for _, id := range []string{"a", "b", "c"} {
		r.insert(id)
	}
	calendar, err := r.Reader.Calendar(t.Context())
	r.must(err)
	recounted := func(c workday.Calendar, from workday.Day) []string {
		ids := []string{}
		r.must(r.Recounts(t.Context(), c, from, at, func(found store.CaseRecount) error {
			if len(found.Clocks) != 1 || found.Title == "" || !found.Clocks[0].After.After(found.Clocks[0].Before) {
				t.Errorf("found %+v", found)
			}
			ids = append(ids, found.CaseID)
			return nil
		}))
		return ids
	}
	if got := recounted(calendar, ""); len(got) != 0 {
		t.Errorf("nothing has changed, but %v", got)
	}
	days, err := r.CalendarDays(t.Context(), "2026-01-01", "2026-12-31")
	r.must(err)
	head := calendar.Year(2026)
	head.Version++
	moved := calendar.With("next", head, append(days, workday.Mark{Day: "2026-11-24", Off: true, Name: "新增假日"}))
	if got := recounted(moved, ""); !slices.Equal(got, []string{"a", "b", "c"}) {
		t.Errorf("counted again: %v", got)
	}
	if got := recounted(moved, "2027-01-01"); len(got) != 0 {
		t.Errorf("clocks that end before 2027: %v", got)
	}
}

func keepsNudges(t *testing.T, r record) {
	t.Helper()
	for i, id := range []string{"b", "a", "b"} {
		r.write(func(ctx context.Context, tx store.Tx) error {
			return tx.PutNudge(ctx, store.Nudge{CaseID: id, Version: int64(i + 1), CreatedAt: at.Add(time.Duration(i) * time.Second)})
		})
	}
	rows, err := r.Nudges(t.Context(), 10)
	if err != nil || len(rows) != 2 || rows[0].CaseID != "b" || rows[0].Version != 3 {
		t.Fatalf("nudges %+v, %v", rows, err)
	}
	old := rows[0]
	old.Version = 1
	r.must(r.DropNudge(t.Context(), old)) // the case has moved again since
	r.must(r.DropNudge(t.Context(), rows[1]))
	if rows, err = r.Nudges(t.Context(), 10); err != nil || len(rows) != 1 || rows[0].CaseID != "b" {
		t.Errorf("left %+v, %v", rows, err)
	}
}

func keepsPacks(t *testing.T, r record) {
	t.Helper()
	first, err := r.Pack(t.Context(), "2026-11")
	r.must(err)
	reason, err := first.Suspension("third_party", "2026-11-23")
	if err != nil || reason.Limit != 15 || reason.Basis != deadline.ByAnalogy || len(reason.Clocks) != 3 {
		t.Errorf("reason %+v, %v", reason, err)
	}
	if bulk, err := r.RuleItems(t.Context(), "2026-11", deadline.KindBulk); err != nil || len(bulk) != 2 {
		t.Errorf("bulk %+v, %v", bulk, err)
	}
	next := deadline.PackFile{Version: "2027-01", AdoptedOn: "2027-01-01", Note: "下一包", Terms: first.Terms, Items: first.Items}
	next.Terms = append(slices.Clone(next.Terms), deadline.ScopedTerm{Term: deadline.Term{
		Code: "incident.report", Title: "事件报告", Value: 24, Unit: deadline.Hour, Basis: deadline.Statutory, Source: "条例",
		Citation: law.Citation{Edition: "国务院令第790号", Article: "10"}, InForceFrom: "2027-01-01",
	}})
	r.write(func(ctx context.Context, tx store.Tx) error { return tx.InsertPack(ctx, next) })
	got, err := r.Pack(t.Context(), "2027-01")
	r.must(err)
	if len(got.Terms) != len(first.Terms)+1 || !slices.Equal(got.Items, first.Items) {
		t.Errorf("the pack came back with %d terms and %d items", len(got.Terms), len(got.Items))
	}
	for day, want := range map[workday.Day]string{"2026-12-31": "2026-11", "2027-01-01": "2027-01"} {
		if version, err := r.PackVersion(t.Context(), day); err != nil || version != want {
			t.Errorf("on %s the pack is %s, %v", day, version, err)
		}
	}
	if err := r.MayApplyPack(t.Context(), "2027-01", "2026-12-31"); fault.KindOf(err) != fault.Conflict {
		t.Errorf("before its day: %v", err)
	}
	if err := r.MayApplyPack(t.Context(), "unknown", "2026-12-31"); fault.KindOf(err) != fault.NotFound {
		t.Errorf("an unknown pack: %v", err)
	}
	for _, table := range []struct{ name, column string }{{"rule_pack", "note"}, {"term", "title"}, {"rule_item", "title"}} {
		r.refuses("change "+table.name, "UPDATE "+table.name+" SET "+table.column+" = 'x'")
		r.refuses("delete from "+table.name, "DELETE FROM "+table.name)
	}
	r.refuses("print 法定 without its article", "INSERT INTO rule_item (pack, kind, code, title, body, basis, source, edition, article, in_force_from)"+
		" VALUES ('2026-11', 'level', 'L9', 'x', '{}', '法定', 'x', '', '', '2026-01-01')")
	// A suspended clock comes back with its reason, limit and article.
	made := r.insert("case")
	after := made
	after.Request = made.Clone()
	after.Status = sharing.SignOff
	r.must(after.Clocks[0].Suspend(first.Calendar, at, reason))
	r.write(func(ctx context.Context, tx store.Tx) error {
		return tx.SaveShareRequest(ctx, made.Request, &after, at)
	})
	again, err := r.ShareRequest(t.Context(), "case")
	if err != nil || again.Clocks[0].Suspended[0] != after.Clocks[0].Suspended[0] {
		t.Errorf("suspended %+v, %v", again.Clocks[0].Suspended, err)
	}
}
