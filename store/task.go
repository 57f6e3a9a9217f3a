package store

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"datagov/domain/agency"
)

// Task is one seat waiting for somebody, or a copy for information.
type Task struct {
	bun.BaseModel `bun:"table:task"`

	ID          string    `bun:"id,pk"`
	CaseID      string    `bun:"case_id"`
	CaseKind    string    `bun:"case_kind"`
	Step        string    `bun:"step"`
	Title       string    `bun:"title"`
	AgencyID    string    `bun:"agency_id"`
	Role        string    `bun:"role"`
	PartyID     string    `bun:"party_id"`
	DueAt       time.Time `bun:"due_at,nullzero"`
	LastDay     string    `bun:"last_day"`
	Provisional bool      `bun:"provisional"`
	Copy        bool      `bun:"copy"`
	CreatedAt   time.Time `bun:"created_at"`
	ClosedAt    time.Time `bun:"closed_at,nullzero"`
	ClosedBy    string    `bun:"closed_by,nullzero"`

	PartyName string `bun:"party_name,scanonly"`
}

// OpenTasks reads the open tasks of a case, copies left out.
func (r Reader) OpenTasks(ctx context.Context, caseID string) ([]Task, error) {
	rows := []Task{}
	err := r.db.NewSelect().Model(&rows).Where("case_id = ?", caseID).Where("closed_at IS NULL").Where("NOT copy").
		Order("created_at", "id").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("read open tasks: %w", err)
	}
	return rows, nil
}

// InsertTasks opens tasks.
func (tx Tx) InsertTasks(ctx context.Context, tasks []Task) error {
	if len(tasks) == 0 {
		return nil
	}
	for i := range tasks {
		tasks[i].CreatedAt, tasks[i].DueAt = instant(tasks[i].CreatedAt), instant(tasks[i].DueAt)
	}
	if _, err := tx.db.NewInsert().Model(&tasks).Exec(ctx); err != nil {
		return fmt.Errorf("insert tasks: %w", err)
	}
	return nil
}

// CloseTask closes an open task; by is empty when no person finished it.
func (tx Tx) CloseTask(ctx context.Context, id, by string, at time.Time) error {
	row := Task{ID: id, ClosedAt: instant(at), ClosedBy: by}
	_, err := tx.db.NewUpdate().Model(&row).Column("closed_at", "closed_by").WherePK().Where("closed_at IS NULL").Exec(ctx)
	if err != nil {
		return fmt.Errorf("close task: %w", err)
	}
	return nil
}

// MoveTask gives an open task the new end of its term.
func (tx Tx) MoveTask(ctx context.Context, t Task) error {
	t.DueAt = instant(t.DueAt)
	_, err := tx.db.NewUpdate().Model(&t).Column("due_at", "last_day", "provisional").WherePK().Exec(ctx)
	if err != nil {
		return fmt.Errorf("move task: %w", err)
	}
	return nil
}

// TaskFilter picks one box of one person. Before is the last row already seen.
type TaskFilter struct {
	Box      string // todo, done, started, cc
	Actor    agency.Actor
	BeforeAt time.Time
	BeforeID string
	Limit    int
}

// Tasks lists a box, newest first.
// The box "started" is a list of cases: [Reader.ShareRequests].
func (r Reader) Tasks(ctx context.Context, f TaskFilter) ([]Task, error) {
	rows := []Task{}
	q := r.box(&rows, f).ColumnExpr("task.*").ColumnExpr("a.name AS party_name").
		Join("JOIN agency AS a ON a.id = task.party_id")
	column := "task.created_at"
	if f.Box == "done" {
		column = "task.closed_at"
	}
	if f.BeforeID != "" {
		q = q.Where("("+column+", task.id) < (?, ?)", instant(f.BeforeAt), f.BeforeID)
	}
	if err := q.OrderExpr(column + " DESC, task.id DESC").Limit(int64(f.Limit)).Scan(ctx); err != nil {
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

// CountOverdue counts the person's open tasks whose term has passed.
func (r Reader) CountOverdue(ctx context.Context, actor agency.Actor, now time.Time) (int64, error) {
	n, err := r.box((*Task)(nil), TaskFilter{Box: "todo", Actor: actor}).Where("task.due_at <= ?", instant(now)).Count(ctx)
	if err != nil {
		return 0, fmt.Errorf("count overdue tasks: %w", err)
	}
	return n, nil
}

func (r Reader) box(model any, f TaskFilter) *bun.SelectQuery {
	q := r.db.NewSelect().Model(model)
	if f.Box == "done" {
		return q.Where("task.closed_by = ?", f.Actor.Account)
	}
	roles := make([]string, 0, len(f.Actor.Roles)+1)
	for _, role := range f.Actor.Roles {
		roles = append(roles, string(role))
	}
	if len(roles) == 0 {
		roles = append(roles, "")
	}
	q = q.Where("task.agency_id = ?", string(f.Actor.Agency)).Where("task.role IN (?)", bun.List(roles)).Where("task.closed_at IS NULL")
	if f.Box == "cc" {
		return q.Where("task.copy")
	}
	return q.Where("NOT task.copy")
}
