package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"
	sdklog "go.temporal.io/sdk/log"

	"datagov/activities"
	"datagov/api"
	"datagov/domain/law"
	"datagov/internal/config"
	"datagov/internal/identity"
	"datagov/internal/paper"
	"datagov/migrations"
	"datagov/rbac"
	"datagov/store"
	"datagov/web"
	"datagov/worker"
	"datagov/workflows"
)

// openRecord opens the record and makes its folder where it is a file.
func openRecord(c config.Config) (*store.Store, error) {
	if c.DatabaseURL == "" {
		if err := os.MkdirAll(c.Data, 0o700); err != nil {
			return nil, fmt.Errorf("make data folder: %w", err)
		}
	}
	return store.Open(c.Database())
}

// openMigrated opens a record that must be up to date already.
func openMigrated(ctx context.Context, c config.Config) (*store.Store, error) {
	unmigrated := errors.New("业务库尚未升级，请先运行 datagov migrate")
	if c.DatabaseURL == "" {
		if _, err := os.Stat(c.Database()); err != nil {
			return nil, unmigrated // opening it would make an empty file
		}
	}
	record, err := openRecord(c)
	if err != nil {
		return nil, err
	}
	pending, err := migrations.Pending(ctx, record.DB())
	if err != nil || pending > 0 {
		return nil, errors.Join(unmigrated, record.Close())
	}
	return record, nil
}

// dial connects to the engine.
func dial(ctx context.Context, c config.Config, address string, log *slog.Logger) (client.Client, error) {
	engine, err := client.DialContext(ctx, client.Options{
		HostPort: address, Namespace: c.TemporalNamespace, Logger: sdklog.NewStructuredLogger(quiet(log)),
	})
	if err != nil {
		return nil, fmt.Errorf("connect to engine: %w", err)
	}
	return engine, nil
}

// quiet keeps the engine's client from writing more than warnings.
func quiet(log *slog.Logger) *slog.Logger { return slog.New(warnings{log.Handler()}) }

type warnings struct{ slog.Handler }

// Enabled lets warnings and errors through.
func (w warnings) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && w.Handler.Enabled(ctx, level)
}

// WithAttrs keeps the threshold.
func (w warnings) WithAttrs(attrs []slog.Attr) slog.Handler {
	return warnings{w.Handler.WithAttrs(attrs)}
}

// WithGroup keeps the threshold.
func (w warnings) WithGroup(name string) slog.Handler { return warnings{w.Handler.WithGroup(name)} }

// external is the address of an engine of its own; the parts apart need one.
func external(c config.Config) (string, error) {
	if c.TemporalAddress == "" {
		return "", errors.New("请用 --temporal-address 或 DATAGOV_TEMPORAL_ADDRESS 指明流程引擎的地址")
	}
	return c.TemporalAddress, nil
}

func newWorker(c config.Config, engine client.Client, record *store.Store, log *slog.Logger) (*worker.Worker, error) {
	known, err := law.Library()
	if err != nil {
		return nil, err
	}
	casework := &activities.Casework{Store: record, Now: time.Now, Library: law.Editions(known)}
	w := worker.New(engine, casework, log).PrintWith(newPress(record, log))
	w.Delivers(newCourier(c, record, log))
	return w, nil
}

func newServer(ctx context.Context, c config.Config, engine client.Client, record *store.Store, log *slog.Logger, ready func() error) (*api.Server, error) {
	authorizer, err := rbac.New()
	if err != nil {
		return nil, err
	}
	known, err := law.Library()
	if err != nil {
		return nil, err
	}
	server, err := api.New(api.Options{
		Store: record, Engine: engine, Identity: identity.New(record, time.Now), Rbac: authorizer, Library: known,
		Press: newPress(record, log), Page: web.Files(), Log: log, Now: time.Now, Version: version, BehindProxy: c.BehindProxy,
		Reach: reach(c),
		Ready: func(ctx context.Context) error { return errors.Join(ready(), polled(ctx, engine)) },
	})
	if err != nil {
		return nil, err
	}
	return server, server.LoadRoles(ctx)
}

// newPress makes the files of papers, in the type that came with the page.
func newPress(record *store.Store, log *slog.Logger) *paper.Press {
	return paper.New(record, web.PaperType, log, time.Now)
}

// polled says whether a worker listens for cases.
func polled(ctx context.Context, engine client.Client) error {
	queue, err := engine.DescribeTaskQueue(ctx, workflows.TaskQueue, enums.TASK_QUEUE_TYPE_WORKFLOW)
	if err != nil {
		return fmt.Errorf("ask engine for workers: %w", err)
	}
	if len(queue.GetPollers()) == 0 {
		return errors.New("no worker polls")
	}
	return nil
}
