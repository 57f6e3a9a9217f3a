package sharing

import (
	"slices"
	"time"

	"datagov/domain/agency"
	"datagov/domain/casework"
	"datagov/domain/deadline"
	"datagov/domain/fault"
	"datagov/domain/law"
)

// The May functions say whether a person may act now, judged by the facts of
// the case alone: first who he is to this case (Barred), then the state
// (Conflict), then the law (Unlawful). The API asks them before anything is
// written, the workflow's validator asks them again, and the record asks them
// a third time inside the transaction.

// MaySignOff lets the requester's head sign or return the clerk's draft. TL 20;
// drafting and signing the same paper are two people.
func MaySignOff(r Request, actor agency.Actor) error {
	if err := r.asApplicant(actor); err != nil {
		return err
	}
	if actor.Is(r.SubmittedBy) || slices.ContainsFunc(r.Drafters, actor.Is) {
		return fault.New(fault.Barred, "拟稿人不得审签自己的申请").Citing(law.Regulation("20"))
	}
	if r.Status != SignOff || r.Returned {
		return r.wrongState()
	}
	return r.assigned(stepSignOff, actor)
}

// MayRevise lets the requester's clerk mend a draft that his head returned.
func MayRevise(r Request, actor agency.Actor) error {
	if err := r.asApplicant(actor); err != nil {
		return err
	}
	if r.Status != SignOff || !r.Returned {
		return r.wrongState()
	}
	return r.assigned(stepRevision, actor)
}

// MayCheckForm lets the commission check the file for completeness.
func MayCheckForm(r Request, actor agency.Actor) error {
	if err := r.asCommission(actor); err != nil {
		return err
	}
	if r.Status != FormCheck {
		return r.wrongState()
	}
	return r.assigned(stepFormCheck, actor)
}

// MayNotify lets the commission give the one supplement notice. TL 21: once,
// listing everything that is missing.
func MayNotify(r Request, actor agency.Actor) error {
	if err := MayCheckForm(r, actor); err != nil {
		return err
	}
	if r.Noticed {
		return fault.Law("需要补充的材料应当一次性告知，本事项已告知过一次", law.Regulation("21"))
	}
	return nil
}

// MaySupply lets the requester answer the supplement notice.
func MaySupply(r Request, actor agency.Actor) error {
	if err := r.asApplicant(actor); err != nil {
		return err
	}
	if r.Status != Supplement {
		return r.wrongState()
	}
	return r.assigned(stepSupplement, actor)
}

// MayDraft lets an officer of a reviewing side draft its opinion. Article 26(2).
func MayDraft(r Request, actor agency.Actor, side casework.Side) error {
	if err := r.asReviewer(actor, side); err != nil {
		return err
	}
	if r.Status != JointReview {
		return r.wrongState()
	}
	if r.live(side) != nil {
		return fault.New(fault.Conflict, "本方意见已拟稿或者已审签")
	}
	return r.assigned(stepOpinion+string(side), actor)
}

// MaySign lets the head of a reviewing side sign or return its drafted
// opinion; never the person who drafted it.
func MaySign(r Request, actor agency.Actor, opinionID string) error {
	o := r.opinion(opinionID)
	if o == nil {
		return fault.New(fault.NotFound, "没有这份意见")
	}
	if err := r.asReviewer(actor, o.Side); err != nil {
		return err
	}
	if actor.Is(o.DraftedBy) {
		return fault.New(fault.Barred, "拟稿人不得审签自己拟的意见").Citing(law.Regulation("20"))
	}
	if r.Status != JointReview || o.Status != casework.Drafted {
		return r.wrongState()
	}
	return r.assigned(stepSign+string(o.Side), actor)
}

// MayAskExtension lets the provider ask for the one extension, before expiry. TL 21.
func MayAskExtension(r Request, actor agency.Actor, now time.Time) error {
	if err := r.asReviewer(actor, casework.Provider); err != nil {
		return err
	}
	if r.Status != JointReview && r.Status != FormCheck {
		return r.wrongState()
	}
	if r.Extension != "" {
		return fault.New(fault.Conflict, "答复期限只能申请延长一次").Citing(law.Regulation("21"))
	}
	return r.beforeExpiry(now)
}

// MayDecideExtension lets the commission consent to or decline the extension, before expiry. TL 21.
func MayDecideExtension(r Request, actor agency.Actor, now time.Time) error {
	if err := r.asCommission(actor); err != nil {
		return err
	}
	if r.Extension != ExtensionAsked || (r.Status != JointReview && r.Status != FormCheck) {
		return r.wrongState()
	}
	if err := r.beforeExpiry(now); err != nil {
		return err
	}
	return r.assigned(stepExtension, actor)
}

// MayWithdraw lets the requester withdraw until the answer.
func MayWithdraw(r Request, actor agency.Actor) error {
	if err := r.asApplicant(actor); err != nil {
		return err
	}
	open := []Status{SignOff, FormCheck, Supplement, JointReview, Disputed}
	if !slices.Contains(open, r.Status) {
		return r.wrongState()
	}
	return nil
}

func (r *Request) beforeExpiry(now time.Time) error {
	c := r.Clock(deadline.ShareJointDecision)
	if c == nil || !c.Running() {
		return r.wrongState()
	}
	if !now.Before(c.DueAt) {
		return fault.New(fault.Conflict, "答复期限已经届满，不能再延长").Citing(law.Regulation("21"))
	}
	return nil
}

func (r *Request) asApplicant(actor agency.Actor) error {
	if actor.Agency != r.Requester {
		return fault.New(fault.Barred, "只有申请机构的工作人员可以办理本环节")
	}
	return casework.MayActOn(r.Acts, actor, casework.Applicant)
}

func (r *Request) asCommission(actor agency.Actor) error {
	if actor.Agency != r.Commission || !holdsDesk(actor) {
		return fault.New(fault.Barred, "只有主管部门的工作人员可以办理本环节")
	}
	return r.asReviewer(actor, casework.Commission)
}

// asReviewer refuses whoever is not of the side's agency, and everybody of the
// requester's: no one reviews a request of his own agency, whatever roles he holds.
func (r *Request) asReviewer(actor agency.Actor, side casework.Side) error {
	if actor.Agency == r.Requester {
		return fault.New(fault.Barred, "不得审核本机构提出的申请（职责分离）")
	}
	ofProvider := side == casework.Provider && actor.Agency == r.Provider
	ofCommission := side == casework.Commission && actor.Agency == r.Commission && holdsDesk(actor)
	if !ofProvider && !ofCommission {
		return fault.New(fault.Barred, "您不在本环节的办理机构")
	}
	return casework.MayActOn(r.Acts, actor, side)
}

func holdsDesk(actor agency.Actor) bool {
	return actor.Holds(agency.CommissionOfficer) || actor.Holds(agency.CommissionHead)
}

func (r *Request) wrongState() error {
	return fault.New(fault.Conflict, "本事项现处于“"+r.Status.Title()+"”，不能进行此操作")
}

// SideOf says for which side the actor would review: the asked one if given,
// the side he acted on before, or the first of his seats still without a paper.
func SideOf(r Request, actor agency.Actor, asked casework.Side) casework.Side {
	if asked != "" {
		return asked
	}
	for _, a := range r.Acts {
		if actor.Is(a.Account) {
			return a.Side
		}
	}
	desk := actor.Agency == r.Commission && holdsDesk(actor)
	if actor.Agency == r.Provider && (!desk || r.live(casework.Provider) == nil) {
		return casework.Provider
	}
	return casework.Commission
}

// IsParty says whether the agency has a seat in the case.
func (r Request) IsParty(id agency.ID) bool {
	return id != "" && (id == r.Requester || id == r.Provider || id == r.Commission)
}
