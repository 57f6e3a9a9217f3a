package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"datagov/domain/agency"
	"datagov/domain/audit"
	"datagov/domain/fault"
	"datagov/domain/law"
	"datagov/domain/workday"
)

// CalendarImport is one year that somebody wants on record.
type CalendarImport struct {
	File workday.File
	// Source names the notice where the file does not.
	Source string
	By     agency.Actor
	At     time.Time
}

// CalendarChange is what an import changes; a change of nothing writes nothing.
type CalendarChange struct {
	Before, After  CalendarYear
	Added, Removed []workday.Mark
	// Calendar is the calendar with the year in its place.
	Calendar workday.Calendar
}

// None says that the year stands on record as the file has it.
func (c CalendarChange) None() bool { return c.Before == c.After }

// First is the first day whose counts the change can touch.
func (c CalendarChange) First() workday.Day {
	first, _ := firstAndLast(c.After.Year)
	return first
}

// CalendarStream names the event stream of a calendar year.
func CalendarStream(year int) string { return fmt.Sprintf("calendar/%d", year) }

// PlanCalendar says what an import would change, and writes nothing. A year
// with an official notice is replaced by another official one only.
func (r Reader) PlanCalendar(ctx context.Context, in CalendarImport) (CalendarChange, error) {
	heads, err := r.CalendarYears(ctx)
	if err != nil {
		return CalendarChange{}, err
	}
	c := CalendarChange{Before: CalendarYear{Year: in.File.Year, Status: string(workday.Missing)}, After: in.head()}
	if i := slices.IndexFunc(heads, func(h CalendarYear) bool { return h.Year == in.File.Year }); i >= 0 {
		c.Before = heads[i]
	} else {
		heads = append(heads, c.Before)
		slices.SortFunc(heads, func(a, b CalendarYear) int { return a.Year - b.Year })
	}
	if c.Before.Status == string(workday.Official) && c.After.Status != c.Before.Status {
		return CalendarChange{}, fault.New(fault.Conflict, "该年已有正式日历，只能依据国务院办公厅的通知更改：请写明通知的名称")
	}
	first, last := firstAndLast(in.File.Year)
	have, err := r.CalendarDays(ctx, first, last)
	if err != nil {
		return CalendarChange{}, err
	}
	c.Added, c.Removed = missing(in.File.Days, have), missing(have, in.File.Days)
	c.After.Version = c.Before.Version
	if c.Before.Version == 0 || c.Before != c.After || len(c.Added)+len(c.Removed) > 0 {
		c.After.Version++
	}
	for i := range heads {
		if heads[i].Year == c.After.Year {
			heads[i] = c.After
		}
	}
	now, err := r.Calendar(ctx)
	c.Calendar = now.With(versionOf(heads), c.After.head(), in.File.Days)
	return c, err
}

// head is the year as the import would have it, without its version.
func (in CalendarImport) head() CalendarYear {
	source := strings.TrimSpace(in.Source)
	h := CalendarYear{Year: in.File.Year, Status: string(in.File.Status(source)), Notice: source, Source: strings.Join(in.File.Papers, " ")}
	if h.Source == "" {
		h.Source = source
	}
	if h.Notice == "" && len(in.File.Papers) > 0 {
		h.Notice = fmt.Sprintf("国务院办公厅关于%d年部分节假日安排的通知", h.Year)
	}
	if h.Notice == "" {
		h.Notice, h.Source = "没有写明依据的通知", "导入的文件"
	}
	return h
}

// ImportCalendar puts the year on record with its days and its event.
func (tx Tx) ImportCalendar(ctx context.Context, in CalendarImport) (CalendarChange, error) {
	c, err := tx.PlanCalendar(ctx, in)
	if err != nil || c.None() {
		return c, err
	}
	if err := tx.putYear(ctx, c.Before, c.After, in.File.Days); err != nil {
		return c, err
	}
	body, err := json.Marshal(struct {
		Year    int    `json:"year"`
		Version int    `json:"version"`
		Status  string `json:"status"`
		Source  string `json:"source"`
		Added   int    `json:"added"`
		Removed int    `json:"removed"`
	}{c.After.Year, c.After.Version, c.After.Status, c.After.Source, len(c.Added), len(c.Removed)})
	if err != nil {
		return c, fmt.Errorf("write event body: %w", err)
	}
	return c, tx.AppendEvents(ctx, []audit.Event{{
		Stream: CalendarStream(c.After.Year), Name: "calendar.imported", At: in.At, Citation: law.Measure("5"),
		Actor: agency.Actor{Kind: in.By.Kind, Account: in.By.Account, Agency: in.By.Agency},
		Detail: fmt.Sprintf("导入 %d 年工作日历（第 %d 版，%s）：新增 %d 日，取消 %d 日", c.After.Year, c.After.Version,
			StatusTitle(c.After.Status), len(c.Added), len(c.Removed)),
		Body: string(body),
	}})
}

// StatusTitle is the status of a calendar year in the words of the offices.
func StatusTitle(status string) string {
	switch workday.Status(status) {
	case workday.Official:
		return "正式"
	case workday.Provisional:
		return "暂定"
	case workday.Missing:
	}
	return "缺失"
}
