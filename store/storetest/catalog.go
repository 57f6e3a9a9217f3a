package storetest

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"datagov/domain/catalog"
	"datagov/internal/testkit"
	"datagov/store"
)

// entries puts further entries on record, each changed a little.
func (r record) entries(n int, change func(i int, e *store.CatalogEntry)) {
	r.t.Helper()
	r.write(func(ctx context.Context, tx store.Tx) error {
		for i := range n {
			e, items := testkit.Entry(fmt.Sprintf("entry-%02d", i), at)
			change(i, &e)
			if err := tx.InsertEntry(ctx, e, items); err != nil {
				return err
			}
		}
		return nil
	})
}

func (r record) found(f store.EntryFilter) []string {
	r.t.Helper()
	if f.Limit == 0 {
		f.Limit = 50
	}
	rows, err := r.CatalogEntries(r.t.Context(), f)
	r.must(err)
	names := []string{}
	for _, row := range rows {
		names = append(names, row.Name)
		if row.AgencyName != "区卫生健康委" || row.ItemCount != 5 {
			r.t.Errorf("entry %s is of %q with %d items", row.ID, row.AgencyName, row.ItemCount)
		}
	}
	return names
}

func searchesCatalog(t *testing.T, r record) {
	t.Helper()
	names := []string{"达标率 100%", "下划线_字段", "叹号!与引号'", "反斜杠\\路径", "GDP 核算", "婚姻登记信息"}
	r.entries(len(names), func(i int, e *store.CatalogEntry) {
		e.Name, e.Code, e.UpdatedAt = names[i], fmt.Sprintf("A-%d", i), at.Add(-time.Duration(i+1)*time.Hour)
	})
	for query, want := range map[string][]string{
		"婚姻": {"婚姻登记信息"}, "登记 婚姻": {"婚姻登记信息"}, "婚姻 没有": {}, "0%": {"达标率 100%"}, "%": {"达标率 100%"}, "_": {"下划线_字段"},
		"!": {"叹号!与引号'"}, "'": {"叹号!与引号'"}, "\\": {"反斜杠\\路径"}, "\"": {}, "A-4": {"GDP 核算"}, "100_": {}, "' OR 1=1 --": {},
		"GDP": {"GDP 核算"}, "gdp": {"GDP 核算"}, // people do not type capitals
	} {
		if got := r.found(store.EntryFilter{Query: query}); !slices.Equal(got, want) {
			t.Errorf("%q finds %v, want %v", query, got, want)
		}
	}
	for query, want := range map[string]int{"": 7, "  ": 7, "卫生健康委": 7, "救助标识": 7, "摘要": 7} { // provider, item, summary
		if got := r.found(store.EntryFilter{Query: query}); len(got) != want {
			t.Errorf("%q finds %d, want %d", query, len(got), want)
		}
	}
	for want, f := range map[int]store.EntryFilter{0: {Agency: "civil"}, 7: {Agency: "health", Sharing: "authorized"}} {
		if got := r.found(f); len(got) != want {
			t.Errorf("%+v finds %d, want %d", f, len(got), want)
		}
	}
}

func pagesCatalog(t *testing.T, r record) {
	t.Helper()
	const n = 25
	r.entries(n, func(_ int, e *store.CatalogEntry) { e.Name = e.ID }) // all at the same instant
	f, seen := store.EntryFilter{Limit: 4}, []string{}
	for range n {
		page, err := r.CatalogEntries(t.Context(), f)
		r.must(err)
		for _, row := range page {
			seen = append(seen, row.ID)
			f.BeforeAt, f.BeforeID = row.UpdatedAt, row.ID
		}
		if len(page) == 0 {
			break
		}
	}
	if !slices.IsSortedFunc(seen, func(a, b string) int { return -cmpText(a, b) }) || len(slices.Compact(slices.Clone(seen))) != n+1 {
		t.Errorf("paged %d entries: %v", len(seen), seen)
	}
}

func cmpText(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// keepsTimes sorts instants whose fractions have different lengths: SQLite
// compares them as text.
func keepsTimes(t *testing.T, r record) {
	t.Helper()
	second := at.Truncate(time.Second)
	fractions := []time.Duration{
		0, time.Microsecond, 10 * time.Microsecond, 100 * time.Millisecond, 120 * time.Millisecond, 123456 * time.Microsecond,
		500 * time.Millisecond, 999999 * time.Microsecond, time.Second,
	}
	order := []int{3, 0, 8, 5, 1, 7, 2, 6, 4}
	r.entries(len(fractions), func(i int, e *store.CatalogEntry) {
		n := order[i]
		e.Name = fmt.Sprint(n)
		e.UpdatedAt = second.Add(fractions[n] + 999).In(time.FixedZone("CST", 8*3600)) // nanoseconds are cut
	})
	rows, err := r.CatalogEntries(t.Context(), store.EntryFilter{Limit: 50})
	r.must(err)
	got := []string{}
	for _, row := range rows {
		if row.ID == testkit.EntryID {
			continue
		}
		got = append(got, row.Name)
		var n int
		if _, err := fmt.Sscan(row.Name, &n); err != nil || !row.UpdatedAt.Equal(second.Add(fractions[n])) {
			t.Errorf("entry %s is of %s, want %s", row.Name, row.UpdatedAt, second.Add(fractions[n]))
		}
	}
	if !slices.Equal(got, []string{"8", "7", "6", "5", "4", "3", "2", "1", "0"}) {
		t.Errorf("newest first: %v", got)
	}
}

func readsEntry(t *testing.T, r record) {
	t.Helper()
	e, err := r.Entry(t.Context(), testkit.EntryID)
	r.must(err)
	if e.Provider.ID != "health" || e.Provider.Kind != "government" || len(e.Items) != 5 || e.Sharing != catalog.Authorized || len(e.Grounds) != 1 {
		t.Errorf("entry %+v", e)
	}
	barred, ok := e.Item(testkit.ItemBarred)
	if !ok || barred.Sharing != catalog.NotShared || barred.Reason != "统计秘密" || cmp.Diff(barred.Grounds[0], testkit.Statute()) != "" {
		t.Errorf("barred item %+v", barred)
	}
	if e.Items[0].ID != testkit.ItemFree || e.Items[4].ID != testkit.ItemUnclassified {
		t.Error("the items are not in their order")
	}
	row, err := r.Scenario(t.Context(), testkit.ScenarioID)
	r.must(err)
	s, err := row.Rules()
	if err != nil || s.Version != 3 || !s.Active || !slices.Equal(s.Items, []string{testkit.ItemCovered}) || s.Agencies[0] != "civil" {
		t.Errorf("scenario %+v, %v", s, err)
	}
	of, err := r.ScenariosOf(t.Context(), testkit.EntryID)
	if err != nil || len(of) != 1 {
		t.Errorf("scenarios %+v, %v", of, err)
	}
	_, err = r.Entry(t.Context(), "nothing")
	missing(t, "entry", err)
}
