package storetest

import (
	"context"
	"testing"
	"time"

	"datagov/domain/fault"
	"datagov/internal/testkit"
	"datagov/store"
)

func (r record) command(id string) store.Command {
	r.t.Helper()
	c := testkit.Command(id, "case", testkit.Clerk, map[string]string{"reason": "词 \\ ' \""}, at)
	r.must(r.InsertCommand(r.t.Context(), c))
	return c
}

func (r record) apply(id string, when time.Time) error {
	return r.Tx(r.t.Context(), func(ctx context.Context, tx store.Tx) error { return tx.ApplyCommand(ctx, id, "made", when) })
}

func appliesCommands(t *testing.T, r record) {
	t.Helper()
	made := r.command("1")
	got, err := r.Command(t.Context(), "1")
	if err != nil || got.Body != made.Body || got.Applied() || !got.CreatedAt.Equal(at.Truncate(time.Microsecond)) {
		t.Errorf("command %+v, %v", got, err)
	}
	r.must(r.apply("1", at))
	if err := r.apply("1", at); fault.KindOf(err) != fault.Conflict {
		t.Errorf("applied twice: %v", err)
	}
	if err := r.apply("nothing", at); fault.KindOf(err) != fault.Conflict {
		t.Errorf("applied nothing: %v", err)
	}
	got, err = r.Command(t.Context(), "1")
	if err != nil || !got.Applied() || got.Result != "made" || got.Body != made.Body || got.BodyHash != made.BodyHash {
		t.Errorf("applied command %+v, %v", got, err)
	}
	r.refuses("change the words of an act on record", "UPDATE command SET body = '{}' WHERE id = '1'")
	r.refuses("take an act off the record", "DELETE FROM command WHERE id = '1'")
	r.command("2")
	r.must(r.DropCommand(t.Context(), "1"))
	r.must(r.DropCommand(t.Context(), "2"))
	if _, err := r.Command(t.Context(), "1"); err != nil {
		t.Errorf("an applied command was dropped: %v", err)
	}
	_, err = r.Command(t.Context(), "2")
	missing(t, "dropped command", err)
}

func takesKeys(t *testing.T, r record) {
	t.Helper()
	first := r.command("1")
	again := first
	again.ID, again.BodyHash, again.Body = "2", "another", "{}"
	if err := r.InsertCommand(t.Context(), again); !store.IsStale(err) {
		t.Errorf("the same key twice: %v", err)
	}
	found, ok, err := r.CommandByKey(t.Context(), first.AccountID, first.Operation, first.KeyDigest)
	if err != nil || !ok || found.ID != "1" || found.BodyHash != first.BodyHash {
		t.Errorf("found %+v, %v, %v", found, ok, err)
	}
	for name, c := range map[string]store.Command{
		"of another account":   {ID: "3", AccountID: testkit.Head.Account, Operation: first.Operation, KeyDigest: first.KeyDigest},
		"for another act":      {ID: "4", AccountID: first.AccountID, Operation: "other", KeyDigest: first.KeyDigest},
		"in other capitals":    {ID: "5", AccountID: first.AccountID, Operation: first.Operation, KeyDigest: "KEY/1"},
		"after it was dropped": {ID: "6", AccountID: first.AccountID, Operation: first.Operation, KeyDigest: "new"},
	} {
		if _, ok, err := r.CommandByKey(t.Context(), c.AccountID, c.Operation, c.KeyDigest); ok || err != nil {
			t.Errorf("a key %s is found: %v", name, err)
		}
		c.CreatedAt = at
		if err := r.InsertCommand(t.Context(), c); err != nil {
			t.Errorf("a key %s: %v", name, err)
		}
	}
}

func findsUnsettled(t *testing.T, r record) {
	t.Helper()
	for i, id := range []string{"old", "settled", "new", "waiting"} {
		r.command(id)
		if id != "waiting" {
			r.must(r.apply(id, at.Add(time.Duration(i)*time.Second)))
		}
	}
	r.must(r.SettleCommands(t.Context(), []string{"settled"}, at))
	r.must(r.SettleCommands(t.Context(), nil, at))
	ids := func(before time.Time, limit int) (list []string) {
		rows, err := r.Unsettled(t.Context(), before, limit)
		r.must(err)
		for _, row := range rows {
			list = append(list, row.ID)
		}
		return list
	}
	if got := ids(at.Add(time.Hour), 10); len(got) != 2 || got[0] != "old" || got[1] != "new" {
		t.Errorf("unsettled %v, want the applied ones by time", got)
	}
	if got := ids(at.Add(time.Second), 10); len(got) != 1 || got[0] != "old" {
		t.Errorf("unsettled for a while %v", got)
	}
	if got := ids(at.Add(time.Hour), 1); len(got) != 1 {
		t.Errorf("one of the unsettled: %v", got)
	}
}
