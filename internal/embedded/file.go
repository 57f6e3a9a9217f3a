//go:build !noembed

package embedded

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"syscall"

	"go.temporal.io/server/common/persistence/sql/sqlplugin"
	"go.temporal.io/server/schema/sqlite"
	_ "modernc.org/sqlite" // the driver that the server uses too
)

// fileLock keeps a second engine away from the file. The system drops it when
// the process ends, however it ends.
type fileLock struct{ file *os.File }

func lockFile(name string) (*fileLock, error) {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o600) //nolint:gosec // the operator names the file
	if err != nil {
		return nil, fmt.Errorf("open lock: %w", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, errors.Join(fmt.Errorf("%s: another process runs the engine on this file", name), f.Close())
	}
	return &fileLock{file: f}, nil
}

func (l *fileLock) release() {
	if l != nil {
		_ = l.file.Close() // closing drops the lock; the empty file stays
	}
}

// ensureFile makes the database where there is none. It is made beside its place
// and moved there when complete, so that a crash never leaves half a schema.
func ensureFile(file string) error {
	if _, err := os.Stat(file); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	unfinished := file + ".new"
	if err := os.Remove(unfinished); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove unfinished schema: %w", err)
	}
	if err := writeSchema(unfinished); err != nil {
		return fmt.Errorf("set up schema: %w", err)
	}
	return os.Rename(unfinished, file)
}

func writeSchema(file string) error {
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: file}).EscapedPath())
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	return errors.Join(sqlite.SetupSchemaOnDB(statements{db: db}), db.Close())
}

// statements lends the server's schema code the one method it uses.
type statements struct {
	sqlplugin.AdminDB

	db *sql.DB
}

// Exec runs one statement of the schema.
func (s statements) Exec(statement string, args ...any) error {
	_, err := s.db.ExecContext(context.Background(), statement, args...)
	return err
}
