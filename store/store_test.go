package store_test

import (
	"context"
	"errors"
	"testing"

	"datagov/internal/testkit"
	"datagov/migrations"
	"datagov/store"
	"datagov/store/storetest"
)

func TestTheRecordOnSQLite(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t testing.TB) *store.Store { return open(t, testkit.SQLite(t)) })
}

func TestTheRecordOnPostgreSQL(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t testing.TB) *store.Store { return open(t, testkit.PostgresFrom(t, "schema", migrate)) })
}

func open(t testing.TB, address string) *store.Store {
	t.Helper()
	s, err := store.Open(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func migrate(address string) error {
	s, err := store.Open(address)
	if err != nil {
		return err
	}
	return errors.Join(migrations.Up(context.Background(), s.DB()), s.Close())
}
