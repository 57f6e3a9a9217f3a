package paper

// signatureLines are offices and date, broken where a name is longer than the
// place beside it, with the remark about the seal after them.
func (s *sheet) signatureLines(rows [][]string) []textLine {
	var lines []textLine
	for _, row := range rows {
		lines = append(lines, balanced(row[0], column*0.7/bodySize, s.face.measure)...)
	}
	return lines
}

func (s *sheet) signatureHeight(rows [][]string) float64 {
	return float64(len(s.signatureLines(rows))+1)*bodyLine + noteLine
}

// signature stands at the right, two characters in, its lines centered on each other.
func (s *sheet) signature(rows [][]string) {
	lines := s.signatureLines(rows)
	s.y += bodyLine
	widest := s.face.measure(s.seal) * noteSize
	for _, l := range lines {
		widest = max(widest, l.width*bodySize)
	}
	middle := right - 2*bodySize - widest/2
	for _, l := range lines {
		s.text(l.text, middle-l.width*bodySize/2, s.y, bodySize, bodyLine, 0)
		s.y += bodyLine
	}
	s.text(s.seal, middle-s.face.measure(s.seal)*noteSize/2, s.y, noteSize, noteLine, 0)
	s.y += noteLine
}

// table sets rows under their head, which comes again on every page. A row that
// no page can hold goes on over the next one.
func (s *sheet) table(rows [][]string) {
	if len(rows) == 0 {
		return
	}
	widths := s.columns(rows)
	head := s.cells(rows[0], widths)
	s.y += 4
	s.room(height(head) + cellLine + 2*cellPad)
	s.row(head, widths, true)
	for _, row := range rows[1:] {
		cells := s.cells(row, widths)
		for len(cells) > 0 {
			if h := height(cells); s.y+h > bottom && h <= bottom-top-height(head) {
				s.newPage()
				s.row(head, widths, true)
			}
			fit := int((bottom - s.y - 2*cellPad) / cellLine)
			if fit < 1 {
				s.newPage()
				s.row(head, widths, true)
				continue
			}
			var now [][]textLine
			now, cells = cutRow(cells, fit)
			s.row(now, widths, false)
		}
	}
	s.y += 8
}

// cells breaks the cells of a row into lines.
func (s *sheet) cells(row []string, widths []float64) [][]textLine {
	cells := make([][]textLine, 0, len(row))
	for i, cell := range row {
		cells = append(cells, breakLines(oneLine(cell), (widths[i]-2*cellPad)/cellSize, 0, s.face.measure))
	}
	return cells
}

func oneLine(text string) string {
	out := []rune(text)
	for i, r := range out {
		if r == '\n' {
			out[i] = ' '
		}
	}
	return string(out)
}

func height(cells [][]textLine) float64 {
	most := 1
	for _, c := range cells {
		most = max(most, len(c))
	}
	return float64(most)*cellLine + 2*cellPad
}

// cutRow parts a row after so many lines; the rest is nil when all of it fits.
func cutRow(cells [][]textLine, lines int) (now, rest [][]textLine) {
	over := false
	for _, c := range cells {
		n := min(lines, len(c))
		now, rest = append(now, c[:n]), append(rest, c[n:])
		over = over || n < len(c)
	}
	if !over {
		return now, nil
	}
	return now, rest
}

// row draws one row; heads and narrow cells are centered.
func (s *sheet) row(cells [][]textLine, widths []float64, head bool) {
	h, x := height(cells), left
	s.pdf.SetLineWidth(0.5)
	for i, lines := range cells {
		s.pdf.RectFromUpperLeft(x, s.y, widths[i], h)
		y := s.y + cellPad
		if rest := h - 2*cellPad - float64(len(lines))*cellLine; rest > 0 && (head || len(lines) == 1) {
			y += rest / 2
		}
		for _, l := range lines {
			at := x + cellPad
			if head || widths[i] < 5*cellSize {
				at = x + (widths[i]-l.width*cellSize)/2
			}
			s.text(l.text, at, y, cellSize, cellLine, 0)
			y += cellLine
		}
		x += widths[i]
	}
	s.y += h
}

// columns shares the width by what the columns hold: short ones get what they
// need, long ones the rest.
func (s *sheet) columns(rows [][]string) []float64 {
	widths := make([]float64, len(rows[0]))
	total := 0.0
	for i := range widths {
		for _, row := range rows {
			widths[i] = max(widths[i], min(s.face.measure(row[i])*cellSize+2*cellPad+1, column*0.5))
		}
		total += widths[i]
	}
	widest := 0
	for i := range widths {
		if widths[i] > widths[widest] {
			widest = i
		}
	}
	if total <= column {
		widths[widest] += column - total
		return widths
	}
	spares, spare := make([]float64, len(widths)), 0.0
	for i, w := range widths { // the wide ones give way
		spares[i] = max(0, w-6*cellSize)
		spare += spares[i]
	}
	for i := range widths {
		widths[i] -= (total - column) * spares[i] / spare
	}
	return widths
}
