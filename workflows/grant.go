package workflows

import (
	"go.temporal.io/sdk/workflow"

	"datagov/activities"
	"datagov/domain/sharing"
)

// GrantInput starts the workflow of one grant.
type GrantInput struct {
	ID string `json:"id"`
}

// GrantResult is how the grant ended.
type GrantResult struct {
	Status sharing.GrantStatus `json:"status"`
}

// Grant owns one access right from provisioning to the end of its term.
// Articles 26(2), 27(2); TL 22 (supply), TL 27 (never ended without cause).
//
// States: provisioning → active → expired.
func Grant(ctx workflow.Context, in GrantInput) (GrantResult, error) {
	g := &grant{id: in.ID, version: Began(ctx, GrantType, grantNewest)}
	if err := g.activate(ctx); err != nil {
		return GrantResult{}, err
	}
	if err := g.lastDay(ctx); err != nil {
		return GrantResult{}, err
	}
	return g.expire(ctx)
}

type grant struct {
	id      string
	state   activities.GrantState
	version workflow.Version // see versions.go
}

func (g *grant) activate(ctx workflow.Context) error {
	var a *activities.Grants
	return workflow.ExecuteActivity(record(ctx), a.Activate, g.id).Get(ctx, &g.state)
}

// lastDay waits for the end of the stored term of use.
func (g *grant) lastDay(ctx workflow.Context) error {
	return workflow.NewTimerWithOptions(ctx, g.state.EndsAt.Sub(workflow.Now(ctx)),
		workflow.TimerOptions{Summary: "term of use"}).Get(ctx, nil)
}

func (g *grant) expire(ctx workflow.Context) (GrantResult, error) {
	var a *activities.Grants
	err := workflow.ExecuteActivity(record(ctx), a.Expire, g.id).Get(ctx, &g.state)
	return GrantResult{Status: g.state.Status}, err
}
