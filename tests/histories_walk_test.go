package tests

import (
	"cmp"
	"strconv"
	"testing"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"

	"datagov/domain/agency"
	"datagov/domain/casework"
	"datagov/domain/law"
	"datagov/domain/sharing"
	"datagov/domain/workday"
	"datagov/internal/testkit"
	"datagov/workflows"
)

// walk is one case on its way; its ID is the name of the path.
type walk struct {
	recorder
	t     *testing.T
	id    string
	acts  int
	until workday.Day
}

// do sends one act like the API does: the words as a command, the rest as an update.
func (w *walk) do(update string, act workflows.Act, words any) workflows.Done {
	w.t.Helper()
	w.acts++
	act.CaseID, act.Command = w.id, w.id+"/"+strconv.Itoa(w.acts)
	if err := w.store.InsertCommand(w.t.Context(), testkit.Command(act.Command, w.id, act.Actor, words, w.now())); err != nil {
		w.t.Fatal(err)
	}
	options := client.UpdateWorkflowOptions{
		UpdateID: act.Command, WorkflowID: workflows.ShareRequestID(w.id), UpdateName: update,
		Args: []any{act}, WaitForStage: client.WorkflowUpdateStageCompleted,
	}
	handle, err := w.send(options, act)
	var done workflows.Done
	if err == nil {
		err = handle.Get(w.t.Context(), &done)
	}
	if err != nil {
		w.t.Fatalf("%s: %v", update, err)
	}
	return done
}

func (w *walk) send(options client.UpdateWorkflowOptions, act workflows.Act) (client.WorkflowUpdateHandle, error) {
	if options.UpdateName != workflows.OpenUpdate {
		return w.engine.UpdateWorkflow(w.t.Context(), options)
	}
	start := w.engine.NewWithStartWorkflowOperation(client.StartWorkflowOptions{
		ID: options.WorkflowID, TaskQueue: workflows.TaskQueue, StaticSummary: "Article 26",
		WorkflowIDReusePolicy:    enums.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE,
		WorkflowIDConflictPolicy: enums.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING,
		TypedSearchAttributes:    workflows.ShareRequestAttributes(act.Actor.Agency),
	}, workflows.ShareRequestType, workflows.ShareRequestInput{ID: w.id})
	return w.engine.UpdateWithStartWorkflow(w.t.Context(), client.UpdateWithStartWorkflowOptions{
		StartWorkflowOperation: start, UpdateOptions: options,
	})
}

func (w *walk) open(scenario string, items ...string) {
	w.t.Helper()
	w.do(workflows.OpenUpdate, workflows.Act{Actor: testkit.Clerk}, sharing.File{
		EntryID: testkit.EntryID, Items: items, Purpose: "核对救助对象", Basis: "社会救助暂行办法", ScenarioID: scenario,
		Mode: sharing.RequestResponse, System: "救助系统", Until: string(cmp.Or(w.until, workday.DayOf(w.now()).Add(300))),
	})
}

func (w *walk) sign() {
	w.t.Helper()
	w.do(workflows.SignOffUpdate, workflows.Act{Actor: testkit.Head, Outcome: "sign"}, sharing.SignatureWords{Outcome: "sign"})
}

func (w *walk) complete() {
	w.t.Helper()
	w.do(workflows.CheckFormUpdate, workflows.Act{Actor: testkit.CommissionOfficer, Outcome: "complete"}, sharing.FormCheckWords{Outcome: "complete"})
}

func (w *walk) withdraw() {
	w.t.Helper()
	w.do(workflows.WithdrawUpdate, workflows.Act{Actor: testkit.Clerk}, sharing.WithdrawalWords{Reason: "不再需要"})
}

// opinions drafts and signs what both sides say.
func (w *walk) opinions(provider, commission casework.Outcome, items ...string) {
	w.t.Helper()
	p := w.draft(testkit.Provider, casework.Provider, provider, items...)
	c := w.draft(testkit.CommissionOfficer, casework.Commission, commission, items...)
	w.signOpinion(testkit.ProviderHead, p)
	w.signOpinion(testkit.CommissionHead, c)
}

func (w *walk) draft(by agency.Actor, side casework.Side, outcome casework.Outcome, items ...string) string {
	w.t.Helper()
	words := sharing.OpinionWords{Side: side, Outcome: outcome, Reason: "理由"}
	switch outcome {
	case casework.Refusal:
		words.Grounds, words.Items = []law.Claim{testkit.Statute()}, items
	case casework.AgreeWithConditions:
		words.Conditions = []casework.Condition{{Kind: "mask", Text: "姓名脱敏"}}
	case casework.Agree:
	}
	draft := words.Outline()
	return w.do(workflows.DraftOpinionUpdate, workflows.Act{Actor: by, Outcome: string(outcome), Draft: &draft}, words).Made
}

func (w *walk) signOpinion(by agency.Actor, id string) {
	w.t.Helper()
	w.do(workflows.SignOpinionUpdate, workflows.Act{Actor: by, Outcome: "sign", Opinion: id}, sharing.SignatureWords{Outcome: "sign"})
}

func (w *walk) supplement() {
	w.t.Helper()
	notice := sharing.FormCheckWords{Outcome: "supplement", Missing: []string{"授权书"}}
	w.do(workflows.CheckFormUpdate, workflows.Act{Actor: testkit.CommissionOfficer, Outcome: "supplement"}, notice)
	w.do(workflows.SupplyUpdate, workflows.Act{Actor: testkit.Clerk}, sharing.FileWords{Note: "已补授权书"})
}

func (w *walk) returnAndRevise() {
	w.t.Helper()
	back := sharing.SignatureWords{Outcome: "return", Reason: "用途不清"}
	w.do(workflows.SignOffUpdate, workflows.Act{Actor: testkit.Head, Outcome: "return"}, back)
	w.do(workflows.ReviseUpdate, workflows.Act{Actor: testkit.Clerk}, sharing.FileWords{Purpose: "核对低保对象"})
}

func (w *walk) extend() {
	w.t.Helper()
	w.do(workflows.ExtendUpdate, workflows.Act{Actor: testkit.Provider, Outcome: "ask"}, sharing.ExtensionWords{Outcome: "ask", Reason: "核对口径"})
	w.do(workflows.ExtendUpdate, workflows.Act{Actor: testkit.CommissionHead, Outcome: "consent"}, sharing.ExtensionWords{Outcome: "consent"})
}
