package sharing_test

import (
	"testing"
	"time"

	"datagov/domain/agency"
	"datagov/domain/audit"
	"datagov/domain/casework"
	"datagov/domain/catalog"
	"datagov/domain/deadline"
	"datagov/domain/fault"
	"datagov/domain/law"
	"datagov/domain/sharing"
	"datagov/domain/workday"
)

// now is a Monday morning with official working days around it.
var now = time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)

func person(account string, of agency.ID, roles ...agency.Role) agency.Actor {
	return agency.Actor{Kind: agency.Human, Account: account, Agency: of, Roles: roles}
}

// The people of the case: civil asks, health provides, the commission leads.
var (
	clerk          = person("civil-1", "civil", agency.Clerk)
	head           = person("civil-2", "civil", agency.Head)
	provider       = person("health-1", "health", agency.Clerk)
	providerHead   = person("health-2", "health", agency.Head)
	commission     = person("commission-1", "commission", agency.CommissionOfficer)
	commissionHead = person("commission-2", "commission", agency.CommissionHead)
	stranger       = person("tax-1", "tax", agency.Clerk, agency.Head)
)

func claim() law.Claim {
	return law.Claim{
		Level: "法律", Title: "中华人民共和国统计法", Article: "第二十八条", Quote: "应当予以保密。", InForceOn: "1984-01-01",
	}
}

// entry is one entry of the health agency with an item of every sharing type.
func entry() catalog.Entry {
	return catalog.Entry{
		ID: "entry", Version: 1, Code: "HJ-1", Name: "健康档案", Sharing: catalog.Authorized, Reason: "个人信息",
		Provider: agency.Agency{ID: "health", Name: "区卫生健康委", Kind: agency.Government}, Grounds: []law.Claim{claim()},
		Items: []catalog.Item{
			{ID: "free", Name: "机构名称", Sharing: catalog.Unconditional},
			{ID: "held", Name: "姓名", Sharing: catalog.Authorized},
			{ID: "held-2", Name: "出生日期", Sharing: catalog.Authorized},
			{ID: "barred", Name: "统计明细", Sharing: catalog.NotShared, Reason: "统计秘密", Grounds: []law.Claim{claim(), {Title: "档案法"}}},
			{ID: "open", Name: "备注", Sharing: catalog.Unclassified},
		},
	}
}

func scenario() *sharing.Scenario {
	return &sharing.Scenario{
		ID: "aid", Version: 3, Name: "社会救助", EntryID: "entry", Items: []string{"held", "free", "barred", "open"},
		Agencies: []agency.ID{"civil"}, Active: true, Until: "2026-12-31",
	}
}

// pack is the share request's terms, in working days without holidays.
func pack() deadline.Pack {
	p := deadline.Pack{Version: "2026-11", Calendar: workday.NewCalendar("v1", []workday.Year{{Year: 2026, Status: workday.Official}}, nil)}
	for code, n := range map[string]int{
		deadline.ShareSignOff: 5, deadline.ShareFormCheck: 2, deadline.ShareSupplement: 10, deadline.ShareProviderOpinion: 5,
		deadline.ShareProviderAnswer: 10, deadline.ShareJointDecision: 10, deadline.ShareExtension: 10, deadline.ShareProvision: 20,
	} {
		term := deadline.Term{Code: code, Title: code, Value: n, Unit: deadline.WorkingDay, Basis: deadline.ByDistrict, Source: "test", InForceFrom: "2025-08-01"}
		if code == deadline.ShareProviderAnswer {
			term.Basis, term.Citation = deadline.Statutory, law.Regulation("21")
		}
		p.Terms = append(p.Terms, deadline.ScopedTerm{Term: term})
	}
	p.Items = []deadline.Item{{
		Kind: deadline.KindSuspension, Code: "third_party", Title: "征求第三方意见", Basis: deadline.ByAnalogy, Source: "test",
		Citation: law.Citation{Edition: law.DisclosureRegulation, Article: "32"}, InForceFrom: "2025-08-01",
		Body: `{"limit":15,"unit":"working_day","clocks":["share.joint_decision","share.provider_answer","share.provider_opinion"]}`,
	}}
	return p
}

func file(items ...string) sharing.File {
	return sharing.File{
		EntryID: "entry", Items: items, Purpose: "核对救助对象", Basis: "社会救助暂行办法", Mode: sharing.RequestResponse,
		System: "救助系统", Until: "2027-06-30",
	}
}

func submission(items ...string) sharing.Submission {
	return sharing.Submission{
		ID: "case", Entry: entry(), File: file(items...), Requester: "civil", Commission: "commission", By: clerk, At: now,
	}
}

func by(a agency.Actor) sharing.Move {
	return sharing.Move{By: a, At: now.Add(time.Hour), Pack: pack()}
}

// moves is what the methods of a request return.
func moves(t testing.TB) func(events []audit.Event, err error) {
	t.Helper()
	return func(events []audit.Event, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		if len(events) == 0 {
			t.Fatal("the case moved without an event")
		}
	}
}

// submitted is a case that waits for the head's signature.
func submitted(t testing.TB, items ...string) sharing.Request {
	t.Helper()
	if len(items) == 0 {
		items = []string{"held", "held-2"}
	}
	r, _, _, err := sharing.Submit(submission(items...), pack())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// in brings a case of two authorized items into a status on the plain way.
func in(t testing.TB, status sharing.Status, items ...string) sharing.Request {
	t.Helper()
	r, moved := submitted(t, items...), moves(t)
	steps := []struct {
		status sharing.Status
		move   func() ([]audit.Event, error)
	}{
		{sharing.FormCheck, func() ([]audit.Event, error) { return r.Sign(by(head)) }},
		{sharing.Supplement, func() ([]audit.Event, error) { return r.Notify(by(commission), []string{"授权书"}) }},
		{sharing.JointReview, func() ([]audit.Event, error) { return r.Complete(by(commission)) }},
	}
	for _, s := range steps {
		if r.Status == status {
			return r
		}
		if s.status == sharing.Supplement && status != sharing.Supplement {
			continue
		}
		moved(s.move())
	}
	if r.Status != status {
		t.Fatalf("the plain way does not lead to %s", status)
	}
	return r
}

// failing is a test or a check of rapid.
type failing interface {
	Helper()
	Fatal(args ...any)
}

func verdict(t failing, outcome casework.Outcome, items ...string) casework.Verdict {
	t.Helper()
	words := sharing.OpinionWords{Outcome: outcome, Reason: "理由", Items: items}
	switch outcome {
	case casework.Refusal:
		words.Grounds = []law.Claim{claim()}
	case casework.AgreeWithConditions:
		words.Conditions = []casework.Condition{{Kind: "mask", Text: "脱敏"}}
	case casework.Agree:
	}
	v, err := words.Verdict("2026-11-23", nil)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// answer writes and signs both opinions.
func answer(t testing.TB, r *sharing.Request, ofProvider, ofCommission casework.Verdict) {
	t.Helper()
	moved := moves(t)
	moved(r.Write(by(provider), "p", casework.Provider, ofProvider))
	moved(r.Write(by(commission), "c", casework.Commission, ofCommission))
	moved(r.SignOpinion(by(providerHead), "p"))
	moved(r.SignOpinion(by(commissionHead), "c"))
}

func refused(t testing.TB, err error, kind fault.Kind) {
	t.Helper()
	if err == nil || fault.KindOf(err) != kind {
		t.Errorf("error = %v (%s), want %s", err, fault.KindOf(err), kind)
	}
}

func names(events []audit.Event) []string {
	list := make([]string, 0, len(events))
	for _, e := range events {
		list = append(list, e.Name)
	}
	return list
}

func parts(r sharing.Request) map[string]sharing.PartStatus {
	m := map[string]sharing.PartStatus{}
	for _, p := range r.Parts {
		m[p.Item] = p.Status
	}
	return m
}
