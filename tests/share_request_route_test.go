package tests

import (
	"net/http"
	"slices"
	"testing"
)

const (
	measure    = "宝信息委规〔2023〕2号#"
	regulation = "国务院令第809号#"
)

// Article 26(2): unconditional data has no review.
func TestShareRequestOfUnconditionalDataIsGrantedAtTheHeadsSignature(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		e := entry(t, clinics)
		m := d.submitted(t, "civil", file(e.ID, items(t, e)))
		before := m.show(t, "civil")
		if len(before.Grants) > 0 {
			t.Error("granted before the head has signed")
		}
		c := m.does(t, "civil-head", "/sign-off", sign).in(t, "granted")
		if len(c.Grants) != 1 || c.Grants[0].Basis != "unconditional" || len(c.Grants[0].ItemIDs) != len(e.Items) {
			t.Errorf("grants %+v", c.Grants)
		}
		by := c.named("granted_by_law")
		if by == nil || by.Actor.Kind != "system" || by.Citation == nil || by.Citation.Article != "26" {
			t.Errorf("the effect of the law is recorded as %+v", by)
		}
		if len(c.Opinions) > 0 || c.named("form_checked") != nil {
			t.Error("there was a review")
		}
		db := d.open(t, "ro")
		if n := number(t, db, "SELECT count(*) FROM task WHERE case_id = $1 AND step <> 'sign_off'", m.id); n != 0 {
			t.Errorf("%d review tasks", n)
		}
		if n := number(t, db, "SELECT count(*) FROM task WHERE case_id = $1 AND closed_at IS NULL", m.id); n != 0 {
			t.Errorf("%d open tasks after the end", n)
		}
	})
}

// Article 26(2): authorized data needs both opinions.
func TestShareRequestOfAuthorizedDataIsGrantedOnlyAfterBothSignatures(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		for _, order := range [][2]side{{provider, commission}, {commission, provider}} {
			m := d.asking(t).underReview(t)
			first := m.drafts(t, order[0], agree)
			second := m.drafts(t, order[1], agree)
			if c := m.show(t, "civil").in(t, "joint_review"); len(c.Grants) > 0 {
				t.Error("granted without a signature")
			}
			c := m.signs(t, order[0], first).in(t, "joint_review")
			if len(c.Grants) > 0 || slices.Contains(c.parts(), "review granted") {
				t.Errorf("granted after the %s's signature alone", order[0].name)
			}
			c = m.signs(t, order[1], second).in(t, "granted")
			if len(c.Grants) != 1 || c.Grants[0].Basis != "review" || len(c.Grants[0].ItemIDs) != 3 {
				t.Errorf("grants %+v", c.Grants)
			}
			if by := c.named("granted"); by == nil || by.Actor.Kind != "system" {
				t.Errorf("grant recorded as %+v", by)
			}
			if by := c.named("opinion_signed"); by == nil || by.Actor.Kind != "human" {
				t.Errorf("signature recorded as %+v", by)
			}
		}
	})
}

// Article 26(1): not shared is stopped with its own ground; no case is opened.
func TestShareRequestOfNotSharedDataIsStoppedWithItsGroundAndNoCase(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		db := d.open(t, "ro")
		who := d.as(t, "civil-stopped")
		before := ofPerson(t, db, who.username)
		e := entry(t, factories)
		p := who.act(t, "/share-requests", file(e.ID, items(t, e))).refused(t, http.StatusUnprocessableEntity, measure+"26")
		if len(p.Grounds) == 0 || p.Grounds[0].Article != e.Grounds[0].Article || p.Grounds[0].Title != e.Grounds[0].Title ||
			p.Grounds[0].Quote != e.Grounds[0].Quote {
			t.Errorf("grounds %+v", p.Grounds)
		}
		mixed := entry(t, records)
		p = who.act(t, "/share-requests", file(mixed.ID, items(t, mixed, "封存犯罪记录内容"))).
			refused(t, http.StatusUnprocessableEntity, measure+"26")
		if len(p.Grounds) == 0 {
			t.Error("the barred item's ground is not named")
		}
		unchanged(t, before, ofPerson(t, db, who.username))
	})
}

// Article 26(1): one barred item stops itself and nothing else.
func TestShareRequestOfMixedDataGoesOnWithTheBarredItemStopped(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		e := entry(t, records)
		m := d.submitted(t, "civil", file(e.ID, items(t, e)))
		barred := func(c dossier) {
			t.Helper()
			for _, p := range c.Parts {
				sealed := p.ItemID == items(t, e, "封存犯罪记录内容")[0]
				if sealed != (p.Route == "barred") || sealed != (p.Status == "barred") {
					t.Errorf("part %+v", p)
				}
				if sealed && (len(p.Grounds) == 0 || p.Reason == "") {
					t.Error("the barred part has no ground of its own")
				}
			}
		}
		c := m.show(t, "civil")
		barred(c)
		if by := c.named("barred"); by == nil || by.Actor.Kind != "system" {
			t.Errorf("the stop is recorded as %+v", by)
		}
		m.underReview(t)
		police := side{"provider", "police", "police-head"}
		m.says(t, police, agree)
		c = m.says(t, commission, agree).in(t, "partially_granted")
		barred(c)
		if len(c.Grants) != 1 || len(c.Grants[0].ItemIDs) != len(e.Items)-1 {
			t.Errorf("grants %+v", c.Grants)
		}
		refusing := d.submitted(t, "civil", file(e.ID, items(t, e))).underReview(t)
		refusing.says(t, police, refusal(valid))
		c = refusing.says(t, commission, refusal(valid)).in(t, "refused")
		barred(c)
	})
}

// Article 27(2): what the scenario covers is granted with its version, the excess is reviewed.
func TestShareRequestInAScenarioIsGrantedAtTheSignatureAndTheExcessIsReviewed(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		e := entry(t, pensions)
		district, err := catalog()
		if err != nil {
			t.Fatal(err)
		}
		s := district.Scenarios[0]
		m := d.submitted(t, "civil", file(e.ID, items(t, e)).with("scenarioId", s.ID))
		c := m.signedOff(t).show(t, "civil").in(t, "form_check")
		if len(c.Grants) != 1 || c.Grants[0].Basis != "scenario" || !sameSet(c.Grants[0].ItemIDs, s.ItemIDs) {
			t.Fatalf("grants %+v", c.Grants)
		}
		if g := c.Grants[0]; g.Scenario == nil || g.Scenario.Version != s.Version || g.Purpose != s.Purpose {
			t.Errorf("the grant does not carry the scenario's version and purpose: %+v", g)
		}
		if by := c.named("granted_by_scenario"); by == nil || by.Actor.Kind != "system" || by.Citation.Article != "27" {
			t.Errorf("recorded as %+v", by)
		}
		m.does(t, "commission", "/form-check", complete)
		m.says(t, side{"provider", "pension", "pension-head"}, refusal(valid))
		c = m.says(t, commission, refusal(valid)).in(t, "partially_granted")
		if len(c.Grants) != 1 {
			t.Errorf("refusing the excess changed the grants: %+v", c.Grants)
		}

		covered := d.submitted(t, "civil", file(e.ID, s.ItemIDs).with("scenarioId", s.ID))
		covered.does(t, "civil-head", "/sign-off", sign).in(t, "granted")
		stranger := d.submitted(t, "health", file(e.ID, s.ItemIDs).with("scenarioId", s.ID)) // not eligible
		if c := stranger.show(t, "health"); slices.ContainsFunc(c.Parts, func(p part) bool { return p.Route != "review" }) {
			t.Errorf("a scenario reaches an agency it does not name: %v", c.parts())
		}
	})
}

// Article 26(2): unconditional items of an authorized entry need no review either.
func TestShareRequestOfUnconditionalItemsInAnAuthorizedEntryGrantsThemAtOnce(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		e := entry(t, reports)
		m := d.submitted(t, "civil", file(e.ID, items(t, e)))
		c := m.signedOff(t).show(t, "civil").in(t, "form_check")
		if len(c.Grants) != 1 || c.Grants[0].Basis != "unconditional" || len(c.Grants[0].ItemIDs) != 3 {
			t.Errorf("grants %+v", c.Grants)
		}
		c = m.does(t, "civil", "/withdraw", nil).in(t, "withdrawn")
		if !slices.Contains(c.parts(), "unconditional granted") || !slices.Contains(c.parts(), "review withdrawn") {
			t.Errorf("parts after withdrawal %v", c.parts())
		}
	})
}

// Article 24(3): other ways than request and response need a procedure of their own.
func TestShareRequestForACopyIsRefusedByArticle24(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		db := d.open(t, "ro")
		who := d.as(t, "civil-stopped")
		for _, name := range []string{births, clinics} {
			e := entry(t, name)
			for _, mode := range []string{"copy", "other"} {
				before := number(t, db, "SELECT count(*) FROM share_request WHERE entry_id = $1 AND mode <> 'request_response'", e.ID)
				who.act(t, "/share-requests", file(e.ID, items(t, e)).with("mode", mode)).
					refused(t, http.StatusUnprocessableEntity, measure+"24")
				if before != 0 {
					t.Error("a case in another mode is on record")
				}
			}
		}
	})
}

func TestShareRequestForTheOwnDataIsAnInputError(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		for _, name := range []string{births, clinics} {
			e := entry(t, name)
			p := d.as(t, "health").act(t, "/share-requests", file(e.ID, items(t, e))).refused(t, http.StatusUnprocessableEntity)
			if p.Code != "invalid" {
				t.Errorf("code %s", p.Code)
			}
		}
	})
}

func sameSet(a, b []string) bool {
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b)
}
