// Package law holds what a decision may lean on: citations of articles and the
// structured grounds that a refusal must name. It knows the ranks of Chinese
// law that Article 25 of the measure accepts, and nothing about cases.
//
// Start with [Citation] (which article, of which edition) and [NewGround]
// (the only way to make a ground). Nothing here reads a clock or a database:
// callers pass the day on which a ground has to be in force.
package law

// MeasureEdition is the document number of the measure this build follows.
// A citation stores it, because the measure will be revised.
const MeasureEdition = "宝信息委规〔2023〕2号"

// SharingRegulation is the edition key of 政务数据共享条例.
const SharingRegulation = "国务院令第809号"

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
		return "《宝山区公共数据管理办法》第" + c.Article + "条"
	case SharingRegulation:
		return "《政务数据共享条例》第" + c.Article + "条"
	}
	return c.String()
}
