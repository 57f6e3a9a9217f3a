// Package casework holds what every procedure shares: verdicts, opinions,
// sides, seats and acts. A procedure adds only what its articles say.
//
// The heart is [Verdict]: an opinion that refuses cannot be written in Go
// without a reason and at least one examined legal ground, because its type is
// private and [Refuse] is the only way to make one. Article 25.
package casework

import (
	"strings"
	"unicode/utf8"

	"datagov/domain/fault"
	"datagov/domain/law"
)

// Outcome is what an opinion says.
type Outcome string

// The outcomes. Conditional agreement is the commonest real answer.
const (
	Agree               Outcome = "agree"
	AgreeWithConditions Outcome = "agree_with_conditions"
	Refusal             Outcome = "refuse"
)

// Condition limits an agreement: 核验 instead of detail, masking, frequency, term.
type Condition struct {
	Kind string `json:"kind"` // form, mask, frequency, until, other
	Text string `json:"text"`
}

// Verdict is a complete opinion in one of three forms. Only this package can
// make one; a nil Verdict is no opinion.
type Verdict interface {
	Outcome() Outcome
	Reason() string
	Conditions() []Condition
	Grounds() []law.Ground
	// Items are the items a refusal is narrowed to; empty means all.
	Items() []string
	sealed()
}

type agreement struct{ reason string }

type conditional struct {
	agreement
	conditions []Condition
}

type refusal struct {
	reason  string
	grounds []law.Ground
	items   []string
}

// limitReason bounds free text, in characters.
const limitReason = 4000

// AgreeTo makes an agreement. The reason may be empty.
func AgreeTo(reason string) (Verdict, error) {
	if err := checkReason(reason); err != nil {
		return nil, err
	}
	return agreement{strings.TrimSpace(reason)}, nil
}

// AgreeUnder makes an agreement under at least one condition.
func AgreeUnder(reason string, conditions []Condition) (Verdict, error) {
	if err := checkReason(reason); err != nil {
		return nil, err
	}
	if len(conditions) == 0 {
		return nil, fault.Form("/conditions", "附条件同意须写明至少一项条件")
	}
	for _, c := range conditions {
		text := strings.TrimSpace(c.Text)
		if text == "" || utf8.RuneCountInString(text) > 500 {
			return nil, fault.Form("/conditions", "每项条件须写明内容（500 字以内）")
		}
	}
	return conditional{agreement{strings.TrimSpace(reason)}, conditions}, nil
}

// Refuse makes a refusal. Article 25: without a ground in 法律、法规、规章 no
// agency may refuse; TL 21: the reason must be given. Items narrow it.
func Refuse(reason string, grounds []law.Ground, items []string) (Verdict, error) {
	if err := checkReason(reason); err != nil {
		return nil, err
	}
	if strings.TrimSpace(reason) == "" {
		return nil, fault.Law("不同意共享应当说明理由", law.Regulation("21"), law.Measure("25"))
	}
	if err := CheckGrounds(grounds); err != nil {
		return nil, err
	}
	return refusal{strings.TrimSpace(reason), grounds, items}, nil
}

// CheckGrounds refuses an empty list and any ground that was never examined. Article 25.
func CheckGrounds(grounds []law.Ground) error {
	if len(grounds) == 0 {
		return fault.Law("没有法律、法规、规章依据，不得拒绝其他机构提出的共享要求", law.Measure("25"))
	}
	for _, g := range grounds {
		if g.IsZero() {
			return fault.Law("拒绝共享的依据无效", law.Measure("25"))
		}
	}
	return nil
}

func checkReason(reason string) error {
	if utf8.RuneCountInString(reason) > limitReason {
		return fault.Form("/reason", "理由不得超过 4000 字")
	}
	return nil
}

func (agreement) Outcome() Outcome            { return Agree }
func (a agreement) Reason() string            { return a.reason }
func (agreement) Conditions() []Condition     { return nil }
func (agreement) Grounds() []law.Ground       { return nil }
func (agreement) Items() []string             { return nil }
func (agreement) sealed()                     {}
func (conditional) Outcome() Outcome          { return AgreeWithConditions }
func (c conditional) Conditions() []Condition { return c.conditions }
func (refusal) Outcome() Outcome              { return Refusal }
func (r refusal) Reason() string              { return r.reason }
func (refusal) Conditions() []Condition       { return nil }
func (r refusal) Grounds() []law.Ground       { return r.grounds }
func (r refusal) Items() []string             { return r.items }
func (refusal) sealed()                       {}
