package sharing

import (
	"strings"

	"datagov/domain/agency"
	"datagov/domain/audit"
	"datagov/domain/casework"
	"datagov/domain/deadline"
	"datagov/domain/fault"
	"datagov/domain/law"
	"datagov/domain/workday"
)

// AskExtension records the provider's one request for more time. TL 21.
func (r *Request) AskExtension(m Move, reason string) ([]audit.Event, error) {
	if err := MayAskExtension(*r, m.By, m.At); err != nil {
		return nil, err
	}
	if strings.TrimSpace(reason) == "" {
		return nil, fault.Form("/reason", "申请延期须说明特殊原因")
	}
	r.Acts = casework.Remember(r.Acts, m.By, casework.Provider)
	r.Extension = ExtensionAsked
	return []audit.Event{event("extension_asked", law.Regulation("21"), "提供机构申请延长答复期限")}, nil
}

// DecideExtension consents to or declines the extension; consent lengthens the
// answer's clocks once by the term of the pack. TL 21.
func (r *Request) DecideExtension(m Move, consent bool) ([]audit.Event, error) {
	if err := MayDecideExtension(*r, m.By, m.At); err != nil {
		return nil, err
	}
	r.Acts = casework.Remember(r.Acts, m.By, casework.Commission)
	if !consent {
		r.Extension = ExtensionDeclined
		return []audit.Event{event("extension_declined", law.Regulation("21"), "主管部门不同意延期，原期限不变")}, nil
	}
	if !r.signed(stepExtension, m) {
		return countersigned(law.Regulation("21")), nil
	}
	term, err := m.Pack.Find(deadline.ShareExtension, r.Government, workday.DayOf(m.At))
	if err != nil {
		return nil, err
	}
	r.Extension = ExtensionConsented
	for _, code := range []string{deadline.ShareJointDecision, deadline.ShareProviderAnswer} {
		if c := r.Clock(code); c != nil && c.Running() && m.At.Before(c.DueAt) {
			if err := c.Extend(m.Pack.Calendar, m.At, term.Value); err != nil {
				return nil, err
			}
		}
	}
	return []audit.Event{event("extension_consented", law.Regulation("21"), "主管部门同意延期一次，告知申请机构")}, nil
}

// ExtensionOutcome is what an act on the extension means when it does not say:
// the commission's desk answers what was asked, everybody else asks.
func ExtensionOutcome(r Request, actor agency.Actor) string {
	if actor.Agency == r.Commission && holdsDesk(actor) && r.Extension == ExtensionAsked {
		return "consent"
	}
	return "ask"
}
