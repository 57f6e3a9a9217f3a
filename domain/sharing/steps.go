package sharing

import (
	"slices"
	"time"

	"datagov/domain/agency"
	"datagov/domain/deadline"
	"datagov/domain/law"
)

// Step is one box of the procedure's picture.
type Step struct {
	Key, Title string
	Citation   law.Citation
	State      StepState
	Seat       agency.ID // who it waits for
	DueAt      time.Time
}

// StepState says where a step stands.
type StepState string

// The states of a step.
const (
	StepDone    StepState = "done"
	StepNow     StepState = "now"
	StepNext    StepState = "next"
	StepSkipped StepState = "skipped"
)

// Steps draws the procedure of this case from the same statuses that the
// workflow runs through. A request granted by law skips the review.
func Steps(r Request) []Step {
	reviewed := len(r.UnderReview()) > 0
	order := []struct {
		step   Step
		status Status
		clock  string
		skip   bool
	}{
		{Step{Key: "draft", Title: "经办拟稿", Citation: law.Regulation("20"), Seat: r.Requester}, "", "", false},
		{Step{Key: "sign_off", Title: "负责人审签", Citation: law.Regulation("20"), Seat: r.Requester}, SignOff, deadline.ShareSignOff, false},
		{Step{Key: "form_check", Title: "形式审查", Citation: law.Regulation("21"), Seat: r.Commission}, FormCheck, deadline.ShareFormCheck, !reviewed},
		{Step{Key: "supplement", Title: "补正", Citation: law.Regulation("21"), Seat: r.Requester}, Supplement, deadline.ShareSupplement, !r.Noticed},
		{Step{Key: "joint_review", Title: "会同审核", Citation: law.Measure("26"), Seat: r.Commission}, JointReview, deadline.ShareJointDecision, !reviewed},
		{Step{Key: "answer", Title: "答复", Citation: law.Measure("26"), Seat: r.Requester}, "", "", false},
	}
	at := position(r.Status)
	steps := make([]Step, 0, len(order))
	for i, o := range order {
		s := o.step
		s.State = stepState(r, i, at, o.skip)
		if c := r.Clock(o.clock); s.State == StepNow && c != nil {
			s.DueAt = c.DueAt
		}
		steps = append(steps, s)
	}
	return steps
}

func stepState(r Request, i, at int, skip bool) StepState {
	switch {
	case i == at && !r.Status.Closed():
		return StepNow
	case i == supplementStep && r.Supplied:
		return StepDone
	case r.Status == Withdrawn && i == at:
		return StepDone
	case skip:
		return StepSkipped
	case r.Status == Withdrawn && !reached(r, i):
		return StepSkipped
	case i <= at:
		return StepDone
	}
	return StepNext
}

// supplementStep is the index of 补正, the one step a case may go back to.
const supplementStep = 3

// position is the index of the status among the steps.
func position(s Status) int {
	return max(slices.Index([]Status{"", SignOff, FormCheck, Supplement, JointReview}, s), 0) + answered(s)
}

func answered(s Status) int {
	if slices.Contains([]Status{Approved, Granted, PartiallyGranted, Refused, Disputed, Withdrawn}, s) {
		return 5
	}
	return 0
}

// reached says whether a withdrawn request had come to the step.
func reached(r Request, i int) bool {
	switch i {
	case 0, 1, 5:
		return true
	case 2:
		return r.SignedBy != ""
	case supplementStep:
		return r.Noticed
	}
	return r.Clock(deadline.ShareProviderOpinion) != nil
}
