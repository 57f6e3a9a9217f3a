package rbac_test

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"datagov/domain/agency"
	"datagov/rbac"
)

var clerk = agency.Actor{Kind: agency.Human, Account: "a-1", Agency: "health"}

func loaded(t testing.TB, assignments ...rbac.Assignment) *rbac.Authorizer {
	t.Helper()
	a, err := rbac.New()
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Load(assignments); err != nil {
		t.Fatal(err)
	}
	return a
}

func maySubmit(t testing.TB, a *rbac.Authorizer, actor agency.Actor) bool {
	t.Helper()
	allowed, err := a.Allow(actor, "share-request", "submit")
	if err != nil {
		t.Fatal(err)
	}
	return allowed
}

func TestNothingIsAllowedBeforeTheFirstLoad(t *testing.T) {
	t.Parallel()
	a, err := rbac.New()
	if err != nil {
		t.Fatal(err)
	}
	if maySubmit(t, a, clerk) {
		t.Error("allowed without any assignment")
	}
}

func TestARevocationBites(t *testing.T) {
	t.Parallel()
	a := loaded(t, rbac.Assignment{Account: "a-1", Role: "clerk", Domain: "health"})
	if !maySubmit(t, a, clerk) {
		t.Fatal("the clerk may not submit")
	}
	if err := a.Load(nil); err != nil {
		t.Fatal(err)
	}
	if maySubmit(t, a, clerk) {
		t.Error("the revoked clerk may still submit")
	}
}

func TestWhoIsNeverAllowed(t *testing.T) {
	t.Parallel()
	a := loaded(t,
		rbac.Assignment{Account: "a-1", Role: "clerk", Domain: "health"},
		rbac.Assignment{Account: "a-1", Role: "clerk", Domain: "*"},
		rbac.Assignment{Account: "", Role: "clerk", Domain: "health"},
		rbac.Assignment{Account: "nowhere", Role: "clerk", Domain: ""},
		rbac.Assignment{Account: "misspelled", Role: "clark", Domain: "health"},
		// An account cannot pass its roles on, and a role is not an account.
		rbac.Assignment{Account: "second-hand", Role: "account:a-1", Domain: "health"},
		rbac.Assignment{Account: "second-hand", Role: "a-1", Domain: "health"},
	)
	for _, tt := range []struct {
		name  string
		actor agency.Actor
		want  bool
	}{
		{"the clerk himself is", clerk, true},
		{"a machine", agency.SystemActor("clock"), false},
		{"a machine with the clerk's account", agency.Actor{Kind: agency.System, Account: "a-1", Agency: "health"}, false},
		{"an actor of no kind", agency.Actor{Account: "a-1", Agency: "health"}, false},
		{"an actor without an account", agency.Actor{Kind: agency.Human, Agency: "health"}, false},
		{"an actor without an agency", agency.Actor{Kind: agency.Human, Account: "nowhere"}, false},
		{"an agency called *", agency.Actor{Kind: agency.Human, Account: "a-1", Agency: "*"}, false},
		{"the clerk in another agency", agency.Actor{Kind: agency.Human, Account: "a-1", Agency: "civil-affairs"}, false},
		{"an account called like the role", agency.Actor{Kind: agency.Human, Account: "clerk", Agency: "health"}, false},
		{"an unknown role", agency.Actor{Kind: agency.Human, Account: "misspelled", Agency: "health"}, false},
		{"a role through another account", agency.Actor{Kind: agency.Human, Account: "second-hand", Agency: "health"}, false},
		{
			"roles that the actor only claims", agency.Actor{
				Kind: agency.Human, Account: "a-2", Agency: "health", Roles: []agency.Role{agency.Clerk},
			}, false,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := maySubmit(t, a, tt.actor); got != tt.want {
				t.Errorf("allowed = %v", got)
			}
		})
	}
}

func TestAPermissionWithoutARuleIsDeniedAsAMistake(t *testing.T) {
	t.Parallel()
	a := loaded(t, rbac.Assignment{Account: "a-1", Role: "clerk", Domain: "health"})
	if allowed, err := a.Allow(clerk, "share-request", "sumbit"); allowed || err == nil {
		t.Errorf("allowed = %v, err = %v", allowed, err)
	}
}

func TestPermissionsAreTheMenuOfAPerson(t *testing.T) {
	t.Parallel()
	a := loaded(t,
		rbac.Assignment{Account: "a-1", Role: "administrator", Domain: "*"},
		rbac.Assignment{Account: "a-1", Role: "administrator", Domain: "*"}, // twice does no harm
	)
	want := []string{
		"account:self", "agency:read", "calendar:read", "catalog:read", "delivery:read", "delivery:retry", "event:stream", "law:read", "notice:read", "rule-pack:read", "task:read", "webhook:manage",
	}
	if got := a.Permissions(clerk); !slices.Equal(got, want) {
		t.Errorf("permissions are %v", got)
	}
	if got := a.Permissions(agency.SystemActor("clock")); got == nil || len(got) > 0 {
		t.Errorf("a machine may %v", got)
	}
	for _, p := range want {
		if !slices.Contains(a.Policy().Permissions(), p) {
			t.Errorf("%s is not in the policy", p)
		}
	}
}

func TestAllowAndLoadMayRunTogether(t *testing.T) {
	t.Parallel()
	own := rbac.Assignment{Account: "a-1", Role: "clerk", Domain: "health"}
	a := loaded(t, own)
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for n := range 200 {
				passer := agency.Actor{Kind: agency.Human, Account: strconv.Itoa(n), Agency: "health"}
				if !maySubmit(t, a, clerk) || maySubmit(t, a, passer) {
					t.Error("wrong answer during a load")
					return
				}
			}
		})
	}
	for range 50 {
		if err := a.Load([]rbac.Assignment{own}); err != nil {
			t.Error(err)
		}
	}
	group.Wait()
}

// record stands for the store: what the assignments are and which version that is.
type record struct {
	version     atomic.Int64
	loads       atomic.Int64
	assignments atomic.Pointer[[]rbac.Assignment]
	broken      atomic.Bool
}

func (r *record) put(list ...rbac.Assignment) {
	r.assignments.Store(&list)
	r.version.Add(1)
}

func (r *record) Version(context.Context) (int64, error) { return r.version.Load(), nil }

func (r *record) Load(context.Context) ([]rbac.Assignment, error) {
	r.loads.Add(1)
	if r.broken.Load() {
		return nil, errors.New("no answer")
	}
	return *r.assignments.Load(), nil
}

func TestFollowRefreshesWhenTheVersionMoves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := loaded(t)
		var r record
		r.put(rbac.Assignment{Account: "a-1", Role: "clerk", Domain: "health"})
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		go a.Follow(ctx, 2*time.Second, r.Version, r.Load)

		synctest.Wait()
		if !maySubmit(t, a, clerk) {
			t.Fatal("the assignments are not loaded at once")
		}
		<-time.After(time.Minute) // of the bubble: nothing waits
		synctest.Wait()
		if n := r.loads.Load(); n != 1 {
			t.Errorf("loaded %d times though nothing changed", n)
		}

		r.broken.Store(true)
		r.put()
		<-time.After(10 * time.Second)
		synctest.Wait()
		if !maySubmit(t, a, clerk) {
			t.Error("the former assignments are gone though the record does not answer")
		}

		r.broken.Store(false)
		<-time.After(2 * time.Second)
		synctest.Wait()
		if maySubmit(t, a, clerk) {
			t.Error("the revocation has not arrived after one interval")
		}
	})
}

func BenchmarkAllow(b *testing.B) {
	var list []rbac.Assignment
	for n := range 3000 {
		list = append(list, rbac.Assignment{Account: strconv.Itoa(n), Role: "clerk", Domain: "agency-" + strconv.Itoa(n%50)})
	}
	list = append(list, rbac.Assignment{Account: "a-1", Role: "auditor", Domain: "*"})
	b.Run("remembered", func(b *testing.B) {
		a := loaded(b, list...)
		for b.Loop() {
			if _, err := a.Allow(clerk, "grant", "read-all"); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("first", func(b *testing.B) {
		a := loaded(b, list...)
		n := 0
		for b.Loop() {
			n++
			stranger := agency.Actor{Kind: agency.Human, Account: "s" + strconv.Itoa(n), Agency: "health"}
			if _, err := a.Allow(stranger, "grant", "read-all"); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("load", func(b *testing.B) {
		a := loaded(b)
		for b.Loop() {
			if err := a.Load(list); err != nil {
				b.Fatal(err)
			}
		}
	})
}
