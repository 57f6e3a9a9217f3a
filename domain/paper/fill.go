package paper

import (
	"strconv"
	"strings"
)

// Block is one piece of a paper in reading order. Signature has the offices as
// lines of Rows, and the date as the last of them.
type Block struct {
	Role Role
	Text string
	Rows [][]string
}

// Fill puts the fields into the template. A field that the template asks for
// and that has no value is an error that names it.
func (t Template) Fill(f Fields) ([]Block, error) {
	var blocks []Block
	headings := 0
	for _, l := range t.lines {
		if l.when != "" && !f.filled(l.when) {
			continue
		}
		if err := l.complete(f); err != nil {
			return nil, err
		}
		switch l.role {
		case Table:
			blocks = append(blocks, Block{Role: Table, Rows: f.Tables[l.lists]})
		case Item, Quotation:
			for i, entry := range f.Lists[l.lists] {
				words := l.words(f, entry)
				if l.role == Item {
					words = strconv.Itoa(i+1) + ". " + words
				}
				blocks = append(blocks, Block{Role: l.role, Text: words})
			}
		case Heading:
			headings++
			blocks = append(blocks, Block{Role: Heading, Text: ordinal(headings) + "、" + l.words(f, "")})
		case Signature:
			blocks = sign(blocks, l, f)
		case Head, DocumentNumber, Title, Addressee, Paragraph, Note:
			blocks = append(blocks, Block{Role: l.role, Text: l.words(f, "")})
		}
	}
	return blocks, nil
}

// sign adds lines to the signature: one block, however many lines it has.
func sign(blocks []Block, l line, f Fields) []Block {
	lines := []string{l.words(f, "")}
	if l.lists != "" {
		lines = nil
		for _, entry := range f.Lists[l.lists] {
			lines = append(lines, l.words(f, entry))
		}
	}
	if n := len(blocks); n == 0 || blocks[n-1].Role != Signature {
		blocks = append(blocks, Block{Role: Signature})
	}
	last := &blocks[len(blocks)-1]
	for _, words := range lines {
		last.Rows = append(last.Rows, []string{words})
	}
	return blocks
}

// complete refuses a line that would have a hole.
func (l line) complete(f Fields) error {
	missing := func(field string) error {
		return &TemplateError{Line: l.at, Field: field, Text: "字段“" + field + "”没有内容"}
	}
	for _, p := range l.pieces {
		switch {
		case p.field == "":
		case p.field != l.lists:
			if strings.TrimSpace(f.Text[p.field]) == "" {
				return missing(p.field)
			}
		case l.columns == table:
			if !whole(f.Tables[p.field]) {
				return missing(p.field)
			}
		default:
			if len(f.Lists[p.field]) == 0 {
				return missing(p.field)
			}
			for _, entry := range f.Lists[p.field] {
				if strings.TrimSpace(entry) == "" {
					return missing(p.field)
				}
			}
		}
	}
	return nil
}

// whole says whether a table has a head, at least one row, and no empty cell.
func whole(rows [][]string) bool {
	if len(rows) < 2 {
		return false
	}
	for _, row := range rows {
		if len(row) != len(rows[0]) || len(row) == 0 {
			return false
		}
		for _, cell := range row {
			if strings.TrimSpace(cell) == "" {
				return false
			}
		}
	}
	return true
}

// words puts the line together; entry stands for the list it is repeated for.
func (l line) words(f Fields, entry string) string {
	var b strings.Builder
	for _, p := range l.pieces {
		switch p.field {
		case "":
			b.WriteString(p.literal)
		case l.lists:
			b.WriteString(entry)
		default:
			b.WriteString(f.Text[p.field])
		}
	}
	return b.String()
}

// ordinal writes 1 to 99 as headings are numbered.
func ordinal(n int) string {
	digits := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	tens, ones := n/10%10, digits[n%10]
	switch tens {
	case 0:
		return ones
	case 1:
		return "十" + ones
	}
	return digits[tens] + "十" + ones
}
