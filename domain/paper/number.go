package paper

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"datagov/domain/workday"
)

// Rule gives the words of a number (文号): the office's and the kind's. Both are
// data of the district; {区} in the office's word stands for the first character
// of the district's name.
type Rule struct {
	OfficeWord, KindWord string
}

// Series is what comes before the running number, such as 示数共补〔2026〕. Each
// series has its own running number; the year is that of Asia/Shanghai.
func (r Rule) Series(district string, at time.Time) (string, error) {
	first := ""
	for _, c := range district {
		first = string(c)
		break
	}
	words := strings.ReplaceAll(r.OfficeWord, "{区}", first) + r.KindWord
	if r.OfficeWord == "" || r.KindWord == "" || strings.ContainsAny(words, "{}〔〕 \n\t") {
		return "", errors.New("number of a paper: the rule has no usable words")
	}
	return fmt.Sprintf("%s〔%d〕", words, workday.DayOf(at).Year()), nil
}

// Number is the whole number, such as 示数共补〔2026〕1号.
func Number(series string, n int64) string { return fmt.Sprintf("%s%d号", series, n) }

// alphabet is Crockford's base 32: no letter that could be read as another.
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// codeLength is the length of a verification code; 60 bits cannot be guessed.
const codeLength = 12

// Code writes random bytes as a verification code.
func Code(random [codeLength]byte) string {
	var b strings.Builder
	for _, r := range random {
		b.WriteByte(alphabet[r&31])
	}
	return b.String()
}

// ReadCode gives the code as it is stored from what somebody typed; false when
// it can be none.
func ReadCode(typed string) (string, bool) {
	if len(typed) > 40 {
		return "", false
	}
	code := strings.NewReplacer("-", "", " ", "", "O", "0", "I", "1", "L", "1").Replace(strings.ToUpper(typed))
	if len(code) != codeLength || strings.Trim(code, alphabet) != "" {
		return "", false
	}
	return code, true
}

// ShowCode writes a code in groups of four, as papers show it.
func ShowCode(code string) string {
	if len(code) != codeLength {
		return code
	}
	return code[:4] + "-" + code[4:8] + "-" + code[8:]
}

// DayWords writes a day as papers do: 2026年12月8日.
func DayWords(d workday.Day) string {
	t := d.Start()
	if t.IsZero() {
		return ""
	}
	return fmt.Sprintf("%d年%d月%d日", t.Year(), int(t.Month()), t.Day())
}
