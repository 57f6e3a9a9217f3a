package activities

import (
	"context"
	"time"

	"datagov/domain/agency"
	"datagov/domain/audit"
	"datagov/domain/casework"
	"datagov/domain/fault"
	"datagov/domain/law"
	"datagov/store"
)

// mayStandIn asks the record, inside the transaction of an act, whether the
// actor may still act for his principal: what was revoked meanwhile is over.
func mayStandIn(ctx context.Context, tx store.Tx, actor agency.Actor, at time.Time) error {
	if actor.Principal == "" {
		return nil
	}
	rows, err := tx.Proxies(ctx, store.ProxyFilter{Of: actor.Account, LastingAt: at})
	if err != nil {
		return err
	}
	people, err := tx.Actors(ctx, []string{actor.Account, actor.Principal})
	if err != nil {
		return err
	}
	for _, row := range rows {
		if len(people) != 2 {
			break
		}
		if _, err := casework.ActFor(people[0], people[1], row.Rules(), at); err == nil {
			return nil
		}
	}
	return fault.New(fault.Forbidden, "代理已经结束，不能再代为办理")
}

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
