package paper_test

import (
	"strings"
	"testing"
	"time"

	"datagov/domain/paper"
	"datagov/domain/workday"
)

func TestANumberHasOfficeKindYearAndNumber(t *testing.T) {
	t.Parallel()
	rule := paper.Rule{OfficeWord: "{区}数", KindWord: "共补"}
	for _, tt := range []struct {
		at   time.Time
		want string
	}{
		{time.Date(2026, 12, 31, 15, 59, 59, 0, time.UTC), "示数共补〔2026〕1号"},
		{time.Date(2026, 12, 31, 16, 0, 0, 0, time.UTC), "示数共补〔2027〕1号"}, // New Year begins in Shanghai
	} {
		series, err := rule.Series("示例区", tt.at)
		if got := paper.Number(series, 1); err != nil || got != tt.want {
			t.Errorf("%s, %v, want %s", got, err, tt.want)
		}
	}
	for _, bad := range []paper.Rule{{}, {OfficeWord: "示数"}, {OfficeWord: "示 数", KindWord: "共"}, {OfficeWord: "{市}数", KindWord: "共"}, {OfficeWord: "示〔", KindWord: "共"}} {
		if series, err := bad.Series("示例区", now); err == nil {
			t.Errorf("%+v gives %s", bad, series)
		}
	}
}

func TestACodeIsReadHoweverItIsTyped(t *testing.T) {
	t.Parallel()
	code := paper.Code([12]byte{0, 1, 31, 32, 255, 17, 18, 19, 20, 21, 22, 23})
	if len(code) != 12 || paper.ShowCode(code) != code[:4]+"-"+code[4:8]+"-"+code[8:] {
		t.Fatalf("code %s", code)
	}
	for _, typed := range []string{code, paper.ShowCode(code), strings.ToLower(code), " " + code + " ", strings.ReplaceAll(code, "0", "o"), strings.ReplaceAll(code, "1", "l")} {
		if got, ok := paper.ReadCode(typed); !ok || got != code {
			t.Errorf("%q is read as %q, %v", typed, got, ok)
		}
	}
	for _, typed := range []string{"", "7K3M", code + "0", strings.Repeat("0", 400), "7K3M9QXV2TB!", "７Ｋ３Ｍ"} {
		if got, ok := paper.ReadCode(typed); ok {
			t.Errorf("%q is read as %q", typed, got)
		}
	}
}

func TestDaysAreWrittenAsPapersDo(t *testing.T) {
	t.Parallel()
	for day, want := range map[workday.Day]string{"2026-12-08": "2026年12月8日", "": "", "2026-13-01": ""} {
		if got := paper.DayWords(day); got != want {
			t.Errorf("%s is %q", day, got)
		}
	}
}
