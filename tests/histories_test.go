package tests

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/history/v1"
	"go.temporal.io/api/temporalproto"
	"go.temporal.io/sdk/client"

	"datagov/activities"
	"datagov/domain/agency"
	"datagov/domain/audit"
	"datagov/domain/casework"
	"datagov/domain/deadline"
	"datagov/domain/law"
	"datagov/domain/sharing"
	"datagov/domain/workday"
	"datagov/internal/embedded"
	"datagov/internal/testkit"
	"datagov/migrations"
	"datagov/store"
	"datagov/worker"
	"datagov/workflows"
)

// recordedBy begins the names of the histories. A procedure that changes for
// running cases gets a named version in its workflow and a new name here; the
// histories of the old name stay and go on being replayed.
const recordedBy = "v1"

// historiesFolder names the folder to write to; without it the paths are
// walked all the same and only their ends are checked.
const historiesFolder = "DATAGOV_HISTORIES"

// month is how long a term runs that must not ring, and the offset of the
// record's clock against the engine's is shorter, so that no term has passed.
const (
	month  = 30 * 24 * 60 * 60
	offset = 10 * 24 * time.Hour
)

// recorder walks cases through the real procedure: engine, worker and record
// in this process, every term in seconds.
type recorder struct {
	store  *store.Store
	engine client.Client
	now    func() time.Time
}

// newRecorder starts all three. Terms not named last a month.
func newRecorder(t *testing.T, seconds map[string]int, now func() time.Time) recorder {
	t.Helper()
	record, err := store.Open(testkit.SQLite(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = record.Close() })
	if err := migrations.Up(t.Context(), record.DB()); err != nil {
		t.Fatal(err)
	}
	testkit.Fill(t, record, now())
	quiet := slog.New(slog.DiscardHandler)
	server, err := embedded.Start(t.Context(), embedded.Options{File: filepath.Join(t.TempDir(), "temporal.db"), Logger: quiet})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Stop)
	engine, err := client.DialContext(t.Context(), client.Options{
		HostPort: server.Address(), Namespace: embedded.DefaultNamespace, Logger: quiet, Identity: "recorder",
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(engine.Close)
	carry(t, worker.New(engine, &activities.Casework{Store: record, Now: now, Terms: inSeconds(seconds)}, quiet))
	return recorder{record, engine, now}
}

// carry runs the worker until the test ends.
func carry(t *testing.T, w *worker.Worker) {
	t.Helper()
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	ended := make(chan error, 1)
	go func() { ended <- w.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

// inSeconds is the test pack: no production configuration counts in seconds.
func inSeconds(values map[string]int) func(deadline.Pack) deadline.Pack {
	return func(p deadline.Pack) deadline.Pack {
		p.Terms = slices.Clone(p.Terms)
		for i := range p.Terms {
			p.Terms[i].Unit, p.Terms[i].Value = deadline.Second, cmp.Or(values[p.Terms[i].Code], month)
		}
		return p
	}
}

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

// The ways a case can go. Articles 25–27; TL 20, 21.
var everyPath = []struct {
	name string
	walk func(w *walk)
	ends sharing.Status
}{
	{"granted-by-law", func(w *walk) { w.open("", testkit.ItemFree); w.sign() }, sharing.Granted},
	{"granted-by-scenario", func(w *walk) { w.open(testkit.ScenarioID, testkit.ItemCovered); w.sign() }, sharing.Granted},
	{"granted", func(w *walk) {
		w.open("", testkit.ItemFree, testkit.ItemHeld)
		w.sign()
		w.complete()
		w.opinions(casework.Agree, casework.Agree)
	}, sharing.Granted},
	{"conditionally-granted", func(w *walk) {
		w.open("", testkit.ItemHeld, testkit.ItemBarred)
		w.sign()
		w.complete()
		w.opinions(casework.AgreeWithConditions, casework.Agree)
	}, sharing.PartiallyGranted},
	{"refused", func(w *walk) {
		w.open("", testkit.ItemHeld)
		w.sign()
		w.complete()
		w.opinions(casework.Refusal, casework.Refusal)
	}, sharing.Refused},
	{"partially-granted", func(w *walk) {
		w.open("", testkit.ItemHeld, testkit.ItemUnclassified)
		w.sign()
		w.complete()
		w.opinions(casework.Refusal, casework.Refusal, testkit.ItemHeld)
	}, sharing.PartiallyGranted},
	{"disputed", func(w *walk) {
		w.open("", testkit.ItemHeld)
		w.sign()
		w.complete()
		w.opinions(casework.Agree, casework.Refusal)
	}, sharing.Disputed},
	{"withdrawn", func(w *walk) {
		w.open("", testkit.ItemHeld)
		w.sign()
		w.complete()
		w.opinions(casework.Refusal, casework.Agree)
		w.withdraw()
	}, sharing.Withdrawn},
	{"supplemented", func(w *walk) {
		w.open("", testkit.ItemHeld)
		w.sign()
		w.supplement()
		w.complete()
		w.opinions(casework.Agree, casework.Agree)
	}, sharing.Granted},
	{"returned-and-extended", func(w *walk) {
		w.open("", testkit.ItemHeld)
		w.returnAndRevise()
		w.sign()
		w.complete()
		w.extend()
		w.opinions(casework.Agree, casework.AgreeWithConditions)
	}, sharing.Granted},
	{"withdrawn-early", func(w *walk) {
		w.open("", testkit.ItemHeld)
		w.withdraw()
	}, sharing.Withdrawn},
	{"opinion-returned-and-extension-declined", func(w *walk) {
		w.open("", testkit.ItemHeld)
		w.sign()
		w.complete()
		w.declineExtension()
		w.returnOpinion()
		w.opinions(casework.Agree, casework.Agree)
	}, sharing.Granted},
	{"grant-expired", func(w *walk) {
		w.until = workday.DayOf(time.Now()).Add(-1) // a past day for the engine, a coming one for the record
		w.open("", testkit.ItemFree)
		w.sign()
	}, sharing.Granted},
}

func TestRecordHistoriesOfEveryPath(t *testing.T) {
	t.Parallel()
	r := newRecorder(t, nil, func() time.Time { return time.Now().Add(-offset) })
	for _, p := range everyPath {
		t.Run(p.name, func(t *testing.T) { //nolint:paralleltest // one engine, one case after the other
			w := &walk{recorder: r, t: t, id: p.name}
			p.walk(w)
			w.mustEnd(p.ends)
			w.save(workflows.ShareRequestType, workflows.ShareRequestID(w.id), p.name)
		})
	}
	t.Run("resumed", func(t *testing.T) { //nolint:paralleltest // one engine, one case after the other
		w := &walk{recorder: r, t: t, id: "resumed"}
		w.open("", testkit.ItemHeld)
		w.sign()
		w.complete()
		w.loseAndResume()
		w.opinions(casework.Agree, casework.Agree)
		w.mustEnd(sharing.Granted)
		w.save(workflows.ShareRequestType, workflows.ShareRequestID(w.id), w.id)
	})
	t.Run("grants", func(t *testing.T) { //nolint:paralleltest // after the cases
		w := &walk{recorder: r, t: t}
		active, expired := sharing.GrantID("granted", sharing.ByReview), sharing.GrantID("grant-expired", sharing.ByLaw)
		w.eventually("the grant waits for its end", func() bool {
			return slices.ContainsFunc(w.history(workflows.GrantID(active)).GetEvents(), func(e *history.HistoryEvent) bool {
				return e.GetTimerStartedEventAttributes() != nil
			})
		})
		var end workflows.GrantResult
		if err := w.engine.GetWorkflow(t.Context(), workflows.GrantID(expired), "").Get(t.Context(), &end); err != nil || end.Status != sharing.Expired {
			t.Errorf("the grant ended as %q, %v", end.Status, err)
		}
		w.save(workflows.GrantType, workflows.GrantID(active), "active")
		w.save(workflows.GrantType, workflows.GrantID(expired), "expired")
	})
}

// Silence reminds and is recorded; the answer that comes late is the answer all the same.
func TestRecordHistoriesOfSilence(t *testing.T) {
	t.Parallel()
	r := newRecorder(t, map[string]int{deadline.ShareJointDecision: 6}, time.Now)
	w := &walk{recorder: r, t: t, id: "overdue"}
	w.open("", testkit.ItemHeld)
	w.sign()
	w.complete()
	stream := sharing.Request{ID: w.id}.Stream()
	w.eventually("the term has passed", func() bool {
		events, err := w.store.Events(t.Context(), stream, 0, 100)
		return err == nil && slices.ContainsFunc(events, func(e audit.Event) bool { return e.Name == "share_request.overdue" })
	})
	w.mustBe(sharing.JointReview)
	w.opinions(casework.Agree, casework.Agree)
	w.mustEnd(sharing.Granted)
	w.save(workflows.ShareRequestType, workflows.ShareRequestID(w.id), w.id)
}

func (w *walk) mustBe(status sharing.Status) {
	w.t.Helper()
	r, err := w.store.ShareRequest(w.t.Context(), w.id)
	if err != nil || r.Status != status {
		w.t.Errorf("the record says %q (%v), want %s", r.Status, err, status)
	}
}

// mustEnd checks the record and, when the case is closed, waits for the engine.
func (w *walk) mustEnd(status sharing.Status) {
	w.t.Helper()
	w.mustBe(status)
	if !status.Closed() {
		return
	}
	var end workflows.ShareRequestResult
	err := w.engine.GetWorkflow(w.t.Context(), workflows.ShareRequestID(w.id), "").Get(w.t.Context(), &end)
	if err != nil || end.Status != status {
		w.t.Errorf("the engine says %q (%v), want %s", end.Status, err, status)
	}
}

func (w *walk) eventually(what string, holds func() bool) {
	w.t.Helper()
	ctx, stop := context.WithTimeout(w.t.Context(), 2*time.Minute)
	defer stop()
	ticks := time.NewTicker(50 * time.Millisecond)
	defer ticks.Stop()
	for !holds() {
		select {
		case <-ctx.Done():
			w.t.Fatalf("waited in vain until %s", what)
		case <-ticks.C:
		}
	}
}

func (w *walk) history(workflowID string) *history.History {
	w.t.Helper()
	all := &history.History{}
	events := w.engine.GetWorkflowHistory(w.t.Context(), workflowID, "", false, enums.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for events.HasNext() {
		e, err := events.Next()
		if err != nil {
			w.t.Fatal(err)
		}
		all.Events = append(all.Events, e)
	}
	return all
}

// save writes a history as the replayer reads it.
func (w *walk) save(kind, workflowID, path string) {
	w.t.Helper()
	text, err := temporalproto.CustomJSONMarshalOptions{Indent: " "}.Marshal(w.history(workflowID))
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err := client.HistoryFromJSON(bytes.NewReader(text), client.HistoryJSONOptions{}); err != nil {
		w.t.Fatalf("the replayer could not read the history: %v", err)
	}
	folder := os.Getenv(historiesFolder)
	if folder == "" {
		return
	}
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, err = z.Write(text)
	err = errors.Join(err, z.Close(), os.MkdirAll(filepath.Join(folder, kind), 0o755),
		os.WriteFile(filepath.Join(folder, kind, recordedBy+"-"+path+".json.gz"), packed.Bytes(), 0o644))
	if err != nil {
		w.t.Fatal(err)
	}
}
