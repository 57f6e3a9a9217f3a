package store

import (
	"context"
	"database/sql"
)

// writeQueue lets the writers of this process to SQLite one at a time, in the
// order they came: SQLite has one writer, and those who find it busy would
// otherwise sleep and look again, the unlucky ones for seconds while others
// overtake them. Writers of other processes still wait by busy_timeout.
// PostgreSQL orders its writers itself, and its queue is nil.
type writeQueue chan struct{}

// inTurn writes when its turn has come, or not at all when the context ends first.
func (q writeQueue) inTurn(ctx context.Context, write func() error) error {
	if q == nil {
		return write()
	}
	select {
	case q <- struct{}{}:
		defer func() { <-q }()
		return write()
	case <-ctx.Done():
		return ctx.Err()
	}
}

// exec carries a single statement that is a transaction of its own.
func (s *Store) exec(ctx context.Context, statement interface {
	Exec(ctx context.Context, dest ...any) (sql.Result, error)
},
) error {
	return s.queue.inTurn(ctx, func() error {
		_, err := statement.Exec(ctx)
		return err
	})
}

// Abreast is how many writers get on at once: one with SQLite.
func (s *Store) Abreast() int {
	if s.queue != nil {
		return 1
	}
	return 4
}
