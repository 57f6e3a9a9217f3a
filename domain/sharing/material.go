package sharing

import (
	"strconv"
	"strings"

	"datagov/domain/casework"
	"datagov/domain/catalog"
	"datagov/domain/law"
)

// Judged is what a decider of a share request has before him: the file, the
// items as they were routed, and the catalog and the scenario as they are now.
type Judged struct {
	Purpose, Basis, System, Until string
	Mode                          Mode
	SupplyNote                    string
	Parts                         []JudgedPart
	Entry                         catalog.Entry
	Scenario                      *Scenario
	Attachments                   []Attachment
}

// JudgedPart is one requested item with the name it had when it was asked for.
type JudgedPart struct {
	Item, Name string
	Path       Path
}

// Attachment is a file handed in with the case, known by its hash.
type Attachment struct{ Name, SHA256 string }

// Material lists what is judged, in the order of the form. Articles 25, 26; TL 20.
func (j Judged) Material() casework.Material {
	m := casework.Material{
		{Key: "purpose", Title: "使用用途", Value: j.Purpose},
		{Key: "basis", Title: "使用依据", Value: j.Basis},
		{Key: "mode", Title: "共享方式", Value: j.Mode.Title()},
		{Key: "system", Title: "使用系统", Value: j.System},
		{Key: "until", Title: "使用期限", Value: j.Until},
		{Key: "supplement", Title: "补正说明", Value: j.SupplyNote},
		{Key: "entry/version", Title: "目录条目版本", Value: "第 " + strconv.FormatInt(j.Entry.Version, 10) + " 版"},
		{Key: "entry/name", Title: "目录条目", Value: j.Entry.Name},
		{Key: "entry/sharing", Title: "共享属性", Value: j.Entry.Sharing.Title()},
		{Key: "entry/reason", Title: "共享属性的理由", Value: j.Entry.Reason},
		{Key: "entry/grounds", Title: "共享属性的依据", Value: cited(j.Entry.Grounds)},
	}
	for _, p := range j.Parts {
		m = append(m, casework.Fact{Key: "items/" + p.Item, Title: "数据项“" + p.Name + "”", Value: j.part(p)})
	}
	if j.Scenario != nil {
		m = append(m, casework.Fact{
			Key: "scenario", Title: "应用场景", Value: j.Scenario.Name + " 第 " + strconv.FormatInt(j.Scenario.Version, 10) + " 版：" + j.Scenario.Purpose,
		})
	}
	for _, a := range j.Attachments {
		m = append(m, casework.Fact{Key: "attachments/" + a.SHA256, Title: "附件", Value: a.Name})
	}
	return m
}

// part says how an item is graded and classified now, and which route it took.
func (j Judged) part(p JudgedPart) string {
	item, ok := j.Entry.Item(p.Item)
	if !ok {
		return "目录中已没有这个数据项；" + p.Path.Title()
	}
	facts := []string{item.Level, item.Sharing.Title(), p.Path.Title()}
	if len(item.Grounds) > 0 {
		facts = append(facts, cited(item.Grounds))
	}
	return strings.Join(facts, "；")
}

func cited(claims []law.Claim) string {
	all := make([]string, 0, len(claims))
	for _, c := range claims {
		all = append(all, "《"+strings.Trim(c.Title, "《》")+"》"+c.Article)
	}
	return strings.Join(all, "、")
}

// Title is the mode in the words of the offices.
func (m Mode) Title() string {
	switch m {
	case RequestResponse:
		return "请求响应"
	case Copy:
		return "数据拷贝"
	case Other:
		return "其他"
	}
	return string(m)
}

// Title is the route in the words of the offices.
func (p Path) Title() string {
	switch p {
	case ByLaw:
		return "无条件授权"
	case ByScenario:
		return "应用场景授权"
	case ByReview:
		return "会同审核"
	case Barred:
		return "非共享止步"
	}
	return string(p)
}
