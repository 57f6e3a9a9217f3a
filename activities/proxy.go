package activities

import (
	"context"

	"datagov/domain/agency"
	"datagov/domain/audit"
	"datagov/domain/law"
	"datagov/store"
)

// proxyBatch is how many proxies are ended in one go.
const proxyBatch = 100

// EndProxies notes the proxies whose time is over, each with its event.
func EndProxies(ctx context.Context, w *Casework) error {
	at := w.at()
	rows, err := w.Store.OverProxies(ctx, at, proxyBatch)
	if err != nil {
		return err
	}
	for _, p := range rows {
		err := w.Store.Tx(ctx, func(ctx context.Context, tx store.Tx) error {
			ended, err := tx.EndProxy(ctx, p.ID, "", "到期", at)
			if err != nil || !ended {
				return err
			}
			return tx.AppendEvents(ctx, []audit.Event{{
				Stream: "proxy/" + p.ID, Name: "proxy.ended", At: at, Actor: agency.SystemActor("clock"),
				Citation: law.Measure("39"), Detail: "代理到期，自动终止", Body: "{}",
			}})
		})
		if err != nil {
			return err
		}
	}
	return nil
}
