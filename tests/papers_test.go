package tests

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
)

// office is a paper as the API shows it.
type office struct {
	ID, CaseID, Kind, Title, Number, Issuer, Code string
	IssuedAt                                      time.Time
	Recipient                                     struct{ ID, Name string }
	Sealed, Receivable                            bool
	ReceivedAt                                    *time.Time
	ReceivedByName                                string
	Files                                         []struct {
		Format, SHA256 string
		Bytes          int
	}
	Head, Mark string
	Blocks     []struct {
		Kind, Text string
		Rows       [][]string
	}
}

// papers are the papers of a case, newest first.
func (m matter) papers(t testing.TB, who string) []office {
	t.Helper()
	var c struct{ Papers []office }
	m.as(t, who).read(t, m.path("")).want(t, http.StatusOK).into(t, &c)
	return c.Papers
}

// paper is the only paper of a kind in the case.
func (m matter) paper(t testing.TB, kind string) office {
	t.Helper()
	var found []office
	for _, p := range m.papers(t, "civil") {
		if p.Kind == kind {
			found = append(found, p)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d papers of kind %s", len(found), kind)
	}
	return found[0]
}

func (p office) path(of string) string { return "/papers/" + p.ID + of }

// words are everything the paper says.
func (p office) words() string {
	all := ""
	for _, b := range p.Blocks {
		all += b.Text + "\n"
		for _, row := range b.Rows {
			all += strings.Join(row, " ") + "\n"
		}
	}
	return all
}

// papered are cases that ended up with a paper of each kind people can cause in a test.
func papered(t *testing.T, d *district) map[string]matter {
	t.Helper()
	supplemented := d.asking(t).signedOff(t)
	supplemented.does(t, "commission", "/form-check", fields{"outcome": "supplement", "missing": []string{"说明必要性<&>", "写明使用部门"}})
	extended := d.asking(t).underReview(t)
	extended.does(t, "health", "/extension", fields{"outcome": "ask", "reason": "涉及历史数据核对"})
	extended.does(t, "commission-head", "/extension", fields{"outcome": "consent"})
	answered := d.asking(t).underReview(t)
	narrow := refusal(valid).with("itemIds", items(t, entry(t, births), "新生儿姓名"))
	answered.says(t, provider, narrow)
	answered.says(t, commission, fields{"outcome": "agree_with_conditions", "reason": "履职所需", "conditions": []condition{{"mask", "证件号码脱敏"}}})
	refused := d.asking(t).underReview(t)
	refused.says(t, provider, refusal(valid))
	refused.says(t, commission, refusal(valid))
	return map[string]matter{"supplement": supplemented, "extension": extended, "answer": answered, "refusal": refused}
}

// Articles 25, 26(2); TL 21: every kind is issued with its act, numbered in its
// series, set as PDF and DOCX, kept unchanged, and verified by anybody.
func TestPapersOfEveryKindAreIssuedNumberedAndVerified(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		for kind, m := range papered(t, d) {
			t.Run(kind, func(t *testing.T) {
				t.Parallel()
				p := m.paper(t, kind)
				number := regexp.MustCompile(`^示数共[补延复不]〔` + string(today())[:4] + `〕[1-9]\d*号$`)
				if !number.MatchString(p.Number) || p.Title == "" || p.Issuer == "" || p.Recipient.ID != "civil-affairs" || p.Sealed || p.CaseID != m.id {
					t.Errorf("paper %+v", p)
				}
				if e := m.show(t, "civil").named("paper_issued"); e == nil || e.Actor.Kind != "system" {
					t.Errorf("event %+v", e)
				}
				m.preview(t, &p)
				m.files(t, p)
			})
		}
	})
}

// preview reads the paper as the page shows it.
func (m matter) preview(t *testing.T, p *office) {
	t.Helper()
	m.as(t, "civil").read(t, p.path("")).want(t, http.StatusOK).into(t, p)
	want := map[string][]string{
		"supplement": {"1. 说明必要性<&>", "2. 写明使用部门", "本区设定"},
		"extension":  {"涉及历史数据核对", "延长后于", "《政务数据共享条例》第二十一条"},
		"answer":     {"证件号码脱敏", "双方意见不一致", valid.Quote, "第二十二条"},
		"refusal":    {valid.Quote, "（法律）", "超出履行法定职责所必需", "协商解决"},
	}[p.Kind]
	for _, words := range append(want, p.Number) {
		if !strings.Contains(p.words(), words) {
			t.Errorf("%s does not say %q:\n%s", p.Kind, words, p.words())
		}
	}
	kinds := map[string]int{}
	for _, b := range p.Blocks {
		kinds[b.Kind]++
	}
	if kinds["title"] != 1 || kinds["number"] != 1 || kinds["paragraph"] == 0 || kinds["signature"] != 1 || p.Mark == "" || p.Head == "" {
		t.Errorf("blocks %v, mark %q", kinds, p.Mark)
	}
}

// files reads both files, twice, and verifies the printed code.
func (m matter) files(t *testing.T, p office) {
	t.Helper()
	sums := map[string]string{}
	for _, format := range []string{"docx", "pdf"} {
		first := m.as(t, "civil").read(t, p.path("/file?format="+format)).want(t, http.StatusOK)
		again := m.as(t, "health").read(t, p.path("/file?format="+format)).want(t, http.StatusOK)
		sum := sha256.Sum256(first.body)
		if sums[format] = hex.EncodeToString(sum[:]); !bytes.Equal(first.body, again.body) || first.header.Get("X-Content-SHA256") != sums[format] {
			t.Errorf("the %s changes, or its hash is another", format)
		}
		if !strings.Contains(first.header.Get("Content-Disposition"), "attachment") {
			t.Error("a file is shown inside the page")
		}
		switch format {
		case "pdf":
			if !bytes.HasPrefix(first.body, []byte("%PDF-")) || !bytes.Contains(first.body, []byte("/FontFile2")) {
				t.Error("no PDF with its type inside")
			}
		case "docx":
			if _, err := zip.NewReader(bytes.NewReader(first.body), int64(len(first.body))); err != nil {
				t.Error(err)
			}
		}
	}
	for _, f := range m.paper(t, p.Kind).Files {
		if f.SHA256 != sums[f.Format] {
			t.Errorf("the case shows another hash of the %s", f.Format)
		}
	}
	nobody := person{server: m.running}
	for _, code := range []string{p.Code, strings.ToLower(strings.ReplaceAll(p.Code, "-", ""))} {
		var v map[string]string
		nobody.read(t, "/papers/verify/"+code).want(t, http.StatusOK).into(t, &v)
		delete(v, "$schema")
		if len(v) != 6 || v["number"] != p.Number || v["sha256"] != sums["pdf"] || v["title"] != p.Title || v["issuer"] != p.Issuer || v["kind"] != p.Kind {
			t.Errorf("verified as %v", v)
		}
	}
	for _, code := range []string{"0000-0000-0000", "x", strings.Repeat("0", 64), "%E4%B8%AD", "' OR 1=1", p.ID} {
		nobody.read(t, "/papers/verify/"+strings.ReplaceAll(code, " ", "%20")).refused(t, http.StatusNotFound)
	}
	nobody.read(t, "/papers/verify/"+strings.Repeat("0", 65)).refused(t, http.StatusUnprocessableEntity)
	m.as(t, "civil").read(t, p.path("/file?format=exe")).refused(t, http.StatusUnprocessableEntity)
}

// Numbers of one series are taken once and without holes, however many act at once.
func TestPapersAreNumberedWithoutHoles(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, place place) {
		r := serve(t, place)
		const cases = 8
		db := place.open(t, "ro")
		before := number(t, db, "SELECT count(*) FROM paper WHERE kind = 'supplement'")
		var wg sync.WaitGroup
		for range cases {
			m := r.asking(t).signedOff(t)
			wg.Go(func() {
				_, err := m.as(t, "commission").try(http.MethodPost, "/share-requests/"+m.id+"/form-check",
					fields{"outcome": "supplement", "missing": []string{"材料"}}, "Idempotency-Key", uuid.NewString())
				if err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		total := number(t, db, "SELECT count(*) FROM paper WHERE kind = 'supplement'")
		distinct := number(t, db, "SELECT count(DISTINCT number) FROM paper WHERE kind = 'supplement'")
		last := number(t, db, "SELECT last FROM paper_counter WHERE series LIKE '示数共补%'")
		if total != before+cases || distinct != total || last != total {
			t.Errorf("%d papers after %d, %d numbers, the last is %d", total, before, distinct, last)
		}
	})
}

// A paper is signed for once, by a person of the agency it is addressed to.
func TestPapersAreReceivedOnce(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		m := d.asking(t).signedOff(t)
		m.does(t, "commission", "/form-check", fields{"outcome": "supplement", "missing": []string{"说明必要性"}})
		p := m.paper(t, "supplement")
		if p.ReceivedAt != nil || !p.Receivable {
			t.Fatalf("new paper %+v", p)
		}
		receive := func(who string) answer { return d.as(t, who).send(t, http.MethodPost, p.path("/receipt"), nil) }
		for _, who := range []string{"health", "commission"} {
			receive(who).refused(t, http.StatusForbidden)
		}
		receive("auditor").refused(t, http.StatusForbidden)
		answers := make(chan answer, 6)
		for i := range cap(answers) {
			who := []string{"civil", "civil-head"}[i%2]
			receiver := d.as(t, who)
			go func() {
				a, err := receiver.try(http.MethodPost, p.path("/receipt"), nil)
				if err != nil {
					t.Error(err)
				}
				answers <- a
			}()
		}
		received := 0
		for range cap(answers) {
			if a := <-answers; a.status == http.StatusCreated {
				received++
			} else {
				a.refused(t, http.StatusConflict)
			}
		}
		after := m.paper(t, "supplement")
		if received != 1 || after.ReceivedAt == nil || after.ReceivedByName == "" || after.Receivable {
			t.Errorf("received %d times: %+v", received, after)
		}
		if e := m.show(t, "health").named("paper_received"); e == nil || e.Actor.Kind != "human" {
			t.Errorf("event %+v", e)
		}
		m.does(t, "civil", "/supplement", fields{"note": "已补充"}).in(t, "form_check") // the case goes on
	})
}

// Only the parties of the case and the auditor see a paper; to others it does not exist.
func TestPapersAreSeenByPartiesOnly(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		m := d.asking(t).signedOff(t)
		m.does(t, "commission", "/form-check", fields{"outcome": "supplement", "missing": []string{"说明必要性"}})
		p := m.paper(t, "supplement")
		listed := func(who string) bool {
			for path := "/papers?limit=200&kind=supplement"; path != ""; {
				var page struct {
					Items []office
					Next  *string
				}
				d.as(t, who).read(t, path).want(t, http.StatusOK).into(t, &page)
				if slices.ContainsFunc(page.Items, func(o office) bool { return o.ID == p.ID }) {
					return true
				}
				path = ""
				if page.Next != nil {
					path = "/papers?limit=200&kind=supplement&cursor=" + *page.Next
				}
			}
			return false
		}
		for who, sees := range map[string]bool{
			"civil": true, "civil-head": true, "health": true, "health-head": true, "commission": true, "auditor": true,
			"police": false, "market-head": false,
		} {
			if got := listed(who); got != sees {
				t.Errorf("%s finds the paper in the list = %v", who, got)
			}
			for _, path := range []string{"", "/file?format=docx"} {
				a := d.as(t, who).read(t, p.path(path))
				if sees {
					a.want(t, http.StatusOK)
				} else {
					a.refused(t, http.StatusNotFound)
				}
			}
		}
		d.as(t, "police").send(t, http.MethodPost, p.path("/receipt"), nil).refused(t, http.StatusNotFound)
		for _, who := range []string{"datacenter", "supervisor", "admin"} {
			d.as(t, who).read(t, p.path("")).refused(t, http.StatusForbidden)
		}
		person{server: d.running}.read(t, p.path("")).refused(t, http.StatusUnauthorized)
		for _, id := range []string{"x", uuid.NewString(), "verify"} {
			d.as(t, "civil").read(t, "/papers/"+id).refused(t, http.StatusNotFound)
		}
		d.as(t, "civil").read(t, "/papers?cursor=x").refused(t, http.StatusUnprocessableEntity)
	})
}
