// Package identity knows who is asking: local accounts with a password, and
// sessions kept in the record.
//
// [Identity.LogIn] turns a name and a password into a token, [Identity.Actor]
// turns the token of a request into a person, [Identity.LogOut] ends the
// session. Only the digest of a token is stored, so the record alone opens no
// session. Account and roles are read again for every request: what was taken
// away is gone with the next one. Nothing here writes to a log.
package identity

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"datagov/domain/fault"
	"datagov/store"
)

// checksAtOnce bounds the memory that password checks take, and by how much
// attempts made in the same moment can overshoot the limit of their subject.
const checksAtOnce = 4

// Identity checks passwords and keeps sessions over the record.
type Identity struct {
	store  *store.Store
	now    func() time.Time
	checks chan struct{} // one place for each password check
	count  chan struct{} // one place: failures are counted one after the other
	// compare checks a password against a hash; a test counts how often.
	compare func(password, hash string) (bool, error)
}

// New makes an identity over the record. Now is the clock.
func New(record *store.Store, now func() time.Time) *Identity {
	return &Identity{
		store: record, now: now,
		checks: make(chan struct{}, checksAtOnce), count: make(chan struct{}, 1),
		compare: compare,
	}
}

// LogIn opens a session and returns its token, which is shown this once. An
// unknown name, an inactive account and a wrong password get the same answer
// after the same work. Address is the IP address of the client.
func (i *Identity) LogIn(ctx context.Context, username, password, address string) (string, store.Account, error) {
	leave, err := enter(ctx, i.checks)
	if err != nil {
		return "", store.Account{}, err
	}
	defer leave()
	by := attempt{ofAccount(username), ofAddress(address)}
	if err := i.refuseLocked(ctx, by); err != nil {
		return "", store.Account{}, err
	}
	account, matches, err := i.check(ctx, username, password)
	if err != nil {
		return "", store.Account{}, err
	}
	if !matches {
		if err := i.countFailure(ctx, by); err != nil {
			return "", store.Account{}, err
		}
		return "", store.Account{}, errWrong()
	}
	token, err := i.open(ctx, account, by)
	if err != nil {
		return "", store.Account{}, err
	}
	account.PasswordHash = ""
	return token, account, nil
}

func errWrong() error { return fault.New(fault.Unauthenticated, "用户名或密码不正确") }

// check finds the account and compares the password.
func (i *Identity) check(ctx context.Context, username, password string) (store.Account, bool, error) {
	if strings.ContainsRune(username, 0) || !utf8.ValidString(username) {
		username = "" // PostgreSQL takes no such text, and nobody is called that
	}
	account, err := i.store.AccountByUsername(ctx, username)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return store.Account{}, false, err
	}
	usable := err == nil && account.Active && account.PasswordHash != ""
	hash := account.PasswordHash
	if !usable {
		hash = dummyHash
	}
	matches, err := i.compare(password, hash)
	if err != nil {
		return store.Account{}, false, err
	}
	return account, matches && usable, nil
}

// enter waits for a place and returns how to leave it.
func enter(ctx context.Context, places chan struct{}) (func(), error) {
	select {
	case places <- struct{}{}:
		return func() { <-places }, nil
	case <-ctx.Done():
		return nil, fmt.Errorf("wait for a log-in check: %w", ctx.Err())
	}
}
