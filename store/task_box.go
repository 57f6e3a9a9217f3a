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

// CountedAtMost is how far a box is counted. A person's boxes grow with his
// years, and a page that shows them must not: it shows this many as 999+.
const CountedAtMost = 1000

// CountTasks counts a box, up to [CountedAtMost].
func (r Reader) CountTasks(ctx context.Context, f TaskFilter) (int64, error) {
	n, err := r.countUp(ctx, r.box((*Task)(nil), f).ColumnExpr("1"))
	if err != nil {
		return 0, fmt.Errorf("count tasks: %w", err)
	}
	return n, nil
}

func (r Reader) countUp(ctx context.Context, rows *bun.SelectQuery) (n int64, err error) {
	return n, r.db.NewSelect().ColumnExpr("count(*)").TableExpr("(?) AS counted", rows.Limit(CountedAtMost)).Scan(ctx, &n)
}

// BoxCounts is how much is in the boxes of a person, each up to [CountedAtMost].
type BoxCounts struct {
	Todo    int64 `bun:"todo"`
	Done    int64 `bun:"done"`
	Copied  int64 `bun:"copied"`
	Overdue int64 `bun:"overdue"` // of what is to do, by the first instant
	Soon    int64 `bun:"soon"`    // of what is to do, by the second
}

// CountBoxes counts the boxes of a person at once, from the indices alone.
func (r Reader) CountBoxes(ctx context.Context, account string, overdue, soon time.Time) (BoxCounts, error) {
	var n BoxCounts
	q := r.db.NewSelect()
	for _, c := range []struct {
		name string
		rows TaskFilter
	}{
		{"todo", TaskFilter{Box: "todo"}},
		{"done", TaskFilter{Box: "done"}},
		{"copied", TaskFilter{Box: "cc"}},
		{"overdue", TaskFilter{Box: "todo", DueBy: overdue}},
		{"soon", TaskFilter{Box: "todo", DueBy: soon}},
	} {
		c.rows.Account = account
		rows := inBox(r.db.NewSelect().TableExpr("task_assignee AS s").ColumnExpr("1"), c.rows).Limit(CountedAtMost)
		q = q.ColumnExpr("(SELECT count(*) FROM (?) AS counted) AS ?", rows, bun.Ident(c.name))
	}
	if err := q.Scan(ctx, &n); err != nil {
		return n, fmt.Errorf("count boxes: %w", err)
	}
	return n, nil
}

// inBox narrows assignees to those of a box.
func inBox(q *bun.SelectQuery, f TaskFilter) *bun.SelectQuery {
	if f.Box == "done" {
		q = q.Where("s.acted_by = ?", f.Account).Where("s.acted_by <> ''").Where("s.acted_at IS NOT NULL")
	} else {
		q = q.Where("s.account_id = ?", f.Account).Where("s.box = ?", f.Box).Where("s.is_open")
	}
	if !f.DueBy.IsZero() {
		q = q.Where("s.sort_at <= ?", instant(f.DueBy))
	}
	return q
}

func (r Reader) box(model any, f TaskFilter) *bun.SelectQuery {
	q := inBox(r.db.NewSelect().Model(model).Join("JOIN task_assignee AS s ON s.task_id = task.id"), f)
	if f.Step != "" {
		q = q.Where("task.step = ?", f.Step)
	}
	if f.Party != "" {
		q = q.Where("task.party_id = ?", f.Party)
	}
	if f.Words != "" {
		q = q.Where("task.title LIKE ? ESCAPE '!'", "%"+likeEscaper.Replace(f.Words)+"%")
	}
	return q
}
