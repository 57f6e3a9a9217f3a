package worker

import (
	"context"
	"log/slog"
	"time"

	"golang.org/x/sync/errgroup"

	"datagov/activities"
)

// How often cases are told that their next alarm is earlier and the calendar is
// looked at, how many cases are told in one go, how long after a change of the
// calendar the terms are counted once more (an act in flight may still have
// counted by the old one), and how often a missing calendar is looked for.
const (
	clockEvery   = time.Second
	nudgeBatch   = 500
	recountAfter = 30 * time.Second
	missingEvery = time.Minute
)

// calendarWatch remembers which state of the calendar the terms were counted by.
type calendarWatch struct {
	version string
	again   time.Time // zero when nothing is left to be counted once more
	looked  time.Time
}

// keepClocks tells cases whose next alarm moved earlier, counts terms again
// when the calendar has changed, and says aloud that a calendar is missing.
func (w *Worker) keepClocks(ctx context.Context) error {
	clocks, watch := &activities.Clocks{Casework: w.casework}, &calendarWatch{}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return every(ctx, clockEvery, w.tellNudged) })
	group.Go(func() error {
		return every(ctx, clockEvery, func(ctx context.Context) { w.followCalendar(ctx, clocks, watch) })
	})
	return group.Wait()
}

// every does the work at once and then regularly until the context ends.
func every(ctx context.Context, pause time.Duration, work func(context.Context)) error {
	ticks := time.NewTicker(pause)
	defer ticks.Stop()
	for {
		work(ctx)
		select {
		case <-ctx.Done():
			return nil
		case <-ticks.C:
		}
	}
}

// tellNudged signals cases that the record put down, then forgets them. A
// signal that is sent twice finds nothing new.
func (w *Worker) tellNudged(ctx context.Context) {
	nudges, err := w.casework.Store.Nudges(ctx, nudgeBatch)
	if err != nil {
		w.warn(ctx, "look for nudged cases", err)
		return
	}
	for _, n := range nudges {
		if ctx.Err() != nil {
			return
		}
		if err := w.nudge(ctx, n.CaseID); err != nil {
			w.warn(ctx, "tell case of its earlier term", err)
			continue
		}
		w.warn(ctx, "forget nudged case", w.casework.Store.DropNudge(ctx, n))
	}
}

// followCalendar counts every running term again at the start and after each
// import, whoever made it, so that no case sleeps to a stale date.
func (w *Worker) followCalendar(ctx context.Context, clocks *activities.Clocks, watch *calendarWatch) {
	now := w.casework.Now()
	if now.Sub(watch.looked) >= missingEvery {
		watch.looked = now
		_, err := clocks.SayMissing(ctx)
		w.warn(ctx, "look for a missing calendar", err)
	}
	version, err := w.casework.Store.CalendarVersion(ctx)
	if err != nil {
		w.warn(ctx, "look at the calendar", err)
		return
	}
	fresh := version != watch.version
	if !fresh && (watch.again.IsZero() || now.Before(watch.again)) {
		return
	}
	changed, err := clocks.Recompute(ctx, "")
	w.warn(ctx, "count terms again", err)
	watch.version, watch.again = version, time.Time{}
	if fresh || err != nil {
		watch.again = now.Add(recountAfter)
	}
	if changed > 0 {
		w.log.InfoContext(ctx, "terms were counted again by the calendar", slog.Int("cases", changed), slog.String("calendar", version))
	}
}
