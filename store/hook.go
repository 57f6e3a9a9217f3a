package store

import (
	"context"
	"log/slog"
	"time"

	"github.com/uptrace/bun"
)

// slow is how long a query may take before an operator hears of it.
const slow = 500 * time.Millisecond

// slowQueries warns of slow queries. It never logs the query, because bun
// writes the arguments into it.
type slowQueries struct{}

// BeforeQuery does nothing.
func (slowQueries) BeforeQuery(ctx context.Context, _ *bun.QueryEvent) context.Context { return ctx }

// AfterQuery warns when the query took longer than [slow].
func (slowQueries) AfterQuery(ctx context.Context, event *bun.QueryEvent) {
	if took := time.Since(event.StartTime); took > slow {
		slog.WarnContext(ctx, "slow query", slog.String("operation", event.Operation()), slog.Duration("took", took))
	}
}
