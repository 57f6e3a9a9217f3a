package worker

import (
	"context"
	"time"

	"datagov/activities"
)

// deskEvery is how often empty seats and proxies that are over are looked for.
const deskEvery = 10 * time.Second

// desk gives tasks of empty seats to those who were appointed since, and notes
// proxies whose time is over. A proxy ends by its stored instant whether or not
// anybody notes it: every act asks for it anew.
func (w *Worker) desk(ctx context.Context) error {
	ticks := time.NewTicker(deskEvery)
	defer ticks.Stop()
	for {
		w.warn(ctx, "fill empty seats", w.fillSeats(ctx))
		w.warn(ctx, "end proxies", activities.EndProxies(ctx, w.casework))
		select {
		case <-ctx.Done():
			return nil
		case <-ticks.C:
		}
	}
}

func (w *Worker) fillSeats(ctx context.Context) error {
	requests := &activities.ShareRequests{Casework: w.casework}
	for after := ""; ; {
		ids, err := w.casework.Store.VacantCases(ctx, after, reconcileBatch)
		if err != nil || len(ids) == 0 {
			return err
		}
		for _, id := range ids {
			after = id
			before, err := w.casework.Store.ShareRequest(ctx, id)
			if err != nil {
				return err
			}
			done, err := requests.Reseat(ctx, id)
			if err != nil {
				return err
			}
			if done.Request.Version > before.Version {
				w.warn(ctx, "tell case of its people", w.nudge(ctx, id))
			}
		}
	}
}
