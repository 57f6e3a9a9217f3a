// Package law holds what a decision may lean on: citations of articles and the
// structured grounds that a refusal must name. It knows the ranks of Chinese
// law that Article 25 of the measure accepts, and nothing about cases.
//
// Start with [Citation] (which article, of which edition) and [NewGround]
// (the only way to make a ground). Nothing here reads a clock or a database:
// callers pass the day on which a ground has to be in force.
package law

import (
	"strconv"
	"strings"
)

// MeasureEdition is the document number of the measure this build follows.
// A citation stores it, because the measure will be revised.
const MeasureEdition = "宝信息委规〔2023〕2号"

// SharingRegulation is the edition key of 政务数据共享条例.
const SharingRegulation = "国务院令第809号"

// DisclosureRegulation is the edition key of 政府信息公开条例, which the district
// follows by analogy only (参照).
const DisclosureRegulation = "国务院令第711号"

// Citation names one article of one edition, such as Article 26 of the measure.
type Citation struct {
	// Edition is the document number, such as 宝信息委规〔2023〕2号.
	Edition string `json:"edition"`
	// Article is the article, with its paragraph where one is meant: "26", "26(2)".
	Article string `json:"article"`
}

// Measure cites an article of the measure itself.
func Measure(article string) Citation {
	return Citation{Edition: MeasureEdition, Article: article}
}

// Regulation cites an article of 政务数据共享条例.
func Regulation(article string) Citation {
	return Citation{Edition: SharingRegulation, Article: article}
}

// String renders the citation as it is stored: edition#article.
func (c Citation) String() string {
	if c.Edition == "" {
		return ""
	}
	return c.Edition + "#" + c.Article
}

// Title renders the citation as a clerk reads it.
func (c Citation) Title() string {
	switch c.Edition {
	case MeasureEdition:
		return "《宝山区公共数据管理办法》" + articleTitle(c.Article)
	case SharingRegulation:
		return "《政务数据共享条例》" + articleTitle(c.Article)
	case DisclosureRegulation:
		return "《政府信息公开条例》" + articleTitle(c.Article)
	}
	return c.String()
}

// articleTitle writes "26(2)" as 第二十六条第二款; anything else stays as it is.
func articleTitle(article string) string {
	number, paragraph, _ := strings.Cut(strings.TrimSuffix(article, ")"), "(")
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > 99 {
		return "第" + article + "条"
	}
	title := "第" + numeral(n) + "条"
	if p, err := strconv.Atoi(paragraph); err == nil && p > 0 && p < 100 {
		title += "第" + numeral(p) + "款"
	}
	return title
}

// numeral writes 1 to 99 as statutes do.
func numeral(n int) string {
	digits := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	tens, ones := n/10, digits[n%10]
	switch tens {
	case 0:
		return ones
	case 1:
		return "十" + ones
	}
	return digits[tens] + "十" + ones
}
