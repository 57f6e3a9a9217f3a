package api

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"datagov/domain/agency"
	"datagov/domain/audit"
	"datagov/domain/law"
	"datagov/internal/identity"
	"datagov/store"
)

// change is a change that is no move of a case, such as a setting: its event
// has a stream of its own. Detail and body carry no personal data. Article 39.
type change struct {
	stream, name, detail string
	body                 map[string]any
}

// record makes the change and its event in one transaction, in the caller's name.
func (s *Server) record(ctx context.Context, c change, do func(ctx context.Context, tx store.Tx, by string, at time.Time) error) error {
	if c.body == nil {
		c.body = map[string]any{}
	}
	body, err := json.Marshal(c.body)
	if err != nil {
		return fmt.Errorf("write event body: %w", err)
	}
	by, at := identity.ActorOf(ctx), s.Now().UTC().Truncate(time.Microsecond)
	return s.store.Tx(ctx, func(ctx context.Context, tx store.Tx) error {
		if err := do(ctx, tx, by.Account, at); err != nil {
			return err
		}
		return tx.AppendEvents(ctx, []audit.Event{{
			Stream: c.stream, Name: c.name, At: at, Actor: agency.Actor{Kind: by.Kind, Account: by.Account, Agency: by.Agency, Principal: by.Principal},
			Citation: law.Measure("39"), Detail: c.detail, Body: string(body),
		}})
	})
}
