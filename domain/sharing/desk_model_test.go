package sharing_test

import (
	"slices"

	"pgregory.net/rapid"

	"datagov/domain/agency"
	"datagov/domain/audit"
	"datagov/domain/casework"
	"datagov/domain/sharing"
)

// inPlace is a person who acts for a principal.
func inPlace(account string, principal agency.Actor) agency.Actor {
	p := person(account, principal.Agency, principal.Roles...)
	p.Principal = principal.Account
	return p
}

// order gives a random order about a random task.
func (m *model) order(t *rapid.T, move sharing.Move) ([]audit.Event, error) {
	o := casework.Order{Verb: rapid.SampledFrom(casework.OrderVerbs()).Draw(t, "verb"), Task: "case/none"}
	if n := len(m.r.Desk); n > 0 {
		o.Task = m.r.Desk[rapid.IntRange(0, n-1).Draw(t, "task")].ID
	}
	targets := []agency.Actor{}
	for range rapid.IntRange(0, 2).Draw(t, "targets") {
		target := rapid.SampledFrom(crowd).Draw(t, "target")
		target.Principal = ""
		targets, o.Accounts = append(targets, target), append(o.Accounts, target.Account)
	}
	o.Consultation = "asked"
	return m.r.Order(move, o, targets)
}

// keepsTheDesk: a paper takes effect when its seat has every signature; until
// then each signature that was given stays, and whoever sits may sit there.
func (m *model) keepsTheDesk(t *rapid.T, before sharing.Request) {
	for _, was := range before.Desk {
		now := casework.Find(m.r.Desk, was.Step)
		if now == nil {
			t.Fatalf("the task %s was lost", was.Step)
		}
		for _, a := range now.Assignees {
			who := crowd[slices.IndexFunc(crowd, func(p agency.Actor) bool { return p.Account == a.Account })]
			if who.Agency != now.Agency || who.Kind != agency.Human {
				t.Fatalf("%s of %s sits at %s of %s", a.Account, who.Agency, now.Step, now.Agency)
			}
		}
		if was.Step == "sign_off" && before.SignedBy == "" && m.r.SignedBy != "" {
			m.signedWhole(t, *now)
		}
	}
	for i, o := range m.r.Opinions {
		if i < len(before.Opinions) && before.Opinions[i].Status == casework.Drafted && o.Status == casework.Signed {
			m.signedWhole(t, *casework.Find(m.r.Desk, "sign_"+string(o.Side)))
		}
	}
}

// signedWhole: nobody is left whose signature the paper still needs.
func (m *model) signedWhole(t *rapid.T, task casework.Task) {
	signed := 0
	for _, a := range task.Assignees {
		if a.State == casework.HasSigned {
			signed++
		}
		if a.State == casework.Waiting && (a.AddedBy != "" || task.Mode != casework.AnyOne) {
			t.Fatalf("%s took effect without %s", task.Step, a.Account)
		}
	}
	if signed == 0 {
		t.Fatalf("%s took effect without a signature: %+v", task.Step, task.Assignees)
	}
}
