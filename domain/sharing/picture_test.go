package sharing_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"datagov/domain/agency"
	"datagov/domain/casework"
	"datagov/domain/sharing"
)

func seats(r sharing.Request) []string {
	list := []string{}
	for _, s := range sharing.Seats(r) {
		list = append(list, s.Step+" "+string(s.Agency)+" "+string(s.Role))
	}
	return list
}

func TestTheCaseWaitsWhereTheProcedureSays(t *testing.T) {
	t.Parallel()
	for status, want := range map[sharing.Status][]string{
		sharing.SignOff: {"sign_off civil head"}, returned: {"revision civil clerk"},
		sharing.FormCheck: {"form_check commission commission_officer"}, sharing.Supplement: {"supplement civil clerk"},
		sharing.JointReview: {"opinion_provider health clerk", "opinion_commission commission commission_officer"},
		sharing.Disputed:    {"disputed civil clerk"},
		sharing.Approved:    {}, sharing.Granted: {}, sharing.PartiallyGranted: {}, sharing.Refused: {}, sharing.Withdrawn: {},
	} {
		if got := seats(state(t, status)); !slices.Equal(got, want) {
			t.Errorf("%s waits at %v, want %v", status, got, want)
		}
	}
}

func TestAnOpinionMovesFromTheOfficerToHisHead(t *testing.T) {
	t.Parallel()
	r, moved := in(t, sharing.JointReview), moves(t)
	moved(r.Write(by(provider), "p", casework.Provider, verdict(t, casework.Agree)))
	if got := seats(r); !slices.Equal(got, []string{"sign_provider health head", "opinion_commission commission commission_officer"}) {
		t.Errorf("after the draft: %v", got)
	}
	moved(r.SignOpinion(by(providerHead), "p"))
	if got := seats(r); !slices.Equal(got, []string{"opinion_commission commission commission_officer"}) {
		t.Errorf("after the signature: %v", got)
	}
	moved(r.AskExtension(by(providerHead), "核对口径"))
	if got := seats(r); !slices.Contains(got, "extension commission commission_head") {
		t.Errorf("after the provider asked: %v", got)
	}
}

// Article 26(2): a lawful grant has no review seat, and never had one.
func TestALawfulGrantHasNoReviewSeat(t *testing.T) {
	t.Parallel()
	r := submitted(t, "free")
	if got := seats(r); !slices.Equal(got, []string{"sign_off civil head"}) {
		t.Errorf("before the signature: %v", got)
	}
	moves(t)(r.Sign(by(head)))
	if got := seats(r); len(got) != 0 || r.Status != sharing.Granted {
		t.Errorf("after the signature: %v in %s", got, r.Status)
	}
}

func TestEverySeatIsTakenBySomebodyWhoMayAct(t *testing.T) {
	t.Parallel()
	people := []agency.Actor{clerk, head, provider, providerHead, commission, commissionHead}
	for _, status := range everyStatus {
		r := state(t, status)
		for _, seat := range sharing.Seats(r) {
			if sharing.StepTitle(seat.Step) == seat.Step {
				t.Errorf("step %s has no title", seat.Step)
			}
			free := slices.ContainsFunc(people, func(a agency.Actor) bool {
				return a.Agency == seat.Agency && a.Holds(seat.Role) && len(sharing.Verbs(r, a, now)) > 0
			})
			if !free {
				t.Errorf("%s: nobody can take the seat %s", status, seat.Step)
			}
		}
	}
	if sharing.StepTitle("unknown") != "unknown" {
		t.Error("an unknown step stands for itself")
	}
}

// What the page offers is what the rules allow: each verb agrees with its May function.
func TestVerbsAgreeWithTheRules(t *testing.T) {
	t.Parallel()
	asked := in(t, sharing.JointReview)
	moves(t)(asked.AskExtension(by(provider), "核对口径"))
	drafted := in(t, sharing.JointReview)
	moves(t)(drafted.Write(by(provider), "p", casework.Provider, verdict(t, casework.Agree)))
	cases := []sharing.Request{asked, drafted}
	for _, status := range everyStatus {
		cases = append(cases, state(t, status))
	}
	for _, r := range cases {
		for _, a := range []agency.Actor{clerk, head, provider, providerHead, commission, commissionHead, stranger, agency.SystemActor("clock")} {
			want := map[string]bool{
				"sign_off": sharing.MaySignOff(r, a) == nil, "revision": sharing.MayRevise(r, a) == nil,
				"form_check": sharing.MayCheckForm(r, a) == nil, "supplement": sharing.MaySupply(r, a) == nil,
				"draft_opinion": sharing.MayDraft(r, a, sharing.SideOf(r, a, "")) == nil, "sign_opinion": sharing.MaySign(r, a, "p") == nil,
				"ask_extension": sharing.MayAskExtension(r, a, now) == nil, "decide_extension": sharing.MayDecideExtension(r, a, now) == nil,
				"withdraw": sharing.MayWithdraw(r, a) == nil, "suspend_clock": sharing.MaySuspend(r, a, now) == nil,
				"resume_clock": sharing.MayResume(r, a, now) == nil,
			}
			got := map[string]bool{}
			for _, v := range sharing.Verbs(r, a, now) {
				got[v.Key] = true
				if v.Title == "" || v.Next == "" || v.Clock == "" || v.Object == "" || v.Action == "" || v.Citation.Article == "" {
					t.Errorf("verb %+v is not complete", v)
				}
				if !want[v.Key] && v.Object != "desk" {
					t.Errorf("%s in %s is offered %s", a.Account, r.Status, v.Key)
				}
			}
			for key, may := range want {
				if may && !got[key] {
					t.Errorf("%s in %s is not offered %s", a.Account, r.Status, key)
				}
			}
		}
	}
}

func steps(r sharing.Request) string {
	var list []string
	for _, s := range sharing.Steps(r) {
		list = append(list, s.Key+"="+string(s.State))
	}
	return strings.Join(list, " ")
}

func TestThePictureFollowsTheStatus(t *testing.T) {
	t.Parallel()
	byLaw := submitted(t, "free")
	moves(t)(byLaw.Sign(by(head)))
	supplied, given := in(t, sharing.Supplement), in(t, sharing.Supplement)
	moves(t)(supplied.Supply(by(clerk)))
	moves(t)(given.Withdraw(by(clerk)))
	for name, tt := range map[string]struct {
		r    sharing.Request
		want string
	}{
		"supplied":  {supplied, "draft=done sign_off=done form_check=now supplement=done joint_review=next answer=next"},
		"given up":  {given, "draft=done sign_off=done form_check=done supplement=done joint_review=skipped answer=done"},
		"signing":   {state(t, sharing.SignOff), "draft=done sign_off=now form_check=next supplement=skipped joint_review=next answer=next"},
		"checking":  {state(t, sharing.FormCheck), "draft=done sign_off=done form_check=now supplement=skipped joint_review=next answer=next"},
		"mending":   {state(t, sharing.Supplement), "draft=done sign_off=done form_check=done supplement=now joint_review=next answer=next"},
		"reviewing": {state(t, sharing.JointReview), "draft=done sign_off=done form_check=done supplement=skipped joint_review=now answer=next"},
		"granted":   {state(t, sharing.Granted), "draft=done sign_off=done form_check=done supplement=skipped joint_review=done answer=done"},
		"disputed":  {state(t, sharing.Disputed), "draft=done sign_off=done form_check=done supplement=skipped joint_review=done answer=now"},
		"withdrawn": {state(t, sharing.Withdrawn), "draft=done sign_off=done form_check=skipped supplement=skipped joint_review=skipped answer=done"},
		"by law":    {byLaw, "draft=done sign_off=done form_check=skipped supplement=skipped joint_review=skipped answer=done"},
	} {
		if got := steps(tt.r); got != tt.want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, tt.want)
		}
	}
	for _, s := range sharing.Steps(state(t, sharing.JointReview)) {
		if s.State == sharing.StepNow && s.DueAt.IsZero() {
			t.Errorf("step %s has no due date", s.Key)
		}
	}
}

func TestEveryStatusHasATitle(t *testing.T) {
	t.Parallel()
	for _, s := range everyStatus {
		if s != returned && s.Title() == string(s) {
			t.Errorf("%s has no title", s)
		}
	}
	if sharing.Status("x").Title() != "x" || sharing.OutcomeTitle("x") != "x" || sharing.SideTitle("x") != "x" {
		t.Error("an unknown word stands for itself")
	}
	for _, o := range []casework.Outcome{casework.Agree, casework.AgreeWithConditions, casework.Refusal} {
		if sharing.OutcomeTitle(o) == string(o) {
			t.Errorf("%s has no title", o)
		}
	}
	for _, s := range []casework.Side{casework.Applicant, casework.Provider, casework.Commission} {
		if sharing.SideTitle(s) == string(s) {
			t.Errorf("%s has no title", s)
		}
	}
}

// The names are read from the source, so that a new event without words is noticed.
func TestEveryEventHasATitle(t *testing.T) {
	t.Parallel()
	found := 0
	for _, name := range eventNames(t) {
		found++
		if title := sharing.EventTitle("share_request." + name); title == "share_request."+name {
			t.Errorf("event %s has no title", name)
		}
	}
	if found < 20 {
		t.Errorf("only %d events found in the source", found)
	}
	if sharing.EventTitle("grant.activated") != "grant.activated" || sharing.EventTitle("share_request.x") != "share_request.x" {
		t.Error("an unknown event stands for itself")
	}
}

// eventNames are the first arguments of event and byLaw, and what Ring and the answer call theirs.
func eventNames(t *testing.T) []string {
	t.Helper()
	list := []string{"reminded", "overdue", "approved", "refused", "disputed"}
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), f.Name(), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			name, isName := call.Fun.(*ast.Ident)
			text, isText := call.Args[0].(*ast.BasicLit)
			if isName && isText && (name.Name == "event" || name.Name == "byLaw") {
				unquoted, err := strconv.Unquote(text.Value)
				if err != nil {
					t.Fatal(err)
				}
				list = append(list, unquoted)
			}
			return true
		})
	}
	return list
}
