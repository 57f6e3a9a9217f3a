package api

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"datagov/rbac"
)

// bare is a server without record and engine: what can be asked before anybody is known.
var bare = sync.OnceValues(func() (*Server, error) {
	authorizer, err := rbac.New()
	if err != nil {
		return nil, err
	}
	page := fstest.MapFS{"index.html": {Data: []byte("<!doctype html>")}}
	return New(Options{Rbac: authorizer, Page: page, Log: slog.New(slog.DiscardHandler), Now: time.Now, Version: "1"})
})

func bareServer(t testing.TB) *Server {
	t.Helper()
	s, err := bare()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestTheContractHasNoDrift(t *testing.T) {
	t.Parallel()
	want, err := json.MarshalIndent(bareServer(t).OpenAPI(), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(bytes.TrimSpace(got), bytes.TrimSpace(want)) {
		t.Error("api/openapi.json is not what the code declares; run make generate and review the difference")
	}
}

// declared are the operations of the contract: "GET /api/v1/tasks" → its extensions.
func declared(t *testing.T) map[string]map[string]any {
	t.Helper()
	b, err := json.Marshal(bareServer(t).OpenAPI())
	if err != nil {
		t.Fatal(err)
	}
	var contract struct {
		Paths map[string]map[string]map[string]any `json:"paths"`
	}
	if err := json.Unmarshal(b, &contract); err != nil {
		t.Fatal(err)
	}
	all := map[string]map[string]any{}
	for path, operations := range contract.Paths {
		for method, o := range operations {
			all[strings.ToUpper(method)+" /api/v1"+path] = o
		}
	}
	return all
}

func TestEveryOperationSaysItsPermissionAndItsArticle(t *testing.T) {
	t.Parallel()
	permission := regexp.MustCompile(`^(public|[a-z-]+:[a-z-]+)$`)
	operations := declared(t)
	if len(operations) < 20 {
		t.Errorf("the contract has only %d operations", len(operations))
	}
	for name, o := range operations {
		granted, _ := o["x-permission"].(string)
		article, _ := o["x-article"].(string)
		if !permission.MatchString(granted) || (article == "" && granted != "public") {
			t.Errorf("%s needs %q and serves %q", name, granted, article)
		}
		summary, _ := o["summary"].(string)
		if summary == "" || strings.ContainsFunc(summary, func(r rune) bool { return r >= 'a' && r <= 'z' }) {
			t.Errorf("%s is summed up as %q", name, summary)
		}
	}
}

// handWritten are the routes that are no operations.
var handWritten = []string{
	"GET /*", "GET /healthz", "GET /readyz", "GET /metrics", "GET /api/v1/openapi.json", "GET /api/v1/events",
}

func TestEveryRouteIsDeclared(t *testing.T) {
	t.Parallel()
	operations := declared(t)
	parameter := regexp.MustCompile(`:([A-Za-z]+)`)
	var routes []string
	for _, r := range bareServer(t).echo.Routes() {
		if r.Path == "/docs*" || r.Method == "echo_route_not_found" {
			continue // the documents answer every method
		}
		name := r.Method + " " + parameter.ReplaceAllString(r.Path, "{$1}")
		routes = append(routes, name)
		if operations[name] == nil && !slices.Contains(handWritten, name) {
			t.Errorf("%s is neither declared nor listed as hand-written", name)
		}
	}
	for name := range operations {
		if !slices.Contains(routes, name) {
			t.Errorf("%s is declared and not served", name)
		}
	}
	for _, name := range handWritten {
		if !slices.Contains(routes, name) {
			t.Errorf("%s is listed as hand-written and not served", name)
		}
	}
}

// Refusals come in order: before anything is parsed, nobody is let in unknown.
func TestNobodyUnknownIsLetIn(t *testing.T) {
	t.Parallel()
	s := bareServer(t)
	for name, o := range declared(t) {
		if o["x-permission"] == "public" {
			continue
		}
		method, path, _ := strings.Cut(name, " ")
		path = regexp.MustCompile(`\{[^}]+\}`).ReplaceAllString(path, "00000000-0000-4000-8000-000000000000")
		answer := httptest.NewRecorder()
		s.Handler().ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader("{not json")))
		if answer.Code != http.StatusUnauthorized || answer.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s answers %d %s", name, answer.Code, answer.Header().Get("Content-Type"))
		}
	}
}
