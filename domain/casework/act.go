package casework

import (
	"slices"

	"datagov/domain/agency"
	"datagov/domain/fault"
)

// Side is the side of a case a person acts on. Nobody acts on both the
// applicant's and a reviewing side (correction 3 of the requirements).
type Side string

// The sides of a case.
const (
	Applicant  Side = "applicant"
	Provider   Side = "provider"
	Commission Side = "commission"
)

// Act remembers who acted on which side, so that separation of duties can be
// judged from the case alone.
type Act struct {
	Account string `json:"account"`
	Side    Side   `json:"side"`
}

// Human refuses a machine where a person must decide. Only humans decide;
// silence and timers decide nothing.
func Human(actor agency.Actor) error {
	if actor.Kind != agency.Human || actor.Account == "" {
		return fault.New(fault.Barred, "只有工作人员可以作出决定")
	}
	return nil
}

// MayActOn refuses a person who already acted on another side of the case.
// Commission and provider are kept apart too: when one agency holds both
// seats, the two opinions come from different people.
func MayActOn(acts []Act, actor agency.Actor, side Side) error {
	if err := Human(actor); err != nil {
		return err
	}
	for _, a := range acts {
		if actor.Is(a.Account) && a.Side != side {
			return fault.New(fault.Barred, "您已在本事项的另一方办理过，不得再参与本环节（职责分离）")
		}
	}
	return nil
}

// Remember adds the act once, for the actor and for whom he acts.
func Remember(acts []Act, actor agency.Actor, side Side) []Act {
	for _, account := range []string{actor.Account, actor.Principal} {
		if act := (Act{account, side}); account != "" && !slices.Contains(acts, act) {
			acts = append(acts, act)
		}
	}
	return acts
}

// Seat is where a step waits: for the holders of the role in the agency.
type Seat struct {
	Step   string
	Agency agency.ID
	Role   agency.Role
	// Clock is the code of the term shown beside the task; empty when none runs.
	Clock string
	// Signed says that the seat may ask for several signatures (会签、依次、加签).
	Signed bool
}
