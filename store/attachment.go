package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/uptrace/bun"

	"datagov/domain/sharing"
)

// Attachment is a paper somebody added to a case. Its bytes are kept apart,
// under their hash.
type Attachment struct {
	bun.BaseModel `bun:"table:attachment"`

	ID         string    `bun:"id,pk"`
	CaseID     string    `bun:"case_id"`
	Name       string    `bun:"name"`
	Kind       string    `bun:"kind"`
	Bytes      int64     `bun:"bytes"`
	SHA256     string    `bun:"sha256"`
	Note       string    `bun:"note"`
	UploadedBy string    `bun:"uploaded_by"`
	AgencyID   string    `bun:"agency_id"`
	UploadedAt time.Time `bun:"uploaded_at"`
}

type contentRow struct {
	bun.BaseModel `bun:"table:attachment_content"`

	SHA256   string `bun:"sha256,pk"`
	Position int    `bun:"position,pk"`
	Content  []byte `bun:"content"`
}

// contentPiece is how many bytes stand in one row: bun writes them as text into
// the statement, and neither side should hold a whole file at once.
const contentPiece = 256 << 10

// Attachments lists what was attached to a case, in order.
func (r Reader) Attachments(ctx context.Context, caseID string) ([]Attachment, error) {
	rows := []Attachment{}
	if err := r.db.NewSelect().Model(&rows).Where("case_id = ?", caseID).Order("uploaded_at", "id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("list attachments: %w", err)
	}
	return rows, nil
}

// Attachment reads one attachment; NotFound when unknown.
func (r Reader) Attachment(ctx context.Context, id string) (Attachment, error) {
	var a Attachment
	if err := r.db.NewSelect().Model(&a).Where("id = ?", id).Scan(ctx); err != nil {
		return Attachment{}, found(err, "附件")
	}
	return a, nil
}

// CopyContent writes the bytes kept under a hash, piece by piece.
func (r Reader) CopyContent(ctx context.Context, w io.Writer, sha256 string) error {
	for position := 0; ; position++ {
		var pieces []contentRow
		err := r.db.NewSelect().Model(&pieces).Where("sha256 = ?", sha256).Where("position = ?", position).Scan(ctx)
		if err != nil {
			return fmt.Errorf("read content: %w", err)
		}
		if len(pieces) == 0 {
			return nil
		}
		if _, err := w.Write(pieces[0].Content); err != nil {
			return fmt.Errorf("write content: %w", err)
		}
	}
}

// HoldShareRequest keeps the case as it was read until the transaction ends:
// whoever moves it meanwhile waits, and the error is stale when somebody has
// moved it already. The case itself does not change.
func (tx Tx) HoldShareRequest(ctx context.Context, r sharing.Request) error {
	done, err := tx.db.NewUpdate().Model((*shareRequestRow)(nil)).Set("version = version").
		Where("id = ?", r.ID).Where("version = ?", r.Version).Exec(ctx)
	if err != nil {
		return fmt.Errorf("hold share request: %w", err)
	}
	if n, _ := done.RowsAffected(); n != 1 {
		return errStale
	}
	return nil
}

// InsertAttachment adds an attachment; content is read unless the same bytes
// are kept already.
func (tx Tx) InsertAttachment(ctx context.Context, a Attachment, content io.Reader) error {
	known, err := tx.db.NewSelect().Model((*contentRow)(nil)).Where("sha256 = ?", a.SHA256).Where("position = 0").Exists(ctx)
	if err != nil {
		return fmt.Errorf("look for content: %w", err)
	}
	if !known {
		if err := tx.insertContent(ctx, a.SHA256, content); err != nil {
			return err
		}
	}
	a.UploadedAt = instant(a.UploadedAt)
	if _, err := tx.db.NewInsert().Model(&a).Exec(ctx); err != nil {
		return fmt.Errorf("insert attachment: %w", err)
	}
	return nil
}

func (tx Tx) insertContent(ctx context.Context, sha256 string, content io.Reader) error {
	piece := make([]byte, contentPiece)
	for position := 0; ; position++ {
		n, err := io.ReadFull(content, piece)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
			return fmt.Errorf("read uploaded file: %w", err)
		}
		row := contentRow{SHA256: sha256, Position: position, Content: piece[:n]}
		if _, err := tx.db.NewInsert().Model(&row).Exec(ctx); err != nil {
			return fmt.Errorf("insert content: %w", err)
		}
	}
}
