package api

import (
	"context"
	"net/http"
	"time"

	"datagov/domain/fault"
	"datagov/domain/workday"
	"datagov/internal/identity"
	"datagov/store"
)

// comingShown is how many coming terms a leader reads at a glance.
const comingShown = 10

// longestBriefing bounds a period, in days: ten years.
const longestBriefing = 3660

// BriefingTotal are the numbers of a briefing, of all agencies or of one.
type BriefingTotal struct {
	Received     int `json:"received" doc:"受理：负责人审签后收到的申请"`
	Closed       int `json:"closed" doc:"办结，含撤回"`
	Overdue      int `json:"overdue" doc:"逾期：答复期限届满的事项"`
	Refused      int `json:"refused" doc:"不予共享的事项"`
	RefusedItems int `json:"refusedItems" doc:"不予共享的数据项，含部分授权事项中的"`
	Open         int `json:"open" doc:"期末在办"`
	OnTime       int `json:"onTime" doc:"办结且答复期限未曾届满"`
}

type briefingAgency struct {
	Agency refView `json:"agency" doc:"提供机构"`
	BriefingTotal

	AverageDays *float64 `json:"averageDays" doc:"会同审核答复平均用时（工作日，扣除中止）；没有答复的为空"`
}

type briefingOutcome struct {
	Outcome string `json:"outcome" doc:"granted、partially_granted、refused 或者 withdrawn"`
	Count   int    `json:"count"`
}

type briefingMonth struct {
	Month    string `json:"month" doc:"YYYY-MM"`
	Received int    `json:"received"`
	Closed   int    `json:"closed"`
	Overdue  int    `json:"overdue"`
	Refused  int    `json:"refused"`
}

type briefingComing struct {
	CaseID  string    `json:"caseId"`
	Title   string    `json:"title"`
	Agency  refView   `json:"agency"`
	Status  string    `json:"status"`
	DueAt   time.Time `json:"dueAt"`
	LastDay string    `json:"lastDay"`
}

type briefingView struct {
	From        string            `json:"from"`
	To          string            `json:"to"`
	Scope       string            `json:"scope" doc:"district 全区；agency 本机构申请和提供的事项"`
	Total       BriefingTotal     `json:"total"`
	AverageDays *float64          `json:"averageDays"`
	Agencies    []briefingAgency  `json:"agencies" nullable:"false"`
	ByOutcome   []briefingOutcome `json:"byOutcome" nullable:"false"`
	ByMonth     []briefingMonth   `json:"byMonth" nullable:"false"`
	Coming      []briefingComing  `json:"coming" nullable:"false" doc:"最近到期的十件"`
}

func (s *Server) registerBriefing() {
	briefing := operation{
		ID: "get-briefing", Method: http.MethodGet, Path: "/briefing", Summary: "简报：受理、办结、逾期、不予共享",
		Object: "briefing", Action: "read", Article: "43",
	}
	add(s, briefing, s.getBriefing)
	briefing.ID, briefing.Path, briefing.Summary = "export-briefing", "/briefing/export", "导出简报"
	add(s, briefing, s.exportBriefing)
}

type briefingInput struct {
	From string `query:"from" maxLength:"10" doc:"YYYY-MM-DD；不填为今年一月一日"`
	To   string `query:"to" maxLength:"10" doc:"YYYY-MM-DD，含当日；不填为今天"`
}

type briefingOutput struct{ Body briefingView }

// period reads the asked-for days: until today where no end is given, from the
// beginning of that year where no beginning is.
func (in *briefingInput) period(today workday.Day) (from, to workday.Day, err error) {
	to = workday.Day(or(in.To, string(today)))
	if _, err := workday.ParseDay(string(to)); err != nil {
		return "", "", fault.Form("/to", "日期须写作 YYYY-MM-DD")
	}
	from = workday.Day(or(in.From, string(to[:4])+"-01-01"))
	if _, err := workday.ParseDay(string(from)); err != nil {
		return "", "", fault.Form("/from", "日期须写作 YYYY-MM-DD")
	}
	if to < from || from.Add(longestBriefing) < to {
		return "", "", fault.Form("/to", "截止日期不得早于起始日期，期间不得超过十年")
	}
	return from, to, nil
}

func (s *Server) getBriefing(ctx context.Context, in *briefingInput) (*briefingOutput, error) {
	v, err := s.brief(ctx, in)
	return &briefingOutput{v}, err
}

// brief counts what a leader may see: a head the cases his agency asks or
// provides in, the commission, supervision and audit all of them. Article 43.
func (s *Server) brief(ctx context.Context, in *briefingInput) (briefingView, error) {
	from, to, err := in.period(workday.DayOf(s.Now()))
	if err != nil {
		return briefingView{}, err
	}
	actor := identity.ActorOf(ctx)
	all, err := s.rbac.Allow(actor, "briefing", "read-all")
	if err != nil {
		return briefingView{}, err
	}
	b := briefer{
		db: s.store, filter: store.BriefingFilter{From: from.Start(), Until: to.Next().Start()}, agencies: map[string]*briefingAgency{},
		outcomes: map[string]int{}, view: briefingView{From: string(from), To: string(to), Scope: "district", ByMonth: months(from, to)},
	}
	if !all {
		b.filter.Party, b.view.Scope = string(actor.Agency), "agency"
	}
	if err := b.count(ctx); err != nil {
		return briefingView{}, err
	}
	if err := b.spent(ctx); err != nil {
		return briefingView{}, err
	}
	return b.view, b.finish(ctx, s.Now())
}

// months lists the months of a period, so that a month without cases is shown as such.
func months(from, to workday.Day) []briefingMonth {
	list := []briefingMonth{}
	for first := from[:7] + "-01"; first <= to; first = first.Add(31)[:7] + "-01" {
		list = append(list, briefingMonth{Month: string(first[:7])})
	}
	return list
}
