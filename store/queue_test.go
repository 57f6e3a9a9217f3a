package store

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
)

// A writer whose context ends while another writes gives up his turn, and the
// next one gets it.
func TestAWriterWhoGivesUpLeavesTheQueue(t *testing.T) {
	t.Parallel()
	s, err := Open(filepath.Join(t.TempDir(), "datagov.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	nothing := func(context.Context, Tx) error { return nil }
	err = s.Tx(t.Context(), func(ctx context.Context, _ Tx) error {
		ended, end := context.WithCancel(ctx)
		end()
		return s.Tx(ended, nothing)
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if err := s.Tx(t.Context(), nothing); err != nil {
		t.Error(err)
	}
}
