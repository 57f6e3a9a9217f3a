package workflows

import (
	"time"

	"datagov/domain/casework"
	"datagov/domain/fault"
	"datagov/domain/sharing"
)

// The updates of the desk, which every procedure has at its tasks. They move
// people and never the case. They are in histories: never rename one.
var orderUpdates = map[casework.OrderVerb]string{
	casework.AddSigner: "AddSigner", casework.RemoveSigner: "RemoveSigner", casework.Transfer: "Transfer",
	casework.Consult: "Consult", casework.Advise: "Advise", casework.Urge: "Urge", casework.SendCopy: "SendCopy",
	casework.Follow: "Follow", casework.Unfollow: "Unfollow",
}

// OrderUpdate names the update that carries a verb of the desk.
func OrderUpdate(verb casework.OrderVerb) string { return orderUpdates[verb] }

// deskUpdates gives every verb of the desk its update.
func deskUpdates(effect any) []update {
	updates := []update{}
	for _, verb := range casework.OrderVerbs() {
		updates = append(updates, update{OrderUpdate(verb), mayOrder, effect})
	}
	return updates
}

// mayOrder judges an order by the desk as this run knows it. How often may be
// urged is a term of the rule pack, which the record judges.
func mayOrder(r sharing.Request, in Act, now time.Time) error {
	if in.Order == nil {
		return fault.Form("/verb", "没有写明要办理什么")
	}
	return sharing.MayOrder(r, *in.Order, in.Actor, now, 0)
}
