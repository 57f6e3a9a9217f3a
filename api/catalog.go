package api

import (
	"context"
	"net/http"
	"slices"
	"time"

	"datagov/domain/agency"
	"datagov/domain/catalog"
	"datagov/domain/workday"
	"datagov/internal/identity"
	"datagov/store"
)

// EntrySummaryView is one line of the catalog.
type EntrySummaryView struct {
	ID        string    `json:"id"`
	Code      string    `json:"code"`
	Name      string    `json:"name"`
	Summary   string    `json:"summary"`
	Agency    refView   `json:"agency"`
	Sharing   string    `json:"sharing" doc:"unconditional、authorized、not_shared 或者 unclassified"`
	Open      string    `json:"open"`
	Level     string    `json:"level"`
	ItemCount int       `json:"itemCount"`
	UpdatedAt time.Time `json:"updatedAt"`
}

type entryItemView struct {
	ID       string       `json:"id"`
	Name     string       `json:"name"`
	DataType string       `json:"dataType"`
	Level    string       `json:"level"`
	Sharing  string       `json:"sharing"`
	Reason   string       `json:"reason"`
	Grounds  []groundView `json:"grounds" nullable:"false"`
}

type scenarioView struct {
	ID          string   `json:"id"`
	Name        string   `json:"name"`
	Domain      string   `json:"domain"`
	Purpose     string   `json:"purpose"`
	Application string   `json:"application"`
	Version     int64    `json:"version"`
	Until       string   `json:"until"`
	ItemIDs     []string `json:"itemIds" nullable:"false"`
	Eligible    bool     `json:"eligible" doc:"本机构是否在适用范围内"`
}

type entryView struct {
	EntrySummaryView
	UpdateCycle string          `json:"updateCycle"`
	Format      string          `json:"format"`
	Reason      string          `json:"reason"`
	Grounds     []groundView    `json:"grounds" nullable:"false"`
	Items       []entryItemView `json:"items" nullable:"false"`
	Scenarios   []scenarioView  `json:"scenarios" nullable:"false"`
}

func (s *Server) registerCatalog() {
	add(s, operation{
		ID: "list-entries", Method: http.MethodGet, Path: "/catalog/entries", Summary: "查询目录", Object: "catalog", Action: "read", Article: "17",
	}, s.listEntries)
	add(s, operation{
		ID: "get-entry", Method: http.MethodGet, Path: "/catalog/entries/{id}", Summary: "目录条目", Object: "catalog", Action: "read", Article: "17",
	}, s.getEntry)
}

type entriesInput struct {
	Paging
	Query   string `query:"q" maxLength:"100"`
	Agency  string `query:"agency" maxLength:"100"`
	Sharing string `query:"sharing" maxLength:"20"`
}

func (s *Server) listEntries(ctx context.Context, in *entriesInput) (*listOutput[EntrySummaryView], error) {
	after, err := in.after()
	if err != nil {
		return nil, err
	}
	rows, err := s.store.CatalogEntries(ctx, store.EntryFilter{
		Query: in.Query, Agency: in.Agency, Sharing: in.Sharing, BeforeAt: after.At, BeforeID: after.ID, Limit: in.Limit + 1,
	})
	if err != nil {
		return nil, err
	}
	rows, more := next(rows, in.Limit, func(e store.CatalogEntry) cursor { return cursor{e.UpdatedAt, e.ID} })
	views := []EntrySummaryView{}
	for _, e := range rows {
		views = append(views, entrySummary(e))
	}
	return listOf(views, more), nil
}

func entrySummary(e store.CatalogEntry) EntrySummaryView {
	return EntrySummaryView{
		ID: e.ID, Code: e.Code, Name: e.Name, Summary: e.Summary, Agency: refView{e.AgencyID, e.AgencyName},
		Sharing: e.Sharing, Open: e.Open, Level: e.Level, ItemCount: e.ItemCount, UpdatedAt: e.UpdatedAt.UTC(),
	}
}

type idInput struct {
	ID string `path:"id"`
}

type entryOutput struct{ Body entryView }

func (s *Server) getEntry(ctx context.Context, in *idInput) (*entryOutput, error) {
	if err := mustBeID(in.ID, "目录条目"); err != nil {
		return nil, err
	}
	row, err := s.store.CatalogEntry(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	items, err := s.store.CatalogItems(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	v := entryView{
		EntrySummaryView: entrySummary(row), UpdateCycle: row.UpdateCycle, Format: row.Format, Reason: row.Reason,
		Items: []entryItemView{},
	}
	if v.Grounds, err = groundsOf(row.Grounds, row.Sharing); err != nil {
		return nil, err
	}
	for _, i := range items {
		grounds, err := groundsOf(i.Grounds, i.Sharing)
		if err != nil {
			return nil, err
		}
		v.Items = append(v.Items, entryItemView{i.ID, i.Name, i.DataType, i.Level, i.Sharing, i.Reason, grounds})
	}
	v.Scenarios, err = s.scenarios(ctx, in.ID, identity.ActorOf(ctx).Agency)
	return &entryOutput{v}, err
}

// groundsOf shows the grounds of an entry or item of the given sharing type.
func groundsOf(column, kind string) ([]groundView, error) {
	claims, err := store.Claims(column)
	views := []groundView{}
	for _, c := range claims {
		views = append(views, groundOf(c, kind == string(catalog.NotShared)))
	}
	return views, err
}

func (s *Server) scenarios(ctx context.Context, entryID string, own agency.ID) ([]scenarioView, error) {
	rows, err := s.store.ScenariosOf(ctx, entryID)
	if err != nil {
		return nil, err
	}
	views := []scenarioView{}
	for _, row := range rows {
		r, err := row.Rules()
		if err != nil {
			return nil, err
		}
		if r.Until < workday.DayOf(s.Now()) {
			continue
		}
		views = append(views, scenarioView{
			ID: row.ID, Name: row.Name, Domain: row.Domain, Purpose: row.Purpose, Application: row.Application,
			Version: row.Version, Until: row.Until, ItemIDs: append([]string{}, r.Items...), Eligible: slices.Contains(r.Agencies, own),
		})
	}
	return views, nil
}
