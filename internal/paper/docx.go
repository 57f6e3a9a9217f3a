package paper

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"time"

	"datagov/domain/paper"
)

// Sizes of DOCX are in half points and twentieths of a point.
const (
	docxBody  = 32
	docxTitle = 44
	docxCell  = 24
	docxNote  = 28
	docxFoot  = 18
)

// The types an office has on its machines; a machine without one takes another.
const (
	song     = "方正小标宋简体"
	fangSong = "仿宋_GB2312"
	hei      = "黑体"
)

// packed is the time every part of the archive carries: the same paper gives
// the same bytes.
var packed = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)

// docx writes the document as WordprocessingML.
func (d document) docx() ([]byte, error) {
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, part := range []struct{ name, content string }{
		{"[Content_Types].xml", contentTypes},
		{"_rels/.rels", packageRelations},
		{"docProps/core.xml", d.properties()},
		{"word/_rels/document.xml.rels", documentRelations},
		{"word/styles.xml", docxStyles},
		{"word/footer1.xml", d.docxFooter()},
		{"word/document.xml", d.body()},
	} {
		w, err := archive.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Deflate, Modified: packed})
		if err != nil {
			return nil, fmt.Errorf("write %s: %w", part.name, err)
		}
		if _, err := w.Write([]byte(xml.Header + part.content)); err != nil {
			return nil, fmt.Errorf("write %s: %w", part.name, err)
		}
	}
	if err := archive.Close(); err != nil {
		return nil, fmt.Errorf("close DOCX: %w", err)
	}
	return out.Bytes(), nil
}

// look is how a paragraph of DOCX looks.
type look struct {
	font   string
	size   int    // half points
	align  string // both, center, right, left
	color  string
	indent int // first line, in hundredths of a character
	inset  int // right, in hundredths of a character
	line   int // twentieths of a point
	after  int
	rule   bool // a double red line below
	keep   bool // with the next paragraph
}

// paragraphXML writes one paragraph. Text is escaped; line breaks become breaks.
func paragraphXML(text string, l look) string {
	var b strings.Builder
	b.WriteString("<w:p><w:pPr>")
	if l.keep {
		b.WriteString("<w:keepNext/>")
	}
	if l.rule {
		b.WriteString(`<w:pBdr><w:bottom w:val="thickThinSmallGap" w:sz="24" w:space="6" w:color="C81010"/></w:pBdr>`)
	}
	fmt.Fprintf(&b, `<w:kinsoku w:val="1"/><w:spacing w:before="0" w:after="%d" w:line="%d" w:lineRule="exact"/>`, l.after, l.line)
	if l.indent > 0 || l.inset > 0 {
		fmt.Fprintf(&b, `<w:ind w:firstLineChars="%d" w:firstLine="%d" w:rightChars="%d" w:right="%d"/>`,
			l.indent, l.indent*l.size/10, l.inset, l.inset*l.size/10)
	}
	fmt.Fprintf(&b, `<w:jc w:val="%s"/></w:pPr>`, l.align)
	for i, part := range strings.Split(text, "\n") {
		if i > 0 {
			b.WriteString("<w:r><w:br/></w:r>")
		}
		b.WriteString(run(part, l))
	}
	b.WriteString("</w:p>")
	return b.String()
}

func run(text string, l look) string {
	color := ""
	if l.color != "" {
		color = `<w:color w:val="` + l.color + `"/>`
	}
	return fmt.Sprintf(`<w:r><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="%[1]s" w:hint="eastAsia"/>%[2]s`+
		`<w:sz w:val="%[3]d"/><w:szCs w:val="%[3]d"/></w:rPr><w:t xml:space="preserve">%[4]s</w:t></w:r>`, l.font, color, l.size, escaped(text))
}

// escaped makes any text safe inside XML; what XML cannot hold becomes U+FFFD.
func escaped(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a builder never fails
	return b.String()
}

func (d document) body() string {
	var b strings.Builder
	b.WriteString(`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"` +
		` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>`)
	for i, block := range d.blocks {
		var next paper.Role
		if i+1 < len(d.blocks) {
			next = d.blocks[i+1].Role
		}
		b.WriteString(d.blockXML(block, next))
	}
	b.WriteString(`<w:sectPr><w:footerReference w:type="default" r:id="rId2"/><w:pgSz w:w="11906" w:h="16838"/>` +
		`<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="1200" w:gutter="0"/></w:sectPr></w:body></w:document>`)
	return b.String()
}

// blockXML writes a block. The last words stay on the page of the signature, and
// the signature on that of the notes.
func (d document) blockXML(block paper.Block, next paper.Role) string {
	text := look{font: fangSong, size: docxBody, align: "both", line: 560}
	with := func(change func(*look)) look {
		changed := text
		change(&changed)
		return changed
	}
	switch block.Role {
	case paper.Head:
		size := min(68, max(44, 884/max(1, len([]rune(block.Text)))))
		return paragraphXML(block.Text, look{font: song, size: size, align: "center", color: "C81010", line: size * 14, after: 120, rule: true})
	case paper.DocumentNumber:
		return paragraphXML(block.Text, with(func(l *look) { l.align, l.after = "right", 340 }))
	case paper.Title:
		return paragraphXML(block.Text, look{font: song, size: docxTitle, align: "center", line: 680, after: 280})
	case paper.Addressee:
		return paragraphXML(block.Text+"：", text)
	case paper.Heading:
		return paragraphXML(block.Text, with(func(l *look) { l.font, l.indent, l.keep = hei, 200, true }))
	case paper.Paragraph, paper.Item, paper.Quotation:
		return paragraphXML(block.Text, with(func(l *look) { l.indent, l.keep = 200, next == paper.Signature }))
	case paper.Table:
		return tableXML(block.Rows)
	case paper.Signature:
		return d.signatureXML(block.Rows, next == paper.Note)
	case paper.Note:
		return paragraphXML("（"+block.Text+"）", with(func(l *look) { l.size, l.indent = docxNote, 200 }))
	}
	return ""
}

func (d document) signatureXML(rows [][]string, noted bool) string {
	l := look{font: fangSong, size: docxBody, align: "right", inset: 200, line: 560, keep: true}
	b := paragraphXML("", look{font: fangSong, size: docxBody, align: "right", line: 360, keep: true})
	for _, row := range rows {
		b += paragraphXML(row[0], l)
	}
	l.size, l.line, l.keep = docxNote, 480, noted
	return b + paragraphXML(d.seal, l)
}

// tableXML writes a table whose head comes again on every page.
func tableXML(rows [][]string) string {
	const width = 8844 // of the text, in twentieths of a point
	var b strings.Builder
	b.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:jc w:val="center"/><w:tblBorders>`)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		b.WriteString(`<w:` + side + ` w:val="single" w:sz="4" w:space="0" w:color="000000"/>`)
	}
	b.WriteString(`</w:tblBorders></w:tblPr><w:tblGrid>`)
	widths := docxColumns(rows, width)
	for _, w := range widths {
		fmt.Fprintf(&b, `<w:gridCol w:w="%d"/>`, w)
	}
	b.WriteString(`</w:tblGrid>`)
	for i, row := range rows {
		b.WriteString(`<w:tr><w:trPr>`)
		align := "left"
		if i == 0 {
			b.WriteString(`<w:tblHeader/>`)
			align = "center"
		}
		b.WriteString(`</w:trPr>`)
		for n, cell := range row {
			fmt.Fprintf(&b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>%s</w:tc>`, widths[n],
				paragraphXML(cell, look{font: fangSong, size: docxCell, align: align, line: 360}))
		}
		b.WriteString(`</w:tr>`)
	}
	b.WriteString(`</w:tbl>`)
	return b.String() + paragraphXML("", look{font: fangSong, size: docxCell, align: "left", line: 200})
}

// docxColumns shares the width by the longest cell of each column.
func docxColumns(rows [][]string, width int) []int {
	longest, total := make([]int, len(rows[0])), 0
	for i := range longest {
		for _, row := range rows {
			longest[i] = max(longest[i], min(len([]rune(row[i]))+2, 24))
		}
		total += longest[i]
	}
	for i := range longest {
		longest[i] = width * longest[i] / total
	}
	return longest
}

func (d document) docxFooter() string {
	l := look{font: fangSong, size: docxFoot, align: "center", line: 280}
	page := `<w:r><w:rPr><w:sz w:val="28"/></w:rPr><w:t xml:space="preserve">— </w:t></w:r>` +
		`<w:r><w:rPr><w:sz w:val="28"/></w:rPr><w:fldChar w:fldCharType="begin"/></w:r>` +
		`<w:r><w:rPr><w:sz w:val="28"/></w:rPr><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>` +
		`<w:r><w:rPr><w:sz w:val="28"/></w:rPr><w:fldChar w:fldCharType="end"/></w:r>` +
		`<w:r><w:rPr><w:sz w:val="28"/></w:rPr><w:t xml:space="preserve"> —</w:t></w:r>`
	return `<w:ftr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:pPr><w:jc w:val="center"/></w:pPr>` + page + `</w:p>` +
		paragraphXML(d.footer(), l) + `</w:ftr>`
}

func (d document) properties() string {
	at := d.at.Format("2006-01-02T15:04:05Z")
	return `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"` +
		` xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
		`<dc:title>` + escaped(d.title+" "+d.number) + `</dc:title><dc:creator>` + escaped(d.issuer) + `</dc:creator>` +
		`<dcterms:created xsi:type="dcterms:W3CDTF">` + at + `</dcterms:created></cp:coreProperties>`
}
