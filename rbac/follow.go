package rbac

import (
	"context"
	"fmt"
	"log/slog"
	"time"
)

// Follow keeps the assignments as fresh as the record until the context ends: it
// loads them at once, then asks for their version at every interval and loads
// again when it has moved. With an interval of 2 s a revocation bites within 2 s
// on every node.
//
// When the record does not answer, the former assignments stay and the next
// round tries again. Nothing is granted by that: the record is also asked for
// the session of every request.
func (a *Authorizer) Follow(ctx context.Context, interval time.Duration,
	version func(context.Context) (int64, error), load func(context.Context) ([]Assignment, error),
) {
	f := follower{authorizer: a, version: version, load: load}
	tick := time.NewTicker(interval)
	defer tick.Stop()
	failing := false
	for {
		err := f.refresh(ctx)
		if ctx.Err() != nil {
			return
		}
		if err != nil && !failing { // said once, not at every interval
			slog.ErrorContext(ctx, "role assignments cannot be refreshed", slog.Any("error", err))
		}
		if err == nil && failing {
			slog.InfoContext(ctx, "role assignments are fresh again")
		}
		failing = err != nil
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

type follower struct {
	authorizer *Authorizer
	version    func(context.Context) (int64, error)
	load       func(context.Context) ([]Assignment, error)
	loaded     bool
	at         int64
}

// refresh reads the version before the assignments: a change in between is
// loaded twice rather than never.
func (f *follower) refresh(ctx context.Context) error {
	at, err := f.version(ctx)
	if err != nil {
		return fmt.Errorf("read role version: %w", err)
	}
	if f.loaded && at == f.at {
		return nil
	}
	assignments, err := f.load(ctx)
	if err != nil {
		return fmt.Errorf("read role assignments: %w", err)
	}
	if err := f.authorizer.Load(assignments); err != nil {
		return err
	}
	f.loaded, f.at = true, at
	return nil
}
