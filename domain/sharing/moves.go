package sharing

import (
	"slices"
	"strings"
	"time"

	"datagov/domain/agency"
	"datagov/domain/audit"
	"datagov/domain/casework"
	"datagov/domain/deadline"
	"datagov/domain/fault"
	"datagov/domain/law"
)

// Move is who moves the case, when, and under which rules.
type Move struct {
	By   agency.Actor
	At   time.Time
	Pack deadline.Pack
	// Shown is the digest of the material that the person judges; empty when
	// the system moves the case.
	Shown string
}

// Sign records the head's signature: the pledge of 真实性、合法性、必要性 is part
// of the act (TL 20). What the law grants by itself is granted in the same
// breath, with no review task; the rest goes to the commission. Articles 26(2), 27(2).
func (r *Request) Sign(m Move) ([]audit.Event, error) {
	if err := MaySignOff(*r, m.By); err != nil {
		return nil, err
	}
	r.Acts = casework.Remember(r.Acts, m.By, casework.Applicant)
	if !r.signed(stepSignOff, m) {
		return countersigned(law.Regulation("20")), nil
	}
	r.SignedBy, r.SignedAt = m.By.Account, m.At
	r.stop(deadline.ShareSignOff, m.At, "已审签")
	events := []audit.Event{event("signed_off", law.Regulation("20"), "负责人同意提出申请，并保证申请的真实性、合法性和必要性")}
	events = append(events, r.grantByLaw()...)
	if len(r.UnderReview()) == 0 {
		r.settle(m.At)
		return events, nil
	}
	r.Status = FormCheck
	for _, code := range []string{deadline.ShareFormCheck, deadline.ShareJointDecision, deadline.ShareProviderAnswer} {
		if err := r.start(m.Pack, code, m.At); err != nil {
			return nil, err
		}
	}
	return events, nil
}

func (r *Request) grantByLaw() []audit.Event {
	byPath := map[Path]int{}
	for i := range r.Parts {
		if p := &r.Parts[i]; p.Status == PartPending && (p.Path == ByLaw || p.Path == ByScenario) {
			p.Status = PartGranted
			byPath[p.Path]++
		}
	}
	var events []audit.Event
	if n := byPath[ByLaw]; n > 0 {
		events = append(events, byLaw("granted_by_law", law.Measure("26"), n, "个无条件共享数据项，依法授予访问权限（非审核决定）"))
	}
	if n := byPath[ByScenario]; n > 0 {
		events = append(events, byLaw("granted_by_scenario", law.Measure("27"), n, "个数据项符合应用场景，直接获取共享服务（非审核决定）"))
	}
	return events
}

// Return sends the draft back to the clerk with a reason.
func (r *Request) Return(m Move, reason string) ([]audit.Event, error) {
	if err := MaySignOff(*r, m.By); err != nil {
		return nil, err
	}
	if strings.TrimSpace(reason) == "" {
		return nil, fault.Form("/reason", "退回须说明理由")
	}
	r.Acts = casework.Remember(r.Acts, m.By, casework.Applicant)
	r.Returned = true
	return []audit.Event{event("returned", law.Regulation("20"), "负责人退回经办修改")}, nil
}

// Revise brings a returned draft back to the head.
func (r *Request) Revise(m Move) ([]audit.Event, error) {
	if err := MayRevise(*r, m.By); err != nil {
		return nil, err
	}
	r.Acts = casework.Remember(r.Acts, m.By, casework.Applicant)
	r.Returned, r.SubmittedBy, r.Drafters = false, m.By.Account, drafted(r.Drafters, m.By)
	return []audit.Event{event("revised", law.Regulation("20"), "经办修改后重新提交负责人审签")}, nil
}

// drafted adds who had a hand in the draft, and in whose place: the paper counts for both.
func drafted(drafters []string, by agency.Actor) []string {
	for _, account := range []string{by.Account, by.Principal} {
		if account != "" && !slices.Contains(drafters, account) {
			drafters = append(drafters, account)
		}
	}
	return drafters
}

// Complete finds the file complete and opens the joint review. Article 26(2).
func (r *Request) Complete(m Move) ([]audit.Event, error) {
	if err := MayCheckForm(*r, m.By); err != nil {
		return nil, err
	}
	r.Acts = casework.Remember(r.Acts, m.By, casework.Commission)
	r.Status = JointReview
	r.stop(deadline.ShareFormCheck, m.At, "材料齐全")
	events := []audit.Event{event("form_checked", law.Measure("26"), "材料齐全，进入会同审核")}
	return events, r.start(m.Pack, deadline.ShareProviderOpinion, m.At)
}

// Notify gives the one supplement notice; the answer's term is taken back to
// its beginning until the file is complete. TL 21.
func (r *Request) Notify(m Move, missing []string) ([]audit.Event, error) {
	if err := MayNotify(*r, m.By); err != nil {
		return nil, err
	}
	if err := CheckMissing(missing); err != nil {
		return nil, err
	}
	r.Acts = casework.Remember(r.Acts, m.By, casework.Commission)
	r.Status, r.Noticed = Supplement, true
	r.stop(deadline.ShareFormCheck, m.At, "已发补正告知")
	for _, code := range []string{deadline.ShareJointDecision, deadline.ShareProviderAnswer} {
		if c := r.Clock(code); c != nil {
			c.Hold("补正：期限自材料齐全之日起算")
		}
	}
	events := []audit.Event{event("supplement_noticed", law.Regulation("21"), "一次性告知需要补充的材料")}
	return events, r.start(m.Pack, deadline.ShareSupplement, m.At)
}

// Supply hands in what was missing; the answer's term runs anew from here (本区设定).
func (r *Request) Supply(m Move) ([]audit.Event, error) {
	if err := MaySupply(*r, m.By); err != nil {
		return nil, err
	}
	r.Acts = casework.Remember(r.Acts, m.By, casework.Applicant)
	r.Status, r.Supplied = FormCheck, true
	r.stop(deadline.ShareSupplement, m.At, "已补正")
	for _, code := range []string{deadline.ShareJointDecision, deadline.ShareProviderAnswer} {
		if c := r.Clock(code); c != nil {
			c.Release(m.Pack.Calendar, m.At)
		}
	}
	events := []audit.Event{event("supplied", law.Regulation("21"), "申请机构补正材料，答复期限自此起算")}
	return events, r.start(m.Pack, deadline.ShareFormCheck, m.At)
}

// Withdraw ends the request at the requester's wish, before the answer.
func (r *Request) Withdraw(m Move) ([]audit.Event, error) {
	if err := MayWithdraw(*r, m.By); err != nil {
		return nil, err
	}
	r.Acts = casework.Remember(r.Acts, m.By, casework.Applicant)
	for i := range r.Parts {
		if p := &r.Parts[i]; p.Status == PartPending || p.Status == PartDisputed {
			p.Status = PartWithdrawn
		}
	}
	r.Status = Withdrawn
	r.close(m.At, "申请机构撤回")
	return []audit.Event{event("withdrawn", law.Measure("26"), "申请机构撤回申请")}, nil
}

func (r *Request) close(at time.Time, reason string) {
	r.ClosedAt = at
	for i := range r.Clocks {
		r.Clocks[i].Stop(at, reason)
	}
}

// CheckMissing refuses an empty or overlong list of missing material.
func CheckMissing(missing []string) error {
	if len(missing) == 0 || len(missing) > 50 {
		return fault.Form("/missing", "补正告知须逐项列明缺少的材料（1 至 50 项）")
	}
	for _, m := range missing {
		if strings.TrimSpace(m) == "" || len([]rune(m)) > 500 {
			return fault.Form("/missing", "每项缺少的材料须写明内容（500 字以内）")
		}
	}
	return nil
}
