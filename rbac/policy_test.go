package rbac

import (
	"slices"
	"strings"
	"testing"

	"datagov/domain/agency"
)

func TestThePolicyIsReadAsItStands(t *testing.T) {
	t.Parallel()
	policy, err := ReadPolicy()
	if err != nil {
		t.Fatal(err)
	}
	want := Rule{agency.Head, Own, Permission{"share-request", "sign-off"}, "TL 20"}
	if !slices.Contains(policy.Rules(), want) {
		t.Errorf("%+v is not among the rules", want)
	}
	lines := strings.Count(policyText, "\np,")
	if got := len(policy.Rules()); got != lines {
		t.Errorf("read %d rules from %d lines", got, lines)
	}
	if got := policy.Permissions(); !slices.IsSorted(got) || !slices.Contains(got, "opinion:draft") {
		t.Errorf("permissions are %v", got)
	}
}

func TestTheAdministratorHasNoPartInAnyCase(t *testing.T) {
	t.Parallel()
	policy, err := ReadPolicy()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range policy.Rules() {
		if r.Role == agency.Administrator && slices.Contains([]string{"share-request", "opinion", "grant"}, r.Object) {
			t.Errorf("the administrator may %s", r.Permission)
		}
	}
}

func TestAMisspelledPolicyIsRefused(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, text, want string }{
		{"no rule at all", "# empty\n", "no rule"},
		{"an unknown kind of line", "g, clerk, own, task, read, # 26", "kind"},
		{"an unknown role", "p, clark, own, task, read, # 26", "no role"},
		{"an unknown scope", "p, clerk, all, task, read, # 26", "no scope"},
		{"an object with a blank", "p, clerk, own, share request, read, # 26", "malformed"},
		{"a column too few", "p, clerk, own, task, # 26", "wrong number of fields"},
		{"no article", "p, clerk, own, task, read, #", "no article"},
		{"a design choice without a reason", "p, clerk, own, task, read, # [D]", "no article"},
		{"a rule given twice", "p, clerk, own, task, read, # 26\np, clerk, own, task, read, # 27", "twice"},
		{"a role with two scopes", "p, clerk, own, task, read, # 26\np, clerk, district, task, list, # 26", "policy.csv:2: role clerk has two scopes"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if _, err := parsePolicy(tt.text); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("err = %v, want %q", err, tt.want)
			}
		})
	}
}
