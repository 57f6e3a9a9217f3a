package casework

import (
	"slices"
	"time"

	"datagov/domain/agency"
	"datagov/domain/fault"
)

// Mode says how many of a seat's holders it takes. The measure is silent; the
// modes are the office's usual ones (本区设定).
type Mode string

// The modes of a seat.
const (
	AnyOne   Mode = "any"      // 或签: whoever acts first acts for all
	Everyone Mode = "all"      // 会签: each holder signs
	InTurn   Mode = "sequence" // 依次: each holder signs, in order
)

// AssigneeState is where one person stands in a task.
type AssigneeState string

// The states of an assignee. Over means that the task ended without him.
const (
	Waiting     AssigneeState = "waiting"
	HasSigned   AssigneeState = "signed"
	Transferred AssigneeState = "transferred"
	Removed     AssigneeState = "removed"
	Over        AssigneeState = "over"
)

// Assignee is one person a task was given to, fixed when the task was made.
type Assignee struct {
	Account string        `json:"account"`
	Holder  bool          `json:"holder,omitempty"`  // of the seat, or in the place of one
	AddedBy string        `json:"addedBy,omitempty"` // who asked that this one sign, too (加签)
	State   AssigneeState `json:"state"`
	// ActedBy is the person at the desk, who may be a proxy.
	ActedBy string    `json:"actedBy,omitempty"`
	At      time.Time `json:"at"`
}

// Consultation is advice asked for beside a task (委派). It decides nothing.
type Consultation struct {
	ID       string `json:"id"`
	AskedBy  string `json:"askedBy"`
	Account  string `json:"account"`
	Answered bool   `json:"answered,omitempty"`
}

// Task is an open seat with the people it was given to.
type Task struct {
	ID            string         `json:"id"`
	Step          string         `json:"step"`
	Agency        agency.ID      `json:"agency"`
	Role          agency.Role    `json:"role"`
	Mode          Mode           `json:"mode"`
	Signed        bool           `json:"signed,omitempty"` // a seat of signatures, see [Seat]
	Assignees     []Assignee     `json:"assignees"`
	Consultations []Consultation `json:"consultations,omitempty"`
	UrgedAt       time.Time      `json:"urgedAt"`
	Urges         int            `json:"urges,omitempty"`
}

// Find gives the open task of a step, or nil.
func Find(desk []Task, step string) *Task {
	return find(desk, func(t Task) bool { return t.Step == step })
}

// FindID gives the open task of an ID, or nil.
func FindID(desk []Task, id string) *Task {
	return find(desk, func(t Task) bool { return t.ID == id })
}

func find(desk []Task, is func(Task) bool) *Task {
	if i := slices.IndexFunc(desk, is); i >= 0 {
		return &desk[i]
	}
	return nil
}

// CloneDesk copies the tasks deeply enough to change the copy.
func CloneDesk(desk []Task) []Task {
	desk = slices.Clone(desk)
	for i := range desk {
		desk[i].Assignees = slices.Clone(desk[i].Assignees)
		desk[i].Consultations = slices.Clone(desk[i].Consultations)
	}
	return desk
}

// Vacant says that the task waits for nobody: an alarm, never a pass.
func (t Task) Vacant() bool { return len(t.waiting()) == 0 }

// waiting lists who may still act.
func (t Task) waiting() []string {
	var accounts []string
	for _, a := range t.Assignees {
		if a.State == Waiting {
			accounts = append(accounts, a.Account)
		}
	}
	return accounts
}

// assignee is where an account stands in the task, or nil.
func (t *Task) assignee(account string) *Assignee {
	for i := range t.Assignees {
		if t.Assignees[i].Account == account {
			return &t.Assignees[i]
		}
	}
	return nil
}

// MayTake lets a person act in the task: who was assigned, or his proxy, and
// in a sequence only when it is his turn. One person signs once, in whosever
// place he stands.
func (t Task) MayTake(actor agency.Actor) error {
	if err := t.mayHandOver(actor); err != nil {
		return err
	}
	if t.signedBy(actor.Account) || t.signedBy(actor.Principal) {
		return fault.New(fault.Barred, "同一人不得在同一环节签署两次")
	}
	return nil
}

// mayHandOver asks the same but for the second signature: who signed here in
// another's place cannot sign in his own, and must be able to pass it on.
func (t Task) mayHandOver(actor agency.Actor) error {
	a := t.assignee(actor.Standing())
	if a == nil || a.State == Removed {
		return fault.New(fault.Barred, "本环节没有指派给您，不能办理")
	}
	switch a.State {
	case HasSigned:
		return fault.New(fault.Conflict, "您已在本环节签署，正等待其他签署人")
	case Transferred, Over:
		return fault.New(fault.Barred, "本环节已转由他人办理")
	case Waiting, Removed:
	}
	return t.turn(*a)
}

// signedBy says whether a signature was made by the account or in its place.
func (t Task) signedBy(account string) bool {
	return account != "" && slices.ContainsFunc(t.Assignees, func(a Assignee) bool {
		return a.State == HasSigned && (a.Account == account || a.ActedBy == account)
	})
}

// turn refuses who is too late (或签) or too early (依次). Added signers sign at any time.
func (t Task) turn(a Assignee) error {
	if a.AddedBy != "" {
		return nil
	}
	for _, other := range t.Assignees {
		switch {
		case other.AddedBy != "" || other.Account == a.Account:
		case t.Mode == AnyOne && other.State == HasSigned:
			return fault.New(fault.Conflict, "本环节已由他人签署，正等待加签人")
		}
		if t.Mode == InTurn && other.Account == a.Account {
			return nil // everybody before him has acted
		}
		if t.Mode == InTurn && other.AddedBy == "" && other.State == Waiting {
			return fault.New(fault.Conflict, "依次审签：前一位签署人尚未签署")
		}
	}
	return nil
}

// Sign records the actor's signature and says whether the task now has every
// signature it needs. Ask [Task.MayTake] first.
func (t *Task) Sign(actor agency.Actor, at time.Time) bool {
	a := t.assignee(actor.Standing())
	if a == nil {
		return false // whoever has no place here completes nothing
	}
	a.State, a.ActedBy, a.At = HasSigned, actor.Account, at
	return t.complete()
}

// complete says whether nobody else has to sign: one holder (或签) or every
// holder (会签、依次), and everybody who was added.
func (t Task) complete() bool {
	signed, holding := false, false
	for _, a := range t.Assignees {
		plain := a.Holder && a.AddedBy == ""
		switch a.State {
		case HasSigned:
			signed = signed || plain
		case Waiting:
			if !plain || t.Mode != AnyOne {
				return false
			}
			holding = true
		case Transferred, Removed, Over:
		}
	}
	return signed || !holding
}
