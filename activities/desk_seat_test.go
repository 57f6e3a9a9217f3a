package activities_test

import (
	"context"
	"slices"
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

// Advice comes back to whoever asked and decides nothing; what was not answered
// closes with its task.
func TestAConsultationClosesWithItsTask(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	colleague := d.appoint("commission-3", "commission", agency.Clerk)
	d.open()
	d.sign()
	asked := d.orders(testkit.CommissionOfficer, casework.Consult, "form_check", "commission-3")
	if got := d.box("todo", colleague); got != "委派：请提供意见" {
		t.Errorf("the colleague holds %q", got)
	}
	advice := &casework.Order{Verb: casework.Advise, Task: d.task("form_check").ID, Consultation: asked.Made}
	answered := d.do(d.Order, activities.Act{Actor: colleague, Order: advice}, sharing.OrderWords{Text: " 材料齐全 "})
	if answered.Request.Status != sharing.FormCheck || d.box("todo", colleague) != "" {
		t.Errorf("advice left the case %s and the box %q", answered.Request.Status, d.box("todo", colleague))
	}
	open := d.orders(testkit.CommissionOfficer, casework.Consult, "form_check", "commission-3")
	late := &casework.Order{Verb: casework.Advise, Task: d.task("form_check").ID, Consultation: open.Made}
	d.do(d.CheckForm, activities.Act{Actor: testkit.CommissionOfficer}, sharing.FormCheckWords{Outcome: "complete"})
	if got := d.box("todo", colleague); got != "" {
		t.Errorf("the task is over, and the colleague holds %q", got)
	}
	_, err := d.Order(t.Context(), d.ask(activities.Act{Actor: colleague, Order: late}, sharing.OrderWords{Text: "迟了"}))
	if fault.KindOf(activities.Refusal(err)) != fault.Conflict {
		t.Errorf("advice for a task that is over: %v", err)
	}
	rows, err := d.Store.Consultations(t.Context(), "case")
	if err != nil || len(rows) != 2 || rows[0].Advice != "材料齐全" || rows[1].Advice != "" {
		t.Errorf("consultations %+v, %v", rows, err)
	}
}

func TestCopiesGoToEachAgencyOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.open()
	d.orders(testkit.Clerk, casework.SendCopy, "", "health-1", "civil-2", "health-2")
	var rows []store.Task
	if err := d.Store.DB().NewSelect().Model(&rows).Where("kind = 'copy'").Order("agency_id").Scan(t.Context()); err != nil || len(rows) != 2 {
		t.Fatalf("copies %+v, %v", rows, err)
	}
	for _, who := range []agency.Actor{testkit.Provider, testkit.ProviderHead, testkit.Head} {
		if got := d.box("cc", who); got != "抄送" {
			t.Errorf("%s holds %q", who.Account, got)
		}
	}
	for _, accounts := range [][]string{{"tax-1"}, {"nobody"}, {"health-1", "tax-1"}} {
		o := &casework.Order{Verb: casework.SendCopy, Accounts: accounts}
		if _, err := d.Order(t.Context(), d.ask(activities.Act{Actor: testkit.Clerk, Order: o}, sharing.OrderWords{})); activities.Refusal(err) == nil {
			t.Errorf("a copy went to %v", accounts)
		}
	}
	if d.box("cc", testkit.Stranger) != "" {
		t.Error("a stranger was sent a copy")
	}
}

// features.md §5, number 5: an empty seat is an alarm and a report, never a
// pass (OpenMetadata #28550); whoever is appointed later finds the task.
func TestAnEmptySeatIsReportedAndFilledLater(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.write(func(ctx context.Context, tx store.Tx) error {
		return tx.RevokeRole(ctx, store.RoleAssignment{AccountID: "civil-2", Role: "head", Domain: "civil"})
	})
	d.open()
	if !d.has("seat_vacant") || d.box("cc", testkit.CommissionHead) != "岗位空缺报告（负责人审签）" || d.read("case").Status != sharing.SignOff {
		t.Errorf("an empty seat: %q in the box of the commission's head", d.box("cc", testkit.CommissionHead))
	}
	for range 2 {
		before := d.traces()
		if done, err := d.Reseat(t.Context(), "case"); err != nil || !done.Request.Desk[0].Vacant() || d.traces() != before {
			t.Errorf("there is still nobody: %+v, %v", done.Request.Desk, err)
		}
	}
	appointed := d.appoint("civil-3", "civil", agency.Head)
	for range 2 { // the second time there is nothing to do
		if _, err := d.Reseat(t.Context(), "case"); err != nil {
			t.Fatal(err)
		}
	}
	if got := d.people("sign_off"); got != "civil-3=waiting" || !d.has("seat_filled") || d.read("case").Version != 2 {
		t.Errorf("the seat was filled with %s, version %d", got, d.read("case").Version)
	}
	done := d.do(d.SignOff, activities.Act{Actor: appointed, Outcome: "sign"}, sharing.SignatureWords{Outcome: "sign"})
	if done.Request.SignedBy != "civil-3" {
		t.Errorf("signed by %q", done.Request.SignedBy)
	}
}

// has says whether the system noted something of the desk.
func (d *desk) has(name string) bool {
	d.t.Helper()
	return slices.ContainsFunc(d.events(), func(e audit.Event) bool {
		return e.Name == "share_request."+name && e.Actor.Kind == agency.System
	})
}

func TestAProxyThatIsOverIsNotedOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.write(func(ctx context.Context, tx store.Tx) error {
		for id, hours := range map[string]time.Duration{"over": 1, "lasting": 48} {
			err := tx.InsertProxy(ctx, store.Proxy{
				ID: id, AgencyID: "civil", PrincipalID: "civil-2", ProxyID: "civil-1", FromAt: d.at, UntilAt: d.at.Add(hours * time.Hour),
				Reason: "出差", CreatedAt: d.at, CreatedBy: "civil-2",
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	d.at = d.at.Add(2 * time.Hour)
	for range 2 {
		if err := activities.EndProxies(t.Context(), d.Casework); err != nil {
			t.Fatal(err)
		}
	}
	events, err := d.Store.Events(t.Context(), "proxy/over", 0, 10)
	if err != nil || len(events) != 1 || events[0].Name != "proxy.ended" || events[0].Actor.Kind != agency.System {
		t.Errorf("events %+v, %v", events, err)
	}
	for id, ended := range map[string]bool{"over": true, "lasting": false} {
		if p, err := d.Store.Proxy(t.Context(), id); err != nil || p.Rules().Ended != ended {
			t.Errorf("%s: %+v, %v", id, p, err)
		}
	}
}
