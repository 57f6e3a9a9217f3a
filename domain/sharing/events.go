package sharing

import (
	"strconv"

	"datagov/domain/agency"
	"datagov/domain/audit"
	"datagov/domain/law"
)

// prefix begins the name of every event of a share request.
const prefix = "share_request."

// event is what a person did; the kit fills in who and when.
func event(name string, citation law.Citation, detail string) audit.Event {
	return audit.Event{Name: prefix + name, Citation: citation, Detail: detail}
}

// byLaw is an effect of the law, not a decision: its actor is the system.
func byLaw(name string, citation law.Citation, n int, detail string) audit.Event {
	e := event(name, citation, strconv.Itoa(n)+" "+detail)
	e.Actor = agency.SystemActor("law")
	return e
}

// titles gives every event its words; TestEveryEventHasATitle keeps it whole.
var titles = map[string]string{
	"submitted":           "提交申请",
	"barred":              "非共享止步",
	"signed_off":          "负责人审签",
	"returned":            "退回经办",
	"revised":             "修改后重新提交",
	"granted_by_law":      "无条件授权",
	"granted_by_scenario": "应用场景授权",
	"form_checked":        "形式审查通过",
	"supplement_noticed":  "补正告知",
	"supplied":            "补正材料",
	"opinion_drafted":     "意见拟稿",
	"opinion_signed":      "意见审签",
	"opinion_returned":    "意见退回",
	"approved":            "同意共享",
	"granted":             "授予访问权限",
	"refused":             "不予共享",
	"disputed":            "意见分歧",
	"extension_asked":     "申请延期",
	"extension_consented": "同意延期",
	"extension_declined":  "不同意延期",
	"withdrawn":           "撤回申请",
	"attached":            "添加附件",
	"reminded":            "到期提醒",
	"late":                "环节逾期",
	"overdue":             "逾期未答复",
	"countersigned":       "会签",
	"signer_added":        "加签",
	"signer_removed":      "减签",
	"transferred":         "转办",
	"consulted":           "委派",
	"advised":             "回复委派",
	"urged":               "催办",
	"copied":              "抄送",
	"followed":            "关注",
	"unfollowed":          "取消关注",
	"seat_vacant":         "岗位空缺",
	"seat_filled":         "岗位已补",
	"clock_suspended":     "中止计算期限",
	"clock_resumed":       "恢复计算期限",
	"recomputed":          "重新计算期限",
	"rules_moved":         "改用规则包",
	"paper_issued":        "印发公文",
	"paper_received":      "签收公文",
}

// EventTitle is the event's name in the words of the offices; unknown names stand for themselves.
func EventTitle(name string) string {
	if len(name) > len(prefix) && name[:len(prefix)] == prefix {
		if t, ok := titles[name[len(prefix):]]; ok {
			return t
		}
	}
	return name
}

// SentBack names the events that send a file back to the requester: 退回 and 补正告知.
func SentBack() []string { return []string{prefix + "returned", prefix + "supplement_noticed"} }
