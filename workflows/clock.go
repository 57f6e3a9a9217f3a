package workflows

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

// watch keeps the clocks of the case: it sleeps to the next stored instant
// and has the record note what is due. It decides nothing; a term that passes
// leaves a reminder or 逾期未答复 on record and the case where it was.
//
// A timer that is already set is kept when the next alarm moves later, so that
// a case does not trade timers at every step; it then finds nothing due and
// sets the next one. An alarm that moves earlier replaces it.
func (c *caseState) watch(ctx workflow.Context, over func() bool) {
	workflow.Go(ctx, func(ctx workflow.Context) {
		for !over() {
			err := c.sleep(ctx, over)
			if ctx.Err() != nil {
				return
			}
			if err != nil { // the clock never stops for trouble
				workflow.GetLogger(ctx).Warn("ring clock", "error", err)
				if workflow.Sleep(ctx, time.Minute) != nil {
					return
				}
			}
		}
	})
}

func (c *caseState) sleep(ctx workflow.Context, over func() bool) error {
	pending := func() bool { _, ok := c.request.NextAlarm(); return ok }
	if err := workflow.Await(ctx, func() bool { return pending() || over() }); err != nil || over() {
		return err
	}
	at, _ := c.request.NextAlarm()
	timing, cancel := workflow.WithCancel(ctx)
	timer := workflow.NewTimerWithOptions(timing, at.Sub(workflow.Now(ctx)), workflow.TimerOptions{Summary: "next term of the case"})
	err := workflow.Await(ctx, func() bool {
		next, ok := c.request.NextAlarm()
		return timer.IsReady() || over() || (ok && next.Before(at))
	})
	if err != nil || !timer.IsReady() {
		cancel()
		return err
	}
	if next, ok := c.request.NextAlarm(); !ok || next.After(workflow.Now(ctx)) {
		return nil
	}
	return c.note(ctx)
}

// note has the record write down what is due. A record that writes nothing
// down is asked again after a pause, never at once.
func (c *caseState) note(ctx workflow.Context) error {
	before := c.request.Version
	if err := c.ringOnce(ctx); err != nil {
		return err
	}
	if c.request.Version == before {
		return workflow.Sleep(ctx, time.Minute)
	}
	return nil
}

func (c *caseState) ringOnce(ctx workflow.Context) error {
	if err := c.mutex.Lock(ctx); err != nil {
		return err
	}
	defer c.mutex.Unlock()
	var done Done
	if err := c.ring(ctx).Get(ctx, &done); err != nil {
		return err
	}
	c.take(done.Request)
	return nil
}
