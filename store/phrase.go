package store

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"datagov/domain/casework"
	"datagov/domain/fault"
)

// Phrase is a text that somebody, or the people of an agency, write often.
type Phrase struct {
	bun.BaseModel `bun:"table:phrase"`

	ID        string    `bun:"id,pk"`
	Scope     string    `bun:"scope"`
	Owner     string    `bun:"owner"`
	Step      string    `bun:"step"`
	Text      string    `bun:"text"`
	CreatedBy string    `bun:"created_by"`
	CreatedAt time.Time `bun:"created_at"`
}

// Phrases lists the phrases of an owner, oldest first; they are bounded by
// [casework.Phrases].
func (r Reader) Phrases(ctx context.Context, scope casework.PhraseScope, owner string) ([]Phrase, error) {
	rows := []Phrase{}
	err := r.db.NewSelect().Model(&rows).Where("scope = ?", string(scope)).Where("owner = ?", owner).
		Order("created_at", "id").Limit(casework.Phrases).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("list phrases: %w", err)
	}
	return rows, nil
}

// Phrase reads one phrase; NotFound when unknown.
func (r Reader) Phrase(ctx context.Context, id string) (Phrase, error) {
	var p Phrase
	if err := r.db.NewSelect().Model(&p).Where("id = ?", id).Scan(ctx); err != nil {
		return Phrase{}, found(err, "常用语")
	}
	return p, nil
}

// InsertPhrase adds a phrase. Its event has to be appended first: two writers
// of one owner then stand in one line, and the count holds.
func (tx Tx) InsertPhrase(ctx context.Context, p Phrase) error {
	n, err := tx.db.NewSelect().Model((*Phrase)(nil)).Where("scope = ?", p.Scope).Where("owner = ?", p.Owner).Count(ctx)
	if err != nil {
		return fmt.Errorf("count phrases: %w", err)
	}
	if n >= casework.Phrases {
		return fault.New(fault.Conflict, "常用语至多 200 条，请先删去不用的")
	}
	p.CreatedAt = instant(p.CreatedAt)
	if _, err := tx.db.NewInsert().Model(&p).Exec(ctx); err != nil {
		return fmt.Errorf("insert phrase: %w", err)
	}
	return nil
}

// DeletePhrase removes a phrase; NotFound when it has gone already.
func (tx Tx) DeletePhrase(ctx context.Context, id string) error {
	done, err := tx.db.NewDelete().Model((*Phrase)(nil)).Where("id = ?", id).Exec(ctx)
	if err != nil {
		return fmt.Errorf("delete phrase: %w", err)
	}
	if n, _ := done.RowsAffected(); n != 1 {
		return fault.New(fault.NotFound, "没有找到常用语")
	}
	return nil
}
