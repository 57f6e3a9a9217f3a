package sharing

import (
	"datagov/domain/agency"
	"datagov/domain/audit"
	"datagov/domain/casework"
	"datagov/domain/fault"
	"datagov/domain/law"
)

// MayAttach lets people of the parties add papers to an open case. It is no act
// on a side: a paper decides nothing, and who read it may still review. TL 20.
func MayAttach(r Request, actor agency.Actor) error {
	if err := casework.Human(actor); err != nil {
		return err
	}
	if !r.IsParty(actor.Agency) {
		return fault.New(fault.Barred, "只有本事项各方的工作人员可以添加附件")
	}
	if r.Status.Closed() {
		return fault.New(fault.Conflict, "本事项已经办结，不能再添加附件")
	}
	return nil
}

// Attached tells that a paper was added. The name stays out of it: it may name people.
func Attached(kind string) audit.Event {
	return event("attached", law.Regulation("20"), "添加附件（"+kind+"）")
}
