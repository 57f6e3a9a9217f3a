package identity_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"datagov/domain/fault"
	"datagov/store"
)

// try logs in and says how it was answered; empty means it succeeded.
func (d *desk) try(t *testing.T, username, secret, address string) fault.Kind {
	t.Helper()
	_, _, err := d.LogIn(t.Context(), username, secret, address)
	if err == nil {
		return ""
	}
	return fault.KindOf(err)
}

// fail makes attempts that have to be answered as wrong.
func (d *desk) fail(t *testing.T, times int, username, address string) {
	t.Helper()
	for n := range times {
		if got := d.try(t, username, "wrong", address); got != fault.Unauthenticated {
			t.Fatalf("failure %d of %s is answered %q", n+1, username, got)
		}
	}
}

func TestFiveFailuresLockTheName(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desk) {
		d.fail(t, 4, "health", home)
		d.fail(t, 1, "HEALTH", "10.9.9.9") // however it is written, wherever from
		_, _, err := d.LogIn(t.Context(), "health", password, home)
		if f := fault.As(err); f == nil || f.Kind != fault.Throttled || f.Text != "登录失败次数过多，请1分钟后再试" {
			t.Fatalf("the right password is answered %v", err)
		}
		d.wait(time.Minute)
		d.logIn(t)
		d.fail(t, 4, "health", home) // the log-in forgot the failures
		d.logIn(t)
	})
}

func TestALockGrowsUpToAQuarterOfAnHour(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desk) {
		d.fail(t, 5, "health", home)
		for _, minutes := range []int{1, 2, 4, 8, 15, 15} {
			lock := time.Duration(minutes) * time.Minute
			d.wait(lock - time.Second)
			if got := d.try(t, "health", password, home); got != fault.Throttled {
				t.Fatalf("a second before %s the answer is %q", lock, got)
			}
			d.wait(time.Second)
			d.fail(t, 1, "health", home)
		}
	})
}

func TestUnknownAndInactiveNamesAreLockedLikeAnyOther(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desk) {
		for _, name := range []string{"nobody", "left"} {
			// Four failures are quicker to write than to make.
			digest := sha256.Sum256([]byte("account:" + name))
			d.write(t, func(ctx context.Context, tx store.Tx) error {
				return tx.PutLoginAttempt(ctx, store.LoginAttempt{
					Subject: hex.EncodeToString(digest[:]), Failures: 4, LastAt: d.at, LockedUntil: d.at,
				})
			})
			for _, want := range []fault.Kind{fault.Unauthenticated, fault.Throttled} {
				if got := d.try(t, name, password, home); got != want {
					t.Errorf("%s is answered %q, want %q", name, got, want)
				}
			}
		}
		d.logIn(t) // others are not locked with them
	})
}

func TestTwentyFailuresLockTheAddress(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desk) {
		addresses := []string{"2001:db8::1", "2001:db8::2", "2001:db8::ffff:3"} // one network
		for n := range 10 {
			name := fmt.Sprintf("sprayed-%d", n)
			d.seed(t, name)
			d.fail(t, 2, name, addresses[n%3])
		}
		if got := d.try(t, "health", password, "2001:db8::4"); got != fault.Throttled {
			t.Fatalf("the address is answered %q", got)
		}
		if got := d.try(t, "health", password, "2001:db8:0:1::4"); got != "" {
			t.Errorf("another network is answered %q", got)
		}
		d.wait(time.Minute)
		if got := d.try(t, "health", password, "2001:db8::4"); got != "" {
			t.Fatalf("after the lock the answer is %q", got)
		}
		// A log-in that succeeds forgives the name, not the address.
		d.fail(t, 1, "health", "2001:db8::5")
		if got := d.try(t, "health", password, "2001:db8::4"); got != fault.Throttled {
			t.Errorf("the next failure is answered %q", got)
		}
	})
}

// seed adds an account, because a wrong password is quicker to check than an unknown name.
func (d *desk) seed(t *testing.T, username string) {
	t.Helper()
	like, err := d.store.AccountByUsername(t.Context(), "health")
	must(t, err)
	like.ID, like.Username = username, username
	d.write(t, func(ctx context.Context, tx store.Tx) error { return tx.InsertAccount(ctx, like) })
}

func TestOldFailuresAreForgotten(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desk) {
		d.fail(t, 4, "health", home)
		d.wait(time.Hour)
		d.fail(t, 4, "health", home)
		d.logIn(t)
	})
}

func TestFailuresOfOneMomentAreAllCounted(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desk) {
		var group sync.WaitGroup
		answers := make(chan fault.Kind, 40)
		for range cap(answers) {
			group.Go(func() { answers <- d.try(t, "health", "wrong", home) })
		}
		group.Wait()
		close(answers)
		checked := 0
		for kind := range answers {
			if kind == fault.Unauthenticated {
				checked++
			} else if kind != fault.Throttled {
				t.Errorf("answered %q", kind)
			}
		}
		if checked < 5 || checked > 8 { // the limit, and the checks already running
			t.Errorf("%d passwords were checked", checked)
		}
	})
}

func TestNamesAndAddressesAreStoredAsDigests(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desk) {
		d.fail(t, 1, "health", home)
		rows, err := d.store.DB().QueryContext(t.Context(), "SELECT subject FROM login_attempt")
		must(t, err)
		defer rows.Close()
		count := 0
		for rows.Next() {
			var subject string
			must(t, rows.Scan(&subject))
			if count++; len(subject) != 64 || strings.Contains(subject, "health") {
				t.Errorf("stored %q", subject)
			}
		}
		must(t, rows.Err())
		if count != 2 {
			t.Errorf("%d counters for one failure", count)
		}
	})
}

func TestAClientThatHungUpHoldsNoPlace(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desk) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		for range 10 { // more than there are places for checks
			if _, _, err := d.LogIn(ctx, "health", password, home); err == nil {
				t.Fatal("a client that hung up has logged in")
			}
		}
		d.logIn(t)
	})
}
