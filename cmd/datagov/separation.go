package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"datagov/domain/fault"
	"datagov/domain/sharing"
	"datagov/store"
)

// errSeparation is what keeps the program from starting.
var errSeparation = errors.New("职责分离核对没有通过，系统不启动")

// proveSeparation proves that no role, proxy or appointment on record lets one
// person act on both sides of a case. A conflict stops the start and names its
// path; a record that is not set up has nobody to prove it of.
func proveSeparation(ctx context.Context, record *store.Store) error {
	district, err := record.District(ctx)
	if fault.KindOf(err) == fault.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	s := sharing.Separation{Seating: district.Seating()}
	if s.People, err = record.People(ctx); err != nil {
		return err
	}
	rows, err := record.Proxies(ctx, store.ProxyFilter{LastingAt: time.Now()})
	if err != nil {
		return err
	}
	for _, row := range rows {
		s.Proxies = append(s.Proxies, row.Rules())
	}
	if paths := s.Prove(); len(paths) > 0 {
		return fmt.Errorf("%w：\n  %s", errSeparation, strings.Join(paths, "\n  "))
	}
	return nil
}
