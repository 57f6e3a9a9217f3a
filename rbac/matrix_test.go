package rbac

import (
	"encoding/csv"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"datagov/domain/agency"
)

var update = flag.Bool("update", false, "write testdata/matrix.csv")

// One account for each role and each way of holding it. All of them work for
// the health agency.
const (
	health = agency.ID("health")
	civil  = agency.ID("civil-affairs")
)

// holdings are where a role may have been assigned, seen from the actor's agency.
var holdings = []struct{ name, domain string }{
	{"own", string(health)},  // in his own agency
	{"other", string(civil)}, // in another agency
	{"district", Everywhere}, // in the whole district
	{"none", ""},             // not at all
}

func person(role agency.Role, holding string) agency.Actor {
	return agency.Actor{Kind: agency.Human, Account: string(role) + " " + holding, Agency: health}
}

func everyAssignment() []Assignment {
	var list []Assignment
	for _, role := range roles {
		for _, h := range holdings {
			if h.domain != "" {
				list = append(list, Assignment{person(role, h.name).Account, string(role), h.domain})
			}
		}
	}
	return list
}

// matrix asks for every cell. A permission that a policy lost is denied with an error.
func matrix(t *testing.T, policy Policy, permissions []Permission) [][]string {
	t.Helper()
	a, err := newAuthorizer(policy)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Load(everyAssignment()); err != nil {
		t.Fatal(err)
	}
	cells := [][]string{{"role", "domain", "permission", "outcome"}}
	for _, role := range roles {
		for _, h := range holdings {
			for _, p := range permissions {
				allowed, err := a.Allow(person(role, h.name), p.Object, p.Action)
				if err != nil && policy.knows(p) {
					t.Fatal(err)
				}
				outcome := "deny"
				if allowed {
					outcome = "allow"
				}
				cells = append(cells, []string{string(role), h.name, p.String(), outcome})
			}
		}
	}
	return cells
}

func embeddedPolicy(t testing.TB) (Policy, []Permission) {
	t.Helper()
	policy, err := ReadPolicy()
	if err != nil {
		t.Fatal(err)
	}
	var permissions []Permission
	for _, r := range policy.Rules() {
		if !slices.Contains(permissions, r.Permission) {
			permissions = append(permissions, r.Permission)
		}
	}
	return policy, permissions
}

func readMatrix(t *testing.T) [][]string {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", "matrix.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	cells, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return cells
}

func writeMatrix(t *testing.T, cells [][]string) {
	t.Helper()
	f, err := os.Create(filepath.Join("testdata", "matrix.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if err := csv.NewWriter(f).WriteAll(cells); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestTheMatrixIsTheGoldenOne(t *testing.T) {
	t.Parallel()
	policy, permissions := embeddedPolicy(t)
	got := matrix(t, policy, permissions)
	if *update {
		writeMatrix(t, got)
		return
	}
	if diff := cmp.Diff(readMatrix(t), got); diff != "" {
		t.Errorf("who may do what has changed (-golden +now); if it is meant, run with -update:\n%s", diff)
	}
}

func TestEveryPolicyLineTurnsACell(t *testing.T) {
	t.Parallel()
	if *update {
		return // the golden file is being written
	}
	policy, _ := embeddedPolicy(t)
	golden := readMatrix(t)
	for i, rule := range policy.Rules() {
		without := Policy{slices.Delete(policy.Rules(), i, i+1)}
		cells := slices.DeleteFunc(slices.Clone(golden), func(cell []string) bool {
			return cell[2] != rule.Permission.String() && cell[2] != "permission"
		})
		if cmp.Equal(cells, matrix(t, without, []Permission{rule.Permission})) {
			t.Errorf("no cell notices that %s lost %s", rule.Role, rule.Permission)
		}
	}
}

func TestADistrictRoleOfOneAgencyGivesNothing(t *testing.T) {
	t.Parallel()
	policy, _ := embeddedPolicy(t)
	a, err := newAuthorizer(policy)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Load(everyAssignment()); err != nil {
		t.Fatal(err)
	}
	for _, rule := range policy.Rules() {
		wrong := "own"
		if rule.Scope == Own {
			wrong = "district"
		}
		if got := a.Permissions(person(rule.Role, wrong)); len(got) > 0 {
			t.Errorf("%s held in the domain %q may %v", rule.Role, wrong, got)
		}
	}
}
