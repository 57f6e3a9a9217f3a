package store

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"datagov/domain/deadline"
	"datagov/domain/sharing"
	"datagov/domain/workday"
)

// recountBatch is how many running clocks are read at once.
const recountBatch = 2000

// CaseRecount is what counting again would change in one case.
type CaseRecount struct {
	CaseID, Title string
	Clocks        []sharing.Recount
}

type runningRow struct {
	clockRow `bun:",extend"`

	CaseTitle string `bun:"case_title,scanonly"`
}

// Recounts counts the running clocks that end on the day or later again on a
// calendar, case by case, and hands over the cases in which anything changes.
// It writes nothing.
func (r Reader) Recounts(ctx context.Context, calendar workday.Calendar, from workday.Day, at time.Time, found func(CaseRecount) error) error {
	one := running{calendar: calendar, at: at, found: found}
	for after := (runningRow{}); ; {
		rows, err := r.runningClocks(ctx, from, after)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if err := one.take(row); err != nil {
				return err
			}
		}
		if len(rows) < recountBatch {
			return one.flush()
		}
		after = rows[len(rows)-1]
	}
}

func (r Reader) runningClocks(ctx context.Context, from workday.Day, after runningRow) ([]runningRow, error) {
	var rows []runningRow
	q := r.db.NewSelect().Model(&rows).ModelTableExpr("case_clock AS c").ColumnExpr("c.*").
		ColumnExpr("coalesce((SELECT s.title FROM share_request s WHERE s.id = c.case_id), '') AS case_title").
		Where("c.stopped_at IS NULL").Where("c.due_at IS NOT NULL").Where("c.last_day >= ?", string(from))
	if after.CaseID != "" {
		q = q.Where("(c.case_id, c.position) > (?, ?)", after.CaseID, after.Position)
	}
	if err := q.OrderExpr("c.case_id, c.position").Limit(recountBatch).Scan(ctx); err != nil {
		return nil, fmt.Errorf("read running clocks: %w", err)
	}
	return rows, nil
}

// running gathers the clocks of one case and hands the case over when the next begins.
type running struct {
	calendar workday.Calendar
	at       time.Time
	found    func(CaseRecount) error
	id       string
	title    string
	clocks   []deadline.Clock
}

func (o *running) take(row runningRow) error {
	if row.CaseID != o.id {
		if err := o.flush(); err != nil {
			return err
		}
		o.id, o.title, o.clocks = row.CaseID, row.CaseTitle, nil
	}
	c, err := row.clock()
	o.clocks = append(o.clocks, c)
	return err
}

func (o *running) flush() error {
	r := sharing.Request{Clocks: o.clocks}
	if o.title == "" { // no share request: other procedures count their own
		return nil
	}
	if _, changes := r.Recompute(o.calendar, o.at); len(changes) > 0 {
		return o.found(CaseRecount{o.id, o.title, changes})
	}
	return nil
}

// Nudge is a case whose rows the engine has to be told of, because its next
// alarm is now earlier than the one it sleeps to.
type Nudge struct {
	bun.BaseModel `bun:"table:case_nudge"`

	CaseID    string    `bun:"case_id,pk"`
	Version   int64     `bun:"version"`
	CreatedAt time.Time `bun:"created_at"`
}

// PutNudge asks for the case to be told, in the transaction that moved it.
func (tx Tx) PutNudge(ctx context.Context, n Nudge) error {
	n.CreatedAt = instant(n.CreatedAt)
	_, err := tx.db.NewInsert().Model(&n).On("CONFLICT (case_id) DO UPDATE").Set("version = EXCLUDED.version").Exec(ctx)
	if err != nil {
		return fmt.Errorf("put nudge: %w", err)
	}
	return nil
}

// Nudges lists cases to be told, oldest first.
func (r Reader) Nudges(ctx context.Context, limit int) ([]Nudge, error) {
	rows := []Nudge{}
	if err := r.db.NewSelect().Model(&rows).Order("created_at", "case_id").Limit(int64(limit)).Scan(ctx); err != nil {
		return nil, fmt.Errorf("read nudges: %w", err)
	}
	return rows, nil
}

// DropNudge forgets a case that was told, unless it has moved again since.
func (s *Store) DropNudge(ctx context.Context, n Nudge) error {
	if err := s.exec(ctx, s.db.NewDelete().Model(&n).WherePK().Where("version = ?", n.Version)); err != nil {
		return fmt.Errorf("drop nudge: %w", err)
	}
	return nil
}

// LastEvent is the time of the newest event of a name in a stream; zero when there is none.
func (r Reader) LastEvent(ctx context.Context, stream, name string) (time.Time, error) {
	var rows []eventRow
	err := r.db.NewSelect().Model(&rows).Column("at").Where("stream = ?", stream).Where("name = ?", name).
		Order("seq DESC").Limit(1).Scan(ctx)
	if err != nil || len(rows) == 0 {
		if err != nil {
			err = fmt.Errorf("read last event: %w", err)
		}
		return time.Time{}, err
	}
	return rows[0].At.UTC(), nil
}
