package api

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"datagov/domain/agency"
	"datagov/domain/audit"
	"datagov/domain/casework"
	"datagov/domain/fault"
	"datagov/domain/law"
	"datagov/domain/workday"
	"datagov/internal/identity"
	"datagov/store"
)

type proxyView struct {
	ID        string    `json:"id"`
	Principal refView   `json:"principal"`
	Proxy     refView   `json:"proxy"`
	From      string    `json:"from"`
	Until     string    `json:"until" doc:"最后一日"`
	Reason    string    `json:"reason"`
	Status    string    `json:"status" doc:"planned、active、ended 或者 revoked"`
	EndReason string    `json:"endReason"`
	CreatedAt time.Time `json:"createdAt"`
}

func (s *Server) registerProxies() {
	add(s, operation{
		ID: "list-proxies", Method: http.MethodGet, Path: "/proxies", Summary: "AB角和代理", Object: "proxy", Action: "read", Article: "39",
	}, s.listProxies)
	add(s, operation{
		ID: "list-proxy-candidates", Method: http.MethodGet, Path: "/proxies/candidates", Summary: "可以代理的同事",
		Object: "proxy", Action: "read", Article: "39",
	}, s.listProxyCandidates)
	add(s, operation{
		ID: "entrust-proxy", Method: http.MethodPost, Path: "/proxies", Summary: "委托代理", Object: "proxy", Action: "entrust", Article: "39",
		Status: http.StatusCreated,
	}, s.entrustProxy)
	add(s, operation{
		ID: "revoke-proxy", Method: http.MethodPost, Path: "/proxies/{id}/revoke", Summary: "撤销代理", Object: "proxy", Action: "entrust", Article: "39",
		Status: http.StatusOK,
	}, s.revokeProxy)
}

type proxiesOutput struct {
	Body struct {
		Items []proxyView `json:"items" nullable:"false"`
	}
}

// listProxies lists the proxies that the caller gave or holds, newest first.
func (s *Server) listProxies(ctx context.Context, _ *struct{}) (*proxiesOutput, error) {
	rows, err := s.store.Proxies(ctx, store.ProxyFilter{Of: identity.ActorOf(ctx).Account, Limit: 200})
	if err != nil {
		return nil, err
	}
	out := &proxiesOutput{}
	out.Body.Items, err = s.proxyViews(ctx, rows)
	return out, err
}

func (s *Server) proxyViews(ctx context.Context, rows []store.Proxy) ([]proxyView, error) {
	ids := []string{}
	for _, p := range rows {
		ids = append(ids, p.PrincipalID, p.ProxyID)
	}
	names, err := s.store.AccountNames(ctx, ids)
	if err != nil {
		return nil, err
	}
	views := []proxyView{}
	for _, p := range rows {
		views = append(views, proxyView{
			ID: p.ID, Principal: refView{p.PrincipalID, names[p.PrincipalID]}, Proxy: refView{p.ProxyID, names[p.ProxyID]},
			From: string(workday.DayOf(p.FromAt)), Until: string(workday.DayOf(p.UntilAt.Add(-time.Second))), Reason: p.Reason,
			Status: proxyStatus(p, s.Now()), EndReason: p.EndReason, CreatedAt: p.CreatedAt.UTC(),
		})
	}
	return views, nil
}

func proxyStatus(p store.Proxy, now time.Time) string {
	switch {
	case p.EndedBy != "":
		return "revoked"
	case !p.EndedAt.IsZero() || !now.Before(p.UntilAt):
		return "ended"
	case now.Before(p.FromAt):
		return "planned"
	}
	return "active"
}

// listProxyCandidates lists colleagues of the own agency.
func (s *Server) listProxyCandidates(ctx context.Context, _ *struct{}) (*candidatesOutput, error) {
	actor := identity.ActorOf(ctx)
	people, err := s.store.Colleagues(ctx, actor.Agency)
	if err != nil {
		return nil, err
	}
	others := []agency.Actor{}
	for _, p := range people {
		if p.Account != actor.Account {
			others = append(others, p)
		}
	}
	out := &candidatesOutput{}
	out.Body.Items, err = s.personViews(ctx, others[:min(len(others), 500)])
	return out, err
}

type entrustInput struct {
	Body struct {
		ProxyID string `json:"proxyId" minLength:"1" maxLength:"64"`
		From    string `json:"from" maxLength:"10" doc:"YYYY-MM-DD"`
		Until   string `json:"until" maxLength:"10" doc:"最后一日，YYYY-MM-DD"`
		Reason  string `json:"reason" maxLength:"500"`
	}
}

type proxyOutput struct{ Body proxyView }

// entrustProxy lets a colleague act for the caller from a day to a day.
func (s *Server) entrustProxy(ctx context.Context, in *entrustInput) (*proxyOutput, error) {
	actor, now := identity.ActorOf(ctx), s.Now()
	if blank(in.Body.Reason) || !keepable(in.Body.Reason) {
		return nil, fault.Form("/reason", "请写明代理的原因")
	}
	from, until, err := casework.Span(in.Body.From, in.Body.Until, workday.DayOf(now))
	if err != nil {
		return nil, err
	}
	row := store.Proxy{
		ID: uuid.Must(uuid.NewV7()).String(), AgencyID: string(actor.Agency), PrincipalID: actor.Account, ProxyID: in.Body.ProxyID,
		FromAt: from, UntilAt: until, Reason: in.Body.Reason, CreatedAt: now, CreatedBy: actor.Account,
	}
	err = s.store.Tx(ctx, func(ctx context.Context, tx store.Tx) error {
		return entrust(ctx, tx, actor, row)
	})
	if err != nil {
		return nil, err
	}
	views, err := s.proxyViews(ctx, []store.Proxy{row})
	if err != nil {
		return nil, err
	}
	return &proxyOutput{views[0]}, nil
}

func entrust(ctx context.Context, tx store.Tx, actor agency.Actor, row store.Proxy) error {
	colleague, err := tx.Actors(ctx, []string{row.ProxyID})
	if err != nil {
		return err
	}
	if len(colleague) == 0 {
		return fault.Form("/proxyId", "所选人员不存在或者已停用")
	}
	rows, err := tx.Proxies(ctx, store.ProxyFilter{LastingAt: row.CreatedAt})
	if err != nil {
		return err
	}
	lasting := []casework.Proxy{}
	for _, p := range rows {
		lasting = append(lasting, p.Rules())
	}
	if err := casework.MayEntrust(actor, colleague[0], row.Rules(), lasting); err != nil {
		return err
	}
	if err := tx.InsertProxy(ctx, row); err != nil {
		return err
	}
	return tx.AppendEvents(ctx, []audit.Event{proxyEvent(row.ID, "entrusted", "委托同事代理："+row.Reason, actor, row.CreatedAt)})
}

func proxyEvent(id, name, detail string, by agency.Actor, at time.Time) audit.Event {
	return audit.Event{
		Stream: "proxy/" + id, Name: "proxy." + name, At: at, Citation: law.Measure("39"), Detail: detail, Body: "{}",
		Actor: agency.Actor{Kind: by.Kind, Account: by.Account, Agency: by.Agency, Principal: by.Principal},
	}
}

type revokeInput struct {
	ID   string `path:"id"`
	Body struct {
		Reason string `json:"reason" maxLength:"500"`
	}
}

// revokeProxy ends a proxy that the caller gave; acts done under it stand.
func (s *Server) revokeProxy(ctx context.Context, in *revokeInput) (*proxyOutput, error) {
	if err := mustBeID(in.ID, "这项代理"); err != nil {
		return nil, err
	}
	actor, now := identity.ActorOf(ctx), s.Now()
	if blank(in.Body.Reason) || !keepable(in.Body.Reason) {
		return nil, fault.Form("/reason", "请写明撤销的原因")
	}
	err := s.store.Tx(ctx, func(ctx context.Context, tx store.Tx) error {
		p, err := tx.Proxy(ctx, in.ID)
		if err != nil {
			return err
		}
		if p.PrincipalID != actor.Account {
			return fault.New(fault.NotFound, "没有找到这项代理")
		}
		ended, err := tx.EndProxy(ctx, p.ID, actor.Account, in.Body.Reason, now)
		if err != nil || !ended {
			return firstOf(err, fault.New(fault.Conflict, "这项代理已经结束"))
		}
		return tx.AppendEvents(ctx, []audit.Event{proxyEvent(p.ID, "revoked", "撤销代理："+in.Body.Reason, actor, now)})
	})
	if err != nil {
		return nil, err
	}
	p, err := s.store.Proxy(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	views, err := s.proxyViews(ctx, []store.Proxy{p})
	if err != nil {
		return nil, err
	}
	return &proxyOutput{views[0]}, nil
}
