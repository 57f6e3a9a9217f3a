package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"datagov/domain/agency"
	"datagov/domain/audit"
	"datagov/domain/law"
)

type eventRow struct {
	bun.BaseModel `bun:"table:event"`

	Stream      string    `bun:"stream,pk"`
	Seq         int64     `bun:"seq,pk"`
	Name        string    `bun:"name"`
	At          time.Time `bun:"at"`
	ActorKind   string    `bun:"actor_kind"`
	Actor       string    `bun:"actor"`
	AgencyID    string    `bun:"agency_id"`
	Edition     string    `bun:"edition"`
	Article     string    `bun:"article"`
	RuleVersion string    `bun:"rule_version"`
	Detail      string    `bun:"detail"`
	Body        string    `bun:"body"`
	Previous    string    `bun:"previous"`
	Hash        string    `bun:"hash"`
	Principal   string    `bun:"principal"`
}

type pendingRow struct {
	bun.BaseModel `bun:"table:event_pending"`

	Stream string `bun:"stream,pk"`
	Seq    int64  `bun:"seq,pk"`
}

func (row eventRow) event() audit.Event {
	return audit.Event{
		Stream: row.Stream, Seq: row.Seq, Name: row.Name, At: row.At.UTC(),
		Actor:       agency.Actor{Kind: agency.ActorKind(row.ActorKind), Account: row.Actor, Agency: agency.ID(row.AgencyID), Principal: row.Principal},
		Citation:    law.Citation{Edition: row.Edition, Article: row.Article},
		RuleVersion: row.RuleVersion, Detail: row.Detail, Body: row.Body, Previous: row.Previous, Hash: row.Hash,
	}
}

// AppendEvents chains events to their stream, in the transaction of the change
// they tell of. All must belong to the one stream.
func (tx Tx) AppendEvents(ctx context.Context, events []audit.Event) error {
	if len(events) == 0 {
		return nil
	}
	seq, previous, err := tx.head(ctx, events[0].Stream)
	if err != nil {
		return err
	}
	rows, pending := make([]eventRow, 0, len(events)), make([]pendingRow, 0, len(events))
	for _, e := range events {
		seq++
		if e, err = e.Chain(seq, previous); err != nil {
			return err
		}
		previous = e.Hash
		rows = append(rows, eventRow{
			Stream: e.Stream, Seq: e.Seq, Name: e.Name, At: e.At, ActorKind: string(e.Actor.Kind), Actor: e.Actor.Account,
			AgencyID: string(e.Actor.Agency), Edition: e.Citation.Edition, Article: e.Citation.Article,
			RuleVersion: e.RuleVersion, Detail: e.Detail, Body: e.Body, Previous: e.Previous, Hash: e.Hash, Principal: e.Actor.Principal,
		})
		pending = append(pending, pendingRow{Stream: e.Stream, Seq: e.Seq})
	}
	if _, err := tx.db.NewInsert().Model(&rows).Exec(ctx); err != nil {
		return fmt.Errorf("append events: %w", err)
	}
	if _, err := tx.db.NewInsert().Model(&pending).Exec(ctx); err != nil {
		return fmt.Errorf("queue events: %w", err)
	}
	return nil
}

// head is the last sequence number and hash of a stream; 0 and "" when empty.
func (r Reader) head(ctx context.Context, stream string) (int64, string, error) {
	var seq int64
	var hash string
	err := r.db.NewRaw("SELECT seq, hash FROM event WHERE stream = ? ORDER BY seq DESC LIMIT 1", stream).Scan(ctx, &seq, &hash)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, "", nil
	}
	if err != nil {
		return 0, "", fmt.Errorf("read head of stream: %w", err)
	}
	return seq, hash, nil
}

// Events lists a stream after a sequence number, in order.
func (r Reader) Events(ctx context.Context, stream string, after int64, limit int) ([]audit.Event, error) {
	var rows []eventRow
	err := r.db.NewSelect().Model(&rows).Where("stream = ?", stream).Where("seq > ?", after).
		Order("seq").Limit(int64(limit)).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("read events: %w", err)
	}
	events := make([]audit.Event, 0, len(rows))
	for _, row := range rows {
		events = append(events, row.event())
	}
	return events, nil
}

// Published is one event's place in the published order.
type Published struct {
	bun.BaseModel `bun:"table:event_position"`

	Position int64  `bun:"position,pk"`
	Stream   string `bun:"stream"`
	Seq      int64  `bun:"seq"`
}

// PublishedAfter lists positions after the given one, in order.
func (r Reader) PublishedAfter(ctx context.Context, position int64, limit int) ([]Published, error) {
	rows := []Published{}
	err := r.db.NewSelect().Model(&rows).Where("position > ?", position).Order("position").Limit(int64(limit)).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("read published events: %w", err)
	}
	return rows, nil
}

// LastPublished is the newest position; 0 when nothing is published.
func (r Reader) LastPublished(ctx context.Context) (int64, error) {
	var position int64
	err := r.db.NewRaw("SELECT coalesce(max(position), 0) FROM event_position").Scan(ctx, &position)
	if err != nil {
		return 0, fmt.Errorf("read last position: %w", err)
	}
	return position, nil
}
