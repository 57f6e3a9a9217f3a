package speed

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"datagov/activities"
	"datagov/domain/agency"
	"datagov/domain/deadline"
	"datagov/domain/sharing"
	"datagov/domain/workday"
	"datagov/internal/testkit"
	"datagov/migrations"
	"datagov/store"
)

// deadlines are how many terms run when the calendar changes; every case in
// joint review has three of them.
var deadlines = number("DATAGOV_BENCH_DEADLINES", 100_000)

// BenchmarkRecompute imports a holiday under 100,000 running deadlines, on both
// databases: how fast the report is, and how fast each case is counted again,
// stored with its event and its tasks in a transaction of its own.
func BenchmarkRecompute(b *testing.B) {
	for name, address := range bothDatabases() {
		b.Run(name, func(b *testing.B) {
			record, err := store.Open(address(b))
			must(b, err)
			b.Cleanup(func() { _ = record.Close() })
			must(b, migrations.Up(b.Context(), record.DB()))
			testkit.Fill(b, record, begun)
			fillReviews(b, record)
			recount(b, record)
		})
	}
}

// begun is the Monday on which every term of the benchmark began.
var begun = time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)

// fillReviews puts the cases in joint review on record.
func fillReviews(b *testing.B, record *store.Store) {
	b.Helper()
	pack, err := record.Pack(b.Context(), "2026-11")
	must(b, err)
	for done := 0; done*3 < deadlines; {
		must(b, record.Tx(b.Context(), func(ctx context.Context, tx store.Tx) error {
			for range 1000 {
				if err := insertReview(ctx, tx, pack, fmt.Sprintf("case-%06d", done)); err != nil {
					return err
				}
				done++
			}
			return nil
		}))
	}
}

func insertReview(ctx context.Context, tx store.Tx, pack deadline.Pack, id string) error {
	file := sharing.File{
		EntryID: testkit.EntryID, Items: []string{testkit.ItemHeld}, Purpose: "核对", Basis: "职责", System: "系统",
		Mode: sharing.RequestResponse, Until: "2027-06-30",
	}
	s, _, err := tx.Submission(ctx, id, testkit.Clerk, file, begun)
	if err != nil {
		return err
	}
	request, routed, _, err := sharing.Submit(s, pack)
	if err != nil {
		return err
	}
	for _, act := range []struct {
		by   agency.Actor
		move func(sharing.Move) error
	}{
		{testkit.Head, func(m sharing.Move) error { _, err := request.Sign(m); return err }},
		{testkit.CommissionOfficer, func(m sharing.Move) error { _, err := request.Complete(m); return err }},
	} {
		if err := act.move(sharing.Move{By: act.by, At: begun, Pack: pack}); err != nil {
			return err
		}
	}
	r := store.ShareRequest{Request: request, Words: store.Words{Title: "基准", Purpose: "核对", Basis: "职责", System: "系统", Mode: sharing.RequestResponse}}
	if err := tx.InsertShareRequest(ctx, &r, routed, begun); err != nil {
		return err
	}
	return openReviews(ctx, tx, r)
}

// openReviews opens the two tasks of a joint review, as the desk does.
func openReviews(ctx context.Context, tx store.Tx, r store.ShareRequest) error {
	for _, seat := range sharing.Seats(r.Request) {
		c := r.Clock(seat.Clock)
		holder := testkit.CommissionOfficer
		if seat.Agency == testkit.Provider.Agency {
			holder = testkit.Provider
		}
		err := tx.InsertTask(ctx, store.Task{
			ID: r.ID + "/" + seat.Step, CaseID: r.ID, CaseKind: "share_request", Kind: store.SeatTask, Step: seat.Step, Title: "基准",
			AgencyID: string(seat.Agency), Role: string(seat.Role), PartyID: string(r.Requester), DueAt: c.DueAt, LastDay: string(c.LastDay), CreatedAt: begun,
		}, store.Holding([]string{holder.Account}))
		if err != nil {
			return err
		}
	}
	return nil
}

// recount moves 2026-11-27 between rest and work, and counts everything again.
func recount(b *testing.B, record *store.Store) {
	b.Helper()
	marks, err := record.CalendarDays(b.Context(), "2026-01-01", "2026-12-31")
	must(b, err)
	day := workday.Mark{Day: "2026-11-27", Off: true, Name: "新增假日"}
	next := slices.DeleteFunc(slices.Clone(marks), func(m workday.Mark) bool { return m == day })
	if len(next) == len(marks) {
		next = append(next, day)
	}
	in := store.CalendarImport{File: workday.File{Year: 2026, Papers: []string{"基准"}, Days: next}, By: agency.SystemActor("operator"), At: begun}
	change, err := record.PlanCalendar(b.Context(), in)
	must(b, err)
	started, cases, running := time.Now(), 0, 0
	must(b, record.Recounts(b.Context(), change.Calendar, change.First(), begun, func(r store.CaseRecount) error {
		cases, running = cases+1, running+len(r.Clocks)
		return nil
	}))
	report := time.Since(started)
	must(b, record.Tx(b.Context(), func(ctx context.Context, tx store.Tx) error {
		_, err := tx.ImportCalendar(ctx, in)
		return err
	}))
	clocks := &activities.Clocks{Casework: &activities.Casework{Store: record, Now: time.Now}}
	started = time.Now()
	changed, err := clocks.Recompute(b.Context(), change.First())
	must(b, err)
	if changed != cases || running < deadlines {
		b.Fatalf("%d of %d cases changed, %d deadlines", changed, cases, running)
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(running)/report.Seconds(), "reported/s")
	b.ReportMetric(float64(running)/time.Since(started).Seconds(), "deadlines/s")
	b.ReportMetric(float64(running), "deadlines")
}
