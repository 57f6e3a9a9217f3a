package identity

import (
	"context"
	"testing"
	"time"

	"datagov/domain/agency"
	"datagov/internal/testkit"
	"datagov/migrations"
	"datagov/store"
)

func TestEveryAttemptCostsOneCheckOfARealHash(t *testing.T) {
	t.Parallel()
	s, err := store.Open(testkit.SQLite(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if err := migrations.Up(t.Context(), s.DB()); err != nil {
		t.Fatal(err)
	}
	const own = "the hash of the account"
	err = s.Tx(t.Context(), func(ctx context.Context, tx store.Tx) error {
		if err := tx.PutAgency(ctx, agency.Agency{ID: "health", Name: "区卫生健康委", Kind: agency.Government}); err != nil {
			return err
		}
		for _, a := range []store.Account{
			{ID: "a-1", Username: "health", Active: true, PasswordHash: own},
			{ID: "a-2", Username: "left", Active: false, PasswordHash: own},
			{ID: "a-3", Username: "new", Active: true}, // has no password yet
		} {
			a.AgencyID, a.CreatedAt = "health", time.Now()
			if err := tx.InsertAccount(ctx, a); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for username, want := range map[string]string{
		"health": own, "left": dummyHash, "new": dummyHash, "nobody": dummyHash,
	} {
		var checked []string
		i := New(s, time.Now)
		i.compare = func(_, hash string) (bool, error) {
			checked = append(checked, hash)
			return hash == dummyHash, nil // even a password that matches the dummy opens nothing
		}
		if _, _, err := i.LogIn(t.Context(), username, "secret", "10.0.0.1"); err == nil {
			t.Errorf("%s has logged in", username)
		}
		if len(checked) != 1 || checked[0] != want {
			t.Errorf("%s costs checks of %q, want one of %q", username, checked, want)
		}
	}
}
