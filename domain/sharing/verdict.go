package sharing

import (
	"strings"

	"datagov/domain/casework"
	"datagov/domain/law"
	"datagov/domain/workday"
)

// Outline is what of an opinion may travel through the engine.
func (w OpinionWords) Outline() Draft {
	return Draft{
		Side: w.Side, Outcome: w.Outcome, Items: w.Items, Grounds: w.Grounds,
		Reasoned: strings.TrimSpace(w.Reason) != "", Conditions: len(w.Conditions),
	}
}

// Verdict examines the words and makes the verdict they amount to. Article 25:
// a refusal comes out only with a reason and valid grounds.
func (w OpinionWords) Verdict(on workday.Day, known []law.Edition) (casework.Verdict, error) {
	switch w.Outcome {
	case casework.AgreeWithConditions:
		return casework.AgreeUnder(w.Reason, w.Conditions)
	case casework.Refusal:
		grounds, err := Grounds(w.Grounds, on, known)
		if err != nil {
			return nil, err
		}
		return casework.Refuse(w.Reason, grounds, w.Items)
	case casework.Agree:
	}
	return casework.AgreeTo(w.Reason)
}
