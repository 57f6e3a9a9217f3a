package store

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"datagov/domain/agency"
)

// Task is one seat waiting for somebody, advice that was asked for, or a copy
// for information. Who it was given to is in [Assignee].
type Task struct {
	bun.BaseModel `bun:"table:task"`

	ID          string    `bun:"id,pk"`
	CaseID      string    `bun:"case_id"`
	CaseKind    string    `bun:"case_kind"`
	Kind        string    `bun:"kind"` // seat, advice, copy
	Mode        string    `bun:"mode"`
	ParentID    string    `bun:"parent_id"`
	Step        string    `bun:"step"`
	Title       string    `bun:"title"`
	AgencyID    string    `bun:"agency_id"`
	Role        string    `bun:"role"`
	PartyID     string    `bun:"party_id"`
	DueAt       time.Time `bun:"due_at,nullzero"`
	LastDay     string    `bun:"last_day"`
	Provisional bool      `bun:"provisional"`
	CreatedAt   time.Time `bun:"created_at"`
	ClosedAt    time.Time `bun:"closed_at,nullzero"`
	ClosedBy    string    `bun:"closed_by,nullzero"`
	UrgedAt     time.Time `bun:"urged_at,nullzero"`
	Urges       int       `bun:"urges"`

	PartyName string    `bun:"party_name,scanonly"`
	At        time.Time `bun:"at,scanonly"` // what the box is sorted by
}

// The kinds of tasks.
const (
	SeatTask   = "seat"
	AdviceTask = "advice"
	CopyTask   = "copy"
)

// never is the end of a term that does not run: such tasks come last.
var never = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)

// Task reads a task; NotFound when unknown.
func (r Reader) Task(ctx context.Context, id string) (Task, error) {
	var t Task
	if err := r.db.NewSelect().Model(&t).Where("id = ?", id).Scan(ctx); err != nil {
		return Task{}, found(err, "待办")
	}
	return t, nil
}

// OpenTasks reads the open seats of a case, advice and copies left out.
func (r Reader) OpenTasks(ctx context.Context, caseID string) ([]Task, error) {
	rows := []Task{}
	err := r.db.NewSelect().Model(&rows).Where("case_id = ?", caseID).Where("closed_at IS NULL").Where("kind = ?", SeatTask).
		Order("created_at", "id").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("read open tasks: %w", err)
	}
	return rows, nil
}

// InsertTask opens a task and gives it to its assignees, in their order.
func (tx Tx) InsertTask(ctx context.Context, t Task, assignees []Assignee) error {
	t.CreatedAt, t.DueAt = instant(t.CreatedAt), instant(t.DueAt)
	if t.Mode == "" {
		t.Mode = "any"
	}
	if _, err := tx.db.NewInsert().Model(&t).Exec(ctx); err != nil {
		return fmt.Errorf("insert task: %w", err)
	}
	return tx.insertAssignees(ctx, t, assignees)
}

// CloseTask closes an open task with the advice asked for beside it. By is who
// finished it, in whose place; both are empty when no person did.
func (tx Tx) CloseTask(ctx context.Context, id string, by agency.Actor, at time.Time) error {
	row := Task{ID: id, ClosedAt: instant(at), ClosedBy: by.Account}
	_, err := tx.db.NewUpdate().Model(&row).Column("closed_at", "closed_by").WherePK().Where("closed_at IS NULL").Exec(ctx)
	if err != nil {
		return fmt.Errorf("close task: %w", err)
	}
	_, err = tx.db.NewUpdate().Model((*Task)(nil)).Set("closed_at = ?", instant(at)).
		Where("parent_id = ?", id).Where("closed_at IS NULL").Exec(ctx)
	if err != nil {
		return fmt.Errorf("close advice: %w", err)
	}
	return tx.closeAssignees(ctx, id, by, at)
}

// MoveTask gives an open task the new end of its term.
func (tx Tx) MoveTask(ctx context.Context, t Task) error {
	t.DueAt = instant(t.DueAt)
	_, err := tx.db.NewUpdate().Model(&t).Column("due_at", "last_day", "provisional").WherePK().Exec(ctx)
	if err != nil {
		return fmt.Errorf("move task: %w", err)
	}
	_, err = tx.db.NewUpdate().Model((*Assignee)(nil)).Set("sort_at = ?", sortAt(t)).
		Where("task_id = ?", t.ID).Where("is_open").Exec(ctx)
	if err != nil {
		return fmt.Errorf("move task in its boxes: %w", err)
	}
	return nil
}

// UrgeTask notes that a task was urged.
func (tx Tx) UrgeTask(ctx context.Context, id string, urges int, at time.Time) error {
	row := Task{ID: id, UrgedAt: instant(at), Urges: urges}
	if _, err := tx.db.NewUpdate().Model(&row).Column("urged_at", "urges").WherePK().Exec(ctx); err != nil {
		return fmt.Errorf("urge task: %w", err)
	}
	return nil
}

func sortAt(t Task) time.Time {
	if t.DueAt.IsZero() {
		return never
	}
	return instant(t.DueAt)
}

// LastClosed is the newest seat of a case that a person closed; false when none.
func (r Reader) LastClosed(ctx context.Context, caseID string) (Task, bool, error) {
	rows := []Task{}
	err := r.db.NewSelect().Model(&rows).Where("case_id = ?", caseID).Where("closed_by IS NOT NULL").
		Order("closed_at DESC", "id DESC").Limit(1).Scan(ctx)
	if err != nil {
		return Task{}, false, fmt.Errorf("read last closed task: %w", err)
	}
	if len(rows) == 0 {
		return Task{}, false, nil
	}
	return rows[0], true, nil
}

// VacantCases lists cases with an open seat that waits for nobody, or only for
// people whose account is closed or who have no role in the seat's agency any more.
func (r Reader) VacantCases(ctx context.Context, after string, limit int) ([]string, error) {
	ids := []string{}
	err := r.db.NewSelect().Model((*Task)(nil)).ColumnExpr("DISTINCT task.case_id").
		Where("task.closed_at IS NULL").Where("task.kind = ?", SeatTask).Where("task.case_id > ?", after).
		Where("NOT EXISTS (SELECT 1 FROM task_assignee s JOIN account a ON a.id = s.account_id AND a.active AND a.agency_id = task.agency_id"+
			" JOIN role_assignment r ON r.account_id = a.id AND r.role = task.role WHERE s.task_id = task.id AND s.is_open)").
		Order("task.case_id").Limit(int64(limit)).Scan(ctx, &ids)
	if err != nil {
		return nil, fmt.Errorf("list vacant cases: %w", err)
	}
	return ids, nil
}
