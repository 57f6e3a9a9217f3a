package speed

import (
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"datagov/activities"
	"datagov/worker"
	"datagov/workflows"
)

// BenchmarkResume brings back open cases that the engine has lost, and looks a
// second time, when it knows them all.
func BenchmarkResume(b *testing.B) {
	for _, n := range []int{200, 2000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			h := newHouse(b)
			h.openCases(b, n)
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(h.resume(b, n).Seconds(), "lost-s")
			b.ReportMetric(h.resume(b, 0).Seconds(), "known-s")
		})
	}
}

// resume wants as many cases to be brought back and says how long it took.
func (h *house) resume(b *testing.B, want int) time.Duration {
	b.Helper()
	began := time.Now()
	resumed, err := worker.Resume(b.Context(), h.engine, &activities.Casework{Store: h.record, Now: time.Now})
	must(b, err)
	if resumed.ShareRequests != want || resumed.Failed != 0 {
		b.Fatalf("resumed %+v, want %d cases", resumed, want)
	}
	return time.Since(began)
}

// open is how many open cases the server holds while its memory is measured.
var open = number("DATAGOV_BENCH_OPEN", 10_000)

// BenchmarkMemoryOfOpenCases is what 10 000 open cases cost a server that runs
// everything in one process: resident memory, and the heap after a collection,
// before and after the worker has every case in its hands. The cases are put on
// record and brought back from it, which is quicker than asking for each.
func BenchmarkMemoryOfOpenCases(b *testing.B) {
	h := newHouse(b)
	must(b, h.carryCase(b.Context()))
	resident, heap := memory(b)
	ids := h.openCases(b, open)
	took := h.resume(b, open)
	h.settled(b, ids)
	residentAfter, heapAfter := memory(b)
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(resident, "MB-before")
	b.ReportMetric(residentAfter, "MB-after")
	b.ReportMetric((heapAfter-heap)*1e3/float64(open), "heap-kB/case")
	b.ReportMetric(took.Seconds(), "resume-s")
}

// setAlarm is how long the history of a resumed case is once it waits for its
// next term: it has read its rows and set its timer.
const setAlarm = 11

// settled waits until the worker has every case in its hands.
func (h *house) settled(b *testing.B, ids []string) {
	b.Helper()
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = workflows.ShareRequestID(id)
	}
	h.reached(b, names, setAlarm)
}

// reached waits until every workflow has a history that long.
func (h *house) reached(b *testing.B, names []string, length int64) {
	b.Helper()
	ticks := time.NewTicker(100 * time.Millisecond)
	defer ticks.Stop()
	for _, name := range names {
		for {
			d, err := h.engine.DescribeWorkflowExecution(b.Context(), name, "")
			must(b, err)
			if d.GetWorkflowExecutionInfo().GetHistoryLength() >= length {
				break
			}
			<-ticks.C
		}
	}
}

// memory reads the resident memory of this process and its live heap, in megabytes.
func memory(b *testing.B) (resident, heap float64) {
	b.Helper()
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	status, err := os.ReadFile("/proc/self/status")
	must(b, err)
	for line := range strings.Lines(string(status)) {
		if text, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kilobytes, err := strconv.ParseFloat(strings.Fields(text)[0], 64)
			must(b, err)
			return kilobytes / 1e3, float64(m.HeapAlloc) / 1e6
		}
	}
	b.Fatal("the system does not say how much memory is resident")
	return 0, 0
}
