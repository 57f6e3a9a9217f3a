package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"datagov/domain/casework"
	"datagov/domain/catalog"
	"datagov/domain/sharing"
)

type materialRow struct {
	bun.BaseModel `bun:"table:case_material"`

	CaseID string    `bun:"case_id,pk"`
	Digest string    `bun:"digest,pk"`
	Body   string    `bun:"body"`
	At     time.Time `bun:"at"`
}

// The moments at which an opinion's material is kept.
const (
	OnDraft     = "drafted"
	OnSignature = "signed"
	OnReturn    = "returned"
)

// OpinionMaterial says on which material an opinion was drafted, signed or returned.
type OpinionMaterial struct {
	bun.BaseModel `bun:"table:opinion_material"`

	OpinionID string `bun:"opinion_id,pk"`
	Moment    string `bun:"moment,pk"`
	CaseID    string `bun:"case_id"`
	Digest    string `bun:"digest"`
}

// judgedRow is a requested item beside what the catalog says of it now.
type judgedRow struct {
	ItemID   string `bun:"item_id"`
	ItemName string `bun:"item_name"`
	Path     string `bun:"path"`
	Level    string `bun:"level"`
	Sharing  string `bun:"sharing"`
	Grounds  string `bun:"grounds"`
}

// Judged gathers what a decider of the case has before him now. Every act asks
// for it, so that it reads what is judged and nothing else.
func (r Reader) Judged(ctx context.Context, c ShareRequest) (sharing.Judged, error) {
	j := Filed(sharing.Judged{}, c)
	if err := r.judgedEntry(ctx, c, &j); err != nil {
		return j, err
	}
	files, err := r.Attachments(ctx, c.ID)
	if err != nil {
		return j, err
	}
	for _, f := range files { // what the reviewers add to their papers is not what they judge
		if f.AgencyID == string(c.Requester) {
			j.Attachments = append(j.Attachments, sharing.Attachment{Name: f.Name, SHA256: f.SHA256})
		}
	}
	if c.Words.ScenarioID == "" {
		return j, nil
	}
	row, err := r.Scenario(ctx, c.Words.ScenarioID)
	if err != nil {
		return j, err
	}
	scenario, err := row.Rules()
	j.Scenario = &scenario
	return j, err
}

func (r Reader) judgedEntry(ctx context.Context, c ShareRequest, j *sharing.Judged) error {
	var e CatalogEntry
	err := r.db.NewSelect().Model(&e).Column("id", "version", "name", "sharing", "reason", "grounds").Where("id = ?", c.EntryID).Scan(ctx)
	if err != nil {
		return found(err, "目录条目")
	}
	grounds, err := Claims(e.Grounds)
	if err != nil {
		return err
	}
	j.Entry = catalog.Entry{ID: e.ID, Version: e.Version, Name: e.Name, Sharing: catalog.Sharing(e.Sharing), Reason: e.Reason, Grounds: grounds}
	var rows []judgedRow
	err = r.db.NewSelect().TableExpr("share_request_part AS p").Column("p.item_id", "p.item_name", "p.path", "i.level", "i.sharing", "i.grounds").
		Join("JOIN catalog_item AS i ON i.id = p.item_id").Where("p.request_id = ?", c.ID).OrderExpr("p.position").Scan(ctx, &rows)
	if err != nil {
		return fmt.Errorf("read judged items: %w", err)
	}
	for _, row := range rows {
		claims, err := Claims(row.Grounds)
		if err != nil {
			return err
		}
		j.Parts = append(j.Parts, sharing.JudgedPart{Item: row.ItemID, Name: row.ItemName, Path: sharing.Path(row.Path)})
		j.Entry.Items = append(j.Entry.Items, catalog.Item{
			ID: row.ItemID, Name: row.ItemName, Level: row.Level, Sharing: catalog.Sharing(row.Sharing), Grounds: claims,
		})
	}
	return nil
}

// Filed puts the words of the case's file in the place of the old ones.
func Filed(j sharing.Judged, c ShareRequest) sharing.Judged {
	j.Purpose, j.Basis, j.System, j.Mode = c.Words.Purpose, c.Words.Basis, c.Words.System, c.Words.Mode
	j.Until, j.SupplyNote = string(c.Until), c.Words.SupplyNote
	return j
}

// Material reads what a digest of the case stands for; false when the case was
// never moved on it.
func (r Reader) Material(ctx context.Context, caseID, digest string) (casework.Material, bool, error) {
	return r.material(ctx, r.db.NewSelect().Model((*materialRow)(nil)).Where("case_id = ?", caseID).Where("digest = ?", digest))
}

func (r Reader) material(ctx context.Context, q *bun.SelectQuery) (casework.Material, bool, error) {
	var body string
	err := q.Column("body").Limit(1).Scan(ctx, &body)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("read material: %w", err)
	}
	var m casework.Material
	if err := json.Unmarshal([]byte(body), &m); err != nil {
		return nil, false, fmt.Errorf("read body of material: %w", err)
	}
	return m, true, nil
}

// MustBeShown refuses an act by somebody who was shown other material than
// there is now. What he was shown may never have been on record, where only
// the catalog changed twice; the newest on record then stands for it.
func (r Reader) MustBeShown(ctx context.Context, caseID, digest string, now casework.Material) error {
	if digest == "" || digest == now.Digest() {
		return nil
	}
	was, ok, err := r.Material(ctx, caseID, digest)
	if err == nil && !ok {
		was, _, err = r.material(ctx, r.db.NewSelect().Model((*materialRow)(nil)).Where("case_id = ?", caseID).Order("at DESC", "digest"))
	}
	if err != nil {
		return err
	}
	if was == nil {
		was = now // nothing is known of what he saw
	}
	return casework.Outdated(was, now)
}

// MustBeFresh refuses the signature under a paper that was drafted on other
// material than there is now.
func (r Reader) MustBeFresh(ctx context.Context, caseID, opinionID string, now casework.Material) error {
	receipts, err := r.OpinionMaterials(ctx, caseID)
	if err != nil {
		return err
	}
	for _, o := range receipts {
		if o.OpinionID != opinionID || o.Moment != OnDraft || o.Digest == now.Digest() {
			continue
		}
		was, _, err := r.Material(ctx, caseID, o.Digest)
		if err != nil {
			return err
		}
		return casework.OutdatedDraft(was, now)
	}
	return nil
}

// KeepMaterial puts material on record, once: its content is its address.
func (tx Tx) KeepMaterial(ctx context.Context, caseID string, m casework.Material, at time.Time) error {
	body, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("write material: %w", err)
	}
	digest := m.Digest()
	known, err := tx.db.NewSelect().Model((*materialRow)(nil)).Where("case_id = ?", caseID).Where("digest = ?", digest).Exists(ctx)
	if err != nil {
		return fmt.Errorf("look for material: %w", err)
	}
	if known {
		return nil
	}
	row := materialRow{CaseID: caseID, Digest: digest, Body: string(body), At: instant(at)}
	if _, err := tx.db.NewInsert().Model(&row).Exec(ctx); err != nil {
		return fmt.Errorf("keep material: %w", err)
	}
	return nil
}

// KeepOpinionMaterial notes on which material an opinion was drafted, signed or returned.
func (tx Tx) KeepOpinionMaterial(ctx context.Context, o OpinionMaterial) error {
	if o.Digest == "" {
		return nil
	}
	if _, err := tx.db.NewInsert().Model(&o).Exec(ctx); err != nil {
		return fmt.Errorf("keep material of opinion: %w", err)
	}
	return nil
}

// OpinionMaterials lists on which material the opinions of a case were written.
func (r Reader) OpinionMaterials(ctx context.Context, caseID string) ([]OpinionMaterial, error) {
	rows := []OpinionMaterial{}
	if err := r.db.NewSelect().Model(&rows).Where("case_id = ?", caseID).Order("opinion_id", "moment").Scan(ctx); err != nil {
		return nil, fmt.Errorf("read materials of opinions: %w", err)
	}
	return rows, nil
}
