// Package worker runs the procedures: it registers every workflow and activity
// with the engine, publishes committed events in order, sends notices, and nudges
// cases whose rows are ahead of the engine. Call [New], then [Worker.Run] until the context ends.
package worker

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	sdk "go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
	"golang.org/x/sync/errgroup"

	"datagov/activities"
	"datagov/internal/delivery"
	"datagov/workflows"
)

// Worker is one process that carries cases.
type Worker struct {
	client   client.Client
	casework *activities.Casework
	log      *slog.Logger
	sdk      sdk.Worker
	fatal    chan error
	resumed  func(Resumed) // told at the start what was brought back
	courier  *delivery.Courier
	printer  Printer // nil when files of papers are made elsewhere
}

// New prepares a worker; nothing runs before [Worker.Run].
func New(c client.Client, casework *activities.Casework, log *slog.Logger) *Worker {
	w := &Worker{client: c, casework: casework, log: log, fatal: make(chan error, 1)}
	w.sdk = sdk.New(c, workflows.TaskQueue, sdk.Options{
		WorkerStopTimeout:                20 * time.Second, // the default of 0 abandons running activities
		MaxConcurrentActivityTaskPollers: 8,
		MaxConcurrentWorkflowTaskPollers: 8,
		OnFatalError: func(err error) {
			select {
			case w.fatal <- err:
			default:
			}
		},
	})
	Register(w.sdk, casework)
	return w
}

// Register puts every workflow and activity under its name. Replay tests and
// the worker use the same list.
func Register(r sdk.Registry, casework *activities.Casework) {
	r.RegisterWorkflowWithOptions(workflows.ShareRequest, workflow.RegisterOptions{Name: workflows.ShareRequestType})
	r.RegisterWorkflowWithOptions(workflows.Grant, workflow.RegisterOptions{Name: workflows.GrantType})
	r.RegisterActivityWithOptions(&activities.ShareRequests{Casework: casework}, activity.RegisterOptions{})
	r.RegisterActivityWithOptions(&activities.Grants{Casework: casework}, activity.RegisterOptions{})
}

// Run carries cases until the context ends or the engine reports a fatal error.
func (w *Worker) Run(ctx context.Context) error {
	if err := w.sdk.Start(); err != nil {
		return fmt.Errorf("start worker: %w", err)
	}
	defer w.sdk.Stop()
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		select {
		case err := <-w.fatal:
			return fmt.Errorf("worker: %w", err)
		case <-ctx.Done():
			return nil
		}
	})
	group.Go(func() error { return w.publish(ctx) })
	group.Go(func() error { return w.desk(ctx) })
	group.Go(func() error { return w.deliver(ctx) })
	group.Go(func() error { return w.keepClocks(ctx) })
	group.Go(func() error { return w.printPapers(ctx) })
	swept := make(chan struct{})
	group.Go(func() error { defer close(swept); return w.sweep(ctx) })
	group.Go(func() error { return w.reconcile(ctx, swept) })
	return group.Wait()
}
