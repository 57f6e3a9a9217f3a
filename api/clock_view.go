package api

import (
	"time"

	"datagov/domain/deadline"
	"datagov/domain/workday"
)

// clockView is a term with its working: which days counted, which did not, on
// whose authority, and whether it leans on a year without an official notice.
type clockView struct {
	Code            string           `json:"code"`
	Title           string           `json:"title"`
	StartedOn       string           `json:"startedOn"`
	Value           int              `json:"value"`
	Unit            string           `json:"unit" doc:"working_day、calendar_day 或者 hour"`
	Extended        int              `json:"extended"`
	Extensions      int              `json:"extensions" doc:"延长的次数，至多一次"`
	BasisKind       string           `json:"basisKind" doc:"法定、参照或者本区设定"`
	Source          string           `json:"source"`
	Citation        *citationView    `json:"citation" doc:"只有法定期限才引用"`
	DueAt           *time.Time       `json:"dueAt"`
	LastDay         string           `json:"lastDay"`
	StoppedAt       *time.Time       `json:"stoppedAt"`
	StopReason      string           `json:"stopReason"`
	Provisional     bool             `json:"provisional"`
	CalendarVersion string           `json:"calendarVersion"`
	Remaining       int              `json:"remaining" doc:"还剩的工作日；负数为已逾期"`
	Suspensions     []suspensionView `json:"suspensions" nullable:"false"`
	Days            []workday.Step   `json:"days" nullable:"false"`
}

// suspensionView is a stretch of days that did not count. Days are calendar
// days; while it is open, To is its latest end.
type suspensionView struct {
	From    string `json:"from"`
	To      string `json:"to"`
	Reason  string `json:"reason"`
	Code    string `json:"code"`
	Article string `json:"article"`
	Days    int    `json:"days" doc:"日历日数"`
	Open    bool   `json:"open" doc:"仍在中止；to 为最迟的一日"`
}

func suspensionsOf(spans []workday.Span, today workday.Day) []suspensionView {
	views := []suspensionView{}
	for _, s := range spans {
		views = append(views, suspensionView{
			From: string(s.From), To: string(s.To), Reason: s.Reason, Code: s.Code, Article: s.Article, Days: s.Days(),
			Open: s.To == "" || (s.Open && today <= s.To),
		})
	}
	return views
}

func clockOf(c deadline.Clock, calendar workday.Calendar, now time.Time) clockView {
	v := clockView{
		Code: c.Code, Title: c.Title, StartedOn: string(workday.DayOf(c.StartedAt)), Value: c.Value, Unit: string(c.Unit),
		Extended: c.Extended, BasisKind: string(c.Basis), Source: c.Source, DueAt: moment(c.DueAt), LastDay: string(c.LastDay),
		StoppedAt: moment(c.StoppedAt), StopReason: c.StopReason, Provisional: c.Provisional, CalendarVersion: c.Calendar,
		Suspensions: suspensionsOf(c.Suspended, workday.DayOf(now)), Days: []workday.Step{},
	}
	if c.Extended > 0 {
		v.Extensions = 1
	}
	if c.Basis == deadline.Statutory {
		v.Citation = citationOf(c.Citation)
	}
	if !c.Held() {
		v.Days = c.Working(calendar).Days
	}
	if c.LastDay != "" {
		v.Remaining = remaining(calendar, c.LastDay, now)
	}
	return v
}

// remaining counts the working days left, today not counted once it is the last.
func remaining(calendar workday.Calendar, last workday.Day, now time.Time) int {
	return calendar.Remaining(workday.DayOf(now), last)
}
