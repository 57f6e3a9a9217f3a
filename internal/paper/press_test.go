package paper

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"datagov/domain/paper"
)

func TestEveryKindIsSetAsPDF(t *testing.T) {
	t.Parallel()
	f := readFace(t)
	for name, d := range documents(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			again := d
			content, missing, err := d.pdf(f)
			if err != nil || missing != 0 {
				t.Fatalf("%v, %d characters missing", err, missing)
			}
			leave(t, name+".pdf", content)
			if !bytes.HasPrefix(content, []byte("%PDF-")) || !bytes.Contains(content[len(content)-32:], []byte("%%EOF")) {
				t.Error("no whole PDF")
			}
			if !bytes.Contains(content, []byte("/FontFile2")) {
				t.Error("the type is not inside")
			}
			pages := len(regexp.MustCompile(`/Type /Page\b`).FindAll(content, -1))
			if long := strings.Contains(name, "-long") || strings.Contains(name, "-wordy"); (pages > 1) != (long || strings.HasPrefix(name, "answer") || name == "refusal-1") {
				t.Errorf("%d pages", pages)
			}
			if same, _, err := again.pdf(f); err != nil || !bytes.Equal(same, content) {
				t.Errorf("set again it has other bytes: %v", err)
			}
		})
	}
}

func TestEveryKindIsSetAsDOCX(t *testing.T) {
	t.Parallel()
	for name, d := range documents(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			content, err := d.docx()
			if err != nil {
				t.Fatal(err)
			}
			leave(t, name+".docx", content)
			if same, err := d.docx(); err != nil || !bytes.Equal(same, content) {
				t.Errorf("set again it has other bytes: %v", err)
			}
			parts := unpack(t, content)
			body := parts["word/document.xml"]
			for _, want := range []string{d.number, d.seal, "仿宋_GB2312", `w:top="2098"`, "方正小标宋简体"} {
				if !strings.Contains(body, escaped(want)) && !strings.Contains(body, want) {
					t.Errorf("the sheet lacks %q", want)
				}
			}
			if !strings.Contains(parts["word/footer1.xml"], d.code) {
				t.Error("the foot lacks the verification code")
			}
		})
	}
}

// unpack reads every part of a DOCX as XML.
func unpack(t *testing.T, content []byte) map[string]string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(b)
		for d := xml.NewDecoder(bytes.NewReader(b)); ; {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
		}
	}
	return parts
}

// What people typed is text on the sheet, whatever it looks like.
func TestTypedWordsNeverBecomeMarkup(t *testing.T) {
	t.Parallel()
	d := documents(t)["supplement-1"]
	d.blocks = append(slices.Clone(d.blocks), paper.Block{Role: paper.Paragraph, Text: `</w:t></w:r><w:p>&<>"'` + "\x01\u202e]]>"})
	content, err := d.docx()
	if err != nil {
		t.Fatal(err)
	}
	if body := unpack(t, content)["word/document.xml"]; !strings.Contains(body, "&lt;/w:t&gt;") {
		t.Error("markup is not escaped")
	}
}

// A character that the type lacks is marked, counted and noted on the sheet.
func TestACharacterWithoutGlyphIsNoticed(t *testing.T) {
	t.Parallel()
	f := readFace(t)
	d := documents(t)["supplement-1"]
	d.blocks = append(slices.Clone(d.blocks),
		paper.Block{Role: paper.Paragraph, Text: "𪚥😀"}, paper.Block{Role: paper.Table, Rows: [][]string{{"甲"}, {"\U000E0001"}}})
	if _, missing, err := d.pdf(f); err != nil || missing < 2 {
		t.Errorf("%d missing, %v", missing, err)
	}
	if missing := d.substitute(f); missing < 2 {
		t.Errorf("%d missing", missing)
	}
	last := d.blocks[len(d.blocks)-1]
	if last.Role != paper.Note || !strings.Contains(last.Text, "字库未收录") {
		t.Errorf("the sheet says nothing: %+v", last)
	}
	if text := textOf(d.blocks[len(d.blocks)-3:], paper.Paragraph); !strings.Contains(text, "〓") {
		t.Errorf("nothing stands for the character: %q", text)
	}
}

func TestABrokenTypeIsAnError(t *testing.T) {
	t.Parallel()
	for _, content := range [][]byte{[]byte("no type"), bytes.Repeat([]byte{0, 1, 0, 0, 0, 9}, 40), trueType(t)[:9000]} {
		if _, err := newFace(content); err == nil {
			t.Error("a broken type is taken")
		}
	}
}

// 避头尾: no mark that closes begins a line, none that opens ends one.
func TestNoLineBeginsOrEndsWithTheWrongMark(t *testing.T) {
	t.Parallel()
	even := func(text string) float64 { return float64(len([]rune(text))) }
	text := strings.Repeat("根据《办法》（试行）第二十六条，“同意”；如下：甲、乙。——另见……", 20)
	for width := 4.0; width < 40; width++ {
		got := ""
		for i, l := range breakLines(text, width, 2, even) {
			got += l.text
			if edge(l.text, notFirst) && i > 0 || endsWith(l.text, notLast) {
				t.Errorf("at width %v line %d is %q", width, i, l.text)
			}
			if l.width > width {
				t.Errorf("at width %v line %d is %v wide", width, i, l.width)
			}
		}
		if got != text {
			t.Errorf("at width %v words were lost", width)
		}
	}
}

// FuzzBreakLines: no text is lost, and lines end.
func FuzzBreakLines(f *testing.F) {
	f.Add("根据《办法》，现答复如下：", 10.0)
	f.Add("，，，，，，，，", 3.0)
	f.Add("（（（（（（", 2.0)
	f.Add("https://example.invalid/aaaaaaaaaaaaaaaaaaaa 中文 English words", 8.0)
	even := func(text string) float64 { return float64(len([]rune(text))) }
	f.Fuzz(func(t *testing.T, text string, width float64) {
		if width < 3 || width > 100 || len(text) > 2000 || !isText(text) {
			return
		}
		got := ""
		for _, l := range breakLines(text, width, 0, even) {
			got += l.text
			if l.width > width+1e-3 {
				t.Errorf("at width %v %q is %v wide", width, l.text, l.width)
			}
		}
		if squeeze(got) != squeeze(text) {
			t.Errorf("%q became %q", text, got)
		}
	})
}

func squeeze(text string) string { return strings.ReplaceAll(text, " ", "") }

func isText(text string) bool { return strings.ToValidUTF8(text, "") == text }

// BenchmarkPDF sets one answer with its type inside.
func BenchmarkPDF(b *testing.B) {
	f := readFace(b)
	d := documents(b)["answer-1"]
	for b.Loop() {
		again := d
		if _, _, err := again.pdf(f); err != nil {
			b.Fatal(err)
		}
	}
}
