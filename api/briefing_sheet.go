package api

import (
	"context"
	"iter"

	"datagov/domain/sharing"
	"datagov/domain/workday"
	"datagov/internal/sheet"
)

// exportBriefing gives the briefing as a book of two sheets.
func (s *Server) exportBriefing(ctx context.Context, in *briefingInput) (*downloadOutput, error) {
	v, err := s.brief(ctx, in)
	if err != nil {
		return nil, err
	}
	scope := "范围：全区"
	if v.Scope == "agency" {
		scope = "范围：本机构申请和提供的事项"
	}
	notes := func() []string { return []string{"期间：" + v.From + " 至 " + v.To, scope} }
	return s.export(ctx, exported{name: "公共数据共享简报", list: "briefing", tables: []sheet.Table{
		{
			Name: "总体情况", Title: "公共数据共享简报", Notes: notes(),
			Columns: []sheet.Column{{Title: "项目", Width: 16}, {Title: "受理", Width: 7}, {Title: "办结", Width: 7}, {Title: "逾期", Width: 7}, {Title: "不予共享", Width: 7}, {Title: "说明", Width: 30}},
			Rows:    eachRow(v.overview()),
		},
		{
			Name: "分机构情况", Title: "公共数据共享简报（分提供机构）", Notes: notes(),
			Columns: []sheet.Column{
				{Title: "提供机构", Width: 16},
				{Title: "受理", Width: 5},
				{Title: "办结", Width: 5},
				{Title: "按期办结", Width: 6},
				{Title: "逾期", Width: 5},
				{Title: "不予共享（件）", Width: 8},
				{Title: "不予共享（项）", Width: 8},
				{Title: "期末在办", Width: 6},
				{Title: "平均用时（工作日）", Width: 10},
			},
			Rows: eachRow(v.byAgency()),
		},
	}})
}

func (v briefingView) overview() [][]any {
	rows := [][]any{{"合计", v.Total.Received, v.Total.Closed, v.Total.Overdue, v.Total.Refused, ""}}
	for _, m := range v.ByMonth {
		rows = append(rows, []any{m.Month, m.Received, m.Closed, m.Overdue, m.Refused, ""})
	}
	for _, o := range v.ByOutcome {
		rows = append(rows, []any{"办结结果：" + sharing.Status(o.Outcome).Title(), "", o.Count, "", "", ""})
	}
	rows = append(rows, []any{"按期办结", "", v.Total.OnTime, "", "", "答复期限未曾届满"}, []any{"期末在办", v.Total.Open, "", "", "", ""},
		[]any{"不予共享的数据项", "", "", "", v.Total.RefusedItems, "含部分授权事项中的"}, []any{"平均用时（工作日）", "", number(v.AverageDays), "", "", "会同审核答复，扣除中止的日期"})
	for _, c := range v.Coming {
		rows = append(rows, []any{"即将到期", "", "", "", workday.Day(c.LastDay), c.Title + "（" + c.Agency.Name + "）"})
	}
	return rows
}

func (v briefingView) byAgency() [][]any {
	rows := [][]any{}
	for _, a := range v.Agencies {
		rows = append(rows, []any{a.Agency.Name, a.Received, a.Closed, a.OnTime, a.Overdue, a.Refused, a.RefusedItems, a.Open, number(a.AverageDays)})
	}
	t := v.Total
	return append(rows, []any{"合计", t.Received, t.Closed, t.OnTime, t.Overdue, t.Refused, t.RefusedItems, t.Open, number(v.AverageDays)})
}

func number(n *float64) any {
	if n == nil {
		return ""
	}
	return *n
}

func eachRow(rows [][]any) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		for _, row := range rows {
			if !yield(row, nil) {
				return
			}
		}
	}
}
