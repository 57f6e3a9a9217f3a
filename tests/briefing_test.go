package tests

import (
	"bytes"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// sheets opens what an export gives; rows are those below the banners and the head.
func (p person) sheets(t testing.TB, path string) *excelize.File {
	t.Helper()
	a := p.read(t, path).want(t, http.StatusOK)
	if !strings.Contains(a.header.Get("Content-Disposition"), "attachment") {
		t.Errorf("export %s is answered with %v", path, a.header)
	}
	f, err := excelize.OpenReader(bytes.NewReader(a.body))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func below(t testing.TB, f *excelize.File, tab string, banners int) [][]string {
	t.Helper()
	rows, err := f.GetRows(tab)
	if err != nil || len(rows) < banners {
		t.Fatalf("rows %v, %v", rows, err)
	}
	return rows[banners:]
}

// listed walks a list to its end.
func (p person) listed(t testing.TB, path string) []map[string]any {
	t.Helper()
	all, cursor := []map[string]any{}, ""
	for {
		var page struct {
			Items []map[string]any
			Next  *string
		}
		p.read(t, path+"limit=3&cursor="+cursor).want(t, http.StatusOK).into(t, &page)
		all = append(all, page.Items...)
		if page.Next == nil {
			return all
		}
		cursor = *page.Next
	}
}

// Every list is exported whole: as many rows, in the same order, with the same words.
func TestDeskExportsOpenAsSheets(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, p place) {
		r := serve(t, p)
		e := entry(t, births)
		for range 4 {
			r.submitted(t, "civil", file(e.ID, items(t, e, "出生证编号")))
		}
		for _, tt := range []struct {
			who, path, query, tab string
			key                   func(map[string]any) any
			column                int
		}{
			{"civil-head", "/tasks", "box=todo", "任务列表", func(m map[string]any) any { return m["title"] }, 0},
			{"civil", "/tasks", "box=started", "任务列表", func(m map[string]any) any { return m["title"] }, 0},
			{"auditor", "/share-requests", "", "共享申请列表", func(m map[string]any) any { return m["id"] }, 8},
			{"civil", "/share-requests", "status=sign_off", "共享申请列表", func(m map[string]any) any { return m["id"] }, 8},
			{"auditor", "/grants", "", "授权列表", func(m map[string]any) any { return m["purpose"] }, 8},
			{"civil", "/catalog/entries", "sharing=authorized", "目录条目列表", func(m map[string]any) any { return m["code"] }, 0},
			{"civil", "/catalog/entries", "q=%E5%87%BA%E7%94%9F", "目录条目列表", func(m map[string]any) any { return m["name"] }, 1},
		} {
			who := r.as(t, tt.who)
			want, got := []any{}, []any{}
			for _, item := range who.listed(t, tt.path+"?"+tt.query+"&") {
				want = append(want, tt.key(item))
			}
			for _, row := range below(t, who.sheets(t, tt.path+"/export?"+tt.query), tt.tab, 4) {
				got = append(got, row[tt.column])
			}
			if len(want) == 0 || !slices.Equal(want, got) {
				t.Errorf("%s?%s as %s lists %v and exports %v", tt.path, tt.query, tt.who, want, got)
			}
		}
		r.as(t, "admin").read(t, "/share-requests/export").refused(t, http.StatusForbidden)
		r.as(t, "civil").read(t, "/tasks/export?box=x").refused(t, http.StatusUnprocessableEntity)
		exports := number(t, p.open(t, "ro"), "SELECT count(*) FROM event WHERE name = 'account.exported'")
		if exports != 7 {
			t.Errorf("%d of 7 exports are on record", exports)
		}
	})
}

type briefing struct {
	Total    figures
	Agencies []struct {
		Agency struct{ ID, Name string }
		figures
	}
	ByOutcome []struct {
		Outcome string
		Count   int
	}
	ByMonth []figures
	Coming  []struct{ CaseID string }
}

type figures struct{ Received, Closed, Overdue, Refused, RefusedItems, Open, OnTime int }

func (r *running) briefing(t testing.TB, who string) (b briefing) {
	t.Helper()
	r.as(t, who).read(t, "/briefing").want(t, http.StatusOK).into(t, &b)
	return b
}

// The figures grow by exactly what happened, and every column adds up.
func TestDeskBriefingAddsUp(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, p place) {
		r := serve(t, p)
		before := r.briefing(t, "supervisor")
		granted, refused, taken, open := r.asking(t).underReview(t), r.asking(t).underReview(t), r.asking(t).underReview(t), r.asking(t).underReview(t)
		unsigned := r.asking(t)
		granted.says(t, provider, agree)
		granted.says(t, commission, agree).in(t, "granted")
		refused.says(t, provider, refusal(valid))
		refused.says(t, commission, refusal(valid)).in(t, "refused")
		taken.does(t, "civil", "/withdraw", fields{}).in(t, "withdrawn")
		unsigned.does(t, "civil", "/withdraw", fields{}).in(t, "withdrawn")
		after := r.briefing(t, "supervisor")
		want := figures{
			Received: before.Total.Received + 4, Closed: before.Total.Closed + 3, Overdue: before.Total.Overdue, Refused: before.Total.Refused + 1,
			RefusedItems: before.Total.RefusedItems + 3, Open: before.Total.Open + 1, OnTime: before.Total.OnTime + 3,
		}
		if after.Total != want {
			t.Errorf("the total is %+v, want %+v", after.Total, want)
		}
		after.addsUp(t)
		if !slices.ContainsFunc(after.Coming, func(c struct{ CaseID string }) bool { return c.CaseID == open.id }) && len(after.Coming) < 10 {
			t.Errorf("what comes next leaves out the open case: %+v", after.Coming)
		}
		own := r.briefing(t, "civil-head")
		if own.addsUp(t); own.Total.Received == 0 || own.Total.Received > after.Total.Received {
			t.Errorf("the head of civil affairs sees %+v of %+v", own.Total, after.Total)
		}
		r.as(t, "civil").read(t, "/briefing").refused(t, http.StatusForbidden)
		book := r.as(t, "commission-head").sheets(t, "/briefing/export")
		agencies := below(t, book, "分机构情况", 5)
		if len(agencies) != len(after.Agencies)+1 || agencies[0][0] != after.Agencies[0].Agency.Name {
			t.Errorf("the book lists %v", agencies)
		}
		if total := below(t, book, "总体情况", 5)[0]; total[1] != strconv.Itoa(after.Total.Received) || total[4] != strconv.Itoa(after.Total.Refused) {
			t.Errorf("the book says %v", total)
		}
	})
}

func (b briefing) addsUp(t testing.TB) {
	t.Helper()
	var agencies, months figures
	for _, a := range b.Agencies {
		agencies.plus(a.figures)
	}
	for _, m := range b.ByMonth {
		months.plus(m)
	}
	outcomes := 0
	for _, o := range b.ByOutcome {
		outcomes += o.Count
	}
	if agencies != b.Total || outcomes != b.Total.Closed || months.Received != b.Total.Received || months.Closed != b.Total.Closed ||
		months.Overdue != b.Total.Overdue || months.Refused != b.Total.Refused || b.Total.OnTime > b.Total.Closed {
		t.Errorf("the briefing does not add up: %+v", b)
	}
}

func (f *figures) plus(o figures) {
	f.Received, f.Closed, f.Overdue, f.Refused = f.Received+o.Received, f.Closed+o.Closed, f.Overdue+o.Overdue, f.Refused+o.Refused
	f.RefusedItems, f.Open, f.OnTime = f.RefusedItems+o.RefusedItems, f.Open+o.Open, f.OnTime+o.OnTime
}
