package store

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"datagov/domain/agency"
	"datagov/domain/sharing"
)

type agencyRow struct {
	bun.BaseModel `bun:"table:agency"`

	ID   string `bun:"id,pk"`
	Name string `bun:"name"`
	Kind string `bun:"kind"`
}

// District is the one district this record belongs to.
type District struct {
	bun.BaseModel `bun:"table:district"`

	ID           int    `bun:"id,pk"`
	Name         string `bun:"name"`
	CommissionID string `bun:"commission_id"`
	SubstituteID string `bun:"substitute_id,nullzero"`
	Demo         bool   `bun:"demo"`
}

// Seating names who holds the commission's seat.
func (d District) Seating() sharing.Seating {
	return sharing.Seating{Commission: agency.ID(d.CommissionID), Substitute: agency.ID(d.SubstituteID)}
}

// Agency reads one agency; NotFound when unknown.
func (r Reader) Agency(ctx context.Context, id agency.ID) (agency.Agency, error) {
	var row agencyRow
	if err := r.db.NewSelect().Model(&row).Where("id = ?", string(id)).Scan(ctx); err != nil {
		return agency.Agency{}, found(err, "机构")
	}
	return agency.Agency{ID: agency.ID(row.ID), Name: row.Name, Kind: agency.Kind(row.Kind)}, nil
}

// Agencies lists agencies after the cursor, by ID.
func (r Reader) Agencies(ctx context.Context, after string, limit int) ([]agency.Agency, error) {
	var rows []agencyRow
	err := r.db.NewSelect().Model(&rows).Where("id > ?", after).Order("id").Limit(int64(limit)).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("list agencies: %w", err)
	}
	list := make([]agency.Agency, 0, len(rows))
	for _, row := range rows {
		list = append(list, agency.Agency{ID: agency.ID(row.ID), Name: row.Name, Kind: agency.Kind(row.Kind)})
	}
	return list, nil
}

// AgencyNames maps IDs to names for the given agencies.
func (r Reader) AgencyNames(ctx context.Context, ids []string) (map[string]string, error) {
	names := map[string]string{}
	if len(ids) == 0 {
		return names, nil
	}
	var rows []agencyRow
	if err := r.db.NewSelect().Model(&rows).Where("id IN (?)", bun.List(ids)).Scan(ctx); err != nil {
		return nil, fmt.Errorf("read agency names: %w", err)
	}
	for _, row := range rows {
		names[row.ID] = row.Name
	}
	return names, nil
}

// District reads the district; NotFound before the record was set up.
func (r Reader) District(ctx context.Context) (District, error) {
	var d District
	if err := r.db.NewSelect().Model(&d).Where("id = 1").Scan(ctx); err != nil {
		return District{}, found(err, "区划设置")
	}
	return d, nil
}

// PutAgency adds an agency or renames it.
func (tx Tx) PutAgency(ctx context.Context, a agency.Agency) error {
	row := agencyRow{ID: string(a.ID), Name: a.Name, Kind: string(a.Kind)}
	_, err := tx.db.NewInsert().Model(&row).On("CONFLICT (id) DO UPDATE").
		Set("name = EXCLUDED.name").Set("kind = EXCLUDED.kind").Exec(ctx)
	if err != nil {
		return fmt.Errorf("put agency: %w", err)
	}
	return nil
}

// InsertDistrict sets the record up for its district, once.
func (tx Tx) InsertDistrict(ctx context.Context, d District) error {
	d.ID = 1
	if _, err := tx.db.NewInsert().Model(&d).Exec(ctx); err != nil {
		return fmt.Errorf("insert district: %w", err)
	}
	return nil
}
