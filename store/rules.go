package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/uptrace/bun"

	"datagov/domain/deadline"
	"datagov/domain/law"
	"datagov/domain/workday"
)

// CalendarYear is the head of one year of the working-day calendar.
type CalendarYear struct {
	bun.BaseModel `bun:"table:calendar_year"`

	Year    int    `bun:"year,pk"`
	Status  string `bun:"status"`
	Notice  string `bun:"notice"`
	Source  string `bun:"source"`
	Version int    `bun:"version"`
}

type calendarDayRow struct {
	bun.BaseModel `bun:"table:calendar_day"`

	Day  string `bun:"day,pk"`
	Off  bool   `bun:"off"`
	Name string `bun:"name"`
}

type termRow struct {
	bun.BaseModel `bun:"table:term"`

	Pack        string `bun:"pack,pk"`
	Code        string `bun:"code,pk"`
	Scope       string `bun:"scope,pk"`
	Title       string `bun:"title"`
	Value       int    `bun:"value"`
	Unit        string `bun:"unit"`
	Basis       string `bun:"basis"`
	Source      string `bun:"source"`
	Edition     string `bun:"edition"`
	Article     string `bun:"article"`
	InForceFrom string `bun:"in_force_from,pk"`
}

// CalendarYears lists the years of the calendar.
func (r Reader) CalendarYears(ctx context.Context) ([]CalendarYear, error) {
	rows := []CalendarYear{}
	if err := r.db.NewSelect().Model(&rows).Order("year").Scan(ctx); err != nil {
		return nil, fmt.Errorf("read calendar years: %w", err)
	}
	return rows, nil
}

// Calendar builds the working-day calendar from its rows. Its version lists
// every year with its own version and whether it is official.
func (r Reader) Calendar(ctx context.Context) (workday.Calendar, error) {
	heads, err := r.CalendarYears(ctx)
	if err != nil {
		return workday.Calendar{}, err
	}
	var days []calendarDayRow
	if err := r.db.NewSelect().Model(&days).Order("day").Scan(ctx); err != nil {
		return workday.Calendar{}, fmt.Errorf("read calendar days: %w", err)
	}
	years, marks, versions := []workday.Year{}, []workday.Mark{}, []string{}
	for _, h := range heads {
		years = append(years, workday.Year{Year: h.Year, Status: workday.Status(h.Status), Notice: h.Notice, Source: h.Source})
		versions = append(versions, fmt.Sprintf("%d.%d%s", h.Year, h.Version, h.Status[:1]))
	}
	for _, d := range days {
		marks = append(marks, workday.Mark{Day: workday.Day(d.Day), Off: d.Off, Name: d.Name})
	}
	return workday.NewCalendar(strings.Join(versions, "+"), years, marks), nil
}

// PackVersion is the newest adopted rule pack that is no test pack.
func (r Reader) PackVersion(ctx context.Context, on workday.Day) (string, error) {
	var version string
	err := r.db.NewRaw("SELECT version FROM rule_pack WHERE NOT test AND adopted_on <= ? ORDER BY adopted_on DESC, version DESC LIMIT 1",
		string(on)).Scan(ctx, &version)
	if err != nil {
		return "", found(err, "规则包")
	}
	return version, nil
}

// Pack reads one version of the terms together with the calendar.
func (r Reader) Pack(ctx context.Context, version string) (deadline.Pack, error) {
	calendar, err := r.Calendar(ctx)
	if err != nil {
		return deadline.Pack{}, err
	}
	var rows []termRow
	if err := r.db.NewSelect().Model(&rows).Where("pack = ?", version).Order("code", "scope", "in_force_from").Scan(ctx); err != nil {
		return deadline.Pack{}, fmt.Errorf("read terms: %w", err)
	}
	if len(rows) == 0 {
		return deadline.Pack{}, fmt.Errorf("read rule pack %s: no terms", version)
	}
	pack := deadline.Pack{Version: version, Calendar: calendar}
	for _, t := range rows {
		pack.Terms = append(pack.Terms, deadline.ScopedTerm{
			Scope: deadline.Scope(t.Scope),
			Term: deadline.Term{
				Code: t.Code, Title: t.Title, Value: t.Value, Unit: deadline.Unit(t.Unit), Basis: deadline.Basis(t.Basis),
				Source: t.Source, Citation: law.Citation{Edition: t.Edition, Article: t.Article}, InForceFrom: workday.Day(t.InForceFrom),
			},
		})
	}
	return pack, nil
}
