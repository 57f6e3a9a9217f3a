package api

import (
	"net/http"
	"strings"

	"datagov/domain/sharing"
	"datagov/domain/workday"
	"datagov/internal/sheet"
)

// The words of the offices for what lists hold as keys.
var (
	boxTitles = map[string]string{"todo": "待办", "done": "已办", "started": "我发起", "cc": "抄送", "followed": "关注"}

	sharingTitles = map[string]string{
		"unconditional": "无条件共享", "authorized": "授权共享", "not_shared": "非共享", "unclassified": "待定类",
	}
	openTitles  = map[string]string{"open": "无条件开放", "conditional": "有条件开放", "not_open": "非开放"}
	basisTitles = map[string]string{"unconditional": "无条件共享", "scenario": "应用场景授权", "review": "会同审核同意"}
	grantTitles = map[string]string{
		"provisioning": "授权办理中", "active": "使用中", "suspended": "已暂停", "expired": "已到期", "terminated": "已终止",
	}
	modeTitles = map[string]string{"request_response": "请求响应", "copy": "数据拷贝", "other": "其他"}
)

var taskSheet = listSheet[tasksInput, taskView]{
	name: "任务列表",
	columns: []sheet.Column{
		{Title: "事项", Width: 32},
		{Title: "环节", Width: 10},
		{Title: "当事机构", Width: 14},
		{Title: "到达时间", Width: 9},
		{Title: "应办结时间", Width: 9},
		{Title: "剩余工作日", Width: 6},
		{Title: "逾期", Width: 4},
		{Title: "状态", Width: 8},
	},
	row: func(t taskView) []any {
		remaining := any("")
		if t.Remaining != nil {
			remaining = *t.Remaining
		}
		return []any{t.Title, t.StepTitle, t.Agency.Name, t.CreatedAt, t.DueAt, remaining, t.Overdue, taskStatus(t.Status)}
	},
	filters: func(in tasksInput) []string {
		due := map[string]string{"overdue": "已逾期", "soon": "即将到期"}[in.Due]
		words := given(given(nil, "范围", titled(boxTitles, in.Box)), "环节", sharing.StepTitle(in.Step))
		return given(given(given(words, "当事机构", in.Agency), "时限", due), "文字", in.Query)
	},
}

func taskStatus(status string) string {
	switch status {
	case "open":
		return "待办理"
	case "done":
		return "已办理"
	}
	return sharing.Status(status).Title()
}

var requestSheet = listSheet[requestsInput, requestSummaryView]{
	name: "共享申请列表",
	columns: []sheet.Column{
		{Title: "标题", Width: 32},
		{Title: "目录条目", Width: 22},
		{Title: "申请机构", Width: 14},
		{Title: "提供机构", Width: 14},
		{Title: "状态", Width: 9},
		{Title: "提交时间", Width: 9},
		{Title: "应答复时间", Width: 9},
		{Title: "逾期", Width: 4},
		{Title: "编号", Width: 19},
	},
	row: func(r requestSummaryView) []any {
		return []any{
			r.Title, r.Entry.Name, r.Requester.Name, r.Provider.Name, sharing.Status(r.Status).Title(), r.SubmittedAt, r.DueAt, r.Overdue, r.ID,
		}
	},
	filters: func(in requestsInput) []string {
		return given(nil, "状态", sharing.Status(in.Status).Title())
	},
}

var grantSheet = listSheet[grantsInput, grantView]{
	name: "授权列表",
	columns: []sheet.Column{
		{Title: "目录条目", Width: 22},
		{Title: "使用机构", Width: 14},
		{Title: "提供机构", Width: 14},
		{Title: "数据项", Width: 30},
		{Title: "依据", Width: 9},
		{Title: "状态", Width: 7},
		{Title: "方式", Width: 6},
		{Title: "使用系统", Width: 16},
		{Title: "使用用途", Width: 30},
		{Title: "条件", Width: 24},
		{Title: "授权时间", Width: 9},
		{Title: "生效时间", Width: 9},
		{Title: "使用期限", Width: 6},
	},
	row: func(g grantView) []any {
		items, conditions := []string{}, []string{}
		for _, i := range g.Items {
			items = append(items, i.Name)
		}
		for _, c := range g.Conditions {
			conditions = append(conditions, c.Text)
		}
		return []any{
			g.Entry.Name, g.Agency.Name, g.Provider.Name, strings.Join(items, "、"), titled(basisTitles, g.Basis), titled(grantTitles, g.Status),
			titled(modeTitles, g.Mode), g.System, g.Purpose, strings.Join(conditions, "；"), g.GrantedAt, g.From, workday.Day(g.Until),
		}
	},
	filters: func(in grantsInput) []string {
		return given(given(nil, "目录条目编号", in.EntryID), "使用机构", in.AgencyID)
	},
}

var entrySheet = listSheet[entriesInput, EntrySummaryView]{
	name: "目录条目列表",
	columns: []sheet.Column{
		{Title: "编码", Width: 14},
		{Title: "名称", Width: 24},
		{Title: "提供机构", Width: 14},
		{Title: "共享类型", Width: 7},
		{Title: "开放属性", Width: 7},
		{Title: "安全级别", Width: 5},
		{Title: "数据项数", Width: 5},
		{Title: "更新时间", Width: 9},
		{Title: "摘要", Width: 40},
	},
	row: func(e EntrySummaryView) []any {
		return []any{
			e.Code, e.Name, e.Agency.Name, titled(sharingTitles, e.Sharing), titled(openTitles, e.Open), e.Level, e.ItemCount, e.UpdatedAt, e.Summary,
		}
	},
	filters: func(in entriesInput) []string {
		return given(given(given(nil, "检索词", in.Query), "提供机构", in.Agency), "共享类型", sharingTitles[in.Sharing])
	},
}

// registerExports puts an export beside every list; a new list adds one line
// here and its look above, or in its own file.
func (s *Server) registerExports() {
	addExport(s, operation{ID: "list-tasks", Method: http.MethodGet, Path: "/tasks", Object: "task", Action: "read", Article: "26"}, s.listTasks, taskSheet)
	addExport(s, operation{ID: "list-share-requests", Method: http.MethodGet, Path: "/share-requests", Object: "share-request", Action: "read", Article: "26"}, s.listShareRequests, requestSheet)
	addExport(s, operation{ID: "list-grants", Method: http.MethodGet, Path: "/grants", Object: "grant", Action: "read", Article: "26"}, s.listGrants, grantSheet)
	addExport(s, operation{ID: "list-entries", Method: http.MethodGet, Path: "/catalog/entries", Object: "catalog", Action: "read", Article: "17"}, s.listEntries, entrySheet)
	addExport(s, operation{ID: "list-papers", Method: http.MethodGet, Path: "/papers", Object: "paper", Action: "read", Article: "26"}, s.listPapers, paperSheet)
	addExport(s, operation{ID: "list-notices", Method: http.MethodGet, Path: "/notices", Object: "notice", Action: "read", Article: "26"}, s.listNotices, noticeSheet)
}
