package migrations

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/migrate"
)

// The first templates and numbering rules of papers. Like the terms they are
// rows from then on: a new wording is a new version, never an edit.

//go:embed papers
var papersFolder embed.FS

// papersInForce is the day from which the first templates and rules apply.
const papersInForce = "2025-08-01"

type paperRule struct {
	Kind       string `json:"kind"`
	OfficeWord string `json:"officeWord"`
	KindWord   string `json:"kindWord"`
}

// papers is the migration that loads the first templates and numbering rules.
func papers(db *bun.DB) migrate.Migration {
	return migrate.Migration{
		Name: "20261124000301", Comment: "papers",
		Up: func(ctx context.Context, _ *migrate.Migrator, _ *migrate.Migration) error {
			return db.RunInTx(ctx, nil, loadPapers)
		},
	}
}

func loadPapers(ctx context.Context, tx bun.Tx) error {
	text, err := papersFolder.ReadFile("papers/rules.json")
	if err != nil {
		return fmt.Errorf("read numbering rules: %w", err)
	}
	var rules []paperRule
	if err := json.Unmarshal(text, &rules); err != nil {
		return fmt.Errorf("read numbering rules: %w", err)
	}
	for _, r := range rules {
		_, err := tx.NewRaw("INSERT INTO paper_rule (kind, agency_id, in_force_from, office_word, kind_word, source) VALUES (?, '', ?, ?, ?, ?)",
			r.Kind, papersInForce, r.OfficeWord, r.KindWord, "本区设定的缺省值；机关代字以本区公布的为准").Exec(ctx)
		if err != nil {
			return fmt.Errorf("insert numbering rule %s: %w", r.Kind, err)
		}
		body, err := papersFolder.ReadFile("papers/" + r.Kind + ".txt")
		if err != nil {
			return fmt.Errorf("read template: %w", err)
		}
		_, err = tx.NewRaw("INSERT INTO paper_template (kind, version, in_force_from, source, body) VALUES (?, 1, ?, ?, ?)",
			r.Kind, papersInForce, "本区设定的缺省模板；版式参照 GB/T 9704", string(body)).Exec(ctx)
		if err != nil {
			return fmt.Errorf("insert template %s: %w", r.Kind, err)
		}
	}
	return nil
}
