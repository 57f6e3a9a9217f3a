package api

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"datagov/domain/fault"
	"datagov/domain/sharing"
	"datagov/domain/workday"
	"datagov/internal/identity"
	"datagov/store"
)

// registerClock lists what people read and do about calendars, rule packs and
// the terms of a case. Articles 5, 26.
func (s *Server) registerClock() {
	add(s, operation{
		ID: "list-calendar-years", Method: http.MethodGet, Path: "/calendar/years", Summary: "工作日历",
		Object: "calendar", Action: "read", Article: "5",
	}, s.listCalendarYears)
	add(s, operation{
		ID: "import-calendar", Method: http.MethodPost, Path: "/calendar/import", Summary: "导入一年的工作日历",
		Object: "calendar", Action: "import", Article: "5", Body: 4 << 20,
	}, s.importCalendar)
	s.registerRulePacks()
	s.registerSuspension()
}

type calendarDayView struct {
	Day  string `json:"day"`
	Off  bool   `json:"off" doc:"true 休息，false 调休上班"`
	Name string `json:"name"`
}

func daysOf(marks []workday.Mark) []calendarDayView {
	views := []calendarDayView{}
	for _, m := range marks {
		views = append(views, calendarDayView{string(m.Day), m.Off, m.Name})
	}
	return views
}

type yearView struct {
	Year        int               `json:"year"`
	Status      string            `json:"status" doc:"official、provisional 或者 missing"`
	Notice      string            `json:"notice"`
	Source      string            `json:"source"`
	Version     int               `json:"version"`
	Days        []calendarDayView `json:"days" nullable:"false"`
	WorkingDays int               `json:"workingDays"`
}

type yearsOutput struct {
	Body struct {
		Items []yearView `json:"items" nullable:"false"`
		Alarm string     `json:"alarm" doc:"缺少日历的提示；空为不缺"`
	}
}

// yearsShown bounds the answer: the newest years are shown.
const yearsShown = 30

// listCalendarYears shows the years on record and whether one is missing.
func (s *Server) listCalendarYears(ctx context.Context, _ *struct{}) (*yearsOutput, error) {
	heads, err := s.store.CalendarYears(ctx)
	if err != nil {
		return nil, err
	}
	calendar, err := s.store.Reader.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	out := &yearsOutput{}
	out.Body.Items, out.Body.Alarm = []yearView{}, calendar.Alarm(workday.DayOf(s.Now()))
	for _, h := range heads[max(0, len(heads)-yearsShown):] {
		first, last := workday.Day(strconv.Itoa(h.Year)+"-01-01"), workday.Day(strconv.Itoa(h.Year)+"-12-31")
		marks, err := s.store.CalendarDays(ctx, first, last)
		if err != nil {
			return nil, err
		}
		out.Body.Items = append(out.Body.Items, yearView{
			Year: h.Year, Status: h.Status, Notice: h.Notice, Source: h.Source, Version: h.Version, Days: daysOf(marks),
			WorkingDays: calendar.Remaining(first.Add(-1), last),
		})
	}
	return out, nil
}

type importInput struct {
	Body struct {
		File   string `json:"file" doc:"文件的全文，不超过 1 MB"`
		Format string `json:"format" enum:"json,csv" doc:"json 为 holiday-cn 的年度文件，csv 的列为 date,off,name（日期,休假,名称）"`
		Apply  bool   `json:"apply" doc:"false 只报告会有什么变化"`
		Source string `json:"source,omitempty" maxLength:"500" doc:"文件没有写明通知时，写明通知的名称和文号"`
	}
}

type recountView struct {
	CaseID string     `json:"caseId"`
	Title  string     `json:"title"`
	Clock  string     `json:"clock"`
	Before *time.Time `json:"before"`
	After  *time.Time `json:"after"`
}

type importOutput struct {
	Body struct {
		Year     int               `json:"year"`
		Status   string            `json:"status"`
		Version  int               `json:"version"`
		Applied  bool              `json:"applied"`
		Warnings []string          `json:"warnings" nullable:"false"`
		Added    []calendarDayView `json:"added" nullable:"false"`
		Removed  []calendarDayView `json:"removed" nullable:"false"`
		Affected int               `json:"affected" doc:"期限改变的事项数"`
		Report   []recountView     `json:"report" nullable:"false" doc:"改变前后的期限，最多 200 项"`
	}
}

// reportShown bounds the report of one import.
const reportShown = 200

// importCalendar examines a calendar file and says what it changes; applied, it
// is on record with its event, and the worker counts the terms of every open
// case again, each in a transaction of its own.
func (s *Server) importCalendar(ctx context.Context, in *importInput) (*importOutput, error) {
	if !keepable(in.Body.File) || !keepable(in.Body.Source) {
		return nil, fault.Form("/file", "含有不能保存的控制字符")
	}
	file, err := workday.ParseFile(in.Body.Format, []byte(in.Body.File))
	if err != nil {
		return nil, fault.Form("/file", err.Error())
	}
	wanted := store.CalendarImport{File: file, Source: in.Body.Source, By: identity.ActorOf(ctx), At: s.Now()}
	change, err := s.store.PlanCalendar(ctx, wanted)
	if err != nil {
		return nil, err
	}
	out := &importOutput{}
	b := &out.Body
	b.Year, b.Status, b.Version = change.After.Year, change.After.Status, change.After.Version
	b.Warnings, b.Report = append([]string{}, file.Warnings...), []recountView{}
	b.Added, b.Removed = daysOf(change.Added), daysOf(change.Removed)
	err = s.store.Recounts(ctx, change.Calendar, change.First(), s.Now(), func(r store.CaseRecount) error {
		b.Affected++
		b.Report = append(b.Report, recountViews(r, reportShown-len(b.Report))...)
		return nil
	})
	if err != nil || !in.Body.Apply {
		return out, err
	}
	b.Applied = true
	return out, s.store.Tx(ctx, func(ctx context.Context, tx store.Tx) error {
		_, err := tx.ImportCalendar(ctx, wanted)
		return err
	})
}

func recountViews(r store.CaseRecount, room int) []recountView {
	views := []recountView{}
	for _, c := range r.Clocks[:min(len(r.Clocks), max(room, 0))] {
		views = append(views, recountViewOf(r, c))
	}
	return views
}

func recountViewOf(r store.CaseRecount, c sharing.Recount) recountView {
	return recountView{r.CaseID, r.Title, c.Title, moment(c.Before), moment(c.After)}
}
