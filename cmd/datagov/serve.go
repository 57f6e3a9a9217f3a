package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"go.temporal.io/sdk/client"
	"golang.org/x/sync/errgroup"

	"datagov/api"
	"datagov/internal/config"
	"datagov/internal/demo"
	"datagov/internal/embedded"
	"datagov/migrations"
	"datagov/store"
)

type serveCommand struct{}

// Run serves everything from one process until the signal. What starts last
// stops first: HTTP, worker, client, engine, record.
func (serveCommand) Run(p *process, c config.Config) (err error) {
	record, err := openRecord(c)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, record.Close()) }()
	if err := migrations.Up(p.ctx, record.DB()); err != nil {
		return err
	}
	return withEngine(p, c, func(engine client.Client) error { return serveAll(p, c, record, engine) })
}

// withEngine runs on a client of the engine, which is this process's own unless
// another is named; client and engine stop after it.
func withEngine(p *process, c config.Config, run func(engine client.Client) error) error {
	address, stop, err := startEngine(p, c)
	if err != nil {
		return err
	}
	defer stop()
	engine, err := dial(p.ctx, c, address, p.log)
	if err != nil {
		return err
	}
	defer engine.Close()
	return run(engine)
}

// startEngine runs the engine inside this process unless another is named.
func startEngine(p *process, c config.Config) (string, func(), error) {
	if c.TemporalAddress != "" {
		return c.TemporalAddress, func() {}, nil
	}
	engine, err := embedded.Start(p.ctx, embedded.Options{File: c.EngineFile(), Namespace: c.TemporalNamespace, Logger: p.log})
	if err != nil {
		return "", nil, err
	}
	return engine.Address(), engine.Stop, nil
}

func serveAll(p *process, c config.Config, record *store.Store, engine client.Client) error {
	ready, play, err := prepareDemo(p, c, record)
	if err != nil {
		return err
	}
	if err := proveSeparation(p.ctx, record); err != nil {
		return err
	}
	w, err := newWorker(c, engine, record, p.log)
	if err != nil {
		return err
	}
	w.OnResumed(p.tellResumed)
	server, err := newServer(p.ctx, c, engine, record, p.log, ready)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	// The worker ends after HTTP does, so that acts in flight are finished.
	workerCtx, stopWorker := context.WithCancel(context.WithoutCancel(p.ctx))
	defer stopWorker()
	group, ctx := errgroup.WithContext(p.ctx)
	group.Go(func() error { return w.Run(workerCtx) })
	group.Go(func() error {
		defer stopWorker()
		return serveHTTP(ctx, server, listener)
	})
	group.Go(func() error {
		if err := play(ctx, "http://"+listener.Addr().String()); err != nil {
			return err
		}
		return greet(p, c, listener.Addr().String(), record)
	})
	return group.Wait()
}

// serveHTTP answers until the context ends, then lets running requests finish.
func serveHTTP(ctx context.Context, server *api.Server, listener net.Listener) error {
	httpServer := &http.Server{
		Handler: server.Handler(), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 60 * time.Second, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 64 << 10,
	}
	httpServer.RegisterOnShutdown(server.Stop)
	group, groupCtx := errgroup.WithContext(ctx)
	group.Go(func() error { return server.Run(groupCtx) })
	group.Go(func() error {
		if err := httpServer.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	})
	group.Go(func() error {
		<-groupCtx.Done()
		ending, cancel := context.WithTimeout(context.WithoutCancel(groupCtx), 25*time.Second)
		defer cancel()
		return httpServer.Shutdown(ending)
	})
	return group.Wait()
}

// greet says where to click and, in a demo, who may log in.
func greet(p *process, c config.Config, address string, record *store.Store) error {
	fmt.Fprintf(p.out, "\ndatagov %s 已启动：http://%s\n数据目录：%s\n", version, address, c.Data)
	d, err := record.District(p.ctx)
	if err != nil {
		fmt.Fprintln(p.out, "业务库还没有设置，请运行 datagov setup（或者用 --demo 试用演示数据）。")
		return nil
	}
	if !d.Demo {
		return nil
	}
	fmt.Fprintf(p.out, "\n%s为演示数据。演示账号（口令均为 %s）：\n", d.Name, demo.Password)
	for _, a := range []struct{ usernames, who string }{
		{"civil、civil-head、civil-deputy", "区民政局经办、负责人、副职负责人（申请机构）"},
		{"health、health-head", "区卫生健康委经办、负责人（提供机构）"},
		{"commission、commission-head", "区信息委经办、负责人（会同审核牵头）"},
		{"datacenter", "区大数据中心"},
		{"supervisor", "监督人员"},
		{"auditor", "审计人员（可查看全部事项）"},
		{"admin", "系统管理员（不参与任何事项）"},
	} {
		fmt.Fprintf(p.out, "  %-36s %s\n", a.usernames, a.who)
	}
	return nil
}
