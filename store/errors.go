package store

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"

	"datagov/domain/fault"
)

// errStale says that somebody else changed the row first.
var errStale = fault.New(fault.Conflict, "本事项刚刚被其他人办理，请刷新后重试")

// IsStale says whether the error only means that another writer was faster, so
// that reading again and judging again is worth it.
func IsStale(err error) bool { return errors.Is(err, errStale) }

// SQLite's extended result codes for broken unique keys.
const (
	sqliteUnique     = 2067
	sqlitePrimaryKey = 1555
	sqliteBusy       = 5
	sqliteCheck      = 275
	sqliteTrigger    = 1811
	sqliteForeignKey = 787
	sqliteNotNull    = 1299
)

// guarded is a write that the record itself had to refuse: a rule let it
// through. It is logged loudly and never tried again.
func guarded(err error) error {
	slog.Error("the record refused a write that the rules had let through", slog.Any("error", err))
	return fmt.Errorf("%w: %w", fault.New(fault.Internal, "系统内部出错，没有保存任何内容"), err)
}

// translate turns what the drivers say into what the rest understands. A
// broken key means another writer was faster. A CHECK or trigger that had to
// step in means a rule let something through: that is trouble, loud and 500.
func translate(err error) error {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		switch pg.Code {
		case "23505", "40001", "40P01":
			return fmt.Errorf("%w (%s)", errStale, pg.ConstraintName)
		case "23514", "P0001", "23503", "23502":
			return guarded(err)
		}
		if strings.HasPrefix(pg.Code, "22") { // a value that cannot be stored, now or ever
			return guarded(err)
		}
	}
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		switch lite.Code() {
		case sqliteUnique, sqlitePrimaryKey, sqliteBusy:
			return fmt.Errorf("%w (%d)", errStale, lite.Code())
		case sqliteCheck, sqliteTrigger, sqliteForeignKey, sqliteNotNull:
			return guarded(err)
		}
	}
	return err
}
