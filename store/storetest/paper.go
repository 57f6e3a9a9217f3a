package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"datagov/domain/agency"
	"datagov/domain/casework"
	"datagov/domain/paper"
	"datagov/domain/workday"
	"datagov/internal/testkit"
	"datagov/store"
)

// digest stands for any SHA-256.
var digest = strings.Repeat("a", 64)

// paperOf is a supplement notice to civil with its n-th code.
func paperOf(id, number string, n int) store.Paper {
	return store.Paper{
		ID: id, CaseID: "case", CaseKind: "share_request", Kind: "supplement", TemplateVersion: 1, Title: "补正告知书", Number: number,
		Code: fmt.Sprintf("%012d", n), IssuerID: "commission", RecipientID: "civil", Signers: `["commission-1"]`,
		Fields: `{"text":{},"lists":{},"tables":{}}`, Digest: digest, IssuedAt: at,
	}
}

func (r record) number(undo bool) (number string, err error) {
	err = r.retried(func(ctx context.Context, tx store.Tx) error {
		if number, err = tx.NextPaperNumber(ctx, paper.Supplement, "commission", at); err != nil {
			return err
		}
		if undo {
			return errUndone
		}
		return nil
	})
	return number, err
}

// numbersPapers: two writers never get one number, and a rollback leaves no hole.
func numbersPapers(t *testing.T, r record) {
	t.Helper()
	const writers, each = 6, 5
	var mutex sync.Mutex
	var numbers []string
	var wg sync.WaitGroup
	for range writers {
		wg.Go(func() {
			for i := range each {
				if _, err := r.number(true); !errors.Is(err, errUndone) && i == 0 {
					t.Errorf("undone: %v", err)
				}
				number, err := r.number(false)
				if err != nil {
					t.Error(err)
				}
				mutex.Lock()
				numbers = append(numbers, number)
				mutex.Unlock()
			}
		})
	}
	wg.Wait()
	slices.Sort(numbers)
	var want []string
	for n := range writers * each {
		want = append(want, fmt.Sprintf("示数共补〔2026〕%d号", n+1))
	}
	slices.Sort(want)
	if !slices.Equal(numbers, want) {
		t.Errorf("numbers %v", numbers)
	}
	r.refuses("skip a number", "UPDATE paper_counter SET last = last + 2")
	r.refuses("take a number back", "UPDATE paper_counter SET last = last - 1")
	r.refuses("forget the numbers", "DELETE FROM paper_counter")
	r.rules()
}

// rules: an agency's own rule goes before the common one, from its day on.
func (r record) rules() {
	r.t.Helper()
	const insert = "INSERT INTO paper_rule (kind, agency_id, in_force_from, office_word, kind_word, source) VALUES ('supplement', ?, ?, ?, '补', '测试')"
	for _, rule := range []struct{ agency, from, word string }{
		{"", "2026-01-01", "新数"}, {"commission", "2025-09-01", "委数"}, {"commission", "2099-01-01", "将来"},
	} {
		_, err := r.DB().ExecContext(r.t.Context(), insert, rule.agency, rule.from, rule.word)
		r.must(err)
	}
	for issuer, want := range map[agency.ID]string{"commission": "委数补〔2026〕1号", "office": "新数补〔2026〕1号"} {
		r.write(func(ctx context.Context, tx store.Tx) error {
			got, err := tx.NextPaperNumber(ctx, paper.Supplement, issuer, at)
			if got != want {
				r.t.Errorf("%s numbers %s, want %s", issuer, got, want)
			}
			return err
		})
	}
}

// keepsPapers: a paper comes back as it was, is delivered at once and received once.
func keepsPapers(t *testing.T, r record) {
	t.Helper()
	r.insert("case")
	want := paperOf("p1", "一号", 1)
	r.write(func(ctx context.Context, tx store.Tx) error { return tx.InsertPaper(ctx, want) })
	got, err := r.Paper(t.Context(), "p1")
	r.must(err)
	if got.Number != want.Number || got.Fields != want.Fields || !got.IssuedAt.Equal(at.Truncate(time.Microsecond)) || !got.ReceivedAt.IsZero() || got.ReceivedBy != "" {
		t.Errorf("paper %+v", got)
	}
	_, err = r.Paper(t.Context(), "p2")
	missing(t, "paper", err)
	_, err = r.PaperByCode(t.Context(), "000000000009")
	missing(t, "code", err)
	r.refuses("receive in another agency's name", "INSERT INTO paper_delivery (paper_id, kind, channel, agency_id, account_id, at) VALUES ('p1', 'received', 'in_app', 'health', 'health-1', ?)", at)
	r.refuses("receive as somebody of another agency", "INSERT INTO paper_delivery (paper_id, kind, channel, agency_id, account_id, at) VALUES ('p1', 'received', 'in_app', 'civil', 'health-1', ?)", at)
	r.refuses("receive as nobody", "INSERT INTO paper_delivery (paper_id, kind, channel, agency_id, account_id, at) VALUES ('p1', 'received', 'in_app', 'civil', NULL, ?)", at)
	r.write(func(ctx context.Context, tx store.Tx) error { return tx.ReceivePaper(ctx, got, testkit.Clerk, at) })
	if err := r.Tx(t.Context(), func(ctx context.Context, tx store.Tx) error { return tx.ReceivePaper(ctx, got, testkit.Head, at) }); err == nil {
		t.Error("a paper is received twice")
	}
	if got, err = r.PaperByCode(t.Context(), want.Code); err != nil || got.ReceivedBy != testkit.Clerk.Account || !got.ReceivedAt.Equal(at.Truncate(time.Microsecond)) {
		t.Errorf("received by %q at %v, %v", got.ReceivedBy, got.ReceivedAt, err)
	}
	r.paperFiles(got)
	for _, table := range []string{"paper", "paper_file", "paper_delivery", "paper_template", "paper_rule"} {
		r.refuses("delete from "+table, "DELETE FROM "+table)
	}
	r.refuses("change a paper", "UPDATE paper SET number = 'x'")
	r.refuses("change a file", "UPDATE paper_file SET sha256 = ?", digest)
	r.refuses("take a receipt back", "UPDATE paper_delivery SET kind = 'delivered'")
	r.refuses("change a template", "UPDATE paper_template SET body = 'x'")
}

// paperFiles: the first file stays, whoever makes another.
func (r record) paperFiles(p store.Paper) {
	r.t.Helper()
	waiting := func(format string) int {
		ids, err := r.PapersWithout(r.t.Context(), format, at.Add(-time.Hour), 10)
		r.must(err)
		return len(ids)
	}
	if n := waiting("pdf"); n != 1 {
		r.t.Errorf("%d papers wait for a file", n)
	}
	for _, content := range []string{"first", "second"} {
		r.write(func(ctx context.Context, tx store.Tx) error {
			kept, err := tx.KeepPaperFile(ctx, store.PaperFile{PaperID: p.ID, Format: "pdf", Bytes: []byte(content), SHA256: digest, MadeAt: at})
			if string(kept.Bytes) != "first" || kept.Size != 5 {
				r.t.Errorf("kept %q of %d", kept.Bytes, kept.Size)
			}
			return err
		})
	}
	files, err := r.PaperFiles(r.t.Context(), []store.Paper{p})
	if err != nil || len(files[p.ID]) != 1 || files[p.ID][0].Size != 5 || files[p.ID][0].Sealed {
		r.t.Errorf("files %+v, %v", files, err)
	}
	if _, ok, err := r.PaperFile(r.t.Context(), p.ID, "docx"); ok || err != nil {
		r.t.Errorf("a file nobody made: %v", err)
	}
	if waiting("pdf") != 0 || waiting("docx") != 1 {
		r.t.Error("papers wait for the wrong file")
	}
}

// listsPapers: newest first, by case, kind and party, page by page.
func listsPapers(t *testing.T, r record) {
	t.Helper()
	r.insert("case")
	for n, at := range []time.Time{at, at.Add(time.Hour), at.Add(time.Hour)} {
		p := paperOf(fmt.Sprint("p", n), fmt.Sprint(n), n)
		p.Kind, p.IssuedAt = "overdue", at
		r.write(func(ctx context.Context, tx store.Tx) error { return tx.InsertPaper(ctx, p) })
	}
	for _, tt := range []struct {
		filter store.PaperFilter
		want   string
	}{
		{store.PaperFilter{}, "p2 p1 p0"},
		{store.PaperFilter{CaseID: "case"}, "p2 p1 p0"},
		{store.PaperFilter{CaseID: "other"}, ""},
		{store.PaperFilter{Kind: "answer"}, ""},
		{store.PaperFilter{Party: "health"}, "p2 p1 p0"},
		{store.PaperFilter{Party: "tax"}, ""},
		{store.PaperFilter{BeforeAt: at.Add(time.Hour), BeforeID: "p2"}, "p1 p0"},
	} {
		tt.filter.Limit = 10
		rows, err := r.Papers(t.Context(), tt.filter)
		r.must(err)
		ids := []string{}
		for _, p := range rows {
			ids = append(ids, p.ID)
		}
		if got := strings.Join(ids, " "); got != tt.want {
			t.Errorf("%+v lists %s", tt.filter, got)
		}
	}
	if files, err := r.PaperFiles(t.Context(), nil); err != nil || len(files) != 0 {
		t.Errorf("files of nothing: %v, %v", files, err)
	}
}

// guardsPapers: Article 25 holds for papers against everybody who can write SQL.
func guardsPapers(t *testing.T, r record) {
	t.Helper()
	r.insert("case")
	number := 0
	write := func(kind string) error {
		number++
		p := paperOf(fmt.Sprint("g", number), fmt.Sprint("g", number), number)
		p.Kind = kind
		return r.Tx(t.Context(), func(ctx context.Context, tx store.Tx) error { return tx.InsertPaper(ctx, p) })
	}
	refused := func(what, kind string) {
		if err := write(kind); err == nil {
			t.Errorf("%s: a paper of kind %s is written", what, kind)
		}
	}
	refused("without opinions", "refusal")
	refused("without opinions", "answer")
	r.draft("p", "case", casework.Provider, casework.Refusal)
	r.draft("c", "case", casework.Commission, casework.Refusal)
	r.sign("p", casework.Provider, "sign")
	refused("with one signature", "refusal")
	refused("with one signature", "answer")
	r.sign("c", casework.Commission, "sign")
	r.must(write("refusal"))
	refused("twice", "refusal")
	refused("of an unknown kind", "love_letter")
	r.must(write("supplement"))
	r.must(write("overdue"))
	r.must(write("overdue"))
}

// readsTemplates: the newest one in force; an unsound one is found by the check.
func readsTemplates(t *testing.T, r record) {
	t.Helper()
	r.must(r.CheckPaperTemplates(t.Context()))
	const body = "版头：{{发文机关}}\n文号：{{文号}}\n标题：新版\n主送：{{主送机关}}\n正文：新\n落款：{{成文日期}}"
	r.write(func(ctx context.Context, tx store.Tx) error {
		return tx.InsertPaperTemplate(ctx, paper.Supplement, 2, "2026-12-01", "测试", body)
	})
	for day, want := range map[workday.Day]int{"2026-11-30": 1, "2026-12-01": 2} {
		_, version, err := r.PaperTemplate(t.Context(), paper.Supplement, day)
		if err != nil || version != want {
			t.Errorf("on %s version %d, %v", day, version, err)
		}
	}
	_, _, err := r.PaperTemplate(t.Context(), paper.Supplement, "2020-01-01")
	missing(t, "template", err)
	var fault *paper.TemplateError
	err = r.Tx(t.Context(), func(ctx context.Context, tx store.Tx) error {
		return tx.InsertPaperTemplate(ctx, paper.Supplement, 3, "2026-12-02", "测试", strings.Replace(body, "{{文号}}", "{{文件号}}", 1))
	})
	if !errors.As(err, &fault) || fault.Line != 2 || fault.Field != "文件号" {
		t.Errorf("an unsound template: %v", err)
	}
	_, err = r.DB().ExecContext(t.Context(), "INSERT INTO paper_template (kind, version, in_force_from, source, body) VALUES ('supplement', 4, '2026-12-03', 'x', '正文：{{谁}}')")
	r.must(err)
	if err := r.CheckPaperTemplates(t.Context()); !errors.As(err, &fault) || fault.Field != "谁" {
		t.Errorf("an unsound template on record: %v", err)
	}
}
