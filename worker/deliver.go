package worker

import (
	"context"
	"time"

	"datagov/internal/delivery"
)

// deliverEvery is how often the outbox is looked at.
const deliverEvery = 500 * time.Millisecond

// Delivers lets the worker send what waits in the outbox; one without a courier
// leaves it to others. Call it before [Worker.Run].
func (w *Worker) Delivers(c *delivery.Courier) { w.courier = c }

// deliver sends notices to the channels. Several workers may run: each message
// is leased to one of them at a time.
func (w *Worker) deliver(ctx context.Context) error {
	if w.courier == nil {
		return nil
	}
	ticks := time.NewTicker(deliverEvery)
	defer ticks.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticks.C:
		}
		for took := 1; took > 0 && ctx.Err() == nil; {
			n, err := w.courier.Round(ctx)
			w.warn(ctx, "deliver notices", err)
			took = n
			if err != nil {
				took = 0
			}
		}
	}
}
