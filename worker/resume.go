package worker

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	"golang.org/x/sync/errgroup"

	"datagov/activities"
	"datagov/workflows"
)

// resumeInFlight is how many workflows are looked at, and started, at once.
const resumeInFlight = 16

// Resumed is how many lost workflows were started again, by kind, and how many
// could not be.
type Resumed struct{ ShareRequests, Grants, Failed int }

// Total is how many were started again.
func (r Resumed) Total() int { return r.ShareRequests + r.Grants }

// Resume asks the engine for every open case and grant and starts the lost ones
// again from their rows: after the engine's file was lost, or when the record
// moves to another engine. Running it again starts nothing. One that cannot be
// started is counted and does not keep the others; the error names the first few.
func Resume(ctx context.Context, engine client.Client, casework *activities.Casework) (Resumed, error) {
	return resume(ctx, &resumption{engine: engine, casework: casework})
}

func resume(ctx context.Context, r *resumption) (Resumed, error) {
	err := errors.Join(r.shareRequests(ctx), r.grants(ctx))
	return Resumed{int(r.cases.Load()), int(r.granted.Load()), r.failed}, errors.Join(append(r.problems, err)...)
}

type resumption struct {
	engine         client.Client
	casework       *activities.Casework
	paced          bool // a worker runs: it carries each batch before the next is started
	cases, granted atomic.Int64

	mutex    sync.Mutex
	failed   int
	problems []error
}

func (r *resumption) shareRequests(ctx context.Context) error {
	for after := ""; ; {
		cases, err := r.casework.Store.OpenShareRequests(ctx, after, reconcileBatch)
		if err != nil || len(cases) == 0 {
			return err
		}
		after = cases[len(cases)-1].ID
		var group errgroup.Group
		group.SetLimit(resumeInFlight)
		for _, c := range cases {
			group.Go(func() error {
				return r.one(ctx, &r.cases, client.StartWorkflowOptions{
					ID: workflows.ShareRequestID(c.ID), TypedSearchAttributes: workflows.ShareRequestAttributes(c.Requester),
				}, workflows.ShareRequestType, workflows.ShareRequestInput{ID: c.ID, Resume: true})
			})
		}
		if err := errors.Join(group.Wait(), r.carried(ctx, workflows.ShareRequestID(after))); err != nil {
			return err
		}
	}
}

func (r *resumption) grants(ctx context.Context) error {
	for after := ""; ; {
		grants, err := r.casework.Store.OpenGrants(ctx, after, reconcileBatch)
		if err != nil || len(grants) == 0 {
			return err
		}
		after = grants[len(grants)-1].ID
		var group errgroup.Group
		group.SetLimit(resumeInFlight)
		for _, g := range grants {
			group.Go(func() error {
				return r.one(ctx, &r.granted, client.StartWorkflowOptions{ID: workflows.GrantID(g.ID)},
					workflows.GrantType, workflows.GrantInput{ID: g.ID})
			})
		}
		if err := errors.Join(group.Wait(), r.carried(ctx, workflows.GrantID(after))); err != nil {
			return err
		}
	}
}

// carried waits until a worker has taken up the workflow, so that people's acts
// never queue behind more than one batch. It gives up after a while: pacing is
// kindness, and a case that nobody carries keeps nobody waiting.
func (r *resumption) carried(ctx context.Context, id string) error {
	if !r.paced {
		return nil
	}
	ticks := time.NewTicker(50 * time.Millisecond)
	defer ticks.Stop()
	for range 600 {
		d, err := r.engine.DescribeWorkflowExecution(ctx, id, "")
		if err != nil || d.GetWorkflowExecutionInfo().GetHistoryLength() > untouched {
			return ctx.Err()
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ticks.C:
		}
	}
	return nil
}

// untouched is how long the history of a workflow is that no worker has taken
// up: started, task scheduled, task begun.
const untouched = 3

// one starts a workflow unless it runs or has ended well. Only the end of the
// context ends the whole.
func (r *resumption) one(ctx context.Context, started *atomic.Int64, options client.StartWorkflowOptions, kind string, in any) error {
	fresh, err := start(ctx, r.engine, options, kind, in)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		r.note(fmt.Errorf("bring back %s: %w", options.ID, err))
	case fresh:
		started.Add(1)
	}
	return nil
}

// problemsKept bounds what one resumption reports.
const problemsKept = 5

func (r *resumption) note(err error) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.failed++
	if len(r.problems) < problemsKept {
		r.problems = append(r.problems, err)
	}
}

// start starts a workflow unless it runs or has ended well. Asking first is a
// read and ten times faster than a start that is refused; the start itself is
// refused by the engine when somebody else was faster.
func start(ctx context.Context, engine client.Client, options client.StartWorkflowOptions, kind string, in any) (bool, error) {
	d, err := engine.DescribeWorkflowExecution(ctx, options.ID, "")
	if err == nil && d.GetWorkflowExecutionInfo().GetStatus() == enums.WORKFLOW_EXECUTION_STATUS_RUNNING {
		return false, nil
	}
	options.TaskQueue = workflows.TaskQueue
	options.WorkflowIDReusePolicy = enums.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY
	options.WorkflowIDConflictPolicy = enums.WORKFLOW_ID_CONFLICT_POLICY_FAIL
	options.WorkflowExecutionErrorWhenAlreadyStarted = true
	_, err = engine.ExecuteWorkflow(ctx, options, kind, in)
	var known *serviceerror.WorkflowExecutionAlreadyStarted
	if errors.As(err, &known) {
		return false, nil
	}
	return err == nil, err
}
