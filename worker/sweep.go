package worker

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"

	"datagov/workflows"
)

// sweep looks, once at start, whether the engine still knows every open case
// and grant, and starts the lost ones again from their rows. After the
// engine's file was lost or the cluster moved this is what brings them back.
func (w *Worker) sweep(ctx context.Context) {
	restarted := 0
	for after := ""; ; {
		ids, err := w.casework.Store.OpenShareRequests(ctx, after, reconcileBatch)
		if err != nil || len(ids) == 0 {
			w.warn(ctx, "list open cases", err)
			break
		}
		for _, id := range ids {
			after = id
			lost, err := w.lost(ctx, workflows.ShareRequestID(id))
			if err == nil && lost {
				restarted++
				err = w.nudge(ctx, id)
			}
			w.warn(ctx, "bring back case", err)
		}
	}
	restarted += w.sweepGrants(ctx)
	if restarted > 0 {
		w.log.InfoContext(ctx, "brought back lost cases and grants from the record", slog.Int("count", restarted))
	}
}

func (w *Worker) sweepGrants(ctx context.Context) int {
	restarted := 0
	for after := ""; ; {
		grants, err := w.casework.Store.OpenGrants(ctx, after, reconcileBatch)
		if err != nil || len(grants) == 0 {
			w.warn(ctx, "list open grants", err)
			return restarted
		}
		for _, g := range grants {
			after = g.ID
			started, err := w.startGrant(ctx, g.ID)
			if started {
				restarted++
			}
			w.warn(ctx, "bring back grant", err)
		}
	}
}

// lost says whether the engine has no running or well-ended run of the workflow.
func (w *Worker) lost(ctx context.Context, id string) (bool, error) {
	d, err := w.client.DescribeWorkflowExecution(ctx, id, "")
	var unknown *serviceerror.NotFound
	if errors.As(err, &unknown) {
		return true, nil
	}
	if err != nil {
		return false, fmt.Errorf("describe %s: %w", id, err)
	}
	status := d.GetWorkflowExecutionInfo().GetStatus()
	return status != enums.WORKFLOW_EXECUTION_STATUS_RUNNING, nil
}

// startGrant starts a grant's workflow unless it runs or has ended well.
func (w *Worker) startGrant(ctx context.Context, id string) (bool, error) {
	_, err := w.client.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID: workflows.GrantID(id), TaskQueue: workflows.TaskQueue,
		WorkflowIDReusePolicy:                    enums.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY,
		WorkflowIDConflictPolicy:                 enums.WORKFLOW_ID_CONFLICT_POLICY_FAIL,
		WorkflowExecutionErrorWhenAlreadyStarted: true,
	}, workflows.GrantType, workflows.GrantInput{ID: id})
	var known *serviceerror.WorkflowExecutionAlreadyStarted
	if errors.As(err, &known) {
		return false, nil
	}
	return err == nil, err
}
