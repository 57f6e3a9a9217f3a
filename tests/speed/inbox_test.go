package speed

import (
	"context"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"datagov/internal/testkit"
	"datagov/migrations"
	"datagov/store"
)

// desks are how many tasks a small and a large record hold; rounds is how often
// the inbox of one person is asked of each, in turn.
const (
	smallDesk = 10_000
	largeDesk = 1_000_000
	rounds    = 2_000
)

// BenchmarkInbox asks a small and a large record in turn for what the page
// shows first: the first page of what is to do, with the people of each task,
// and the counts of all boxes. The person has 200 open tasks on both; of those
// he has done, the large record has ten times as many. It reports the p99 of
// both and their ratio.
func BenchmarkInbox(b *testing.B) {
	for name, address := range bothDatabases() {
		b.Run(name, func(b *testing.B) {
			started := time.Now()
			small, large := fillDesk(b, address(b), smallDesk, 5), fillDesk(b, address(b), largeDesk, 50)
			b.ReportMetric(time.Since(started).Seconds(), "fill-s")
			var quick, slow []time.Duration
			for round := range rounds + rounds/10 {
				at10k, at1M := inbox(b, small), inbox(b, large)
				if round >= rounds/10 { // the first are for warming up
					quick, slow = append(quick, at10k), append(slow, at1M)
				}
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(milliseconds(quick, 99), "10k-p99-ms")
			b.ReportMetric(milliseconds(slow, 99), "1M-p99-ms")
			b.ReportMetric(milliseconds(slow, 99)/milliseconds(quick, 99), "p99-ratio")
			b.ReportMetric(milliseconds(slow, 50)/milliseconds(quick, 50), "p50-ratio")
		})
	}
}

// bothDatabases gives the address of an empty record by the name of its database.
func bothDatabases() map[string]func(testing.TB) string {
	return map[string]func(testing.TB) string{
		"SQLite":     func(t testing.TB) string { return filepath.Join(t.TempDir(), "datagov.db") },
		"PostgreSQL": testkit.Postgres,
	}
}

// inbox asks once for what the page shows first and says how long it took.
func inbox(b *testing.B, record *store.Store) time.Duration {
	b.Helper()
	ctx, started, account := b.Context(), time.Now(), testkit.Clerk.Account
	rows, err := record.Tasks(ctx, store.TaskFilter{Box: "todo", Account: account, Limit: 21})
	must(b, err)
	ids := []string{}
	for _, row := range rows {
		ids = append(ids, row.ID)
	}
	people, err := record.Assignees(ctx, ids)
	must(b, err)
	counts, err := record.CountBoxes(ctx, account, begun, begun.AddDate(0, 0, 2))
	must(b, err)
	took := time.Since(started)
	if len(rows) != 21 || len(people) < 21 || counts.Todo != 200 || counts.Done != store.CountedAtMost || counts.Overdue == 0 {
		b.Fatalf("%d tasks of %d people, %+v", len(rows), len(people), counts)
	}
	return took
}

// milliseconds is a percentile of what was measured.
func milliseconds(took []time.Duration, percent int) float64 {
	sorted := slices.Sorted(slices.Values(took))
	return sorted[(len(sorted)-1)*percent/100].Seconds() * 1e3
}

// fillDesk makes a record with n tasks that are spread over 500 people; every
// so many is one of the clerk's, and he has 200 of them to do. Of the others'
// tasks one in fifty is open, and one in three was given to two people.
func fillDesk(b *testing.B, address string, n, every int) *store.Store {
	b.Helper()
	record, err := store.Open(address)
	must(b, err)
	b.Cleanup(func() { _ = record.Close() })
	must(b, migrations.Up(b.Context(), record.DB()))
	testkit.Fill(b, record, begun)
	must(b, record.Tx(b.Context(), func(ctx context.Context, tx store.Tx) error {
		for i := range 500 {
			name := fmt.Sprintf("person-%d", 1000+i)
			err := tx.InsertAccount(ctx, store.Account{ID: name, Username: name, Name: name, AgencyID: "health", Active: true, CreatedAt: begun})
			if err != nil {
				return err
			}
		}
		return nil
	}))
	const batch = 100_000
	for _, statement := range deskRows {
		statement = strings.NewReplacer("{every}", strconv.Itoa(every), "{open}", strconv.Itoa(n/every/200)).Replace(statement)
		statement = minutes.ReplaceAllString(statement, at(address))
		for from := 0; from < n; from += batch {
			_, err := record.DB().ExecContext(b.Context(), statement, from, min(from+batch, n)-1)
			must(b, err)
		}
	}
	if isPostgres(address) { // which does it by itself in time
		_, err = record.DB().ExecContext(b.Context(), "VACUUM ANALYZE")
		must(b, err)
	}
	return record
}

func isPostgres(address string) bool { return strings.HasPrefix(address, "postgres") }

// minutes stands for the instant so many minutes after the beginning of 2021.
var minutes = regexp.MustCompile(`\{at:(.+?)\}`)

// at says in the words of the database which instant that is.
func at(address string) string {
	if isPostgres(address) {
		return "timestamptz '2021-01-01 00:00:00+00' + ($1) * interval '1 minute'"
	}
	return "strftime('%Y-%m-%d %H:%M:%S+00:00', '2021-01-01 00:00:00', '+' || ($1) || ' minutes')"
}

// deskRows fill tasks and their boxes by the number of the row, in whichever database.
var deskRows = func() []string {
	when := func(minutes string) string { return "{at:" + minutes + "}" }
	numbers := "WITH RECURSIVE n (i) AS (SELECT ? UNION ALL SELECT i + 1 FROM n WHERE i < ?), " +
		"t AS (SELECT i, i % {every} = 0 AS mine, " +
		"CASE WHEN i % {every} = 0 THEN i / {every} % {open} = 0 ELSE i % 50 = 1 END AS is_open, " +
		"'person-' || (1000 + i % 50000 * 7919 % 499) AS other FROM n) "
	dueAt := when("3092400 + i % 50000 * 7919 % 57600") // within forty days from 2026-11-18 on
	return []string{
		numbers + "INSERT INTO task (id, case_id, case_kind, step, title, agency_id, role, party_id, due_at, last_day, provisional, created_at, closed_at, closed_by) " +
			"SELECT 'task-' || (10000000 + i), 'case-' || i, 'share_request', 'provider_opinion', '提出意见：共享申请', 'health', 'clerk', 'civil', " +
			dueAt + ", '2026-12-01', FALSE, " + when("i") + ", CASE WHEN is_open THEN NULL ELSE " + when("i + 60") + " END, " +
			"CASE WHEN is_open THEN NULL WHEN mine THEN 'civil-1' ELSE other END FROM t",
		numbers + "INSERT INTO task_assignee (task_id, account_id, position, box, holder, added_by, state, acted_by, acted_at, is_open, sort_at) " +
			"SELECT 'task-' || (10000000 + i), CASE WHEN mine THEN 'civil-1' ELSE other END, 0, 'todo', TRUE, '', " +
			"CASE WHEN is_open THEN 'waiting' ELSE 'signed' END, CASE WHEN is_open THEN '' WHEN mine THEN 'civil-1' ELSE other END, " +
			"CASE WHEN is_open THEN NULL ELSE " + when("i + 60") + " END, is_open, " + dueAt + " FROM t",
		numbers + "INSERT INTO task_assignee (task_id, account_id, position, box, holder, added_by, state, acted_by, is_open, sort_at) " +
			"SELECT 'task-' || (10000000 + i), 'person-1499', 1, 'todo', TRUE, '', " +
			"CASE WHEN is_open THEN 'waiting' ELSE 'over' END, '', is_open, " + dueAt + " FROM t WHERE NOT mine AND i % 3 = 0",
	}
}()
