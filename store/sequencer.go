package store

import (
	"context"
	"fmt"

	"github.com/uptrace/bun/dialect"
)

// sequencerLock is the advisory lock of the one sequencer on PostgreSQL.
const sequencerLock = 310113002

// Publish gives the next batch of committed events their positions and says
// how many it placed. Identity order is not commit order, so only this one
// place numbers events; while another node holds the lock it places none.
func (s *Store) Publish(ctx context.Context, batch int) (int, error) {
	placed := 0
	err := s.Tx(ctx, func(ctx context.Context, tx Tx) error {
		ok, err := s.claimSequencer(ctx, tx)
		if err != nil || !ok {
			return err
		}
		last, err := tx.LastPublished(ctx)
		if err != nil {
			return err
		}
		var pending []pendingRow
		if err := tx.db.NewSelect().Model(&pending).Order("stream", "seq").Limit(int64(batch)).Scan(ctx); err != nil {
			return fmt.Errorf("read pending events: %w", err)
		}
		if len(pending) == 0 {
			return nil
		}
		rows := make([]Published, 0, len(pending))
		for i, p := range pending {
			rows = append(rows, Published{Position: last + int64(i) + 1, Stream: p.Stream, Seq: p.Seq})
		}
		if _, err := tx.db.NewInsert().Model(&rows).Exec(ctx); err != nil {
			return fmt.Errorf("publish events: %w", err)
		}
		if _, err := tx.db.NewDelete().Model(&pending).WherePK().Exec(ctx); err != nil {
			return fmt.Errorf("clear pending events: %w", err)
		}
		placed = len(rows)
		return nil
	})
	return placed, err
}

// HasPending says whether anything waits for a position; it takes no lock.
func (r Reader) HasPending(ctx context.Context) (bool, error) {
	ok, err := r.db.NewSelect().Model((*pendingRow)(nil)).Limit(1).Exists(ctx)
	if err != nil {
		return false, fmt.Errorf("look for pending events: %w", err)
	}
	return ok, nil
}

func (s *Store) claimSequencer(ctx context.Context, tx Tx) (bool, error) {
	if s.db.Dialect().Name() != dialect.PG {
		return true, nil
	}
	var ok bool
	if err := tx.db.NewRaw("SELECT pg_try_advisory_xact_lock(?)", sequencerLock).Scan(ctx, &ok); err != nil {
		return false, fmt.Errorf("claim sequencer: %w", err)
	}
	return ok, nil
}
