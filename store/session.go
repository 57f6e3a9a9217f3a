package store

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"
)

// Session is one log-in. Digest is the SHA-256 of its token.
type Session struct {
	bun.BaseModel `bun:"table:session"`

	Digest    string    `bun:"digest,pk"`
	AccountID string    `bun:"account_id"`
	CreatedAt time.Time `bun:"created_at"`
	ExpiresAt time.Time `bun:"expires_at"`
}

// LoginAttempt counts failed log-ins of one subject, an account name or an address.
type LoginAttempt struct {
	bun.BaseModel `bun:"table:login_attempt"`

	Subject     string    `bun:"subject,pk"`
	Failures    int       `bun:"failures"`
	LastAt      time.Time `bun:"last_at"`
	LockedUntil time.Time `bun:"locked_until"`
}

// Session reads a session that has not expired; NotFound otherwise.
func (r Reader) Session(ctx context.Context, digest string, now time.Time) (Session, error) {
	var s Session
	err := r.db.NewSelect().Model(&s).Where("digest = ?", digest).Where("expires_at > ?", instant(now)).Scan(ctx)
	if err != nil {
		return Session{}, found(err, "会话")
	}
	return s, nil
}

// LoginAttempts reads the counters of the subjects; unknown ones are absent.
func (r Reader) LoginAttempts(ctx context.Context, subjects []string) ([]LoginAttempt, error) {
	var rows []LoginAttempt
	if err := r.db.NewSelect().Model(&rows).Where("subject IN (?)", bun.List(subjects)).Scan(ctx); err != nil {
		return nil, fmt.Errorf("read log-in attempts: %w", err)
	}
	return rows, nil
}

// InsertSession opens a session and removes the account's expired ones.
func (tx Tx) InsertSession(ctx context.Context, s Session) error {
	s.CreatedAt, s.ExpiresAt = instant(s.CreatedAt), instant(s.ExpiresAt)
	_, err := tx.db.NewDelete().Table("session").Where("account_id = ?", s.AccountID).
		Where("expires_at <= ?", s.CreatedAt).Exec(ctx)
	if err != nil {
		return fmt.Errorf("remove expired sessions: %w", err)
	}
	if _, err := tx.db.NewInsert().Model(&s).Exec(ctx); err != nil {
		return fmt.Errorf("insert session: %w", err)
	}
	return nil
}

// DeleteSession ends a session; ending one that is gone is no error.
func (tx Tx) DeleteSession(ctx context.Context, digest string) error {
	if _, err := tx.db.NewDelete().Table("session").Where("digest = ?", digest).Exec(ctx); err != nil {
		return fmt.Errorf("delete session: %w", err)
	}
	return nil
}

// PutLoginAttempt stores a counter.
func (tx Tx) PutLoginAttempt(ctx context.Context, a LoginAttempt) error {
	a.LastAt, a.LockedUntil = instant(a.LastAt), instant(a.LockedUntil)
	_, err := tx.db.NewInsert().Model(&a).On("CONFLICT (subject) DO UPDATE").Set("failures = EXCLUDED.failures").
		Set("last_at = EXCLUDED.last_at").Set("locked_until = EXCLUDED.locked_until").Exec(ctx)
	if err != nil {
		return fmt.Errorf("store log-in attempt: %w", err)
	}
	return nil
}

// DeleteLoginAttempts forgets counters after a log-in that succeeded.
func (tx Tx) DeleteLoginAttempts(ctx context.Context, subjects []string) error {
	if _, err := tx.db.NewDelete().Table("login_attempt").Where("subject IN (?)", bun.List(subjects)).Exec(ctx); err != nil {
		return fmt.Errorf("forget log-in attempts: %w", err)
	}
	return nil
}
