package paper

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"datagov/domain/agency"
	"datagov/domain/audit"
	"datagov/domain/casework"
	"datagov/domain/deadline"
	"datagov/domain/law"
	"datagov/domain/paper"
	"datagov/domain/sharing"
	"datagov/domain/workday"
)

// samples is where the files of these tests are left to be looked at.
var samples = flag.String("samples", "", "folder in which to leave a file of every kind")

// longName is a name of forty characters, as some offices have.
const longName = "示例区城市运行管理和应急联动指挥中心暨大数据资源统筹管理与公共数据开放服务事务办公室"

// typeFile is the type as the build of the page leaves it.
const typeFile = "../../web/dist/type/paper.ttf"

func trueType(t testing.TB) []byte {
	t.Helper()
	b, err := os.ReadFile(typeFile)
	if err != nil {
		t.Fatalf("no type to set papers in; run make build, which makes it with the page: %v", err)
	}
	return b
}

func readFace(t testing.TB) *face {
	t.Helper()
	f, err := newFace(trueType(t))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

var issuedAt = time.Date(2026, 11, 24, 6, 0, 0, 0, time.UTC)

func clock(code, title string, basis deadline.Basis) deadline.Clock {
	term := deadline.Term{Code: code, Title: title, Value: 10, Unit: deadline.WorkingDay, Basis: basis, Citation: law.Regulation("21")}
	return term.Start(workday.Calendar{}, issuedAt.AddDate(0, 0, -7))
}

// facts is a case with so many items and the given events.
func facts(items int, provider, commission string, events ...string) paper.ShareRequest {
	s := paper.ShareRequest{
		Request: sharing.Request{
			ID: "case", Requester: "civil", Provider: "health", Commission: "commission", Government: true,
			SubmittedAt: issuedAt.AddDate(0, 0, -10), Until: "2027-06-30",
			Clocks: []deadline.Clock{
				clock(deadline.ShareSupplement, "申请机构补正", deadline.ByDistrict), clock(deadline.ShareJointDecision, "会同审核", deadline.ByDistrict),
				clock(deadline.ShareProviderAnswer, "提供机构答复", deadline.Statutory),
			},
		},
		At: issuedAt, Names: map[agency.ID]string{"civil": "示例区民政局", "health": provider, "commission": commission},
		Entry: "出生医学证明信息", Items: map[string]string{}, Purpose: "核验社会救助申请人家庭成员的出生登记情况", System: "社会救助一件事业务系统",
		Missing: []string{"使用依据：请写明本单位的职责依据及条款", "使用范围：请说明数据项“新生儿姓名”的使用岗位和人数", "安全保障：请附数据安全管理制度（盖章扫描件）"},
		Reason:  "涉及2019年以前的历史数据核对，需要与市级平台比对后才能确认口径（约3,200条记录）。", Decider: "commission-2",
		Pack: deadline.Pack{Terms: []deadline.ScopedTerm{{Term: deadline.Term{
			Code: deadline.ShareProvision, Title: "提供数据", Value: 20, Unit: deadline.WorkingDay, Basis: deadline.Statutory, Citation: law.Regulation("22"),
		}}}},
	}
	for i := range items {
		id := fmt.Sprint("item-", i)
		s.Request.Parts = append(s.Request.Parts, sharing.Part{Item: id, Path: sharing.ByReview, Status: sharing.PartAgreed})
		s.Items[id] = []string{"出生证编号", "新生儿姓名", "出生时间（精确到分钟，含出生地所在医疗机构名称和助产人员编号）", "母亲姓名", "父亲姓名"}[i%5]
	}
	for _, name := range events {
		s.Events = append(s.Events, audit.Event{Name: "share_request." + name})
	}
	return s
}

var statute = law.Claim{
	Level: "法律", Title: "中华人民共和国个人信息保护法", Article: "第三十四条",
	Quote: "国家机关为履行法定职责处理个人信息，应当依照法律、行政法规规定的权限、程序进行，不得超出履行法定职责所必需的范围和限度。", InForceOn: "2021-11-01",
}

func signedOpinion(side casework.Side, outcome casework.Outcome, items ...string) paper.Opinion {
	o := paper.Opinion{Opinion: casework.Opinion{Side: side, Outcome: outcome, Status: casework.Signed, SignedBy: string(side), Items: items}}
	switch outcome {
	case casework.Refusal:
		o.Reason, o.Grounds = "申请的数据项超出核验救助对象所必需的范围，其中出生时间精确到分钟与救助核对没有关系。", []law.Claim{statute}
	case casework.AgreeWithConditions:
		o.Reason, o.Conditions = "履职所需", []casework.Condition{{Kind: "mask", Text: "证件号码显示前6位和后4位"}, {Kind: "frequency", Text: "每日调用不超过5,000次"}}
	case casework.Agree:
	}
	return o
}

// cases are papers of every kind, plain ones and such as are hard to set.
func cases() map[string]paper.ShareRequest {
	answered := facts(6, "示例区卫生健康委员会", "示例区信息化委员会", "approved", "refused", "disputed")
	answered.Request.Parts[1].Status, answered.Request.Parts[2].Status = sharing.PartRefused, sharing.PartDisputed
	answered.Request.Parts[5].Path, answered.Request.Parts[5].Status = sharing.Barred, sharing.PartBarred
	answered.Opinions = []paper.Opinion{
		signedOpinion(casework.Provider, casework.Refusal, "item-1", "item-2"), signedOpinion(casework.Commission, casework.AgreeWithConditions),
	}
	long := facts(60, longName, longName, "approved")
	long.Opinions = []paper.Opinion{signedOpinion(casework.Provider, casework.AgreeWithConditions), signedOpinion(casework.Commission, casework.Agree)}
	long.Names["civil"] = longName
	refused := facts(3, "示例区卫生健康委员会", "示例区信息化委员会", "refused")
	for i := range refused.Request.Parts {
		refused.Request.Parts[i].Status = sharing.PartRefused
	}
	refused.Opinions = []paper.Opinion{signedOpinion(casework.Provider, casework.Refusal), signedOpinion(casework.Commission, casework.Refusal)}
	wordy := facts(2, longName, "示例区信息化委员会", "refused")
	for i := range wordy.Request.Parts {
		wordy.Request.Parts[i].Status = sharing.PartRefused
		wordy.Items[wordy.Request.Parts[i].Item] = strings.Repeat("很长的数据项名称", 120)
	}
	wordy.Opinions = []paper.Opinion{signedOpinion(casework.Provider, casework.Refusal), signedOpinion(casework.Commission, casework.Refusal)}
	wordy.Opinions[0].Reason = strings.Repeat("（一）“理由”——见《规定》……", 160) + "\n另起一行的理由https://example.invalid/" + strings.Repeat("a", 80) + "。"
	extended := facts(1, "示例区卫生健康委员会", "示例区信息化委员会", "extension_consented")
	for i := range extended.Request.Clocks {
		_ = extended.Request.Clocks[i].Extend(workday.Calendar{}, extended.Request.Clocks[i].StartedAt, 10) // a running clock is extended
	}
	overdue := facts(1, "示例区卫生健康委员会", "示例区信息化委员会", "overdue")
	for i := range overdue.Request.Clocks {
		overdue.Request.Clocks[i].OverdueAt = issuedAt
	}
	return map[string]paper.ShareRequest{
		"supplement": facts(1, "示例区卫生健康委员会", "示例区信息化委员会", "supplement_noticed"), "answer": answered, "answer-long": long,
		"refusal": refused, "refusal-wordy": wordy, "extension": extended, "overdue": overdue,
	}
}

// documents fills the first templates with the cases.
func documents(t testing.TB) map[string]document {
	t.Helper()
	all := map[string]document{}
	for name, s := range cases() {
		drafts, err := s.Papers()
		if err != nil {
			t.Fatal(err)
		}
		for i, d := range drafts {
			source, err := os.ReadFile("../../migrations/papers/" + string(d.Kind) + ".txt")
			if err != nil {
				t.Fatal(err)
			}
			template, err := paper.Parse(d.Kind, string(source))
			if err != nil {
				t.Fatal(err)
			}
			d.Fields.Text["文号"] = "示数共复〔2026〕1号"
			blocks, err := template.Fill(d.Fields)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			all[fmt.Sprintf("%s-%d", name, i+1)] = document{
				blocks: blocks, title: d.Kind.Title(), number: "示数共复〔2026〕1号", issuer: d.Fields.Text["发文机关"],
				code: "7K3M-9QXV-2TBD", seal: NoSealer{}.Mark(), at: issuedAt,
			}
		}
	}
	return all
}

func leave(t testing.TB, name string, content []byte) {
	t.Helper()
	if *samples == "" {
		return
	}
	if err := os.WriteFile(filepath.Join(*samples, name), content, 0o600); err != nil {
		t.Fatal(err)
	}
}
