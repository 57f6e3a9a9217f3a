package tests

import (
	"context"
	"database/sql"
	"maps"
	"strings"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
	_ "modernc.org/sqlite"             // the driver "sqlite"

	"datagov/store"
)

// open opens the record beside the server; access is "ro" or "rw".
func (p place) open(t testing.TB, access string) *sql.DB {
	t.Helper()
	driver, address := "sqlite", "file:"+p.data+"/datagov.db?mode="+access+"&_pragma=busy_timeout(20000)&_pragma=foreign_keys(ON)"
	if p.postgres != "" {
		driver, address = "pgx", p.postgres
	}
	db, err := sql.Open(driver, address)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(4)
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// number reads one number.
func number(t testing.TB, db *sql.DB, query string, args ...any) int {
	t.Helper()
	n, err := numberOf(db, query, args...)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

func numberOf(db *sql.DB, query string, args ...any) (int, error) {
	var n int
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	err := db.QueryRowContext(ctx, query, args...).Scan(&n)
	return n, err
}

// word reads one text.
func word(t testing.TB, db *sql.DB, query string, args ...any) string {
	t.Helper()
	var s string
	if err := db.QueryRowContext(t.Context(), query, args...).Scan(&s); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return s
}

// ofCase are the rows that a case consists of.
var ofCase = map[string]string{
	"share_request":      "SELECT count(*) FROM share_request WHERE id = $1",
	"version":            "SELECT coalesce(max(version), 0) FROM share_request WHERE id = $1",
	"share_request_part": "SELECT count(*) FROM share_request_part WHERE request_id = $1",
	"opinion":            "SELECT count(*) FROM opinion WHERE request_id = $1",
	"legal_ground":       "SELECT count(*) FROM legal_ground g JOIN opinion o ON o.id = g.opinion_id WHERE o.request_id = $1",
	"opinion_signature":  "SELECT count(*) FROM opinion_signature s JOIN opinion o ON o.id = s.opinion_id WHERE o.request_id = $1",
	"event":              "SELECT count(*) FROM event WHERE stream = 'share-request/' || $1",
	"command":            "SELECT count(*) FROM command WHERE case_id = $1",
	"task":               "SELECT count(*) FROM task WHERE case_id = $1",
	"open task":          "SELECT count(*) FROM task WHERE case_id = $1 AND closed_at IS NULL",
	"access_grant":       "SELECT count(*) FROM access_grant WHERE request_id = $1",
	"case_clock":         "SELECT count(*) FROM case_clock WHERE case_id = $1",
	"case_material":      "SELECT count(*) FROM case_material WHERE case_id = $1",
	"case_version":       "SELECT count(*) FROM case_version WHERE case_id = $1",
	"opinion_material":   "SELECT count(*) FROM opinion_material WHERE case_id = $1",
}

// rows counts what the record holds of a case.
func rows(t testing.TB, db *sql.DB, id string) map[string]int {
	t.Helper()
	counts := map[string]int{}
	for name, query := range ofCase {
		counts[name] = number(t, db, query, id)
	}
	return counts
}

// ofPerson are the rows that a person's attempts could leave behind.
func ofPerson(t testing.TB, db *sql.DB, username string) map[string]int {
	t.Helper()
	id := word(t, db, "SELECT id FROM account WHERE username = $1", username)
	return map[string]int{
		"command":       number(t, db, "SELECT count(*) FROM command WHERE account_id = $1", id),
		"share_request": number(t, db, "SELECT count(*) FROM share_request WHERE submitted_by = $1", id),
		"opinion":       number(t, db, "SELECT count(*) FROM opinion WHERE drafted_by = $1", id),
		"signature":     number(t, db, "SELECT count(*) FROM opinion_signature WHERE signed_by = $1", id),
		"event":         number(t, db, "SELECT count(*) FROM event WHERE actor = $1", id),
	}
}

// unchanged wants the same rows as before.
func unchanged(t testing.TB, before, after map[string]int) {
	t.Helper()
	if !maps.Equal(before, after) {
		t.Errorf("something was written: before %v, after %v", before, after)
	}
}

// everything counts the rows of every table, logging in aside.
func everything(t testing.TB, p place) map[string]int {
	t.Helper()
	db := p.open(t, "ro")
	query := "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
	if p.postgres != "" {
		query = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
	}
	found, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer found.Close()
	var names []string
	for found.Next() {
		var name string
		if err := found.Scan(&name); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	if err := found.Err(); err != nil || len(names) < 20 {
		t.Fatalf("tables %v: %v", names, err)
	}
	counts := map[string]int{}
	for _, name := range names {
		if name != "session" && name != "login_attempt" && !strings.HasPrefix(name, "bun_") {
			counts[name] = number(t, db, `SELECT count(*) FROM "`+name+`"`)
		}
	}
	return counts
}

// store opens the record as the server does.
func (p place) store(t testing.TB) *store.Store {
	t.Helper()
	address := p.postgres
	if address == "" {
		address = p.data + "/datagov.db"
	}
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
