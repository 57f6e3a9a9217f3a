package api

import "datagov/internal/sheet"

var paperSheet = listSheet[papersInput, PaperView]{
	name: "文书列表",
	columns: []sheet.Column{
		{Title: "文号", Width: 16},
		{Title: "文书", Width: 14},
		{Title: "制发机构", Width: 14},
		{Title: "送达机构", Width: 14},
		{Title: "制发时间", Width: 9},
		{Title: "签收时间", Width: 9},
		{Title: "签收人", Width: 8},
		{Title: "核验码", Width: 12},
	},
	row: func(p PaperView) []any {
		return []any{p.Number, p.Title, p.Issuer, p.Recipient.Name, p.IssuedAt, p.ReceivedAt, p.ReceivedByName, p.Code}
	},
	filters: func(in papersInput) []string { return given(nil, "种类", in.Kind) },
}

var noticeSheet = listSheet[noticesInput, noticeView]{
	name: "通知列表",
	columns: []sheet.Column{
		{Title: "通知", Width: 16},
		{Title: "内容", Width: 50},
		{Title: "时间", Width: 9},
		{Title: "阅读时间", Width: 9},
	},
	row: func(n noticeView) []any { return []any{n.Title, n.Text, n.At, n.ReadAt} },
	filters: func(in noticesInput) []string {
		if in.Unread {
			return []string{"只含未读"}
		}
		return nil
	},
}
