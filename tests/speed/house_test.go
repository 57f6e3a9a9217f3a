package speed

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"
	"go.temporal.io/sdk/client"
	sdk "go.temporal.io/sdk/worker"

	"datagov/activities"
	"datagov/api"
	"datagov/domain/law"
	"datagov/internal/demo"
	"datagov/internal/embedded"
	"datagov/internal/identity"
	"datagov/migrations"
	"datagov/rbac"
	"datagov/store"
	"datagov/worker"
)

// house is everything in one process, as datagov serve puts it together.
type house struct {
	engine      client.Client
	record      *store.Store
	http        *http.Client
	base        string
	tokens      map[string]string
	entry, item string
	rung        rung
}

func newHouse(b *testing.B) *house {
	b.Helper()
	dir, log := b.TempDir(), slog.New(slog.DiscardHandler)
	record, err := store.Open(filepath.Join(dir, "datagov.db"))
	must(b, err)
	b.Cleanup(func() { _ = record.Close() })
	must(b, migrations.Up(b.Context(), record.DB()))
	district, err := demo.Load()
	must(b, err)
	must(b, demo.Seed(b.Context(), record, district, identity.HashPassword, time.Now()))
	server, err := embedded.Start(b.Context(), embedded.Options{File: filepath.Join(dir, "temporal.db"), Logger: log})
	must(b, err)
	b.Cleanup(server.Stop)
	engine, err := client.Dial(client.Options{HostPort: server.Address(), Namespace: "datagov", Logger: log})
	must(b, err)
	b.Cleanup(engine.Close)
	known, err := law.Library()
	must(b, err)
	h := &house{engine: engine, record: record, tokens: map[string]string{}}
	h.http = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 2 * inFlight}}
	h.work(b, worker.New(engine, &activities.Casework{Store: record, Now: time.Now, Library: law.Editions(known)}, log))
	h.serve(b, record, known, log)
	h.bare(b)
	h.choose(b, district)
	return h
}

// run keeps a part running until the benchmark ends.
func run(b *testing.B, part func(context.Context) error) {
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- part(ctx) }()
	b.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			b.Error(err)
		}
	})
}

func (h *house) work(b *testing.B, w *worker.Worker) { run(b, w.Run) }

func (h *house) serve(b *testing.B, record *store.Store, known []law.Known, log *slog.Logger) {
	authorizer, err := rbac.New()
	must(b, err)
	server, err := api.New(api.Options{
		Store: record, Engine: h.engine, Identity: identity.New(record, time.Now), Rbac: authorizer, Library: known,
		Log: log, Now: time.Now, Version: "bench",
	})
	must(b, err)
	must(b, server.LoadRoles(b.Context()))
	listening := httptest.NewServer(server.Handler())
	b.Cleanup(listening.Close)
	run(b, server.Run)
	h.base = listening.URL + "/api/v1"
	for _, who := range []string{"civil", "civil-head", "health", "health-head", "commission", "commission-head"} {
		var session struct {
			Token string `json:"token"`
		}
		must(b, h.post(b.Context(), "", "/session", map[string]string{"username": who, "password": demo.Password}, &session))
		h.tokens[who] = session.Token
	}
}

// choose takes the first authorized item of the health agency.
func (h *house) choose(b *testing.B, d demo.District) {
	for _, e := range d.Entries {
		if e.Agency == "health" && e.Sharing == "authorized" {
			h.entry, h.item = e.ID, e.Items[0].ID
			return
		}
	}
	b.Fatal("the demo district has no authorized entry of the health agency")
}

func (h *house) post(ctx context.Context, who, path string, body, into any) error {
	sent, err := json.Marshal(body)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, h.base+path, bytes.NewReader(sent))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Idempotency-Key", uuid.NewString())
	if who != "" {
		req.Header.Set("Authorization", "Bearer "+h.tokens[who])
	}
	res, err := h.http.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	if res.StatusCode != http.StatusCreated {
		return fmt.Errorf("POST %s as %s: %d %s", path, who, res.StatusCode, answer)
	}
	return json.Unmarshal(answer, into)
}

// bare registers the bare procedure on a queue of its own.
func (h *house) bare(b *testing.B) {
	w := sdk.New(h.engine, bareQueue, sdk.Options{MaxConcurrentActivityTaskPollers: 8, MaxConcurrentWorkflowTaskPollers: 8})
	registerBare(w)
	w.RegisterWorkflow(bareTerm)
	w.RegisterActivity(&h.rung)
	must(b, w.Start())
	b.Cleanup(w.Stop)
}

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}
