package sharing

import (
	"strings"

	"datagov/domain/agency"
	"datagov/domain/casework"
	"datagov/domain/deadline"
)

// Seats says where the case waits now, computed from its state alone: the
// record keeps exactly these tasks open. A case whose items are all granted by
// law has no seat but the head's signature. Article 26(2).
func Seats(r Request) []casework.Seat {
	switch r.Status {
	case SignOff:
		if r.Returned {
			return []casework.Seat{{Step: stepRevision, Agency: r.Requester, Role: agency.Clerk, Clock: deadline.ShareSignOff}}
		}
		return []casework.Seat{{Step: stepSignOff, Agency: r.Requester, Role: agency.Head, Clock: deadline.ShareSignOff, Signed: true}}
	case FormCheck:
		return append(extensionSeat(r),
			casework.Seat{Step: stepFormCheck, Agency: r.Commission, Role: agency.CommissionOfficer, Clock: deadline.ShareFormCheck})
	case Supplement:
		return []casework.Seat{{Step: stepSupplement, Agency: r.Requester, Role: agency.Clerk, Clock: deadline.ShareSupplement}}
	case JointReview:
		seats := extensionSeat(r)
		seats = append(seats, opinionSeat(r, casework.Provider)...)
		return append(seats, opinionSeat(r, casework.Commission)...)
	case Disputed:
		return []casework.Seat{{Step: "disputed", Agency: r.Requester, Role: agency.Clerk}}
	case Approved, Granted, PartiallyGranted, Refused, Withdrawn:
	}
	return nil
}

func opinionSeat(r Request, side casework.Side) []casework.Seat {
	seat := casework.Seat{Step: stepOpinion + string(side), Agency: r.Provider, Role: agency.Clerk, Clock: deadline.ShareProviderOpinion}
	head := agency.Head
	if side == casework.Commission {
		seat.Agency, seat.Role, seat.Clock = r.Commission, agency.CommissionOfficer, deadline.ShareJointDecision
		head = agency.CommissionHead
	}
	o := r.live(side)
	switch {
	case o == nil:
		return []casework.Seat{seat}
	case o.Status == casework.Drafted:
		seat.Step, seat.Role, seat.Signed = stepSign+string(side), head, true
		return []casework.Seat{seat}
	}
	return nil
}

func extensionSeat(r Request) []casework.Seat {
	if r.Extension != ExtensionAsked {
		return nil
	}
	return []casework.Seat{{
		Step: stepExtension, Agency: r.Commission, Role: agency.CommissionHead, Clock: deadline.ShareJointDecision, Signed: true,
	}}
}

// The steps at which a case waits for somebody; opinion and signature steps end
// in the side.
const (
	stepSignOff    = "sign_off"
	stepRevision   = "revision"
	stepFormCheck  = "form_check"
	stepSupplement = "supplement"
	stepOpinion    = "opinion_"
	stepSign       = "sign_"
	stepExtension  = "extension"
)

// SeatRoles are the roles whose holders may sit at a step: the one its task
// names and, for an extension, the commission's officers besides its heads.
func SeatRoles(step string, role agency.Role) []agency.Role {
	if step == stepExtension {
		return []agency.Role{agency.CommissionHead, agency.CommissionOfficer}
	}
	return []agency.Role{role}
}

// SeatsOf lists every seat that an agency can have: as requester, as provider,
// and, where it holds the commission's seat, as commission.
func SeatsOf(commission bool) []casework.Seat {
	seats := []casework.Seat{
		{Step: stepSignOff, Role: agency.Head, Signed: true},
		{Step: stepRevision, Role: agency.Clerk},
		{Step: stepSupplement, Role: agency.Clerk},
		{Step: stepOpinion + string(casework.Provider), Role: agency.Clerk},
		{Step: stepSign + string(casework.Provider), Role: agency.Head, Signed: true},
	}
	if !commission {
		return seats
	}
	return append(seats,
		casework.Seat{Step: stepFormCheck, Role: agency.CommissionOfficer},
		casework.Seat{Step: stepOpinion + string(casework.Commission), Role: agency.CommissionOfficer},
		casework.Seat{Step: stepSign + string(casework.Commission), Role: agency.CommissionHead, Signed: true},
		casework.Seat{Step: stepExtension, Role: agency.CommissionHead, Signed: true},
	)
}

// Seated marks the tasks whose step is a signature: the record keeps the step,
// the procedure knows what it asks for.
func Seated(desk []casework.Task) {
	for i := range desk {
		step := desk[i].Step
		desk[i].Signed = step == stepSignOff || step == stepExtension || strings.HasPrefix(step, stepSign)
	}
}

// stepTitles gives every step of the procedure its words.
var stepTitles = map[string]string{
	"sign_off": "负责人审签", "revision": "修改申请", "form_check": "形式审查", "supplement": "补正材料",
	"opinion_provider": "提供机构拟意见", "opinion_commission": "主管部门拟意见（牵头）",
	"sign_provider": "提供机构负责人审签", "sign_commission": "主管部门负责人审签",
	"extension": "审批延期", "disputed": "意见分歧待处理", "overdue": "逾期报告",
	"advice": "委派：请提供意见", "copy": "抄送", "urged": "催办报告", "vacant": "岗位空缺报告",
}

// StepTitle is a step in the words of the offices.
func StepTitle(step string) string {
	if t, ok := stepTitles[step]; ok {
		return t
	}
	return step
}
