// Package sheet writes tables as XLSX workbooks in the manner of an office: a
// title, what was filtered, who made it and when, a frozen head, dates as dates.
// It is the only package that knows excelize.
//
// Make a [Book], add one [Table] after another, and write it. Rows come one by
// one and are spooled to the disk, so that a long list costs no memory. Text is
// always text: nothing that somebody typed into a form is ever a formula.
package sheet

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"datagov/domain/workday"
)

// Rows is the most rows a table holds; a list that is longer says that it was cut.
const Rows = 50_000

// Column is one column. Width is in Chinese characters.
type Column struct {
	Title string
	Width int
}

// Table is one sheet of a book.
type Table struct {
	Name    string // of the sheet, as its tab shows it
	Title   string
	Notes   []string // what was filtered, who exported it and when
	Columns []Column
	// Rows gives the cells of each row: text, numbers, instants ([time.Time],
	// zero for none), days ([workday.Day]) and yes or no.
	Rows iter.Seq2[[]any, error]
}

// Book is a workbook in the making. It has to be closed.
type Book struct {
	file   *excelize.File
	styles styles
	sheets int
}

type styles struct{ title, note, head, text, number, instant, day int }

// New begins a book.
func New() (*Book, error) {
	b := &Book{file: excelize.NewFile()}
	var err error
	if b.styles, err = newStyles(b.file); err != nil {
		return nil, errors.Join(err, b.file.Close())
	}
	return b, nil
}

// Close removes what was spooled to the disk.
func (b *Book) Close() error { return b.file.Close() }

// Write writes the book.
func (b *Book) Write(w io.Writer) error {
	if err := b.file.Write(w); err != nil {
		return fmt.Errorf("write book: %w", err)
	}
	return nil
}

// Add writes one table as the next sheet and says how many rows it has.
func (b *Book) Add(t Table) (int, error) {
	name := tabName(t.Name)
	if b.sheets == 0 {
		if err := b.file.SetSheetName(b.file.GetSheetName(0), name); err != nil {
			return 0, fmt.Errorf("name sheet: %w", err)
		}
	} else if _, err := b.file.NewSheet(name); err != nil {
		return 0, fmt.Errorf("add sheet: %w", err)
	}
	b.sheets++
	stream, err := b.file.NewStreamWriter(name)
	if err != nil {
		return 0, fmt.Errorf("open sheet: %w", err)
	}
	w := &writer{stream: stream, styles: b.styles, columns: len(t.Columns)}
	rows, err := w.table(t)
	if err != nil {
		return 0, err
	}
	if err := stream.Flush(); err != nil {
		return 0, fmt.Errorf("close sheet: %w", err)
	}
	return rows, nil
}

// writer writes the rows of one sheet, top to bottom.
type writer struct {
	stream  *excelize.StreamWriter
	styles  styles
	columns int
	row     int
}

func (w *writer) table(t Table) (int, error) {
	if err := w.layout(t); err != nil {
		return 0, err
	}
	if err := w.banner(t.Title, w.styles.title, 26); err != nil {
		return 0, err
	}
	for _, note := range t.Notes {
		if err := w.banner(note, w.styles.note, 18); err != nil {
			return 0, err
		}
	}
	head := make([]any, 0, len(t.Columns))
	for _, c := range t.Columns {
		head = append(head, excelize.Cell{StyleID: w.styles.head, Value: c.Title})
	}
	if err := w.write(head, 20); err != nil {
		return 0, err
	}
	rows := 0
	for cells, err := range t.Rows {
		if err != nil {
			return 0, err
		}
		if rows == Rows {
			return rows, w.banner(fmt.Sprintf("只导出前 %d 行，其余未列出；请缩小筛选范围后再导出。", Rows), w.styles.note, 18)
		}
		if err := w.write(w.cells(cells), 0); err != nil {
			return 0, err
		}
		rows++
	}
	return rows, nil
}

// layout sets widths and freezes everything down to the head.
func (w *writer) layout(t Table) error {
	for i, c := range t.Columns {
		if err := w.stream.SetColWidth(i+1, i+1, float64(c.Width)*2+2); err != nil { // a Chinese character is two digits wide
			return fmt.Errorf("set width: %w", err)
		}
	}
	top := 2 + len(t.Notes)
	below, err := excelize.CoordinatesToCellName(1, top+1)
	if err != nil {
		return fmt.Errorf("freeze head: %w", err)
	}
	err = w.stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: top, TopLeftCell: below, ActivePane: "bottomLeft"})
	if err != nil {
		return fmt.Errorf("freeze head: %w", err)
	}
	return nil
}

// banner writes one text across all columns.
func (w *writer) banner(text string, style int, height float64) error {
	if err := w.write([]any{excelize.Cell{StyleID: style, Value: Text(text)}}, height); err != nil {
		return err
	}
	if w.columns < 2 {
		return nil
	}
	first, err := excelize.CoordinatesToCellName(1, w.row)
	if err != nil {
		return fmt.Errorf("write banner: %w", err)
	}
	last, err := excelize.CoordinatesToCellName(w.columns, w.row)
	if err != nil {
		return fmt.Errorf("write banner: %w", err)
	}
	if err := w.stream.MergeCell(first, last); err != nil {
		return fmt.Errorf("write banner: %w", err)
	}
	return nil
}

func (w *writer) write(cells []any, height float64) error {
	w.row++
	at, err := excelize.CoordinatesToCellName(1, w.row)
	if err != nil {
		return fmt.Errorf("write row: %w", err)
	}
	if err := w.stream.SetRow(at, cells, excelize.RowOpts{Height: height}); err != nil {
		return fmt.Errorf("write row: %w", err)
	}
	return nil
}

func (w *writer) cells(row []any) []any {
	cells := make([]any, 0, len(row))
	for _, value := range row {
		cells = append(cells, w.cell(value))
	}
	return cells
}

func (w *writer) cell(value any) excelize.Cell {
	switch v := value.(type) {
	case nil:
		return excelize.Cell{StyleID: w.styles.text, Value: ""}
	case *time.Time:
		if v == nil {
			return w.cell(nil)
		}
		return w.cell(*v)
	case time.Time:
		if v.IsZero() {
			return w.cell(nil)
		}
		return excelize.Cell{StyleID: w.styles.instant, Value: v.In(workday.Zone).Truncate(time.Second)}
	case workday.Day:
		if start := v.Start(); !start.IsZero() {
			return excelize.Cell{StyleID: w.styles.day, Value: start}
		}
		return w.cell(string(v))
	case bool:
		return w.cell(map[bool]string{true: "是", false: "否"}[v])
	case int, int64, float64:
		return excelize.Cell{StyleID: w.styles.number, Value: v}
	}
	return excelize.Cell{StyleID: w.styles.text, Value: Text(fmt.Sprint(value))}
}

// Text keeps a text from being taken for a formula, also after the file was
// saved as CSV or the cell was typed into: what begins like one gets a quote.
func Text(text string) string {
	first, _ := utf8.DecodeRuneInString(text)
	if strings.ContainsRune("=+-@＝＋－＠\t\r\n", first) && text != "" {
		return "'" + text
	}
	return text
}

// tabName drops what a tab must not hold; tabs have at most 31 characters.
func tabName(name string) string {
	runes := []rune(strings.NewReplacer(":", "", `\`, "", "/", "、", "?", "", "*", "", "[", "", "]", "", "'", "").Replace(name))
	return string(runes[:min(len(runes), 31)])
}
