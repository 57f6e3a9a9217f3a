package store

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"
)

// ShareRequestSummary is one line of a list of cases.
type ShareRequestSummary struct {
	bun.BaseModel `bun:"table:share_request,alias:share_request"`

	ID          string    `bun:"id"`
	EntryID     string    `bun:"entry_id"`
	EntryName   string    `bun:"entry_name,scanonly"`
	Title       string    `bun:"title"`
	RequesterID string    `bun:"requester_id"`
	ProviderID  string    `bun:"provider_id"`
	Status      string    `bun:"status"`
	SubmittedAt time.Time `bun:"submitted_at"`
	ClosedAt    time.Time `bun:"closed_at,nullzero"`
	DueAt       time.Time `bun:"due_at,scanonly"`
}

// RequestFilter narrows a list of cases. An empty Party sees every case.
type RequestFilter struct {
	Party, Status, SubmittedBy string
	FollowedBy, Words          string
	BeforeAt                   time.Time
	BeforeID                   string
	Limit                      int
}

// ShareRequests lists cases, newest first, each with the end of its latest running term.
func (r Reader) ShareRequests(ctx context.Context, f RequestFilter) ([]ShareRequestSummary, error) {
	rows := []ShareRequestSummary{}
	q := r.db.NewSelect().Model(&rows).
		Column("share_request.id", "share_request.entry_id", "requester_id", "provider_id", "share_request.status", "share_request.title", "submitted_at", "closed_at").
		ColumnExpr("e.name AS entry_name").
		ColumnExpr("coalesce((SELECT max(c.due_at) FROM case_clock c WHERE c.case_id = share_request.id AND c.stopped_at IS NULL), submitted_at) AS due_at").
		Join("JOIN catalog_entry AS e ON e.id = share_request.entry_id")
	if f.Party != "" {
		q = q.Where("(requester_id = ? OR provider_id = ? OR commission_id = ?)", f.Party, f.Party, f.Party)
	}
	if f.Status != "" {
		q = q.Where("share_request.status = ?", f.Status)
	}
	if f.SubmittedBy != "" {
		q = q.Where("submitted_by = ?", f.SubmittedBy)
	}
	if f.FollowedBy != "" {
		q = q.Where("share_request.id IN (SELECT case_id FROM follower WHERE account_id = ?)", f.FollowedBy)
	}
	if f.Words != "" {
		q = q.Where("share_request.title LIKE ? ESCAPE '!'", "%"+likeEscaper.Replace(f.Words)+"%")
	}
	if f.BeforeID != "" {
		q = q.Where("(submitted_at, share_request.id) < (?, ?)", instant(f.BeforeAt), f.BeforeID)
	}
	if err := q.OrderExpr("submitted_at DESC, share_request.id DESC").Limit(int64(f.Limit)).Scan(ctx); err != nil {
		return nil, fmt.Errorf("list share requests: %w", err)
	}
	return rows, nil
}

// CountStarted counts the cases a person submitted, up to [CountedAtMost].
func (r Reader) CountStarted(ctx context.Context, account string) (int64, error) {
	n, err := r.countUp(ctx, r.db.NewSelect().Model((*ShareRequestSummary)(nil)).ColumnExpr("1").Where("submitted_by = ?", account))
	if err != nil {
		return 0, fmt.Errorf("count started cases: %w", err)
	}
	return n, nil
}
