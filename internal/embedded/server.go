//go:build !noembed

package embedded

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"

	"go.temporal.io/sdk/client"
	"go.temporal.io/server/temporal"
)

// Server is a running engine. Stop it after the worker and its client.
type Server struct {
	server   temporal.Server
	address  string
	logger   *slog.Logger
	lock     *fileLock
	stop     sync.Once
	stopping *atomic.Bool
}

// Start runs the engine and returns when it answers and has everything the
// cases need. A failed Start leaves nothing running.
func Start(ctx context.Context, options Options) (*Server, error) {
	options = options.withDefaults()
	if options.File == "" {
		return nil, errors.New("start embedded engine: no file named")
	}
	lock, err := lockFile(options.File + ".lock")
	if err != nil {
		return nil, fmt.Errorf("start embedded engine: %w", err)
	}
	s, err := launch(options)
	if err != nil {
		lock.release()
		return nil, fmt.Errorf("start embedded engine on %s: %w", options.File, err)
	}
	s.lock = lock
	if err := s.ensure(ctx, options); err != nil {
		s.Stop()
		return nil, fmt.Errorf("prepare embedded engine on %s: %w", options.File, err)
	}
	return s, nil
}

// launch makes the file where there is none and starts the services on it.
func launch(options Options) (*Server, error) {
	if err := ensureFile(options.File); err != nil {
		return nil, err
	}
	ports, err := freePorts(len(services))
	if err != nil {
		return nil, err
	}
	cfg := serverConfig(options.File, ports)
	if err := ensureNamespace(cfg, options); err != nil {
		return nil, err
	}
	var stopping atomic.Bool
	server, err := temporal.NewServer(
		temporal.WithConfig(cfg),
		temporal.ForServices(temporal.DefaultServices),
		temporal.WithStaticHosts(hosts(ports)),
		temporal.WithLogger(newLogger(options.Logger, &stopping)),
	)
	if err != nil {
		return nil, fmt.Errorf("assemble: %w", err)
	}
	if err := server.Start(); err != nil {
		return nil, errors.Join(fmt.Errorf("start services: %w", err), server.Stop())
	}
	return &Server{
		server: server, address: address(ports[0]), logger: options.Logger, stopping: &stopping,
	}, nil
}

// ensure waits until the engine answers and brings the namespace up to date.
func (s *Server) ensure(ctx context.Context, options Options) error {
	c, err := client.DialContext(ctx, client.Options{
		HostPort: s.address, Namespace: options.Namespace, Logger: options.Logger,
	})
	if err != nil {
		return fmt.Errorf("dial %s: %w", s.address, err)
	}
	defer c.Close()
	if err := ensureRetention(ctx, c, options); err != nil {
		return err
	}
	return ensureSearchAttributes(ctx, c, options.Namespace)
}

// Address is the host and port at which SDK clients reach the engine.
func (s *Server) Address() string { return s.address }

// Stop ends the services in order and may be called more than once. What cases
// were waiting for stays in the file.
func (s *Server) Stop() {
	s.stop.Do(func() {
		s.stopping.Store(true)
		if err := s.server.Stop(); err != nil {
			s.logger.Error("embedded engine did not stop cleanly", slog.Any("error", err))
		}
		s.lock.release()
	})
}
