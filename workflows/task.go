package workflows

import (
	"slices"

	"go.temporal.io/sdk/workflow"

	"datagov/domain/sharing"
)

// until waits while the case is in one of the steps: for people, without end.
// No wait has a timeout that decides.
func (c *caseState) until(ctx workflow.Context, steps ...sharing.Status) error {
	return workflow.Await(ctx, func() bool {
		return c.failed || (c.loaded() && !slices.Contains(steps, c.request.Status))
	})
}

// finish lets the last handlers answer before the run ends.
func finish(ctx workflow.Context) error {
	return workflow.Await(ctx, func() bool { return workflow.AllHandlersFinished(ctx) })
}
