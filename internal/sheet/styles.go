package sheet

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// The fonts of 党政机关公文格式 for a title and its text; a machine without them
// shows its own.
const (
	titleFont = "方正小标宋简体"
	textFont  = "仿宋_GB2312"
)

func newStyles(f *excelize.File) (styles, error) {
	thin := []excelize.Border{}
	for _, side := range []string{"left", "right", "top", "bottom"} {
		thin = append(thin, excelize.Border{Type: side, Color: "808080", Style: 1})
	}
	middle := func(horizontal string) *excelize.Alignment {
		return &excelize.Alignment{Horizontal: horizontal, Vertical: "center", WrapText: true}
	}
	instant, day := "yyyy-mm-dd hh:mm", "yyyy-mm-dd"
	text := &excelize.Font{Family: textFont, Size: 11}
	var s styles
	for _, want := range []struct {
		into  *int
		style excelize.Style
	}{
		{&s.title, excelize.Style{Font: &excelize.Font{Family: titleFont, Size: 16}, Alignment: middle("center")}},
		{&s.note, excelize.Style{Font: &excelize.Font{Family: textFont, Size: 10, Color: "595959"}, Alignment: middle("left")}},
		{&s.head, excelize.Style{
			Font: &excelize.Font{Family: "黑体", Size: 11, Bold: true}, Alignment: middle("center"), Border: thin,
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E7E6E6"}},
		}},
		{&s.text, excelize.Style{Font: text, Alignment: middle("left"), Border: thin, NumFmt: 49}}, // 49 is text
		{&s.number, excelize.Style{Font: text, Alignment: middle("right"), Border: thin}},
		{&s.instant, excelize.Style{Font: text, Alignment: middle("center"), Border: thin, CustomNumFmt: &instant}},
		{&s.day, excelize.Style{Font: text, Alignment: middle("center"), Border: thin, CustomNumFmt: &day}},
	} {
		id, err := f.NewStyle(&want.style)
		if err != nil {
			return styles{}, fmt.Errorf("make style: %w", err)
		}
		*want.into = id
	}
	return s, nil
}
