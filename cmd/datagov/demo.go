package main

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"datagov/internal/config"
	"datagov/internal/demo"
	"datagov/internal/identity"
	"datagov/store"
)

// player plays the demo cases over the API at an address.
type player func(ctx context.Context, base string) error

// prepareDemo sets the demo district up in an empty record. It returns what
// /readyz asks besides, namely that every demo case has been played, and the
// player. A record in use, and a record without a demo, stay as they are.
func prepareDemo(p *process, c config.Config, record *store.Store) (func() error, player, error) {
	var played atomic.Bool
	ready := func() error {
		if !played.Load() {
			return errors.New("demo cases are still being played")
		}
		return nil
	}
	if !c.Demo {
		played.Store(true)
		return ready, func(context.Context, string) error { return nil }, nil
	}
	district, err := demo.Load()
	if err != nil {
		return nil, nil, err
	}
	if err := demo.Seed(p.ctx, record, district, identity.HashPassword, time.Now()); err != nil {
		return nil, nil, err
	}
	seededAt, unplayed, err := demo.Unplayed(p.ctx, record)
	if err != nil {
		return nil, nil, err
	}
	return ready, func(ctx context.Context, base string) error {
		defer played.Store(true)
		if !unplayed {
			return nil
		}
		if err := district.Play(ctx, base, seededAt); err != nil {
			return err
		}
		return demo.MarkPlayed(ctx, record, time.Now())
	}, nil
}
