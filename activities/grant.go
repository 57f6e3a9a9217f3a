package activities

import (
	"context"
	"time"

	"datagov/domain/agency"
	"datagov/domain/audit"
	"datagov/domain/law"
	"datagov/domain/sharing"
	"datagov/domain/workday"
	"datagov/store"
)

// Grants are the effects of a grant's life: provisioning and expiry.
type Grants struct{ *Casework }

// GrantState is what the grant's workflow needs to know.
type GrantState struct {
	ID     string              `json:"id"`
	Status sharing.GrantStatus `json:"status"`
	// EndsAt is 00:00 of the day after the last day of use.
	EndsAt time.Time `json:"endsAt"`
}

// Activate opens the access right in the register that the exchange platform
// follows; a grant that is active already stays as it is. Article 26(2); TL 22.
func (a *Grants) Activate(ctx context.Context, id string) (GrantState, error) {
	return a.move(ctx, id, sharing.Provisioning, sharing.Active, "activated", law.Regulation("22"), "授权生效，可以调用")
}

// Expire ends an access right whose term is over. It is the only way a grant
// ends without a person: TL 27 forbids ending one without cause.
func (a *Grants) Expire(ctx context.Context, id string) (GrantState, error) {
	return a.move(ctx, id, sharing.Active, sharing.Expired, "expired", law.Regulation("20"), "使用期限届满，授权终止")
}

func (a *Grants) move(ctx context.Context, id string, from, to sharing.GrantStatus, name string, citation law.Citation, words string) (GrantState, error) {
	var g store.Grant
	err := a.Store.Tx(ctx, func(ctx context.Context, tx store.Tx) (err error) {
		if g, err = tx.Grant(ctx, id); err != nil || g.Status != string(from) {
			return err
		}
		request, err := tx.Parties(ctx, g.RequestID)
		if err != nil {
			return err
		}
		at, since := a.at(), g.FromAt
		if to == sharing.Active {
			since = at
		}
		if err := tx.MoveGrant(ctx, g, string(to), since); err != nil {
			return err
		}
		g.Status = string(to)
		return tx.AppendEvents(ctx, []audit.Event{{
			Stream: "grant/" + g.ID, Name: "grant." + name, At: at, Actor: agency.SystemActor("clock"),
			Citation: citation, RuleVersion: request.Rules, Detail: words, Body: `{"request":"` + g.RequestID + `"}`,
		}})
	})
	return GrantState{ID: id, Status: sharing.GrantStatus(g.Status), EndsAt: workday.Day(g.Until).Next().Start().UTC()}, settle(err)
}
