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
	"testing"
	"time"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/history/v1"
	"go.temporal.io/api/temporalproto"
	"go.temporal.io/sdk/client"

	"datagov/activities"
	"datagov/domain/deadline"
	"datagov/domain/sharing"
	"datagov/internal/embedded"
	"datagov/internal/testkit"
	"datagov/migrations"
	"datagov/store"
	"datagov/worker"
	"datagov/workflows"
)

// recorder walks cases through the real procedure: engine, worker and record
// in this process.
type recorder struct {
	store  *store.Store
	engine client.Client
	now    func() time.Time
}

// newRecorder starts all three; without terms those of the pack run.
func newRecorder(t *testing.T, terms func(deadline.Pack) deadline.Pack, now func() time.Time) recorder {
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
	carry(t, worker.New(engine, &activities.Casework{Store: record, Now: now, Terms: terms}, quiet))
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
// Terms not named last a month.
func inSeconds(values map[string]int) func(deadline.Pack) deadline.Pack {
	return func(p deadline.Pack) deadline.Pack {
		p.Terms = slices.Clone(p.Terms)
		for i := range p.Terms {
			p.Terms[i].Unit, p.Terms[i].Value = deadline.Second, cmp.Or(values[p.Terms[i].Code], month)
		}
		return p
	}
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
