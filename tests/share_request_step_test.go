package tests

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// TL 21: the missing material is named once; the answer's term runs from the complete file.
func TestShareRequestIsSupplementedAtMostOnceAndTheTermRunsFromTheCompleteFile(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		m := d.asking(t).signedOff(t)
		before := m.show(t, "civil")
		notice := fields{"outcome": "supplement", "missing": []string{"说明必要性", "写明使用部门"}}
		c := m.does(t, "commission", "/form-check", notice).in(t, "supplement")
		if c.Supplement == nil || !slices.Equal(c.Supplement.Missing, []string{"说明必要性", "写明使用部门"}) {
			t.Errorf("supplement %+v", c.Supplement)
		}
		answerClock := c.clock("share.joint_decision")
		if answerClock == nil || answerClock.DueAt != nil || len(answerClock.Suspensions) != 1 || answerClock.Suspensions[0].To != "" {
			t.Errorf("while the file is incomplete the answer's clock is %+v", answerClock)
		}
		m.act(t, "commission", "/form-check", complete).refused(t, http.StatusConflict)
		m.act(t, "health", "/opinions", agree).refused(t, http.StatusConflict)
		c = m.does(t, "civil", "/supplement", fields{"note": "已补充", "purpose": "核验新生儿的出生登记"}).in(t, "form_check")
		answerClock = c.clock("share.joint_decision")
		if answerClock == nil || answerClock.DueAt == nil || answerClock.DueAt.Before(*before.clock("share.joint_decision").DueAt) {
			t.Errorf("after the supplement the answer's clock is %+v", answerClock)
		}
		if c.Purpose != "核验新生儿的出生登记" {
			t.Errorf("purpose %s", c.Purpose)
		}
		db := d.open(t, "ro")
		stored := rows(t, db, m.id)
		m.act(t, "commission", "/form-check", notice).refused(t, http.StatusUnprocessableEntity, regulation+"21")
		unchanged(t, stored, rows(t, db, m.id))
		m.does(t, "commission", "/form-check", complete).in(t, "joint_review")
	})
}

func (c dossier) clock(code string) *clock {
	for i := len(c.Clocks) - 1; i >= 0; i-- {
		if c.Clocks[i].Code == code {
			return &c.Clocks[i]
		}
	}
	return nil
}

// TL 21: extended once, asked by the provider, consented by the commission.
func TestShareRequestTermIsExtendedOnceByConsentOfTheCommission(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		m := d.asking(t).underReview(t)
		due := m.show(t, "civil").clock("share.joint_decision").DueAt
		ask := fields{"outcome": "ask", "reason": "涉及历史数据核对"}
		m.act(t, "health", "/extension", fields{"outcome": "ask"}).refused(t, http.StatusUnprocessableEntity)
		m.act(t, "commission-head", "/extension", fields{"outcome": "consent"}).refused(t, http.StatusConflict)
		m.act(t, "civil", "/extension", ask).refused(t, http.StatusForbidden)
		if c := m.does(t, "health", "/extension", ask); c.Extension == nil || c.Extension.Status != "asked" || !c.clock("share.joint_decision").DueAt.Equal(*due) {
			t.Errorf("asking alone moved the term: %+v", c.Extension)
		}
		m.act(t, "health", "/extension", ask).refused(t, http.StatusConflict)
		m.act(t, "health-head", "/extension", fields{"outcome": "consent"}).refused(t, http.StatusForbidden)
		c := m.does(t, "commission-head", "/extension", fields{"outcome": "consent"})
		after := c.clock("share.joint_decision")
		if c.Extension.Status != "consented" || !after.DueAt.After(*due) || after.Extended == 0 {
			t.Errorf("extension %+v, clock %+v", c.Extension, after)
		}
		if c.DueAt == nil {
			t.Error("the case has no due date")
		}
		m.act(t, "health", "/extension", ask).refused(t, http.StatusConflict)
		m.act(t, "commission-head", "/extension", fields{"outcome": "consent"}).refused(t, http.StatusConflict)

		other := d.asking(t).underReview(t)
		due = other.show(t, "civil").clock("share.joint_decision").DueAt
		other.does(t, "health", "/extension", ask)
		c = other.does(t, "commission", "/extension", fields{"outcome": "decline", "reason": "理由不足"})
		if c.Extension.Status != "declined" || !c.clock("share.joint_decision").DueAt.Equal(*due) {
			t.Errorf("a declined extension moved the term: %+v", c.clock("share.joint_decision"))
		}
	})
}

func TestShareRequestIsWithdrawnUntilTheAnswer(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		atSupplement := d.asking(t).signedOff(t)
		atSupplement.does(t, "commission", "/form-check", fields{"outcome": "supplement", "missing": []string{"说明"}})
		oneSigned := d.asking(t).underReview(t)
		oneSigned.says(t, provider, refusal(valid))
		for _, m := range []matter{d.asking(t), d.asking(t).signedOff(t), atSupplement, d.asking(t).underReview(t), oneSigned} {
			m.act(t, "health", "/withdraw", nil).refused(t, http.StatusForbidden)
			m.does(t, "civil-head", "/withdraw", nil).in(t, "withdrawn")
			if n := rows(t, d.open(t, "ro"), m.id)["open task"]; n != 0 {
				t.Errorf("%d tasks open after withdrawal", n)
			}
		}
	})
}

// every act there is, by somebody whose role may do it.
var everyAct = []struct {
	who, what string
	body      any
}{
	{"civil-head", "/sign-off", sign},
	{"civil-head", "/sign-off", back("重写")},
	{"civil", "/revision", fields{"purpose": "p", "basis": "b", "system": "s", "until": string(today().Add(30))}},
	{"commission", "/form-check", complete},
	{"commission", "/form-check", fields{"outcome": "supplement", "missing": []string{"说明"}}},
	{"civil", "/supplement", fields{"note": "已补"}},
	{"health", "/opinions", agree},
	{"health", "/opinions", refusal(valid)},
	{"commission", "/opinions", agree},
	{"health", "/extension", fields{"outcome": "ask", "reason": "核对"}},
	{"commission-head", "/extension", fields{"outcome": "consent"}},
	{"civil", "/withdraw", nil},
}

func TestShareRequestThatIsClosedTakesNoMoreActs(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		granted := d.asking(t).underReview(t)
		granted.says(t, provider, agree)
		granted.says(t, commission, agree).in(t, "granted")
		refused := d.asking(t).underReview(t)
		refused.says(t, provider, refusal(valid))
		refused.says(t, commission, refusal(valid)).in(t, "refused")
		withdrawn := d.asking(t).underReview(t)
		open := withdrawn.drafts(t, provider, agree)
		withdrawn.does(t, "civil", "/withdraw", nil)
		db := d.open(t, "ro")
		for _, m := range []matter{granted, refused, withdrawn} {
			before := rows(t, db, m.id)
			for _, a := range everyAct {
				m.act(t, a.who, a.what, a.body).refused(t, http.StatusConflict)
			}
			if verbs := m.show(t, "civil").Verbs; len(verbs) != 0 {
				t.Errorf("a closed case offers %+v", verbs)
			}
			unchanged(t, before, rows(t, db, m.id))
		}
		withdrawn.act(t, "health-head", "/opinions/"+open+"/sign", sign).refused(t, http.StatusConflict)
		granted.act(t, "health-head", "/opinions/"+uuid.NewString()+"/sign", sign).refused(t, http.StatusNotFound)
	})
}

func TestShareRequestReturnedByTheHeadIsRevisedAndSigned(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		m := d.asking(t)
		m.act(t, "civil-head", "/sign-off", back(" ")).refused(t, http.StatusUnprocessableEntity)
		c := m.does(t, "civil-head", "/sign-off", back("用途不清楚")).in(t, "sign_off")
		if !c.SignOff.Returned || c.SignOff.Reason != "用途不清楚" {
			t.Errorf("sign-off %+v", c.SignOff)
		}
		m.act(t, "civil-head", "/sign-off", sign).refused(t, http.StatusConflict)
		mended := fields{"purpose": "核验出生登记", "basis": "三定规定", "system": "儿童福利系统", "until": string(today().Add(60))}
		c = m.does(t, "civil", "/revision", mended).in(t, "sign_off")
		if c.SignOff.Returned || c.Purpose != "核验出生登记" {
			t.Errorf("after revision %+v %s", c.SignOff, c.Purpose)
		}
		m.act(t, "civil", "/revision", mended).refused(t, http.StatusConflict)
		m.does(t, "civil-head", "/sign-off", sign).in(t, "form_check")
	})
}

func TestShareRequestOpinionReturnedByTheHeadIsDraftedAnew(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		m := d.asking(t).underReview(t)
		first := m.drafts(t, provider, refusal(valid))
		m.act(t, "health", "/opinions", agree).refused(t, http.StatusConflict)
		m.act(t, "health-head", "/opinions/"+first+"/sign", fields{"outcome": "return"}).refused(t, http.StatusUnprocessableEntity)
		m.does(t, "health-head", "/opinions/"+first+"/sign", back("应当同意"))
		m.act(t, "health-head", "/opinions/"+first+"/sign", sign).refused(t, http.StatusConflict)
		m.says(t, commission, agree).in(t, "joint_review")
		c := m.says(t, provider, agree).in(t, "granted")
		if len(c.Opinions) != 3 {
			t.Errorf("%d opinions on record, want the returned one too", len(c.Opinions))
		}
		for _, o := range m.show(t, "civil").Opinions {
			if worded := o.Reason+o.Outcome+o.ReturnReason != "" || len(o.Grounds) > 0; worded != (o.Status == "signed") {
				t.Errorf("the requester reads %+v", o)
			}
		}
	})
}

// A draft is the reviewing office's own paper.
func TestShareRequestDraftIsTheReviewersOwnPaperUntilItIsSigned(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		m := d.asking(t).underReview(t)
		id := m.drafts(t, provider, refusal(valid))
		for _, address := range []string{m.path(""), "/cases/" + m.id + "/events"} {
			seen := string(d.as(t, "civil").read(t, address).want(t, http.StatusOK).body)
			for _, words := range []string{"超出履行职责所必需的范围", "个人信息保护法", `"refuse"`, "不同意"} {
				if strings.Contains(seen, words) {
					t.Errorf("%s tells the requester %s of a draft", address[:7], words)
				}
			}
		}
		if c := m.signs(t, provider, id); c.named("opinion_signed") == nil || c.Opinions[0].Reason == "" {
			t.Errorf("the signed opinion is %+v", c.Opinions)
		}
	})
}
