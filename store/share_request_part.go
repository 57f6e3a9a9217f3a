package store

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"datagov/domain/sharing"
)

// Part is one requested item with the words it had when the request was made.
type Part struct {
	bun.BaseModel `bun:"table:share_request_part"`

	RequestID string `bun:"request_id,pk"`
	Position  int    `bun:"position,pk"`
	ItemID    string `bun:"item_id"`
	ItemName  string `bun:"item_name"`
	Level     string `bun:"level"`
	Path      string `bun:"path"`
	Status    string `bun:"status"`
	Reason    string `bun:"reason"`
	Grounds   string `bun:"grounds"`
}

// Parts reads the requested items of a case in their order.
func (r Reader) Parts(ctx context.Context, requestID string) ([]Part, error) {
	rows := []Part{}
	if err := r.db.NewSelect().Model(&rows).Where("request_id = ?", requestID).Order("position").Scan(ctx); err != nil {
		return nil, fmt.Errorf("read parts: %w", err)
	}
	return rows, nil
}

func (r Reader) parts(ctx context.Context, requestID string) ([]sharing.Part, error) {
	rows, err := r.Parts(ctx, requestID)
	if err != nil {
		return nil, err
	}
	parts := make([]sharing.Part, 0, len(rows))
	for _, row := range rows {
		parts = append(parts, sharing.Part{Item: row.ItemID, Path: sharing.Path(row.Path), Status: sharing.PartStatus(row.Status)})
	}
	return parts, nil
}

func (tx Tx) insertParts(ctx context.Context, r sharing.Request, routed []sharing.Routed) error {
	rows := make([]Part, 0, len(routed))
	for i, p := range routed {
		row := Part{
			RequestID: r.ID, Position: i, ItemID: p.Item.ID, ItemName: p.Item.Name, Level: p.Item.Level,
			Path: string(p.Path), Status: string(r.Parts[i].Status), Reason: p.Why, Grounds: "[]",
		}
		if p.Path == sharing.Barred {
			row.Grounds = encode(p.Item.Grounds)
		}
		rows = append(rows, row)
	}
	if _, err := tx.db.NewInsert().Model(&rows).Exec(ctx); err != nil {
		return fmt.Errorf("insert parts: %w", err)
	}
	return nil
}

func (tx Tx) saveParts(ctx context.Context, before, after sharing.Request) error {
	changed := map[string][]string{} // status → items; order does not matter to one UPDATE each
	for i, p := range after.Parts {
		if p.Status != before.Parts[i].Status {
			changed[string(p.Status)] = append(changed[string(p.Status)], p.Item)
		}
	}
	for status, items := range changed {
		_, err := tx.db.NewUpdate().Model((*Part)(nil)).Set("status = ?", status).
			Where("request_id = ?", after.ID).Where("item_id IN (?)", bun.List(items)).Exec(ctx)
		if err != nil {
			return fmt.Errorf("save parts: %w", err)
		}
	}
	return nil
}
