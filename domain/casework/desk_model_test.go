package casework_test

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"datagov/domain/agency"
	"datagov/domain/casework"
	"datagov/domain/fault"
)

// deskModel drives one task with random orders and signatures of random people.
type deskModel struct {
	desk    []casework.Task
	at      time.Time
	done    bool
	removed bool // the last step took somebody off
}

// everybody is who tries something: holders, others, and each as a proxy.
func everybody() []agency.Actor {
	people := []agency.Actor{agency.SystemActor("clock"), {Kind: agency.Human}}
	for _, p := range []string{"a", "b", "c", "x", "y", "z"} {
		people = append(people, person(p))
	}
	return append(people, proxyOf("b", "a"), proxyOf("x", "a"), proxyOf("x", "b"), proxyOf("c", "x"), proxyOf("a", "nobody"))
}

// TestRandomOrdersLoseNoSignature: whoever orders and signs whatever, a task is
// complete only by the signature of a human at a holder's place, once everybody
// who was asked for has signed; an order completes nothing.
func TestRandomOrdersLoseNoSignature(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		mode := rapid.SampledFrom([]casework.Mode{casework.AnyOne, casework.Everyone, casework.InTurn}).Draw(t, "mode")
		holders := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"a", "b", "c"}), 0, 3, rapid.ID[string]).Draw(t, "holders")
		m := &deskModel{desk: []casework.Task{task(mode, holders...)}, at: monday}
		for range rapid.IntRange(1, 40).Draw(t, "acts") {
			before := casework.CloneDesk(m.desk)
			m.at = m.at.Add(time.Duration(rapid.IntRange(0, 3).Draw(t, "hours")) * time.Hour)
			if m.done {
				m.afterTheEnd(t)
				return
			}
			who := rapid.SampledFrom(everybody()).Draw(t, "who")
			if rapid.Bool().Draw(t, "sign") {
				m.sign(t, who)
			} else {
				m.order(t, who)
			}
			m.keepsPromises(t, before[0])
		}
	})
}

func (m *deskModel) sign(t *rapid.T, who agency.Actor) {
	if m.removed = false; casework.Human(who) != nil || m.desk[0].MayTake(who) != nil {
		return
	}
	signed := len(signers(m.desk[0]))
	m.done = m.desk[0].Sign(who, m.at)
	if len(signers(m.desk[0])) != signed+1 {
		t.Fatalf("the signature of %s did not count", who.Account)
	}
}

func (m *deskModel) order(t *rapid.T, who agency.Actor) {
	before, n := casework.CloneDesk(m.desk), 1
	verb := rapid.SampledFrom([]casework.OrderVerb{
		casework.AddSigner, casework.AddSigner, casework.RemoveSigner, casework.Transfer, casework.Transfer, casework.Consult, casework.Advise, casework.Urge,
	}).Draw(t, "verb")
	if verb == casework.AddSigner {
		n = 4
	}
	accounts := []string{"a", "b", "c", "x", "y", "z", "1", "2", "3", "4", "5", "6", "7", "8", ""}
	o := casework.Order{
		Verb: verb, Task: rapid.SampledFrom([]string{"task", "task", "task", "other"}).Draw(t, "task"), Consultation: "asked",
		Accounts: rapid.SliceOfN(rapid.SampledFrom(accounts), 0, n).Draw(t, "accounts"),
	}
	err := o.MayGive(m.desk, who, m.at, time.Hour)
	if err != nil && fault.As(err) == nil {
		t.Fatalf("%s: trouble: %v", verb, err)
	}
	o.Carry(casework.CloneDesk(m.desk), who, m.at) // it never panics, whether it may be given or not
	if m.removed = err == nil && verb == casework.RemoveSigner; err != nil {
		return
	}
	o.Carry(m.desk, who, m.at)
	if lost := missingFrom(signers(m.desk[0]), signers(before[0])); !m.removed && len(lost) > 0 {
		t.Fatalf("%s by %s lost the signatures of %v", verb, who.Account, lost)
	}
}

// keepsPromises looks at the open task.
func (m *deskModel) keepsPromises(t *rapid.T, before casework.Task) {
	now := m.desk[0]
	seen, hands, added, holding := map[string]bool{}, map[string]bool{}, 0, len(before.Assignees) == 0
	for _, a := range now.Assignees {
		if seen[a.Account] || a.Account == "" {
			t.Fatalf("%q stands twice in %+v", a.Account, now.Assignees)
		}
		seen[a.Account] = true
		holding = holding || a.Holder && (a.State == casework.Waiting || a.State == casework.HasSigned)
		if a.AddedBy != "" && (a.State == casework.Waiting || a.State == casework.HasSigned) {
			added++
		}
		if a.State != casework.HasSigned {
			continue
		}
		if hands[a.ActedBy] || a.ActedBy == "" || a.At.IsZero() {
			t.Fatalf("%q signed twice: %+v", a.ActedBy, now.Assignees)
		}
		hands[a.ActedBy] = true
	}
	if !holding || added > 10 {
		t.Fatalf("%d were added, a holder is left: %v; %+v", added, holding, now.Assignees)
	}
	if m.done {
		m.endedRightly(t, now)
	} else if len(now.Assignees) > 0 && !movable(now) {
		t.Fatalf("nobody can move the task any more: %+v", now)
	}
	if m.removed && len(signers(now)) == 0 && now.Vacant() {
		t.Fatal("a removal left nobody to sign")
	}
}

// endedRightly: a holder's place is signed, and nobody is left who had to sign.
func (m *deskModel) endedRightly(t *rapid.T, now casework.Task) {
	held := false
	for _, a := range now.Assignees {
		held = held || a.Holder && a.State == casework.HasSigned
		if must := a.AddedBy != "" || now.Mode != casework.AnyOne; must && a.State == casework.Waiting {
			t.Fatalf("complete, and %s has not signed: %+v", a.Account, now.Assignees)
		}
	}
	if !held || m.removed {
		t.Fatalf("complete without a holder's signature (removed: %v): %+v", m.removed, now.Assignees)
	}
}

// afterTheEnd: the record closes a complete task; no order finds it again.
func (m *deskModel) afterTheEnd(t *rapid.T) {
	closed := []casework.Task{}
	for _, verb := range casework.OrderVerbs() {
		o := casework.Order{Verb: verb, Task: "task", Accounts: []string{"x"}, Consultation: "asked"}
		private := slices.Contains([]casework.OrderVerb{casework.SendCopy, casework.Follow, casework.Unfollow}, verb)
		if err := o.MayGive(closed, person("a"), m.at, 0); (err == nil) != private {
			t.Fatalf("%s after the end: %v", verb, err)
		}
		o.Carry(closed, person("a"), m.at)
		if !reflect.DeepEqual(closed, []casework.Task{}) {
			t.Fatalf("%s opened the task again", verb)
		}
	}
}

// movable says whether somebody can sign it, or pass on the place that waits.
func movable(t casework.Task) bool {
	pass := casework.Order{Verb: casework.Transfer, Task: t.ID, Accounts: []string{"somebody new"}}
	return slices.ContainsFunc(t.Assignees, func(a casework.Assignee) bool {
		return t.MayTake(person(a.Account)) == nil || pass.MayGive([]casework.Task{t}, person(a.Account), monday, 0) == nil
	})
}

func signers(t casework.Task) []string {
	accounts := []string{}
	for _, a := range t.Assignees {
		if a.State == casework.HasSigned {
			accounts = append(accounts, a.Account)
		}
	}
	return accounts
}

func missingFrom(now, before []string) []string {
	return slices.DeleteFunc(slices.Clone(before), func(a string) bool { return slices.Contains(now, a) })
}
