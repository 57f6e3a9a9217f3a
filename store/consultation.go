package store

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"datagov/domain/agency"
)

// Consultation is advice asked for beside a task, with its words.
type Consultation struct {
	bun.BaseModel `bun:"table:consultation"`

	ID         string    `bun:"id,pk"`
	CaseID     string    `bun:"case_id"`
	TaskID     string    `bun:"task_id"`
	AdviceID   string    `bun:"advice_id"` // the task in the colleague's box
	AskedBy    string    `bun:"asked_by"`
	AccountID  string    `bun:"account_id"`
	Question   string    `bun:"question"`
	AskedAt    time.Time `bun:"asked_at"`
	Advice     string    `bun:"advice"`
	AnsweredBy string    `bun:"answered_by"`
	AnsweredAt time.Time `bun:"answered_at,nullzero"`
}

// Consultations lists the advice asked for in a case, oldest first.
func (r Reader) Consultations(ctx context.Context, caseID string) ([]Consultation, error) {
	rows := []Consultation{}
	if err := r.db.NewSelect().Model(&rows).Where("case_id = ?", caseID).Order("asked_at", "id").Limit(500).Scan(ctx); err != nil {
		return nil, fmt.Errorf("read consultations: %w", err)
	}
	return rows, nil
}

// InsertConsultation asks for advice; its task must be on record.
func (tx Tx) InsertConsultation(ctx context.Context, c Consultation) error {
	c.AskedAt = instant(c.AskedAt)
	if _, err := tx.db.NewInsert().Model(&c).Exec(ctx); err != nil {
		return fmt.Errorf("insert consultation: %w", err)
	}
	return nil
}

// AnswerConsultation stores the advice and closes its task.
func (tx Tx) AnswerConsultation(ctx context.Context, id, advice string, by agency.Actor, at time.Time) error {
	var c Consultation
	if err := tx.db.NewSelect().Model(&c).Where("id = ?", id).Scan(ctx); err != nil {
		return found(err, "委派")
	}
	c.Advice, c.AnsweredBy, c.AnsweredAt = advice, by.Account, instant(at)
	if _, err := tx.db.NewUpdate().Model(&c).Column("advice", "answered_by", "answered_at").WherePK().Exec(ctx); err != nil {
		return fmt.Errorf("answer consultation: %w", err)
	}
	return tx.CloseTask(ctx, c.AdviceID, by, at)
}

type followerRow struct {
	bun.BaseModel `bun:"table:follower"`

	CaseID    string    `bun:"case_id,pk"`
	AccountID string    `bun:"account_id,pk"`
	Since     time.Time `bun:"since"`
}

// Follow puts the case among those a person watches; twice is once.
func (tx Tx) Follow(ctx context.Context, caseID, account string, at time.Time) error {
	row := followerRow{CaseID: caseID, AccountID: account, Since: instant(at)}
	if _, err := tx.db.NewInsert().Model(&row).On("CONFLICT DO NOTHING").Exec(ctx); err != nil {
		return fmt.Errorf("follow case: %w", err)
	}
	return nil
}

// Unfollow takes it out again.
func (tx Tx) Unfollow(ctx context.Context, caseID, account string) error {
	row := followerRow{CaseID: caseID, AccountID: account}
	if _, err := tx.db.NewDelete().Model(&row).WherePK().Exec(ctx); err != nil {
		return fmt.Errorf("unfollow case: %w", err)
	}
	return nil
}

// Followers lists who watches the case.
func (r Reader) Followers(ctx context.Context, caseID string) ([]string, error) {
	accounts := []string{}
	err := r.db.NewSelect().Model((*followerRow)(nil)).Column("account_id").Where("case_id = ?", caseID).
		Order("account_id").Limit(1000).Scan(ctx, &accounts)
	if err != nil {
		return nil, fmt.Errorf("read followers: %w", err)
	}
	return accounts, nil
}

// CountFollowed counts the cases a person watches, up to [CountedAtMost].
func (r Reader) CountFollowed(ctx context.Context, account string) (int64, error) {
	n, err := r.countUp(ctx, r.db.NewSelect().Model((*followerRow)(nil)).ColumnExpr("1").Where("account_id = ?", account))
	if err != nil {
		return 0, fmt.Errorf("count followed cases: %w", err)
	}
	return n, nil
}
