package activities_test

import (
	"strings"
	"testing"
	"time"

	"datagov/activities"
	"datagov/domain/casework"
	"datagov/domain/paper"
	"datagov/domain/sharing"
	"datagov/internal/testkit"
	"datagov/store"
)

// papers lists the papers of the case, oldest first, with their text.
func (d *desk) papers() (rows []store.Paper, texts []string) {
	d.t.Helper()
	rows, err := d.Store.Papers(d.t.Context(), store.PaperFilter{CaseID: "case", Limit: 50})
	if err != nil {
		d.t.Fatal(err)
	}
	for i, j := 0, len(rows)-1; i < j; i, j = i+1, j-1 {
		rows[i], rows[j] = rows[j], rows[i]
	}
	for _, p := range rows {
		blocks, err := d.Store.Blocks(d.t.Context(), p)
		if err != nil {
			d.t.Fatal(err)
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
	return rows, texts
}

// Each act that calls for a paper leaves it in its own transaction, once,
// however often the activity runs.
func TestAnActLeavesItsPaper(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.open(testkit.ItemHeld, testkit.ItemBarred)
	d.sign()
	d.do(d.CheckForm, activities.Act{Actor: testkit.CommissionOfficer}, sharing.FormCheckWords{Outcome: "supplement", Missing: []string{"授权书"}})
	d.do(d.Supply, activities.Act{Actor: testkit.Clerk}, sharing.FileWords{Note: "已补"})
	d.do(d.CheckForm, activities.Act{Actor: testkit.CommissionOfficer}, sharing.FormCheckWords{Outcome: "complete"})
	d.do(d.Extend, activities.Act{Actor: testkit.Provider, Outcome: "ask"}, sharing.ExtensionWords{Outcome: "ask", Reason: "核对口径"})
	d.do(d.Extend, activities.Act{Actor: testkit.CommissionHead, Outcome: "consent"}, sharing.ExtensionWords{Outcome: "consent"})
	d.answered(casework.AgreeWithConditions, casework.Agree)
	rows, texts := d.papers()
	if len(rows) != 3 {
		t.Fatalf("%d papers: %+v", len(rows), rows)
	}
	for i, want := range []struct {
		kind           paper.Kind
		number, signer string
		says           []string
	}{
		{paper.Supplement, "示数共补〔2026〕1号", `["commission-1"]`, []string{"1. 授权书"}},
		{paper.Extension, "示数共延〔2026〕1号", `["commission-2"]`, []string{"核对口径", "届满，延长后于"}},
		{paper.Answer, "示数共复〔2026〕1号", `["health-2","commission-2"]`, []string{"provider的条件", "1 姓名 同意共享", "区信息委\n区卫生健康委"}},
	} {
		p := rows[i]
		if p.Kind != string(want.kind) || p.Number != want.number || p.IssuerID != "commission" || p.RecipientID != "civil" || len(p.Code) != 12 || p.TemplateVersion != 1 {
			t.Errorf("paper %+v", p)
		}
		if p.Signers != want.signer && want.kind != paper.Answer {
			t.Errorf("%s rests on %s, want %s", p.Kind, p.Signers, want.signer)
		}
		for _, words := range want.says {
			if !strings.Contains(texts[i], words) {
				t.Errorf("%s does not say %q:\n%s", p.Kind, words, texts[i])
			}
		}
	}
	d.checkStream(d.read("case"))
}

func TestARefusalIsOnPaper(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.reviewing()
	d.answered(casework.Refusal, casework.Refusal)
	rows, texts := d.papers()
	if len(rows) != 1 || rows[0].Kind != string(paper.Refusal) || !strings.Contains(texts[0], "应当予以保密。") {
		t.Errorf("papers %+v, %v", rows, texts)
	}
}

func TestADisputeIsAnsweredOnPaper(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.reviewing()
	d.answered(casework.Refusal, casework.Agree)
	rows, texts := d.papers()
	if len(rows) != 1 || rows[0].Kind != string(paper.Answer) || !strings.Contains(texts[0], "双方意见不一致") {
		t.Errorf("papers %+v, %v", rows, texts)
	}
}

// Correction 9: whoever lets a term pass is reminded on paper, and nothing is decided.
func TestAPassedTermIsRemindedOfOnPaper(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.reviewing()
	before := d.read("case")
	d.at = before.Clock("share.provider_opinion").DueAt.Add(time.Second)
	ring := func(want int) {
		t.Helper()
		for range 2 { // run twice, it reminds once
			if _, err := d.Ring(t.Context(), activities.Alarm{CaseID: "case", At: d.at}); err != nil {
				t.Fatal(err)
			}
		}
		if rows, _ := d.papers(); len(rows) != want {
			t.Fatalf("%d papers, want %d", len(rows), want)
		}
	}
	ring(1)
	d.at = before.Clock("share.joint_decision").DueAt.Add(time.Second)
	ring(3)
	rows, texts := d.papers()
	for i, p := range rows {
		if p.Kind != string(paper.Overdue) || p.Signers != "[]" || !strings.Contains(texts[i], "既不产生同意的效果，也不产生不同意的效果") {
			t.Errorf("paper %+v:\n%s", p, texts[i])
		}
		statutory := strings.Contains(texts[i], "提供机构答复")
		if cites := strings.Contains(texts[i], "《政务数据共享条例》"); cites != statutory {
			t.Errorf("cites = %v:\n%s", cites, texts[i])
		}
	}
	if rows[0].RecipientID != "health" || d.read("case").Status != before.Status {
		t.Errorf("first reminded %s; case is in %s", rows[0].RecipientID, d.read("case").Status)
	}
}
