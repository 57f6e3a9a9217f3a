package worker

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"

	"datagov/domain/sharing"
	"datagov/workflows"
)

// How often rows are compared with the engine, how long an answer may take
// before a case is suspected, and how many cases are looked at in one go.
const (
	reconcileEvery = 30 * time.Second
	answerGrace    = 10 * time.Second
	reconcileBatch = 200
)

// reconcile looks, at start and then regularly, for acts that are on record
// without the engine having answered, and tells their cases to read their rows.
// Lost cases are left to the sweep, which counts them, unless it takes long.
func (w *Worker) reconcile(ctx context.Context, swept <-chan struct{}) error {
	ticks := time.NewTicker(reconcileEvery)
	defer ticks.Stop()
	select {
	case <-swept:
	case <-ticks.C:
	case <-ctx.Done():
		return nil
	}
	w.reconcileOnce(ctx, time.Now())
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticks.C:
			w.reconcileOnce(ctx, time.Now().Add(-answerGrace))
		}
	}
}

func (w *Worker) reconcileOnce(ctx context.Context, before time.Time) {
	commands, err := w.casework.Store.Unsettled(ctx, before, reconcileBatch)
	if err != nil {
		w.warn(ctx, "look for unsettled commands", err)
		return
	}
	settled := []string{}
	for _, c := range commands {
		if err := w.nudge(ctx, c.CaseID); err != nil {
			w.warn(ctx, "reconcile case", err)
			continue
		}
		settled = append(settled, c.ID)
	}
	w.warn(ctx, "settle commands", w.casework.Store.SettleCommands(ctx, settled, time.Now()))
	if len(settled) > 0 {
		w.log.InfoContext(ctx, "reconciled cases", slog.Int("commands", len(settled)))
	}
}

// nudge tells a case which version its rows have; a lost workflow of an open
// case is started anew and rebuilds itself from them.
func (w *Worker) nudge(ctx context.Context, caseID string) error {
	r, err := w.casework.Store.ShareRequest(ctx, caseID)
	if err != nil {
		return err
	}
	return Nudge(ctx, w.client, r.Request)
}

// Nudge signals a share request's workflow, starting it when it is lost. The
// workflow of a closed case is told too, but never started again.
func Nudge(ctx context.Context, c client.Client, r sharing.Request) error {
	var gone *serviceerror.NotFound
	if r.Status.Closed() {
		err := c.SignalWorkflow(ctx, workflows.ShareRequestID(r.ID), "", workflows.ReconcileSignal, workflows.Reconcile{Version: r.Version})
		if err != nil && !errors.As(err, &gone) {
			return fmt.Errorf("signal closed case %s: %w", r.ID, err)
		}
		return nil
	}
	_, err := c.SignalWithStartWorkflow(ctx, workflows.ShareRequestID(r.ID), workflows.ReconcileSignal,
		workflows.Reconcile{Version: r.Version}, client.StartWorkflowOptions{
			TaskQueue: workflows.TaskQueue, WorkflowIDReusePolicy: enums.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY,
			TypedSearchAttributes: workflows.ShareRequestAttributes(r.Requester),
		}, workflows.ShareRequestType, workflows.ShareRequestInput{ID: r.ID, Resume: true})
	var started *serviceerror.WorkflowExecutionAlreadyStarted
	if err != nil && !errors.As(err, &started) {
		return fmt.Errorf("signal case %s: %w", r.ID, err)
	}
	return nil
}
