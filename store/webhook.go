package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"datagov/domain/fault"
)

// Webhook is an address that is told of some kinds of notices. Its secret signs
// what is sent and is shown to nobody again.
type Webhook struct {
	bun.BaseModel `bun:"table:webhook"`

	ID         string    `bun:"id,pk"`
	URL        string    `bun:"url"`
	Events     string    `bun:"events"`
	Secret     string    `bun:"secret"`
	CreatedBy  string    `bun:"created_by"`
	CreatedAt  time.Time `bun:"created_at"`
	DisabledBy string    `bun:"disabled_by,nullzero"`
	DisabledAt time.Time `bun:"disabled_at,nullzero"`
}

// Active says whether the webhook is told anything.
func (w Webhook) Active() bool { return w.DisabledAt.IsZero() }

// Wants says whether the webhook asked for the kind.
func (w Webhook) Wants(kind string) bool {
	kinds, err := Strings(w.Events)
	return err == nil && slices.Contains(kinds, kind)
}

// Webhooks lists webhooks, newest first; Before is the last row already seen.
func (r Reader) Webhooks(ctx context.Context, beforeAt time.Time, beforeID string, limit int) ([]Webhook, error) {
	rows := []Webhook{}
	q := r.db.NewSelect().Model(&rows)
	if beforeID != "" {
		q = q.Where("(created_at, id) < (?, ?)", instant(beforeAt), beforeID)
	}
	if err := q.OrderExpr("created_at DESC, id DESC").Limit(int64(limit)).Scan(ctx); err != nil {
		return nil, fmt.Errorf("list webhooks: %w", err)
	}
	return rows, nil
}

// ActiveWebhooks lists the webhooks that are told, by ID.
func (r Reader) ActiveWebhooks(ctx context.Context) ([]Webhook, error) {
	rows := []Webhook{}
	if err := r.db.NewSelect().Model(&rows).Where("disabled_at IS NULL").Order("id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("list active webhooks: %w", err)
	}
	return rows, nil
}

// Webhook reads a webhook; NotFound when unknown.
func (r Reader) Webhook(ctx context.Context, id string) (Webhook, error) {
	var w Webhook
	if err := r.db.NewSelect().Model(&w).Where("id = ?", id).Scan(ctx); err != nil {
		return Webhook{}, found(err, "消息推送地址")
	}
	return w, nil
}

// WebhookURLs maps webhooks to their addresses.
func (r Reader) WebhookURLs(ctx context.Context, ids []string) (map[string]string, error) {
	urls := map[string]string{}
	if len(ids) == 0 {
		return urls, nil
	}
	var rows []Webhook
	if err := r.db.NewSelect().Model(&rows).Column("id", "url").Where("id IN (?)", bun.List(ids)).Scan(ctx); err != nil {
		return nil, fmt.Errorf("read webhook addresses: %w", err)
	}
	for _, row := range rows {
		urls[row.ID] = row.URL
	}
	return urls, nil
}

// limitWebhooks is how many webhooks may be active: every move looks at them all.
const limitWebhooks = 50

// InsertWebhook adds a webhook; Conflict when there are too many.
func (tx Tx) InsertWebhook(ctx context.Context, w Webhook) error {
	n, err := tx.db.NewSelect().Model((*Webhook)(nil)).Where("disabled_at IS NULL").Count(ctx)
	if err != nil {
		return fmt.Errorf("count webhooks: %w", err)
	}
	if n >= limitWebhooks {
		return fault.New(fault.Conflict, "启用中的推送地址已达 50 个，请先停用不再需要的")
	}
	w.CreatedAt = instant(w.CreatedAt)
	if _, err := tx.db.NewInsert().Model(&w).Exec(ctx); err != nil {
		return fmt.Errorf("insert webhook: %w", err)
	}
	return nil
}

// DisableWebhook ends a webhook; Conflict when it was ended before.
func (tx Tx) DisableWebhook(ctx context.Context, id, by string, at time.Time) error {
	row := Webhook{ID: id, DisabledBy: by, DisabledAt: instant(at)}
	done, err := tx.db.NewUpdate().Model(&row).Column("disabled_by", "disabled_at").WherePK().Where("disabled_at IS NULL").Exec(ctx)
	if err != nil {
		return fmt.Errorf("disable webhook: %w", err)
	}
	if n, _ := done.RowsAffected(); n != 1 {
		return fault.New(fault.Conflict, "该推送地址已经停用")
	}
	return nil
}
