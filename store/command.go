package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"datagov/domain/fault"
)

// Command is one act a client asked for under an Idempotency-Key. Its ID is
// the update's ID in the engine and its Body holds the words, which never
// enter the engine; once applied it is kept and never changes, because the
// event of the act carries the digest of these words.
type Command struct {
	bun.BaseModel `bun:"table:command"`

	ID        string    `bun:"id,pk"`
	AccountID string    `bun:"account_id"`
	Operation string    `bun:"operation"`
	KeyDigest string    `bun:"key_digest"`
	CaseID    string    `bun:"case_id"`
	BodyHash  string    `bun:"body_hash"`
	Body      string    `bun:"body"`
	Result    string    `bun:"result"`
	CreatedAt time.Time `bun:"created_at"`
	AppliedAt time.Time `bun:"applied_at,nullzero"`
	SettledAt time.Time `bun:"settled_at,nullzero"`
}

// Applied says whether the act is on record.
func (c Command) Applied() bool { return !c.AppliedAt.IsZero() }

// CommandByKey finds what the account asked for under the key; false when nothing.
func (r Reader) CommandByKey(ctx context.Context, account, operation, keyDigest string) (Command, bool, error) {
	var c Command
	err := r.db.NewSelect().Model(&c).Where("account_id = ?", account).Where("operation = ?", operation).
		Where("key_digest = ?", keyDigest).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return Command{}, false, nil
	}
	if err != nil {
		return Command{}, false, fmt.Errorf("read command: %w", err)
	}
	return c, true, nil
}

// Command reads a command; NotFound when unknown.
func (r Reader) Command(ctx context.Context, id string) (Command, error) {
	var c Command
	if err := r.db.NewSelect().Model(&c).Where("id = ?", id).Scan(ctx); err != nil {
		return Command{}, found(err, "操作")
	}
	return c, nil
}

// InsertCommand stores what was asked for, before the engine hears of it. A
// key taken meanwhile is a Conflict.
func (s *Store) InsertCommand(ctx context.Context, c Command) error {
	c.CreatedAt = instant(c.CreatedAt)
	err := s.exec(ctx, s.db.NewInsert().Model(&c))
	if err != nil {
		return translate(fmt.Errorf("insert command: %w", err))
	}
	return nil
}

// DropCommand forgets a command that was refused, so that nothing of it stays.
func (s *Store) DropCommand(ctx context.Context, id string) error {
	err := s.exec(ctx, s.db.NewDelete().Model((*Command)(nil)).Where("id = ?", id).Where("applied_at IS NULL"))
	if err != nil {
		return fmt.Errorf("drop command: %w", err)
	}
	return nil
}

// ApplyCommand marks the command applied in the transaction of its change.
// Conflict when it was applied before.
func (tx Tx) ApplyCommand(ctx context.Context, id, result string, at time.Time) error {
	done, err := tx.db.NewUpdate().Model((*Command)(nil)).Set("applied_at = ?", instant(at)).Set("result = ?", result).
		Where("id = ?", id).Where("applied_at IS NULL").Exec(ctx)
	if err != nil {
		return fmt.Errorf("apply command: %w", err)
	}
	if n, _ := done.RowsAffected(); n != 1 {
		return fault.New(fault.Conflict, "该操作已经办理")
	}
	return nil
}

// SettleCommands notes that the engine has answered for the commands.
func (s *Store) SettleCommands(ctx context.Context, ids []string, at time.Time) error {
	if len(ids) == 0 {
		return nil
	}
	err := s.exec(ctx, s.db.NewUpdate().Model((*Command)(nil)).Set("settled_at = ?", instant(at)).Where("id IN (?)", bun.List(ids)))
	if err != nil {
		return fmt.Errorf("settle commands: %w", err)
	}
	return nil
}

// Unsettled lists commands that are on record since before the instant without
// the engine having answered: their cases' rows may be ahead of the engine.
func (r Reader) Unsettled(ctx context.Context, before time.Time, limit int) ([]Command, error) {
	rows := []Command{}
	err := r.db.NewSelect().Model(&rows).Where("settled_at IS NULL").Where("applied_at IS NOT NULL").
		Where("applied_at < ?", instant(before)).Order("applied_at").Limit(int64(limit)).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("read unsettled commands: %w", err)
	}
	return rows, nil
}
