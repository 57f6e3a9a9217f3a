package storetest

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"datagov/domain/fault"
	"datagov/store"
)

// queue queues messages of one case to one webhook each and gives their IDs.
func (r record) queue(caseID string, targets ...string) {
	r.t.Helper()
	r.write(func(ctx context.Context, tx store.Tx) error {
		rows := []store.Delivery{}
		for i, target := range targets {
			rows = append(rows, store.Delivery{
				ID: caseID + "/" + target + "/" + strconv.Itoa(i), Channel: "webhook", Target: target, CaseID: caseID, Kind: "todo", Title: "题目", At: at,
			})
		}
		return tx.InsertDeliveries(ctx, rows)
	})
}

func (r record) claim(by string, when time.Time) []store.Delivery {
	r.t.Helper()
	rows, err := r.ClaimDeliveries(r.t.Context(), store.Claim{By: by, At: when, Lease: time.Minute, Batch: 10, PerTarget: 3, Attempts: 3})
	r.must(err)
	return rows
}

func names(rows []store.Delivery) string {
	ids := []string{}
	for _, d := range rows {
		ids = append(ids, d.ID)
	}
	slices.Sort(ids)
	return fmt.Sprint(ids)
}

// A later message of a case waits for the earlier one to the same target, and only for that one.
func ordersDeliveries(t *testing.T, r record) {
	t.Helper()
	if due, err := r.HasDueDeliveries(t.Context(), at); err != nil || due {
		t.Errorf("due %v, %v", due, err)
	}
	r.queue("c1", "a", "b", "a")
	r.queue("c2", "a")
	if rows := r.claim("early", at.Add(-time.Second)); len(rows) != 0 {
		t.Errorf("claimed before its time: %s", names(rows))
	}
	first := r.claim("w1", at)
	if names(first) != "[c1/a/0 c1/b/1 c2/a/0]" || first[0].Attempts != 1 || first[0].LockedBy != "w1" {
		t.Errorf("first %+v", first)
	}
	if rows := r.claim("w2", at.Add(59*time.Second)); len(rows) != 0 {
		t.Errorf("claimed under a lease: %s", names(rows))
	}
	byID := map[string]store.Delivery{}
	for _, d := range first {
		byID[d.ID] = d
	}
	r.write(func(ctx context.Context, tx store.Tx) error {
		if err := tx.EndDelivery(ctx, byID["c1/b/1"], "", at); err != nil {
			return err
		}
		return tx.FailDelivery(ctx, byID["c1/a/0"], "对方返回状态 500", at, at.Add(time.Minute))
	})
	if rows := r.claim("w3", at.Add(time.Second)); len(rows) != 0 {
		t.Errorf("overtaken: %s", names(rows))
	}
	again := r.claim("w4", at.Add(2*time.Minute)) // the lease of c2/a/0 has run out too
	if names(again) != "[c1/a/0 c2/a/0]" || again[0].Attempts != 2 || again[0].LastError == "" {
		t.Errorf("again %+v", again)
	}
	r.write(func(ctx context.Context, tx store.Tx) error { // who lost his lease may not fail it
		if err := tx.FailDelivery(ctx, byID["c2/a/0"], "迟到", at, time.Time{}); err != nil {
			return err
		}
		return tx.FailDelivery(ctx, again[0], "对方返回状态 500", at, time.Time{})
	})
	if rows := r.claim("w5", at.Add(2*time.Minute)); names(rows) != "[c1/a/2]" {
		t.Errorf("after the dead one: %s", names(rows))
	}
	dead, err := r.Deliveries(t.Context(), store.DeliveryFilter{Status: store.DeliveryDead, Limit: 9})
	if err != nil || names(dead) != "[c1/a/0]" || dead[0].EndedAt.IsZero() {
		t.Errorf("dead %+v, %v", dead, err)
	}
	r.retriesDeliveries(t)
}

func (r record) retriesDeliveries(t *testing.T) {
	t.Helper()
	retry := func(id string) error {
		return r.Tx(t.Context(), func(ctx context.Context, tx store.Tx) error { return tx.RetryDelivery(ctx, id, at) })
	}
	r.must(retry("c1/a/0"))
	for _, id := range []string{"c1/a/0", "c1/b/1", "c2/a/0", "nothing"} {
		if err := retry(id); fault.KindOf(err) != fault.Conflict {
			t.Errorf("retried %s: %v", id, err)
		}
	}
	d, err := r.Delivery(t.Context(), "c1/a/0")
	if err != nil || d.Attempts != 0 || d.Status != store.DeliveryWaiting || !d.EndedAt.IsZero() {
		t.Errorf("retried %+v, %v", d, err)
	}
	_, err = r.Delivery(t.Context(), "nothing")
	missing(t, "delivery", err)
	rows, err := r.Deliveries(t.Context(), store.DeliveryFilter{BeforeAt: at, BeforeID: "c1/b/1", Limit: 9})
	if err != nil || names(rows) != "[c1/a/0 c1/a/2]" {
		t.Errorf("next page %s, %v", names(rows), err)
	}
	r.refuses("change what is sent", "UPDATE delivery SET title = 'x' WHERE id = 'c1/a/0'")
	r.refuses("send again what has arrived", "UPDATE delivery SET status = 'waiting', ended_at = NULL WHERE id = 'c1/b/1'")
	r.refuses("take a delivery away", "DELETE FROM delivery WHERE id = 'c1/a/0'")
	r.refuses("put two messages in one place",
		"INSERT INTO delivery SELECT 'other', channel, target, case_id, position, kind, title, text, link, at, status, attempts, next_at, last_error, locked_by, locked_until, ended_at FROM delivery WHERE id = 'c1/a/0'")
}

// Many workers at once: every message is claimed by one, and no slow target fills a round.
func racesDeliveries(t *testing.T, r record) {
	t.Helper()
	const cases, workers = 40, 6
	for i := range cases {
		r.queue(fmt.Sprintf("c%02d", i), []string{"slow", "slow", "slow", "quick"}[i%4])
	}
	rows := r.claim("fair", at)
	count := map[string]int{}
	for _, d := range rows {
		count[d.Target]++
	}
	if count["slow"] != 3 || count["quick"] != 3 {
		t.Errorf("a round took %v", count)
	}
	took := make(chan store.Delivery, cases*workers)
	for _, d := range rows {
		took <- d
	}
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() { r.claimAll(fmt.Sprintf("w%d", w), took) })
	}
	wg.Wait()
	close(took)
	holders := map[string]int{}
	for d := range took {
		if holders[d.ID]++; holders[d.ID] > 1 {
			t.Errorf("%s was claimed %d times", d.ID, holders[d.ID])
		}
	}
	if len(holders) != cases {
		t.Errorf("%d of %d messages were claimed", len(holders), cases)
	}
}

// claimAll claims until nothing is left, and never gives anything back.
func (r record) claimAll(by string, took chan<- store.Delivery) {
	for round, idle := 0, 0; idle < 3; round++ {
		rows, err := r.ClaimDeliveries(r.t.Context(), store.Claim{
			By: fmt.Sprintf("%s/%d", by, round), At: at, Lease: time.Minute, Batch: 4, PerTarget: 4, Attempts: 3,
		})
		if err != nil && !store.IsStale(err) { // a deadlock ends one of two; it tries again
			r.t.Error(err)
			return
		}
		if idle++; len(rows) > 0 {
			idle = 0
		}
		for _, d := range rows {
			took <- d
		}
	}
}

// buriesDeliveries: a message that takes its worker with it is dead in the end.
func buriesDeliveries(t *testing.T, r record) {
	t.Helper()
	r.queue("c1", "a")
	for i := range 3 {
		if rows := r.claim(strconv.Itoa(i), at.Add(time.Duration(i)*time.Hour)); len(rows) != 1 || rows[0].Attempts != i+1 {
			t.Fatalf("try %d: %+v", i, rows)
		}
	}
	if rows := r.claim("last", at.Add(3*time.Hour)); len(rows) != 0 {
		t.Errorf("tried again: %+v", rows)
	}
	d, err := r.Delivery(t.Context(), "c1/a/0")
	if err != nil || d.Status != store.DeliveryDead || d.LastError == "" || d.Attempts != 3 {
		t.Errorf("delivery %+v, %v", d, err)
	}
	r.queue("c2", "a")
	given := r.claim("stopped", at)
	r.write(func(ctx context.Context, tx store.Tx) error { return tx.ReleaseDelivery(ctx, given[0]) })
	if rows := r.claim("next", at); len(rows) != 1 || rows[0].Attempts != 1 {
		t.Errorf("given back: %+v", rows)
	}
}
