package casework_test

import (
	"testing"
	"time"

	"datagov/domain/agency"
	"datagov/domain/casework"
	"datagov/domain/fault"
)

// monday is the instant at which the desks of these tests are asked.
var monday = time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)

func person(account string) agency.Actor {
	return agency.Actor{Kind: agency.Human, Account: account, Agency: "civil", Roles: []agency.Role{agency.Head}}
}

func proxyOf(account, principal string) agency.Actor {
	p := person(account)
	p.Principal = principal
	return p
}

// task is a seat of signatures given to holders.
func task(mode casework.Mode, holders ...string) casework.Task {
	t := casework.Task{ID: "task", Step: "sign_off", Agency: "civil", Role: agency.Head, Mode: mode, Signed: true}
	for _, h := range holders {
		t.Assignees = append(t.Assignees, casework.Assignee{Account: h, Holder: true, State: casework.Waiting})
	}
	return t
}

// ordered carries an order as the actor, who may give it.
func ordered(t *testing.T, task casework.Task, actor agency.Actor, verb casework.OrderVerb, accounts ...string) casework.Task {
	t.Helper()
	desk := []casework.Task{task}
	o := casework.Order{Verb: verb, Task: task.ID, Accounts: accounts}
	if err := o.MayGive(desk, actor, monday, time.Hour); err != nil {
		t.Fatalf("%s by %s: %v", verb, actor.Account, err)
	}
	o.Carry(desk, actor, monday)
	return desk[0]
}

// signing signs one after the other and says who completed the task, or "".
func signing(t *testing.T, task *casework.Task, people ...string) string {
	t.Helper()
	for _, p := range people {
		if err := task.MayTake(person(p)); err != nil {
			t.Fatalf("%s may not sign: %v", p, err)
		}
		if task.Sign(person(p), monday) {
			return p
		}
	}
	return ""
}

func TestATaskTakesTheSignaturesOfItsMode(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		mode   casework.Mode
		people []string
		last   string
	}{
		"或签: one of them":              {casework.AnyOne, []string{"b"}, "b"},
		"会签: all of them in any order": {casework.Everyone, []string{"c", "a", "b"}, "b"},
		"会签: two are too few":          {casework.Everyone, []string{"c", "a"}, ""},
		"依次: all of them in order":     {casework.InTurn, []string{"a", "b", "c"}, "c"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			task := task(tt.mode, "a", "b", "c")
			if got := signing(t, &task, tt.people...); got != tt.last {
				t.Errorf("completed by %q, want %q", got, tt.last)
			}
		})
	}
}

func TestWhoMayTakeATask(t *testing.T) {
	t.Parallel()
	signed := func(task casework.Task, by ...agency.Actor) casework.Task {
		for _, b := range by {
			task.Sign(b, monday)
		}
		return task
	}
	given := func(task casework.Task, by agency.Actor, verb casework.OrderVerb, accounts ...string) casework.Task {
		return ordered(t, task, by, verb, accounts...)
	}
	two := func() casework.Task { return task(casework.Everyone, "a", "b") }
	for name, tt := range map[string]struct {
		task casework.Task
		by   agency.Actor
		want fault.Kind
	}{
		"a holder":                            {two(), person("a"), ""},
		"his proxy":                           {two(), proxyOf("x", "a"), ""},
		"nobody":                              {two(), agency.Actor{}, fault.Barred},
		"a stranger":                          {two(), person("x"), fault.Barred},
		"a proxy of a stranger":               {two(), proxyOf("a", "x"), fault.Barred},
		"who has signed":                      {signed(two(), person("a")), person("a"), fault.Conflict},
		"the proxy of who has signed":         {signed(two(), person("a")), proxyOf("x", "a"), fault.Conflict},
		"who signed in another's place":       {signed(two(), proxyOf("b", "a")), person("b"), fault.Barred},
		"who signed, in another's place":      {signed(two(), person("b")), proxyOf("b", "a"), fault.Barred},
		"whose proxy signed for another":      {signed(task(casework.Everyone, "a", "b", "c"), proxyOf("x", "a")), proxyOf("x", "b"), fault.Barred},
		"who is too late (或签)":                {signed(given(task(casework.AnyOne, "a", "b"), person("a"), casework.AddSigner, "x"), person("a")), person("b"), fault.Conflict},
		"the one who was added, all the same": {signed(given(task(casework.AnyOne, "a", "b"), person("a"), casework.AddSigner, "x"), person("a")), person("x"), ""},
		"who is too early (依次)":               {task(casework.InTurn, "a", "b"), person("b"), fault.Conflict},
		"whose turn it is (依次)":               {signed(task(casework.InTurn, "a", "b"), person("a")), person("b"), ""},
		"who was added to a turn":             {given(task(casework.InTurn, "a", "b"), person("a"), casework.AddSigner, "x"), person("x"), ""},
		"in whose place a turn goes on":       {given(task(casework.InTurn, "a", "b"), person("a"), casework.Transfer, "x"), person("x"), ""},
		"who is behind the new one":           {given(task(casework.InTurn, "a", "b"), person("a"), casework.Transfer, "x"), person("b"), fault.Conflict},
		"who passed it on":                    {given(two(), person("a"), casework.Transfer, "x"), person("a"), fault.Barred},
		"who was taken off": {
			given(given(two(), person("a"), casework.AddSigner, "x"), person("a"), casework.RemoveSigner, "x"), person("x"), fault.Barred,
		},
		"a task that waits for nobody": {task(casework.AnyOne), person("a"), fault.Barred},
	} {
		if err := tt.task.MayTake(tt.by); kindOf(err) != tt.want {
			t.Errorf("%s: %v, want kind %v", name, err, tt.want)
		}
	}
}

// kindOf is empty where nothing is refused.
func kindOf(err error) fault.Kind {
	if err == nil {
		return ""
	}
	return fault.KindOf(err)
}

// An empty seat is an alarm, never a pass: nobody completes it.
func TestWhoHasNoPlaceCompletesNothing(t *testing.T) {
	t.Parallel()
	empty := task(casework.AnyOne)
	if !empty.Vacant() || empty.Sign(person("a"), monday) {
		t.Error("an empty seat was completed")
	}
	held := task(casework.AnyOne, "a")
	if held.Vacant() || held.Sign(person("x"), monday) || held.Assignees[0].State != casework.Waiting {
		t.Error("a stranger's signature counted")
	}
}

func TestAnAddedSignatureIsAwaited(t *testing.T) {
	t.Parallel()
	for _, mode := range []casework.Mode{casework.AnyOne, casework.Everyone, casework.InTurn} {
		task := ordered(t, task(mode, "a"), person("a"), casework.AddSigner, "x")
		if got := signing(t, &task, "a", "x"); got != "x" {
			t.Errorf("%s: completed by %q", mode, got)
		}
	}
}

// A fellow holder who is added must sign, too; taken off again he is one of many.
func TestAHolderMayBeAddedAndTakenOffAgain(t *testing.T) {
	t.Parallel()
	added := ordered(t, task(casework.AnyOne, "a", "b"), person("a"), casework.AddSigner, "b")
	waits := casework.CloneDesk([]casework.Task{added})[0]
	if got := signing(t, &waits, "a", "b"); got != "b" {
		t.Errorf("completed by %q", got)
	}
	off := ordered(t, added, person("a"), casework.RemoveSigner, "b")
	if got := signing(t, &off, "b"); got != "b" {
		t.Errorf("taken off, b is a holder still; completed by %q", got)
	}
}

// Whoever must sign passes the duty on with the place, to whomever.
func TestATransferLosesNoSignatureThatWasAskedFor(t *testing.T) {
	t.Parallel()
	task := ordered(t, task(casework.AnyOne, "a", "b"), person("a"), casework.AddSigner, "x")
	task = ordered(t, task, person("x"), casework.Transfer, "b")
	if got := signing(t, &task, "a", "b"); got != "b" {
		t.Errorf("completed by %q; b stands where x was added", got)
	}
	again := ordered(t, ordered(t, taskWith(t, "x", "y"), person("a"), casework.RemoveSigner, "x"), person("y"), casework.Transfer, "x")
	if got := signing(t, &again, "a", "x"); got != "x" {
		t.Errorf("completed by %q; x was taken off and stands where y was added", got)
	}
}

// taskWith is the task of one of two holders, who added signers.
func taskWith(t *testing.T, added ...string) casework.Task {
	t.Helper()
	return ordered(t, task(casework.AnyOne, "a", "b"), person("a"), casework.AddSigner, added...)
}
