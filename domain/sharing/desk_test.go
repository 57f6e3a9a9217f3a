package sharing_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"datagov/domain/agency"
	"datagov/domain/casework"
	"datagov/domain/deadline"
	"datagov/domain/fault"
	"datagov/domain/sharing"
)

// seated gives every seat of the case to those of the crowd who may sit there.
func seated(r sharing.Request, mode casework.Mode) sharing.Request {
	r = r.Clone()
	seat(&r, now, func() casework.Mode { return mode })
	return r
}

// seat keeps the tasks of the seats that last and opens the others, as the record does.
func seat(r *sharing.Request, at time.Time, mode func() casework.Mode) {
	desk := []casework.Task{}
	for _, s := range sharing.Seats(*r) {
		if old := casework.Find(r.Desk, s.Step); old != nil && old.Agency == s.Agency && old.Role == s.Role {
			desk = append(desk, *old)
			continue
		}
		task := casework.Task{ID: r.ID + "/" + s.Step, Step: s.Step, Agency: s.Agency, Role: s.Role, Mode: casework.AnyOne, Signed: s.Signed}
		if s.Signed {
			task.Mode = mode()
		}
		for _, p := range crowd {
			if p.Principal == "" && p.Agency == s.Agency && r.MayStand(s.Step, s.Role, p, at) == nil {
				task.Assignees = append(task.Assignees, casework.Assignee{Account: p.Account, Holder: true, State: casework.Waiting})
			}
		}
		desk = append(desk, task)
	}
	r.Desk = desk
}

func accounts(t *casework.Task) string {
	if t == nil {
		return "no task"
	}
	list := []string{}
	for _, a := range t.Assignees {
		list = append(list, a.Account)
	}
	return strings.Join(list, " ")
}

// Nobody comes to sit where he drafted, where another side sits, or where his
// roles do not reach: who is given each step.
func TestWhoIsGivenEachStep(t *testing.T) {
	t.Parallel()
	drafted, asked := in(t, sharing.JointReview), in(t, sharing.JointReview)
	moves(t)(drafted.Write(by(provider), "p", casework.Provider, verdict(t, casework.Agree)))
	moves(t)(drafted.Write(by(commission), "c", casework.Commission, verdict(t, casework.Agree)))
	moves(t)(asked.AskExtension(by(provider), "原因"))
	both := submission("held")
	both.By = crowdMember("civil-3") // clerk and head
	own, _, _, err := sharing.Submit(both, pack())
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		r    sharing.Request
		step string
		want string
	}{
		"the head signs":                          {state(t, sharing.SignOff), "sign_off", "civil-2 civil-3"},
		"but not who drafted":                     {own, "sign_off", "civil-2"},
		"the clerks mend":                         {state(t, returned), "revision", "civil-1 civil-3"},
		"the commission checks":                   {state(t, sharing.FormCheck), "form_check", "commission-1 commission-3"},
		"the clerks supply":                       {state(t, sharing.Supplement), "supplement", "civil-1 civil-3"},
		"the provider drafts":                     {state(t, sharing.JointReview), "opinion_provider", "health-1 health-3"},
		"the commission drafts":                   {state(t, sharing.JointReview), "opinion_commission", "commission-1 commission-3"},
		"the provider's head signs":               {drafted, "sign_provider", "health-2 health-3"},
		"the commission's head signs":             {drafted, "sign_commission", "commission-2 commission-3"},
		"the extension is the whole commission's": {asked, "extension", "commission-1 commission-2 commission-3"},
		"a dispute goes to the clerks":            {state(t, sharing.Disputed), "disputed", "civil-1 civil-3"},
	} {
		got := seated(tt.r, casework.AnyOne)
		if accounts(casework.Find(got.Desk, tt.step)) != tt.want {
			t.Errorf("%s: given to %s, want %s", name, accounts(casework.Find(got.Desk, tt.step)), tt.want)
		}
	}
}

func crowdMember(account string) agency.Actor {
	return crowd[slices.IndexFunc(crowd, func(p agency.Actor) bool { return p.Account == account })]
}

func TestASeatIsRefusedWithItsReason(t *testing.T) {
	t.Parallel()
	r := in(t, sharing.JointReview)
	moves(t)(r.Write(by(provider), "p", casework.Provider, verdict(t, casework.Agree)))
	foreign := person("tax-2", "tax", agency.Head)
	for name, tt := range map[string]struct {
		step string
		role agency.Role
		who  agency.Actor
		want fault.Kind
	}{
		"without the role":        {"sign_provider", agency.Head, person("health-4", "health", agency.Clerk), fault.Barred},
		"of another agency":       {"sign_provider", agency.Head, foreign, fault.Barred},
		"who drafted it":          {"sign_provider", agency.Head, person("health-1", "health", agency.Head), fault.Barred},
		"of the applicant's side": {"sign_provider", agency.Head, person("civil-2", "health", agency.Head), fault.Barred},
		"at a step that is over":  {"form_check", agency.CommissionOfficer, commission, fault.Conflict},
		"a machine":               {"sign_provider", agency.Head, agency.SystemActor("clock"), fault.Barred},
		"a new head":              {"sign_provider", agency.Head, person("health-4", "health", agency.Head), ""},
	} {
		err := r.MayStand(tt.step, tt.role, tt.who, now)
		if (err == nil) != (tt.want == "") || err != nil && fault.KindOf(err) != tt.want {
			t.Errorf("%s: %v, want %q", name, err, tt.want)
		}
	}
}

func TestOnlyPartiesOrderAndOnlyWhileTheCaseIsOpen(t *testing.T) {
	t.Parallel()
	open, closed := seated(in(t, sharing.FormCheck), casework.AnyOne), state(t, sharing.Withdrawn)
	urge := casework.Order{Verb: casework.Urge, Task: "case/form_check"}
	for name, tt := range map[string]struct {
		r    sharing.Request
		o    casework.Order
		who  agency.Actor
		want fault.Kind
	}{
		"a party urges":                   {open, urge, clerk, ""},
		"nobody's agency":                 {open, urge, agency.Actor{Kind: agency.Human, Account: "x"}, fault.Barred},
		"a stranger urges":                {open, urge, stranger, fault.Barred},
		"a stranger copies":               {open, casework.Order{Verb: casework.SendCopy}, stranger, fault.Barred},
		"a stranger who sees it, watches": {open, casework.Order{Verb: casework.Follow}, stranger, ""},
		"a machine watches":               {open, casework.Order{Verb: casework.Follow}, agency.SystemActor("clock"), fault.Barred},
		"a closed case is not urged":      {closed, urge, clerk, fault.Conflict},
		"a closed case is not watched":    {closed, casework.Order{Verb: casework.Follow}, clerk, fault.Conflict},
		"a closed case is let go":         {closed, casework.Order{Verb: casework.Unfollow}, clerk, ""},
	} {
		err := sharing.MayOrder(tt.r, tt.o, tt.who, now, time.Hour)
		if (err == nil) != (tt.want == "") || err != nil && fault.KindOf(err) != tt.want {
			t.Errorf("%s: %v, want %q", name, err, tt.want)
		}
	}
}

func TestWhomAnOrderMayBringIn(t *testing.T) {
	t.Parallel()
	r := seated(in(t, sharing.FormCheck), casework.AnyOne)
	order := func(verb casework.OrderVerb, n int) casework.Order {
		return casework.Order{Verb: verb, Task: "case/form_check", Accounts: make([]string, n)}
	}
	gone := order(casework.Transfer, 1)
	gone.Task = "case/sign_off"
	officer := person("commission-4", "commission", agency.CommissionOfficer)
	for name, tt := range map[string]struct {
		o       casework.Order
		targets []agency.Actor
		want    fault.Kind
	}{
		"somebody unknown":                  {order(casework.Transfer, 1), nil, fault.Invalid},
		"two, one of them unknown":          {order(casework.SendCopy, 2), []agency.Actor{clerk}, fault.Invalid},
		"an officer takes over":             {order(casework.Transfer, 1), []agency.Actor{officer}, ""},
		"a clerk does not":                  {order(casework.Transfer, 1), []agency.Actor{provider}, fault.Barred},
		"at a task that is gone":            {gone, []agency.Actor{officer}, fault.Conflict},
		"a colleague gives advice":          {order(casework.Consult, 1), []agency.Actor{person("commission-9", "commission", agency.Clerk)}, ""},
		"who has no part in cases does not": {order(casework.Consult, 1), []agency.Actor{person("commission-8", "commission")}, fault.Barred},
		"one of another side does not":      {order(casework.Consult, 1), []agency.Actor{person("civil-1", "commission")}, fault.Barred},
		"one of another agency does not":    {order(casework.Consult, 1), []agency.Actor{stranger}, fault.Barred},
		"copies go to the parties":          {order(casework.SendCopy, 2), []agency.Actor{clerk, providerHead}, ""},
		"and to nobody else":                {order(casework.SendCopy, 2), []agency.Actor{clerk, stranger}, fault.Barred},
		"a second signer is judged as well": {order(casework.AddSigner, 2), []agency.Actor{officer, clerk}, fault.Barred},
	} {
		err := r.MayBring(tt.o, tt.targets, now)
		if (err == nil) != (tt.want == "") || err != nil && fault.KindOf(err) != tt.want {
			t.Errorf("%s: %v, want %q", name, err, tt.want)
		}
	}
}

// A countersigned paper waits where it is and answers nothing.
func TestAnOrderMovesPeopleAndNeverTheCase(t *testing.T) {
	t.Parallel()
	r := seated(submitted(t), casework.AnyOne)
	fourth := person("civil-4", "civil", agency.Head)
	before := r.Clone()
	moves(t)(r.Order(by(head), casework.Order{Verb: casework.AddSigner, Task: "case/sign_off", Accounts: []string{"civil-4"}}, []agency.Actor{fourth}))
	after := r.Clone()
	after.Desk = before.Desk
	if !reflect.DeepEqual(before, after) {
		t.Error("an order changed the case itself")
	}
	events, err := r.Sign(by(head))
	if err != nil || !slices.Equal(names(events), []string{"share_request.countersigned"}) || r.Status != sharing.SignOff || r.SignedBy != "" {
		t.Errorf("%v, %v: %s signed by %q", names(events), err, r.Status, r.SignedBy)
	}
	moves(t)(r.Sign(by(fourth)))
	if r.Status != sharing.FormCheck || r.SignedBy != "civil-4" {
		t.Errorf("%s signed by %q", r.Status, r.SignedBy)
	}
}

func TestUrgingKeepsThePauseOfTheRulePack(t *testing.T) {
	t.Parallel()
	if gap := sharing.UrgeGap(pack(), now); gap != 24*time.Hour {
		t.Errorf("a pack that says nothing: %s", gap)
	}
	p := pack()
	p.Terms = append(p.Terms, deadline.ScopedTerm{Term: deadline.Term{Code: deadline.DeskUrge, Value: 2, Unit: deadline.Hour, InForceFrom: "2025-08-01"}})
	if gap := sharing.UrgeGap(p, now); gap != 2*time.Hour {
		t.Errorf("two hours are %s", gap)
	}
}

// Whatever an agency can be asked to set covers whatever a case can ask for.
func TestEverySeatOfACaseCanBeSet(t *testing.T) {
	t.Parallel()
	asked := in(t, sharing.JointReview)
	moves(t)(asked.AskExtension(by(provider), "原因"))
	cases := []sharing.Request{asked}
	for _, status := range everyStatus {
		cases = append(cases, state(t, status))
	}
	for _, r := range cases {
		for _, s := range sharing.Seats(r) {
			known := slices.ContainsFunc(sharing.SeatsOf(s.Agency == r.Commission), func(o casework.Seat) bool {
				return o.Step == s.Step && o.Role == s.Role && o.Signed == s.Signed
			})
			if !known && s.Step != "disputed" {
				t.Errorf("the seat %+v of %s cannot be set", s, r.Status)
			}
			task := []casework.Task{{Step: s.Step}}
			if sharing.Seated(task); task[0].Signed != s.Signed {
				t.Errorf("%s signed: %v", s.Step, task[0].Signed)
			}
			if roles := sharing.SeatRoles(s.Step, s.Role); !slices.Contains(roles, s.Role) {
				t.Errorf("%s is held by %v and not by the %s of its task", s.Step, roles, s.Role)
			}
		}
	}
}

// What a proxy drafts counts for his principal, too.
func TestADraftMadeInHisPlaceIsNotSignedByThePrincipal(t *testing.T) {
	t.Parallel()
	s := submission("held")
	s.By = agency.Actor{Kind: agency.Human, Account: "civil-1", Agency: "civil", Roles: []agency.Role{agency.Clerk, agency.Head}, Principal: "civil-2"}
	r, _, _, err := sharing.Submit(s, pack())
	if err != nil {
		t.Fatal(err)
	}
	refused(t, sharing.MaySignOff(r, head), fault.Barred)
}
