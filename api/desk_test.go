package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"

	"datagov/domain/agency"
	"datagov/domain/sharing"
	"datagov/domain/workday"
	"datagov/internal/identity"
	"datagov/internal/testkit"
	"datagov/migrations"
	"datagov/rbac"
	"datagov/store"
)

// desk is a server over a record without an engine: what reads, and what
// changes without moving a case. Both servers are made before any test runs,
// because huma keeps its sentences in variables of the process.
var desk *Server

// auditor and supervisor see the whole district.
var (
	auditor    = agency.Actor{Kind: agency.Human, Account: "auditor-1", Agency: "office", Roles: []agency.Role{agency.Auditor}}
	supervisor = agency.Actor{Kind: agency.Human, Account: "supervisor-1", Agency: "office", Roles: []agency.Role{agency.Supervisor}}
)

func TestMain(m *testing.M) {
	folder, err := os.MkdirTemp("", "datagov-api-")
	if err == nil {
		_, err = bare()
	}
	if err == nil {
		err = openDesk(folder)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	if err := errors.Join(desk.store.Close(), os.RemoveAll(folder)); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	os.Exit(code)
}

// outside lets testkit fill a record that no single test owns.
type outside struct{ testing.TB }

func (outside) Helper()                  {}
func (outside) Context() context.Context { return context.Background() }
func (outside) Fatalf(f string, a ...any) {
	panic(fmt.Errorf(f, a...))
}

func openDesk(folder string) error {
	s, err := store.Open(filepath.Join(folder, "datagov.db"))
	if err != nil {
		return err
	}
	ctx := context.Background()
	if err := migrations.Up(ctx, s.DB()); err != nil {
		return err
	}
	testkit.Fill(outside{}, s, time.Now())
	if err := s.Tx(ctx, hire); err != nil {
		return err
	}
	authorizer, err := rbac.New()
	if err != nil {
		return err
	}
	desk, err = New(Options{
		Store: s, Rbac: authorizer, Identity: identity.New(s, time.Now), Log: slog.New(slog.DiscardHandler), Now: time.Now, Version: "1",
	})
	if err != nil {
		return err
	}
	desk.gateway = newGateway(desk.Options) // it refuses by the rules; what it lets through finds no engine
	return desk.LoadRoles(ctx)
}

// hire adds who sees the whole district, and opens a session for everybody.
func hire(ctx context.Context, tx store.Tx) error {
	for _, a := range []agency.Actor{auditor, supervisor} {
		row := store.Account{ID: a.Account, Username: a.Account, Name: a.Account, AgencyID: string(a.Agency), Active: true, CreatedAt: time.Now()}
		if err := tx.InsertAccount(ctx, row); err != nil {
			return err
		}
		if err := tx.AssignRole(ctx, store.RoleAssignment{AccountID: a.Account, Role: string(a.Roles[0]), Domain: rbac.Everywhere}); err != nil {
			return err
		}
	}
	for _, a := range append(testkit.People(), auditor, supervisor) {
		sum := sha256.Sum256([]byte("dg_" + a.Account))
		session := store.Session{Digest: hex.EncodeToString(sum[:]), AccountID: a.Account, CreatedAt: time.Now(), ExpiresAt: time.Now().Add(time.Hour)}
		if err := tx.InsertSession(ctx, session); err != nil {
			return err
		}
	}
	return nil
}

// asked sends one request as somebody and gives the answer.
func asked(t testing.TB, who agency.Actor, method, path string, body io.Reader, contentType string) *httptest.ResponseRecorder {
	t.Helper()
	req := httptest.NewRequestWithContext(t.Context(), method, "/api/v1"+path, body)
	req.Header.Set("Authorization", "Bearer dg_"+who.Account)
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	answer := httptest.NewRecorder()
	desk.Handler().ServeHTTP(answer, req)
	return answer
}

// sent sends JSON and wants a status.
func sent(t testing.TB, who agency.Actor, method, path string, body any, status int) []byte {
	t.Helper()
	b, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	answer := asked(t, who, method, path, bytes.NewReader(b), "application/json")
	if answer.Code != status {
		t.Fatalf("%s %s as %s: %d, want %d: %s", method, path, who.Account, answer.Code, status, answer.Body)
	}
	return answer.Body.Bytes()
}

// read reads JSON.
func read[T any](t testing.TB, who agency.Actor, path string) T {
	t.Helper()
	var v T
	if err := json.Unmarshal(sent(t, who, http.MethodGet, path, nil, http.StatusOK), &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// opened is a new case of the civil affairs clerk.
func opened(t testing.TB) sharing.Request {
	t.Helper()
	var made store.ShareRequest
	err := desk.store.Tx(t.Context(), func(ctx context.Context, tx store.Tx) error {
		var err error
		made, err = testkit.Open(ctx, tx, testkit.Opening{
			ID: uuid.NewString(), Title: "=区民政局申请共享", Items: []string{testkit.ItemHeld}, Until: workday.DayOf(time.Now()).Add(90),
		}, time.Now())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return made.Request
}

// withdrawn closes a case.
func withdrawn(t testing.TB, id string) {
	t.Helper()
	before, err := desk.store.ShareRequest(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	after := before
	after.Request = before.Clone()
	after.Status, after.ClosedAt = sharing.Withdrawn, time.Now()
	err = desk.store.Tx(t.Context(), func(ctx context.Context, tx store.Tx) error {
		return tx.SaveShareRequest(ctx, before.Request, &after, time.Now())
	})
	if err != nil {
		t.Fatal(err)
	}
}
