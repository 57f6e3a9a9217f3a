package paper

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"datagov/domain/agency"
	"datagov/domain/audit"
	"datagov/domain/casework"
	"datagov/domain/deadline"
	"datagov/domain/law"
	"datagov/domain/sharing"
	"datagov/domain/workday"
)

// ShareRequest is what the papers of a share request are written from: the case
// after the move, the move's events, and the words of the record.
type ShareRequest struct {
	Request  sharing.Request
	Events   []audit.Event
	At       time.Time
	Pack     deadline.Pack
	Names    map[agency.ID]string
	Entry    string            // the name of the entry
	Items    map[string]string // names as they stood when the request was made
	Purpose  string
	System   string
	Missing  []string
	Reason   string // of the extension
	Decider  string // account that consented to the extension
	Opinions []Opinion
}

// Opinion is a signed opinion with its words.
type Opinion struct {
	casework.Opinion

	Reason     string
	Conditions []casework.Condition
	Grounds    []law.Claim
}

// Draft is a paper that is complete but for its number.
type Draft struct {
	Kind      Kind
	Issuer    agency.ID
	Recipient agency.ID
	Signers   []string // accounts of the people whose act it rests on
	Fields    Fields
}

// Papers writes what the move calls for. Everything goes out in the name of the
// commission, which leads the review. Article 26(2).
func (s ShareRequest) Papers() ([]Draft, error) {
	var drafts []Draft
	for _, kind := range Due(s.Events) {
		if kind == Overdue {
			for _, l := range late(s.Request) {
				drafts = append(drafts, s.overdue(l))
			}
			continue
		}
		d, err := s.draft(kind)
		if err != nil {
			return nil, err
		}
		drafts = append(drafts, d)
	}
	return drafts, nil
}

func (s ShareRequest) draft(kind Kind) (Draft, error) {
	d := s.begin(kind, s.Request.Requester)
	f := d.Fields
	f.Text["依据"] = s.basis("21", kind)
	switch kind {
	case Supplement:
		return d, s.supplement(&d)
	case Extension:
		return d, s.extension(&d)
	case Answer:
		return d, s.answer(&d)
	case Refusal:
		s.refusal(&d)
	case Overdue:
	}
	return d, nil
}

func (s ShareRequest) begin(kind Kind, to agency.ID) Draft {
	r, f := s.Request, NewFields()
	for name, value := range map[string]string{
		"发文机关": s.Names[r.Commission], "主送机关": s.Names[to], "成文日期": DayWords(workday.DayOf(s.At)),
		"申请机构": s.Names[r.Requester], "提供机构": s.Names[r.Provider], "主管部门": s.Names[r.Commission],
		"目录名称": s.Entry, "申请日期": DayWords(workday.DayOf(r.SubmittedAt)),
	} {
		f.Text[name] = value
	}
	return Draft{Kind: kind, Issuer: r.Commission, Recipient: to, Signers: []string{}, Fields: f}
}

// basis is the sentence of law the paper rests on. The 条例 binds government
// departments alone; to others it is no law and is not cited (correction 8).
func (s ShareRequest) basis(article string, kind Kind) string {
	texts := []string{law.Measure("26(2)").Title()}
	if kind == Refusal {
		_, second, _ := strings.Cut(texts[0], "》") // one title for both articles
		texts = []string{law.Measure("25(2)").Title(), second}
	}
	if s.Request.Government {
		texts = append(texts, law.Regulation(article).Title())
	}
	return "根据" + strings.Join(texts, "、")
}

// supplement is the one notice of everything that is missing. TL 21.
func (s ShareRequest) supplement(d *Draft) error {
	c := s.Request.Clock(deadline.ShareSupplement)
	if c == nil {
		return fmt.Errorf("write supplement notice of %s: no term runs", s.Request.ID)
	}
	d.Signers = s.actors("supplement_noticed")
	f := d.Fields
	for _, m := range s.Missing {
		f.Lists["缺少的材料"] = append(f.Lists["缺少的材料"], clean(m))
	}
	f.Text["补正期限"], f.Text["补正期限说明"] = DayWords(c.LastDay), standing(*c)+"逾期不视为撤回申请，也不作为不予共享的理由。"
	f.Text["答复期限说明"] = "答复期限自收到完整材料之日起计算（本区设定）。"
	return nil
}

// extension tells the requester the old and the new last day. TL 21.
func (s ShareRequest) extension(d *Draft) error {
	r := s.Request
	c := r.Clock(deadline.ShareProviderAnswer)
	if c == nil || !c.Running() {
		c = r.Clock(deadline.ShareJointDecision)
	}
	if c == nil || c.Extended == 0 {
		return fmt.Errorf("write notice of extension of %s: nothing was extended", r.ID)
	}
	d.Signers = []string{s.Decider}
	f := d.Fields
	f.Text["延期理由"], f.Text["延长天数"] = clean(s.Reason), fmt.Sprint(c.Extended)
	f.Text["原届满日"], f.Text["新届满日"] = DayWords(s.before(*c)), DayWords(c.LastDay)
	f.Text["期限说明"] = standing(*c)
	return nil
}

// before is the last day the clock had before it was extended.
func (s ShareRequest) before(c deadline.Clock) workday.Day {
	if c.Unit == deadline.Second {
		return workday.DayOf(c.StartedAt.Add(time.Duration(c.Value) * time.Second))
	}
	c.Extended = 0
	return c.Working(s.Pack.Calendar).Last
}

// overdue reminds one agency of the terms it has let pass. It says that being
// late is neither consent nor refusal (correction 9), and cites 法定 terms only.
func (s ShareRequest) overdue(l lateness) Draft {
	d := s.begin(Overdue, l.Agency)
	f := d.Fields
	f.Text["称谓"] = "你单位"
	if d.Issuer == d.Recipient {
		f.Text["称谓"] = "本单位"
	}
	rows := [][]string{{"期限", "届满日", "性质", "依据"}}
	for _, c := range l.Clocks {
		why := "非法定期限，不作为法律依据引用"
		if c.Basis == deadline.Statutory {
			why = c.Citation.Title()
			if !slices.Contains(f.Lists["法定依据"], why) {
				f.Lists["法定依据"] = append(f.Lists["法定依据"], why)
			}
		}
		rows = append(rows, []string{c.Title, DayWords(c.LastDay), string(c.Basis), why})
	}
	f.Tables["逾期期限表"] = rows
	return d
}

// standing says what rank a term has; only a 法定 one is cited.
func standing(c deadline.Clock) string {
	switch c.Basis {
	case deadline.Statutory:
		return "该期限为法定期限（" + c.Citation.Title() + "）。"
	case deadline.ByAnalogy:
		return "该期限为参照期限，不是法定期限。"
	case deadline.ByDistrict:
		return "该期限由本区设定，不是法定期限。"
	}
	return ""
}

// actors are the people behind the events of a name.
func (s ShareRequest) actors(names ...string) []string {
	accounts := []string{}
	for _, e := range s.Events {
		name, _ := strings.CutPrefix(e.Name, "share_request.")
		if slices.Contains(names, name) && e.Actor.Kind == agency.Human && !slices.Contains(accounts, e.Actor.Account) {
			accounts = append(accounts, e.Actor.Account)
		}
	}
	return accounts
}
