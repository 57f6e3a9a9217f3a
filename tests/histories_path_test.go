package tests

import (
	"time"

	"datagov/activities"
	"datagov/domain/casework"
	"datagov/domain/sharing"
	"datagov/internal/testkit"
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
