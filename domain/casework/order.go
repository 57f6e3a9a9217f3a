package casework

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"datagov/domain/agency"
	"datagov/domain/fault"
)

// OrderVerb is one verb of the desk that moves people, never the case.
type OrderVerb string

// The verbs every procedure has at its tasks. None of them touches a clock.
const (
	AddSigner    OrderVerb = "add_signer"    // 加签
	RemoveSigner OrderVerb = "remove_signer" // 减签
	Transfer     OrderVerb = "transfer"      // 转办
	Consult      OrderVerb = "consult"       // 委派
	Advise       OrderVerb = "advise"        // 回复委派
	Urge         OrderVerb = "urge"          // 催办
	SendCopy     OrderVerb = "copy"          // 抄送
	Follow       OrderVerb = "follow"        // 关注
	Unfollow     OrderVerb = "unfollow"      // 取消关注
)

// Action is the verb as permissions write it.
func (v OrderVerb) Action() string { return strings.ReplaceAll(string(v), "_", "-") }

// OrderVerbs lists the verbs.
func OrderVerbs() []OrderVerb {
	return []OrderVerb{AddSigner, RemoveSigner, Transfer, Consult, Advise, Urge, SendCopy, Follow, Unfollow}
}

// Order is what a person asks of the desk; it carries identifiers only.
type Order struct {
	Verb OrderVerb `json:"verb"`
	Task string    `json:"task,omitempty"`
	// Accounts are whom it is about.
	Accounts []string `json:"accounts,omitempty"`
	// Consultation is the question that an advice answers.
	Consultation string `json:"consultation,omitempty"`
}

// addedAtMost bounds the added signers of one task.
const addedAtMost = 10

// MayGive lets a person give an order about a task of the desk, judged by the
// task alone: who it is given to, who has signed, when it was last urged. Gap
// is the least time between two urges.
func (o Order) MayGive(desk []Task, actor agency.Actor, now time.Time, gap time.Duration) error {
	if err := Human(actor); err != nil {
		return err
	}
	switch o.Verb {
	case SendCopy, Follow, Unfollow:
		return nil
	case AddSigner, RemoveSigner, Transfer, Consult, Advise, Urge:
	}
	t := FindID(desk, o.Task)
	if t == nil {
		return fault.New(fault.Conflict, "这项待办已经办结或者已经收回")
	}
	switch o.Verb {
	case AddSigner:
		return t.mayAdd(actor, o.Accounts)
	case RemoveSigner:
		return t.mayRemove(actor, o.account())
	case Transfer:
		return t.mayTransfer(actor, o.account())
	case Consult:
		return t.mayConsult(actor, o.account())
	case Advise:
		return t.mayAdvise(actor, o.Consultation)
	case Urge:
		return t.mayUrge(actor, now, gap)
	case SendCopy, Follow, Unfollow:
	}
	return nil
}

func (o Order) account() string {
	if len(o.Accounts) == 1 {
		return o.Accounts[0]
	}
	return ""
}

// holds says whether the actor still has a say in the task.
func (t *Task) holds(actor agency.Actor, states ...AssigneeState) error {
	a := t.assignee(actor.Standing())
	if a == nil || !slices.Contains(states, a.State) {
		return fault.New(fault.Barred, "只有本环节的承办人可以这样办理")
	}
	return nil
}

func (t *Task) mayAdd(actor agency.Actor, accounts []string) error {
	if err := t.holds(actor, Waiting, HasSigned); err != nil {
		return err
	}
	if !t.Signed {
		return fault.New(fault.Conflict, "只有审签环节可以加签")
	}
	added := len(accounts)
	for _, a := range t.Assignees {
		required := a.State == Waiting && (a.AddedBy != "" || t.Mode != AnyOne)
		if required && slices.Contains(accounts, a.Account) {
			return fault.New(fault.Conflict, "所选人员已是本环节的签署人")
		}
		if a.AddedBy != "" && (a.State == Waiting || a.State == HasSigned) {
			added++
		}
	}
	if slices.ContainsFunc(accounts, t.signedBy) {
		return fault.New(fault.Conflict, "所选人员已在本环节签署")
	}
	if added > addedAtMost || len(accounts) == 0 || slices.Contains(accounts, "") {
		return fault.Form("/accountIds", "请选择加签人，一个环节最多 10 人")
	}
	return nil
}

func (t *Task) mayRemove(actor agency.Actor, account string) error {
	if err := t.holds(actor, Waiting, HasSigned); err != nil {
		return err
	}
	a := t.assignee(account)
	switch {
	case a == nil || a.AddedBy == "":
		return fault.New(fault.Conflict, "所选人员不是加签人，不能减签")
	case a.State != Waiting:
		return fault.New(fault.Conflict, "加签人已经签署，不能再减签")
	}
	return nil
}

func (t *Task) mayTransfer(actor agency.Actor, account string) error {
	if err := t.mayHandOver(actor); err != nil {
		return err
	}
	if actor.Is(account) || account == "" {
		return fault.Form("/accountId", "请选择另一位承办人")
	}
	if t.signedBy(account) { // in his own place or in another's: he could not sign here again
		return fault.New(fault.Conflict, "所选人员已经签署")
	}
	return nil
}

func (t *Task) mayConsult(actor agency.Actor, account string) error {
	if err := t.holds(actor, Waiting); err != nil {
		return err
	}
	if actor.Is(account) || account == "" {
		return fault.Form("/accountId", "请选择另一位同事")
	}
	for _, c := range t.Consultations {
		if c.Account == account && !c.Answered {
			return fault.New(fault.Conflict, "已请这位同事提供意见，尚未回复")
		}
	}
	return nil
}

func (t *Task) mayAdvise(actor agency.Actor, id string) error {
	for _, c := range t.Consultations {
		if c.ID != id {
			continue
		}
		if c.Account != actor.Standing() {
			return fault.New(fault.Barred, "这次委派不是请您提供意见")
		}
		if c.Answered {
			return fault.New(fault.Conflict, "您已经回复过这次委派")
		}
		return nil
	}
	return fault.New(fault.NotFound, "没有这次委派")
}

func (t *Task) mayUrge(actor agency.Actor, now time.Time, gap time.Duration) error {
	if t.holds(actor, Waiting) == nil {
		return fault.New(fault.Conflict, "您就是本环节的承办人，不必催办")
	}
	if !t.UrgedAt.IsZero() && now.Before(t.UrgedAt.Add(gap)) {
		return fault.New(fault.Conflict, "本环节刚刚催办过，请隔一段时间再催")
	}
	return nil
}

// Carry changes the desk as ordered. Ask [Order.MayGive] first; who comes in
// must have been found fit for the seat. Consultation IDs are made by the caller.
func (o Order) Carry(desk []Task, actor agency.Actor, at time.Time) {
	t := FindID(desk, o.Task)
	if t == nil {
		return
	}
	switch o.Verb {
	case AddSigner:
		for _, account := range o.Accounts {
			t.add(account, actor.Account)
		}
	case RemoveSigner:
		t.remove(o.account())
	case Transfer:
		t.transfer(actor, o.account(), at)
	case Consult:
		t.Consultations = append(t.Consultations, Consultation{ID: o.Consultation, AskedBy: actor.Account, Account: o.account()})
	case Advise:
		for i := range t.Consultations {
			t.Consultations[i].Answered = t.Consultations[i].Answered || t.Consultations[i].ID == o.Consultation
		}
	case Urge:
		t.UrgedAt, t.Urges = at, t.Urges+1
	case SendCopy, Follow, Unfollow:
	}
}

func (t *Task) add(account, by string) {
	if a := t.assignee(account); a != nil {
		a.AddedBy, a.State = by, Waiting
		return
	}
	t.Assignees = append(t.Assignees, Assignee{Account: account, AddedBy: by, State: Waiting})
}

// remove takes an added signer off. Where only his signature was missing, those
// who had signed sign again: taking somebody off never decides by itself.
func (t *Task) remove(account string) {
	a := t.assignee(account)
	if a == nil {
		return
	}
	if a.AddedBy = ""; !a.Holder {
		a.State = Removed
	}
	if !t.complete() {
		return
	}
	for i := range t.Assignees {
		if a := &t.Assignees[i]; a.State == HasSigned {
			a.State, a.ActedBy, a.At = Waiting, "", time.Time{}
		}
	}
}

// transfer puts another person in the actor's place. Who comes to stand in two
// places at once signs for both, and where one of them was added he has to.
func (t *Task) transfer(actor agency.Actor, account string, at time.Time) {
	from := t.assignee(actor.Standing())
	if from == nil {
		return
	}
	next := Assignee{Account: account, Holder: from.Holder, AddedBy: from.AddedBy, State: Waiting}
	from.State, from.ActedBy, from.At = Transferred, actor.Account, at
	if a := t.assignee(account); a != nil {
		if a.State == Waiting {
			next.AddedBy = cmp.Or(a.AddedBy, next.AddedBy)
		}
		next.Holder = next.Holder || a.Holder
		*a = next
		return
	}
	place := slices.IndexFunc(t.Assignees, func(a Assignee) bool { return a.Account == actor.Standing() })
	t.Assignees = slices.Insert(t.Assignees, place+1, next)
}
