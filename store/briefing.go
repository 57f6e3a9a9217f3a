package store

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect"

	"datagov/domain/deadline"
	"datagov/domain/sharing"
	"datagov/domain/workday"
)

// BriefingFilter is a period and whose cases are counted: From is inside, Until
// is not. An empty Party counts every case; otherwise those it asks or provides in.
type BriefingFilter struct {
	From, Until time.Time
	Party       string
}

// Count is how many cases or items of a provider and a month there are.
type Count struct {
	Provider string
	Month    string // 2006-01, in the district's time; empty where no month is asked for
	Status   string // how the case ended; empty where it is not asked for
	N        int
	OnTime   int // of those, how many passed no term of the answer
}

// Spent is how many cases of a provider were received and answered on the same
// days, with the same suspensions: what working days are counted from.
type Spent struct {
	Provider           string
	Received, Answered workday.Day
	Suspended          []workday.Span
	N                  int
}

// Coming is a case whose answer is due next.
type Coming struct {
	CaseID   string    `bun:"case_id"`
	Title    string    `bun:"title"`
	Provider string    `bun:"provider"`
	Status   string    `bun:"status"`
	DueAt    time.Time `bun:"due_at"`
	LastDay  string    `bun:"last_day"`
}

// answerClocks are the terms whose passing is 逾期未答复; any other is 环节逾期.
func answerClocks() bun.ListValues { return bun.List(sharing.AnswerClocks()) }

// Received counts the cases that were signed off in the period: a draft that
// its head has not signed has not reached anybody.
func (r Reader) Received(ctx context.Context, f BriefingFilter) ([]Count, error) {
	q := r.briefing(f).ColumnExpr("r.provider_id AS provider").ColumnExpr(r.month("r.signed_at")+" AS month").ColumnExpr("count(*) AS n").
		Where("r.signed_at >= ?", instant(f.From)).Where("r.signed_at < ?", instant(f.Until)).GroupExpr("1, 2").OrderExpr("1, 2")
	return counted(ctx, q, "received cases")
}

// Closed counts the received cases that ended in the period, by outcome, and
// those of them that passed no term of the answer.
func (r Reader) Closed(ctx context.Context, f BriefingFilter) ([]Count, error) {
	late := "EXISTS (SELECT 1 FROM case_clock c WHERE c.case_id = r.id AND c.code IN (?) AND c.overdue_at IS NOT NULL)"
	q := r.closed(f).ColumnExpr("r.provider_id AS provider").ColumnExpr(r.month("r.closed_at")+" AS month").ColumnExpr("r.status AS status").
		ColumnExpr("count(*) AS n").ColumnExpr("sum(CASE WHEN "+late+" THEN 0 ELSE 1 END) AS on_time", answerClocks()).
		GroupExpr("1, 2, 3").OrderExpr("1, 2, 3")
	return counted(ctx, q, "closed cases")
}

// RefusedItems counts the items refused in cases that ended in the period,
// whether wholly or in part.
func (r Reader) RefusedItems(ctx context.Context, f BriefingFilter) ([]Count, error) {
	q := r.closed(f).ColumnExpr("r.provider_id AS provider").ColumnExpr("count(*) AS n").
		Join("JOIN share_request_part AS p ON p.request_id = r.id AND p.status = 'refused'").GroupExpr("1").OrderExpr("1")
	return counted(ctx, q, "refused items")
}

// Overdue counts the cases that passed a term of the answer in the period, each
// once, in the month of the first.
func (r Reader) Overdue(ctx context.Context, f BriefingFilter) ([]Count, error) {
	passed := r.db.NewSelect().TableExpr("case_clock AS c").ColumnExpr("c.case_id").ColumnExpr("min(c.overdue_at) AS passed_at").
		Where("c.code IN (?)", answerClocks()).Where("c.overdue_at >= ?", instant(f.From)).Where("c.overdue_at < ?", instant(f.Until)).
		GroupExpr("c.case_id")
	q := r.briefing(f).ColumnExpr("r.provider_id AS provider").ColumnExpr(r.month("o.passed_at")+" AS month").ColumnExpr("count(*) AS n").
		Join("JOIN (?) AS o ON o.case_id = r.id", passed).GroupExpr("1, 2").OrderExpr("1, 2")
	return counted(ctx, q, "overdue cases")
}

// Open counts the received cases that had not ended when the period did.
func (r Reader) Open(ctx context.Context, f BriefingFilter) ([]Count, error) {
	q := r.briefing(f).ColumnExpr("r.provider_id AS provider").ColumnExpr("count(*) AS n").
		Where("r.signed_at < ?", instant(f.Until)).Where("(r.closed_at IS NULL OR r.closed_at >= ?)", instant(f.Until)).
		GroupExpr("1").OrderExpr("1")
	return counted(ctx, q, "open cases")
}

// Spent groups the answered cases of the period that went through review by
// the days of receipt and answer. What a signature grants takes no days.
func (r Reader) Spent(ctx context.Context, f BriefingFilter) ([]Spent, error) {
	var rows []struct {
		Provider, Received, Answered, Suspended string
		N                                       int
	}
	err := r.closed(f).ColumnExpr("r.provider_id AS provider").ColumnExpr(r.day("r.signed_at")+" AS received").
		ColumnExpr(r.day("r.closed_at")+" AS answered").ColumnExpr("c.suspended AS suspended").ColumnExpr("count(*) AS n").
		Join("JOIN case_clock AS c ON c.case_id = r.id AND c.code = ?", deadline.ShareJointDecision).
		Where("c.position = (SELECT max(l.position) FROM case_clock l WHERE l.case_id = r.id AND l.code = c.code)").
		Where("r.status <> 'withdrawn'").GroupExpr("1, 2, 3, 4").OrderExpr("1, 2, 3, 4").Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("read days spent: %w", err)
	}
	list := make([]Spent, 0, len(rows))
	for _, row := range rows {
		suspended, err := decode[workday.Span](row.Suspended)
		if err != nil {
			return nil, err
		}
		list = append(list, Spent{row.Provider, workday.Day(row.Received), workday.Day(row.Answered), suspended, row.N})
	}
	return list, nil
}

// Coming lists the open cases whose answer is due next.
func (r Reader) Coming(ctx context.Context, party string, now time.Time, limit int) ([]Coming, error) {
	rows := []Coming{}
	err := r.briefing(BriefingFilter{Party: party}).ColumnExpr("r.id AS case_id, r.title, r.provider_id AS provider, r.status, c.due_at, c.last_day").
		Join("JOIN case_clock AS c ON c.case_id = r.id AND c.code = ?", deadline.ShareJointDecision).
		Where("c.stopped_at IS NULL").Where("c.due_at >= ?", instant(now)).Where("r.closed_at IS NULL").
		OrderExpr("c.due_at, r.id").Limit(int64(limit)).Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("read coming terms: %w", err)
	}
	return rows, nil
}

func (r Reader) briefing(f BriefingFilter) *bun.SelectQuery {
	q := r.db.NewSelect().TableExpr("share_request AS r")
	if f.Party != "" {
		q = q.Where("(r.requester_id = ? OR r.provider_id = ?)", f.Party, f.Party)
	}
	return q
}

func (r Reader) closed(f BriefingFilter) *bun.SelectQuery {
	return r.briefing(f).Where("r.signed_at IS NOT NULL").Where("r.closed_at >= ?", instant(f.From)).Where("r.closed_at < ?", instant(f.Until))
}

func counted(ctx context.Context, q *bun.SelectQuery, what string) ([]Count, error) {
	rows := []Count{}
	if err := q.Scan(ctx, &rows); err != nil {
		return nil, fmt.Errorf("count %s: %w", what, err)
	}
	return rows, nil
}

// month and day write an instant as the district's month or day; the two
// databases say it differently and mean the same.
func (r Reader) month(column string) string { return r.civil(column, "YYYY-MM", "%Y-%m") }

func (r Reader) day(column string) string { return r.civil(column, "YYYY-MM-DD", "%Y-%m-%d") }

func (r Reader) civil(column, postgres, sqlite string) string {
	if r.db.Dialect().Name() == dialect.PG {
		return "to_char((" + column + " AT TIME ZONE 'UTC') + interval '8 hours', '" + postgres + "')"
	}
	return "strftime('" + sqlite + "', " + column + ", '+8 hours')"
}
