package store

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"datagov/domain/casework"
	"datagov/domain/law"
)

// Opinion is one opinion as it was drafted, with what became of it. The draft
// and its grounds are append-only; a signature or return is a row of its own.
type Opinion struct {
	bun.BaseModel `bun:"table:opinion"`

	ID         string    `bun:"id,pk"`
	RequestID  string    `bun:"request_id"`
	Side       string    `bun:"side"`
	Outcome    string    `bun:"outcome"`
	Reason     string    `bun:"reason"`
	Conditions string    `bun:"conditions"`
	Items      string    `bun:"items"`
	DraftedBy  string    `bun:"drafted_by"`
	DraftedAt  time.Time `bun:"drafted_at"`

	Signature    string    `bun:"signature,scanonly"`
	ReturnReason string    `bun:"return_reason,scanonly"`
	SignedBy     string    `bun:"signed_by,scanonly"`
	SignedAt     time.Time `bun:"signed_at,scanonly"`
}

type groundRow struct {
	bun.BaseModel `bun:"table:legal_ground"`

	OpinionID string `bun:"opinion_id,pk"`
	Position  int    `bun:"position,pk"`
	Level     string `bun:"level"`
	Title     string `bun:"title"`
	DocNo     string `bun:"doc_no"`
	Article   string `bun:"article"`
	Quote     string `bun:"quote"`
	InForceOn string `bun:"in_force_on"`
}

// Signature is a head's signature under an opinion, or its return.
type Signature struct {
	bun.BaseModel `bun:"table:opinion_signature"`

	OpinionID string    `bun:"opinion_id,pk"`
	Outcome   string    `bun:"outcome"`
	Reason    string    `bun:"reason"`
	SignedBy  string    `bun:"signed_by"`
	SignedAt  time.Time `bun:"signed_at"`
}

// Status is where the paper stands.
func (o Opinion) Status() casework.OpinionStatus {
	switch o.Signature {
	case "sign":
		return casework.Signed
	case "return":
		return casework.Returned
	}
	return casework.Drafted
}

// Opinions reads the opinions of a case in the order they were drafted.
func (r Reader) Opinions(ctx context.Context, requestID string) ([]Opinion, error) {
	rows := []Opinion{}
	err := r.db.NewSelect().Model(&rows).ColumnExpr("opinion.*").
		ColumnExpr("coalesce(s.outcome, '') AS signature, coalesce(s.reason, '') AS return_reason").
		ColumnExpr("coalesce(s.signed_by, '') AS signed_by, coalesce(s.signed_at, opinion.drafted_at) AS signed_at").
		Join("LEFT JOIN opinion_signature AS s ON s.opinion_id = opinion.id").
		Where("opinion.request_id = ?", requestID).OrderExpr("opinion.drafted_at, opinion.id").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("read opinions: %w", err)
	}
	return rows, nil
}

func (r Reader) opinionStates(ctx context.Context, requestID string) ([]casework.Opinion, error) {
	rows, err := r.Opinions(ctx, requestID)
	if err != nil {
		return nil, err
	}
	states := make([]casework.Opinion, 0, len(rows))
	for _, row := range rows {
		items, err := decode[string](row.Items)
		if err != nil {
			return nil, err
		}
		state := casework.Opinion{
			ID: row.ID, Side: casework.Side(row.Side), Outcome: casework.Outcome(row.Outcome),
			Status: row.Status(), DraftedBy: row.DraftedBy, Items: items,
		}
		if state.Status == casework.Signed {
			state.SignedBy = row.SignedBy
		}
		states = append(states, state)
	}
	return states, nil
}

// GroundsOf reads the grounds of the opinions, by opinion, in their order.
func (r Reader) GroundsOf(ctx context.Context, opinions []Opinion) (map[string][]law.Claim, error) {
	claims := map[string][]law.Claim{}
	ids := make([]string, 0, len(opinions))
	for _, o := range opinions {
		ids = append(ids, o.ID)
	}
	if len(ids) == 0 {
		return claims, nil
	}
	var rows []groundRow
	err := r.db.NewSelect().Model(&rows).Where("opinion_id IN (?)", bun.List(ids)).Order("opinion_id", "position").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("read grounds: %w", err)
	}
	for _, g := range rows {
		claims[g.OpinionID] = append(claims[g.OpinionID], law.Claim{
			Level: g.Level, Title: g.Title, DocNo: g.DocNo, Article: g.Article, Quote: g.Quote, InForceOn: g.InForceOn,
		})
	}
	return claims, nil
}

// InsertOpinion writes a drafted opinion, its grounds first: the database
// refuses a refusal that has none. Article 25.
func (tx Tx) InsertOpinion(ctx context.Context, o Opinion, v casework.Verdict) error {
	o.Outcome, o.Reason, o.DraftedAt = string(v.Outcome()), v.Reason(), instant(o.DraftedAt)
	o.Conditions, o.Items = encode(v.Conditions()), encode(v.Items())
	var grounds []groundRow
	for i, g := range v.Grounds() {
		c := g.Claim()
		grounds = append(grounds, groundRow{
			OpinionID: o.ID, Position: i, Level: c.Level, Title: c.Title, DocNo: c.DocNo,
			Article: c.Article, Quote: c.Quote, InForceOn: c.InForceOn,
		})
	}
	if len(grounds) > 0 {
		if _, err := tx.db.NewInsert().Model(&grounds).Exec(ctx); err != nil {
			return fmt.Errorf("insert grounds: %w", err)
		}
	}
	if _, err := tx.db.NewInsert().Model(&o).Exec(ctx); err != nil {
		return fmt.Errorf("insert opinion: %w", err)
	}
	return nil
}

// InsertSignature writes the signature under an opinion, once.
func (tx Tx) InsertSignature(ctx context.Context, s Signature) error {
	s.SignedAt = instant(s.SignedAt)
	if _, err := tx.db.NewInsert().Model(&s).Exec(ctx); err != nil {
		return fmt.Errorf("insert signature: %w", err)
	}
	return nil
}

// Conditions decodes a column of conditions.
func Conditions(text string) ([]casework.Condition, error) { return decode[casework.Condition](text) }

// EncodeConditions writes conditions as a column.
func EncodeConditions(list []casework.Condition) string { return encode(list) }
