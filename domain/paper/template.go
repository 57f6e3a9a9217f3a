package paper

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Role is what a block is on the sheet.
type Role string

// The roles of blocks. In a template each line begins with its role's word.
const (
	Head           Role = "head"      // 版头: the issuing office, in red
	DocumentNumber Role = "number"    // 文号
	Title          Role = "title"     // 标题
	Addressee      Role = "addressee" // 主送
	Paragraph      Role = "paragraph" // 正文
	Heading        Role = "heading"   // 小标题, numbered 一、二、三
	Item           Role = "item"      // 列表, each entry numbered 1. 2. 3.
	Quotation      Role = "quotation" // 引用: a list without numbers
	Table          Role = "table"     // 表格, the first row its head
	Signature      Role = "signature" // 落款: offices, then the date
	Note           Role = "note"      // 附注
)

var roles = map[string]Role{
	"版头": Head, "文号": DocumentNumber, "标题": Title, "主送": Addressee, "正文": Paragraph, "小标题": Heading,
	"列表": Item, "引用": Quotation, "表格": Table, "落款": Signature, "附注": Note,
}

// once are the roles every paper has exactly one line of.
var once = []string{"版头", "文号", "标题", "主送"}

// TemplateError says what is wrong with a template and where.
type TemplateError struct {
	Line  int
	Field string // the field at fault, if it is one
	Text  string
}

// Error names line and fault in Chinese, for whoever writes templates.
func (e *TemplateError) Error() string {
	return fmt.Sprintf("公文模板第 %d 行：%s", e.Line, e.Text)
}

// Template is a template that has been read and found sound.
type Template struct {
	kind  Kind
	lines []line
}

// line is one line: shown if the fields it asks for are there.
type line struct {
	at      int
	role    Role
	when    string // shown only when this field is filled
	pieces  []piece
	lists   string // the list or table that the line is repeated for
	columns shape
}

type piece struct{ literal, field string }

// Bounds of a template: a page of rules, not a book.
const (
	templateLimit = 20_000
	lineLimit     = 300
)

// Parse reads a template. Each line is 角色：文字 with {{字段}} in it; a line may
// begin with 【字段】 to be shown only when that field is filled; lines that
// begin with # are remarks. Whatever is not understood is refused.
func Parse(kind Kind, source string) (Template, error) {
	t := Template{kind: kind}
	switch {
	case !kind.known():
		return t, &TemplateError{Line: 0, Text: "不认识的公文种类"}
	case len(source) > templateLimit || !utf8.ValidString(source):
		return t, &TemplateError{Line: 0, Text: "模板过长，或者不是有效的文字"}
	}
	counts := map[string]int{}
	for i, raw := range strings.Split(source, "\n") {
		row := strings.TrimSpace(raw)
		if row == "" || strings.HasPrefix(row, "#") {
			continue
		}
		l, word, err := parseLine(kind, i+1, row)
		if err != nil {
			return Template{}, err
		}
		counts[word]++
		if t.lines = append(t.lines, l); len(t.lines) > lineLimit {
			return Template{}, &TemplateError{Line: i + 1, Text: "模板的行数过多"}
		}
	}
	for _, word := range once {
		if counts[word] != 1 {
			return Template{}, &TemplateError{Line: 0, Text: "须有且只有一行“" + word + "”"}
		}
	}
	if counts["正文"] == 0 || counts["落款"] == 0 {
		return Template{}, &TemplateError{Line: 0, Text: "须有“正文”和“落款”"}
	}
	return t, nil
}

func parseLine(kind Kind, at int, row string) (line, string, error) {
	l := line{at: at}
	if rest, guarded := strings.CutPrefix(row, "【"); guarded {
		field, after, closed := strings.Cut(rest, "】")
		if !closed {
			return l, "", &TemplateError{Line: at, Text: "“【”没有配对的“】”"}
		}
		if kind.shapeOf(field) == 0 {
			return l, "", unknownField(at, field)
		}
		l.when, row = field, strings.TrimSpace(after)
	}
	word, body, found := strings.Cut(row, "：")
	role, known := roles[word]
	if !found || !known {
		return l, "", &TemplateError{Line: at, Text: "每行须以“角色：”开头，如“正文：”"}
	}
	if l.when != "" && slices.Contains(once, word) {
		return l, "", &TemplateError{Line: at, Text: "“" + word + "”不得附条件"}
	}
	l.role = role
	if err := l.parseBody(kind, strings.TrimSpace(body)); err != nil {
		return l, "", err
	}
	return l, word, l.checkRole()
}

func unknownField(at int, field string) error {
	shown := []rune(field)
	if len(shown) > 30 {
		shown = append(shown[:30], '…')
	}
	return &TemplateError{Line: at, Field: field, Text: "不认识的字段“" + string(shown) + "”"}
}

func (l *line) parseBody(kind Kind, body string) error {
	for body != "" {
		before, rest, open := strings.Cut(body, "{{")
		if strings.Contains(before, "}}") {
			return &TemplateError{Line: l.at, Text: "“}}”没有配对的“{{”"}
		}
		if before != "" {
			l.pieces = append(l.pieces, piece{literal: before})
		}
		if !open {
			return nil
		}
		field, after, closed := strings.Cut(rest, "}}")
		if !closed || strings.Contains(field, "{{") {
			return &TemplateError{Line: l.at, Text: "“{{”没有配对的“}}”"}
		}
		field = strings.TrimSpace(field)
		switch s := kind.shapeOf(field); s {
		case 0:
			return unknownField(l.at, field)
		case list, table:
			if l.lists != "" {
				return &TemplateError{Line: l.at, Field: field, Text: "一行只能有一个列表或者表格"}
			}
			l.lists, l.columns = field, s
		case text:
		}
		l.pieces = append(l.pieces, piece{field: field})
		body = after
	}
	if len(l.pieces) == 0 {
		return &TemplateError{Line: l.at, Text: "这一行没有内容"}
	}
	return nil
}

// checkRole refuses lists and tables where they cannot stand.
func (l *line) checkRole() error {
	switch {
	case l.role == Table && (l.columns != table || len(l.pieces) != 1):
		return &TemplateError{Line: l.at, Text: "“表格”须是一个表格字段"}
	case l.role != Table && l.columns == table:
		return &TemplateError{Line: l.at, Field: l.lists, Text: "表格字段“" + l.lists + "”只能用在“表格”里"}
	case (l.role == Item || l.role == Quotation) && l.columns != list:
		return &TemplateError{Line: l.at, Text: "“列表”和“引用”须有一个列表字段"}
	case l.columns == list && l.role != Item && l.role != Quotation && l.role != Signature:
		return &TemplateError{Line: l.at, Field: l.lists, Text: "列表字段“" + l.lists + "”只能用在“列表”“引用”“落款”里"}
	}
	return nil
}
