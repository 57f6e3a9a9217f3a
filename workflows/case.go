// Package workflows holds the procedures, one file each, named as in every
// other layer. A procedure's run method reads like the article it carries out;
// what all procedures share stands in case.go (updates, rebuilding), clock.go
// (terms) and task.go (waiting for people).
//
// Workflows hold positions and timers. The record holds everything else: each
// effect is an activity that returns the case as it stands, and a lost
// workflow is rebuilt from its rows.
package workflows

import (
	"time"

	"go.temporal.io/sdk/workflow"

	"datagov/activities"
	"datagov/domain/fault"
	"datagov/domain/sharing"
)

// Act is what an update carries; see [activities.Act].
type Act = activities.Act

// Done is what an update answers; see [activities.Done].
type Done = activities.Done

// Refusal finds the refusal inside an error of the engine; see [activities.Refusal].
func Refusal(err error) error { return activities.Refusal(err) }

// Reconcile tells a workflow which version its rows have.
type Reconcile struct {
	Version int64 `json:"version"`
}

// ReconcileSignal is the signal that carries [Reconcile]. It also starts a
// workflow that was lost.
const ReconcileSignal = "Reconcile"

// loader reads the case from the record.
type loader func(ctx workflow.Context) workflow.Future

// caseState is the part of a procedure that every procedure has: the case as
// last seen, and the lock that lets one effect at a time touch it.
type caseState struct {
	request sharing.Request
	failed  bool // the case could not be opened
	mutex   workflow.Mutex
	load    loader
	ring    loader
}

func newCaseState(ctx workflow.Context, load, ring loader) *caseState {
	return &caseState{mutex: workflow.NewMutex(ctx), load: load, ring: ring}
}

// loaded says whether the case is known to this run.
func (c *caseState) loaded() bool { return c.request.Version > 0 }

// take keeps the newer state of the case.
func (c *caseState) take(r sharing.Request) {
	if r.Version >= c.request.Version {
		c.request = r
	}
}

// rule judges an act by the case's own facts.
type rule func(r sharing.Request, in Act, now time.Time) error

// update is one decision a person can send: its name, its rule, its effect.
type update struct {
	name   string
	rule   rule
	effect any
}

// handle registers an update. The validator is the second lock: a refusal
// never enters the history. The effect runs in an ordinary activity, so that
// a decision is durable as soon as it is accepted, and judges once more inside
// its transaction.
func (c *caseState) handle(ctx workflow.Context, u update, settled func() bool) error {
	validate := func(ctx workflow.Context, in Act) error {
		if !c.loaded() || in.Seen > c.request.Version {
			return nil // a run that is behind the record leaves the judging to it
		}
		return activities.Refuse(u.rule(c.request, in, workflow.Now(ctx)))
	}
	perform := func(ctx workflow.Context, in Act) (Done, error) {
		if err := workflow.Await(ctx, c.loaded); err != nil {
			return Done{}, err
		}
		done, err := c.perform(ctx, u.effect, in)
		if err != nil {
			return Done{}, err
		}
		err = workflow.Await(ctx, settled)
		return done, err
	}
	return workflow.SetUpdateHandlerWithOptions(ctx, u.name, perform, workflow.UpdateHandlerOptions{Validator: validate})
}

// perform runs an effect under the lock and keeps what it returns.
func (c *caseState) perform(ctx workflow.Context, effect any, args ...any) (Done, error) {
	if err := c.mutex.Lock(ctx); err != nil {
		return Done{}, err
	}
	defer c.mutex.Unlock()
	var done Done
	if err := workflow.ExecuteActivity(record(ctx), effect, args...).Get(ctx, &done); err != nil {
		return Done{}, err
	}
	c.take(done.Request)
	return done, nil
}

// reconcile listens for news that the rows are ahead of this run and reads them.
func (c *caseState) reconcile(ctx workflow.Context) {
	news := workflow.GetSignalChannel(ctx, ReconcileSignal)
	workflow.Go(ctx, func(ctx workflow.Context) {
		for {
			var r Reconcile
			if !news.Receive(ctx, &r) {
				return
			}
			if r.Version > c.request.Version {
				c.reload(ctx)
			}
		}
	})
}

// reload reads the case without the lock: [caseState.take] keeps the newer
// state, and an effect that the engine lost may hold the lock for seconds.
func (c *caseState) reload(ctx workflow.Context) {
	var done Done
	if err := c.load(ctx).Get(ctx, &done); err != nil {
		workflow.GetLogger(ctx).Warn("reload case", "error", err)
		if fault.KindOf(activities.Refusal(err)) == fault.NotFound && !c.loaded() {
			c.failed = true // nothing on record: there is no case to carry
		}
		return
	}
	c.take(done.Request)
}
