package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"datagov/domain/agency"
	"datagov/domain/casework"
)

// Assignee is one person a task was given to, as a row of the boxes.
type Assignee struct {
	bun.BaseModel `bun:"table:task_assignee"`

	TaskID    string    `bun:"task_id,pk"`
	AccountID string    `bun:"account_id,pk"`
	Position  int       `bun:"position"`
	Box       string    `bun:"box"` // todo, cc
	Holder    bool      `bun:"holder"`
	AddedBy   string    `bun:"added_by"`
	State     string    `bun:"state"`
	ActedBy   string    `bun:"acted_by"`
	ActedAt   time.Time `bun:"acted_at,nullzero"`
	Open      bool      `bun:"is_open"`
	SortAt    time.Time `bun:"sort_at"`
}

// Holding makes the assignees of a fresh task: holders of its seat, in order.
func Holding(accounts []string) []Assignee {
	rows := make([]Assignee, 0, len(accounts))
	for i, a := range accounts {
		rows = append(rows, Assignee{AccountID: a, Position: i, Holder: true, State: string(casework.Waiting)})
	}
	return rows
}

func (tx Tx) insertAssignees(ctx context.Context, t Task, rows []Assignee) error {
	if len(rows) == 0 {
		return nil
	}
	for i := range rows {
		row := &rows[i]
		row.TaskID, row.Box, row.Open, row.SortAt = t.ID, "todo", row.State == string(casework.Waiting), sortAt(t)
		if t.Kind == CopyTask {
			row.Box = "cc"
		}
	}
	if _, err := tx.db.NewInsert().Model(&rows).Exec(ctx); err != nil {
		return fmt.Errorf("assign task: %w", err)
	}
	return nil
}

// FillTask gives a vacant task to those who hold its seat now.
func (tx Tx) FillTask(ctx context.Context, t Task, accounts []string) error {
	return tx.insertAssignees(ctx, t, Holding(accounts))
}

// SaveAssignees stores what an order or a signature changed among the people of
// a task that stays open.
func (tx Tx) SaveAssignees(ctx context.Context, t Task, before, after []casework.Assignee) error {
	fresh := []Assignee{}
	for i, a := range after {
		row := Assignee{
			TaskID: t.ID, AccountID: a.Account, Position: i, Holder: a.Holder, AddedBy: a.AddedBy, State: string(a.State),
			ActedBy: a.ActedBy, ActedAt: instant(a.At), Open: a.State == casework.Waiting, SortAt: sortAt(t),
		}
		known := slices.IndexFunc(before, func(b casework.Assignee) bool { return b.Account == a.Account })
		if known < 0 {
			fresh = append(fresh, row)
			continue
		}
		if known == i && before[known] == a {
			continue
		}
		_, err := tx.db.NewUpdate().Model(&row).
			Column("position", "holder", "added_by", "state", "acted_by", "acted_at", "is_open", "sort_at").WherePK().Exec(ctx)
		if err != nil {
			return fmt.Errorf("save assignee: %w", err)
		}
	}
	return tx.insertAssignees(ctx, t, fresh)
}

// closeAssignees takes the task out of every box; it counts as done for who
// finished it and for those who had signed before.
func (tx Tx) closeAssignees(ctx context.Context, task string, by agency.Actor, at time.Time) error {
	_, err := tx.db.NewUpdate().Model((*Assignee)(nil)).
		Set("state = CASE WHEN account_id = ? THEN 'signed' ELSE 'over' END", by.Standing()).
		Set("acted_by = CASE WHEN account_id = ? THEN ? ELSE acted_by END", by.Standing(), by.Account).
		Set("acted_at = CASE WHEN account_id = ? THEN ? ELSE acted_at END", by.Standing(), instant(at)).
		Set("is_open = ?", false).
		Where("is_open").Where("(task_id = ? OR task_id IN (SELECT id FROM task WHERE parent_id = ?))", task, task).Exec(ctx)
	if err != nil {
		return fmt.Errorf("close task in its boxes: %w", err)
	}
	return nil
}

// deskRow is an open seat with one of its assignees, or none.
type deskRow struct {
	bun.BaseModel `bun:"table:task,alias:task"`

	ID        string    `bun:"id"`
	Step      string    `bun:"step"`
	AgencyID  string    `bun:"agency_id"`
	Role      string    `bun:"role"`
	Mode      string    `bun:"mode"`
	UrgedAt   time.Time `bun:"urged_at,nullzero"`
	Urges     int       `bun:"urges"`
	AccountID string    `bun:"account_id,nullzero"`
	Holder    bool      `bun:"holder,nullzero"`
	AddedBy   string    `bun:"added_by,nullzero"`
	State     string    `bun:"state,nullzero"`
	ActedBy   string    `bun:"acted_by,nullzero"`
	ActedAt   time.Time `bun:"acted_at,nullzero"`
}

// Desk reads the open seats of a case with the people they were given to; it
// is never nil.
func (r Reader) Desk(ctx context.Context, caseID string) ([]casework.Task, error) {
	rows := []deskRow{}
	err := r.db.NewSelect().Model(&rows).
		Column("task.id", "task.step", "task.agency_id", "task.role", "task.mode", "task.urged_at", "task.urges").
		Column("s.account_id", "s.holder", "s.added_by", "s.state", "s.acted_by", "s.acted_at").
		Join("LEFT JOIN task_assignee AS s ON s.task_id = task.id").
		Where("task.case_id = ?", caseID).Where("task.closed_at IS NULL").Where("task.kind = ?", SeatTask).
		OrderExpr("task.created_at, task.id, s.position, s.account_id").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("read desk: %w", err)
	}
	desk := []casework.Task{}
	for _, row := range rows {
		if len(desk) == 0 || desk[len(desk)-1].ID != row.ID {
			desk = append(desk, casework.Task{
				ID: row.ID, Step: row.Step, Agency: agency.ID(row.AgencyID), Role: agency.Role(row.Role), Mode: casework.Mode(row.Mode),
				Assignees: []casework.Assignee{}, UrgedAt: row.UrgedAt.UTC(), Urges: row.Urges,
			})
		}
		if row.AccountID != "" {
			t := &desk[len(desk)-1]
			t.Assignees = append(t.Assignees, casework.Assignee{
				Account: row.AccountID, Holder: row.Holder, AddedBy: row.AddedBy, State: casework.AssigneeState(row.State),
				ActedBy: row.ActedBy, At: row.ActedAt.UTC(),
			})
		}
	}
	return desk, r.readConsultations(ctx, desk)
}

func (r Reader) readConsultations(ctx context.Context, desk []casework.Task) error {
	if len(desk) == 0 {
		return nil
	}
	ids := []string{}
	for _, t := range desk {
		ids = append(ids, t.ID)
	}
	rows := []Consultation{}
	if err := r.db.NewSelect().Model(&rows).Where("task_id IN (?)", bun.List(ids)).Order("asked_at", "id").Scan(ctx); err != nil {
		return fmt.Errorf("read consultations: %w", err)
	}
	for _, c := range rows {
		t := casework.FindID(desk, c.TaskID)
		t.Consultations = append(t.Consultations, casework.Consultation{
			ID: c.ID, AskedBy: c.AskedBy, Account: c.AccountID, Answered: !c.AnsweredAt.IsZero(),
		})
	}
	return nil
}

// Assignees lists who the tasks were given to, in order.
func (r Reader) Assignees(ctx context.Context, tasks []string) ([]Assignee, error) {
	rows := []Assignee{}
	if len(tasks) == 0 {
		return rows, nil
	}
	err := r.db.NewSelect().Model(&rows).Where("task_id IN (?)", bun.List(tasks)).Order("task_id", "position", "account_id").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("read assignees: %w", err)
	}
	return rows, nil
}
