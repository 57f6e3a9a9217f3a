package speed

import (
	"context"
	"time"

	"github.com/google/uuid"
	"go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"
	sdk "go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

// The bare procedure: the updates, activities and child of a share request
// with nothing in them. It is the floor that the engine itself sets.

const bareQueue = "bare"

// bareActs are the updates of a case after its opening; the last one is
// followed by the activity that writes the grants.
var bareActs = []string{"SignOff", "CheckForm", "DraftOpinion", "SignOpinion", "DraftOpinion", "SignOpinion"}

func registerBare(w sdk.Registry) {
	w.RegisterWorkflow(bareCase)
	w.RegisterWorkflow(bareGrant)
	w.RegisterActivity(bareActivity)
}

func bareActivity(context.Context) error { return nil }

func bareEffect(ctx workflow.Context) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: 10 * time.Second})
	return workflow.ExecuteActivity(ctx, bareActivity).Get(ctx, nil)
}

func bareCase(ctx workflow.Context) error {
	done := 0
	for _, name := range []string{"Open", "SignOff", "CheckForm", "DraftOpinion", "SignOpinion"} {
		err := workflow.SetUpdateHandler(ctx, name, func(ctx workflow.Context) error {
			if err := bareEffect(ctx); err != nil {
				return err
			}
			done++
			if done == len(bareActs)+1 { // the last signature is followed by the grants
				return bareEffect(ctx)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	if err := workflow.Await(ctx, func() bool { return done > len(bareActs) }); err != nil {
		return err
	}
	child := workflow.WithChildOptions(ctx, workflow.ChildWorkflowOptions{ParentClosePolicy: enums.PARENT_CLOSE_POLICY_ABANDON})
	if err := workflow.ExecuteChildWorkflow(child, bareGrant).GetChildWorkflowExecution().Get(ctx, nil); err != nil {
		return err
	}
	return workflow.Await(ctx, func() bool { return workflow.AllHandlersFinished(ctx) })
}

func bareGrant(ctx workflow.Context) error {
	if err := bareEffect(ctx); err != nil {
		return err
	}
	return workflow.NewTimer(ctx, 200*24*time.Hour).Get(ctx, nil)
}

// carryBare sends the updates of one whole case to a bare workflow.
func (h *house) carryBare(ctx context.Context) error {
	id := "bare/" + uuid.NewString()
	start := h.engine.NewWithStartWorkflowOperation(client.StartWorkflowOptions{
		ID: id, TaskQueue: bareQueue, WorkflowIDConflictPolicy: enums.WORKFLOW_ID_CONFLICT_POLICY_FAIL,
	}, bareCase)
	handle, err := h.engine.UpdateWithStartWorkflow(ctx, client.UpdateWithStartWorkflowOptions{
		StartWorkflowOperation: start, UpdateOptions: bareUpdate(id, "Open"),
	})
	if err == nil {
		err = handle.Get(ctx, nil)
	}
	for _, name := range bareActs {
		if err != nil {
			return err
		}
		if handle, err = h.engine.UpdateWorkflow(ctx, bareUpdate(id, name)); err == nil {
			err = handle.Get(ctx, nil)
		}
	}
	return err
}

func bareUpdate(id, name string) client.UpdateWorkflowOptions {
	return client.UpdateWorkflowOptions{WorkflowID: id, UpdateName: name, WaitForStage: client.WorkflowUpdateStageCompleted}
}
