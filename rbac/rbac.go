// Package rbac answers "may this role ever do this". The answer comes from
// policy.csv, the statute of the system, and from the role assignments in the
// record; "may it be done now, to this case" is asked afterwards in domain.
//
// [New] builds an [Authorizer] that allows nothing, [Authorizer.Load] gives it
// the assignments, [Authorizer.Follow] keeps them fresh, and [Authorizer.Allow]
// decides. Casbin does the matching and stays inside this package. An enforcer
// is never changed after it was built: casbin remembers answers, and one that
// changes keeps granting a revoked role. New assignments mean a new enforcer,
// swapped in whole.
package rbac

import (
	_ "embed"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/casbin/casbin/v2"
	"github.com/casbin/casbin/v2/model"

	"datagov/domain/agency"
)

//go:embed model.conf
var modelText string

// Assignment gives an account a role in the domain of an agency, or [Everywhere].
type Assignment struct{ Account, Role, Domain string }

// Authorizer decides by the policy and the assignments it loaded last. It is
// safe for concurrent use.
type Authorizer struct {
	policy  Policy
	current atomic.Pointer[instance]
}

// instance is one enforcer with the decisions it has made. Both live exactly as
// long as their assignments, so a decision can be remembered without growing stale.
type instance struct {
	enforcer  *casbin.Enforcer
	decisions sync.Map // question → bool
}

type question struct {
	account string
	agency  agency.ID
	Permission
}

// New makes an authorizer with the built-in policy. It allows nothing until the
// first [Authorizer.Load].
func New() (*Authorizer, error) {
	policy, err := ReadPolicy()
	if err != nil {
		return nil, err
	}
	return newAuthorizer(policy)
}

func newAuthorizer(policy Policy) (*Authorizer, error) {
	a := &Authorizer{policy: policy}
	if err := a.Load(nil); err != nil {
		return nil, err
	}
	return a, nil
}

// Policy is the policy the authorizer decides by.
func (a *Authorizer) Policy() Policy { return a.policy }

// Load replaces all assignments at once. One with a role that the policy does
// not know, without an account or without a domain gives nothing; it does not
// keep the others, and the revocations among them, from taking effect. After an
// error the former assignments stay.
func (a *Authorizer) Load(assignments []Assignment) error {
	m, err := model.NewModelFromString(modelText)
	if err != nil {
		return fmt.Errorf("read model.conf: %w", err)
	}
	e, err := casbin.NewEnforcer(m)
	if err != nil {
		return fmt.Errorf("build enforcer: %w", err)
	}
	if added, err := e.AddPolicies(a.policyLines()); err != nil || !added {
		return fmt.Errorf("load policy: added %v: %w", added, err)
	}
	if _, err := e.AddGroupingPoliciesEx(a.groupingLines(assignments)); err != nil {
		return fmt.Errorf("load role assignments: %w", err)
	}
	a.current.Store(&instance{enforcer: e})
	return nil
}

func (a *Authorizer) policyLines() [][]string {
	lines := make([][]string, 0, len(a.policy.rules))
	for _, r := range a.policy.rules {
		lines = append(lines, []string{string(r.Role), string(r.Scope), r.Object, r.Action})
	}
	return lines
}

func (a *Authorizer) groupingLines(assignments []Assignment) [][]string {
	known := a.policy.roles()
	lines := make([][]string, 0, len(assignments))
	for _, g := range assignments {
		if g.Account == "" || g.Domain == "" || !slices.Contains(known, agency.Role(g.Role)) {
			continue
		}
		lines = append(lines, []string{subject(g.Account), g.Role, g.Domain})
	}
	return lines
}

// subject keeps accounts apart from roles: for casbin a name is always a member
// of itself, so an account that is called like a role would hold it.
func subject(account string) string { return "account:" + account }

// Allow says whether the actor may ever do this in the name of his agency; a
// proxy may what his principal may, and nothing more. A machine never may. A permission that no rule is about is a mistake of the
// operation that asks for it: it is denied, and so is everything that fails.
func (a *Authorizer) Allow(actor agency.Actor, object, action string) (bool, error) {
	if actor.Kind != agency.Human || actor.Account == "" || actor.Agency == "" || actor.Agency == Everywhere {
		return false, nil
	}
	asked := Permission{object, action}
	if !a.policy.knows(asked) {
		return false, fmt.Errorf("no rule of the policy is about %s", asked)
	}
	return a.current.Load().decide(question{actor.Standing(), actor.Agency, asked})
}

func (i *instance) decide(q question) (bool, error) {
	if known, ok := i.decisions.Load(q); ok {
		return known.(bool), nil
	}
	allowed, err := i.enforcer.Enforce(subject(q.account), string(q.agency), q.Object, q.Action)
	if err != nil {
		return false, fmt.Errorf("enforce %s: %w", q.Permission, err)
	}
	i.decisions.Store(q, allowed)
	return allowed, nil
}

// Permissions lists what the actor may ever do as "object:action", sorted, for
// menus. What cannot be decided is left out.
func (a *Authorizer) Permissions(actor agency.Actor) []string {
	list := []string{}
	seen := map[Permission]bool{}
	for _, r := range a.policy.rules {
		if seen[r.Permission] {
			continue
		}
		seen[r.Permission] = true
		if allowed, err := a.Allow(actor, r.Object, r.Action); err == nil && allowed {
			list = append(list, r.Permission.String())
		}
	}
	slices.Sort(list)
	return list
}
