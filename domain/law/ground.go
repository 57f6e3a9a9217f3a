package law

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"datagov/domain/workday"
)

// Level is the rank of a legal text. Only the six ranks below can carry a
// refusal. Article 25; 规范性文件 and internal rules cannot.
type Level string

// The ranks Article 25 accepts (法律、法规、规章), with 国务院决定 from TL 14.
const (
	Statute                  Level = "法律"
	AdministrativeRegulation Level = "行政法规"
	LocalRegulation          Level = "地方性法规"
	DepartmentalRule         Level = "部门规章"
	LocalGovernmentRule      Level = "地方政府规章"
	StateCouncilDecision     Level = "国务院决定"
)

// Levels lists the ranks that count, highest use first.
func Levels() []Level {
	return []Level{
		Statute, AdministrativeRegulation, LocalRegulation,
		DepartmentalRule, LocalGovernmentRule, StateCouncilDecision,
	}
}

// Claim is a ground as somebody wrote it down: not yet examined.
type Claim struct {
	Level     string `json:"level"`
	Title     string `json:"title"`
	DocNo     string `json:"docNo,omitempty"`
	Article   string `json:"article"`
	Quote     string `json:"quote"`
	InForceOn string `json:"inForceOn"`
}

// Ground is an examined legal ground. It can only be made by [NewGround];
// its zero value is no ground and every rule refuses it.
type Ground struct {
	claim Claim
	level Level
	since workday.Day
}

// Why a claim is no ground. Field says which part of the claim is at fault.
type GroundError struct {
	Field string
	Text  string
}

// Error gives a sentence a clerk can read; it never repeats what was entered.
func (e *GroundError) Error() string { return e.Text }

// Edition is what is known of one legal text: its true rank and when it applies.
type Edition struct {
	Title string
	DocNo string
	Level string
	Since workday.Day
	Until workday.Day // empty while in force; the last day it applied otherwise
}

// notLaw are endings of titles that no law, regulation or rule carries; a
// circular does not become a law because somebody ticks 法律. Article 25.
var notLaw = []string{"通知", "意见", "函", "纪要", "方案", "批示", "讲话", "要求", "通报", "指南", "规划", "要点", "征求意见稿", "草案"}

// NewGround examines a claim. The text must be of a rank that counts, name its
// title, article and words, and have been in force on the given day. Known
// editions (may be empty) catch a wrong rank or a repealed text. Article 25;
// in force on the decision day: trap 50 of the requirements.
// The error is a *GroundError.
func NewGround(c Claim, on workday.Day, known []Edition) (Ground, error) {
	c = c.trimmed()
	level := Level(c.Level)
	if !slices.Contains(Levels(), level) {
		return Ground{}, &GroundError{"level", "依据须为法律、行政法规、地方性法规、部门规章、地方政府规章或者国务院决定；规范性文件和内部规定不能作为依据"}
	}
	if err := c.complete(); err != nil {
		return Ground{}, err
	}
	if isCircular(c.Title) {
		return Ground{}, &GroundError{"title", "从名称看，该文件属于规范性文件，不是法律、法规或者规章"}
	}
	since, err := workday.ParseDay(c.InForceOn)
	if err != nil {
		return Ground{}, &GroundError{"inForceOn", "施行日期须写作 YYYY-MM-DD"}
	}
	if since > on {
		return Ground{}, &GroundError{"inForceOn", "该依据在作出决定之日尚未施行"}
	}
	g := Ground{claim: c, level: level, since: since}
	if err := g.check(known, on); err != nil {
		return Ground{}, err
	}
	return g, nil
}

// isCircular says whether a title, or a part of it before or within brackets,
// ends like a 规范性文件 or a draft: 《…的通知（试行）》, 《…条例（征求意见稿）》.
func isCircular(title string) bool {
	parts := strings.FieldsFunc(title, func(r rune) bool { return strings.ContainsRune("（）()〔〕【】[]《》「」『』“”\"", r) })
	return slices.ContainsFunc(parts, func(part string) bool {
		part = strings.TrimRight(part, " 。；，、")
		return slices.ContainsFunc(notLaw, func(ending string) bool { return strings.HasSuffix(part, ending) })
	})
}

func (c Claim) trimmed() Claim {
	for _, p := range []*string{&c.Level, &c.Title, &c.DocNo, &c.Article, &c.Quote, &c.InForceOn} {
		*p = strings.TrimSpace(*p)
	}
	return c
}

func (c Claim) complete() error {
	for _, part := range []struct {
		field, value, text string
		limit              int
	}{
		{"title", c.Title, "请写明依据的名称（200 字以内）", 200},
		{"article", c.Article, "请写明依据的条款（50 字以内）", 50},
		{"quote", c.Quote, "请写明依据的原文（2000 字以内）", 2000},
	} {
		if part.value == "" || utf8.RuneCountInString(part.value) > part.limit {
			return &GroundError{part.field, part.text}
		}
	}
	return nil
}

// check compares the ground with the editions on file; a text nobody filed passes.
func (g Ground) check(known []Edition, on workday.Day) error {
	title := BareTitle(g.claim.Title)
	applies, found := false, false
	for _, e := range known {
		if BareTitle(e.Title) != title {
			continue
		}
		found = true
		if e.Level != string(g.level) {
			return &GroundError{"level", fmt.Sprintf("《%s》的效力层级是%s", e.Title, e.Level)}
		}
		if e.Since <= on && (e.Until == "" || on <= e.Until) {
			applies = true
		}
	}
	if found && !applies {
		return &GroundError{"title", "该依据在作出决定之日不在施行期内"}
	}
	return nil
}

// BareTitle strips the marks and the country's name that people add or leave out.
func BareTitle(title string) string {
	title = strings.Trim(strings.TrimSpace(title), "《》 ")
	return strings.TrimPrefix(title, "中华人民共和国")
}

// IsZero says whether this is no ground at all.
func (g Ground) IsZero() bool { return g.level == "" }

// Level is the rank of the text.
func (g Ground) Level() Level { return g.level }

// Claim gives the ground's words for storing and showing.
func (g Ground) Claim() Claim { return g.claim }

// BelowNotSharedRank says whether TL 14 and 15 would not accept the ground for
// 不予共享: they want 法律, 行政法规 or 国务院决定. The measure accepts it (26),
// so this is a visible warning, never a refusal. Requirements §4.3(2).
func (g Ground) BelowNotSharedRank() bool {
	switch g.level {
	case Statute, AdministrativeRegulation, StateCouncilDecision:
		return false
	case LocalRegulation, DepartmentalRule, LocalGovernmentRule:
		return true
	}
	return true
}
