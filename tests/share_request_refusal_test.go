package tests

import (
	"net/http"
	"testing"
)

// noGrounds are claims that look like grounds and are none. Article 25.
var noGrounds = []struct {
	name  string
	claim ground
}{
	{"a normative document", valid.at("规范性文件")},
	{"a rule of the house", valid.at("内部规定")},
	{"no level", valid.at("")},
	{"a circular that calls itself a law", valid.called("关于规范人口信息共享工作的通知")},
	{"a circular in title marks", valid.called("《关于规范人口信息共享工作的通知》")},
	{"a circular for trial", valid.called("关于规范人口信息共享工作的通知（试行）")},
	{"an opinion that calls itself a law", valid.called("关于加强数据管理的实施意见")},
	{"minutes that call themselves a law", valid.called("区政府专题会议纪要")},
	{"this measure", ground{Level: "地方政府规章", Title: "宝山区公共数据管理办法", Article: "第二十五条", Quote: "应当共享", InForceOn: "2023-10-01"}},
	{"a repealed law", ground{Level: "法律", Title: "中华人民共和国民法通则", Article: "第一百条", Quote: "公民享有肖像权", InForceOn: "1987-01-01"}},
	{"a repealed law under its short name", ground{Level: "法律", Title: "《民法通则》", Article: "第一百条", Quote: "公民享有肖像权", InForceOn: "1987-01-01"}},
	{"a law in force only later", valid.since(string(today().Add(1)))},
	{"a known regulation called a law", ground{Level: "法律", Title: "政务数据共享条例", Article: "第十四条", Quote: "不予共享", InForceOn: "2025-08-01"}},
	{"a known law called a regulation", valid.at("行政法规")},
	{"a date that is none", valid.since("2021-02-30")},
	{"no title", valid.called("  ")},
	{"no article", ground{Level: valid.Level, Title: valid.Title, Article: " ", Quote: valid.Quote, InForceOn: valid.InForceOn}},
	{"no quote", ground{Level: valid.Level, Title: valid.Title, Article: valid.Article, Quote: "\t", InForceOn: valid.InForceOn}},
}

func (g ground) at(level string) ground { g.Level = level; return g }

func (g ground) called(title string) ground { g.Title = title; return g }

func (g ground) since(day string) ground { g.InForceOn = day; return g }

// Article 25: without a ground in 法律、法规、规章 nobody may refuse.
func TestShareRequestIsNotRefusedWithoutAValidGround(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		m := d.asking(t).underReview(t)
		db := d.open(t, "ro")
		before := rows(t, db, m.id)
		for _, s := range []side{provider, commission} {
			for _, body := range []fields{refusal(), refusal().with("grounds", nil), refusal(valid).with("reason", " ")} {
				m.act(t, s.clerk, "/opinions", body).refused(t, http.StatusUnprocessableEntity, measure+"25")
			}
			for _, tt := range noGrounds {
				t.Run(s.name+" cites "+tt.name, func(t *testing.T) { //nolint:paralleltest // they share the one case
					for _, body := range []fields{refusal(tt.claim), refusal(valid, tt.claim)} {
						a := m.act(t, s.clerk, "/opinions", body)
						if a.status == http.StatusCreated { // leave the case as the next claim wants it
							var made struct{ ID string }
							a.into(t, &made)
							m.does(t, s.head, "/opinions/"+made.ID+"/sign", back("无效"))
						}
						a.refused(t, http.StatusUnprocessableEntity, measure+"25")
					}
				})
			}
		}
		unchanged(t, before, rows(t, db, m.id))
		m.show(t, "health").in(t, "joint_review")
	})
}

// Article 26(2): both refuse.
func TestShareRequestIsRefusedWhenBothRefuse(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		m := d.asking(t).underReview(t)
		if c := m.says(t, provider, refusal(valid)).in(t, "joint_review"); c.named("refused") != nil {
			t.Error("one refusal refused")
		}
		c := m.says(t, commission, refusal(valid)).in(t, "refused")
		if len(c.Grants) != 0 {
			t.Error("refused and granted")
		}
		for _, p := range c.parts() {
			if p != "review refused" {
				t.Errorf("part %s", p)
			}
		}
		for _, o := range m.show(t, "civil").Opinions {
			if o.Status != "signed" || o.Reason == "" || len(o.Grounds) != 1 || o.Grounds[0].Quote != valid.Quote || o.Grounds[0].Article != valid.Article {
				t.Errorf("the requester reads the opinion %+v", o)
			}
		}
	})
}

// Requirements §4.3(2): TL 14, 15 want a higher rank than the measure; a warning, never a refusal.
func TestShareRequestRefusedOnALowerRankShowsAWarning(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		m := d.asking(t).underReview(t)
		local := ground{Level: "地方性法规", Title: "上海市数据条例", Article: "第四十一条", Quote: "公共数据应当共享", InForceOn: "2022-01-01"}
		c := m.says(t, provider, refusal(local, valid))
		g := c.Opinions[0].Grounds
		if len(g) != 2 || g[0].Warning == "" || g[1].Warning != "" {
			t.Errorf("grounds %+v", g)
		}
	})
}

// Article 26(2): itemIds narrows a refusal; all other items are agreed to.
func TestShareRequestRefusalNarrowedToItemsGrantsTheOthers(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		e := entry(t, births)
		narrow := refusal(valid).with("itemIds", items(t, e, "新生儿姓名"))
		m := d.asking(t).underReview(t)
		m.says(t, provider, narrow)
		c := m.says(t, commission, narrow).in(t, "partially_granted")
		for _, p := range c.Parts {
			want := "granted"
			if p.ItemID == items(t, e, "新生儿姓名")[0] {
				want = "refused"
			}
			if p.Status != want {
				t.Errorf("part %+v, want %s", p, want)
			}
		}
		if len(c.Grants) != 1 || len(c.Grants[0].ItemIDs) != 2 {
			t.Errorf("grants %+v", c.Grants)
		}

		whole := d.asking(t).underReview(t)
		whole.says(t, provider, narrow)
		c = whole.says(t, commission, agree).in(t, "disputed") // 2 agreed, 1 disputed
		if len(c.Grants) != 1 || len(c.Grants[0].ItemIDs) != 2 {
			t.Errorf("what both agree to is granted although one item is disputed: %+v", c.Grants)
		}
		c = whole.does(t, "civil", "/withdraw", nil)
		if got := len(c.Grants); got != 1 {
			t.Errorf("withdrawal took away what was granted: %d grants", got)
		}
		outside := d.asking(t).underReview(t)
		for _, ids := range [][]string{items(t, e, "出生体重"), {items(t, e, "新生儿姓名")[0], items(t, e, "新生儿姓名")[0]}, {"x"}} {
			outside.act(t, "health", "/opinions", refusal(valid).with("itemIds", ids)).refused(t, http.StatusUnprocessableEntity)
			outside.act(t, "health", "/opinions", agree.with("itemIds", ids)).refused(t, http.StatusUnprocessableEntity)
		}
	})
}

func TestShareRequestOnWhichTheSidesDifferStaysOpenUntilItIsWithdrawn(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		for _, sides := range [][2]side{{provider, commission}, {commission, provider}} {
			m := d.asking(t).underReview(t)
			m.says(t, sides[0], refusal(valid))
			c := m.says(t, sides[1], agree).in(t, "disputed")
			if len(c.Grants) != 0 {
				t.Error("a disputed item is granted")
			}
			m.act(t, "civil-head", "/sign-off", sign).refused(t, http.StatusConflict)
			m.act(t, "commission", "/opinions", agree).refused(t, http.StatusConflict)
			c = m.does(t, "civil", "/withdraw", fields{"reason": "不再需要"}).in(t, "withdrawn")
			for _, p := range c.parts() {
				if p != "review withdrawn" {
					t.Errorf("part %s", p)
				}
			}
			m.act(t, "civil", "/withdraw", nil).refused(t, http.StatusConflict)
		}
	})
}

// Article 26(2): the conditions of both sides bind the grant.
func TestShareRequestAgreedUnderConditionsBindsTheGrantByBothSides(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		mask, often := condition{"mask", "隐去姓名中间一字"}, condition{"frequency", "每周一次"}
		under := func(c ...condition) fields {
			return fields{"outcome": "agree_with_conditions", "reason": "适当", "conditions": c}
		}
		m := d.asking(t).underReview(t)
		m.says(t, commission, under(often))
		c := m.says(t, provider, under(mask)).in(t, "granted")
		if len(c.Grants) != 1 || len(c.Grants[0].Conditions) != 2 {
			t.Fatalf("grants %+v", c.Grants)
		}
		one := d.asking(t).underReview(t)
		one.says(t, provider, agree)
		c = one.says(t, commission, under(often)).in(t, "granted")
		if len(c.Grants) != 1 || len(c.Grants[0].Conditions) != 1 || c.Grants[0].Conditions[0] != often {
			t.Errorf("grants %+v", c.Grants)
		}
		wrong := d.asking(t).underReview(t)
		for _, body := range []fields{
			under(), under(condition{"mask", " "}), under(condition{"never", "x"}), under(often).with("outcome", "agree"),
			under(often).with("conditions", nil), refusal(valid).with("conditions", []condition{often}),
		} {
			wrong.act(t, "health", "/opinions", body).refused(t, http.StatusUnprocessableEntity)
		}
	})
}
