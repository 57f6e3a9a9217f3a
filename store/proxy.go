package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"datagov/domain/casework"
)

// Proxy is one row of AB角 or 代理.
type Proxy struct {
	bun.BaseModel `bun:"table:proxy"`

	ID          string    `bun:"id,pk"`
	AgencyID    string    `bun:"agency_id"`
	PrincipalID string    `bun:"principal_id"`
	ProxyID     string    `bun:"proxy_id"`
	FromAt      time.Time `bun:"from_at"`
	UntilAt     time.Time `bun:"until_at"`
	Reason      string    `bun:"reason"`
	CreatedAt   time.Time `bun:"created_at"`
	CreatedBy   string    `bun:"created_by"`
	EndedAt     time.Time `bun:"ended_at,nullzero"`
	EndedBy     string    `bun:"ended_by"`
	EndReason   string    `bun:"end_reason"`
}

// Rules gives the proxy as the rules see it.
func (p Proxy) Rules() casework.Proxy {
	return casework.Proxy{
		ID: p.ID, Principal: p.PrincipalID, Account: p.ProxyID, From: p.FromAt.UTC(), Until: p.UntilAt.UTC(), Ended: !p.EndedAt.IsZero(),
	}
}

// Proxy reads one; NotFound when unknown.
func (r Reader) Proxy(ctx context.Context, id string) (Proxy, error) {
	var p Proxy
	if err := r.db.NewSelect().Model(&p).Where("id = ?", id).Scan(ctx); err != nil {
		return Proxy{}, found(err, "代理")
	}
	return p, nil
}

// ProxyFilter narrows a list of proxies.
type ProxyFilter struct {
	// Of keeps those that a person gave or holds; empty means everybody's.
	Of string
	// LastingAt keeps those that have not ended by the instant.
	LastingAt time.Time
	Limit     int
}

// Proxies lists proxies, the latest to end first.
func (r Reader) Proxies(ctx context.Context, f ProxyFilter) ([]Proxy, error) {
	rows := []Proxy{}
	q := r.db.NewSelect().Model(&rows).Order("until_at DESC", "id DESC")
	if f.Of != "" {
		q = q.Where("(principal_id = ? OR proxy_id = ?)", f.Of, f.Of)
	}
	if !f.LastingAt.IsZero() {
		q = q.Where("ended_at IS NULL").Where("until_at > ?", instant(f.LastingAt))
	}
	if f.Limit > 0 {
		q = q.Limit(int64(f.Limit))
	}
	if err := q.Scan(ctx); err != nil {
		return nil, fmt.Errorf("list proxies: %w", err)
	}
	return rows, nil
}

// WithProxies adds, behind the accounts, who acts for one of them at the instant.
func (r Reader) WithProxies(ctx context.Context, accounts []string, at time.Time) ([]string, error) {
	if len(accounts) == 0 {
		return accounts, nil
	}
	proxies := []string{}
	err := r.db.NewSelect().Model((*Proxy)(nil)).Column("proxy_id").Where("principal_id IN (?)", bun.List(accounts)).
		Where("ended_at IS NULL").Where("from_at <= ?", instant(at)).Where("until_at > ?", instant(at)).
		Order("proxy_id").Scan(ctx, &proxies)
	if err != nil {
		return nil, fmt.Errorf("read proxies of accounts: %w", err)
	}
	return append(slices.Clone(accounts), proxies...), nil
}

// OverProxies lists proxies whose time is over and not noted yet.
func (r Reader) OverProxies(ctx context.Context, now time.Time, limit int) ([]Proxy, error) {
	rows := []Proxy{}
	err := r.db.NewSelect().Model(&rows).Where("ended_at IS NULL").Where("until_at <= ?", instant(now)).
		Order("until_at", "id").Limit(int64(limit)).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("list proxies that are over: %w", err)
	}
	return rows, nil
}

// InsertProxy puts a proxy on record.
func (tx Tx) InsertProxy(ctx context.Context, p Proxy) error {
	p.FromAt, p.UntilAt, p.CreatedAt = instant(p.FromAt), instant(p.UntilAt), instant(p.CreatedAt)
	if _, err := tx.db.NewInsert().Model(&p).Exec(ctx); err != nil {
		return fmt.Errorf("insert proxy: %w", err)
	}
	return nil
}

// EndProxy ends a proxy; false when it had ended before.
func (tx Tx) EndProxy(ctx context.Context, id, by, reason string, at time.Time) (bool, error) {
	row := Proxy{ID: id, EndedAt: instant(at), EndedBy: by, EndReason: reason}
	done, err := tx.db.NewUpdate().Model(&row).Column("ended_at", "ended_by", "end_reason").WherePK().Where("ended_at IS NULL").Exec(ctx)
	if err != nil {
		return false, fmt.Errorf("end proxy: %w", err)
	}
	n, _ := done.RowsAffected()
	return n == 1, nil
}
