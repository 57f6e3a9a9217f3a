package identity_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/google/go-cmp/cmp"

	"datagov/domain/agency"
	"datagov/domain/fault"
	"datagov/internal/identity"
	"datagov/internal/testkit"
	"datagov/migrations"
	"datagov/store"
)

const (
	password = "baoshan-demo"
	home     = "10.1.2.3"
)

// quick makes hashes that are cheap to check, because most tests are not about them.
var quick = &argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// desk is a record with one account, a clerk of the health agency, and a clock.
type desk struct {
	*identity.Identity
	store *store.Store
	mu    sync.Mutex
	at    time.Time
}

func (d *desk) now() time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.at
}

func (d *desk) wait(term time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.at = d.at.Add(term)
}

// onBoth runs a test on each database.
func onBoth(t *testing.T, test func(t *testing.T, d *desk)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		test(t, open(t, testkit.SQLite(t), migrate))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		test(t, open(t, testkit.PostgresFrom(t, "schema", migrate), nil))
	})
}

func migrate(dsn string) error {
	s, err := store.Open(dsn)
	if err != nil {
		return err
	}
	return errors.Join(migrations.Up(context.Background(), s.DB()), s.Close())
}

func open(t *testing.T, dsn string, prepare func(string) error) *desk {
	t.Helper()
	if prepare != nil {
		must(t, prepare(dsn))
	}
	s, err := store.Open(dsn)
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	d := &desk{store: s, at: time.Date(2026, 11, 23, 9, 0, 0, 123456789, time.UTC)}
	d.Identity = identity.New(s, d.now)
	hash, err := argon2id.CreateHash(password, quick)
	must(t, err)
	d.write(t, func(ctx context.Context, tx store.Tx) error {
		return errors.Join(
			tx.PutAgency(ctx, agency.Agency{ID: "health", Name: "区卫生健康委", Kind: agency.Government}),
			tx.InsertAccount(ctx, store.Account{
				ID: "a-1", Username: "health", Name: "卫健经办", AgencyID: "health",
				PasswordHash: hash, Active: true, CreatedAt: d.at,
			}),
			tx.InsertAccount(ctx, store.Account{
				ID: "a-2", Username: "left", Name: "离职人员", AgencyID: "health",
				PasswordHash: hash, Active: false, CreatedAt: d.at,
			}),
			tx.AssignRole(ctx, store.RoleAssignment{AccountID: "a-1", Role: "clerk", Domain: "health"}),
		)
	})
	return d
}

func (d *desk) write(t *testing.T, fn func(context.Context, store.Tx) error) {
	t.Helper()
	must(t, d.store.Tx(t.Context(), fn))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// logIn opens a session that has to succeed.
func (d *desk) logIn(t *testing.T) string {
	t.Helper()
	token, _, err := d.LogIn(t.Context(), "health", password, home)
	must(t, err)
	return token
}

// expect fails unless the token answers as wanted; an empty kind means it opens a session.
func (d *desk) expect(t *testing.T, token string, want fault.Kind) {
	t.Helper()
	_, _, err := d.Actor(t.Context(), token)
	var got fault.Kind
	if err != nil {
		got = fault.KindOf(err)
	}
	if got != want {
		t.Errorf("the token answers %q (%v), want %q", got, err, want)
	}
}

func TestALogInOpensASession(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desk) {
		token, account, err := d.LogIn(t.Context(), "health", password, home)
		must(t, err)
		if len(token) != len("dg_")+43 || !strings.HasPrefix(token, "dg_") {
			t.Errorf("the token has %d characters", len(token))
		}
		actor, same, err := d.Actor(t.Context(), token)
		must(t, err)
		want := agency.Actor{Kind: agency.Human, Account: "a-1", Agency: "health", Roles: []agency.Role{agency.Clerk}}
		if diff := cmp.Diff(want, actor); diff != "" {
			t.Error(diff)
		}
		if account.Name != "卫健经办" || same.Name != account.Name {
			t.Errorf("accounts are %+v and %+v", account, same)
		}
		if account.PasswordHash != "" || same.PasswordHash != "" {
			t.Error("the password hash leaves the package")
		}
		if again := d.logIn(t); again == token {
			t.Error("two log-ins have the same token")
		}
	})
}

func TestOnlyTheDigestOfATokenIsStored(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desk) {
		token := d.logIn(t)
		var stored string
		must(t, d.store.DB().QueryRowContext(t.Context(), "SELECT digest FROM session").Scan(&stored))
		if len(stored) != 64 || strings.Contains(token, stored) {
			t.Errorf("stored %q", stored)
		}
		d.expect(t, stored, fault.Unauthenticated)
		d.expect(t, "dg_"+stored, fault.Unauthenticated)
	})
}

func TestWrongPasswordUnknownNameAndInactiveAccountLookAlike(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desk) {
		for _, tt := range []struct{ name, username, password string }{
			{"wrong password", "health", "wrong"},
			{"no password", "health", ""},
			{"unknown name", "nobody", password},
			{"inactive account", "left", password},
			{"no name", "", password},
			{"a name no database takes", "hea\x00lth\xff", password},
		} {
			token, account, err := d.LogIn(t.Context(), tt.username, tt.password, home)
			if f := fault.As(err); f == nil || f.Kind != fault.Unauthenticated || f.Text != "用户名或密码不正确" {
				t.Errorf("%s: %v", tt.name, err)
			}
			if token != "" || account.ID != "" {
				t.Errorf("%s: got a token or an account", tt.name)
			}
		}
	})
}

func TestASessionEnds(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		end  func(t *testing.T, d *desk, token string)
		want fault.Kind
	}{
		{"not a moment too early", func(_ *testing.T, d *desk, _ string) {
			d.wait(identity.SessionTerm - time.Second)
		}, ""},
		{"after its term", func(_ *testing.T, d *desk, _ string) {
			d.wait(identity.SessionTerm)
		}, fault.Unauthenticated},
		{"with the log-out", func(t *testing.T, d *desk, token string) {
			must(t, d.LogOut(t.Context(), token))
			must(t, d.LogOut(t.Context(), token)) // twice does no harm
		}, fault.Unauthenticated},
		{"not with somebody else's log-out", func(t *testing.T, d *desk, _ string) {
			must(t, d.LogOut(t.Context(), d.logIn(t)))
		}, ""},
		{"with a new password", func(t *testing.T, d *desk, _ string) {
			d.write(t, func(ctx context.Context, tx store.Tx) error { return tx.SetPassword(ctx, "a-1", "") })
		}, fault.Unauthenticated},
		{"when the account becomes inactive", func(t *testing.T, d *desk, _ string) {
			_, err := d.store.DB().ExecContext(t.Context(), "UPDATE account SET active = false WHERE id = 'a-1'")
			must(t, err)
		}, fault.Unauthenticated},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			onBoth(t, func(t *testing.T, d *desk) {
				token := d.logIn(t)
				d.expect(t, token, "")
				tt.end(t, d, token)
				d.expect(t, token, tt.want)
			})
		})
	}
}

func TestAPasswordChangedDuringTheCheckOpensNothing(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desk) {
		// The clock is asked for the first time between the check and the session.
		changing := identity.New(d.store, func() time.Time {
			d.write(t, func(ctx context.Context, tx store.Tx) error { return tx.SetPassword(ctx, "a-1", "changed") })
			return d.now()
		})
		token, _, err := changing.LogIn(t.Context(), "health", password, home)
		if fault.KindOf(err) != fault.Unauthenticated || token != "" {
			t.Errorf("token %q, err = %v", token, err)
		}
	})
}

func TestWhoBringsNoTokenIsNobody(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desk) {
		for _, token := range []string{"", "dg_", "dg_guess", "guess", "Bearer dg_x"} {
			d.expect(t, token, fault.Unauthenticated)
		}
	})
}

func TestARevokedRoleIsGoneWithTheNextRequest(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desk) {
		token := d.logIn(t)
		d.write(t, func(ctx context.Context, tx store.Tx) error {
			return tx.RevokeRole(ctx, store.RoleAssignment{AccountID: "a-1", Role: "clerk", Domain: "health"})
		})
		actor, _, err := d.Actor(t.Context(), token)
		must(t, err)
		if actor.Holds(agency.Clerk) {
			t.Errorf("roles are %v", actor.Roles)
		}
	})
}

func TestTheContextCarriesThePerson(t *testing.T) {
	t.Parallel()
	if got := identity.ActorOf(t.Context()); got.Kind != "" || got.Account != "" {
		t.Errorf("nobody is %+v", got)
	}
	person := identity.Person{
		Actor:   agency.Actor{Kind: agency.Human, Account: "a-1", Agency: "health"},
		Account: store.Account{ID: "a-1", Name: "卫健经办"},
	}
	ctx := identity.WithActor(t.Context(), person)
	if diff := cmp.Diff(person.Actor, identity.ActorOf(ctx)); diff != "" {
		t.Error(diff)
	}
	if got := identity.PersonOf(ctx).Account.Name; got != "卫健经办" {
		t.Errorf("the person is %s", got)
	}
}
