package tests

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"datagov/domain/law"
	"datagov/store"
)

// shownCase is a case with what its receipts say.
type shownCase struct {
	dossier

	Shown    string
	AsOf     *time.Time
	Changes  []change
	Opinions []struct {
		ID, Status   string
		Stale        bool
		StaleChanges []change
	}
}

type change struct{ Title, Before, After string }

func (m matter) read(t testing.TB, who, query string) shownCase {
	t.Helper()
	var c shownCase
	m.as(t, who).read(t, m.path(query)).want(t, http.StatusOK).into(t, &c)
	return c
}

// actShown does an act and says what was shown.
func (m matter) actShown(t testing.TB, who, what, shown string, body any) answer {
	t.Helper()
	return m.as(t, who).send(t, http.MethodPost, m.path(what), body, "Idempotency-Key", uuid.NewString(), "Shown-Digest", shown)
}

// bodyOf is the body of the newest event of a name, as the record holds it.
func (m matter) bodyOf(t testing.TB, name string) string {
	t.Helper()
	return word(t, m.running.open(t, "ro"), "SELECT body FROM event WHERE stream = 'share-request/' || $1 AND name = 'share_request.' || $2 ORDER BY seq DESC LIMIT 1", m.id, name)
}

// Features §4 N14: a decision is bound to what its maker was shown, and is not
// made on something else.
func TestDeskADecisionKeepsWhatWasShown(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		m := d.asking(t)
		first := m.read(t, "civil-head", "")
		if !regexp.MustCompile(`^[0-9a-f]{64}$`).MatchString(first.Shown) || first.Shown != m.read(t, "health", "").Shown || len(first.Changes) != 0 {
			t.Fatalf("shown %q, changes %v", first.Shown, first.Changes)
		}
		m.actShown(t, "civil-head", "/sign-off", first.Shown, back("用途不清")).want(t, http.StatusCreated)
		if body := m.bodyOf(t, "returned"); !strings.Contains(body, `"shown":"`+first.Shown+`"`) {
			t.Errorf("the return does not keep what was shown: %s", body)
		}
		m.does(t, "civil", "/revision", fields{"purpose": "核验低保申请人", "basis": "本单位职责", "system": "业务系统", "until": string(today().Add(90))})
		second := m.read(t, "civil-head", "")
		want := change{"使用用途", "核验申请人的情况", "核验低保申请人"}
		if second.Shown == first.Shown || !slices.Equal(second.Changes, []change{want}) {
			t.Errorf("after the revision: changes %v", second.Changes)
		}
		db := m.running.open(t, "ro")
		before := rows(t, db, m.id)
		p := m.actShown(t, "civil-head", "/sign-off", first.Shown, sign).refused(t, http.StatusConflict)
		if len(p.Errors) != 1 || p.Errors[0].Pointer != "/purpose" || p.Errors[0].Text != "使用用途由“核验申请人的情况”改为“核验低保申请人”" {
			t.Errorf("the difference is said as %+v", p.Errors)
		}
		if p := m.actShown(t, "civil-head", "/sign-off", "nonsense", sign).refused(t, http.StatusConflict); len(p.Errors) == 0 {
			t.Error("an unknown digest is refused without a word")
		}
		unchanged(t, before, rows(t, db, m.id))
		m.actShown(t, "civil-head", "/sign-off", second.Shown, sign).dossier(t).in(t, "form_check")
		m.does(t, "commission", "/form-check", complete)
		m.says(t, provider, agree)
		m.says(t, commission, agree).in(t, "granted")
		m.everyDecisionIsOnRecord(t)
	})
}

// everyDecisionIsOnRecord wants what was shown at every act of a person.
func (m matter) everyDecisionIsOnRecord(t *testing.T) {
	t.Helper()
	db := m.running.open(t, "ro")
	const human = "SELECT count(*) FROM event e WHERE e.stream = 'share-request/' || $1 AND e.actor_kind = 'human'"
	all := number(t, db, human, m.id)
	kept := number(t, db, human+` AND EXISTS (SELECT 1 FROM case_material c WHERE c.case_id = $1 AND e.body LIKE '%"shown":"' || c.digest || '"%')`, m.id)
	if all < 8 || kept != all {
		t.Errorf("%d of %d acts keep what was shown", kept, all)
	}
	wholeChain(t, m.place, m.id)
}

// ownEntry puts an entry of the health agency on record that no other test knows.
func ownEntry(t testing.TB, p place) (id string, items []string) {
	t.Helper()
	id = uuid.NewString()
	items = []string{uuid.NewString()}
	grounds := store.EncodeClaims([]law.Claim{{Level: valid.Level, Title: valid.Title, Article: valid.Article, Quote: valid.Quote, InForceOn: valid.InForceOn}})
	err := p.store(t).Tx(t.Context(), func(ctx context.Context, tx store.Tx) error {
		return tx.InsertEntry(ctx, store.CatalogEntry{
			ID: id, Version: 3, Code: id, Name: "居民随访记录", Summary: "摘要", AgencyID: "health", Sharing: "authorized", Open: "not_open",
			Level: "L3", UpdateCycle: "每日", Format: "数据库", Reason: "个人信息", Grounds: grounds, Secrecy: "非涉密", UpdatedAt: time.Now(),
		}, []store.CatalogItem{{
			ID: items[0], EntryID: id, Name: "随访结果", DataType: "字符型", Level: "L3", Sharing: "authorized", Reason: "个人信息", Grounds: grounds,
		}})
	})
	if err != nil {
		t.Fatal(err)
	}
	return id, items
}

// Features §5 number 20: a decision on version 3 of a data set is flagged when
// version 4 appears.
func TestDeskAnOpinionOnAnOlderVersionIsFlagged(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		id, items := ownEntry(t, d.place)
		m := d.submitted(t, "civil", file(id, items)).underReview(t)
		m.says(t, provider, agree)
		draft := m.drafts(t, commission, agree)
		for _, o := range m.read(t, "commission", "").Opinions {
			if o.Stale || o.StaleChanges == nil {
				t.Errorf("a fresh opinion is flagged: %+v", o)
			}
		}
		rw := d.running.open(t, "rw")
		if _, err := rw.ExecContext(t.Context(), "UPDATE catalog_entry SET version = 4 WHERE id = $1", id); err != nil {
			t.Fatal(err)
		}
		want := []change{{"目录条目版本", "第 3 版", "第 4 版"}}
		for _, o := range m.read(t, "commission", "").Opinions {
			if !o.Stale || !slices.Equal(o.StaleChanges, want) {
				t.Errorf("the opinion %s on version 3: %+v", o.Status, o)
			}
		}
		before := rows(t, rw, m.id)
		p := m.act(t, "commission-head", "/opinions/"+draft+"/sign", sign).refused(t, http.StatusConflict)
		if len(p.Errors) != 1 || p.Errors[0].Text != "目录条目版本由“第 3 版”改为“第 4 版”" {
			t.Errorf("the difference is said as %+v", p.Errors)
		}
		unchanged(t, before, rows(t, rw, m.id))
		m.does(t, "commission-head", "/opinions/"+draft+"/sign", back("目录已有新版"))
		m.says(t, commission, agree).in(t, "granted")
		stale := 0
		for _, o := range m.read(t, "civil", "").Opinions {
			if o.Stale {
				stale++
			}
		}
		if stale != 1 { // the provider's, signed on version 3; the returned draft is nobody's opinion
			t.Errorf("%d opinions are flagged after the answer", stale)
		}
	})
}

// Features §4 N15: any case as of any past moment.
func TestDeskACaseIsShownAsItStood(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		m := d.asking(t)
		stood := []shownCase{m.read(t, "health", "")}
		step := func(act func()) {
			act()
			stood = append(stood, m.read(t, "health", ""))
		}
		var draft string
		step(func() { m.does(t, "civil-head", "/sign-off", back("用途不清")) })
		step(func() {
			m.does(t, "civil", "/revision", fields{"purpose": "核验低保申请人", "basis": "本单位职责", "system": "业务系统", "until": string(today().Add(90))})
		})
		step(func() { m.signedOff(t) })
		step(func() { m.does(t, "commission", "/form-check", complete) })
		step(func() { draft = m.drafts(t, provider, refusal(valid)) })
		step(func() { m.does(t, "health-head", "/opinions/"+draft+"/sign", back("依据不足")) })
		step(func() { m.says(t, provider, agree) })
		step(func() { m.says(t, commission, agree) })
		m.provisioned(t)
		var list struct {
			Items []struct {
				Version int
				At      time.Time
				Title   string
			}
		}
		m.as(t, "health").read(t, m.path("/versions")).want(t, http.StatusOK).into(t, &list)
		if len(list.Items) < len(stood) || list.Items[0].Title != "提交申请" || list.Items[1].Title != "退回经办" {
			t.Fatalf("versions %+v", list)
		}
		for _, was := range stood {
			at := was.Events[len(was.Events)-1].At
			asIs(t, was, m.read(t, "health", "?at="+url.QueryEscape(at.Format(time.RFC3339Nano))))
		}
		asIs(t, stood[1], m.read(t, "health", "?version=2"))
		m.as(t, "health").read(t, m.path("?version=99")).refused(t, http.StatusNotFound)
		m.as(t, "health").read(t, m.path("?version=0")).refused(t, http.StatusUnprocessableEntity)
		m.as(t, "health").read(t, m.path("?at=2020-01-01T00:00:00Z")).refused(t, http.StatusNotFound)
		m.as(t, "health").read(t, m.path("?version=1&at=2020-01-01T00:00:00Z")).refused(t, http.StatusUnprocessableEntity)
		m.as(t, "police").read(t, m.path("?version=1")).refused(t, http.StatusNotFound)
		m.as(t, "police").read(t, m.path("/versions")).refused(t, http.StatusNotFound)
		if c := m.show(t, "civil"); c.Status != "granted" {
			t.Errorf("looking back moved the case to %s", c.Status)
		}
	})
}

// asIs wants the case as it was read then, with nothing to do.
func asIs(t *testing.T, was, now shownCase) {
	t.Helper()
	if now.AsOf == nil || len(now.Verbs) != 0 || now.Shown != "" {
		t.Errorf("as of %v: verbs %v, shown %q", now.AsOf, now.Verbs, now.Shown)
	}
	states := func(c shownCase) string {
		all := c.Status + " " + c.Purpose + " " + c.SubmittedBy + " " + c.SignedBy + " " + strings.Join(c.parts(), ",")
		for _, o := range c.Opinions {
			all += " " + o.ID + " " + o.Status
		}
		for _, k := range c.Clocks {
			all += " " + k.Code + " " + k.LastDay + " " + k.StopReason
		}
		for _, e := range c.Events {
			all += " " + e.Hash
		}
		return all
	}
	if got, want := states(now), states(was); got != want {
		t.Errorf("as it stood\n%s\nwant\n%s", got, want)
	}
	if len(now.Grants) != len(was.Grants) {
		t.Errorf("%d grants, then %d", len(now.Grants), len(was.Grants))
	}
}
