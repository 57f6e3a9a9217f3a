package identity

import (
	"context"

	"datagov/domain/agency"
	"datagov/domain/casework"
	"datagov/domain/fault"
	"datagov/store"
)

// ActFor makes the actor act for a principal, if a proxy between the two lasts
// now. Forbidden otherwise. What the principal may do is read again each time.
func (i *Identity) ActFor(ctx context.Context, actor agency.Actor, principal string) (agency.Actor, error) {
	rows, err := i.store.Proxies(ctx, store.ProxyFilter{Of: actor.Account, LastingAt: i.now(), Limit: 200})
	if err != nil {
		return agency.Actor{}, err
	}
	people, err := i.store.Actors(ctx, []string{principal})
	if err != nil {
		return agency.Actor{}, err
	}
	for _, row := range rows {
		if len(people) == 0 {
			break
		}
		if acting, err := casework.ActFor(actor, people[0], row.Rules(), i.now()); err == nil {
			return acting, nil
		}
	}
	return agency.Actor{}, fault.New(fault.Forbidden, "您现在没有代理此人的授权，或者代理已经结束")
}

// Principals lists the proxies under which the actor may act now.
func (i *Identity) Principals(ctx context.Context, actor agency.Actor) ([]casework.Proxy, error) {
	rows, err := i.store.Proxies(ctx, store.ProxyFilter{Of: actor.Account, LastingAt: i.now(), Limit: 200})
	lasting := []casework.Proxy{}
	for _, row := range rows {
		if p := row.Rules(); p.Account == actor.Account && p.Holds(i.now()) {
			lasting = append(lasting, p)
		}
	}
	return lasting, err
}
