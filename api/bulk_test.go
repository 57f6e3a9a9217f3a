package api

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/google/uuid"

	"datagov/domain/agency"
	"datagov/domain/fault"
	"datagov/internal/testkit"
	"datagov/store"
)

type bulkItem struct {
	TaskID  string `json:"taskId"`
	Outcome string `json:"outcome"`
	Reason  string `json:"reason"`
}

// inBulk sends many items at once as somebody.
func inBulk(t *testing.T, who agency.Actor, items ...bulkItem) (int, []bulkResult) {
	t.Helper()
	body, err := json.Marshal(map[string]any{"items": items})
	if err != nil {
		t.Fatal(err)
	}
	req := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/api/v1/tasks/bulk", bytes.NewReader(body))
	req.Header.Set("Authorization", "Bearer dg_"+who.Account)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Idempotency-Key", uuid.NewString())
	answer := httptest.NewRecorder()
	desk.Handler().ServeHTTP(answer, req)
	var out struct{ Results []bulkResult }
	if answer.Code == http.StatusOK {
		if err := json.Unmarshal(answer.Body.Bytes(), &out); err != nil {
			t.Fatal(err)
		}
	}
	return answer.Code, out.Results
}

// waiting opens a task of a case for somebody.
func waiting(t *testing.T, caseID, step, kind string, of agency.Actor) string {
	t.Helper()
	row := store.Task{
		ID: uuid.NewString(), CaseID: caseID, CaseKind: "share_request", Kind: kind, Step: step, Title: "题目",
		AgencyID: string(of.Agency), Role: string(of.Roles[0]), PartyID: "civil", CreatedAt: time.Now(),
	}
	err := desk.store.Tx(t.Context(), func(ctx context.Context, tx store.Tx) error {
		return tx.InsertTask(ctx, row, store.Holding([]string{of.Account}))
	})
	if err != nil {
		t.Fatal(err)
	}
	return row.ID
}

// Each item is answered for itself: what is refused says why, in the order asked.
func TestBulkAnswersEachItemForItself(t *testing.T) {
	t.Parallel()
	id := opened(t).ID
	signature := waiting(t, id, "sign_off", store.SeatTask, testkit.Head)
	notice := waiting(t, id, "overdue", store.CopyTask, testkit.Head)
	opinion := waiting(t, id, "opinion_provider", store.SeatTask, testkit.Head)
	items := []bulkItem{
		{signature, "sign", " "},
		{"nothing", "sign", "同意"},
		{uuid.NewString(), "sign", "同意"},
		{notice, "sign", "同意"},
		{opinion, "sign", "同意"},
		{signature, "complete", "齐全"},
	}
	want := []fault.Kind{fault.Invalid, fault.NotFound, fault.NotFound, fault.Conflict, fault.Conflict, fault.Conflict}
	status, results := inBulk(t, testkit.Head, items...)
	if status != http.StatusOK || len(results) != len(items) {
		t.Fatalf("%d with %d answers", status, len(results))
	}
	for i, r := range results {
		if r.OK || r.TaskID != items[i].TaskID || r.Status != string(want[i]) || r.Detail == "" {
			t.Errorf("item %d: %+v, want %s", i, r, want[i])
		}
	}
}

// Bulk is no way around a rule: role, party and duty are asked for each item.
func TestBulkIsNoWayAroundARule(t *testing.T) {
	t.Parallel()
	id := opened(t).ID
	signature := waiting(t, id, "sign_off", store.SeatTask, testkit.Head)
	for name, tt := range map[string]struct {
		who  agency.Actor
		want fault.Kind
	}{
		"a stranger does not see it":      {testkit.Stranger, fault.NotFound},
		"a clerk's role does not sign":    {testkit.Clerk, fault.Forbidden},
		"another party's head is no part": {testkit.ProviderHead, fault.Barred},
	} {
		status, results := inBulk(t, tt.who, bulkItem{signature, "sign", "同意"})
		if tt.want == fault.Forbidden && status == http.StatusForbidden {
			continue // the whole operation is closed to the role
		}
		if status != http.StatusOK || len(results) != 1 || results[0].OK || results[0].Status != string(tt.want) {
			t.Errorf("%s: %d, %+v; want %s", name, status, results, tt.want)
		}
	}
	if r, err := desk.store.ShareRequest(t.Context(), id); err != nil || r.SignedBy != "" {
		t.Errorf("signed by %q, %v", r.SignedBy, err)
	}
}

func TestBulkTakesFromOneToAHundred(t *testing.T) {
	t.Parallel()
	if status, _ := inBulk(t, testkit.Head); status != http.StatusUnprocessableEntity {
		t.Errorf("nothing at all: %d", status)
	}
	if status, _ := inBulk(t, testkit.Head, make([]bulkItem, 101)...); status != http.StatusUnprocessableEntity {
		t.Errorf("a hundred and one: %d", status)
	}
	if status, _ := inBulk(t, testkit.Head, bulkItem{uuid.NewString(), "refuse", "理由"}); status != http.StatusUnprocessableEntity {
		t.Errorf("an outcome that is none: %d", status)
	}
}
