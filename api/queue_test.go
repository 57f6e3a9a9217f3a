package api

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
)

func newQueues() *queues { return &queues{waiting: map[string]*queue{}} }

// users is how many stand before a case.
func (q *queues) users(caseID string) int {
	q.mutex.Lock()
	defer q.mutex.Unlock()
	if one := q.waiting[caseID]; one != nil {
		return one.users
	}
	return 0
}

func entered(t *testing.T, q *queues, caseID string) func() {
	t.Helper()
	leave, err := q.enter(t.Context(), caseID)
	if err != nil {
		t.Fatal(err)
	}
	return leave
}

func TestOneActAtATimeGoesToACase(t *testing.T) {
	t.Parallel()
	q, inside, acts := newQueues(), 0, 0
	var group sync.WaitGroup
	for range 100 {
		group.Go(func() {
			leave, err := q.enter(t.Context(), "case")
			if err != nil {
				t.Error(err)
				return
			}
			defer leave()
			inside++ // the race detector and the count below both watch these
			acts++
			if inside != 1 {
				t.Errorf("%d acts are at the case at once", inside)
			}
			inside--
		})
	}
	group.Wait()
	if acts != 100 || len(q.waiting) != 0 {
		t.Errorf("%d acts were carried, and %d cases are remembered", acts, len(q.waiting))
	}
}

// Whoever came first goes first; another case does not wait.
func TestTheQueueKeepsItsOrder(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		q, order := newQueues(), []int{}
		leave := entered(t, q, "case")
		var group sync.WaitGroup
		for i := range 20 {
			group.Go(func() {
				next, err := q.enter(t.Context(), "case")
				if err != nil {
					t.Error(err)
					return
				}
				order = append(order, i)
				next()
			})
			synctest.Wait() // the one stands in the queue before the next comes
		}
		entered(t, q, "another case")()
		leave()
		group.Wait()
		for i, got := range order {
			if got != i {
				t.Fatalf("they went in the order %v", order)
			}
		}
		if len(order) != 20 || len(q.waiting) != 0 {
			t.Errorf("%d went, and %d cases are remembered", len(order), len(q.waiting))
		}
	})
}

// Whoever gives up waiting leaves no place taken and nothing behind.
func TestWhoGivesUpLeavesNoPlaceTaken(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		q := newQueues()
		leave := entered(t, q, "case")
		impatient, giveUp := context.WithCancel(t.Context())
		refused := make(chan error)
		for range 5 {
			go func() {
				_, err := q.enter(impatient, "case")
				refused <- err
			}()
		}
		synctest.Wait()
		if n := q.users("case"); n != 6 {
			t.Errorf("%d stand before the case", n)
		}
		giveUp()
		for range 5 {
			if err := <-refused; !errors.Is(err, context.Canceled) {
				t.Errorf("gave up, and was told %v", err)
			}
		}
		if n := q.users("case"); n != 1 {
			t.Errorf("%d stand before the case after all but one gave up", n)
		}
		leave()
		entered(t, q, "case")()
		if len(q.waiting) != 0 {
			t.Errorf("%d cases are remembered", len(q.waiting))
		}
	})
}
