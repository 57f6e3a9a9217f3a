package speed

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/workflow"
	"golang.org/x/sync/errgroup"
)

// due is how many terms end in one minute. The default ends within a few
// minutes on two cores; 20,000 take most of an hour there.
var due = number("DATAGOV_BENCH_DUE", 1000)

// BenchmarkLateness lets the terms of many cases end in one minute, then as
// many bare timers on the same engine, and reports how late both were: a case
// until the record has noted the passed term with its event and its copies, a
// bare timer until an empty activity runs.
func BenchmarkLateness(b *testing.B) {
	h := newHouse(b)
	ours := h.lateCases(b)
	bare := h.lateTimers(b)
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(due), "terms")
	for _, percent := range []int{50, 99} {
		name := map[int]string{50: "p50", 99: "p99"}[percent]
		b.ReportMetric(milliseconds(ours, percent), name+"-ms")
		b.ReportMetric(milliseconds(bare, percent), "bare-"+name+"-ms")
		b.ReportMetric(milliseconds(ours, percent)/milliseconds(bare, percent), name+"-ratio")
	}
}

// probe is how many are opened first to know how long all of them will take.
const probe = 100

// begin says when the minute begins: when all can have been opened.
func begin(took time.Duration) time.Time {
	return time.Now().Add(took*time.Duration(due)/probe*3/2 + 15*time.Second).Truncate(time.Second)
}

// spread puts the instants evenly into the minute, at full seconds.
func spread(from time.Time, i int) time.Time { return from.Add(time.Duration(i%60) * time.Second) }

func armed(b *testing.B, what string, from time.Time) {
	if late := time.Since(from); late > 0 {
		b.Logf("%s were ready %s after their minute began", what, late.Round(time.Millisecond))
	}
}

// lateCases says how late the passed terms of cases were noted.
func (h *house) lateCases(b *testing.B) []time.Duration {
	b.Helper()
	started := time.Now()
	ids := h.openCases(b, probe)
	h.resume(b, probe)
	h.settled(b, ids)
	from := begin(time.Since(started))
	ids = h.openDue(b, due, func(i int) time.Time { return spread(from, i) })
	h.resume(b, due)
	h.settled(b, ids)
	armed(b, "cases", from)
	ticks := time.NewTicker(time.Second)
	defer ticks.Stop()
	for {
		var rows []struct {
			DueAt time.Time `bun:"due_at"`
			At    time.Time `bun:"at"`
		}
		must(b, h.record.DB().NewRaw("SELECT c.due_at, v.at FROM case_clock c JOIN case_version v ON v.case_id = c.case_id AND v.version = 2"+
			" WHERE c.overdue_at IS NOT NULL").Scan(b.Context(), &rows))
		if len(rows) >= due {
			late := make([]time.Duration, len(rows))
			for i, row := range rows {
				late[i] = row.At.Sub(row.DueAt)
			}
			return late
		}
		<-ticks.C
	}
}

// bareTerm is a timer and an activity, and nothing else.
func bareTerm(ctx workflow.Context, at time.Time) error {
	if err := workflow.Sleep(ctx, at.Sub(workflow.Now(ctx))); err != nil {
		return err
	}
	var r *rung
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: 10 * time.Minute})
	return workflow.ExecuteActivity(ctx, r.BareRing, at).Get(ctx, nil)
}

// rung keeps how late bare timers were.
type rung struct {
	mutex sync.Mutex
	late  []time.Duration
}

// BareRing notes how late it was called.
func (r *rung) BareRing(_ context.Context, at time.Time) error {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.late = append(r.late, time.Since(at))
	return nil
}

func (r *rung) all() []time.Duration {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return slices.Clone(r.late)
}

// lateTimers says how late bare timers were.
func (h *house) lateTimers(b *testing.B) []time.Duration {
	b.Helper()
	started := time.Now()
	h.startTimers(b, probe, func(int) time.Time { return time.Now().Add(24 * time.Hour) })
	from := begin(time.Since(started))
	h.startTimers(b, due, func(i int) time.Time { return spread(from, i) })
	armed(b, "bare timers", from)
	ticks := time.NewTicker(time.Second)
	defer ticks.Stop()
	for {
		if late := h.rung.all(); len(late) >= due {
			return late
		}
		<-ticks.C
	}
}

// timerSet is how long the history of a bare timer is that waits.
const timerSet = 5

// startTimers starts bare timers and waits until they are set.
func (h *house) startTimers(b *testing.B, n int, at func(i int) time.Time) {
	b.Helper()
	var group errgroup.Group
	group.SetLimit(inFlight)
	ids := make([]string, n)
	for i := range ids {
		ids[i] = "term/" + uuid.NewString()
		group.Go(func() error {
			_, err := h.engine.ExecuteWorkflow(b.Context(), client.StartWorkflowOptions{ID: ids[i], TaskQueue: bareQueue}, bareTerm, at(i))
			return err
		})
	}
	must(b, group.Wait())
	h.reached(b, ids, timerSet)
}
