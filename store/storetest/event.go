package storetest

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"datagov/domain/audit"
	"datagov/domain/law"
	"datagov/internal/testkit"
	"datagov/store"
)

func told(stream string, n int) audit.Event {
	return audit.Event{
		Stream: stream, Name: "test.told", At: at, Actor: testkit.Clerk, Citation: law.Measure("26"), RuleVersion: "2026-11",
		Detail: fmt.Sprintf("第 %d 件，含“引号”'与\\", n), Body: `{"n":1}`,
	}
}

// append tells n events in one transaction.
func (r record) append(stream string, n int) {
	r.t.Helper()
	events := make([]audit.Event, 0, n)
	for i := range n {
		events = append(events, told(stream, i))
	}
	r.write(func(ctx context.Context, tx store.Tx) error { return tx.AppendEvents(ctx, events) })
}

func chainsEvents(t *testing.T, r record) {
	t.Helper()
	r.append("a", 2)
	r.append("b", 1)
	r.append("a", 1)
	r.append("a", 0)
	events, err := r.Events(t.Context(), "a", 0, 10)
	r.must(err)
	if len(events) != 3 {
		t.Fatalf("%d events", len(events))
	}
	if err := audit.Verify(events); err != nil {
		t.Errorf("what the record gives back does not verify: %v", err)
	}
	if e := events[0]; e.Actor.Account != "civil-1" || e.Actor.Agency != "civil" || e.Citation != law.Measure("26") || !e.At.Equal(at.Truncate(time.Microsecond)) {
		t.Errorf("event %+v", e)
	}
	rest, err := r.Events(t.Context(), "a", 1, 1)
	if err != nil || len(rest) != 1 || rest[0].Seq != 2 {
		t.Errorf("after the first: %+v, %v", rest, err)
	}
}

// retried writes until no other writer was faster.
func (r record) retried(step func(ctx context.Context, tx store.Tx) error) error {
	for {
		if err := r.Tx(r.t.Context(), step); !store.IsStale(err) {
			return err
		}
	}
}

func racesEvents(t *testing.T, r record) {
	t.Helper()
	const writers, each = 6, 5
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for i := range each {
				err := r.retried(func(ctx context.Context, tx store.Tx) error {
					return tx.AppendEvents(ctx, []audit.Event{told("one", w*each+i)})
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	events, err := r.Events(t.Context(), "one", 0, 100)
	r.must(err)
	if err := audit.Verify(events); err != nil || len(events) != writers*each {
		t.Errorf("%d events, want %d: %v", len(events), writers*each, err)
	}
}

func publishes(t *testing.T, r record) {
	t.Helper()
	if n, err := r.Publish(t.Context(), 10); err != nil || n != 0 {
		t.Errorf("published %d of nothing, %v", n, err)
	}
	r.append("b", 2)
	r.append("a", 3)
	if ok, err := r.HasPending(t.Context()); err != nil || !ok {
		t.Errorf("pending %v, %v", ok, err)
	}
	for _, want := range []int{2, 2, 1, 0} {
		if n, err := r.Publish(t.Context(), 2); err != nil || n != want {
			t.Errorf("published %d, %v; want %d", n, err, want)
		}
	}
	r.append("a", 1)
	if n, err := r.Publish(t.Context(), 2); err != nil || n != 1 {
		t.Errorf("published %d, %v", n, err)
	}
	r.inOrder(6)
	if ok, err := r.HasPending(t.Context()); err != nil || ok {
		t.Errorf("pending %v, %v", ok, err)
	}
	after, err := r.PublishedAfter(t.Context(), 4, 10)
	if err != nil || len(after) != 2 || after[0].Position != 5 {
		t.Errorf("after 4: %v, %v", after, err)
	}
}

// inOrder checks positions 1 to n without a gap, and each stream in its own order.
func (r record) inOrder(n int) {
	r.t.Helper()
	all, err := r.PublishedAfter(r.t.Context(), 0, n+1)
	r.must(err)
	last, err := r.LastPublished(r.t.Context())
	r.must(err)
	if len(all) != n || last != int64(n) {
		r.t.Errorf("%d positions, the last is %d; want %d", len(all), last, n)
	}
	seq := map[string]int64{}
	for i, p := range all {
		if p.Position != int64(i+1) || p.Seq != seq[p.Stream]+1 {
			r.t.Errorf("position %d of %s: seq %d at place %d after %d", p.Position, p.Stream, p.Seq, i+1, seq[p.Stream])
		}
		seq[p.Stream] = p.Seq
	}
}

func publishesWhileWriting(t *testing.T, r record) {
	t.Helper()
	const writers, each = 4, 10
	var writing, publishing sync.WaitGroup
	written := make(chan struct{})
	for w := range writers {
		writing.Go(func() {
			for i := range each {
				err := r.retried(func(ctx context.Context, tx store.Tx) error {
					return tx.AppendEvents(ctx, []audit.Event{told(fmt.Sprint("stream", w%3), i)}) // two share a stream
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	for range 2 {
		publishing.Go(func() { r.publishUntil(written) })
	}
	writing.Wait()
	close(written)
	publishing.Wait()
	r.inOrder(writers * each)
}

// publishUntil publishes until the writers are done and nothing is left.
func (r record) publishUntil(written <-chan struct{}) {
	for {
		done := false
		select {
		case <-written:
			done = true
		default:
		}
		n, err := r.Publish(r.t.Context(), 3)
		if err != nil {
			r.t.Error(err)
			return
		}
		if waiting, err := r.HasPending(r.t.Context()); err != nil || (done && n == 0 && !waiting) {
			return
		}
	}
}
