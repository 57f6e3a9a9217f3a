package paper

import (
	"datagov/domain/agency"
	"datagov/domain/casework"
	"datagov/domain/fault"
)

// MayReceive lets a person of the agency that a paper is addressed to sign for
// it, once.
func MayReceive(recipient agency.ID, received bool, actor agency.Actor) error {
	if err := casework.Human(actor); err != nil {
		return err
	}
	if actor.Agency != recipient {
		return fault.New(fault.Barred, "只有主送机关的工作人员可以签收")
	}
	if received {
		return fault.New(fault.Conflict, "这份公文已经签收")
	}
	return nil
}
