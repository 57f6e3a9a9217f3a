package api

import (
	"context"
	"fmt"
	"sync"
)

// queues lets one act at a time of this process go to a case, so that of a
// hundred clicks on one task the first is carried and the others are judged
// against what it left, without asking the engine. It orders, and it decides
// nothing: the workflow and the record judge again.
type queues struct {
	mutex   sync.Mutex
	waiting map[string]*queue
}

// queue is the place before one case; it exists while somebody is in it.
type queue struct {
	place chan struct{}
	users int
}

// enter waits for the place before a case and returns how to leave it.
func (q *queues) enter(ctx context.Context, caseID string) (func(), error) {
	q.mutex.Lock()
	one := q.waiting[caseID]
	if one == nil {
		one = &queue{place: make(chan struct{}, 1)}
		q.waiting[caseID] = one
	}
	one.users++
	q.mutex.Unlock()
	select {
	case one.place <- struct{}{}:
		return func() {
			<-one.place
			q.forget(caseID, one)
		}, nil
	case <-ctx.Done():
		q.forget(caseID, one)
		return nil, fmt.Errorf("wait for the case: %w", ctx.Err())
	}
}

func (q *queues) forget(caseID string, one *queue) {
	q.mutex.Lock()
	defer q.mutex.Unlock()
	if one.users--; one.users == 0 {
		delete(q.waiting, caseID)
	}
}
