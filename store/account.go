package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"datagov/domain/agency"
)

// Account is one person's local account.
type Account struct {
	bun.BaseModel `bun:"table:account"`

	ID           string    `bun:"id,pk"`
	Username     string    `bun:"username"`
	Name         string    `bun:"name"`
	AgencyID     string    `bun:"agency_id"`
	PasswordHash string    `bun:"password_hash"`
	Active       bool      `bun:"active"`
	CreatedAt    time.Time `bun:"created_at"`
}

// RoleAssignment gives an account a role in the domain of one agency, or "*".
type RoleAssignment struct {
	bun.BaseModel `bun:"table:role_assignment"`

	AccountID string `bun:"account_id,pk"`
	Role      string `bun:"role,pk"`
	Domain    string `bun:"domain,pk"`
}

// AccountByUsername reads an account; NotFound when unknown.
func (r Reader) AccountByUsername(ctx context.Context, username string) (Account, error) {
	var a Account
	if err := r.db.NewSelect().Model(&a).Where("username = ?", username).Scan(ctx); err != nil {
		return Account{}, found(err, "账号")
	}
	return a, nil
}

// Account reads an account by ID; NotFound when unknown.
func (r Reader) Account(ctx context.Context, id string) (Account, error) {
	var a Account
	if err := r.db.NewSelect().Model(&a).Where("id = ?", id).Scan(ctx); err != nil {
		return Account{}, found(err, "账号")
	}
	return a, nil
}

// AccountNames maps account IDs to the names of their people.
func (r Reader) AccountNames(ctx context.Context, ids []string) (map[string]string, error) {
	names := map[string]string{}
	if len(ids) == 0 {
		return names, nil
	}
	var rows []Account
	err := r.db.NewSelect().Model(&rows).Column("id", "name").Where("id IN (?)", bun.List(ids)).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("read account names: %w", err)
	}
	for _, row := range rows {
		names[row.ID] = row.Name
	}
	return names, nil
}

// Roles lists the roles the account holds in its agency's domain and the
// district's desks it holds district-wide, sorted.
func (r Reader) Roles(ctx context.Context, account string, own agency.ID) ([]agency.Role, error) {
	var rows []RoleAssignment
	err := r.db.NewSelect().Model(&rows).Where("account_id = ?", account).
		Where("domain IN (?)", bun.List([]string{string(own), "*"})).Order("role").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("read roles: %w", err)
	}
	roles := make([]agency.Role, 0, len(rows))
	for _, row := range rows {
		role := agency.Role(row.Role)
		if role.District() != (row.Domain == "*") || slices.Contains(roles, role) {
			continue // a desk of the district is no role of an agency, nor the other way round
		}
		roles = append(roles, role)
	}
	return roles, nil
}

// RoleAssignments reads every assignment of active accounts, for the enforcer.
func (r Reader) RoleAssignments(ctx context.Context) ([]RoleAssignment, error) {
	var rows []RoleAssignment
	err := r.db.NewSelect().Model(&rows).
		Join("JOIN account AS a ON a.id = role_assignment.account_id AND a.active").
		OrderExpr("role_assignment.account_id, role_assignment.role, role_assignment.domain").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("read role assignments: %w", err)
	}
	return rows, nil
}

// RoleVersion changes with every assignment, so that each node knows when to rebuild.
func (r Reader) RoleVersion(ctx context.Context) (int64, error) {
	var version int64
	if err := r.db.NewRaw("SELECT version FROM role_version WHERE id = 1").Scan(ctx, &version); err != nil {
		return 0, fmt.Errorf("read role version: %w", err)
	}
	return version, nil
}

// InsertAccount adds an account; Conflict when the name is taken.
func (tx Tx) InsertAccount(ctx context.Context, a Account) error {
	a.CreatedAt = instant(a.CreatedAt)
	if _, err := tx.db.NewInsert().Model(&a).Exec(ctx); err != nil {
		return fmt.Errorf("insert account: %w", err)
	}
	return nil
}

// SetPassword replaces the password hash and ends every session of the account.
func (tx Tx) SetPassword(ctx context.Context, account, hash string) error {
	if _, err := tx.db.NewUpdate().Table("account").Set("password_hash = ?", hash).Where("id = ?", account).Exec(ctx); err != nil {
		return fmt.Errorf("set password: %w", err)
	}
	if _, err := tx.db.NewDelete().Table("session").Where("account_id = ?", account).Exec(ctx); err != nil {
		return fmt.Errorf("end sessions: %w", err)
	}
	return nil
}

// AssignRole gives a role and moves the role version on.
func (tx Tx) AssignRole(ctx context.Context, a RoleAssignment) error {
	if _, err := tx.db.NewInsert().Model(&a).On("CONFLICT DO NOTHING").Exec(ctx); err != nil {
		return fmt.Errorf("assign role: %w", err)
	}
	return tx.bumpRoles(ctx)
}

// RevokeRole takes a role away and moves the role version on.
func (tx Tx) RevokeRole(ctx context.Context, a RoleAssignment) error {
	if _, err := tx.db.NewDelete().Model(&a).WherePK().Exec(ctx); err != nil {
		return fmt.Errorf("revoke role: %w", err)
	}
	return tx.bumpRoles(ctx)
}

func (tx Tx) bumpRoles(ctx context.Context) error {
	if _, err := tx.db.NewRaw("UPDATE role_version SET version = version + 1 WHERE id = 1").Exec(ctx); err != nil {
		return fmt.Errorf("move role version: %w", err)
	}
	return nil
}
