package paper

import (
	"fmt"
	"strings"

	"github.com/signintech/gopdf"
)

// family is the name under which the type is known inside a PDF.
const family = "paper"

// face is the type that papers are set in, read once.
type face struct {
	glyphs    *gopdf.SubsetFontObj // only asked, never written to
	container gopdf.FontContainer
	instead   rune // stands for what the type lacks
}

func newFace(trueType []byte) (f *face, err error) {
	defer func() { // the parser of broken types is not ours
		if r := recover(); r != nil {
			f, err = nil, fmt.Errorf("read type: %v", r)
		}
	}()
	f = &face{glyphs: &gopdf.SubsetFontObj{}}
	f.glyphs.SetTtfFontOption(gopdf.TtfOption{})
	if err := f.glyphs.SetTTFData(trueType); err != nil {
		return nil, fmt.Errorf("read type: %w", err)
	}
	if err := f.container.AddTTFFontData(family, trueType); err != nil {
		return nil, fmt.Errorf("read type: %w", err)
	}
	for _, r := range "〓□?" {
		if f.instead = r; f.has(r) {
			return f, nil
		}
	}
	return nil, fmt.Errorf("read type: it has none of the characters that papers need")
}

// has says whether the type has a glyph of its own for the character.
func (f *face) has(r rune) bool {
	glyph, err := f.glyphs.CharCodeToGlyphIndex(r)
	return err == nil && glyph != 0
}

// width is the width of a character in ems.
func (f *face) width(r rune) float64 {
	glyph, err := f.glyphs.CharCodeToGlyphIndex(r)
	if err != nil {
		return 1
	}
	return float64(f.glyphs.GlyphIndexToPdfWidth(glyph)) / 1000
}

// measure is the width of a text in ems.
func (f *face) measure(text string) float64 {
	w := 0.0
	for _, r := range text {
		w += f.width(r)
	}
	return w
}

// shown puts a visible mark in the place of every character the type lacks and
// counts them. Line breaks and tabs are no characters.
func (f *face) shown(text string) (string, int) {
	missing := 0
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t' || r == '\r':
			return ' '
		case f.has(r):
			return r
		}
		missing++
		return f.instead
	}, text)
	return text, missing
}
