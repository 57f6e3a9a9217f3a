package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"datagov/domain/sharing"
)

// CaseVersion is a case as one move left it. Its body holds state, words,
// parts and clocks; opinions and grants have rows of their own that never
// change, and are found by what the state says of them.
type CaseVersion struct {
	bun.BaseModel `bun:"table:case_version"`

	CaseID  string    `bun:"case_id,pk"`
	Version int64     `bun:"version,pk"`
	At      time.Time `bun:"at"`
	Body    string    `bun:"body"`
}

// versionBody is what the body holds. Fields may be added, never renamed.
type versionBody struct {
	State sharing.Request `json:"state"`
	Words Words           `json:"words"`
}

// keepVersion writes the case as the move leaves it, in the move's transaction.
func (tx Tx) keepVersion(ctx context.Context, r ShareRequest, at time.Time) error {
	body, err := json.Marshal(versionBody{r.Request, r.Words})
	if err != nil {
		return fmt.Errorf("write version of case: %w", err)
	}
	row := CaseVersion{CaseID: r.ID, Version: r.Version, At: instant(at), Body: string(body)}
	if _, err := tx.db.NewInsert().Model(&row).Exec(ctx); err != nil {
		return fmt.Errorf("keep version of case: %w", err)
	}
	return nil
}

// ShareRequest gives the case as it stood.
func (v CaseVersion) ShareRequest() (ShareRequest, error) {
	var body versionBody
	if err := json.Unmarshal([]byte(v.Body), &body); err != nil {
		return ShareRequest{}, fmt.Errorf("read version %d of case %s: %w", v.Version, v.CaseID, err)
	}
	return ShareRequest{Request: body.State, Words: body.Words}, nil
}

// CaseVersions lists the versions of a case after one, oldest first, without their bodies.
func (r Reader) CaseVersions(ctx context.Context, caseID string, after int64, limit int) ([]CaseVersion, error) {
	rows := []CaseVersion{}
	err := r.db.NewSelect().Model(&rows).Column("case_id", "version", "at").Where("case_id = ?", caseID).
		Where("version > ?", after).Order("version").Limit(int64(limit)).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("list versions of case: %w", err)
	}
	return rows, nil
}

// CaseVersion reads one version of a case; NotFound when there is none.
func (r Reader) CaseVersion(ctx context.Context, caseID string, version int64) (CaseVersion, error) {
	var row CaseVersion
	err := r.db.NewSelect().Model(&row).Where("case_id = ?", caseID).Where("version = ?", version).Scan(ctx)
	return row, found(err, "本事项的这个版本")
}

// CaseVersionAt reads the version in which a case stood at an instant;
// NotFound before the first.
func (r Reader) CaseVersionAt(ctx context.Context, caseID string, at time.Time) (CaseVersion, error) {
	var row CaseVersion
	err := r.db.NewSelect().Model(&row).Where("case_id = ?", caseID).Where("at <= ?", instant(at)).
		Order("version DESC").Limit(1).Scan(ctx)
	return row, found(err, "本事项在这一时刻的情况")
}
