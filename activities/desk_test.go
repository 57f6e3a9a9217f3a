package activities_test

import (
	"context"
	"strconv"
	"testing"
	"time"

	"datagov/activities"
	"datagov/domain/agency"
	"datagov/domain/casework"
	"datagov/domain/law"
	"datagov/domain/sharing"
	"datagov/internal/testkit"
	"datagov/migrations"
	"datagov/store"
)

// began is a Monday morning.
var began = time.Date(2026, 11, 23, 1, 0, 0, 123456789, time.UTC)

// desk is a record with the small district, its activities and a clock.
type desk struct {
	*activities.ShareRequests
	grants *activities.Grants
	t      testing.TB
	at     time.Time
	acts   int
}

func newDesk(t testing.TB) *desk {
	t.Helper()
	return newDeskOn(t, testkit.SQLite(t))
}

func newDeskOn(t testing.TB, address string) *desk {
	t.Helper()
	s, err := store.Open(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if err := migrations.Up(t.Context(), s.DB()); err != nil {
		t.Fatal(err)
	}
	testkit.Fill(t, s, began)
	d := &desk{t: t, at: began}
	c := &activities.Casework{Store: s, Now: func() time.Time { return d.at }}
	d.ShareRequests, d.grants = &activities.ShareRequests{Casework: c}, &activities.Grants{Casework: c}
	return d
}

// effect is an activity that carries a person's act.
type effect func(ctx context.Context, in activities.Act) (activities.Done, error)

// ask stores the words and returns the act that the engine would carry.
func (d *desk) ask(in activities.Act, words any) activities.Act {
	d.t.Helper()
	d.acts++
	in.Command = "command-" + strconv.Itoa(d.acts)
	if in.CaseID == "" {
		in.CaseID = "case"
	}
	if err := d.Store.InsertCommand(d.t.Context(), testkit.Command(in.Command, in.CaseID, in.Actor, words, d.at)); err != nil {
		d.t.Fatal(err)
	}
	return in
}

// do carries an act twice and checks that the second time changes nothing.
func (d *desk) do(run effect, in activities.Act, words any) activities.Done {
	d.t.Helper()
	in = d.ask(in, words)
	first, err := run(d.t.Context(), in)
	if err != nil {
		d.t.Fatal(err)
	}
	traces := d.traces()
	again, err := run(d.t.Context(), in)
	if err != nil || again.Request.Version != first.Request.Version || again.Made != first.Made {
		d.t.Errorf("run twice: %v; version %d then %d, made %q then %q", err, first.Request.Version, again.Request.Version, first.Made, again.Made)
	}
	if after := d.traces(); after != traces {
		d.t.Errorf("run twice, the record went from %+v to %+v", traces, after)
	}
	d.tasksFollowSeats(in.CaseID)
	return first
}

// trace counts what is on record.
type trace struct{ Events, Opinions, Grants, Tasks, Parts int }

func (d *desk) traces() trace {
	d.t.Helper()
	var n trace
	for table, into := range map[string]*int{
		"event": &n.Events, "opinion": &n.Opinions, "access_grant": &n.Grants, "task": &n.Tasks, "share_request_part": &n.Parts,
	} {
		if err := d.Store.DB().NewRaw("SELECT count(*) FROM "+table).Scan(d.t.Context(), into); err != nil {
			d.t.Fatal(err)
		}
	}
	return n
}

// tasksFollowSeats: the record keeps open exactly the tasks that the case's seats ask for.
func (d *desk) tasksFollowSeats(id string) {
	d.t.Helper()
	open, err := d.Store.OpenTasks(d.t.Context(), id)
	if err != nil {
		d.t.Fatal(err)
	}
	waiting := map[string]bool{}
	for _, seat := range sharing.Seats(d.read(id).Request) {
		waiting[seat.Step+string(seat.Agency)+string(seat.Role)] = true
	}
	for _, task := range open {
		if !waiting[task.Step+task.AgencyID+task.Role] {
			d.t.Errorf("the task %s of %s waits for nothing", task.Step, task.AgencyID)
		}
	}
	if len(open) != len(waiting) {
		d.t.Errorf("%d tasks are open, %d seats wait", len(open), len(waiting))
	}
}

func (d *desk) read(id string) store.ShareRequest {
	d.t.Helper()
	r, err := d.Store.ShareRequest(d.t.Context(), id)
	if err != nil {
		d.t.Fatal(err)
	}
	return r
}

func file(items ...string) sharing.File {
	return sharing.File{
		EntryID: testkit.EntryID, Items: items, Purpose: " 核对救助对象 ", Basis: "依据", System: "救助系统",
		Mode: sharing.RequestResponse, Until: "2027-06-30",
	}
}

func (d *desk) open(items ...string) activities.Done {
	d.t.Helper()
	if len(items) == 0 {
		items = []string{testkit.ItemHeld}
	}
	return d.do(d.Open, activities.Act{Actor: testkit.Clerk}, file(items...))
}

func (d *desk) sign() activities.Done {
	d.t.Helper()
	return d.do(d.SignOff, activities.Act{Actor: testkit.Head, Outcome: "sign"}, sharing.SignatureWords{Outcome: "sign"})
}

// reviewing opens a case and brings it into the joint review.
func (d *desk) reviewing(items ...string) {
	d.t.Helper()
	d.open(items...)
	d.sign()
	d.do(d.CheckForm, activities.Act{Actor: testkit.CommissionOfficer}, sharing.FormCheckWords{Outcome: "complete"})
}

func opinion(side casework.Side, outcome casework.Outcome) sharing.OpinionWords {
	words := sharing.OpinionWords{Side: side, Outcome: outcome, Reason: "理由"}
	switch outcome {
	case casework.Refusal:
		words.Grounds = []law.Claim{testkit.Statute()}
	case casework.AgreeWithConditions:
		words.Conditions = []casework.Condition{{Kind: "mask", Text: string(side) + "的条件"}}
	case casework.Agree:
	}
	return words
}

func (d *desk) draft(by agency.Actor, words sharing.OpinionWords) string {
	d.t.Helper()
	outline := words.Outline()
	return d.do(d.DraftOpinion, activities.Act{Actor: by, Draft: &outline}, words).Made
}

func (d *desk) signOpinion(by agency.Actor, id string) activities.Done {
	d.t.Helper()
	return d.do(d.SignOpinion, activities.Act{Actor: by, Opinion: id, Outcome: "sign"}, sharing.SignatureWords{Outcome: "sign"})
}

// answered gives both opinions and their signatures.
func (d *desk) answered(provider, commission casework.Outcome) activities.Done {
	d.t.Helper()
	p := d.draft(testkit.Provider, opinion(casework.Provider, provider))
	c := d.draft(testkit.CommissionOfficer, opinion(casework.Commission, commission))
	d.signOpinion(testkit.ProviderHead, p)
	return d.signOpinion(testkit.CommissionHead, c)
}
