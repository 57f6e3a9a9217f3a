package paper

import (
	"fmt"
	"slices"
	"strings"

	"datagov/domain/casework"
	"datagov/domain/deadline"
	"datagov/domain/law"
	"datagov/domain/sharing"
	"datagov/domain/workday"
)

// answer is the one paper for both opinions: what is agreed and under which
// conditions of both sides, what is refused and why, what is in dispute, until
// when the data may be used and by when it is provided. Article 26(2); TL 22.
func (s ShareRequest) answer(d *Draft) error {
	s.parts(d)
	f := d.Fields
	d.Signers = s.signers()
	f.Text["答复结论"] = conclusion(f)
	f.Lists["署名机关"] = s.signing()
	s.refusals(f)
	if len(f.Lists["意见不一致的数据项"]) > 0 || len(f.Lists["不予共享的数据项"]) > 0 {
		f.Text["争议途径"] = s.remedy()
	}
	if len(f.Lists["同意的数据项"]) == 0 {
		return nil
	}
	f.Text["使用用途"], f.Text["使用系统"] = clean(s.Purpose), clean(s.System)
	f.Text["使用期限"] = DayWords(s.Request.Until)
	for _, o := range s.Opinions {
		for _, c := range o.Conditions {
			if words := s.side(o.Side) + "：" + clean(c.Text); !slices.Contains(f.Lists["条件"], words) {
				f.Lists["条件"] = append(f.Lists["条件"], words)
			}
		}
	}
	term, err := s.Pack.Find(deadline.ShareProvision, s.Request.Government, workday.DayOf(s.At))
	if err != nil {
		return err
	}
	c := term.Start(s.Pack.Calendar, s.At)
	f.Text["提供期限"], f.Text["提供期限说明"] = DayWords(c.LastDay), standing(c)
	return nil
}

// refusal quotes reasons and grounds of both sides and says where to turn.
// Article 25; TL 21, 28.
func (s ShareRequest) refusal(d *Draft) {
	s.parts(d)
	d.Signers = s.signers()
	s.refusals(d.Fields)
	d.Fields.Text["争议途径"] = s.remedy()
	d.Fields.Lists["署名机关"] = s.signing()
}

// parts lists every requested item with what became of it.
func (s ShareRequest) parts(d *Draft) {
	f := d.Fields
	rows := [][]string{{"序号", "数据项", "办理结果"}}
	for i, p := range s.Request.Parts {
		name, result, into := s.Items[p.Item], "", ""
		switch p.Status {
		case sharing.PartAgreed:
			result, into = "同意共享", "同意的数据项"
		case sharing.PartGranted:
			result, into = "已依法直接授权，不属于本次会同审核", "其他数据项"
			if p.Path == sharing.ByReview {
				result, into = "同意共享", "同意的数据项"
			}
		case sharing.PartRefused:
			result, into = "不予共享", "不予共享的数据项"
		case sharing.PartDisputed:
			result, into = "双方意见不一致", "意见不一致的数据项"
		case sharing.PartBarred:
			result, into = "属于非共享类，依法未进入审核", "其他数据项"
		case sharing.PartPending, sharing.PartWithdrawn:
			result, into = "未作出答复", "其他数据项"
		}
		rows = append(rows, []string{fmt.Sprint(i + 1), name, result})
		if d.Kind.shapeOf(into) == list {
			f.Lists[into] = append(f.Lists[into], name)
		}
	}
	f.Tables["数据项表"] = rows
}

// conclusion sums the answer up in one sentence.
func conclusion(f Fields) string {
	var parts []string
	for _, p := range []struct{ list, words string }{
		{"同意的数据项", "同意共享 %d 个数据项"}, {"不予共享的数据项", "不予共享 %d 个数据项"}, {"意见不一致的数据项", "双方意见不一致、另行协调 %d 个数据项"},
	} {
		if n := len(f.Lists[p.list]); n > 0 {
			parts = append(parts, fmt.Sprintf(strings.ReplaceAll(p.words, " ", ""), n))
		}
	}
	return strings.Join(parts, "，")
}

// refusals gathers the reasons and grounds of whoever refuses any item.
func (s ShareRequest) refusals(f Fields) {
	for _, o := range s.Opinions {
		if o.Outcome != casework.Refusal {
			continue
		}
		f.Lists["不予共享理由"] = append(f.Lists["不予共享理由"], s.side(o.Side)+s.narrowed(o)+"："+clean(o.Reason))
		for _, g := range o.Grounds {
			if words := quoted(g); !slices.Contains(f.Lists["不予共享依据"], words) {
				f.Lists["不予共享依据"] = append(f.Lists["不予共享依据"], words)
			}
		}
	}
}

// narrowed names the items a refusal is narrowed to.
func (s ShareRequest) narrowed(o Opinion) string {
	if len(o.Items) == 0 {
		return ""
	}
	var names []string
	for _, p := range s.Request.Parts {
		if slices.Contains(o.Items, p.Item) {
			names = append(names, s.Items[p.Item])
		}
	}
	return "（" + strings.Join(names, "、") + "）"
}

// quoted writes a ground with rank, title, article and words.
func quoted(g law.Claim) string {
	title := "《" + strings.Trim(clean(g.Title), "《》") + "》"
	if g.DocNo != "" {
		title += "（" + clean(g.DocNo) + "）"
	}
	return title + clean(g.Article) + "（" + g.Level + "）：“" + clean(g.Quote) + "”"
}

// side names the agency of a side with its seat.
func (s ShareRequest) side(side casework.Side) string {
	if side == casework.Commission {
		return s.Names[s.Request.Commission] + "（牵头审核）"
	}
	return s.Names[s.Request.Provider] + "（提供机构）"
}

// signing are the offices that stand under a joint answer, the leading one first.
func (s ShareRequest) signing() []string {
	offices := []string{s.Names[s.Request.Commission]}
	if s.Request.Provider != s.Request.Commission {
		offices = append(offices, s.Names[s.Request.Provider])
	}
	return offices
}

// signers are the heads who signed the two opinions.
func (s ShareRequest) signers() []string {
	accounts := []string{}
	for _, o := range s.Opinions {
		if o.SignedBy != "" && !slices.Contains(accounts, o.SignedBy) {
			accounts = append(accounts, o.SignedBy)
		}
	}
	return accounts
}

// remedy is the way of a dispute; TL 28 is law between government departments.
func (s ShareRequest) remedy() string {
	commission := s.Names[s.Request.Commission]
	if s.Request.Government {
		return "你单位有异议的，根据" + law.Regulation("28").Title() + "，应当先与提供机构协商解决；协商不成的，可以向" + commission +
			"申请协调处理；经协调处理仍未达成一致意见的，由" + commission + "报本级人民政府决定。"
	}
	return "你单位有异议的，可以与提供机构协商解决；协商不成的，可以向" + commission + "申请协调处理。"
}
