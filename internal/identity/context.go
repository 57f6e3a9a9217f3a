package identity

import (
	"context"

	"datagov/domain/agency"
	"datagov/store"
)

// Person is who sent the request: the actor of every change it makes, and the
// account it is shown as.
type Person struct {
	Actor   agency.Actor
	Account store.Account
}

type personKey struct{}

// WithActor puts the person into the context of the request.
func WithActor(ctx context.Context, p Person) context.Context {
	return context.WithValue(ctx, personKey{}, p)
}

// PersonOf is the person of the request, the zero one when nobody is logged in.
func PersonOf(ctx context.Context) Person {
	p, _ := ctx.Value(personKey{}).(Person)
	return p
}

// ActorOf is the actor of the request, the zero one when nobody is logged in.
// The zero actor is no human and may do nothing.
func ActorOf(ctx context.Context) agency.Actor { return PersonOf(ctx).Actor }
