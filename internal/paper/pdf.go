package paper

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/signintech/gopdf"

	"datagov/domain/paper"
	"datagov/domain/workday"
)

// The sheet of GB/T 9704: A4 with margins of 37, 35, 28 and 26 mm, text of 三号
// (16 points) in lines of 28 points, titles of 二号 (22 points).
const (
	mm = 72 / 25.4

	sheetWidth, sheetHeight = 595.28, 841.89

	left   = 28 * mm
	right  = sheetWidth - 26*mm
	top    = 37 * mm
	bottom = sheetHeight - 35*mm
	column = right - left

	bodySize, bodyLine   = 16.0, 28.0
	titleSize, titleLine = 22.0, 34.0
	cellSize, cellLine   = 12.0, 18.0
	noteSize, noteLine   = 14.0, 24.0
	footSize             = 9.0
	cellPad, noteGap     = 5.0, 4.0
)

// sheet is a PDF being set: the page flow and where the next line goes.
type sheet struct {
	document

	pdf  *gopdf.GoPdf
	face *face
	y    float64 // top of the next line
	page int
	err  error // the first thing that failed; nothing is set after it
}

// pdf sets the document and says how many characters the type lacks.
func (d document) pdf(f *face) ([]byte, int, error) {
	missing := d.substitute(f)
	s := &sheet{document: d, pdf: &gopdf.GoPdf{}, face: f}
	s.pdf.Start(gopdf.Config{PageSize: gopdf.Rect{W: sheetWidth, H: sheetHeight}})
	s.pdf.SetInfo(gopdf.PdfInfo{
		Title: d.title + " " + d.number, Author: d.issuer, Creator: "datagov", Producer: "datagov", CreationDate: d.at.In(workday.Zone),
	})
	s.try(s.pdf.AddTTFFontFromFontContainer(family, &f.container))
	s.newPage()
	for i, b := range s.blocks {
		s.set(b, s.blocks[i+1:])
	}
	if s.err != nil {
		return nil, missing, s.err
	}
	var out bytes.Buffer
	if _, err := s.pdf.WriteTo(&out); err != nil {
		return nil, missing, fmt.Errorf("write PDF: %w", err)
	}
	return out.Bytes(), missing, nil
}

// substitute marks what the type lacks on the document itself and adds a note.
func (d *document) substitute(f *face) int {
	missing := 0
	replace := func(text string) string {
		shown, n := f.shown(text)
		missing += n
		return shown
	}
	blocks := make([]paper.Block, 0, len(d.blocks)+1)
	for _, b := range d.blocks {
		c := paper.Block{Role: b.Role, Text: replace(b.Text)}
		for _, row := range b.Rows {
			cells := make([]string, 0, len(row))
			for _, cell := range row {
				cells = append(cells, replace(cell))
			}
			c.Rows = append(c.Rows, cells)
		}
		blocks = append(blocks, c)
	}
	if missing > 0 {
		blocks = append(blocks, paper.Block{
			Role: paper.Note, Text: fmt.Sprintf("本件有%d个字符字库未收录，以“%c”代替，以系统记录和 DOCX 为准。", missing, f.instead),
		})
	}
	d.blocks = blocks
	return missing
}

func (s *sheet) try(err error) {
	if s.err == nil && err != nil {
		s.err = err
	}
}

// newPage begins a page with its foot: the page number on the outer side, the
// verification on the other.
func (s *sheet) newPage() {
	s.pdf.AddPage()
	s.page++
	s.y = top
	number := fmt.Sprintf("— %d —", s.page)
	foot := bottom + 7*mm
	s.pdf.SetTextColor(0, 0, 0)
	numberX, codeX := right-noteSize-s.face.measure(number)*noteSize, left
	if s.page%2 == 0 {
		numberX, codeX = left+noteSize, right-s.face.measure(s.footer())*footSize
	}
	s.text(number, numberX, foot, noteSize, noteLine, 0)
	s.pdf.SetTextColor(90, 90, 90)
	s.text(s.footer(), codeX, foot, footSize, noteLine, 0)
	s.pdf.SetTextColor(0, 0, 0)
}

// text sets one line with its top at y, centered in its line height; spread is
// added after each character.
func (s *sheet) text(words string, x, y, size, height, spread float64) {
	if s.err != nil || words == "" {
		return
	}
	s.try(s.pdf.SetFont(family, "", size))
	s.try(s.pdf.SetCharSpacing(spread))
	s.pdf.SetXY(x, y+(height+size*0.76)/2) // the baseline; CJK glyphs are about 0.76 em above it
	s.try(s.pdf.Text(words))
}

// room breaks the page when a piece of that height does not fit any more.
func (s *sheet) room(height float64) {
	if s.y+height > bottom+0.5 {
		s.newPage()
	}
}

func (s *sheet) set(b paper.Block, rest []paper.Block) {
	switch b.Role {
	case paper.Head:
		s.head(b.Text)
	case paper.DocumentNumber:
		s.text(b.Text, right-s.face.measure(b.Text)*bodySize, s.y, bodySize, bodyLine, 0)
		s.y += bodyLine * 1.6
	case paper.Title:
		s.centered(b.Text, titleSize, titleLine)
		s.y += bodyLine / 2
	case paper.Addressee:
		s.paragraph(b.Text+"：", 0, 0)
	case paper.Paragraph, paper.Heading, paper.Item, paper.Quotation:
		for i, part := range strings.Split(b.Text, "\n") {
			keep := 0.0
			if i == strings.Count(b.Text, "\n") {
				keep = s.kept(b, rest)
			}
			s.paragraph(strings.TrimSpace(part), 2, keep)
		}
	case paper.Table:
		s.table(b.Rows)
	case paper.Signature:
		s.room(s.ending(append([]paper.Block{b}, rest...)))
		s.signature(b.Rows)
	case paper.Note:
		s.y += noteGap
		s.lines(s.noteLines(b.Text), left+2*bodySize, noteSize, noteLine)
	}
}

// kept is how much has to follow on the same page: a heading takes the next
// lines with it, the last words take the signature with them.
func (s *sheet) kept(b paper.Block, rest []paper.Block) float64 {
	switch {
	case len(rest) == 0:
		return 0
	case b.Role == paper.Heading:
		next := len(breakLines(rest[0].Text, column/bodySize, 2, s.face.measure))
		if len(rest) > 1 && rest[1].Role == paper.Signature && next <= 2 {
			return float64(next)*bodyLine + s.ending(rest[1:])
		}
		return 2 * bodyLine
	case rest[0].Role == paper.Signature:
		return s.ending(rest)
	}
	return 0
}

// ending is the height of a signature with the notes after it.
func (s *sheet) ending(blocks []paper.Block) float64 {
	h := s.signatureHeight(blocks[0].Rows)
	for _, b := range blocks[1:] {
		h += float64(len(s.noteLines(b.Text)))*noteLine + noteGap
	}
	return h
}

func (s *sheet) noteLines(words string) []textLine {
	return breakLines("（"+words+"）", column/noteSize-4, 0, s.face.measure)
}

// head is the name of the issuing office in red over a double line.
func (s *sheet) head(office string) {
	s.y = 30 * mm
	s.pdf.SetTextColor(200, 16, 16)
	size := min(34, max(22, column/s.face.measure(office)))
	s.centered(office, size, size*1.35)
	s.pdf.SetTextColor(0, 0, 0)
	s.y += 6
	s.pdf.SetStrokeColor(200, 16, 16)
	for _, line := range []struct{ width, down float64 }{{2.2, 0}, {0.8, 3}} {
		s.pdf.SetLineWidth(line.width)
		s.pdf.Line(left, s.y+line.down, right, s.y+line.down)
	}
	s.pdf.SetStrokeColor(0, 0, 0)
	s.y += 10
}

func (s *sheet) centered(words string, size, height float64) {
	for _, l := range balanced(words, column/size, s.face.measure) {
		s.room(height)
		s.text(l.text, left+(column-l.width*size)/2, s.y, size, height, 0)
		s.y += height
	}
}

// paragraph sets body text; all lines but the last are spread to the column.
// The last two lines stay with what is kept after them.
func (s *sheet) paragraph(words string, indent, keep float64) {
	lines := breakLines(words, column/bodySize, indent, s.face.measure)
	for i, l := range lines {
		need := bodyLine
		if keep > 0 && i == max(0, len(lines)-2) {
			need = float64(len(lines)-i)*bodyLine + keep
		}
		s.room(need)
		x, width := left, column
		if i == 0 {
			x, width = left+indent*bodySize, column-indent*bodySize
		}
		s.text(l.text, x, s.y, bodySize, bodyLine, spread(l, width))
		s.y += bodyLine
	}
}

// spread shares what a line leaves over among its characters, unless it would show.
func spread(l textLine, width float64) float64 {
	gaps := len([]rune(l.text)) - 1
	over := width - l.width*bodySize
	if l.last || gaps < 1 || over <= 0 || over > 4*bodySize {
		return 0
	}
	return over / float64(gaps)
}

// lines sets ragged lines of another size.
func (s *sheet) lines(lines []textLine, x, size, height float64) {
	for _, l := range lines {
		s.room(height)
		s.text(l.text, x, s.y, size, height, 0)
		s.y += height
	}
}
