package migrations_test

import (
	"context"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"datagov/internal/testkit"
	"datagov/migrations"
	"datagov/store"
)

var update = flag.Bool("update", false, "write testdata/schema.*.txt")

// What each database holds after every migration: reviewed like code, because
// the rules that hold against everybody who can write SQL stand here. Article 25.
func TestTheSchemaIsTheReviewedOne(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, address, query string }{
		{"sqlite", testkit.SQLite(t), sqliteSchema},
		{"postgres", testkit.Postgres(t), postgresSchema},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := dump(t, tt.address, tt.query)
			golden := filepath.Join("testdata", "schema."+tt.name+".txt")
			if *update {
				if err := errors.Join(os.MkdirAll("testdata", 0o755), os.WriteFile(golden, []byte(got), 0o644)); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("the schema differs from %s; if that is meant, run go test ./migrations -update and review the difference:\n%s",
					golden, difference(string(want), got))
			}
		})
	}
}

func TestARecordThatIsNotMigratedIsNoticed(t *testing.T) {
	t.Parallel()
	s := open(t, testkit.SQLite(t))
	if pending, err := migrations.Pending(t.Context(), s.DB()); err == nil && pending == 0 {
		t.Error("an empty file passes for a migrated record")
	}
}

// Two processes may start on one PostgreSQL at the same time.
func TestTwoProcessesMayMigrateAtOnce(t *testing.T) {
	t.Parallel()
	address := testkit.Postgres(t)
	results := make(chan error, 3)
	for range cap(results) {
		s := open(t, address)
		go func() { results <- migrations.Up(context.WithoutCancel(t.Context()), s.DB()) }()
	}
	for range cap(results) {
		if err := <-results; err != nil {
			t.Error(err)
		}
	}
}

func open(t *testing.T, address string) *store.Store {
	t.Helper()
	s, err := store.Open(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// sqliteSchema lists what was created, as it was written.
const sqliteSchema = `SELECT type || ' ' || name || ': ' || sql FROM sqlite_master
WHERE sql IS NOT NULL AND name NOT LIKE 'bun_%' AND name NOT LIKE 'sqlite_%' ORDER BY tbl_name, type DESC, name`

// postgresSchema lists columns, constraints, indexes, triggers and functions.
const postgresSchema = `
SELECT line FROM (
    SELECT table_name AS place, 1 AS kind, ordinal_position AS n, table_name || '.' || column_name || ' ' || data_type ||
        CASE is_nullable WHEN 'NO' THEN ' not null' ELSE '' END || coalesce(' default ' || column_default, '') AS line
    FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL
    SELECT c.relname, 2, 0, c.relname || ' ' || pg_get_constraintdef(k.oid)
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
    WHERE k.connamespace = 'public'::regnamespace AND k.contype IN ('p', 'u', 'f', 'c')
    UNION ALL
    SELECT tablename, 3, 0, indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL
    SELECT c.relname, 4, 0, pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal
    UNION ALL
    SELECT '~' || p.proname, 5, 0, pg_get_functiondef(p.oid) FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
) AS all_lines WHERE place NOT LIKE 'bun_%' ORDER BY place, kind, n, line`

// dump migrates an empty database and reads its schema.
func dump(t *testing.T, address, query string) string {
	t.Helper()
	s := open(t, address)
	if err := migrations.Up(t.Context(), s.DB()); err != nil {
		t.Fatal(err)
	}
	var lines []string
	if err := s.DB().NewRaw(query).Scan(t.Context(), &lines); err != nil {
		t.Fatal(err)
	}
	for i, line := range lines {
		lines[i] = strings.TrimSpace(line)
	}
	return strings.Join(lines, "\n") + "\n"
}

// difference lists the lines that only one side has.
func difference(want, got string) string {
	has := func(text string) map[string]bool {
		lines := map[string]bool{}
		for line := range strings.Lines(text) {
			lines[line] = true
		}
		return lines
	}
	var b strings.Builder
	before, after := has(want), has(got)
	for line := range strings.Lines(want) {
		if !after[line] {
			b.WriteString("- " + line)
		}
	}
	for line := range strings.Lines(got) {
		if !before[line] {
			b.WriteString("+ " + line)
		}
	}
	return b.String()
}
