package store

import (
	"context"
	"fmt"
	"reflect"
	"time"

	"github.com/uptrace/bun"

	"datagov/domain/deadline"
	"datagov/domain/law"
	"datagov/domain/workday"
)

type clockRow struct {
	bun.BaseModel `bun:"table:case_clock"`

	CaseID      string    `bun:"case_id,pk"`
	Position    int       `bun:"position,pk"`
	Code        string    `bun:"code"`
	Title       string    `bun:"title"`
	StartedAt   time.Time `bun:"started_at"`
	Value       int       `bun:"value"`
	Extended    int       `bun:"extended"`
	Unit        string    `bun:"unit"`
	Basis       string    `bun:"basis"`
	Source      string    `bun:"source"`
	Edition     string    `bun:"edition"`
	Article     string    `bun:"article"`
	Calendar    string    `bun:"calendar"`
	Suspended   string    `bun:"suspended"`
	DueAt       time.Time `bun:"due_at,nullzero"`
	RemindAt    time.Time `bun:"remind_at,nullzero"`
	LastDay     string    `bun:"last_day"`
	Provisional bool      `bun:"provisional"`
	RemindedAt  time.Time `bun:"reminded_at,nullzero"`
	OverdueAt   time.Time `bun:"overdue_at,nullzero"`
	StoppedAt   time.Time `bun:"stopped_at,nullzero"`
	StopReason  string    `bun:"stop_reason"`
}

func clockRowOf(caseID string, position int, c deadline.Clock) clockRow {
	return clockRow{
		CaseID: caseID, Position: position, Code: c.Code, Title: c.Title, StartedAt: instant(c.StartedAt),
		Value: c.Value, Extended: c.Extended, Unit: string(c.Unit), Basis: string(c.Basis), Source: c.Source,
		Edition: c.Citation.Edition, Article: c.Citation.Article, Calendar: c.Calendar, Suspended: encode(c.Suspended),
		DueAt: instant(c.DueAt), RemindAt: instant(c.RemindAt), LastDay: string(c.LastDay), Provisional: c.Provisional,
		RemindedAt: instant(c.RemindedAt), OverdueAt: instant(c.OverdueAt), StoppedAt: instant(c.StoppedAt), StopReason: c.StopReason,
	}
}

func (row clockRow) clock() (deadline.Clock, error) {
	suspended, err := decode[workday.Span](row.Suspended)
	if len(suspended) == 0 {
		suspended = nil
	}
	return deadline.Clock{
		Code: row.Code, Title: row.Title, StartedAt: row.StartedAt.UTC(), Value: row.Value, Extended: row.Extended,
		Unit: deadline.Unit(row.Unit), Basis: deadline.Basis(row.Basis), Source: row.Source,
		Citation: law.Citation{Edition: row.Edition, Article: row.Article}, Calendar: row.Calendar, Suspended: suspended,
		DueAt: row.DueAt.UTC(), RemindAt: row.RemindAt.UTC(), LastDay: workday.Day(row.LastDay), Provisional: row.Provisional,
		RemindedAt: row.RemindedAt.UTC(), OverdueAt: row.OverdueAt.UTC(), StoppedAt: row.StoppedAt.UTC(), StopReason: row.StopReason,
	}, err
}

func (r Reader) clocks(ctx context.Context, caseID string) ([]deadline.Clock, error) {
	var rows []clockRow
	if err := r.db.NewSelect().Model(&rows).Where("case_id = ?", caseID).Order("position").Scan(ctx); err != nil {
		return nil, fmt.Errorf("read clocks: %w", err)
	}
	clocks := make([]deadline.Clock, 0, len(rows))
	for _, row := range rows {
		c, err := row.clock()
		if err != nil {
			return nil, err
		}
		clocks = append(clocks, c)
	}
	return clocks, nil
}

// saveClocks stores the clocks that a move started or changed.
func (tx Tx) saveClocks(ctx context.Context, caseID string, before, after []deadline.Clock) error {
	var fresh []clockRow
	for i, c := range after {
		row := clockRowOf(caseID, i, c)
		if i >= len(before) {
			fresh = append(fresh, row)
			continue
		}
		if reflect.DeepEqual(row, clockRowOf(caseID, i, before[i])) {
			continue
		}
		if _, err := tx.db.NewUpdate().Model(&row).WherePK().Exec(ctx); err != nil {
			return fmt.Errorf("save clock: %w", err)
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	if _, err := tx.db.NewInsert().Model(&fresh).Exec(ctx); err != nil {
		return fmt.Errorf("start clocks: %w", err)
	}
	return nil
}
