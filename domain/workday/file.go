package workday

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// File is one year of the calendar as a file gives it, examined.
type File struct {
	Year int
	// Papers are the addresses of the notices the file follows.
	Papers []string
	// Days are the days that differ from Monday to Friday, or confirm it, in order.
	Days []Mark
	// Warnings are sentences for whoever imports: what looks wrong and does not stop it.
	Warnings []string
}

// The formats of a calendar file.
const (
	JSON = "json" // the yearly file of holiday-cn
	CSV  = "csv"
)

// Limits of a calendar file.
const (
	limitFile  = 1 << 20
	limitDays  = 400
	limitName  = 50
	limitPaper = 500
	firstYear  = 2000
	lastYear   = 2100
)

// ParseFile reads a calendar file strictly: a day that is doubled, malformed or
// of another year is refused, and so is a column nobody knows.
func ParseFile(format string, text []byte) (File, error) {
	switch {
	case len(text) > limitFile:
		return File{}, bad("日历文件不得超过 1 MB")
	case !utf8.Valid(text):
		return File{}, bad("日历文件须为 UTF-8 编码")
	}
	var f File
	var err error
	switch format {
	case JSON:
		f, err = parseJSON(text)
	case CSV:
		f, err = parseCSV(text)
	default:
		return File{}, bad("日历文件的格式须为 json 或者 csv")
	}
	if err != nil {
		return File{}, err
	}
	return f.examined()
}

// FileError says what is wrong with a file, in a sentence for whoever gave it.
type FileError string

// Error gives the sentence.
func (e FileError) Error() string { return string(e) }

func bad(format string, args ...any) error { return FileError(fmt.Sprintf(format, args...)) }

// Status says how far the year can be trusted when the importer names the
// source: only a named notice makes it official.
func (f File) Status(source string) Status {
	if len(f.Papers) > 0 || strings.Contains(source, "通知") {
		return Official
	}
	return Provisional
}

// examined checks the days one by one and against the statutory minimum.
func (f File) examined() (File, error) {
	if f.Year < firstYear || f.Year > lastYear {
		return File{}, bad("年份须在 %d 至 %d 之间", firstYear, lastYear)
	}
	if len(f.Days) == 0 {
		return File{}, bad("文件里没有任何日子：该年的通知尚未发布，不能导入")
	}
	if len(f.Days) > limitDays || len(f.Papers) > 20 {
		return File{}, bad("文件的日子或者通知过多")
	}
	for _, p := range f.Papers {
		if !short(p, limitPaper) {
			return File{}, bad("通知的地址有误")
		}
	}
	days := make([]Mark, 0, len(f.Days))
	seen := map[Day]bool{}
	for i, m := range f.Days {
		m.Name = strings.TrimSpace(m.Name)
		keep, err := f.examine(i, m, seen)
		if err != nil {
			return File{}, err
		}
		if keep {
			days = append(days, m)
		}
	}
	slices.SortFunc(days, func(a, b Mark) int { return strings.Compare(string(a.Day), string(b.Day)) })
	if len(days) == 0 {
		return File{}, bad("文件里没有 %d 年的任何日子", f.Year)
	}
	f.Days, f.Warnings = days, append(redundant(f, days), minimum(f.Year, days)...)
	return f, nil
}

// examine refuses a wrong day. A day of another year is let go by when it only
// says what the weekday says already: the notice for 2023 names Saturday,
// 2022-12-31. Otherwise it belongs into that year's own file.
func (f File) examine(i int, m Mark, seen map[Day]bool) (bool, error) {
	if _, err := ParseDay(string(m.Day)); err != nil {
		return false, bad("第 %d 个日期有误：须写作 YYYY-MM-DD", i+1)
	}
	if !short(m.Name, limitName) {
		return false, bad("%s 的名称须为 1 至 %d 字", m.Day, limitName)
	}
	if seen[m.Day] {
		return false, bad("%s 出现了两次", m.Day)
	}
	seen[m.Day] = true
	if m.Day.Year() == f.Year {
		return m.Off || m.Day.Weekend(), nil
	}
	if m.Off == m.Day.Weekend() {
		return false, nil
	}
	return false, bad("%s 不在 %d 年：请放进该日所在年份的文件", m.Day, f.Year)
}

// redundant names the days of the file that are not taken over.
func redundant(f File, kept []Mark) []string {
	var warnings []string
	for _, m := range f.Days {
		if slices.ContainsFunc(kept, func(k Mark) bool { return k.Day == m.Day }) {
			continue
		}
		why := "本来就是工作日，没有记入"
		if m.Day.Year() != f.Year {
			why = "属于另一年且与星期一致，没有记入"
		}
		warnings = append(warnings, fmt.Sprintf("%s（%s）%s", m.Day, m.Name, why))
	}
	return warnings
}

// short says whether a text has words, not too many, and nothing invisible.
func short(text string, limit int) bool {
	return strings.TrimSpace(text) != "" && utf8.RuneCountInString(text) <= limit &&
		!strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) })
}

// holiday is a statutory holiday of all citizens: how many days the law gives,
// and which days of the year they are where the law fixes them.
type holiday struct {
	name  string
	days  int
	fixed []string
}

// statutory lists the holidays of 全国年节及纪念日放假办法 as amended with effect
// from 2025-01-01; before, the Spring Festival had three days and Labor Day one.
func statutory(year int) []holiday {
	spring, labor := holiday{"春节", 4, nil}, holiday{"劳动", 2, []string{"05-01", "05-02"}}
	if year < 2025 {
		spring.days, labor = 3, holiday{"劳动", 1, []string{"05-01"}}
	}
	return []holiday{
		{"元旦", 1, []string{"01-01"}},
		spring,
		{"清明", 1, nil},
		labor,
		{"端午", 1, nil},
		{"中秋", 1, nil},
		{"国庆", 3, []string{"10-01", "10-02", "10-03"}},
	}
}

// minimum warns of statutory holidays that the days do not give, and of a sum
// that falls short: a holiday on a weekend is made up for on a working day.
func minimum(year int, days []Mark) []string {
	var warnings []string
	won, owed := 0, 0
	for _, m := range days {
		switch {
		case m.Off && !m.Day.Weekend():
			won++
		case !m.Off && m.Day.Weekend():
			won--
		}
	}
	for _, h := range statutory(year) {
		owed += h.days
		warnings = append(warnings, h.lacking(year, days)...)
	}
	if won < owed {
		warnings = append(warnings, fmt.Sprintf("休息的工作日减去调休上班日为 %d 天，少于法定节日的 %d 天，文件可能缺少日子", won, owed))
	}
	return warnings
}

// lacking names what of the holiday the days do not give.
func (h holiday) lacking(year int, days []Mark) []string {
	var warnings []string
	off, named := map[Day]bool{}, 0
	for _, m := range days {
		off[m.Day] = m.Off
		if m.Off && strings.Contains(m.Name, h.name) {
			named++
		}
	}
	for _, d := range h.fixed {
		if day := Day(fmt.Sprintf("%d-%s", year, d)); !off[day] {
			warnings = append(warnings, fmt.Sprintf("法定节日 %s（%s）没有列为休息日", day, h.name))
		}
	}
	if len(h.fixed) == 0 && named < h.days {
		warnings = append(warnings, fmt.Sprintf("名称含“%s”的休息日只有 %d 天，少于法定的 %d 天", h.name, named, h.days))
	}
	return warnings
}
