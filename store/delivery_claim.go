package store

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"
)

// Claim says who takes deliveries, when, for how long, and how many.
type Claim struct {
	// By names this one round of one worker; no other round has the same name.
	By    string
	At    time.Time
	Lease time.Duration
	// Batch is the most that is taken, PerTarget the most for one target, so
	// that a slow one does not keep the others waiting.
	Batch, PerTarget int
	// Attempts is how often a delivery is tried before it is dead.
	Attempts int
}

// due are deliveries that may be sent now: nobody is sending them, and no
// earlier message of the same case to the same target is still waiting.
const due = `d.status = 'waiting' AND d.next_at <= ? AND (d.locked_until IS NULL OR d.locked_until <= ?)
	AND NOT EXISTS (SELECT 1 FROM delivery e WHERE e.case_id = d.case_id AND e.channel = d.channel AND e.target = d.target
		AND e.status = 'waiting' AND e.position < d.position)`

// HasDueDeliveries says whether anything waits to be sent; it takes no lock.
func (r Reader) HasDueDeliveries(ctx context.Context, at time.Time) (bool, error) {
	var found bool
	now := instant(at)
	err := r.db.NewRaw("SELECT EXISTS (SELECT 1 FROM delivery d WHERE "+due+")", now, now).Scan(ctx, &found)
	if err != nil {
		return false, fmt.Errorf("look for due deliveries: %w", err)
	}
	return found, nil
}

// ClaimDeliveries takes deliveries that are due under a lease. Two workers
// never hold the same one: the second update finds the lease of the first. A
// worker that dies leaves its lease to run out, and the tries it began count.
func (s *Store) ClaimDeliveries(ctx context.Context, c Claim) ([]Delivery, error) {
	rows := []Delivery{}
	now, until := instant(c.At), instant(c.At.Add(c.Lease))
	err := s.Tx(ctx, func(ctx context.Context, tx Tx) error {
		if err := tx.bury(ctx, c, now); err != nil {
			return err
		}
		var ids []string
		err := tx.db.NewRaw("SELECT id FROM (SELECT d.id, d.next_at, row_number() OVER (PARTITION BY d.channel, d.target ORDER BY d.next_at, d.id) AS n"+
			" FROM delivery d WHERE "+due+") AS ready WHERE n <= ? ORDER BY next_at, id LIMIT ?", now, now, c.PerTarget, c.Batch).Scan(ctx, &ids)
		if err != nil || len(ids) == 0 {
			return err
		}
		_, err = tx.db.NewUpdate().Model((*Delivery)(nil)).Set("locked_by = ?", c.By).Set("locked_until = ?", until).
			Set("attempts = attempts + 1").Where("id IN (?)", bun.List(ids)).Where("status = 'waiting'").
			Where("next_at <= ?", now).Where("(locked_until IS NULL OR locked_until <= ?)", now).Exec(ctx)
		if err != nil {
			return err
		}
		return tx.db.NewSelect().Model(&rows).Where("locked_by = ?", c.By).Where("id IN (?)", bun.List(ids)).
			Order("case_id", "position").Scan(ctx)
	})
	if err != nil {
		return nil, fmt.Errorf("claim deliveries: %w", err)
	}
	return rows, nil
}

// bury ends deliveries whose last try never came back: a message that takes
// its worker with it must not do so for ever.
func (tx Tx) bury(ctx context.Context, c Claim, now time.Time) error {
	_, err := tx.db.NewUpdate().Model((*Delivery)(nil)).Set("status = ?", DeliveryDead).Set("ended_at = ?", now).
		Set("last_error = ?", "多次投递没有结果").Where("status = 'waiting'").Where("attempts >= ?", c.Attempts).
		Where("locked_until <= ?", now).Exec(ctx)
	return err
}

// EndDelivery notes that a delivery has arrived, whoever holds it by now.
func (tx Tx) EndDelivery(ctx context.Context, d Delivery, note string, at time.Time) error {
	_, err := tx.db.NewUpdate().Model((*Delivery)(nil)).Set("status = ?", Delivered).Set("ended_at = ?", instant(at)).
		Set("last_error = ?", note).Set("locked_until = NULL").Set("locked_by = ''").
		Where("id = ?", d.ID).Where("status <> ?", Delivered).Exec(ctx)
	if err != nil {
		return fmt.Errorf("end delivery: %w", err)
	}
	return nil
}

// FailDelivery notes that a try has failed. It is tried again at the instant,
// or never when that is zero. A lease that ran out meanwhile is another's.
func (tx Tx) FailDelivery(ctx context.Context, d Delivery, reason string, now, next time.Time) error {
	q := tx.db.NewUpdate().Model((*Delivery)(nil)).Set("last_error = ?", reason).Set("locked_until = NULL").Set("locked_by = ''")
	if next.IsZero() {
		q = q.Set("status = ?", DeliveryDead).Set("ended_at = ?", instant(now))
	} else {
		q = q.Set("next_at = ?", instant(next))
	}
	if _, err := q.Where("id = ?", d.ID).Where("status = 'waiting'").Where("locked_by = ?", d.LockedBy).Exec(ctx); err != nil {
		return fmt.Errorf("note failed delivery: %w", err)
	}
	return nil
}

// ReleaseDelivery gives back what was claimed and not tried to the end.
func (tx Tx) ReleaseDelivery(ctx context.Context, d Delivery) error {
	_, err := tx.db.NewUpdate().Model((*Delivery)(nil)).Set("locked_until = NULL").Set("locked_by = ''").Set("attempts = attempts - 1").
		Where("id = ?", d.ID).Where("status = 'waiting'").Where("locked_by = ?", d.LockedBy).Exec(ctx)
	if err != nil {
		return fmt.Errorf("release delivery: %w", err)
	}
	return nil
}
