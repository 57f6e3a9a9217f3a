package paper_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"datagov/domain/agency"
	"datagov/domain/audit"
	"datagov/domain/casework"
	"datagov/domain/deadline"
	"datagov/domain/fault"
	"datagov/domain/law"
	"datagov/domain/paper"
	"datagov/domain/sharing"
	"datagov/domain/workday"
)

var now = time.Date(2026, 11, 24, 6, 0, 0, 0, time.UTC)

func clock(code string, basis deadline.Basis) deadline.Clock {
	term := deadline.Term{
		Code: code, Title: code, Value: 10, Unit: deadline.WorkingDay, Basis: basis, Citation: law.Regulation("21"),
		Source: "《政务数据共享条例》第二十一条：10个工作日",
	}
	return term.Start(workday.Calendar{}, now.AddDate(0, 0, -3))
}

// matter is a case with three items under review and the events of a move.
func matter(events ...string) paper.ShareRequest {
	s := paper.ShareRequest{
		Request: sharing.Request{
			ID: "case", Requester: "civil", Provider: "health", Commission: "commission", Government: true, Until: "2027-06-30", SubmittedAt: now,
			Parts: []sharing.Part{
				{Item: "a", Path: sharing.ByReview, Status: sharing.PartAgreed},
				{Item: "b", Path: sharing.ByReview, Status: sharing.PartRefused},
				{Item: "c", Path: sharing.ByReview, Status: sharing.PartDisputed},
				{Item: "d", Path: sharing.Barred, Status: sharing.PartBarred},
			},
			Clocks: []deadline.Clock{
				clock(deadline.ShareSupplement, deadline.ByDistrict), clock(deadline.ShareJointDecision, deadline.ByDistrict),
				clock(deadline.ShareProviderAnswer, deadline.Statutory),
			},
		},
		At: now, Names: map[agency.ID]string{"civil": "区民政局", "health": "区卫生健康委", "commission": "区信息委"}, Entry: "健康档案",
		Items: map[string]string{"a": "姓名", "b": "住址", "c": "电话", "d": "统计明细"}, Purpose: "核对", System: "救助系统",
		Missing: []string{" 授权书\r\n"}, Reason: "核对口径", Decider: "commission-2",
		Pack: deadline.Pack{Terms: []deadline.ScopedTerm{
			{Term: deadline.Term{Code: deadline.ShareProvision, Value: 20, Unit: deadline.WorkingDay, Basis: deadline.Statutory, Citation: law.Regulation("22")}, Scope: deadline.GovernmentOnly},
			{Term: deadline.Term{Code: deadline.ShareProvision, Value: 20, Unit: deadline.WorkingDay, Basis: deadline.ByAnalogy, Citation: law.Regulation("22")}, Scope: deadline.OthersOnly},
		}},
	}
	claim := law.Claim{Level: "法律", Title: "《统计法》", Article: "第二十八条", Quote: "应当予以保密。"}
	for _, o := range []struct {
		side  casework.Side
		items []string
	}{{casework.Provider, []string{"b", "c"}}, {casework.Commission, []string{"b"}}} {
		s.Opinions = append(s.Opinions, paper.Opinion{
			Opinion: casework.Opinion{Side: o.side, Outcome: casework.Refusal, Status: casework.Signed, SignedBy: string(o.side) + "-head", Items: o.items},
			Reason:  "超出范围", Grounds: []law.Claim{claim}, Conditions: []casework.Condition{{Kind: "mask", Text: "脱敏"}},
		})
	}
	for _, name := range events {
		s.Events = append(s.Events, audit.Event{Name: "share_request." + name, Actor: agency.Actor{Kind: agency.Human, Account: name}})
	}
	return s
}

// written fills the first template of every paper a case calls for.
func written(t *testing.T, s paper.ShareRequest) (drafts []paper.Draft, texts []string) {
	t.Helper()
	drafts, err := s.Papers()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range drafts {
		source, err := os.ReadFile("../../migrations/papers/" + string(d.Kind) + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		template, err := paper.Parse(d.Kind, string(source))
		if err != nil {
			t.Fatal(err)
		}
		d.Fields.Text["文号"] = "示数共〔2026〕1号"
		blocks, err := template.Fill(d.Fields)
		if err != nil {
			t.Fatalf("%s: %v", d.Kind, err)
		}
		text := ""
		for _, b := range blocks {
			text += b.Text + "\n"
			for _, row := range b.Rows {
				text += strings.Join(row, " ") + "\n"
			}
		}
		texts = append(texts, text)
	}
	return drafts, texts
}

// says wants words in a paper, and others not in it.
func says(t *testing.T, text string, words []string, never ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(text, w) {
			t.Errorf("the paper does not say %q:\n%s", w, text)
		}
	}
	for _, w := range never {
		if strings.Contains(text, w) {
			t.Errorf("the paper says %q:\n%s", w, text)
		}
	}
}

func TestEachActCallsForItsPaper(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		events []string
		want   []paper.Kind
	}{
		{[]string{"signed_off", "granted_by_law"}, nil},
		{[]string{"supplement_noticed"}, []paper.Kind{paper.Supplement}},
		{[]string{"extension_asked"}, nil},
		{[]string{"extension_declined"}, nil},
		{[]string{"extension_consented"}, []paper.Kind{paper.Extension}},
		{[]string{"opinion_signed"}, nil},
		{[]string{"opinion_signed", "approved"}, []paper.Kind{paper.Answer}},
		{[]string{"opinion_signed", "approved", "refused", "disputed"}, []paper.Kind{paper.Answer}},
		{[]string{"opinion_signed", "refused", "disputed"}, []paper.Kind{paper.Answer}},
		{[]string{"opinion_signed", "refused"}, []paper.Kind{paper.Refusal}},
		{[]string{"reminded"}, nil},
		{[]string{"overdue", "late", "overdue"}, []paper.Kind{paper.Overdue}},
		{[]string{"withdrawn"}, nil},
	} {
		if got := paper.Due(matter(tt.events...).Events); !slices.Equal(got, tt.want) {
			t.Errorf("%v call for %v, want %v", tt.events, got, tt.want)
		}
	}
}

// Article 26(2): one paper for both opinions, with everything that is agreed,
// refused and disputed, conditions of both sides, use and provision.
func TestTheAnswerIsOnePaperForBothOpinions(t *testing.T) {
	t.Parallel()
	s := matter("opinion_signed", "approved", "refused", "disputed")
	drafts, texts := written(t, s)
	if len(drafts) != 1 || drafts[0].Issuer != "commission" || drafts[0].Recipient != "civil" || !slices.Equal(drafts[0].Signers, []string{"provider-head", "commission-head"}) {
		t.Fatalf("drafts %+v", drafts)
	}
	says(t, texts[0], []string{
		"同意共享1个数据项，不予共享1个数据项，双方意见不一致、另行协调1个数据项", "1 姓名 同意共享", "2 住址 不予共享", "3 电话 双方意见不一致", "4 统计明细 属于非共享类",
		"区卫生健康委（提供机构）：脱敏", "区信息委（牵头审核）：脱敏", "2027年6月30日", "2026年12月22日前提供", "《政务数据共享条例》第二十二条",
		"区卫生健康委（提供机构）（住址、电话）：超出范围", "《统计法》第二十八条（法律）：“应当予以保密。”", "第二十八条，应当先与提供机构协商", "区信息委\n区卫生健康委\n2026年11月24日",
	}, "{{", "《《")
	for i := range s.Request.Parts {
		s.Request.Parts[i].Status = sharing.PartDisputed
	}
	_, texts = written(t, s)
	says(t, texts[0], []string{"意见不一致不产生同意或者不同意的效果"}, "前提供", "使用期限")
}

// Article 25; TL 21: reasons, grounds and the way of a dispute.
func TestARefusalGivesReasonsGroundsAndTheWayOfADispute(t *testing.T) {
	t.Parallel()
	s := matter("refused")
	drafts, texts := written(t, s)
	if len(drafts) != 1 || drafts[0].Kind != paper.Refusal {
		t.Fatalf("drafts %+v", drafts)
	}
	says(t, texts[0], []string{"第二十五条第二款、第二十六条第二款", "超出范围", "《统计法》第二十八条（法律）：“应当予以保密。”", "协商"}, "使用期限")
	s.Opinions = nil
	drafts, err := s.Papers()
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile("../../migrations/papers/refusal.txt")
	if err != nil {
		t.Fatal(err)
	}
	template, err := paper.Parse(paper.Refusal, string(source))
	if err != nil {
		t.Fatal(err)
	}
	drafts[0].Fields.Text["文号"] = "号"
	if _, err := template.Fill(drafts[0].Fields); err == nil {
		t.Error("a refusal without reasons is a paper")
	}
}

// Correction 8: only what is 法定 is cited; the 条例 binds government departments.
func TestOnlyWhatIsStatutoryIsCited(t *testing.T) {
	t.Parallel()
	events := []string{"supplement_noticed", "extension_consented", "approved", "disputed", "refused"}
	for _, government := range []bool{true, false} {
		s := matter(events...)
		s.Request.Government = government
		for i := range s.Request.Clocks {
			c := &s.Request.Clocks[i]
			if c.Basis == deadline.Statutory && !government {
				c.Basis = deadline.ByAnalogy
			}
			if err := c.Extend(workday.Calendar{}, c.StartedAt, 10); err != nil {
				t.Fatal(err)
			}
		}
		drafts, texts := written(t, s)
		if len(drafts) != 3 {
			t.Fatalf("%d papers", len(drafts))
		}
		for i, text := range texts {
			if cites := strings.Contains(text, "条例》"); cites != government {
				t.Errorf("%s cites the regulation = %v for a government department = %v:\n%s", drafts[i].Kind, cites, government, text)
			}
		}
		if !government {
			says(t, texts[1], []string{"参照期限，不是法定期限"})
		}
		says(t, texts[0], []string{"1. 授权书\n", "由本区设定，不是法定期限"})
		says(t, texts[1], []string{"延长答复期限10个工作日", "核对口径"})
	}
}

// TL 21: the requester reads the old and the new last day.
func TestAnExtensionTellsTheOldAndTheNewLastDay(t *testing.T) {
	t.Parallel()
	s := matter("extension_consented")
	before := s.Request.Clock(deadline.ShareProviderAnswer).LastDay
	for i := range s.Request.Clocks {
		if err := s.Request.Clocks[i].Extend(workday.Calendar{}, s.Request.Clocks[i].StartedAt, 10); err != nil {
			t.Fatal(err)
		}
	}
	after := s.Request.Clock(deadline.ShareProviderAnswer).LastDay
	drafts, texts := written(t, s)
	if before == after || !slices.Equal(drafts[0].Signers, []string{"commission-2"}) {
		t.Fatalf("%s to %s, signed %v", before, after, drafts[0].Signers)
	}
	says(t, texts[0], []string{"原答复期限于" + paper.DayWords(before) + "届满，延长后于" + paper.DayWords(after) + "届满", "《政务数据共享条例》第二十一条"})
}

// Correction 9: late is neither consent nor refusal; each late agency is reminded of its own terms.
func TestEachLateAgencyIsRemindedOfItsOwnTerms(t *testing.T) {
	t.Parallel()
	s := matter("overdue", "overdue")
	s.Request.Clocks[0].OverdueAt = now.Add(-time.Hour) // reported before
	s.Request.Clocks[1].OverdueAt, s.Request.Clocks[2].OverdueAt = now, now
	s.Opinions = nil
	drafts, texts := written(t, s)
	if len(drafts) != 2 || drafts[0].Recipient != "health" || drafts[1].Recipient != "commission" {
		t.Fatalf("drafts %+v", drafts)
	}
	says(t, texts[0], []string{"share.joint_decision", "本区设定 非法定期限", "法定 《政务数据共享条例》第二十一条", "既不产生同意的效果，也不产生不同意的效果", "你单位"}, "share.supplement", "10个工作日")
	says(t, texts[1], []string{"本单位", "不是对逾期责任的认定"}, "条例", "你单位")
	s.Request.Opinions = []casework.Opinion{{Side: casework.Provider, Status: casework.Signed}}
	s.Request.Clocks[2].OverdueAt = time.Time{}
	if drafts, _ := written(t, s); len(drafts) != 1 || drafts[0].Recipient != "commission" {
		t.Errorf("who has answered is reminded: %+v", drafts)
	}
	for code, want := range map[string]agency.ID{deadline.ShareSignOff: "civil", deadline.ShareFormCheck: "commission", deadline.ShareProviderOpinion: "health"} {
		s := matter("late")
		s.Request.Clocks = []deadline.Clock{clock(code, deadline.ByDistrict)}
		s.Request.Clocks[0].OverdueAt = now
		if drafts, _ := written(t, s); len(drafts) != 1 || drafts[0].Recipient != want {
			t.Errorf("%s is owed by %+v", code, drafts)
		}
	}
}

func TestFieldsAreKeptExactlyAsFilled(t *testing.T) {
	t.Parallel()
	drafts, _ := written(t, matter("approved"))
	body, digest, err := drafts[0].Fields.Encode()
	if err != nil || len(digest) != 64 {
		t.Fatalf("%v, %s", err, digest)
	}
	again, err := paper.Decode(body)
	if err != nil {
		t.Fatal(err)
	}
	if second, same, err := again.Encode(); err != nil || second != body || same != digest {
		t.Errorf("fields change on the way: %v", err)
	}
	if _, err := paper.Decode("{"); err == nil {
		t.Error("broken fields are read")
	}
}

func TestAPaperIsReceivedOnceByItsRecipient(t *testing.T) {
	t.Parallel()
	clerk := agency.Actor{Kind: agency.Human, Account: "civil-1", Agency: "civil"}
	if err := paper.MayReceive("civil", false, clerk); err != nil {
		t.Error(err)
	}
	if err := paper.MayReceive("civil", true, clerk); fault.KindOf(err) != fault.Conflict {
		t.Errorf("again: %v", err)
	}
	if err := paper.MayReceive("health", false, clerk); fault.KindOf(err) != fault.Barred {
		t.Errorf("another's: %v", err)
	}
	if err := paper.MayReceive("civil", false, agency.SystemActor("clock")); fault.KindOf(err) != fault.Barred {
		t.Errorf("a machine: %v", err)
	}
}
