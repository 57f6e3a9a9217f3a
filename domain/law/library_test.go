package law_test

import (
	"slices"
	"testing"

	"datagov/domain/law"
	"datagov/domain/workday"
)

func TestTheLibraryHoldsDatedTextsWithTheirSource(t *testing.T) {
	t.Parallel()
	texts, err := law.Library()
	if err != nil {
		t.Fatal(err)
	}
	ranks := []string{"规范性文件"}
	for _, level := range law.Levels() {
		ranks = append(ranks, string(level))
	}
	for _, k := range texts {
		if k.Title == "" || k.Source == "" || !slices.Contains(ranks, k.Level) {
			t.Errorf("%+v is not complete", k)
		}
		since, err := workday.ParseDay(k.InForceOn)
		if err != nil {
			t.Errorf("%s: %v", k.Title, err)
		}
		if k.Until == nil {
			continue
		}
		if until, err := workday.ParseDay(*k.Until); err != nil || until < since {
			t.Errorf("%s: applied from %s until %s", k.Title, since, *k.Until)
		}
	}
	for _, title := range []string{"统计法", "政务数据共享条例", "宝山区公共数据管理办法"} {
		if len(law.Search(texts, title)) == 0 {
			t.Errorf("%s is not on file", title)
		}
	}
}

// Article 25: the library catches what is no law and what applies no more.
func TestTheLibraryRefusesTheMeasureAndRepealedTexts(t *testing.T) {
	t.Parallel()
	texts, err := law.Library()
	if err != nil {
		t.Fatal(err)
	}
	editions := law.Editions(texts)
	if len(editions) != len(texts) {
		t.Fatalf("%d editions of %d texts", len(editions), len(texts))
	}
	for title, lawful := range map[string]bool{
		"中华人民共和国统计法": true, "宝山区公共数据管理办法": false, "中华人民共和国合同法": false, "政务数据共享条例": false, // an administrative regulation
	} {
		c := statute()
		c.Title, c.InForceOn = title, "2000-01-01"
		if _, err := law.NewGround(c, decided, editions); (err == nil) != lawful {
			t.Errorf("%s as 法律: %v", title, err)
		}
	}
}

func TestSearchFindsByTitleAndListsAllWithoutWords(t *testing.T) {
	t.Parallel()
	texts, err := law.Library()
	if err != nil {
		t.Fatal(err)
	}
	if got := law.Search(texts, " "); len(got) != len(texts) {
		t.Errorf("an empty query finds %d of %d", len(got), len(texts))
	}
	if got := law.Search(texts, "统计法"); len(got) != 2 { // the law and its regulation
		t.Errorf("统计法 finds %d texts", len(got))
	}
	if got := law.Search(texts, "没有这样的法"); got == nil || len(got) != 0 {
		t.Errorf("nothing found is %v, want an empty list", got)
	}
}

func TestACitationSaysItsEdition(t *testing.T) {
	t.Parallel()
	for c, want := range map[law.Citation][2]string{
		law.Measure("26(2)"):         {law.MeasureEdition + "#26(2)", "《宝山区公共数据管理办法》第二十六条第二款"},
		law.Regulation("21"):         {law.SharingRegulation + "#21", "《政务数据共享条例》第二十一条"},
		{}:                           {"", ""},
		{Edition: "X", Article: "1"}: {"X#1", "X#1"},
	} {
		if got := [2]string{c.String(), c.Title()}; got != want {
			t.Errorf("%+v → %q, want %q", c, got, want)
		}
	}
}
