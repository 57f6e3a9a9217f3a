package store

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"datagov/domain/deadline"
	"datagov/domain/fault"
	"datagov/domain/law"
	"datagov/domain/workday"
)

type termRow struct {
	bun.BaseModel `bun:"table:term"`

	Pack        string `bun:"pack,pk"`
	Code        string `bun:"code,pk"`
	Scope       string `bun:"scope,pk"`
	Title       string `bun:"title"`
	Value       int    `bun:"value"`
	Unit        string `bun:"unit"`
	Basis       string `bun:"basis"`
	Source      string `bun:"source"`
	Edition     string `bun:"edition"`
	Article     string `bun:"article"`
	InForceFrom string `bun:"in_force_from,pk"`
	Note        string `bun:"note"`
}

type itemRow struct {
	bun.BaseModel `bun:"table:rule_item"`

	Pack        string `bun:"pack,pk"`
	Kind        string `bun:"kind,pk"`
	Code        string `bun:"code,pk"`
	Title       string `bun:"title"`
	Body        string `bun:"body"`
	Basis       string `bun:"basis"`
	Source      string `bun:"source"`
	Edition     string `bun:"edition"`
	Article     string `bun:"article"`
	InForceFrom string `bun:"in_force_from,pk"`
}

// RulePack is the head of one version of the rules.
type RulePack struct {
	bun.BaseModel `bun:"table:rule_pack"`

	Version   string `bun:"version,pk"`
	AdoptedOn string `bun:"adopted_on"`
	Note      string `bun:"note"`
	Test      bool   `bun:"test"`
}

// PackVersion is the newest adopted rule pack that is no test pack.
func (r Reader) PackVersion(ctx context.Context, on workday.Day) (string, error) {
	var version string
	err := r.db.NewRaw("SELECT version FROM rule_pack WHERE NOT test AND adopted_on <= ? ORDER BY adopted_on DESC, version DESC LIMIT 1",
		string(on)).Scan(ctx, &version)
	if err != nil {
		return "", found(err, "规则包")
	}
	return version, nil
}

// Pack reads one version of the terms together with the calendar.
func (r Reader) Pack(ctx context.Context, version string) (deadline.Pack, error) {
	calendar, err := r.Calendar(ctx)
	if err != nil {
		return deadline.Pack{}, err
	}
	var rows []termRow
	if err := r.db.NewSelect().Model(&rows).Where("pack = ?", version).Order("code", "scope", "in_force_from").Scan(ctx); err != nil {
		return deadline.Pack{}, fmt.Errorf("read terms: %w", err)
	}
	if len(rows) == 0 {
		return deadline.Pack{}, fmt.Errorf("read rule pack %s: no terms", version)
	}
	pack := deadline.Pack{Version: version, Calendar: calendar}
	for _, t := range rows {
		pack.Terms = append(pack.Terms, deadline.ScopedTerm{
			Scope: deadline.Scope(t.Scope),
			Term: deadline.Term{
				Code: t.Code, Title: t.Title, Value: t.Value, Unit: deadline.Unit(t.Unit), Basis: deadline.Basis(t.Basis),
				Source: t.Source, Citation: law.Citation{Edition: t.Edition, Article: t.Article}, InForceFrom: workday.Day(t.InForceFrom), Note: t.Note,
			},
		})
	}
	pack.Items, err = r.RuleItems(ctx, version, "")
	return pack, err
}

// RulePacks lists the adopted packs, newest first; test packs are left out.
func (r Reader) RulePacks(ctx context.Context, limit int) ([]RulePack, error) {
	rows := []RulePack{}
	err := r.db.NewSelect().Model(&rows).Where("NOT test").Order("adopted_on DESC", "version DESC").Limit(int64(limit)).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("list rule packs: %w", err)
	}
	return rows, nil
}

// RulePack reads the head of a pack; NotFound when unknown or for tests only.
func (r Reader) RulePack(ctx context.Context, version string) (RulePack, error) {
	var row RulePack
	err := r.db.NewSelect().Model(&row).Where("version = ?", version).Where("NOT test").Scan(ctx)
	return row, found(err, "规则包")
}

// MayApplyPack refuses a pack that is unknown or not adopted yet.
func (r Reader) MayApplyPack(ctx context.Context, version string, on workday.Day) error {
	head, err := r.RulePack(ctx, version)
	if err == nil && head.AdoptedOn > string(on) {
		return fault.New(fault.Conflict, "规则包自 "+head.AdoptedOn+" 起适用，尚不能改用")
	}
	return err
}

// RuleItems reads the items of a pack that are of the kind, or of every kind
// when it is empty, in order of kind, code and day.
func (r Reader) RuleItems(ctx context.Context, pack string, kind deadline.ItemKind) ([]deadline.Item, error) {
	var rows []itemRow
	q := r.db.NewSelect().Model(&rows).Where("pack = ?", pack).Order("kind", "code", "in_force_from")
	if kind != "" {
		q = q.Where("kind = ?", string(kind))
	}
	if err := q.Scan(ctx); err != nil {
		return nil, fmt.Errorf("read rule items: %w", err)
	}
	items := make([]deadline.Item, 0, len(rows))
	for _, i := range rows {
		items = append(items, deadline.Item{
			Kind: deadline.ItemKind(i.Kind), Code: i.Code, Title: i.Title, Body: i.Body, Basis: deadline.Basis(i.Basis), Source: i.Source,
			Citation: law.Citation{Edition: i.Edition, Article: i.Article}, InForceFrom: workday.Day(i.InForceFrom),
		})
	}
	return items, nil
}

// InsertPack puts a checked pack on record, whole. What was adopted is never edited.
func (tx Tx) InsertPack(ctx context.Context, f deadline.PackFile) error {
	head := RulePack{Version: f.Version, AdoptedOn: string(f.AdoptedOn), Note: f.Note}
	if _, err := tx.db.NewInsert().Model(&head).Exec(ctx); err != nil {
		return fmt.Errorf("insert rule pack: %w", err)
	}
	terms := make([]termRow, 0, len(f.Terms))
	for _, t := range f.Terms {
		terms = append(terms, termRow{
			Pack: f.Version, Code: t.Code, Scope: string(t.Scope), Title: t.Title, Value: t.Value, Unit: string(t.Unit), Basis: string(t.Basis),
			Source: t.Source, Edition: t.Citation.Edition, Article: t.Citation.Article, InForceFrom: string(t.InForceFrom), Note: t.Note,
		})
	}
	if _, err := tx.db.NewInsert().Model(&terms).Exec(ctx); err != nil {
		return fmt.Errorf("insert terms: %w", err)
	}
	items := make([]itemRow, 0, len(f.Items))
	for _, i := range f.Items {
		items = append(items, itemRow{
			Pack: f.Version, Kind: string(i.Kind), Code: i.Code, Title: i.Title, Body: i.Body, Basis: string(i.Basis),
			Source: i.Source, Edition: i.Citation.Edition, Article: i.Citation.Article, InForceFrom: string(i.InForceFrom),
		})
	}
	if len(items) == 0 {
		return nil
	}
	if _, err := tx.db.NewInsert().Model(&items).Exec(ctx); err != nil {
		return fmt.Errorf("insert rule items: %w", err)
	}
	return nil
}
