package store

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"
)

// Notice is one thing one person is told on the page.
type Notice struct {
	bun.BaseModel `bun:"table:notice"`

	ID        string    `bun:"id,pk"`
	AccountID string    `bun:"account_id"`
	CaseID    string    `bun:"case_id"`
	Kind      string    `bun:"kind"`
	Title     string    `bun:"title"`
	Text      string    `bun:"text"`
	Link      string    `bun:"link"`
	At        time.Time `bun:"at"`
	ReadAt    time.Time `bun:"read_at,nullzero"`
}

// NoticeFilter picks notices of one person. Before is the last row already seen.
type NoticeFilter struct {
	Account  string
	Unread   bool
	BeforeAt time.Time
	BeforeID string
	Limit    int
}

// Notices lists a person's notices, newest first.
func (r Reader) Notices(ctx context.Context, f NoticeFilter) ([]Notice, error) {
	rows := []Notice{}
	q := r.db.NewSelect().Model(&rows).Where("account_id = ?", f.Account)
	if f.Unread {
		q = q.Where("read_at IS NULL")
	}
	if f.BeforeID != "" {
		q = q.Where("(at, id) < (?, ?)", instant(f.BeforeAt), f.BeforeID)
	}
	if err := q.OrderExpr("at DESC, id DESC").Limit(int64(f.Limit)).Scan(ctx); err != nil {
		return nil, fmt.Errorf("list notices: %w", err)
	}
	return rows, nil
}

// CountUnread counts the notices a person has not read.
func (r Reader) CountUnread(ctx context.Context, account string) (int64, error) {
	n, err := r.db.NewSelect().Model((*Notice)(nil)).Where("account_id = ?", account).Where("read_at IS NULL").Count(ctx)
	if err != nil {
		return 0, fmt.Errorf("count unread notices: %w", err)
	}
	return n, nil
}

// ReadNotices notes that a person has read the notices, or all of them when
// no ID is given. Those of others and those read before stay as they are.
func (tx Tx) ReadNotices(ctx context.Context, account string, ids []string, at time.Time) error {
	q := tx.db.NewUpdate().Model((*Notice)(nil)).Set("read_at = ?", instant(at)).
		Where("account_id = ?", account).Where("read_at IS NULL")
	if len(ids) > 0 {
		q = q.Where("id IN (?)", bun.List(ids))
	}
	if _, err := q.Exec(ctx); err != nil {
		return fmt.Errorf("read notices: %w", err)
	}
	return nil
}

// InsertNotices writes notices in the transaction of the change they tell of.
func (tx Tx) InsertNotices(ctx context.Context, notices []Notice) error {
	if len(notices) == 0 {
		return nil
	}
	for i := range notices {
		notices[i].At = instant(notices[i].At)
	}
	if _, err := tx.db.NewInsert().Model(&notices).Exec(ctx); err != nil {
		return fmt.Errorf("insert notices: %w", err)
	}
	return nil
}

// CopiesMade reads the copies and the questions for advice of a case that were made at the instant, which is
// that of the present move.
func (r Reader) CopiesMade(ctx context.Context, caseID string, at time.Time) ([]Task, error) {
	rows := []Task{}
	err := r.db.NewSelect().Model(&rows).Where("case_id = ?", caseID).
		Where("kind IN (?)", bun.List([]string{CopyTask, AdviceTask})).Where("created_at = ?", instant(at)).
		Order("id").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("read copies: %w", err)
	}
	return rows, nil
}
