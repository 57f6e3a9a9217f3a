package api

import (
	"context"

	"datagov/domain/agency"
	"datagov/domain/audit"
	"datagov/store"
)

// attempts is how often a change is tried again when another writer was faster.
const attempts = 5

// retried runs a change that moves no case, again when it came too late.
func (s *Server) retried(ctx context.Context, change func(ctx context.Context, tx store.Tx) error) (err error) {
	for range attempts {
		if err = s.store.Tx(ctx, change); !store.IsStale(err) {
			return err
		}
	}
	return err
}

// tell appends the event of a change that a person made, in its transaction.
func tell(ctx context.Context, tx store.Tx, e audit.Event, by agency.Actor) error {
	e.Actor = agency.Actor{Kind: by.Kind, Account: by.Account, Agency: by.Agency, Principal: by.Principal}
	return tx.AppendEvents(ctx, []audit.Event{e})
}
