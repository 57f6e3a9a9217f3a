package sharing

import "datagov/domain/casework"

// Title is the status in the words of the offices.
func (s Status) Title() string {
	switch s {
	case SignOff:
		return "负责人审签"
	case FormCheck:
		return "形式审查"
	case Supplement:
		return "补正"
	case JointReview:
		return "会同审核"
	case Approved:
		return "已同意，授权办理中"
	case Granted:
		return "已授权"
	case PartiallyGranted:
		return "部分授权"
	case Refused:
		return "不予共享"
	case Disputed:
		return "意见分歧"
	case Withdrawn:
		return "已撤回"
	}
	return string(s)
}

// OutcomeTitle is an opinion's outcome in the words of the offices.
func OutcomeTitle(o casework.Outcome) string {
	switch o {
	case casework.Agree:
		return "同意"
	case casework.AgreeWithConditions:
		return "附条件同意"
	case casework.Refusal:
		return "不同意"
	}
	return string(o)
}

// SideTitle is a side in the words of the offices.
func SideTitle(s casework.Side) string {
	switch s {
	case casework.Applicant:
		return "申请机构"
	case casework.Provider:
		return "提供机构意见"
	case casework.Commission:
		return "主管部门意见（牵头）"
	}
	return string(s)
}
