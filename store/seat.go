package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"datagov/domain/agency"
)

// SeatSetting is what an agency has set one of its seats to. Without one the
// seat is open to every holder of its role (或签).
type SeatSetting struct {
	bun.BaseModel `bun:"table:seat_setting"`

	AgencyID   string    `bun:"agency_id,pk"`
	Step       string    `bun:"step,pk"`
	Mode       string    `bun:"mode"`
	Accounts   string    `bun:"accounts"` // JSON list, in the order of signing; empty means every holder
	SuperiorID string    `bun:"superior_id,nullzero"`
	UpdatedAt  time.Time `bun:"updated_at"`
}

// SeatSetting reads the setting of a seat; false when there is none.
func (r Reader) SeatSetting(ctx context.Context, of agency.ID, step string) (SeatSetting, bool, error) {
	var row SeatSetting
	err := r.db.NewSelect().Model(&row).Where("agency_id = ?", string(of)).Where("step = ?", step).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return SeatSetting{}, false, nil
	}
	if err != nil {
		return SeatSetting{}, false, fmt.Errorf("read seat setting: %w", err)
	}
	return row, true, nil
}

// SeatSettings lists the settings of an agency, or of all when it is empty.
func (r Reader) SeatSettings(ctx context.Context, of agency.ID) ([]SeatSetting, error) {
	rows := []SeatSetting{}
	q := r.db.NewSelect().Model(&rows).Order("agency_id", "step").Limit(10_000)
	if of != "" {
		q = q.Where("agency_id = ?", string(of))
	}
	if err := q.Scan(ctx); err != nil {
		return nil, fmt.Errorf("list seat settings: %w", err)
	}
	return rows, nil
}

// PutSeatSetting sets a seat. Open tasks keep the people they were given to.
func (tx Tx) PutSeatSetting(ctx context.Context, row SeatSetting) error {
	row.UpdatedAt = instant(row.UpdatedAt)
	_, err := tx.db.NewInsert().Model(&row).On("CONFLICT (agency_id, step) DO UPDATE").
		Set("mode = EXCLUDED.mode").Set("accounts = EXCLUDED.accounts").Set("superior_id = EXCLUDED.superior_id").
		Set("updated_at = EXCLUDED.updated_at").Exec(ctx)
	if err != nil {
		return fmt.Errorf("put seat setting: %w", err)
	}
	return nil
}

// Holders lists the active accounts of an agency that hold one of the roles, in
// the order of the roles, then by ID.
func (r Reader) Holders(ctx context.Context, of agency.ID, roles ...agency.Role) ([]string, error) {
	accounts := []string{}
	for _, role := range roles {
		holders := []string{}
		domain := string(of)
		if role.District() {
			domain = "*"
		}
		err := r.db.NewSelect().Model((*RoleAssignment)(nil)).Column("role_assignment.account_id").
			Join("JOIN account AS a ON a.id = role_assignment.account_id AND a.active AND a.agency_id = ?", string(of)).
			Where("role_assignment.role = ?", string(role)).Where("role_assignment.domain = ?", domain).
			Order("role_assignment.account_id").Limit(500).Scan(ctx, &holders)
		if err != nil {
			return nil, fmt.Errorf("read holders of a seat: %w", err)
		}
		for _, account := range holders {
			if !slices.Contains(accounts, account) {
				accounts = append(accounts, account)
			}
		}
	}
	return accounts, nil
}

// Actors reads active people with their roles, in the order asked for; whoever
// is unknown or inactive is left out.
func (r Reader) Actors(ctx context.Context, ids []string) ([]agency.Actor, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	accounts, roles := []Account{}, []RoleAssignment{}
	if err := r.db.NewSelect().Model(&accounts).Where("id IN (?)", bun.List(ids)).Where("active").Scan(ctx); err != nil {
		return nil, fmt.Errorf("read people: %w", err)
	}
	if err := r.db.NewSelect().Model(&roles).Where("account_id IN (?)", bun.List(ids)).Order("role").Scan(ctx); err != nil {
		return nil, fmt.Errorf("read their roles: %w", err)
	}
	actors := []agency.Actor{}
	for _, id := range ids {
		i := slices.IndexFunc(accounts, func(a Account) bool { return a.ID == id })
		if i >= 0 {
			actors = append(actors, personOf(accounts[i], roles))
		}
	}
	return actors, nil
}

func personOf(a Account, roles []RoleAssignment) agency.Actor {
	p := agency.Actor{Kind: agency.Human, Account: a.ID, Agency: agency.ID(a.AgencyID)}
	for _, row := range roles {
		role := agency.Role(row.Role)
		inPlace := row.Domain == a.AgencyID && !role.District() || row.Domain == "*" && role.District()
		if row.AccountID == a.ID && inPlace && !slices.Contains(p.Roles, role) {
			p.Roles = append(p.Roles, role)
		}
	}
	return p
}

// Colleagues lists the active people of an agency with their roles, by ID.
func (r Reader) Colleagues(ctx context.Context, of agency.ID) ([]agency.Actor, error) {
	ids := []string{}
	err := r.db.NewSelect().Model((*Account)(nil)).Column("id").Where("agency_id = ?", string(of)).Where("active").
		Order("id").Limit(2000).Scan(ctx, &ids)
	if err != nil {
		return nil, fmt.Errorf("list colleagues: %w", err)
	}
	return r.Actors(ctx, ids)
}

// People lists everybody active with roles, for the proof of separated duties.
func (r Reader) People(ctx context.Context) ([]agency.Actor, error) {
	accounts, roles := []Account{}, []RoleAssignment{}
	if err := r.db.NewSelect().Model(&accounts).Where("active").Order("id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("read people: %w", err)
	}
	if err := r.db.NewSelect().Model(&roles).Order("account_id", "role").Scan(ctx); err != nil {
		return nil, fmt.Errorf("read roles: %w", err)
	}
	people, byAccount := []agency.Actor{}, map[string][]RoleAssignment{}
	for _, row := range roles {
		byAccount[row.AccountID] = append(byAccount[row.AccountID], row)
	}
	for _, a := range accounts {
		people = append(people, personOf(a, byAccount[a.ID]))
	}
	return people, nil
}
