package identity

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"datagov/domain/agency"
	"datagov/domain/fault"
	"datagov/store"
)

const (
	// SessionTerm is how long a log-in lasts.
	SessionTerm = 12 * time.Hour

	tokenPrefix = "dg_" // lets scanners find a token that leaked
	tokenBytes  = 32
)

// open stores the session and forgets the account's failures. The account is
// read again in the same transaction: a password that was changed during the
// check opens nothing.
func (i *Identity) open(ctx context.Context, account store.Account, by attempt) (string, error) {
	token := newToken()
	now := i.now()
	err := i.store.Tx(ctx, func(ctx context.Context, tx store.Tx) error {
		current, err := tx.Account(ctx, account.ID)
		if err != nil {
			return err
		}
		if !current.Active || current.PasswordHash != account.PasswordHash {
			return errWrong()
		}
		if err := tx.DeleteLoginAttempts(ctx, []string{by.account.digest}); err != nil {
			return err
		}
		return tx.InsertSession(ctx, store.Session{
			Digest: digest(token), AccountID: account.ID, CreatedAt: now, ExpiresAt: now.Add(SessionTerm),
		})
	})
	if err != nil {
		return "", fmt.Errorf("open session: %w", err)
	}
	return token, nil
}

// Actor tells whose session the token opens, with the roles held now.
// Unauthenticated when there is none, it expired, or the account is inactive.
func (i *Identity) Actor(ctx context.Context, token string) (agency.Actor, store.Account, error) {
	if !strings.HasPrefix(token, tokenPrefix) {
		return agency.Actor{}, store.Account{}, fault.New(fault.Unauthenticated, "请先登录")
	}
	session, err := i.store.Session(ctx, digest(token), i.now())
	if err != nil {
		return agency.Actor{}, store.Account{}, ended(err)
	}
	account, err := i.store.Account(ctx, session.AccountID)
	if err != nil {
		return agency.Actor{}, store.Account{}, ended(err)
	}
	if !account.Active {
		return agency.Actor{}, store.Account{}, errEnded()
	}
	roles, err := i.store.Roles(ctx, account.ID, agency.ID(account.AgencyID))
	if err != nil {
		return agency.Actor{}, store.Account{}, err
	}
	account.PasswordHash = ""
	actor := agency.Actor{
		Kind: agency.Human, Account: account.ID, Agency: agency.ID(account.AgencyID), Roles: roles,
	}
	return actor, account, nil
}

func errEnded() error { return fault.New(fault.Unauthenticated, "登录已失效，请重新登录") }

// ended turns "not found" into "log in again" and leaves trouble as it is.
func ended(err error) error {
	if fault.KindOf(err) == fault.NotFound {
		return errEnded()
	}
	return fmt.Errorf("read session: %w", err)
}

// LogOut ends the session of the token; ending one that is gone is no error.
func (i *Identity) LogOut(ctx context.Context, token string) error {
	return i.store.Tx(ctx, func(ctx context.Context, tx store.Tx) error {
		return tx.DeleteSession(ctx, digest(token))
	})
}

// newToken cannot be guessed. Reading random bytes never fails: the program
// would end first.
func newToken() string {
	secret := make([]byte, tokenBytes)
	_, _ = rand.Read(secret)
	return tokenPrefix + base64.RawURLEncoding.EncodeToString(secret)
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
