package sharing

import (
	"errors"
	"slices"

	"datagov/domain/agency"
	"datagov/domain/casework"
	"datagov/domain/fault"
	"datagov/domain/law"
	"datagov/domain/workday"
)

// Draft is the outline of an opinion that may travel through the engine: its
// outcome, its items and the public texts it cites, but none of its words.
type Draft struct {
	Side       casework.Side    `json:"side"`
	Outcome    casework.Outcome `json:"outcome"`
	Items      []string         `json:"items,omitempty"`
	Grounds    []law.Claim      `json:"grounds,omitempty"`
	Reasoned   bool             `json:"reasoned"`
	Conditions int              `json:"conditions"`
}

// CheckForm refuses a draft whose fields do not fit together, whoever sent it.
func (d Draft) CheckForm(r Request) error {
	if !slices.Contains([]casework.Outcome{casework.Agree, casework.AgreeWithConditions, casework.Refusal}, d.Outcome) {
		return fault.Form("/outcome", "意见须为同意、附条件同意或者不同意")
	}
	if d.Outcome == casework.AgreeWithConditions && d.Conditions == 0 {
		return fault.Form("/conditions", "附条件同意须写明至少一项条件")
	}
	if d.Outcome != casework.AgreeWithConditions && d.Conditions > 0 {
		return fault.Form("/conditions", "只有附条件同意可以写条件")
	}
	if d.Outcome != casework.Refusal && len(d.Items) > 0 {
		return fault.Form("/itemIds", "只有不同意的意见可以限定数据项")
	}
	review := r.UnderReview()
	for i, item := range d.Items {
		if !slices.Contains(review, item) {
			return fault.Form("/itemIds", "限定的数据项不在会同审核范围内")
		}
		if slices.Contains(d.Items[:i], item) {
			return fault.Form("/itemIds", "同一数据项重复填写")
		}
	}
	return nil
}

// MayWrite judges the whole draft: facts, state, then law. A refusal without a
// reason or without a valid ground does not pass. Article 25.
func (d Draft) MayWrite(r Request, actor agency.Actor, on workday.Day, known []law.Edition) error {
	if err := MayDraft(r, actor, d.Side); err != nil {
		return err
	}
	if d.Outcome != casework.Refusal {
		return nil
	}
	if !d.Reasoned {
		return fault.Law("不同意共享应当说明理由", law.Regulation("21"), law.Measure("25"))
	}
	_, err := Grounds(d.Grounds, on, known)
	return err
}

// Grounds examines the claims of a refusal; every one must hold, and there
// must be at least one. Article 25; the refusal cites it.
func Grounds(claims []law.Claim, on workday.Day, known []law.Edition) ([]law.Ground, error) {
	grounds := make([]law.Ground, 0, len(claims))
	for i, c := range claims {
		g, err := law.NewGround(c, on, known)
		if err != nil {
			return nil, groundFault(i, err)
		}
		grounds = append(grounds, g)
	}
	return grounds, casework.CheckGrounds(grounds)
}

func groundFault(i int, err error) error {
	f := fault.Law("没有法律、法规、规章依据，不得拒绝共享："+err.Error(), law.Measure("25"))
	var g *law.GroundError
	if errors.As(err, &g) {
		f.Fields = []fault.Field{{Pointer: pointer("grounds", i, g.Field), Text: g.Text}}
	}
	return f
}
