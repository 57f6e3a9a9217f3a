// Package store keeps the record: rows in SQLite or PostgreSQL through bun,
// turned into domain types and back. A change and its audit event are one
// transaction, and a row changes only if nobody else changed it meanwhile.
//
// [Open] picks the dialect from the address. Reading methods hang on [Reader]
// and work on the store and inside a transaction; writing methods hang on [Tx],
// so nothing can be written outside [Store.Tx].
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"strings"

	_ "github.com/jackc/pgx/v5/stdlib" // registers the driver "pgx"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/dialect/sqlitedialect"
	_ "modernc.org/sqlite" // registers the driver "sqlite"

	"datagov/domain/fault"
)

// Store is the open record.
type Store struct {
	Reader
	db       *bun.DB
	calendar calendarCache
	queue    writeQueue
}

// Reader reads the record, alone or inside a transaction.
type Reader struct{ db bun.IDB }

// Tx writes the record. It lives only inside [Store.Tx].
type Tx struct{ Reader }

// Open opens the record. A "postgres://" address is PostgreSQL; anything else
// is the path of a SQLite file.
func Open(address string) (*Store, error) {
	var db *bun.DB
	var queue writeQueue
	if strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://") {
		sqldb, err := sql.Open("pgx", address)
		if err != nil {
			return nil, fmt.Errorf("open postgresql: %w", err)
		}
		sqldb.SetMaxOpenConns(32)
		sqldb.SetMaxIdleConns(32)
		db = bun.NewDB(sqldb, pgdialect.New())
	} else {
		sqldb, err := sql.Open("sqlite", sqliteAddress(address))
		if err != nil {
			return nil, fmt.Errorf("open sqlite: %w", err)
		}
		sqldb.SetMaxOpenConns(16)
		sqldb.SetMaxIdleConns(16)
		db, queue = bun.NewDB(sqldb, sqlitedialect.New()), make(writeQueue, 1)
	}
	db = db.WithQueryHook(slowQueries{})
	return &Store{Reader: Reader{db}, db: db, queue: queue}, nil
}

// sqliteAddress sets what every connection needs: each is a SQLite of its own.
// busy_timeout stands first because the other pragmas may already have to
// wait; immediate transactions queue writers instead of failing them late;
// FULL keeps an acknowledged decision through a power cut.
func sqliteAddress(path string) string {
	escaped := (&url.URL{Path: path}).EscapedPath()
	return "file:" + escaped + "?_txlock=immediate&_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)" +
		"&_pragma=synchronous(FULL)&_pragma=foreign_keys(ON)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-32000)"
}

// DB gives the database to the migrations, which own the schema.
func (s *Store) DB() *bun.DB { return s.db }

// Close closes every connection.
func (s *Store) Close() error { return s.db.Close() }

// Ping says whether the record answers.
func (s *Store) Ping(ctx context.Context) error { return s.db.PingContext(ctx) }

// Tx runs fn in one transaction and rolls back when it returns an error.
func (s *Store) Tx(ctx context.Context, fn func(ctx context.Context, tx Tx) error) error {
	err := s.queue.inTurn(ctx, func() error {
		return s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
			return fn(ctx, Tx{Reader{tx}})
		})
	})
	return translate(err)
}

// found turns "no rows" into a refusal that says what was not found.
func found(err error, what string) error {
	if errors.Is(err, sql.ErrNoRows) {
		return fault.New(fault.NotFound, "没有找到"+what)
	}
	if err != nil {
		return fmt.Errorf("read %s: %w", what, err)
	}
	return nil
}
