package rbac

import (
	"cmp"
	_ "embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"datagov/domain/agency"
)

//go:embed policy.csv
var policyText string

// Scope says where a role counts.
type Scope string

// The scopes. A role has one of them in every rule.
const (
	Own      Scope = "own"      // in the actor's own agency
	District Scope = "district" // everywhere, when assigned in [Everywhere]
)

// Everywhere is the domain in which the roles of scope district are assigned.
const Everywhere = "*"

// Permission is one thing that can be done, such as submitting a share request.
type Permission struct{ Object, Action string }

// String gives "object:action", as it stands in the contract.
func (p Permission) String() string { return p.Object + ":" + p.Action }

// Rule is one line of policy.csv: the role may do this within its scope.
type Rule struct {
	Role  agency.Role
	Scope Scope
	Permission
	// Article is why: "26(2)" is the measure, "TL 21" is 政务数据共享条例, "[D] …"
	// is our own design; several are parted by semicolons.
	Article string
}

// Policy is the statute of the system: every rule, in the order of the file.
type Policy struct{ rules []Rule }

// ReadPolicy reads the policy that is built into the program.
func ReadPolicy() (Policy, error) { return parsePolicy(policyText) }

// Rules lists the rules in the order of the file.
func (p Policy) Rules() []Rule { return slices.Clone(p.rules) }

// Permissions lists every permission of the policy as "object:action", sorted.
func (p Policy) Permissions() []string {
	list := make([]string, 0, len(p.rules))
	for _, r := range p.rules {
		list = append(list, r.Permission.String())
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// knows says whether any rule is about the permission.
func (p Policy) knows(wanted Permission) bool {
	return slices.ContainsFunc(p.rules, func(r Rule) bool { return r.Permission == wanted })
}

// roles are the roles the policy speaks of, sorted.
func (p Policy) roles() []agency.Role {
	list := make([]agency.Role, 0, len(p.rules))
	for _, r := range p.rules {
		list = append(list, r.Role)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// parsePolicy reads the file strictly: a line that is misspelled gives
// permissions to nobody, or worse, and nobody would notice.
func parsePolicy(text string) (Policy, error) {
	lines := csv.NewReader(strings.NewReader(text))
	lines.Comment, lines.TrimLeadingSpace, lines.FieldsPerRecord = '#', true, 6
	var p Policy
	scopes := map[agency.Role]Scope{}
	for {
		fields, err := lines.Read()
		if errors.Is(err, io.EOF) {
			return p, p.check()
		}
		if err != nil {
			return Policy{}, fmt.Errorf("read policy.csv: %w", err)
		}
		at, _ := lines.FieldPos(0)
		r, err := parseRule(fields)
		if err != nil {
			return Policy{}, fmt.Errorf("policy.csv:%d: %w", at, err)
		}
		if scope, ok := scopes[r.Role]; ok && scope != r.Scope {
			return Policy{}, fmt.Errorf("policy.csv:%d: role %s has two scopes", at, r.Role)
		}
		scopes[r.Role] = r.Scope
		p.rules = append(p.rules, r)
	}
}

var (
	roles = []agency.Role{
		agency.Clerk, agency.Head, agency.CommissionOfficer, agency.CommissionHead,
		agency.DataCenter, agency.Supervisor, agency.Auditor, agency.Administrator,
	}
	word    = regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)
	article = regexp.MustCompile(`^# ((TL )?\d+(\(\d+\))?(; (TL )?\d+(\(\d+\))?)*|\[D\] \S.*)$`)
)

func parseRule(fields []string) (Rule, error) {
	role, scope, object, action, why := agency.Role(fields[1]), Scope(fields[2]), fields[3], fields[4], fields[5]
	switch {
	case fields[0] != "p":
		return Rule{}, fmt.Errorf("line of kind %q, want p", fields[0])
	case !slices.Contains(roles, role):
		return Rule{}, fmt.Errorf("no role %q in domain/agency", role)
	case scope != Own && scope != District:
		return Rule{}, fmt.Errorf("no scope %q", scope)
	case !word.MatchString(object) || !word.MatchString(action):
		return Rule{}, fmt.Errorf("malformed permission %q:%q", object, action)
	case !article.MatchString(why):
		return Rule{}, fmt.Errorf("no article in %q", why)
	}
	return Rule{role, scope, Permission{object, action}, strings.TrimPrefix(why, "# ")}, nil
}

// check refuses a policy without rules or with the same rule twice.
func (p Policy) check() error {
	if len(p.rules) == 0 {
		return errors.New("policy.csv has no rule")
	}
	same := func(a, b Rule) int {
		return cmp.Or(cmp.Compare(a.Role, b.Role), cmp.Compare(a.Permission.String(), b.Permission.String()))
	}
	sorted := slices.SortedFunc(slices.Values(p.rules), same)
	for i := 1; i < len(sorted); i++ {
		if r := sorted[i]; same(sorted[i-1], r) == 0 {
			return fmt.Errorf("policy.csv gives %s to %s twice", r.Permission, r.Role)
		}
	}
	return nil
}
