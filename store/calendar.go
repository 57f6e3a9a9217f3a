package store

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/uptrace/bun"

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

func (y CalendarYear) head() workday.Year {
	return workday.Year{Year: y.Year, Status: workday.Status(y.Status), Notice: y.Notice, Source: y.Source, Version: y.Version}
}

type calendarDayRow struct {
	bun.BaseModel `bun:"table:calendar_day"`

	Day  string `bun:"day,pk"`
	Off  bool   `bun:"off"`
	Name string `bun:"name"`
}

// CalendarYears lists the years of the calendar.
func (r Reader) CalendarYears(ctx context.Context) ([]CalendarYear, error) {
	rows := []CalendarYear{}
	if err := r.db.NewSelect().Model(&rows).Order("year").Scan(ctx); err != nil {
		return nil, fmt.Errorf("read calendar years: %w", err)
	}
	return rows, nil
}

// CalendarDays lists the days from one to another that the calendar names.
func (r Reader) CalendarDays(ctx context.Context, from, to workday.Day) ([]workday.Mark, error) {
	var rows []calendarDayRow
	err := r.db.NewSelect().Model(&rows).Where("day >= ?", string(from)).Where("day <= ?", string(to)).Order("day").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("read calendar days: %w", err)
	}
	marks := make([]workday.Mark, 0, len(rows))
	for _, d := range rows {
		marks = append(marks, workday.Mark{Day: workday.Day(d.Day), Off: d.Off, Name: d.Name})
	}
	return marks, nil
}

// Calendar builds the working-day calendar from its rows. Its version lists
// every year with its own version and whether it is official.
func (r Reader) Calendar(ctx context.Context) (workday.Calendar, error) {
	heads, err := r.CalendarYears(ctx)
	if err != nil {
		return workday.Calendar{}, err
	}
	marks, err := r.CalendarDays(ctx, "0000-01-01", "9999-12-31")
	if err != nil {
		return workday.Calendar{}, err
	}
	years := make([]workday.Year, 0, len(heads))
	for _, h := range heads {
		years = append(years, h.head())
	}
	return workday.NewCalendar(versionOf(heads), years, marks), nil
}

// CalendarVersion names the state of the calendar's rows; it changes with every import.
func (r Reader) CalendarVersion(ctx context.Context) (string, error) {
	heads, err := r.CalendarYears(ctx)
	return versionOf(heads), err
}

func versionOf(heads []CalendarYear) string {
	versions := make([]string, 0, len(heads))
	for _, h := range heads {
		versions = append(versions, fmt.Sprintf("%d.%d%s", h.Year, h.Version, h.Status[:1]))
	}
	return strings.Join(versions, "+")
}

// firstAndLast are the bounds of a year.
func firstAndLast(year int) (workday.Day, workday.Day) {
	text := strconv.Itoa(year)
	return workday.Day(text + "-01-01"), workday.Day(text + "-12-31")
}

// putYear writes a year's head, if it still has the version before, and its days.
func (tx Tx) putYear(ctx context.Context, before, after CalendarYear, days []workday.Mark) error {
	if before.Version == 0 {
		if _, err := tx.db.NewInsert().Model(&after).Exec(ctx); err != nil {
			return fmt.Errorf("insert calendar year: %w", err)
		}
	} else {
		done, err := tx.db.NewUpdate().Model(&after).WherePK().Where("version = ?", before.Version).Exec(ctx)
		if err != nil {
			return fmt.Errorf("save calendar year: %w", err)
		}
		if n, _ := done.RowsAffected(); n != 1 {
			return errStale
		}
	}
	first, last := firstAndLast(after.Year)
	_, err := tx.db.NewDelete().Model((*calendarDayRow)(nil)).Where("day >= ?", string(first)).Where("day <= ?", string(last)).Exec(ctx)
	if err != nil {
		return fmt.Errorf("clear calendar days: %w", err)
	}
	rows := make([]calendarDayRow, 0, len(days))
	for _, d := range days {
		rows = append(rows, calendarDayRow{Day: string(d.Day), Off: d.Off, Name: d.Name})
	}
	if _, err := tx.db.NewInsert().Model(&rows).Exec(ctx); err != nil {
		return fmt.Errorf("insert calendar days: %w", err)
	}
	return nil
}

// missing lists the marks that the other list does not hold as they are.
func missing(marks, other []workday.Mark) []workday.Mark {
	left := []workday.Mark{}
	for _, m := range marks {
		if !slices.Contains(other, m) {
			left = append(left, m)
		}
	}
	return left
}
