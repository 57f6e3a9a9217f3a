package casework_test

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"datagov/domain/agency"
	"datagov/domain/casework"
	"datagov/domain/fault"
)

func TestWhoMayGiveAnOrder(t *testing.T) {
	t.Parallel()
	order := func(verb casework.OrderVerb, accounts ...string) casework.Order {
		return casework.Order{Verb: verb, Task: "task", Accounts: accounts}
	}
	advice := func(id string) casework.Order {
		return casework.Order{Verb: casework.Advise, Task: "task", Consultation: id}
	}
	signed := task(casework.Everyone, "a", "b", "c")
	signed.Sign(proxyOf("p", "a"), monday)
	added := taskWith(t, "x")
	asked := task(casework.AnyOne, "a")
	asked.Consultations = []casework.Consultation{{ID: "open", Account: "y"}, {ID: "shut", Account: "z", Answered: true}}
	urged := task(casework.AnyOne, "a")
	urged.UrgedAt, urged.Urges = monday.Add(-time.Hour), 1
	paper := task(casework.AnyOne, "a")
	paper.Signed = false
	eleven := []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"}
	for name, tt := range map[string]struct {
		task  casework.Task
		by    agency.Actor
		order casework.Order
		want  fault.Kind
	}{
		"a machine":                            {added, agency.SystemActor("clock"), order(casework.Urge), fault.Barred},
		"nobody":                               {added, agency.Actor{Kind: agency.Human}, order(casework.Follow), fault.Barred},
		"follow needs no task":                 {added, person("x"), casework.Order{Verb: casework.Follow}, ""},
		"a task that is gone":                  {added, person("a"), casework.Order{Verb: casework.Urge, Task: "other"}, fault.Conflict},
		"add a signer":                         {added, person("a"), order(casework.AddSigner, "y"), ""},
		"an added one adds, too":               {added, person("x"), order(casework.AddSigner, "y"), ""},
		"add as the proxy":                     {added, proxyOf("p", "a"), order(casework.AddSigner, "y"), ""},
		"add as a stranger":                    {added, person("y"), order(casework.AddSigner, "y"), fault.Barred},
		"add nobody":                           {added, person("a"), order(casework.AddSigner), fault.Invalid},
		"add a blank":                          {added, person("a"), order(casework.AddSigner, ""), fault.Invalid},
		"add the added":                        {added, person("a"), order(casework.AddSigner, "x"), fault.Conflict},
		"add a fellow holder of 或签":            {added, person("a"), order(casework.AddSigner, "b"), ""},
		"add a fellow holder of 会签":            {signed, person("b"), order(casework.AddSigner, "c"), fault.Conflict},
		"add whoever has signed":               {signed, person("b"), order(casework.AddSigner, "a"), fault.Conflict},
		"add whoever has signed for another":   {signed, person("b"), order(casework.AddSigner, "p"), fault.Conflict},
		"add eleven":                           {task(casework.AnyOne, "a"), person("a"), order(casework.AddSigner, eleven...), fault.Invalid},
		"add ten":                              {task(casework.AnyOne, "a"), person("a"), order(casework.AddSigner, eleven[:10]...), ""},
		"add ten to one":                       {added, person("a"), order(casework.AddSigner, eleven[:10]...), fault.Invalid},
		"add where nothing is signed":          {paper, person("a"), order(casework.AddSigner, "y"), fault.Conflict},
		"take off the added":                   {added, person("a"), order(casework.RemoveSigner, "x"), ""},
		"take off a holder":                    {added, person("a"), order(casework.RemoveSigner, "b"), fault.Conflict},
		"take off somebody unknown":            {added, person("a"), order(casework.RemoveSigner, "y"), fault.Conflict},
		"take off nobody":                      {added, person("a"), order(casework.RemoveSigner), fault.Conflict},
		"take off two":                         {added, person("a"), order(casework.RemoveSigner, "x", "b"), fault.Conflict},
		"take off as a stranger":               {added, person("y"), order(casework.RemoveSigner, "x"), fault.Barred},
		"pass it on":                           {added, person("a"), order(casework.Transfer, "y"), ""},
		"pass it on to oneself":                {added, person("a"), order(casework.Transfer, "a"), fault.Invalid},
		"pass it on to one's proxy, by him":    {added, proxyOf("y", "a"), order(casework.Transfer, "y"), fault.Invalid},
		"pass it on to nobody":                 {added, person("a"), order(casework.Transfer), fault.Invalid},
		"pass it on to whoever has signed":     {signed, person("b"), order(casework.Transfer, "a"), fault.Conflict},
		"pass it on to who signed for another": {signed, person("b"), order(casework.Transfer, "p"), fault.Conflict},
		"pass on what one has signed":          {signed, person("a"), order(casework.Transfer, "y"), fault.Conflict},
		"pass on what is not one's own":        {signed, person("y"), order(casework.Transfer, "z"), fault.Barred},
		"ask a colleague":                      {asked, person("a"), order(casework.Consult, "x"), ""},
		"ask him who was asked":                {asked, person("a"), order(casework.Consult, "y"), fault.Conflict},
		"ask him who answered":                 {asked, person("a"), order(casework.Consult, "z"), ""},
		"ask oneself":                          {asked, person("a"), order(casework.Consult, "a"), fault.Invalid},
		"ask nobody":                           {asked, person("a"), order(casework.Consult), fault.Invalid},
		"ask as a stranger":                    {asked, person("x"), order(casework.Consult, "y"), fault.Barred},
		"answer":                               {asked, person("y"), advice("open"), ""},
		"answer as the proxy":                  {asked, proxyOf("p", "y"), advice("open"), ""},
		"answer what another was asked":        {asked, person("x"), advice("open"), fault.Barred},
		"answer twice":                         {asked, person("z"), advice("shut"), fault.Conflict},
		"answer nothing":                       {asked, person("y"), advice(""), fault.NotFound},
		"urge":                                 {added, person("y"), order(casework.Urge), ""},
		"urge oneself":                         {added, person("a"), order(casework.Urge), fault.Conflict},
		"urge again at once":                   {urged, person("y"), order(casework.Urge), fault.Conflict},
	} {
		desk := []casework.Task{tt.task}
		if err := tt.order.MayGive(desk, tt.by, monday, 2*time.Hour); kindOf(err) != tt.want {
			t.Errorf("%s: %v, want %q", name, err, tt.want)
		}
	}
	if err := order(casework.Urge).MayGive([]casework.Task{urged}, person("y"), monday, time.Hour); err != nil {
		t.Errorf("urge when the pause is over: %v", err)
	}
}

func TestAnOrderAboutNobodyKnownChangesNothing(t *testing.T) {
	t.Parallel()
	for _, verb := range casework.OrderVerbs() {
		for _, o := range []casework.Order{
			{Verb: verb, Task: "other", Accounts: []string{"x"}}, {Verb: verb, Task: "task", Accounts: []string{"nobody"}}, {Verb: verb, Task: "task"},
		} {
			if o.Task == "task" && (verb == casework.AddSigner || verb == casework.Consult || verb == casework.Urge) {
				continue // these always find what they change
			}
			desk := []casework.Task{taskWith(t, "x")}
			o.Carry(desk, person("stranger"), monday)
			if want := []casework.Task{taskWith(t, "x")}; !reflect.DeepEqual(desk, want) {
				t.Errorf("%+v left %+v", o, desk)
			}
		}
	}
}

func TestARemovalCompletesNothing(t *testing.T) {
	t.Parallel()
	task := taskWith(t, "x")
	if got := signing(t, &task, "a"); got != "" {
		t.Fatal("completed without x")
	}
	task = ordered(t, task, person("a"), casework.RemoveSigner, "x")
	if task.Vacant() {
		t.Fatal("nobody is left to sign")
	}
	if got := signing(t, &task, "a"); got != "a" {
		t.Errorf("signed anew, completed by %q", got)
	}
	task = taskWith(t, "x", "y")
	signing(t, &task, "a")
	task = ordered(t, task, person("a"), casework.RemoveSigner, "x")
	if task.Assignees[0].State != casework.HasSigned {
		t.Error("y is awaited still, and a's signature was taken back")
	}
}

// Whoever signed in another's place cannot sign in his own, and passes it on.
func TestWhoMayNotSignTwiceMayPassItOn(t *testing.T) {
	t.Parallel()
	task := task(casework.Everyone, "a", "b")
	task.Sign(proxyOf("b", "a"), monday)
	if err := task.MayTake(person("b")); fault.KindOf(err) != fault.Barred {
		t.Fatalf("signed twice: %v", err)
	}
	task = ordered(t, task, person("b"), casework.Transfer, "c")
	if got := signing(t, &task, "c"); got != "c" {
		t.Errorf("completed by %q", got)
	}
}

func TestOrdersLeaveTheirTraces(t *testing.T) {
	t.Parallel()
	desk := []casework.Task{task(casework.AnyOne, "a")}
	for i, o := range []casework.Order{
		{Verb: casework.Consult, Task: "task", Accounts: []string{"y"}, Consultation: "c"},
		{Verb: casework.Urge, Task: "task"},
		{Verb: casework.Transfer, Task: "task", Accounts: []string{"b"}},
		{Verb: casework.Advise, Task: "task", Consultation: "c"},
	} {
		by := []string{"a", "z", "a", "y"}[i]
		if err := o.MayGive(desk, person(by), monday, 0); err != nil {
			t.Fatalf("%s: %v", o.Verb, err)
		}
		o.Carry(desk, person(by), monday)
	}
	want := task(casework.AnyOne)
	want.UrgedAt, want.Urges = monday, 1
	want.Consultations = []casework.Consultation{{ID: "c", AskedBy: "a", Account: "y", Answered: true}}
	want.Assignees = []casework.Assignee{
		{Account: "a", Holder: true, State: casework.Transferred, ActedBy: "a", At: monday},
		{Account: "b", Holder: true, State: casework.Waiting},
	}
	if !reflect.DeepEqual(desk[0], want) {
		t.Errorf("left  %+v\nwant %+v", desk[0], want)
	}
}

// features.md §5, number 2: of fifty who sign together with ten who are
// added meanwhile no vote is lost (flowable #3687).
func TestSignersAddedMeanwhileLoseNoVote(t *testing.T) {
	t.Parallel()
	people := []string{}
	for i := range 50 {
		people = append(people, fmt.Sprintf("holder-%02d", i))
	}
	seat, completed := task(casework.Everyone, people...), ""
	for i, p := range people {
		if i%5 == 0 { // ten are the bound
			seat = ordered(t, seat, person(p), casework.AddSigner, fmt.Sprintf("added-%02d", i/5))
		}
		completed = signing(t, &seat, p)
	}
	for i := range 10 {
		completed = signing(t, &seat, fmt.Sprintf("added-%02d", i))
	}
	if completed != "added-09" || len(seat.Assignees) != 60 {
		t.Errorf("completed by %q with %d people", completed, len(seat.Assignees))
	}
	for _, a := range seat.Assignees {
		if a.State != casework.HasSigned {
			t.Errorf("%s is %s", a.Account, a.State)
		}
	}
}
