package law_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"datagov/domain/law"
	"datagov/domain/workday"
)

// decided is the day of the decision in these tests.
const decided workday.Day = "2026-11-23"

// statute is a claim that is a ground; tests spoil one part of it.
func statute() law.Claim {
	return law.Claim{
		Level: "法律", Title: "中华人民共和国统计法", Article: "第二十八条",
		Quote: "统计机构和统计人员对在统计工作中知悉的商业秘密、个人信息应当予以保密。", InForceOn: "1984-01-01",
	}
}

func known() []law.Edition {
	return []law.Edition{
		{Title: "统计法", Level: "法律", Since: "1984-01-01"},
		{Title: "合同法", Level: "法律", Since: "1999-10-01", Until: "2020-12-31"},
		{Title: "上海市数据条例", Level: "地方性法规", Since: "2022-01-01"},
		{Title: "宝山区公共数据管理办法", Level: "规范性文件", Since: "2023-10-01"},
	}
}

// Article 25: only 法律、法规、规章 carry a refusal, with 国务院决定 by TL 14.
func TestEveryRankOfLawIsAGround(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		level law.Level
		below bool // TL 14, 15 would not accept it for 不予共享
	}{
		{law.Statute, false},
		{law.AdministrativeRegulation, false},
		{law.StateCouncilDecision, false},
		{law.LocalRegulation, true},
		{law.DepartmentalRule, true},
		{law.LocalGovernmentRule, true},
	} {
		t.Run(string(tt.level), func(t *testing.T) {
			t.Parallel()
			c := statute()
			c.Level, c.Title = string(tt.level), "某某规定"
			g, err := law.NewGround(c, decided, known())
			if err != nil {
				t.Fatal(err)
			}
			if g.IsZero() || g.Level() != tt.level || g.Claim() != c {
				t.Errorf("ground = %+v", g)
			}
			if g.BelowNotSharedRank() != tt.below {
				t.Errorf("below the rank of 不予共享 = %v, want %v", !tt.below, tt.below)
			}
		})
	}
	if len(law.Levels()) != 6 {
		t.Errorf("%d ranks count, want 6", len(law.Levels()))
	}
}

// Article 25: what is no law, is not complete or does not apply is no ground.
func TestWhatIsNoLawIsNoGround(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		spoil func(c *law.Claim)
		field string
	}{
		{"规范性文件 do not count", func(c *law.Claim) { c.Level = "规范性文件" }, "level"},
		{"内部规定 do not count", func(c *law.Claim) { c.Level = "内部规定" }, "level"},
		{"no rank", func(c *law.Claim) { c.Level = "" }, "level"},
		{"a rank in other words", func(c *law.Claim) { c.Level = "statute" }, "level"},
		{"a circular that says it is a law", func(c *law.Claim) { c.Title = "关于加强数据管理的通知" }, "title"},
		{"a circular in brackets", func(c *law.Claim) { c.Title = "《关于加强数据管理的意见》" }, "title"},
		{"minutes", func(c *law.Claim) { c.Title = "区政府专题会议纪要》" }, "title"},
		{"a plan", func(c *law.Claim) { c.Title = "数据共享工作方案 " }, "title"},
		{"a guideline", func(c *law.Claim) { c.Title = "数据分级指南）" }, "title"},
		{"the measure itself, which is a 规范性文件", func(c *law.Claim) { c.Level, c.Title = "地方政府规章", "宝山区公共数据管理办法" }, "level"},
		{"a known text under a wrong rank", func(c *law.Claim) { c.Level = "行政法规" }, "level"},
		{"a local regulation raised to a law", func(c *law.Claim) { c.Title = "上海市数据条例" }, "level"},
		{"a repealed text", func(c *law.Claim) { c.Title, c.InForceOn = "《中华人民共和国合同法》", "1999-10-01" }, "title"},
		{"not yet in force", func(c *law.Claim) { c.InForceOn = "2026-11-24" }, "inForceOn"},
		{"no day", func(c *law.Claim) { c.InForceOn = "" }, "inForceOn"},
		{"no such day", func(c *law.Claim) { c.InForceOn = "2026-02-30" }, "inForceOn"},
		{"a day written otherwise", func(c *law.Claim) { c.InForceOn = "1984/1/1" }, "inForceOn"},
		{"no title", func(c *law.Claim) { c.Title = " 　" }, "title"},
		{"no article", func(c *law.Claim) { c.Article = "" }, "article"},
		{"no words", func(c *law.Claim) { c.Quote = "\n" }, "quote"},
		{"a title without end", func(c *law.Claim) { c.Title = strings.Repeat("法", 201) }, "title"},
		{"an article without end", func(c *law.Claim) { c.Article = strings.Repeat("条", 51) }, "article"},
		{"words without end", func(c *law.Claim) { c.Quote = strings.Repeat("文", 2001) }, "quote"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := statute()
			tt.spoil(&c)
			_, err := law.NewGround(c, decided, known())
			var refused *law.GroundError
			if !errors.As(err, &refused) || refused.Field != tt.field {
				t.Fatalf("error = %v, want one about %s", err, tt.field)
			}
		})
	}
}

func TestAGroundMayBeginOnTheDayOfTheDecision(t *testing.T) {
	t.Parallel()
	c := statute()
	c.InForceOn = string(decided)
	if _, err := law.NewGround(c, decided, nil); err != nil {
		t.Error(err)
	}
}

func TestARepealedTextStillCountedInItsTime(t *testing.T) {
	t.Parallel()
	c := statute()
	c.Title, c.InForceOn = "合同法", "1999-10-01"
	for day, lawful := range map[workday.Day]bool{"2020-12-31": true, "2021-01-01": false} {
		if _, err := law.NewGround(c, day, known()); (err == nil) != lawful {
			t.Errorf("on %s: %v", day, err)
		}
	}
}

func TestATextThatIsNotOnFileMayBeCited(t *testing.T) {
	t.Parallel()
	c := statute()
	c.Title = "某省未收录条例"
	if _, err := law.NewGround(c, decided, known()); err != nil {
		t.Error(err)
	}
}

func TestTheZeroGroundIsNone(t *testing.T) {
	t.Parallel()
	var g law.Ground
	if !g.IsZero() || !g.BelowNotSharedRank() {
		t.Error("the zero ground passes for a ground")
	}
}

func TestAGroundKeepsTheWordsWithoutTheSpaceAround(t *testing.T) {
	t.Parallel()
	c := statute()
	c.Title, c.Article = " "+c.Title+"\n", "　"+c.Article
	g, err := law.NewGround(c, decided, nil)
	if err != nil || g.Claim() != statute() {
		t.Errorf("ground = %+v, %v", g, err)
	}
}

func TestBareTitleMatchesWhatPeopleWrite(t *testing.T) {
	t.Parallel()
	for _, title := range []string{"统计法", "《统计法》", "中华人民共和国统计法", " 《中华人民共和国统计法》 "} {
		if got := law.BareTitle(title); got != "统计法" {
			t.Errorf("%q → %q", title, got)
		}
	}
}

// FuzzNewGround: whatever somebody writes, a ground is complete, of a rank that
// counts and in force on the day, and a refusal never repeats what was written.
func FuzzNewGround(f *testing.F) {
	c := statute()
	f.Add(c.Level, c.Title, c.Article, c.Quote, c.InForceOn)
	f.Add("规范性文件", "某通知", "1", "q", "2020-01-01")
	f.Add("法律", "《中华人民共和国合同法》", "一", "x", "1999-10-01")
	f.Add("", "", "", "", "")
	f.Fuzz(func(t *testing.T, level, title, article, quote, since string) {
		g, err := law.NewGround(law.Claim{Level: level, Title: title, Article: article, Quote: quote, InForceOn: since}, decided, known())
		if err != nil {
			var refused *law.GroundError
			if !errors.As(err, &refused) || refused.Field == "" || refused.Text == "" {
				t.Fatalf("%v is no *GroundError", err)
			}
			if utf8.RuneCountInString(quote) > 8 && strings.Contains(refused.Text, quote) {
				t.Fatalf("%q repeats the quote", refused.Text)
			}
			return
		}
		got := g.Claim()
		day, err := workday.ParseDay(got.InForceOn)
		if err != nil || day > decided || got.Title == "" || got.Article == "" || got.Quote == "" || g.IsZero() {
			t.Fatalf("%+v passed", got)
		}
	})
}
