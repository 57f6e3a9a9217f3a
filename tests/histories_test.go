package tests

import (
	"slices"
	"testing"
	"time"

	"go.temporal.io/api/history/v1"

	"datagov/domain/audit"
	"datagov/domain/casework"
	"datagov/domain/deadline"
	"datagov/domain/sharing"
	"datagov/domain/workday"
	"datagov/internal/testkit"
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
	{"countersigned-and-transferred", func(w *walk) {
		w.open("", testkit.ItemHeld)
		w.countersign()
		w.transferFormCheck()
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
	r := newRecorder(t, inSeconds(nil), func() time.Time { return time.Now().Add(-offset) })
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
	r := newRecorder(t, inSeconds(map[string]int{deadline.ShareJointDecision: 6}), time.Now)
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

// Terms in days can stop and be counted by other rules; the case goes on all the same.
func TestRecordHistoriesOfTermsThatChange(t *testing.T) {
	t.Parallel()
	w := &walk{recorder: newRecorder(t, nil, time.Now), t: t, id: "suspended-and-rules-moved"}
	w.open("", testkit.ItemHeld)
	w.sign()
	w.complete()
	w.suspend()
	w.moveRules()
	w.opinions(casework.Agree, casework.Agree)
	w.mustEnd(sharing.Granted)
	w.save(workflows.ShareRequestType, workflows.ShareRequestID(w.id), w.id)
}
