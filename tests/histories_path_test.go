package tests

import (
	"context"
	"time"

	"datagov/activities"
	"datagov/domain/agency"
	"datagov/domain/casework"
	"datagov/domain/deadline"
	"datagov/domain/sharing"
	"datagov/domain/workday"
	"datagov/internal/testkit"
	"datagov/store"
	"datagov/worker"
	"datagov/workflows"
)

// loseAndResume ends the case's run as a lost engine would and has it started
// again from its rows.
func (w *walk) loseAndResume() {
	w.t.Helper()
	if err := w.engine.TerminateWorkflow(w.t.Context(), workflows.ShareRequestID(w.id), "", "lost"); err != nil {
		w.t.Fatal(err)
	}
	record := &activities.Casework{Store: w.store, Now: func() time.Time { return w.now() }}
	resumed, err := worker.Resume(w.t.Context(), w.engine, record)
	if err != nil || resumed.ShareRequests == 0 || resumed.Failed != 0 {
		w.t.Fatalf("resumed %+v, %v", resumed, err)
	}
}

func (w *walk) declineExtension() {
	w.t.Helper()
	w.do(workflows.ExtendUpdate, workflows.Act{Actor: testkit.Provider, Outcome: "ask"}, sharing.ExtensionWords{Outcome: "ask", Reason: "核对口径"})
	w.do(workflows.ExtendUpdate, workflows.Act{Actor: testkit.CommissionHead, Outcome: "decline"}, sharing.ExtensionWords{Outcome: "decline", Reason: "期限足够"})
}

func (w *walk) returnOpinion() {
	w.t.Helper()
	id := w.draft(testkit.Provider, casework.Provider, casework.Refusal)
	w.do(workflows.SignOpinionUpdate, workflows.Act{Actor: testkit.ProviderHead, Outcome: "return", Opinion: id},
		sharing.SignatureWords{Outcome: "return", Reason: "依据不足"})
}

// order gives an order about the task of a step, which may be none.
func (w *walk) order(by agency.Actor, verb casework.OrderVerb, step string, accounts ...string) {
	w.t.Helper()
	desk, err := w.store.Desk(w.t.Context(), w.id)
	if err != nil {
		w.t.Fatal(err)
	}
	o := &casework.Order{Verb: verb, Accounts: accounts}
	if t := casework.Find(desk, step); t != nil {
		o.Task = t.ID
	}
	w.do(workflows.OrderUpdate(verb), workflows.Act{Actor: by, Order: o}, sharing.OrderWords{Text: "说明"})
}

// appoint gives somebody new a role.
func (w *walk) appoint(account string, of agency.ID, role agency.Role) agency.Actor {
	w.t.Helper()
	domain := string(of)
	if role.District() {
		domain = "*"
	}
	err := w.store.Tx(w.t.Context(), func(ctx context.Context, tx store.Tx) error {
		row := store.Account{ID: account, Username: account, Name: account, AgencyID: string(of), Active: true, CreatedAt: w.now()}
		if err := tx.InsertAccount(ctx, row); err != nil {
			return err
		}
		return tx.AssignRole(ctx, store.RoleAssignment{AccountID: account, Role: string(role), Domain: domain})
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return agency.Actor{Kind: agency.Human, Account: account, Agency: of, Roles: []agency.Role{role}}
}

// countersign signs after the head, who wants it so, with everything else that
// the desk offers beside it.
func (w *walk) countersign() {
	w.t.Helper()
	second := w.appoint("civil-3", "civil", agency.Head)
	w.order(testkit.Clerk, casework.Follow, "")
	w.order(testkit.Clerk, casework.Urge, "sign_off")
	w.order(testkit.Head, casework.AddSigner, "sign_off", second.Account)
	w.sign()
	w.mustBe(sharing.SignOff)
	w.do(workflows.SignOffUpdate, workflows.Act{Actor: second, Outcome: "sign"}, sharing.SignatureWords{Outcome: "sign"})
}

// transferFormCheck has another officer check the form.
func (w *walk) transferFormCheck() {
	w.t.Helper()
	officer := w.appoint("commission-3", "commission", agency.CommissionOfficer)
	w.order(testkit.CommissionOfficer, casework.Transfer, "form_check", officer.Account)
	w.order(testkit.Clerk, casework.SendCopy, "", testkit.Provider.Account)
	w.do(workflows.CheckFormUpdate, workflows.Act{Actor: officer, Outcome: "complete"}, sharing.FormCheckWords{Outcome: "complete"})
}

// suspend stops the terms and lets them go on.
func (w *walk) suspend() {
	w.t.Helper()
	for _, words := range []sharing.SuspensionWords{{Outcome: "suspend", ReasonCode: "third_party", Note: "征求意见"}, {Outcome: "resume", Note: "意见已复"}} {
		w.do(workflows.SuspendUpdate, workflows.Act{Actor: testkit.CommissionOfficer, Outcome: words.Outcome}, words)
	}
}

// moveRules adopts another rule pack and puts the case under it.
func (w *walk) moveRules() {
	w.t.Helper()
	pack, err := w.store.Pack(w.t.Context(), "2026-11")
	if err != nil {
		w.t.Fatal(err)
	}
	next := deadline.PackFile{Version: "next", AdoptedOn: workday.DayOf(w.now()).Add(-1), Note: "下一包", Terms: pack.Terms, Items: pack.Items}
	if err := w.store.Tx(w.t.Context(), func(ctx context.Context, tx store.Tx) error { return tx.InsertPack(ctx, next) }); err != nil {
		w.t.Fatal(err)
	}
	w.do(workflows.MoveRulesUpdate, workflows.Act{Actor: testkit.CommissionHead}, sharing.RulesWords{Version: "next", Reason: "新的规则包更合适"})
}
