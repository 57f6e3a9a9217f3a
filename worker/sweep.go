package worker

import (
	"context"
	"log/slog"
)

// sweep looks, once at start, whether the engine still knows every open case
// and grant, and starts the lost ones again from their rows. After the
// engine's file was lost or the cluster moved this is what brings them back.
func (w *Worker) sweep(ctx context.Context) error {
	resumed, err := resume(ctx, &resumption{engine: w.client, casework: w.casework, paced: true})
	w.warn(ctx, "bring back lost cases", err)
	if resumed.Total() == 0 {
		return nil
	}
	w.log.InfoContext(ctx, "brought back lost cases and grants from the record", slog.Int("count", resumed.Total()),
		slog.Int("share_requests", resumed.ShareRequests), slog.Int("grants", resumed.Grants), slog.Int("failed", resumed.Failed))
	if w.resumed != nil {
		w.resumed(resumed)
	}
	return nil
}

// OnResumed has somebody told what the start brought back; call it before [Worker.Run].
func (w *Worker) OnResumed(tell func(Resumed)) { w.resumed = tell }
