package store

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"
)

// Grant is one access right: an agency and system, items, mode, purpose, from
// and until. Articles 26(2), 27(2). Sharing is free: there is no fee (25).
type Grant struct {
	bun.BaseModel `bun:"table:access_grant"`

	ID              string    `bun:"id,pk"`
	RequestID       string    `bun:"request_id"`
	EntryID         string    `bun:"entry_id"`
	AgencyID        string    `bun:"agency_id"`
	ProviderID      string    `bun:"provider_id"`
	Path            string    `bun:"path"`
	ScenarioID      string    `bun:"scenario_id,nullzero"`
	ScenarioVersion int64     `bun:"scenario_version"`
	Status          string    `bun:"status"`
	Mode            string    `bun:"mode"`
	System          string    `bun:"system"`
	Purpose         string    `bun:"purpose"`
	Items           string    `bun:"items"`
	Conditions      string    `bun:"conditions"`
	GrantedAt       time.Time `bun:"granted_at"`
	ProvisionDueAt  time.Time `bun:"provision_due_at"`
	FromAt          time.Time `bun:"from_at,nullzero"`
	Until           string    `bun:"until"`
	Version         int64     `bun:"version"`
}

// GrantFilter narrows a list of grants. Party keeps to grants the agency
// holds or provides; Before is the last row already seen.
type GrantFilter struct {
	EntryID, AgencyID, RequestID, Party string
	BeforeAt                            time.Time
	BeforeID                            string
	Limit                               int
}

// Grants lists grants, newest first.
func (r Reader) Grants(ctx context.Context, f GrantFilter) ([]Grant, error) {
	rows := []Grant{}
	q := r.db.NewSelect().Model(&rows)
	for _, w := range []struct{ column, value string }{
		{"entry_id", f.EntryID}, {"agency_id", f.AgencyID}, {"request_id", f.RequestID},
	} {
		if w.value != "" {
			q = q.Where("? = ?", bun.Ident(w.column), w.value)
		}
	}
	if f.Party != "" {
		q = q.Where("(agency_id = ? OR provider_id = ?)", f.Party, f.Party)
	}
	if f.BeforeID != "" {
		q = q.Where("(granted_at, id) < (?, ?)", instant(f.BeforeAt), f.BeforeID)
	}
	if err := q.OrderExpr("granted_at DESC, id DESC").Limit(int64(f.Limit)).Scan(ctx); err != nil {
		return nil, fmt.Errorf("list grants: %w", err)
	}
	return rows, nil
}

// Grant reads one grant; NotFound when unknown.
func (r Reader) Grant(ctx context.Context, id string) (Grant, error) {
	var g Grant
	if err := r.db.NewSelect().Model(&g).Where("id = ?", id).Scan(ctx); err != nil {
		return Grant{}, found(err, "授权")
	}
	return g, nil
}

// InsertGrant writes a grant; the record refuses a second one for the same request and route.
func (tx Tx) InsertGrant(ctx context.Context, g Grant) error {
	g.GrantedAt, g.ProvisionDueAt, g.Version = instant(g.GrantedAt), instant(g.ProvisionDueAt), 1
	if _, err := tx.db.NewInsert().Model(&g).Exec(ctx); err != nil {
		return fmt.Errorf("insert grant: %w", err)
	}
	return nil
}

// MoveGrant changes a grant's status if nobody else changed it meanwhile.
func (tx Tx) MoveGrant(ctx context.Context, g Grant, status string, from time.Time) error {
	before := g.Version
	g.Status, g.FromAt, g.Version = status, instant(from), before+1
	done, err := tx.db.NewUpdate().Model(&g).Column("status", "from_at", "version").WherePK().Where("version = ?", before).Exec(ctx)
	if err != nil {
		return fmt.Errorf("move grant: %w", err)
	}
	if n, _ := done.RowsAffected(); n != 1 {
		return errStale
	}
	return nil
}

// OpenGrants lists grants that still have a life, after an ID.
func (r Reader) OpenGrants(ctx context.Context, after string, limit int) ([]Grant, error) {
	rows := []Grant{}
	err := r.db.NewSelect().Model(&rows).Where("id > ?", after).Where("status IN ('provisioning', 'active', 'suspended')").
		Order("id").Limit(int64(limit)).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("list open grants: %w", err)
	}
	return rows, nil
}

// GrantNames reads what lists of grants show beside identifiers: the names of
// agencies, entries with their scenarios, and items, in one map.
func (r Reader) GrantNames(ctx context.Context, agencies, entries, items []string) (map[string]string, error) {
	names, err := r.AgencyNames(ctx, agencies)
	if err != nil {
		return nil, err
	}
	for _, q := range []struct {
		table, column string
		ids           []string
	}{{"catalog_entry", "id", entries}, {"catalog_item", "id", items}, {"scenario", "entry_id", entries}} {
		if len(q.ids) == 0 {
			continue
		}
		var rows []struct{ ID, Name string }
		err := r.db.NewSelect().Table(q.table).Column("id", "name").Where("? IN (?)", bun.Ident(q.column), bun.List(q.ids)).Scan(ctx, &rows)
		if err != nil {
			return nil, fmt.Errorf("read names: %w", err)
		}
		for _, row := range rows {
			names[row.ID] = row.Name
		}
	}
	return names, nil
}
