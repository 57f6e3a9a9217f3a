package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"datagov/domain/agency"
	"datagov/domain/catalog"
	"datagov/domain/law"
	"datagov/domain/sharing"
	"datagov/domain/workday"
)

// CatalogEntry is one row of the catalog with its provider's name.
type CatalogEntry struct {
	bun.BaseModel `bun:"table:catalog_entry"`

	ID          string    `bun:"id,pk"`
	Version     int64     `bun:"version"`
	Code        string    `bun:"code"`
	Name        string    `bun:"name"`
	Summary     string    `bun:"summary"`
	AgencyID    string    `bun:"agency_id"`
	Sharing     string    `bun:"sharing"`
	Open        string    `bun:"open"`
	Level       string    `bun:"level"`
	UpdateCycle string    `bun:"update_cycle"`
	Format      string    `bun:"format"`
	Reason      string    `bun:"reason"`
	Grounds     string    `bun:"grounds"`
	Secrecy     string    `bun:"secrecy"`
	UpdatedAt   time.Time `bun:"updated_at"`

	AgencyName string `bun:"agency_name,scanonly"`
	AgencyKind string `bun:"agency_kind,scanonly"`
	ItemCount  int    `bun:"item_count,scanonly"`
}

// CatalogItem is one row of an entry's items.
type CatalogItem struct {
	bun.BaseModel `bun:"table:catalog_item"`

	ID       string `bun:"id,pk"`
	EntryID  string `bun:"entry_id"`
	Position int    `bun:"position"`
	Name     string `bun:"name"`
	DataType string `bun:"data_type"`
	Level    string `bun:"level"`
	Sharing  string `bun:"sharing"`
	Reason   string `bun:"reason"`
	Grounds  string `bun:"grounds"`
}

// Scenario is one row of the application scenarios. Article 27.
type Scenario struct {
	bun.BaseModel `bun:"table:scenario"`

	ID          string `bun:"id,pk"`
	Version     int64  `bun:"version"`
	Name        string `bun:"name"`
	Domain      string `bun:"domain"`
	Application string `bun:"application"`
	Purpose     string `bun:"purpose"`
	EntryID     string `bun:"entry_id"`
	Items       string `bun:"items"`
	Agencies    string `bun:"agencies"`
	Active      bool   `bun:"active"`
	Until       string `bun:"until"`
}

// Claims decodes a column of grounds.
func Claims(text string) ([]law.Claim, error) { return decode[law.Claim](text) }

// EncodeClaims writes grounds as a column.
func EncodeClaims(claims []law.Claim) string { return encode(claims) }

// EncodeStrings writes a list of strings as a column.
func EncodeStrings(list []string) string { return encode(list) }

// Strings decodes a column of strings.
func Strings(text string) ([]string, error) { return decode[string](text) }

// Rules turns the row into what the rules of sharing need.
func (s Scenario) Rules() (sharing.Scenario, error) {
	items, err := decode[string](s.Items)
	if err != nil {
		return sharing.Scenario{}, err
	}
	agencies, err := decode[agency.ID](s.Agencies)
	return sharing.Scenario{
		ID: s.ID, Version: s.Version, Name: s.Name, Purpose: s.Purpose, EntryID: s.EntryID,
		Items: items, Agencies: agencies, Active: s.Active, Until: workday.Day(s.Until),
	}, err
}

// EntryFilter narrows a list of entries. Before is the last row already seen.
type EntryFilter struct {
	Query    string
	Agency   string
	Sharing  string
	BeforeAt time.Time
	BeforeID string
	Limit    int
}

// CatalogEntries lists entries, newest first.
func (r Reader) CatalogEntries(ctx context.Context, f EntryFilter) ([]CatalogEntry, error) {
	rows := []CatalogEntry{}
	q := r.entries(&rows)
	for _, word := range strings.Fields(f.Query) {
		like := "%" + likeEscaper.Replace(strings.ToLower(word)) + "%"
		q = q.Where("(lower(catalog_entry.name) LIKE ? ESCAPE '!' OR lower(catalog_entry.code) LIKE ? ESCAPE '!'"+
			" OR lower(catalog_entry.summary) LIKE ? ESCAPE '!' OR lower(a.name) LIKE ? ESCAPE '!'"+
			" OR EXISTS (SELECT 1 FROM catalog_item i WHERE i.entry_id = catalog_entry.id AND lower(i.name) LIKE ? ESCAPE '!'))",
			like, like, like, like, like)
	}
	if f.Agency != "" {
		q = q.Where("catalog_entry.agency_id = ?", f.Agency)
	}
	if f.Sharing != "" {
		q = q.Where("catalog_entry.sharing = ?", f.Sharing)
	}
	if f.BeforeID != "" {
		q = q.Where("(catalog_entry.updated_at, catalog_entry.id) < (?, ?)", instant(f.BeforeAt), f.BeforeID)
	}
	if err := q.OrderExpr("catalog_entry.updated_at DESC, catalog_entry.id DESC").Limit(int64(f.Limit)).Scan(ctx); err != nil {
		return nil, fmt.Errorf("list catalog entries: %w", err)
	}
	return rows, nil
}

// likeEscaper keeps what people type from being read as a pattern.
var likeEscaper = strings.NewReplacer("!", "!!", "%", "!%", "_", "!_")

func (r Reader) entries(model any) *bun.SelectQuery {
	return r.db.NewSelect().Model(model).ColumnExpr("catalog_entry.*").
		ColumnExpr("a.name AS agency_name, a.kind AS agency_kind").
		ColumnExpr("(SELECT count(*) FROM catalog_item i WHERE i.entry_id = catalog_entry.id) AS item_count").
		Join("JOIN agency AS a ON a.id = catalog_entry.agency_id")
}

// CatalogEntry reads one entry; NotFound when unknown.
func (r Reader) CatalogEntry(ctx context.Context, id string) (CatalogEntry, error) {
	var row CatalogEntry
	if err := r.entries(&row).Where("catalog_entry.id = ?", id).Scan(ctx); err != nil {
		return CatalogEntry{}, found(err, "目录条目")
	}
	return row, nil
}

// CatalogItems reads the items of an entry in their order.
func (r Reader) CatalogItems(ctx context.Context, entryID string) ([]CatalogItem, error) {
	rows := []CatalogItem{}
	if err := r.db.NewSelect().Model(&rows).Where("entry_id = ?", entryID).Order("position").Scan(ctx); err != nil {
		return nil, fmt.Errorf("read catalog items: %w", err)
	}
	return rows, nil
}

// Entry reads an entry with its items as the rules see it; NotFound when unknown.
func (r Reader) Entry(ctx context.Context, id string) (catalog.Entry, error) {
	row, err := r.CatalogEntry(ctx, id)
	if err != nil {
		return catalog.Entry{}, err
	}
	items, err := r.CatalogItems(ctx, id)
	if err != nil {
		return catalog.Entry{}, err
	}
	grounds, err := Claims(row.Grounds)
	if err != nil {
		return catalog.Entry{}, err
	}
	e := catalog.Entry{
		ID: row.ID, Version: row.Version, Code: row.Code, Name: row.Name, Sharing: catalog.Sharing(row.Sharing),
		Reason: row.Reason, Grounds: grounds,
		Provider: agency.Agency{ID: agency.ID(row.AgencyID), Name: row.AgencyName, Kind: agency.Kind(row.AgencyKind)},
	}
	for _, i := range items {
		claims, err := Claims(i.Grounds)
		if err != nil {
			return catalog.Entry{}, err
		}
		e.Items = append(e.Items, catalog.Item{
			ID: i.ID, Name: i.Name, Level: i.Level, Sharing: catalog.Sharing(i.Sharing), Reason: i.Reason, Grounds: claims,
		})
	}
	return e, nil
}

// Scenario reads one scenario; NotFound when unknown.
func (r Reader) Scenario(ctx context.Context, id string) (Scenario, error) {
	var row Scenario
	if err := r.db.NewSelect().Model(&row).Where("id = ?", id).Scan(ctx); err != nil {
		return Scenario{}, found(err, "应用场景")
	}
	return row, nil
}

// ScenariosOf lists the active scenarios of an entry.
func (r Reader) ScenariosOf(ctx context.Context, entryID string) ([]Scenario, error) {
	rows := []Scenario{}
	if err := r.db.NewSelect().Model(&rows).Where("entry_id = ?", entryID).Where("active").Order("id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("read scenarios: %w", err)
	}
	return rows, nil
}

// InsertEntry adds an entry with its items.
func (tx Tx) InsertEntry(ctx context.Context, e CatalogEntry, items []CatalogItem) error {
	e.UpdatedAt = instant(e.UpdatedAt)
	if _, err := tx.db.NewInsert().Model(&e).Exec(ctx); err != nil {
		return fmt.Errorf("insert catalog entry: %w", err)
	}
	for chunk := range slices.Chunk(items, 100) {
		if _, err := tx.db.NewInsert().Model(&chunk).Exec(ctx); err != nil {
			return fmt.Errorf("insert catalog items: %w", err)
		}
	}
	return nil
}

// InsertScenario adds a scenario.
func (tx Tx) InsertScenario(ctx context.Context, s Scenario) error {
	if _, err := tx.db.NewInsert().Model(&s).Exec(ctx); err != nil {
		return fmt.Errorf("insert scenario: %w", err)
	}
	return nil
}
