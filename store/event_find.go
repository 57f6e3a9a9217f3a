package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"datagov/domain/audit"
)

// eventsBetween bounds one look at what happened between two instants.
const eventsBetween = 1000

// EventsBetween lists the events of a stream from one instant to another, both included, in order.
func (r Reader) EventsBetween(ctx context.Context, stream string, from, to time.Time) ([]audit.Event, error) {
	var rows []eventRow
	err := r.db.NewSelect().Model(&rows).Where("stream = ?", stream).
		Where("at >= ?", instant(from)).Where("at <= ?", instant(to)).Order("seq").Limit(eventsBetween).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("read events between: %w", err)
	}
	events := make([]audit.Event, 0, len(rows))
	for _, row := range rows {
		events = append(events, row.event())
	}
	return events, nil
}

// LastShown is the digest of the material that the person was shown at the
// newest event of one of the names; empty when there is none.
func (r Reader) LastShown(ctx context.Context, stream string, names []string) (string, error) {
	var text string
	err := r.db.NewSelect().Model((*eventRow)(nil)).Column("body").Where("stream = ?", stream).Where("name IN (?)", bun.List(names)).
		Order("seq DESC").Limit(1).Scan(ctx, &text)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("read newest event: %w", err)
	}
	var body struct {
		Shown string `json:"shown"`
	}
	if err := json.Unmarshal([]byte(text), &body); err != nil {
		return "", fmt.Errorf("read body of event: %w", err)
	}
	return body.Shown, nil
}
