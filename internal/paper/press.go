// Package paper makes files out of papers: DOCX that an office can go on
// working with, and PDF with the Chinese type inside. Call [New] with the
// record and the type, then [Press.File]: a file is made once, kept as it is,
// and served from then on, so that its published hash never changes.
//
// Without a type DOCX is made all the same and PDF is refused with a sentence.
// A character that the type does not have is shown as 〓, counted in a note on
// the sheet and logged; it is never left out in silence.
package paper

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"datagov/domain/fault"
	"datagov/domain/paper"
	"datagov/store"
)

// The formats.
const (
	PDF  = "pdf"
	DOCX = "docx"
)

// Press makes and keeps the files of papers. It is safe for concurrent use.
type Press struct {
	store  *store.Store
	face   func() *face // reads the type when it is first needed; nil without one
	sealer Sealer
	log    *slog.Logger
	now    func() time.Time
}

// New makes a press. Load gives a TrueType file with Chinese glyphs; it is asked
// once, when the first PDF is wanted. Without a type, or with one that cannot
// be read, there is no PDF.
func New(s *store.Store, load func() []byte, log *slog.Logger, now func() time.Time) *Press {
	return &Press{store: s, sealer: NoSealer{}, log: log, now: now, face: sync.OnceValue(func() *face {
		trueType := load()
		if len(trueType) == 0 {
			log.Warn("there is no Chinese type in this program; papers are made as DOCX only")
			return nil
		}
		f, err := newFace(trueType)
		if err != nil {
			log.Error("the Chinese type cannot be read; papers are made as DOCX only", slog.Any("error", err))
		}
		return f
	})}
}

// File gives a paper as a file, making and keeping it the first time.
func (p *Press) File(ctx context.Context, row store.Paper, format string) (store.PaperFile, error) {
	kept, ok, err := p.store.PaperFile(ctx, row.ID, format)
	if err != nil || ok {
		return kept, err
	}
	made, err := p.make(ctx, row, format)
	if err != nil {
		return store.PaperFile{}, err
	}
	err = p.store.Tx(ctx, func(ctx context.Context, tx store.Tx) error {
		kept, err = tx.KeepPaperFile(ctx, made)
		return err
	})
	if store.IsStale(err) { // another process was faster
		kept, ok, err = p.store.PaperFile(ctx, row.ID, format)
		if err == nil && !ok {
			err = fmt.Errorf("keep file of paper %s: it was there and is gone", row.ID)
		}
	}
	return kept, err
}

// Make makes and keeps a file of a paper, if there is none.
func (p *Press) Make(ctx context.Context, paperID, format string) error {
	row, err := p.store.Paper(ctx, paperID)
	if err != nil {
		return err
	}
	_, err = p.File(ctx, row, format)
	return err
}

func (p *Press) make(ctx context.Context, row store.Paper, format string) (store.PaperFile, error) {
	d, err := p.document(ctx, row)
	if err != nil {
		return store.PaperFile{}, err
	}
	var content []byte
	switch format {
	case DOCX:
		content, err = d.docx()
	case PDF:
		f := p.face()
		if f == nil {
			return store.PaperFile{}, fault.New(fault.Unavailable, "本系统没有装入中文字库，暂时不能生成 PDF；可以下载 DOCX")
		}
		var missing int
		if content, missing, err = d.pdf(f); missing > 0 {
			p.log.WarnContext(ctx, "the type lacks characters of a paper; they are shown as 〓",
				slog.String("paper", row.ID), slog.Int("characters", missing))
		}
	default:
		return store.PaperFile{}, fmt.Errorf("make paper %s: no format %q", row.ID, format)
	}
	if err != nil {
		return store.PaperFile{}, fmt.Errorf("make %s of paper %s: %w", format, row.ID, err)
	}
	sealed, ok, err := p.sealer.Seal(ctx, format, content)
	if err != nil {
		return store.PaperFile{}, fmt.Errorf("seal paper %s: %w", row.ID, err)
	}
	sum := sha256.Sum256(sealed)
	return store.PaperFile{
		PaperID: row.ID, Format: format, Bytes: sealed, SHA256: hex.EncodeToString(sum[:]), Sealed: ok, MadeAt: p.now(),
	}, nil
}

// document is a paper ready to be set.
type document struct {
	blocks []paper.Block
	title  string
	number string
	issuer string
	code   string
	seal   string // what stands beside the signature about the seal
	at     time.Time
}

func (p *Press) document(ctx context.Context, row store.Paper) (document, error) {
	blocks, err := p.store.Blocks(ctx, row)
	if err != nil {
		return document{}, err
	}
	return document{
		blocks: blocks, title: row.Title, number: row.Number, issuer: textOf(blocks, paper.Head),
		code: paper.ShowCode(row.Code), seal: p.sealer.Mark(), at: row.IssuedAt.UTC(),
	}, nil
}

func textOf(blocks []paper.Block, role paper.Role) string {
	for _, b := range blocks {
		if b.Role == role {
			return b.Text
		}
	}
	return ""
}

// footer is the line of verification at the foot of every page.
func (d document) footer() string {
	return "核验码 " + d.code + "，可在本系统“公文核验”中查验"
}
