package tests

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
)

// operation is one operation of the contract with the permission it needs.
type operation struct{ method, path, permission string }

// operations are those of the committed contract, and the event stream, which
// OpenAPI cannot describe.
func operations(t *testing.T) []operation {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "api", "openapi.json"))
	if err != nil {
		t.Fatal(err)
	}
	var contract struct {
		Paths map[string]map[string]struct {
			Permission string `json:"x-permission"`
		}
	}
	if err := json.Unmarshal(b, &contract); err != nil {
		t.Fatal(err)
	}
	all := []operation{{http.MethodGet, "/events", "event:stream"}}
	for path, methods := range contract.Paths {
		for method, o := range methods {
			all = append(all, operation{strings.ToUpper(method), path, o.Permission})
		}
	}
	slices.SortFunc(all, func(a, b operation) int { return strings.Compare(a.path+a.method, b.path+b.method) })
	return all
}

// demoAccounts hold every role there is.
var demoAccounts = []string{
	"civil", "civil-head", "health", "health-head", "commission", "commission-head", "datacenter", "supervisor", "auditor", "admin",
}

// relations are cases in which the accounts' agencies have different parts.
var relations = []string{"civil asks health", "health asks civil", "civil asks human-resources", "commission asks health", "no case"}

func casesOfEveryRelation(t *testing.T, d *district) map[string]string {
	t.Helper()
	first := func(who, name string) string {
		e := entry(t, name)
		return d.submitted(t, who, file(e.ID, items(t, e)[:1])).id
	}
	return map[string]string{
		relations[0]: first("civil", births), relations[1]: first("health", "婚姻登记信息"), relations[2]: first("civil", pensions),
		relations[3]: first("commission", births), relations[4]: uuid.NewString(),
	}
}

// knock tries an operation with a body that never parses, so that it shows who
// is let in and changes nothing.
func (o operation) knock(t *testing.T, p person, caseID string) string {
	t.Helper()
	path := strings.NewReplacer("{opinionId}", uuid.NewString(), "{version}", "2026-11").Replace(o.path)
	if strings.HasPrefix(path, "/catalog") {
		caseID = entry(t, births).ID
	}
	path = strings.ReplaceAll(path, "{id}", caseID)
	if o.method == http.MethodDelete && o.path == "/session" && p.username != "" {
		p = p.server.anotherSession(t, p.username)
	}
	req, err := http.NewRequestWithContext(t.Context(), o.method, p.server.base+"/api/v1"+path, bytes.NewBufferString("{"))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	if p.token != "" {
		req.Header.Set("Authorization", "Bearer "+p.token)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	switch res.StatusCode {
	case http.StatusUnauthorized:
		return "401"
	case http.StatusForbidden:
		return "403"
	case http.StatusNotFound:
		return "404"
	case http.StatusOK, http.StatusNoContent, http.StatusBadRequest, http.StatusUnprocessableEntity:
		return "passes"
	}
	t.Errorf("%s %s as %s: status %d", o.method, path, p.username, res.StatusCode)
	return "?"
}

// A cell for every operation, account and part in a case; whoever changes one, says why.
func TestPermissionMatrixIsTheReviewedOne(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		cases := casesOfEveryRelation(t, d)
		cells := [][]string{{"operation", "permission", "account", "case", "outcome"}}
		for _, o := range operations(t) {
			for _, account := range demoAccounts {
				if !strings.Contains(o.path, "{id}") || strings.HasPrefix(o.path, "/catalog") {
					cells = append(cells, []string{o.method + " " + o.path, o.permission, account, "", o.knock(t, d.as(t, account), "")})
					continue
				}
				for _, relation := range relations {
					outcome := o.knock(t, d.as(t, account), cases[relation])
					cells = append(cells, []string{o.method + " " + o.path, o.permission, account, relation, outcome})
				}
			}
		}
		golden(t, "matrix.csv", cells)
	})
}

func golden(t *testing.T, name string, cells [][]string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	var written bytes.Buffer
	w := csv.NewWriter(&written)
	if err := w.WriteAll(cells); err != nil {
		t.Fatal(err)
	}
	if *update && strings.HasSuffix(t.Name(), "/SQLite") {
		if err := os.WriteFile(path, written.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	reviewed, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(reviewed), written.String()); diff != "" && !*update {
		t.Errorf("the matrix differs from testdata/%s; run with -update and review it:\n%s", name, diff)
	}
}

func TestPermissionMatrixLetsNobodyInWithoutASession(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		m := d.asking(t)
		for _, o := range operations(t) {
			want := "401"
			if o.permission == "public" {
				want = "passes"
			}
			if strings.Contains(o.path, "{code}") { // open to anybody, and no paper has this code
				want = "404"
			}
			for _, p := range []person{{server: d.running}, {server: d.running, token: "x"}, {server: d.running, token: uuid.NewString()}} {
				if got := o.knock(t, p, m.id); got != want && p.token == "" || o.permission != "public" && got != "401" {
					t.Errorf("%s %s with token %q: %s, want %s", o.method, o.path, p.token, got, want)
				}
			}
		}
		stale := d.anotherSession(t, "civil")
		stale.send(t, http.MethodDelete, "/session", nil).want(t, http.StatusNoContent)
		stale.read(t, "/me").refused(t, http.StatusUnauthorized)
	})
}

// Every line of the policy is asked for by an operation, and every operation asks a line.
func TestPermissionMatrixAndPolicyNameTheSamePermissions(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile(filepath.Join("..", "rbac", "policy.csv"))
	if err != nil {
		t.Fatal(err)
	}
	granted := map[string]bool{}
	for line := range strings.Lines(string(b)) {
		if f := strings.Split(line, ","); len(f) >= 5 && strings.TrimSpace(f[0]) == "p" {
			granted[strings.TrimSpace(f[3])+":"+strings.TrimSpace(f[4])] = true
		}
	}
	asked := map[string]bool{}
	for _, o := range operations(t) {
		if asked[o.permission] = true; o.permission == "" || o.permission != "public" && !granted[o.permission] {
			t.Errorf("%s %s needs %q, which no line of the policy grants", o.method, o.path, o.permission)
		}
	}
	for permission := range granted {
		if object, wider := strings.CutSuffix(permission, ":read-all"); !asked[permission] && (!wider || !asked[object+":read"]) {
			t.Errorf("the policy grants %s, which no operation needs", permission)
		}
	}
	if len(granted) < 10 {
		t.Errorf("read only %d permissions", len(granted))
	}
}
