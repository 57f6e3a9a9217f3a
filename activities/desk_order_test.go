package activities_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"datagov/activities"
	"datagov/domain/agency"
	"datagov/domain/audit"
	"datagov/domain/casework"
	"datagov/domain/fault"
	"datagov/domain/sharing"
	"datagov/internal/testkit"
	"datagov/store"
)

// write changes the record beside any case.
func (d *desk) write(step func(ctx context.Context, tx store.Tx) error) {
	d.t.Helper()
	if err := d.Store.Tx(d.t.Context(), step); err != nil {
		d.t.Fatal(err)
	}
}

// appoint gives somebody new a role in an agency.
func (d *desk) appoint(account string, of agency.ID, role agency.Role) agency.Actor {
	d.t.Helper()
	d.write(func(ctx context.Context, tx store.Tx) error {
		row := store.Account{ID: account, Username: account, Name: account, AgencyID: string(of), Active: true, CreatedAt: d.at}
		if err := tx.InsertAccount(ctx, row); err != nil {
			return err
		}
		return tx.AssignRole(ctx, store.RoleAssignment{AccountID: account, Role: string(role), Domain: string(of)})
	})
	return agency.Actor{Kind: agency.Human, Account: account, Agency: of, Roles: []agency.Role{role}}
}

// task finds the open task of a step of the case "case".
func (d *desk) task(step string) casework.Task {
	d.t.Helper()
	desk := d.read("case").Desk
	t := casework.Find(desk, step)
	if t == nil {
		d.t.Fatalf("no task %s among %+v", step, desk)
	}
	return *t
}

func (d *desk) people(step string) string {
	d.t.Helper()
	list := []string{}
	for _, a := range d.task(step).Assignees {
		list = append(list, a.Account+"="+string(a.State))
	}
	return strings.Join(list, " ")
}

// orders gives an order about the task of a step.
func (d *desk) orders(by agency.Actor, verb casework.OrderVerb, step string, accounts ...string) activities.Done {
	d.t.Helper()
	o := &casework.Order{Verb: verb, Accounts: accounts}
	if step != "" {
		o.Task = d.task(step).ID
	}
	return d.do(d.Order, activities.Act{Actor: by, Order: o}, sharing.OrderWords{Text: " 说明 "})
}

func (d *desk) events() []audit.Event {
	d.t.Helper()
	events, err := d.Store.Events(d.t.Context(), "share-request/case", 0, 1000)
	if err != nil || audit.Verify(events) != nil {
		d.t.Fatalf("events: %v, %v", err, audit.Verify(events))
	}
	return events
}

// box lists the titles of a person's box, without what they are about.
func (d *desk) box(box string, who agency.Actor) string {
	d.t.Helper()
	rows, err := d.Store.Tasks(d.t.Context(), store.TaskFilter{Box: box, Account: who.Account, Limit: 50})
	if err != nil {
		d.t.Fatal(err)
	}
	titles := []string{}
	for _, row := range rows {
		title, _, _ := strings.Cut(row.Title, "：区民政局")
		titles = append(titles, title)
	}
	return strings.Join(titles, " ")
}

func TestOrdersMovePeopleAndLeaveTheirEvents(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.open()
	third := d.appoint("civil-3", "civil", agency.Head)
	d.orders(testkit.Head, casework.AddSigner, "sign_off", "civil-3")
	if got := d.people("sign_off"); got != "civil-2=waiting civil-3=waiting" {
		t.Errorf("after the addition: %s", got)
	}
	d.orders(testkit.Head, casework.RemoveSigner, "sign_off", "civil-3")
	if got := d.box("todo", third); got != "" {
		t.Errorf("taken off, and asked for %s", got)
	}
	d.orders(testkit.Head, casework.Transfer, "sign_off", "civil-3")
	if got := d.people("sign_off"); got != "civil-2=transferred civil-3=waiting" || d.box("todo", third) != "负责人审签" || d.box("todo", testkit.Head) != "" {
		t.Errorf("after the transfer: %s", got)
	}
	d.orders(testkit.Clerk, casework.Follow, "")
	d.orders(testkit.Clerk, casework.Unfollow, "")
	signed := d.do(d.SignOff, activities.Act{Actor: third, Outcome: "sign"}, sharing.SignatureWords{Outcome: "sign"})
	if signed.Request.SignedBy != "civil-3" {
		t.Errorf("signed by %s", signed.Request.SignedBy)
	}
	got := []string{}
	for _, e := range d.events() {
		got = append(got, strings.TrimPrefix(e.Name, "share_request."))
		if e.Name == "share_request.transferred" && !strings.Contains(e.Body, `"accounts":["civil-3"]`) {
			t.Errorf("to whom: %s", e.Body)
		}
	}
	want := []string{"submitted", "signer_added", "signer_removed", "transferred", "followed", "unfollowed", "signed_off"}
	if !slices.Equal(got, want) {
		t.Errorf("events %v\nwant   %v", got, want)
	}
	d.checkStream(d.read("case"))
}

// features.md §5, number 4: a term that passes while an added signer is awaited
// writes no decision; what is written is the system's (yudao).
func TestATermThatPassesAtAnAddedSignerDecidesNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.open()
	added := d.appoint("civil-3", "civil", agency.Head)
	d.orders(testkit.Head, casework.AddSigner, "sign_off", "civil-3")
	d.sign()
	before := d.events()
	waiting := d.read("case")
	d.at = waiting.Due().Add(time.Hour)
	if _, err := d.Ring(t.Context(), activities.Alarm{CaseID: "case", At: d.at}); err != nil {
		t.Fatal(err)
	}
	after := d.events()[len(before):]
	if len(after) == 0 || !slices.ContainsFunc(after, func(e audit.Event) bool { return e.Name == "share_request.late" }) {
		t.Errorf("the passed term left %+v", after)
	}
	for _, e := range after {
		if e.Actor.Kind != agency.System || e.Name == "share_request.signed_off" || e.Name == "share_request.countersigned" {
			t.Errorf("silence wrote %+v", e)
		}
	}
	r := d.read("case")
	if r.Status != sharing.SignOff || r.SignedBy != "" || d.people("sign_off") != "civil-2=signed civil-3=waiting" {
		t.Errorf("silence left the case %s, signed by %q, with %s", r.Status, r.SignedBy, d.people("sign_off"))
	}
	done := d.do(d.SignOff, activities.Act{Actor: added, Outcome: "sign"}, sharing.SignatureWords{Outcome: "sign"})
	if done.Request.Status != sharing.FormCheck {
		t.Errorf("the added signature, though late, leads to %s", done.Request.Status)
	}
}

// features.md §5, number 7: whom a task was given to does not change with the
// seat's setting or with appointments (OpenMetadata #31692).
func TestAnOpenTaskKeepsItsPeople(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.open()
	d.appoint("civil-3", "civil", agency.Head)
	d.write(func(ctx context.Context, tx store.Tx) error {
		if err := tx.RevokeRole(ctx, store.RoleAssignment{AccountID: "civil-2", Role: "head", Domain: "civil"}); err != nil {
			return err
		}
		return tx.PutSeatSetting(ctx, store.SeatSetting{AgencyID: "civil", Step: "sign_off", Mode: "all", Accounts: `["civil-3"]`, UpdatedAt: d.at})
	})
	d.orders(testkit.Clerk, casework.Urge, "sign_off") // the case moves and its tasks are looked at again
	if got := d.task("sign_off"); d.people("sign_off") != "civil-2=waiting" || got.Mode != casework.AnyOne {
		t.Errorf("the open task went to %s, %s", d.people("sign_off"), got.Mode)
	}
	d.do(d.Open, activities.Act{Actor: testkit.Clerk, CaseID: "next"}, file(testkit.ItemHeld))
	next := casework.Find(d.read("next").Desk, "sign_off")
	if len(next.Assignees) != 1 || next.Assignees[0].Account != "civil-3" || next.Mode != casework.Everyone {
		t.Errorf("the next task went to %+v", next)
	}
}

func TestTheSecondUrgingIsReportedToTheSuperior(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		named string
		who   agency.Actor
	}{
		"the one that the seat names": {"civil-1", testkit.Clerk},
		"else the commission's head":  {"", testkit.CommissionHead},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			d.open()
			d.write(func(ctx context.Context, tx store.Tx) error {
				return tx.PutSeatSetting(ctx, store.SeatSetting{AgencyID: "civil", Step: "sign_off", Mode: "any", Accounts: `[]`, SuperiorID: tt.named, UpdatedAt: d.at})
			})
			d.orders(testkit.Clerk, casework.Urge, "sign_off")
			if got := d.box("cc", tt.who); got != "" {
				t.Errorf("the first urging was reported: %s", got)
			}
			again := &casework.Order{Verb: casework.Urge, Task: d.task("sign_off").ID}
			_, err := d.Order(t.Context(), d.ask(activities.Act{Actor: testkit.Clerk, Order: again}, sharing.OrderWords{Text: "请快"}))
			if fault.KindOf(activities.Refusal(err)) != fault.Conflict {
				t.Errorf("urged again at once: %v", err)
			}
			d.at = d.at.Add(25 * time.Hour)
			d.orders(testkit.Clerk, casework.Urge, "sign_off")
			if got := d.box("cc", tt.who); got != "催办报告（负责人审签）" {
				t.Errorf("the superior holds %q", got)
			}
			if r := d.read("case"); r.Status != sharing.SignOff || d.task("sign_off").Urges != 2 {
				t.Errorf("urging left %s after %d", r.Status, d.task("sign_off").Urges)
			}
		})
	}
}
