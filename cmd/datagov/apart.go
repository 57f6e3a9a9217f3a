package main

import (
	"errors"
	"fmt"
	"net"
	"os"

	"datagov/internal/config"
	"datagov/internal/embedded"
	"datagov/migrations"
)

type engineCommand struct{}

// Run runs the built-in engine alone and prints its address.
func (engineCommand) Run(p *process, c config.Config) error {
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return fmt.Errorf("make data folder: %w", err)
	}
	engine, err := embedded.Start(p.ctx, embedded.Options{File: c.EngineFile(), Namespace: c.TemporalNamespace, Logger: p.log})
	if err != nil {
		return err
	}
	defer engine.Stop()
	fmt.Fprintf(p.out, "DATAGOV_TEMPORAL_ADDRESS=%s\n", engine.Address())
	<-p.ctx.Done()
	return nil
}

type apiCommand struct{}

// Run serves the API and the page; engine and worker run elsewhere.
func (apiCommand) Run(p *process, c config.Config) (err error) {
	address, err := external(c)
	if err != nil {
		return err
	}
	record, err := openMigrated(p.ctx, c)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, record.Close()) }()
	if err := proveSeparation(p.ctx, record); err != nil {
		return err
	}
	engine, err := dial(p.ctx, c, address, p.log)
	if err != nil {
		return err
	}
	defer engine.Close()
	server, err := newServer(p.ctx, c, engine, record, p.log, func() error { return nil })
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	fmt.Fprintf(p.out, "datagov api：http://%s\n", listener.Addr())
	return serveHTTP(p.ctx, server, listener)
}

type workerCommand struct{}

// Run carries cases; engine and API run elsewhere.
func (workerCommand) Run(p *process, c config.Config) (err error) {
	address, err := external(c)
	if err != nil {
		return err
	}
	record, err := openMigrated(p.ctx, c)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, record.Close()) }()
	if err := proveSeparation(p.ctx, record); err != nil {
		return err
	}
	engine, err := dial(p.ctx, c, address, p.log)
	if err != nil {
		return err
	}
	defer engine.Close()
	w, err := newWorker(c, engine, record, p.log)
	if err != nil {
		return err
	}
	w.OnResumed(p.tellResumed)
	fmt.Fprintln(p.out, "datagov worker 已启动")
	return w.Run(p.ctx)
}

type migrateCommand struct{}

// Run brings the record to the newest schema; running it again changes nothing.
func (migrateCommand) Run(p *process, c config.Config) (err error) {
	record, err := openRecord(c)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, record.Close()) }()
	if err := migrations.Up(p.ctx, record.DB()); err != nil {
		return err
	}
	fmt.Fprintln(p.out, "业务库已是最新版本")
	return nil
}
