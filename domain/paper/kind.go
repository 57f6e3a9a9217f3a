// Package paper holds the papers (公文) of an office: which act calls for which
// paper, its number, its template and the blocks it is made of. It knows no
// typesetting and no database.
//
// Start with [Due] (which papers a move calls for), [ShareRequest.Papers] (what
// they say), [Parse] (a template, read strictly) and [Template.Fill] (the
// paper). A template is data: a field that the kind does not have is refused
// when the template is read, and a field without a value is an error when it is
// filled; a paper with an empty hole is never written.
package paper

import "slices"

// Kind is one kind of paper.
type Kind string

// The kinds of the share request. Article 26; TL 21.
const (
	Supplement Kind = "supplement" // 补正告知书
	Answer     Kind = "answer"     // 共享答复书: one for both opinions
	Refusal    Kind = "refusal"    // 不予共享告知书
	Extension  Kind = "extension"  // 延期告知书
	Overdue    Kind = "overdue"    // 逾期提醒
)

// Kinds lists every kind.
func Kinds() []Kind { return []Kind{Supplement, Answer, Refusal, Extension, Overdue} }

// Title is the kind in the words of the offices.
func (k Kind) Title() string {
	switch k {
	case Supplement:
		return "补正告知书"
	case Answer:
		return "共享答复书"
	case Refusal:
		return "不予共享告知书"
	case Extension:
		return "延期告知书"
	case Overdue:
		return "逾期提醒"
	}
	return string(k)
}

// shape says whether a field is a text, a list or a table.
type shape int

const (
	text shape = iota + 1
	list
	table
)

// common are the fields that every kind has.
var common = map[string]shape{
	"发文机关": text, "文号": text, "主送机关": text, "成文日期": text, "申请机构": text, "提供机构": text,
	"主管部门": text, "目录名称": text, "申请日期": text,
}

// own are the fields of each kind besides.
var own = map[Kind]map[string]shape{
	Supplement: {"依据": text, "缺少的材料": list, "补正期限": text, "补正期限说明": text, "答复期限说明": text},
	Answer: {
		"依据": text, "答复结论": text, "数据项表": table, "同意的数据项": list, "不予共享的数据项": list, "意见不一致的数据项": list,
		"条件": list, "使用用途": text, "使用系统": text, "使用期限": text, "提供期限": text, "提供期限说明": text,
		"不予共享理由": list, "不予共享依据": list, "争议途径": text, "署名机关": list,
	},
	Refusal: {
		"依据": text, "数据项表": table, "不予共享的数据项": list, "不予共享理由": list, "不予共享依据": list, "其他数据项": list,
		"争议途径": text, "署名机关": list,
	},
	Extension: {"依据": text, "延期理由": text, "原届满日": text, "新届满日": text, "延长天数": text, "期限说明": text},
	Overdue:   {"逾期期限表": table, "法定依据": list, "称谓": text},
}

// shapeOf finds a field of the kind; 0 when it has none of that name.
func (k Kind) shapeOf(field string) shape {
	if s, ok := common[field]; ok {
		return s
	}
	return own[k][field]
}

// known says whether the kind exists.
func (k Kind) known() bool { return slices.Contains(Kinds(), k) }
