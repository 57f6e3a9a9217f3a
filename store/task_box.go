package store

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"
)

// TaskFilter picks one box of one person and narrows it. After is the last row
// already seen, by what the box is sorted by.
type TaskFilter struct {
	Box     string // todo, done, cc
	Account string
	Step    string
	Party   string
	Words   string
	// DueBy keeps what is due at or before the instant.
	DueBy   time.Time
	AfterAt time.Time
	AfterID string
	Limit   int
}

// Tasks lists a box: what is to do by the legal time left, the rest newest first.
// The box "started" is a list of cases: [Reader.ShareRequests].
func (r Reader) Tasks(ctx context.Context, f TaskFilter) ([]Task, error) {
	rows := []Task{}
	column, order, compare := "s.sort_at", "ASC", ">"
	switch f.Box {
	case "done":
		column, order, compare = "s.acted_at", "DESC", "<"
	case "cc":
		column, order, compare = "task.created_at", "DESC", "<"
	}
	q := r.box(&rows, f).ColumnExpr("task.*").ColumnExpr("a.name AS party_name").ColumnExpr(column + " AS at").
		Join("JOIN agency AS a ON a.id = task.party_id")
	if f.AfterID != "" {
		q = q.Where("("+column+", s.task_id) "+compare+" (?, ?)", instant(f.AfterAt), f.AfterID)
	}
	if err := q.OrderExpr(column + " " + order + ", s.task_id " + order).Limit(int64(f.Limit)).Scan(ctx); err != nil {
		return nil, fmt.Errorf("list tasks: %w", err)
	}
	return rows, nil
}

// CountTasks counts a box.
func (r Reader) CountTasks(ctx context.Context, f TaskFilter) (int64, error) {
	n, err := r.box((*Task)(nil), f).Count(ctx)
	if err != nil {
		return 0, fmt.Errorf("count tasks: %w", err)
	}
	return n, nil
}

func (r Reader) box(model any, f TaskFilter) *bun.SelectQuery {
	q := r.db.NewSelect().Model(model).Join("JOIN task_assignee AS s ON s.task_id = task.id")
	switch f.Box {
	case "done":
		q = q.Where("s.acted_by = ?", f.Account).Where("s.acted_by <> ''").Where("s.acted_at IS NOT NULL")
	default:
		q = q.Where("s.account_id = ?", f.Account).Where("s.box = ?", f.Box).Where("s.is_open")
	}
	if f.Step != "" {
		q = q.Where("task.step = ?", f.Step)
	}
	if f.Party != "" {
		q = q.Where("task.party_id = ?", f.Party)
	}
	if f.Words != "" {
		q = q.Where("task.title LIKE ? ESCAPE '!'", "%"+likeEscaper.Replace(f.Words)+"%")
	}
	if !f.DueBy.IsZero() {
		q = q.Where("s.sort_at <= ?", instant(f.DueBy))
	}
	return q
}
