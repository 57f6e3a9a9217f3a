package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"datagov/activities"
	"datagov/domain/agency"
	"datagov/domain/sharing"
	"datagov/domain/workday"
	"datagov/internal/config"
	"datagov/store"
)

// clockCommands are the tools of whoever keeps the calendar and the rules.
type clockCommands struct {
	Calendar struct {
		Import calendarImport `cmd:"" help:"导入一年的工作日历（holiday-cn 的 JSON，或者列为 date,off,name 的 CSV）；不加 --apply 只报告。"`
		List   calendarList   `cmd:"" help:"列出工作日历的各年。"`
	} `cmd:"" help:"工作日历。"`
	Clock struct {
		Recompute clockRecompute `cmd:"" help:"按现行工作日历重新计算全部正在计算的期限；不加 --apply 只报告。"`
	} `cmd:"" help:"期限。"`
	Rules struct {
		Import rulesImport `cmd:"" help:"导入一个完整的规则包（JSON）。"`
		List   rulesList   `cmd:"" help:"列出规则包。"`
	} `cmd:"" help:"规则包。"`
}

// onRecord runs a command on a migrated record.
func onRecord(p *process, c config.Config, do func(record *store.Store) error) (err error) {
	record, err := openMigrated(p.ctx, c)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, record.Close()) }()
	return do(record)
}

// readInput reads a file that an operator names, unless it is too large.
func readInput(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("打不开文件：%w", err)
	}
	if info.Size() > limitInput {
		return nil, errors.New("文件不得超过 1 MB")
	}
	b, err := os.ReadFile(path) //nolint:gosec // the operator names the file
	if err != nil {
		return nil, fmt.Errorf("读不了文件：%w", err)
	}
	return b, nil
}

// limitInput is the most a calendar or a rule pack may hold.
const limitInput = 1 << 20

type calendarImport struct {
	File   string `arg:"" help:"日历文件：.json 或者 .csv。" type:"existingfile"`
	Source string `help:"文件没有写明通知时，写明通知的名称和文号。"`
	Apply  bool   `help:"写入业务库并重新计算期限；不加则只报告。"`
}

// Run examines a calendar file, reports what it changes before and after, and
// with --apply puts it on record and counts every running term again. It may
// run beside a server.
func (i calendarImport) Run(p *process, c config.Config) error {
	text, err := readInput(i.File)
	if err != nil {
		return err
	}
	file, err := workday.ParseFile(strings.TrimPrefix(strings.ToLower(filepath.Ext(i.File)), "."), text)
	if err != nil {
		return err
	}
	return onRecord(p, c, func(record *store.Store) error {
		in := store.CalendarImport{File: file, Source: i.Source, By: agency.SystemActor("operator"), At: time.Now()}
		change, err := record.PlanCalendar(p.ctx, in)
		if err != nil {
			return err
		}
		showChange(p, file, change)
		if err := showRecounts(p, record, change.Calendar, change.First()); err != nil || !i.Apply {
			return err
		}
		err = record.Tx(p.ctx, func(ctx context.Context, tx store.Tx) error {
			_, err := tx.ImportCalendar(ctx, in)
			return err
		})
		if err != nil {
			return err
		}
		fmt.Fprintf(p.out, "已写入 %d 年工作日历第 %d 版\n", change.After.Year, change.After.Version)
		return recompute(p, record, change.First())
	})
}

func showChange(p *process, file workday.File, c store.CalendarChange) {
	fmt.Fprintf(p.out, "%d 年工作日历：%s（原为%s），依据：%s %s\n", c.After.Year, store.StatusTitle(c.After.Status),
		store.StatusTitle(c.Before.Status), c.After.Notice, c.After.Source)
	for _, w := range file.Warnings {
		fmt.Fprintf(p.out, "注意：%s\n", w)
	}
	showMarks(p, "新增", c.Added)
	showMarks(p, "取消", c.Removed)
	if c.None() {
		fmt.Fprintln(p.out, "与业务库相同，没有变化")
	}
}

func showMarks(p *process, sign string, marks []workday.Mark) {
	for _, m := range marks {
		what := "调休上班"
		if m.Off {
			what = "休息"
		}
		fmt.Fprintf(p.out, "%s\t%s\t%s\t%s\n", sign, m.Day, what, m.Name)
	}
}

// showRecounts reports every case whose terms a calendar moves, before and after.
func showRecounts(p *process, record *store.Store, calendar workday.Calendar, from workday.Day) error {
	n := 0
	err := record.Recounts(p.ctx, calendar, from, time.Now(), func(r store.CaseRecount) error {
		n++
		for _, c := range r.Clocks {
			if _, err := fmt.Fprintf(p.out, "%s\t%s\t%s\t%s\n", r.CaseID, r.Title, c.Title, movedWords(c)); err != nil {
				return err
			}
		}
		return p.ctx.Err()
	})
	if err == nil {
		fmt.Fprintf(p.out, "涉及事项 %d 件\n", n)
	}
	return err
}

func movedWords(c sharing.Recount) string {
	words := string(c.BeforeDay) + " → " + string(c.AfterDay)
	if c.BeforeDay == c.AfterDay {
		words = string(c.AfterDay) + "（期限不变，日历版本更新）"
	}
	if c.Provisional {
		words += "（暂定）"
	}
	return words
}

func recompute(p *process, record *store.Store, from workday.Day) error {
	clocks := &activities.Clocks{Casework: &activities.Casework{Store: record, Now: time.Now}}
	changed, err := clocks.Recompute(p.ctx, from)
	fmt.Fprintf(p.out, "已重新计算 %d 件（正在运行的服务可能同时计算了其余各件）\n", changed)
	return err
}

type calendarList struct{}

// Run lists the years of the calendar.
func (calendarList) Run(p *process, c config.Config) error {
	return onRecord(p, c, func(record *store.Store) error {
		years, err := record.CalendarYears(p.ctx)
		if err != nil {
			return err
		}
		calendar, err := record.Reader.Calendar(p.ctx)
		if err != nil {
			return err
		}
		for _, y := range years {
			last := workday.Day(fmt.Sprintf("%d-12-31", y.Year))
			fmt.Fprintf(p.out, "%d\t%s\t第 %d 版\t工作日 %d\t%s\t%s\n", y.Year, store.StatusTitle(y.Status), y.Version,
				calendar.Remaining(workday.Day(fmt.Sprintf("%d-12-31", y.Year-1)), last), y.Notice, y.Source)
		}
		if alarm := calendar.Alarm(workday.DayOf(time.Now())); alarm != "" {
			fmt.Fprintln(p.out, "注意："+alarm)
		}
		return nil
	})
}

type clockRecompute struct {
	Apply bool `help:"写入业务库；不加则只报告。"`
}

// Run counts every running term of every open case again and reports each
// before and after. It may run beside a server.
func (r clockRecompute) Run(p *process, c config.Config) error {
	return onRecord(p, c, func(record *store.Store) error {
		calendar, err := record.Reader.Calendar(p.ctx)
		if err != nil {
			return err
		}
		if err := showRecounts(p, record, calendar, ""); err != nil || !r.Apply {
			return err
		}
		return recompute(p, record, "")
	})
}
