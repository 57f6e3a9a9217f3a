package sharing

import (
	"fmt"
	"strings"
	"time"

	"datagov/domain/audit"
	"datagov/domain/casework"
	"datagov/domain/deadline"
	"datagov/domain/fault"
	"datagov/domain/law"
)

// Write adds a drafted opinion to the case. The verdict carries the words; a
// refusal among them was made with reason and grounds. Article 26(2).
func (r *Request) Write(m Move, opinionID string, side casework.Side, v casework.Verdict) ([]audit.Event, error) {
	if err := MayDraft(*r, m.By, side); err != nil {
		return nil, err
	}
	r.Acts = casework.Remember(r.Acts, m.By, side)
	r.Opinions = append(r.Opinions, casework.Opinion{
		ID: opinionID, Side: side, Outcome: v.Outcome(), Status: casework.Drafted,
		DraftedBy: m.By.Account, Items: v.Items(),
	})
	// What a draft says is the office's own until it is signed; the requester reads events.
	return []audit.Event{event("opinion_drafted", law.Measure("26"), SideTitle(side)+"已拟稿，送负责人审签")}, nil
}

// SignOpinion records the head's signature under an opinion. When both sides
// have signed, the request has its answer. Article 26(2).
func (r *Request) SignOpinion(m Move, opinionID string) ([]audit.Event, error) {
	if err := MaySign(*r, m.By, opinionID); err != nil {
		return nil, err
	}
	o := r.opinion(opinionID)
	r.Acts = casework.Remember(r.Acts, m.By, o.Side)
	if !r.signed(stepSign+string(o.Side), m) {
		return countersigned(law.Measure("26")), nil
	}
	o.Status, o.SignedBy = casework.Signed, m.By.Account
	events := []audit.Event{event("opinion_signed", law.Measure("26"), SideTitle(o.Side)+"审签："+OutcomeTitle(o.Outcome))}
	if o.Side == casework.Provider {
		r.stop(deadline.ShareProviderOpinion, m.At, "提供机构已答复")
		r.stop(deadline.ShareProviderAnswer, m.At, "提供机构已答复")
	}
	return append(events, r.answer(m.At)...), nil
}

// ReturnOpinion sends a drafted opinion back to its officer with a reason.
func (r *Request) ReturnOpinion(m Move, opinionID, reason string) ([]audit.Event, error) {
	if err := MaySign(*r, m.By, opinionID); err != nil {
		return nil, err
	}
	if strings.TrimSpace(reason) == "" {
		return nil, fault.Form("/reason", "退回须说明理由")
	}
	o := r.opinion(opinionID)
	r.Acts = casework.Remember(r.Acts, m.By, o.Side)
	o.Status = casework.Returned
	return []audit.Event{event("opinion_returned", law.Measure("26"), SideTitle(o.Side)+"退回经办修改")}, nil
}

// answer adds up two signed opinions item by item: both agree → agreed, both
// refuse → refused, they differ → disputed. One signature alone answers nothing.
func (r *Request) answer(at time.Time) []audit.Event {
	provider, commission := r.live(casework.Provider), r.live(casework.Commission)
	if provider == nil || commission == nil ||
		provider.Status != casework.Signed || commission.Status != casework.Signed {
		return nil
	}
	counts := map[PartStatus]int{}
	for i := range r.Parts {
		p := &r.Parts[i]
		if p.Path != ByReview {
			continue
		}
		p.Status = agreed(provider.On(p.Item), commission.On(p.Item))
		counts[p.Status]++
	}
	r.stop(deadline.ShareJointDecision, at, "已答复")
	var events []audit.Event
	for _, c := range []struct {
		status PartStatus
		event  string
		words  string
	}{
		{PartAgreed, "approved", "同意共享 %d 个数据项"},
		{PartRefused, "refused", "双方均依法不同意，不予共享 %d 个数据项"},
		{PartDisputed, "disputed", "双方意见不一致，涉及 %d 个数据项"},
	} {
		if n := counts[c.status]; n > 0 {
			events = append(events, event(c.event, law.Measure("26"), fmt.Sprintf(c.words, n)))
		}
	}
	if counts[PartAgreed] > 0 {
		r.Status = Approved
	} else {
		r.settle(at)
	}
	return events
}

func agreed(provider, commission casework.Outcome) PartStatus {
	switch {
	case provider == casework.Refusal && commission == casework.Refusal:
		return PartRefused
	case provider != casework.Refusal && commission != casework.Refusal:
		return PartAgreed
	}
	return PartDisputed
}

// Grant turns agreed items into granted ones; the access right follows the
// answer without another decision. Article 26(2).
func (r *Request) Grant(at time.Time) ([]audit.Event, error) {
	if r.Status != Approved {
		return nil, r.wrongState()
	}
	n := 0
	for i := range r.Parts {
		if p := &r.Parts[i]; p.Status == PartAgreed {
			p.Status = PartGranted
			n++
		}
	}
	r.settle(at)
	return []audit.Event{byLaw("granted", law.Measure("26"), n, "个数据项授予相应访问权限")}, nil
}

// settle gives the request the status its parts add up to; a dispute keeps it open.
func (r *Request) settle(at time.Time) {
	granted, refused, disputed := r.count(PartGranted), r.count(PartRefused), r.count(PartDisputed)
	switch {
	case disputed > 0:
		r.Status = Disputed
		return
	case granted == len(r.Parts):
		r.Status = Granted
	case granted > 0:
		r.Status = PartiallyGranted
	case refused > 0:
		r.Status = Refused
	}
	r.close(at, "已答复")
}
