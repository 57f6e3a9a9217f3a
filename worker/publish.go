package worker

import (
	"context"
	"log/slog"
	"time"
)

// How often the sequencer looks for committed events, and how many it places at once.
const (
	publishEvery = 200 * time.Millisecond
	publishBatch = 500
)

// publish is the one sequencer: it gives committed events their place in the
// published order. Several workers may run; the record lets one at a time.
func (w *Worker) publish(ctx context.Context) error {
	ticks := time.NewTicker(publishEvery)
	defer ticks.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticks.C:
			w.publishPending(ctx)
		}
	}
}

func (w *Worker) publishPending(ctx context.Context) {
	for {
		waiting, err := w.casework.Store.HasPending(ctx)
		if err != nil || !waiting {
			w.warn(ctx, "look for pending events", err)
			return
		}
		placed, err := w.casework.Store.Publish(ctx, publishBatch)
		if err != nil || placed < publishBatch {
			w.warn(ctx, "publish events", err)
			return
		}
	}
}

func (w *Worker) warn(ctx context.Context, what string, err error) {
	if err != nil && ctx.Err() == nil {
		w.log.WarnContext(ctx, "background work failed and will be tried again", slog.String("work", what), slog.Any("error", err))
	}
}
