package migrations

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/migrate"
)

// The figures a new record starts with, each with its source. They are rows
// from then on: an adopted change is a new rule pack or calendar, never an
// edit of these files.

//go:embed terms.json
var termsJSON []byte

//go:embed calendar.json
var calendarJSON []byte

// firstPack is the rule pack that terms.json becomes.
const firstPack = "2026-11"

type term struct {
	Code      string `json:"code"`
	Title     string `json:"title"`
	Value     int    `json:"value"`
	Unit      string `json:"unit"`
	Basis     string `json:"basisKind"`
	AppliesTo string `json:"appliesTo"`
	Source    string `json:"source"`
	Citation  *struct {
		Edition string `json:"edition"`
		Article string `json:"article"`
	} `json:"citation"`
	InForceFrom string `json:"inForceFrom"`
	Note        string `json:"note"`
}

type year struct {
	Year   int    `json:"year"`
	Status string `json:"status"`
	Notice string `json:"notice"`
	Source string `json:"source"`
	Days   []struct {
		Date string `json:"date"`
		Kind string `json:"kind"`
		Name string `json:"name"`
	} `json:"days"`
}

// reference is the migration that loads the terms and the calendar.
func reference(db *bun.DB) migrate.Migration {
	return migrate.Migration{
		Name: "20261123000300", Comment: "reference",
		Up: func(ctx context.Context, _ *migrate.Migrator, _ *migrate.Migration) error {
			return loadReference(ctx, db)
		},
	}
}

func loadReference(ctx context.Context, db *bun.DB) error {
	return db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := loadTerms(ctx, tx); err != nil {
			return err
		}
		return loadCalendar(ctx, tx)
	})
}

func loadTerms(ctx context.Context, tx bun.IDB) error {
	var terms []term
	if err := json.Unmarshal(termsJSON, &terms); err != nil {
		return fmt.Errorf("read terms.json: %w", err)
	}
	_, err := tx.NewRaw("INSERT INTO rule_pack (version, adopted_on, note, test) VALUES (?, ?, ?, ?)",
		firstPack, "2025-08-01", "首个规则包；标注“本区设定”的期限待区信息委发布", false).Exec(ctx)
	if err != nil {
		return fmt.Errorf("insert rule pack: %w", err)
	}
	for _, t := range terms {
		edition, article := "", ""
		if t.Citation != nil {
			edition, article = t.Citation.Edition, t.Citation.Article
		}
		_, err := tx.NewRaw("INSERT INTO term (pack, code, scope, title, value, unit, basis, source, edition, article, in_force_from, note)"+
			" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", firstPack, t.Code, t.AppliesTo, t.Title, t.Value, t.Unit, t.Basis,
			t.Source, edition, article, t.InForceFrom, t.Note).Exec(ctx)
		if err != nil {
			return fmt.Errorf("insert term %s: %w", t.Code, err)
		}
	}
	return nil
}

func loadCalendar(ctx context.Context, tx bun.IDB) error {
	var years []year
	if err := json.Unmarshal(calendarJSON, &years); err != nil {
		return fmt.Errorf("read calendar.json: %w", err)
	}
	for _, y := range years {
		_, err := tx.NewRaw("INSERT INTO calendar_year (year, status, notice, source, version) VALUES (?, ?, ?, ?, 1)",
			y.Year, y.Status, y.Notice, y.Source).Exec(ctx)
		if err != nil {
			return fmt.Errorf("insert calendar year %d: %w", y.Year, err)
		}
		for _, d := range y.Days {
			_, err := tx.NewRaw("INSERT INTO calendar_day (day, off, name) VALUES (?, ?, ?)", d.Date, d.Kind == "off", d.Name).Exec(ctx)
			if err != nil {
				return fmt.Errorf("insert calendar day %s: %w", d.Date, err)
			}
		}
	}
	return nil
}
