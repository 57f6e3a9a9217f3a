package sheet_test

import (
	"bytes"
	"errors"
	"iter"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"datagov/domain/workday"
	"datagov/internal/sheet"
)

// rows gives prepared rows.
func rows(all ...[]any) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		for _, r := range all {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func opened(t *testing.T, tables ...sheet.Table) *excelize.File {
	t.Helper()
	b, err := sheet.New()
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	for _, table := range tables {
		if _, err := b.Add(table); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := b.Write(&out); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func cell(t *testing.T, f *excelize.File, tab, at string) string {
	t.Helper()
	text, err := f.GetCellValue(tab, at)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestATableLooksLikeAnOfficeMadeIt(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 23, 17, 30, 0, 0, time.UTC) // the next day in the district
	f := opened(t, sheet.Table{
		Name: "待办/列表", Title: "待办事项", Notes: []string{"筛选：无", "导出人：甲"},
		Columns: []sheet.Column{{"标题", 20}, {"件数", 4}, {"时间", 9}, {"日期", 6}, {"逾期", 4}, {"空", 4}},
		Rows:    rows([]any{"甲", 3, at, workday.Day("2026-11-24"), true, (*time.Time)(nil)}),
	}, sheet.Table{Name: "第二张", Title: "第二", Columns: []sheet.Column{{"一", 4}}, Rows: rows([]any{1.5})})
	tab := "待办、列表"
	for at, want := range map[string]string{
		"A1": "待办事项", "A2": "筛选：无", "A3": "导出人：甲", "A4": "标题", "F4": "空",
		"A5": "甲", "B5": "3", "C5": "2026-11-24 01:30", "D5": "2026-11-24", "E5": "是", "F5": "",
	} {
		if got := cell(t, f, tab, at); got != want {
			t.Errorf("%s is %q, want %q", at, got, want)
		}
	}
	if got := cell(t, f, "第二张", "A3"); got != "1.5" {
		t.Errorf("second sheet holds %q", got)
	}
	if kind, err := f.GetCellType(tab, "C5"); err != nil || kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
		t.Errorf("an instant is kept as %v, %v", kind, err)
	}
	if panes, err := f.GetPanes(tab); err != nil || !panes.Freeze || panes.YSplit != 4 {
		t.Errorf("panes %+v, %v", panes, err)
	}
	if width, err := f.GetColWidth(tab, "A"); err != nil || width < 40 {
		t.Errorf("twenty Chinese characters in a width of %v, %v", width, err)
	}
}

func TestTextNeverBecomesAFormula(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", `=HYPERLINK("http://x")`} {
		f := opened(t, sheet.Table{Name: "表", Title: bad, Notes: []string{bad}, Columns: []sheet.Column{{"文字", 10}}, Rows: rows([]any{bad})})
		for _, at := range []string{"A1", "A2", "A4"} {
			formula, err := f.GetCellFormula("表", at)
			if err != nil || formula != "" {
				t.Errorf("%s of %q is the formula %q, %v", at, bad, formula, err)
			}
			if got := cell(t, f, "表", at); !strings.HasPrefix(got, "'") {
				t.Errorf("%s of %q is %q", at, bad, got)
			}
		}
	}
	if got := sheet.Text("平常 =1"); got != "平常 =1" {
		t.Errorf("ordinary text became %q", got)
	}
}

func TestALongTableSaysThatItWasCut(t *testing.T) {
	t.Parallel()
	endless := func(yield func([]any, error) bool) {
		for yield([]any{"行"}, nil) {
		}
	}
	b, err := sheet.New()
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	n, err := b.Add(sheet.Table{Name: "表", Title: "长", Columns: []sheet.Column{{"一", 4}}, Rows: endless})
	if err != nil || n != sheet.Rows {
		t.Fatalf("%d rows, %v", n, err)
	}
	var out bytes.Buffer
	if err := b.Write(&out); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if last := cell(t, f, "表", "A50003"); !strings.Contains(last, "只导出前 50000 行") {
		t.Errorf("the last row says %q", last)
	}
}

func TestATableWhoseRowsFailIsNoTable(t *testing.T) {
	t.Parallel()
	broken := errors.New("gone")
	b, err := sheet.New()
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	_, err = b.Add(sheet.Table{Name: "表", Columns: []sheet.Column{{"一", 4}}, Rows: func(yield func([]any, error) bool) { yield(nil, broken) }})
	if !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
}
