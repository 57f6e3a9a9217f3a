package store

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"datagov/domain/fault"
)

// Delivery is one message on its way to one target by one channel. Its ID goes
// out with every try. The target is an account or a webhook; the address is
// looked up when it is sent, so that none is kept here.
type Delivery struct {
	bun.BaseModel `bun:"table:delivery"`

	ID          string    `bun:"id,pk"`
	Channel     string    `bun:"channel"`
	Target      string    `bun:"target"`
	CaseID      string    `bun:"case_id"`
	Position    int64     `bun:"position"`
	Kind        string    `bun:"kind"`
	Title       string    `bun:"title"`
	Text        string    `bun:"text"`
	Link        string    `bun:"link"`
	At          time.Time `bun:"at"`
	Status      string    `bun:"status"`
	Attempts    int       `bun:"attempts"`
	NextAt      time.Time `bun:"next_at"`
	LastError   string    `bun:"last_error"`
	LockedBy    string    `bun:"locked_by"`
	LockedUntil time.Time `bun:"locked_until,nullzero"`
	EndedAt     time.Time `bun:"ended_at,nullzero"`
}

// The statuses of a delivery.
const (
	DeliveryWaiting = "waiting"
	Delivered       = "delivered"
	DeliveryDead    = "dead"
)

// InsertDeliveries queues the messages of one move of one case, in their
// order. A move of the same case at the same time is stale: the case's version
// keeps two moves from both coming here.
func (tx Tx) InsertDeliveries(ctx context.Context, deliveries []Delivery) error {
	if len(deliveries) == 0 {
		return nil
	}
	var last int64
	err := tx.db.NewRaw("SELECT coalesce(max(position), 0) FROM delivery WHERE case_id = ?", deliveries[0].CaseID).Scan(ctx, &last)
	if err != nil {
		return fmt.Errorf("read last delivery: %w", err)
	}
	for i := range deliveries {
		d := &deliveries[i]
		d.Position, d.At = last+int64(i)+1, instant(d.At)
		d.NextAt, d.Status = d.At, DeliveryWaiting
	}
	if _, err := tx.db.NewInsert().Model(&deliveries).Exec(ctx); err != nil {
		return fmt.Errorf("queue deliveries: %w", err)
	}
	return nil
}

// DeliveryFilter picks deliveries of a status, or all. Before is the last row already seen.
type DeliveryFilter struct {
	Status   string
	BeforeAt time.Time
	BeforeID string
	Limit    int
}

// Deliveries lists deliveries, newest first.
func (r Reader) Deliveries(ctx context.Context, f DeliveryFilter) ([]Delivery, error) {
	rows := []Delivery{}
	q := r.db.NewSelect().Model(&rows)
	if f.Status != "" {
		q = q.Where("status = ?", f.Status)
	}
	if f.BeforeID != "" {
		q = q.Where("(at, id) < (?, ?)", instant(f.BeforeAt), f.BeforeID)
	}
	if err := q.OrderExpr("at DESC, id DESC").Limit(int64(f.Limit)).Scan(ctx); err != nil {
		return nil, fmt.Errorf("list deliveries: %w", err)
	}
	return rows, nil
}

// Delivery reads a delivery; NotFound when unknown.
func (r Reader) Delivery(ctx context.Context, id string) (Delivery, error) {
	var d Delivery
	if err := r.db.NewSelect().Model(&d).Where("id = ?", id).Scan(ctx); err != nil {
		return Delivery{}, found(err, "投递记录")
	}
	return d, nil
}

// RetryDelivery puts a dead delivery back into the queue, with all its tries
// before it. Conflict when it is not dead.
func (tx Tx) RetryDelivery(ctx context.Context, id string, at time.Time) error {
	done, err := tx.db.NewUpdate().Model((*Delivery)(nil)).Set("status = ?", DeliveryWaiting).Set("attempts = 0").
		Set("next_at = ?", instant(at)).Set("ended_at = NULL").Set("locked_until = NULL").Set("locked_by = ''").
		Where("id = ?", id).Where("status = ?", DeliveryDead).Exec(ctx)
	if err != nil {
		return fmt.Errorf("retry delivery: %w", err)
	}
	if n, _ := done.RowsAffected(); n != 1 {
		return fault.New(fault.Conflict, "只有投递失败的消息可以重新投递")
	}
	return nil
}
