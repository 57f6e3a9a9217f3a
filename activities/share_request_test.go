package activities_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"datagov/activities"
	"datagov/domain/agency"
	"datagov/domain/audit"
	"datagov/domain/casework"
	"datagov/domain/deadline"
	"datagov/domain/fault"
	"datagov/domain/law"
	"datagov/domain/sharing"
	"datagov/internal/testkit"
	"datagov/store"
)

// Every act on the way is carried twice by the desk. Articles 25, 26; TL 20, 21.
func TestAnActivityThatRunsTwiceDoesTheThingOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	opened := d.open(testkit.ItemHeld, testkit.ItemFree, testkit.ItemBarred)
	if opened.Made != "case" || d.read("case").Words.Purpose != "核对救助对象" {
		t.Errorf("opened %+v", opened)
	}
	d.do(d.SignOff, activities.Act{Actor: testkit.Head}, sharing.SignatureWords{Outcome: "return", Reason: "用途不清"})
	d.do(d.Revise, activities.Act{Actor: testkit.Clerk}, sharing.FileWords{Purpose: "核对低保对象", Until: "2027-05-31"})
	d.sign()
	d.do(d.CheckForm, activities.Act{Actor: testkit.CommissionOfficer}, sharing.FormCheckWords{Outcome: "supplement", Missing: []string{"授权书"}})
	d.do(d.Supply, activities.Act{Actor: testkit.Clerk}, sharing.FileWords{Note: "已补"})
	d.do(d.CheckForm, activities.Act{Actor: testkit.CommissionOfficer}, sharing.FormCheckWords{Outcome: "complete"})
	d.do(d.Extend, activities.Act{Actor: testkit.Provider, Outcome: "ask"}, sharing.ExtensionWords{Outcome: "ask", Reason: "核对口径"})
	d.do(d.Extend, activities.Act{Actor: testkit.CommissionHead, Outcome: "consent"}, sharing.ExtensionWords{Outcome: "consent"})
	d.answered(casework.Agree, casework.AgreeWithConditions)
	for range 2 {
		if done, err := d.GrantAgreed(t.Context(), "case"); err != nil || done.Request.Status != sharing.PartiallyGranted && done.Request.Status != sharing.Granted {
			t.Errorf("granted as %s, %v", done.Request.Status, err)
		}
	}
	r := d.read("case")
	if n := d.traces(); n.Grants != 2 || n.Opinions != 2 || r.Words.Missing[0] != "授权书" || r.Until != "2027-05-31" || r.Words.SupplyNote != "已补" {
		t.Errorf("in the end %+v, %+v", n, r.Words)
	}
	d.checkStream(r)
}

// checkStream: the case's events are a whole chain, each with actor, rules and article.
func (d *desk) checkStream(r store.ShareRequest) {
	d.t.Helper()
	events, err := d.Store.Events(d.t.Context(), r.Stream(), 0, 100)
	if err != nil {
		d.t.Fatal(err)
	}
	if err := audit.Verify(events); err != nil {
		d.t.Error(err)
	}
	for _, e := range events {
		if e.Actor.Kind == "" || e.RuleVersion == "" || e.Citation.Article == "" || sharing.EventTitle(e.Name) == e.Name || strings.Contains(e.Body+e.Detail, "救助") {
			d.t.Errorf("event %+v", e)
		}
	}
}

func TestAnUnknownCommandIsRefused(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.open()
	for name, run := range map[string]effect{
		"Open": d.Open, "SignOff": d.SignOff, "Revise": d.Revise, "CheckForm": d.CheckForm, "Supply": d.Supply,
		"DraftOpinion": d.DraftOpinion, "SignOpinion": d.SignOpinion, "Extend": d.Extend, "Withdraw": d.Withdraw,
	} {
		_, err := run(t.Context(), activities.Act{CaseID: "case", Command: "nobody asked", Actor: testkit.Head})
		if fault.KindOf(activities.Refusal(err)) != fault.NotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := d.Load(t.Context(), "nothing"); fault.KindOf(activities.Refusal(err)) != fault.NotFound {
		t.Errorf("Load: %v", err)
	}
}

// Article 25: the record judges a third time, and what it refuses leaves nothing.
func TestWhatTheRulesRefuseLeavesNothing(t *testing.T) {
	t.Parallel()
	groundless, circular, repealed := opinion(casework.Provider, casework.Refusal), opinion(casework.Provider, casework.Refusal), opinion(casework.Provider, casework.Refusal)
	groundless.Grounds = nil
	circular.Grounds = []law.Claim{{Level: "规范性文件", Title: "某办法", Article: "一", Quote: "文", InForceOn: "2020-01-01"}}
	repealed.Grounds = []law.Claim{{Level: "法律", Title: "中华人民共和国合同法", Article: "一", Quote: "文", InForceOn: "1999-10-01"}}
	d := newDesk(t)
	d.Library = []law.Edition{{Title: "合同法", Level: "法律", Since: "1999-10-01", Until: "2020-12-31"}}
	d.reviewing()
	before, version := d.traces(), d.read("case").Version
	for _, tt := range []struct {
		name string
		run  effect
		by   agency.Actor
		said any
		kind fault.Kind
	}{
		{"no ground", d.DraftOpinion, testkit.Provider, groundless, fault.Unlawful},
		{"规范性文件", d.DraftOpinion, testkit.Provider, circular, fault.Unlawful},
		{"a repealed law", d.DraftOpinion, testkit.Provider, repealed, fault.Unlawful},
		{"wrong person", d.DraftOpinion, testkit.Stranger, opinion(casework.Provider, casework.Agree), fault.Barred},
		{"wrong state", d.SignOff, testkit.Head, sharing.SignatureWords{Outcome: "sign"}, fault.Conflict},
		{"a machine", d.DraftOpinion, agency.Actor{Kind: agency.System, Account: testkit.Provider.Account, Agency: "health"}, opinion(casework.Provider, casework.Agree), fault.Barred},
	} {
		in := d.ask(activities.Act{Actor: tt.by}, tt.said)
		_, err := tt.run(t.Context(), in)
		if fault.KindOf(activities.Refusal(err)) != tt.kind {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.kind)
		}
		if c, err := d.Store.Command(t.Context(), in.Command); err != nil || c.Applied() {
			t.Errorf("%s: the command is applied: %v, %v", tt.name, c.Applied(), err)
		}
	}
	if after := d.traces(); after != before || d.read("case").Version != version {
		t.Errorf("the record went from %+v to %+v", before, after)
	}
}

// Article 26(1): a wholly barred request opens no case.
func TestABarredRequestOpensNoCase(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	_, err := d.Open(t.Context(), d.ask(activities.Act{Actor: testkit.Clerk}, file(testkit.ItemBarred)))
	f := fault.As(activities.Refusal(err))
	if f == nil || f.Kind != fault.Unlawful || len(f.Grounds) == 0 || f.Grounds[0] != testkit.Statute() {
		t.Errorf("refused with %+v", f)
	}
	if n := d.traces(); n != (trace{}) {
		t.Errorf("left behind: %+v", n)
	}
}

// Silence is recorded as 逾期未答复, copied to the heads once, and moves no status.
func TestRingRecordsSilenceAndDecidesNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.reviewing()
	before := d.read("case")
	if done, err := d.Ring(t.Context(), activities.Alarm{CaseID: "case", At: d.at}); err != nil || done.Request.Version != before.Version {
		t.Errorf("rang for nothing: %v, version %d → %d", err, before.Version, done.Request.Version)
	}
	joint := before.Clock(deadline.ShareJointDecision)
	d.at = joint.DueAt
	for range 3 {
		if _, err := d.Ring(t.Context(), activities.Alarm{CaseID: "case", At: d.at}); err != nil {
			t.Fatal(err)
		}
	}
	after := d.read("case")
	if after.Status != sharing.JointReview || after.Version != before.Version+1 || len(after.Opinions) != 0 {
		t.Errorf("after the ring: %s, version %d after %d", after.Status, after.Version, before.Version)
	}
	if c := after.Clock(deadline.ShareJointDecision); c.OverdueAt.IsZero() {
		t.Errorf("what passed is not recorded: %+v", c)
	}
	events, err := d.Store.Events(t.Context(), after.Stream(), 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	overdue := 0
	for _, e := range events {
		if e.Name == "share_request.overdue" {
			overdue++
			if e.Actor.Kind != agency.System || sharing.EventTitle(e.Name) != "逾期未答复" {
				t.Errorf("event %+v", e)
			}
		}
	}
	if overdue != 3 { // the provider's opinion and answer, and the joint answer
		t.Errorf("%d terms recorded as passed", overdue)
	}
	for _, head := range []agency.Actor{testkit.CommissionHead, testkit.ProviderHead} {
		if n, err := d.Store.CountTasks(t.Context(), store.TaskFilter{Box: "cc", Account: head.Account}); err != nil || n != 1 {
			t.Errorf("%s has %d copies, %v", head.Account, n, err)
		}
	}
	d.tasksFollowSeats("case")
}

func TestTheLaterOfTwoClocksCounts(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.open()
	r := d.read("case")
	due := r.Clock(deadline.ShareSignOff).DueAt
	done, err := d.Ring(t.Context(), activities.Alarm{CaseID: "case", At: due}) // the record's clock is days behind
	if err != nil || !done.Request.Clock(deadline.ShareSignOff).OverdueAt.Equal(due) {
		t.Errorf("%v: %+v", err, done.Request.Clocks)
	}
}

// Article 26(2): conditions of either side bind the grant.
func TestAGrantCarriesTheConditionsOfBothSides(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.reviewing()
	d.answered(casework.AgreeWithConditions, casework.AgreeWithConditions)
	if _, err := d.GrantAgreed(t.Context(), "case"); err != nil {
		t.Fatal(err)
	}
	g, err := d.Store.Grant(t.Context(), sharing.GrantID("case", sharing.ByReview))
	if err != nil {
		t.Fatal(err)
	}
	conditions, err := store.Conditions(g.Conditions)
	if err != nil || len(conditions) != 2 || g.AgencyID != "civil" || g.ProviderID != "health" || g.Status != "provisioning" || g.Until != "2027-06-30" {
		t.Errorf("grant %+v, conditions %v, %v", g, conditions, err)
	}
	if !slices.ContainsFunc(conditions, func(c casework.Condition) bool { return c.Text == "commission的条件" }) {
		t.Errorf("conditions %v", conditions)
	}
}

// Article 27: the scenario's version and purpose bind the grant.
func TestAScenarioGrantCarriesItsVersion(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	words := file(testkit.ItemCovered)
	words.ScenarioID = testkit.ScenarioID
	d.do(d.Open, activities.Act{Actor: testkit.Clerk}, words)
	if done := d.sign(); done.Request.Status != sharing.Granted {
		t.Errorf("ended as %s", done.Request.Status)
	}
	g, err := d.Store.Grant(t.Context(), sharing.GrantID("case", sharing.ByScenario))
	if err != nil || g.ScenarioID != testkit.ScenarioID || g.ScenarioVersion != 3 || g.Purpose != "场景用途" {
		t.Errorf("grant %+v, %v", g, err)
	}
	if n := d.traces(); n.Opinions != 0 || n.Tasks != 1 {
		t.Errorf("a scenario grant left %+v", n)
	}
}

// TL 22, 27: the register follows the grant's life, each step once.
func TestAGrantIsActivatedOnceAndExpiresOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.open(testkit.ItemFree)
	d.sign()
	id := sharing.GrantID("case", sharing.ByLaw)
	ends := time.Date(2027, 6, 30, 16, 0, 0, 0, time.UTC) // 00:00 of 1 July in Shanghai
	for _, step := range []struct {
		run  func() (activities.GrantState, error)
		want sharing.GrantStatus
	}{
		{func() (activities.GrantState, error) { return d.grants.Activate(t.Context(), id) }, sharing.Active},
		{func() (activities.GrantState, error) { return d.grants.Activate(t.Context(), id) }, sharing.Active},
		{func() (activities.GrantState, error) { return d.grants.Expire(t.Context(), id) }, sharing.Expired},
		{func() (activities.GrantState, error) { return d.grants.Expire(t.Context(), id) }, sharing.Expired},
		{func() (activities.GrantState, error) { return d.grants.Activate(t.Context(), id) }, sharing.Expired},
	} {
		if got, err := step.run(); err != nil || got.Status != step.want || !got.EndsAt.Equal(ends) {
			t.Errorf("%+v, %v; want %s", got, err, step.want)
		}
	}
	events, err := d.Store.Events(t.Context(), "grant/"+id, 0, 10)
	if err != nil || len(events) != 2 || audit.Verify(events) != nil {
		t.Errorf("events %+v, %v", events, err)
	}
	if _, err := d.grants.Activate(t.Context(), "nothing"); fault.KindOf(activities.Refusal(err)) != fault.NotFound {
		t.Errorf("an unknown grant: %v", err)
	}
}

func TestTwoSignaturesAtOnceGiveOneAnswer(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.reviewing()
	p := d.draft(testkit.Provider, opinion(casework.Provider, casework.Agree))
	c := d.draft(testkit.CommissionOfficer, opinion(casework.Commission, casework.Agree))
	signatures := []activities.Act{
		d.ask(activities.Act{Actor: testkit.ProviderHead, Opinion: p}, sharing.SignatureWords{Outcome: "sign"}),
		d.ask(activities.Act{Actor: testkit.CommissionHead, Opinion: c}, sharing.SignatureWords{Outcome: "sign"}),
	}
	var wg sync.WaitGroup
	for _, in := range signatures {
		wg.Go(func() {
			if _, err := d.SignOpinion(t.Context(), in); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	events, err := d.Store.Events(t.Context(), d.read("case").Stream(), 0, 100)
	if err != nil || audit.Verify(events) != nil || d.read("case").Status != sharing.Approved {
		t.Errorf("status %s, %v", d.read("case").Status, err)
	}
	answers := 0
	for _, e := range events {
		if e.Name == "share_request.approved" {
			answers++
		}
	}
	if answers != 1 {
		t.Errorf("%d answers", answers)
	}
}
