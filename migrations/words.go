// Package migrations is the schema of the record: one set of SQL files that
// runs on SQLite and PostgreSQL, with the few words that differ filled in.
//
// Files are named YYYYMMDDHHMMSS_words.tx.up.sql, run in one transaction each,
// and are never edited after a release: mend forward with a new file. Call
// [Up] to migrate and [Pending] to ask whether anything is left to do.
package migrations

import (
	"context"
	"embed"
	"fmt"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect"
	"github.com/uptrace/bun/migrate"
)

//go:embed *.sql
var files embed.FS

// guarded is a table whose rows are never changed; Same finds a row with the
// key of NEW, so that REPLACE cannot remove one in silence.
type guarded struct{ Name, Same string }

type words struct {
	Postgres       bool
	Time           string
	AppendOnly     []guarded
	Kept           []guarded
	Receipts       []guarded
	Notices        []guarded // kept since 20261124000400
	InsertOrUpdate []string
}

func wordsFor(db *bun.DB) words {
	w := words{
		Time: "TIMESTAMP",
		AppendOnly: []guarded{
			{"event", "(x.stream = NEW.stream AND x.seq = NEW.seq) OR x.hash = NEW.hash"},
			{"event_position", "x.position = NEW.position OR (x.stream = NEW.stream AND x.seq = NEW.seq)"},
			{"opinion", "x.id = NEW.id"},
			{"legal_ground", "x.opinion_id = NEW.opinion_id AND x.position = NEW.position"},
			{"opinion_signature", "x.opinion_id = NEW.opinion_id"},
		},
		Kept: []guarded{
			{"share_request", "x.id = NEW.id"},
			{"access_grant", "x.id = NEW.id OR (x.request_id = NEW.request_id AND x.path = NEW.path)"},
			{"share_request_part", "x.request_id = NEW.request_id AND (x.position = NEW.position OR x.item_id = NEW.item_id)"},
			{"case_clock", "x.case_id = NEW.case_id AND x.position = NEW.position"},
		},
		Receipts: []guarded{
			{"case_material", "x.case_id = NEW.case_id AND x.digest = NEW.digest"},
			{"case_version", "x.case_id = NEW.case_id AND x.version = NEW.version"},
			{"opinion_material", "x.opinion_id = NEW.opinion_id AND x.moment = NEW.moment"},
		},
		Notices: []guarded{
			{"notice", "x.id = NEW.id"},
			{"webhook", "x.id = NEW.id"},
			{"delivery", "x.id = NEW.id OR (x.case_id = NEW.case_id AND x.position = NEW.position)"},
		},
		InsertOrUpdate: []string{"INSERT", "UPDATE"},
	}
	if db.Dialect().Name() == dialect.PG {
		w.Postgres, w.Time = true, "TIMESTAMPTZ"
	}
	return w
}

func migrator(db *bun.DB) (*migrate.Migrator, error) {
	set := migrate.NewMigrations()
	if err := set.Discover(files); err != nil {
		return nil, fmt.Errorf("discover migrations: %w", err)
	}
	set.Add(reference(db))
	set.Add(papers(db))
	return migrate.NewMigrator(db, set, migrate.WithMarkAppliedOnSuccess(true), migrate.WithTemplateData(wordsFor(db))), nil
}

// Up brings the record to the newest schema. Two processes may call it at
// once: PostgreSQL takes an advisory lock, a SQLite file is ours alone.
func Up(ctx context.Context, db *bun.DB) error {
	m, err := migrator(db)
	if err != nil {
		return err
	}
	unlock, err := lock(ctx, db)
	if err != nil {
		return err
	}
	defer unlock()
	if err := m.Init(ctx); err != nil {
		return fmt.Errorf("prepare migrations: %w", err)
	}
	if _, err := m.Migrate(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// lockKey is the advisory lock of the migrations on PostgreSQL.
const lockKey = 310113001

func lock(ctx context.Context, db *bun.DB) (func(), error) {
	if db.Dialect().Name() != dialect.PG {
		return func() {}, nil
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("lock migrations: %w", err)
	}
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock(?)", lockKey); err != nil {
		return nil, fmt.Errorf("lock migrations: %w", err)
	}
	return func() {
		_, _ = conn.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock(?)", lockKey)
		_ = conn.Close()
	}, nil
}

// Pending counts the migrations that have not run; api and worker refuse to
// start while it is not zero.
func Pending(ctx context.Context, db *bun.DB) (int, error) {
	m, err := migrator(db)
	if err != nil {
		return 0, err
	}
	status, err := m.MigrationsWithStatus(ctx)
	if err != nil {
		return 0, fmt.Errorf("read migrations (has the record been migrated?): %w", err)
	}
	return len(status.Unapplied()), nil
}
