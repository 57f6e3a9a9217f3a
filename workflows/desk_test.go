package workflows_test

import (
	"context"
	"log/slog"
	"slices"
	"strconv"
	"testing"
	"time"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/log"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/workflow"

	"datagov/activities"
	"datagov/domain/agency"
	"datagov/domain/audit"
	"datagov/domain/casework"
	"datagov/domain/catalog"
	"datagov/domain/deadline"
	"datagov/domain/law"
	"datagov/domain/sharing"
	"datagov/domain/workday"
	"datagov/internal/testkit"
	"datagov/workflows"
)

// anything stands for any argument of a mocked activity or workflow.
const anything = "mock.Anything"

// began is a Monday morning; until June 2027 only weekends rest in these tests.
var began = time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)

// desk plays the record: it keeps one case, moves it by the real rules when an
// activity is called, and writes down which were called and when.
type desk struct {
	t       *testing.T
	env     *testsuite.TestWorkflowEnvironment
	request sharing.Request // as the rows have it
	calls   []string
	rang    []time.Time
	grants  []string
	// refuse makes the named activity refuse once.
	refuse map[string]error
	acts   int
	// started counts activities, retries too.
	started int
}

// environment is an engine in which time passes by itself.
func environment(t *testing.T) *testsuite.TestWorkflowEnvironment {
	t.Helper()
	var suite testsuite.WorkflowTestSuite
	suite.SetLogger(log.NewStructuredLogger(slog.New(slog.DiscardHandler)))
	env := suite.NewTestWorkflowEnvironment()
	env.SetStartTime(began)
	env.SetTestTimeout(time.Minute)
	env.RegisterWorkflowWithOptions(workflows.ShareRequest, workflow.RegisterOptions{Name: workflows.ShareRequestType})
	env.RegisterWorkflowWithOptions(workflows.Grant, workflow.RegisterOptions{Name: workflows.GrantType})
	env.RegisterActivity(&activities.ShareRequests{})
	env.RegisterActivity(&activities.Grants{})
	return env
}

func newDesk(t *testing.T, items ...string) *desk {
	t.Helper()
	d := &desk{t: t, env: environment(t), refuse: map[string]error{}}
	if len(items) == 0 {
		items = []string{"held"}
	}
	d.mockShareRequests(items)
	d.env.OnWorkflow(workflows.Grant, anything, anything).Return(
		func(_ workflow.Context, in workflows.GrantInput) (workflows.GrantResult, error) {
			d.grants = append(d.grants, in.ID)
			return workflows.GrantResult{Status: sharing.Active}, nil
		}).Maybe()
	return d
}

func (d *desk) mockShareRequests(items []string) {
	var a *activities.ShareRequests
	words := sharing.OpinionWords{Outcome: casework.Refusal, Reason: "理由", Grounds: []law.Claim{testkit.Statute()}}
	on := func(activity any, name string, move func(m sharing.Move, in workflows.Act) ([]audit.Event, error)) {
		d.env.OnActivity(activity, anything, anything).Return(func(_ context.Context, in workflows.Act) (workflows.Done, error) {
			return d.act(name, in, move)
		}).Maybe()
	}
	on(a.Open, "Open", func(m sharing.Move, in workflows.Act) (events []audit.Event, err error) {
		d.request, _, events, err = sharing.Submit(submission(in, m.At, items), pack())
		return events, err
	})
	on(a.SignOff, "SignOff", func(m sharing.Move, in workflows.Act) ([]audit.Event, error) {
		if in.Outcome == "return" {
			return d.request.Return(m, "退回")
		}
		return d.request.Sign(m)
	})
	on(a.Revise, "Revise", func(m sharing.Move, _ workflows.Act) ([]audit.Event, error) { return d.request.Revise(m) })
	on(a.CheckForm, "CheckForm", func(m sharing.Move, in workflows.Act) ([]audit.Event, error) {
		if in.Outcome == "supplement" {
			return d.request.Notify(m, []string{"授权书"})
		}
		return d.request.Complete(m)
	})
	on(a.Supply, "Supply", func(m sharing.Move, _ workflows.Act) ([]audit.Event, error) { return d.request.Supply(m) })
	on(a.DraftOpinion, "DraftOpinion", func(m sharing.Move, in workflows.Act) ([]audit.Event, error) {
		said := words
		said.Outcome, said.Conditions = in.Draft.Outcome, []casework.Condition{{Kind: "mask", Text: "脱敏"}}
		verdict, err := said.Verdict(workday.DayOf(m.At), nil)
		if err != nil {
			return nil, err
		}
		return d.request.Write(m, string(in.Draft.Side), in.Draft.Side, verdict)
	})
	on(a.SignOpinion, "SignOpinion", func(m sharing.Move, in workflows.Act) ([]audit.Event, error) {
		return d.request.SignOpinion(m, in.Opinion)
	})
	on(a.Extend, "Extend", func(m sharing.Move, in workflows.Act) ([]audit.Event, error) {
		if in.Outcome == "ask" {
			return d.request.AskExtension(m, "原因")
		}
		return d.request.DecideExtension(m, in.Outcome == "consent")
	})
	on(a.Suspend, "Suspend", func(m sharing.Move, in workflows.Act) ([]audit.Event, error) {
		if in.Outcome == "resume" {
			return d.request.Resume(m)
		}
		return d.request.Suspend(m, "third_party")
	})
	on(a.Withdraw, "Withdraw", func(m sharing.Move, _ workflows.Act) ([]audit.Event, error) { return d.request.Withdraw(m) })
	d.mockOwnSteps(a)
}

// mockOwnSteps are the steps that no person asks for.
func (d *desk) mockOwnSteps(a *activities.ShareRequests) {
	system := workflows.Act{CaseID: "case", Actor: agency.SystemActor("law")}
	d.env.OnActivity(a.Load, anything, anything).Return(func(context.Context, string) (workflows.Done, error) {
		return d.act("Load", system, nil)
	}).Maybe()
	d.env.OnActivity(a.GrantAgreed, anything, anything).Return(func(context.Context, string) (workflows.Done, error) {
		return d.act("GrantAgreed", system, func(m sharing.Move, _ workflows.Act) ([]audit.Event, error) { return d.request.Grant(m.At) })
	}).Maybe()
	d.env.OnActivity(a.Ring, anything, anything).Return(func(_ context.Context, alarm activities.Alarm) (workflows.Done, error) {
		return d.act("Ring", system, func(sharing.Move, workflows.Act) ([]audit.Event, error) {
			d.rang = append(d.rang, alarm.At)
			return d.request.Ring(alarm.At), nil
		})
	}).Maybe()
	d.env.SetOnActivityStartedListener(d.limit)
}

// limit ends a run whose activities are retried for ever.
func (d *desk) limit(info *activity.Info, _ context.Context, _ converter.EncodedValues) {
	if d.started++; d.started > 200 {
		d.t.Errorf("%s is started again and again", info.ActivityType.Name)
		d.env.CancelWorkflow()
	}
}

func (d *desk) act(name string, in workflows.Act, move func(m sharing.Move, in workflows.Act) ([]audit.Event, error)) (workflows.Done, error) {
	d.calls = append(d.calls, name)
	if err := d.refuse[name]; err != nil {
		delete(d.refuse, name)
		return workflows.Done{}, activities.Refuse(err)
	}
	if name == "Load" {
		return workflows.Done{Request: d.request}, nil
	}
	version := d.request.Version
	d.request = d.request.Clone()
	if _, err := move(sharing.Move{By: in.Actor, At: d.env.Now().UTC(), Pack: pack()}, in); err != nil {
		return workflows.Done{}, activities.Refuse(err)
	}
	d.request.Version = version + 1
	made := ""
	if in.Draft != nil {
		made = string(in.Draft.Side)
	}
	return workflows.Done{Request: d.request, Made: made}, nil
}

// answer is what became of an update.
type answer struct {
	accepted, completed bool
	done                workflows.Done
	err                 error // the refusal, in our words
}

// send sends an update after a while.
func (d *desk) send(after time.Duration, update string, act workflows.Act) *answer {
	d.acts++
	act.CaseID, act.Command = "case", "command-"+strconv.Itoa(d.acts)
	got := &answer{}
	d.env.RegisterDelayedCallback(func() {
		d.env.UpdateWorkflow(update, act.Command, &testsuite.TestUpdateCallback{
			OnAccept: func() { got.accepted = true },
			OnReject: func(err error) { got.err = refusal(err) },
			OnComplete: func(result any, err error) {
				got.completed, got.err = true, refusal(err)
				if done, ok := result.(workflows.Done); ok {
					got.done = done
				}
			},
		}, act)
	}, after)
	return got
}

// refusal reads an error as a client does, after it has been over the wire.
func refusal(err error) error {
	if err == nil {
		return nil
	}
	wire := temporal.GetDefaultFailureConverter()
	return workflows.Refusal(wire.FailureToError(wire.ErrorToFailure(err)))
}

// run runs the workflow and gives its result.
func (d *desk) run() workflows.ShareRequestResult {
	d.t.Helper()
	d.env.ExecuteWorkflow(workflows.ShareRequestType, workflows.ShareRequestInput{ID: "case"})
	if err := d.env.GetWorkflowError(); err != nil || !d.env.IsWorkflowCompleted() {
		d.t.Fatalf("the workflow ended: %v, %v", d.env.IsWorkflowCompleted(), err)
	}
	var result workflows.ShareRequestResult
	if err := d.env.GetWorkflowResult(&result); err != nil {
		d.t.Fatal(err)
	}
	return result
}

func (d *desk) called(want ...string) {
	d.t.Helper()
	if !slices.Equal(d.calls, want) {
		d.t.Errorf("activities %v, want %v", d.calls, want)
	}
}

// The acts of the plain way, an hour between them.
func (d *desk) open(after time.Duration) *answer {
	return d.send(after, workflows.OpenUpdate, workflows.Act{Actor: testkit.Clerk})
}

func (d *desk) signOff(after time.Duration) *answer {
	return d.send(after, workflows.SignOffUpdate, workflows.Act{Actor: testkit.Head, Outcome: "sign"})
}

func (d *desk) complete(after time.Duration) *answer {
	return d.send(after, workflows.CheckFormUpdate, workflows.Act{Actor: testkit.CommissionOfficer, Outcome: "complete"})
}

func (d *desk) withdraw(after time.Duration) *answer {
	return d.send(after, workflows.WithdrawUpdate, workflows.Act{Actor: testkit.Clerk})
}

func (d *desk) draft(after time.Duration, by agency.Actor, draft sharing.Draft) *answer {
	return d.send(after, workflows.DraftOpinionUpdate, workflows.Act{Actor: by, Draft: &draft})
}

// opinions sends both sides' opinions, drafted and signed, and gives the last answer.
func (d *desk) opinions(after time.Duration, provider, commission casework.Outcome) *answer {
	for side, who := range map[casework.Side]agency.Actor{casework.Provider: testkit.Provider, casework.Commission: testkit.CommissionOfficer} {
		outcome := provider
		if side == casework.Commission {
			outcome = commission
		}
		draft := sharing.Draft{Side: side, Outcome: outcome, Reasoned: true}
		switch outcome {
		case casework.Refusal:
			draft.Grounds = []law.Claim{testkit.Statute()}
		case casework.AgreeWithConditions:
			draft.Conditions = 1
		case casework.Agree:
		}
		d.draft(after, who, draft)
	}
	d.send(after+time.Minute, workflows.SignOpinionUpdate, workflows.Act{Actor: testkit.ProviderHead, Opinion: "provider"})
	return d.send(after+2*time.Minute, workflows.SignOpinionUpdate, workflows.Act{Actor: testkit.CommissionHead, Opinion: "commission"})
}

// reviewing sends what leads into the joint review within three hours.
func (d *desk) reviewing() {
	d.open(0)
	d.signOff(time.Hour)
	d.complete(2 * time.Hour)
}

func submission(in workflows.Act, at time.Time, items []string) sharing.Submission {
	return sharing.Submission{
		ID: "case", Requester: "civil", Commission: "commission", By: in.Actor, At: at,
		Entry: catalog.Entry{
			ID: "entry", Provider: agency.Agency{ID: "health", Kind: agency.Government}, Sharing: catalog.Authorized,
			Items: []catalog.Item{{ID: "free", Sharing: catalog.Unconditional}, {ID: "held", Sharing: catalog.Authorized}},
		},
		File: sharing.File{
			EntryID: "entry", Items: items, Purpose: "用途", Basis: "依据", System: "系统", Mode: sharing.RequestResponse, Until: "2027-06-30",
		},
	}
}

func pack() deadline.Pack {
	p := deadline.Pack{Version: "test", Calendar: workday.NewCalendar("v1", nil, nil), Items: []deadline.Item{{
		Kind: deadline.KindSuspension, Code: "third_party", Title: "征求第三方意见", Basis: deadline.ByAnalogy, InForceFrom: "2025-08-01",
		Body: `{"limit":15,"unit":"working_day","clocks":["share.joint_decision","share.provider_answer","share.provider_opinion"]}`,
	}}}
	for _, t := range []struct {
		code string
		days int
	}{
		{deadline.ShareSignOff, 5},
		{deadline.ShareFormCheck, 2},
		{deadline.ShareSupplement, 10},
		{deadline.ShareProviderOpinion, 5},
		{deadline.ShareProviderAnswer, 10},
		{deadline.ShareJointDecision, 10},
		{deadline.ShareExtension, 10},
		{deadline.ShareProvision, 20},
	} {
		p.Terms = append(p.Terms, deadline.ScopedTerm{Term: deadline.Term{
			Code: t.code, Title: t.code, Value: t.days, Unit: deadline.WorkingDay, Basis: deadline.ByDistrict, Source: "test", InForceFrom: "2025-08-01",
		}})
	}
	return p
}
