// Package sharing holds the rules of Articles 24–27: how each requested item
// is routed, who may do what on a share request and when, how two opinions
// become one answer, and what a grant is.
//
// Read it in the order of a request: [Route] (before submitting), [Request]
// (the case as rules see it), the May… functions (who may act now), the
// methods that move the case, [Request.SignOpinion] (what two opinions add up to).
// Everything is pure: time, calendar and library come in as arguments.
package sharing

import (
	"slices"

	"datagov/domain/agency"
	"datagov/domain/catalog"
	"datagov/domain/fault"
	"datagov/domain/law"
	"datagov/domain/workday"
)

// Path is how one requested item is decided.
type Path string

// The routes of an item. Articles 26(2), 27(2).
const (
	ByLaw      Path = "unconditional" // granted when the head has signed, no review may exist
	ByScenario Path = "scenario"      // granted the same way, under the scenario's version
	ByReview   Path = "review"        // 会同审核
	Barred     Path = "barred"        // not shared: stopped with its ground, never "refused"
)

// Mode is how the data is to be called. Article 24(3).
type Mode string

// The modes. Copy and Other need two consents and assessments of their own procedure.
const (
	RequestResponse Mode = "request_response"
	Copy            Mode = "copy"
	Other           Mode = "other"
)

// Scenario is an active application scenario. Article 27.
type Scenario struct {
	ID       string
	Version  int64
	Name     string
	Purpose  string
	EntryID  string
	Items    []string
	Agencies []agency.ID
	Active   bool
	Until    workday.Day
}

// Covers says whether the scenario reaches the item for the agency on the day. Article 27(2).
func (s Scenario) Covers(item catalog.Item, entryID string, requester agency.ID, mode Mode, on workday.Day) bool {
	return s.Active && s.EntryID == entryID && on <= s.Until && mode == RequestResponse &&
		item.Sharing == catalog.Authorized &&
		slices.Contains(s.Agencies, requester) && slices.Contains(s.Items, item.ID)
}

// Routed is one item with its route and the reason for it, for people to read.
type Routed struct {
	Item     catalog.Item
	Path     Path
	Why      string
	Citation law.Citation
}

// Route says how each item is decided, by facts alone; nobody has a choice
// here. Articles 24(3), 26, 27(2). Refusals: an item that is not of the entry
// or asked twice (form), requester = provider (form), mode other than
// request–response (law, Article 24).
func Route(e catalog.Entry, items []string, requester agency.ID, mode Mode, scenario *Scenario, on workday.Day) ([]Routed, error) {
	if err := checkItems(e, items); err != nil {
		return nil, err
	}
	if e.Provider.ID == requester {
		return nil, fault.Form("/entryId", "该目录由本机构提供，无需向自己申请共享")
	}
	if mode != RequestResponse {
		return nil, fault.Law("共享应当采用请求响应的调用方式；数据拷贝或者其他方式须经主管部门和提供机构同意并完成评估，该程序尚未开通",
			law.Measure("24"))
	}
	routed := make([]Routed, 0, len(items))
	for _, id := range items {
		item, _ := e.Item(id)
		routed = append(routed, routeItem(e, item, requester, mode, scenario, on))
	}
	return routed, nil
}

func routeItem(e catalog.Entry, item catalog.Item, requester agency.ID, mode Mode, s *Scenario, on workday.Day) Routed {
	switch {
	case item.Sharing == catalog.NotShared: // Article 26(1)
		return Routed{item, Barred, "非共享类：按其法定依据不能共享，不进入审核，也不构成拒绝", law.Measure("26")}
	case item.Sharing == catalog.Unconditional: // Article 26(2)
		return Routed{item, ByLaw, "无条件共享类：本机构负责人审签后即授予访问权限，不设审核", law.Measure("26")}
	case s != nil && s.Covers(item, e.ID, requester, mode, on): // Article 27(2)
		return Routed{item, ByScenario, "符合应用场景“" + s.Name + "”：负责人审签后直接获取共享服务", law.Measure("27")}
	case item.Sharing == catalog.Unclassified: // correction 5: never refused in silence (25)
		return Routed{item, ByReview, "待定类：由提供机构和主管部门会同审核", law.Measure("25")}
	}
	return Routed{item, ByReview, "授权共享类：由主管部门会同提供机构审核", law.Measure("26")}
}

func checkItems(e catalog.Entry, items []string) error {
	if len(items) == 0 {
		return fault.Form("/itemIds", "请至少选择一个数据项")
	}
	seen := map[string]bool{}
	for _, id := range items {
		if _, ok := e.Item(id); !ok {
			return fault.Form("/itemIds", "所选数据项不属于该目录条目")
		}
		if seen[id] {
			return fault.Form("/itemIds", "同一数据项重复选择")
		}
		seen[id] = true
	}
	return nil
}

// AllBarred refuses a request none of whose items may be shared: it is stopped
// with the entry's own grounds, and no case is opened. Article 26(1).
func AllBarred(e catalog.Entry, routed []Routed) error {
	refusal := fault.Law("所选数据项均属非共享类，依法不能共享", law.Measure("26"))
	refusal.Grounds = append(refusal.Grounds, e.Grounds...)
	for _, r := range routed {
		if r.Path != Barred {
			return nil
		}
		for _, g := range r.Item.Grounds {
			if !slices.Contains(refusal.Grounds, g) {
				refusal.Grounds = append(refusal.Grounds, g)
			}
		}
	}
	return refusal
}
