package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"datagov/domain/agency"
	"datagov/domain/paper"
	"datagov/domain/workday"
)

// Paper is one paper of an office as it was issued; nothing of it ever changes.
type Paper struct {
	bun.BaseModel `bun:"table:paper"`

	ID              string    `bun:"id,pk"`
	CaseID          string    `bun:"case_id"`
	CaseKind        string    `bun:"case_kind"`
	Kind            string    `bun:"kind"`
	TemplateVersion int       `bun:"template_version"`
	Title           string    `bun:"title"`
	Number          string    `bun:"number"`
	Code            string    `bun:"code"`
	IssuerID        string    `bun:"issuer_id"`
	RecipientID     string    `bun:"recipient_id"`
	Signers         string    `bun:"signers"`
	Fields          string    `bun:"fields"`
	Digest          string    `bun:"digest"`
	IssuedAt        time.Time `bun:"issued_at"`

	ReceivedAt time.Time `bun:"received_at,scanonly"` // the zero time until received
	ReceivedBy string    `bun:"received_by,scanonly"`
}

// MayReceive says whether the actor may sign for the paper now.
func (p Paper) MayReceive(actor agency.Actor) error {
	return paper.MayReceive(agency.ID(p.RecipientID), !p.ReceivedAt.IsZero(), actor)
}

// Blocks makes the paper out of its template and its fields.
func (r Reader) Blocks(ctx context.Context, p Paper) ([]paper.Block, error) {
	row := paperTemplateRow{Kind: p.Kind, Version: p.TemplateVersion}
	if err := r.db.NewSelect().Model(&row).WherePK().Scan(ctx); err != nil {
		return nil, found(err, "公文模板")
	}
	template, err := paper.Parse(paper.Kind(p.Kind), row.Body)
	if err != nil {
		return nil, fmt.Errorf("read template of paper %s: %w", p.ID, err)
	}
	fields, err := paper.Decode(p.Fields)
	if err != nil {
		return nil, err
	}
	return template.Fill(fields)
}

type paperTemplateRow struct {
	bun.BaseModel `bun:"table:paper_template"`

	Kind        string `bun:"kind,pk"`
	Version     int    `bun:"version,pk"`
	InForceFrom string `bun:"in_force_from"`
	Source      string `bun:"source"`
	Body        string `bun:"body"`
}

// PaperTemplate reads the newest template of a kind that is in force on the
// day. One that is not sound is an error that names line and field.
func (r Reader) PaperTemplate(ctx context.Context, kind paper.Kind, on workday.Day) (paper.Template, int, error) {
	var row paperTemplateRow
	err := r.db.NewSelect().Model(&row).Where("kind = ?", string(kind)).Where("in_force_from <= ?", string(on)).
		Order("in_force_from DESC", "version DESC").Limit(1).Scan(ctx)
	if err != nil {
		return paper.Template{}, 0, found(err, "公文模板")
	}
	template, err := paper.Parse(kind, row.Body)
	if err != nil {
		return paper.Template{}, 0, fmt.Errorf("read template %s version %d: %w", kind, row.Version, err)
	}
	return template, row.Version, nil
}

// CheckPaperTemplates reads every template on record, so that an unsound one is
// found at the start and not when a paper is due.
func (r Reader) CheckPaperTemplates(ctx context.Context) error {
	var rows []paperTemplateRow
	if err := r.db.NewSelect().Model(&rows).Order("kind", "version").Scan(ctx); err != nil {
		return fmt.Errorf("read paper templates: %w", err)
	}
	for _, row := range rows {
		if _, err := paper.Parse(paper.Kind(row.Kind), row.Body); err != nil {
			return fmt.Errorf("read template %s version %d: %w", row.Kind, row.Version, err)
		}
	}
	return nil
}

// InsertPaperTemplate writes a new version of a template; an unsound one is refused.
func (tx Tx) InsertPaperTemplate(ctx context.Context, kind paper.Kind, version int, from workday.Day, source, body string) error {
	if _, err := paper.Parse(kind, body); err != nil {
		return err
	}
	row := paperTemplateRow{Kind: string(kind), Version: version, InForceFrom: string(from), Source: source, Body: body}
	if _, err := tx.db.NewInsert().Model(&row).Exec(ctx); err != nil {
		return fmt.Errorf("insert paper template: %w", err)
	}
	return nil
}

// NextPaperNumber takes the next number of the issuer's series for the kind. It
// belongs to the transaction: a rollback gives the number back, so that a series
// has no holes, and of two writers one waits for the other.
func (tx Tx) NextPaperNumber(ctx context.Context, kind paper.Kind, issuer agency.ID, at time.Time) (string, error) {
	district, err := tx.District(ctx)
	if err != nil {
		return "", err
	}
	var rule paper.Rule
	err = tx.db.NewRaw("SELECT office_word, kind_word FROM paper_rule WHERE kind = ? AND agency_id IN (?, '') AND in_force_from <= ?"+
		" ORDER BY agency_id DESC, in_force_from DESC LIMIT 1", string(kind), string(issuer), string(workday.DayOf(at))).
		Scan(ctx, &rule.OfficeWord, &rule.KindWord)
	if err != nil {
		return "", found(err, "文号规则")
	}
	series, err := rule.Series(district.Name, at)
	if err != nil {
		return "", err
	}
	var n int64
	err = tx.db.NewRaw("INSERT INTO paper_counter (series, last) VALUES (?, 1)"+
		" ON CONFLICT (series) DO UPDATE SET last = paper_counter.last + 1 RETURNING last", series).Scan(ctx, &n)
	if err != nil {
		return "", fmt.Errorf("take the next number of papers: %w", err)
	}
	return paper.Number(series, n), nil
}

// InsertPaper issues a paper and delivers it in the app at once.
func (tx Tx) InsertPaper(ctx context.Context, p Paper) error {
	p.IssuedAt = instant(p.IssuedAt)
	if _, err := tx.db.NewInsert().Model(&p).Exec(ctx); err != nil {
		return fmt.Errorf("insert paper: %w", err)
	}
	return tx.insertDelivery(ctx, deliveryRow{PaperID: p.ID, Kind: "delivered", AgencyID: p.RecipientID, At: p.IssuedAt})
}

type deliveryRow struct {
	bun.BaseModel `bun:"table:paper_delivery"`

	PaperID   string    `bun:"paper_id,pk"`
	Kind      string    `bun:"kind,pk"`
	Channel   string    `bun:"channel"`
	AgencyID  string    `bun:"agency_id"`
	AccountID string    `bun:"account_id,nullzero"`
	At        time.Time `bun:"at"`
}

func (tx Tx) insertDelivery(ctx context.Context, row deliveryRow) error {
	row.Channel, row.At = "in_app", instant(row.At)
	if _, err := tx.db.NewInsert().Model(&row).Exec(ctx); err != nil {
		return fmt.Errorf("insert delivery of paper: %w", err)
	}
	return nil
}

// ReceivePaper writes the receipt of a paper by a person of its recipient.
func (tx Tx) ReceivePaper(ctx context.Context, p Paper, by agency.Actor, at time.Time) error {
	return tx.insertDelivery(ctx, deliveryRow{PaperID: p.ID, Kind: "received", AgencyID: string(by.Agency), AccountID: by.Account, At: at})
}

// PaperFile is a paper as a file, exactly as it was made.
type PaperFile struct {
	bun.BaseModel `bun:"table:paper_file"`

	PaperID string    `bun:"paper_id,pk"`
	Format  string    `bun:"format,pk"`
	Bytes   []byte    `bun:"bytes"`
	SHA256  string    `bun:"sha256"`
	Sealed  bool      `bun:"sealed"`
	MadeAt  time.Time `bun:"made_at"`
	Size    int64     `bun:"size,scanonly"`
}

// PaperFile reads a file; false when it has not been made yet.
func (r Reader) PaperFile(ctx context.Context, paperID, format string) (PaperFile, bool, error) {
	var f PaperFile
	err := r.db.NewSelect().Model(&f).Where("paper_id = ?", paperID).Where("format = ?", format).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return f, false, nil
	}
	if err != nil {
		return f, false, fmt.Errorf("read file of paper: %w", err)
	}
	f.Size = int64(len(f.Bytes))
	return f, true, nil
}

// KeepPaperFile stores a file unless there is one, and gives what is on record.
func (tx Tx) KeepPaperFile(ctx context.Context, f PaperFile) (PaperFile, error) {
	kept, ok, err := tx.PaperFile(ctx, f.PaperID, f.Format)
	if err != nil || ok {
		return kept, err
	}
	f.MadeAt, f.Size = instant(f.MadeAt), int64(len(f.Bytes))
	if _, err := tx.db.NewInsert().Model(&f).Exec(ctx); err != nil {
		return f, fmt.Errorf("insert file of paper: %w", err)
	}
	return f, nil
}
