package api

import (
	"context"
	"net/http"
	"slices"
	"time"

	"datagov/domain/casework"
	"datagov/internal/identity"
	"datagov/store"
)

type grantView struct {
	ID         string               `json:"id"`
	Entry      refView              `json:"entry"`
	Agency     refView              `json:"agency"`
	Provider   refView              `json:"provider"`
	ItemIDs    []string             `json:"itemIds" nullable:"false"`
	Items      []refView            `json:"items" nullable:"false"`
	Basis      string               `json:"basis" doc:"unconditional、scenario 或者 review"`
	Scenario   *versionRefView      `json:"scenario"`
	Status     string               `json:"status"`
	Mode       string               `json:"mode"`
	System     string               `json:"system"`
	Purpose    string               `json:"purpose"`
	Conditions []casework.Condition `json:"conditions" nullable:"false"`
	From       *time.Time           `json:"from"`
	Until      string               `json:"until"`
	RequestID  string               `json:"requestId"`
	GrantedAt  time.Time            `json:"grantedAt"`
	SupplyDue  *time.Time           `json:"supplyDueAt" doc:"应当完成提供的时间"`
}

func (s *Server) registerGrants() {
	add(s, operation{
		ID: "list-grants", Method: http.MethodGet, Path: "/grants", Summary: "授权列表", Object: "grant", Action: "read", Article: "26",
	}, s.listGrants)
}

type grantsInput struct {
	Paging
	EntryID  string `query:"entryId" maxLength:"64"`
	AgencyID string `query:"agencyId" maxLength:"64"`
}

// listGrants lists the grants that the actor's agency holds or provides, or
// all of them for whoever may read every grant.
func (s *Server) listGrants(ctx context.Context, in *grantsInput) (*listOutput[grantView], error) {
	after, err := in.after()
	if err != nil {
		return nil, err
	}
	actor := identity.ActorOf(ctx)
	filter := store.GrantFilter{EntryID: in.EntryID, AgencyID: in.AgencyID, BeforeAt: after.At, BeforeID: after.ID, Limit: in.Limit + 1}
	all, err := s.rbac.Allow(actor, "grant", "read-all")
	if err != nil {
		return nil, err
	}
	if !all {
		filter.Party = string(actor.Agency)
	}
	rows, err := s.store.Grants(ctx, filter)
	if err != nil {
		return nil, err
	}
	rows, more := next(rows, in.Limit, func(g store.Grant) cursor { return cursor{g.GrantedAt, g.ID} })
	views, err := s.grantViews(ctx, rows)
	return listOf(views, more), err
}

func (s *Server) grantViews(ctx context.Context, rows []store.Grant) ([]grantView, error) {
	agencies, entries, items := []string{}, []string{}, map[string][]string{}
	wanted := []string{}
	for _, g := range rows {
		agencies, entries = append(agencies, g.AgencyID, g.ProviderID), append(entries, g.EntryID)
		ids, err := store.Strings(g.Items)
		if err != nil {
			return nil, err
		}
		items[g.ID], wanted = ids, append(wanted, ids...)
	}
	slices.Sort(wanted)
	names, err := s.store.GrantNames(ctx, agencies, entries, slices.Compact(wanted))
	if err != nil {
		return nil, err
	}
	views := []grantView{}
	for _, g := range rows {
		v, err := grantOf(g, items[g.ID], names)
		if err != nil {
			return nil, err
		}
		views = append(views, v)
	}
	return views, nil
}

func grantOf(g store.Grant, items []string, names map[string]string) (grantView, error) {
	conditions, err := store.Conditions(g.Conditions)
	v := grantView{
		ID: g.ID, Entry: refView{g.EntryID, names[g.EntryID]}, Agency: refView{g.AgencyID, names[g.AgencyID]},
		Provider: refView{g.ProviderID, names[g.ProviderID]}, ItemIDs: items, Items: []refView{}, Basis: g.Path, Status: g.Status,
		Mode: g.Mode, System: g.System, Purpose: g.Purpose, Conditions: conditions, From: moment(g.FromAt), Until: g.Until,
		RequestID: g.RequestID, GrantedAt: g.GrantedAt.UTC(), SupplyDue: moment(g.ProvisionDueAt),
	}
	for _, id := range items {
		v.Items = append(v.Items, refView{id, names[id]})
	}
	if g.ScenarioID != "" {
		v.Scenario = &versionRefView{g.ScenarioID, names[g.ScenarioID], g.ScenarioVersion}
	}
	return v, err
}
