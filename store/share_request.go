package store

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"datagov/domain/agency"
	"datagov/domain/casework"
	"datagov/domain/sharing"
	"datagov/domain/workday"
)

// ShareRequest is a case with the words of its file, which rules do not need
// and the engine never sees.
type ShareRequest struct {
	sharing.Request
	Words Words
}

// Words are the free texts and side facts of a share request.
type Words struct {
	Title, Purpose, Basis, System string
	Mode                          sharing.Mode
	EntryVersion                  int64
	ScenarioID                    string
	ScenarioVersion               int64
	ReturnReason                  string
	Missing                       []string
	NoticedAt, SuppliedAt         time.Time
	SupplyNote                    string
	ExtensionReason               string
	AskedBy, DecidedBy            string
	AskedAt, DecidedAt            time.Time
	DecisionReason                string
	WithdrawReason                string
}

type shareRequestRow struct {
	bun.BaseModel `bun:"table:share_request"`

	ID              string    `bun:"id,pk"`
	EntryID         string    `bun:"entry_id"`
	EntryVersion    int64     `bun:"entry_version"`
	ScenarioID      string    `bun:"scenario_id,nullzero"`
	ScenarioVersion int64     `bun:"scenario_version"`
	RequesterID     string    `bun:"requester_id"`
	ProviderID      string    `bun:"provider_id"`
	CommissionID    string    `bun:"commission_id"`
	Government      bool      `bun:"government"`
	Status          string    `bun:"status"`
	Title           string    `bun:"title"`
	Purpose         string    `bun:"purpose"`
	Basis           string    `bun:"basis"`
	Mode            string    `bun:"mode"`
	System          string    `bun:"system"`
	Until           string    `bun:"until"`
	SubmittedBy     string    `bun:"submitted_by"`
	SubmittedAt     time.Time `bun:"submitted_at"`
	SignedBy        string    `bun:"signed_by,nullzero"`
	SignedAt        time.Time `bun:"signed_at,nullzero"`
	Returned        bool      `bun:"returned"`
	ReturnReason    string    `bun:"return_reason"`
	Noticed         bool      `bun:"noticed"`
	Missing         string    `bun:"missing"`
	NoticedAt       time.Time `bun:"noticed_at,nullzero"`
	Supplied        bool      `bun:"supplied"`
	SuppliedAt      time.Time `bun:"supplied_at,nullzero"`
	SupplyNote      string    `bun:"supply_note"`
	Extension       string    `bun:"extension"`
	ExtensionReason string    `bun:"extension_reason"`
	AskedBy         string    `bun:"asked_by,nullzero"`
	AskedAt         time.Time `bun:"asked_at,nullzero"`
	DecidedBy       string    `bun:"decided_by,nullzero"`
	DecidedAt       time.Time `bun:"decided_at,nullzero"`
	DecisionReason  string    `bun:"decision_reason"`
	WithdrawReason  string    `bun:"withdraw_reason"`
	ClosedAt        time.Time `bun:"closed_at,nullzero"`
	Acts            string    `bun:"acts"`
	Drafters        string    `bun:"drafters"`
	Rules           string    `bun:"rules"`
	Version         int64     `bun:"version"`
	UpdatedAt       time.Time `bun:"updated_at"`
}

func rowOf(r ShareRequest, at time.Time) shareRequestRow {
	w := r.Words
	return shareRequestRow{
		ID: r.ID, EntryID: r.EntryID, EntryVersion: w.EntryVersion, ScenarioID: w.ScenarioID, ScenarioVersion: w.ScenarioVersion,
		RequesterID: string(r.Requester), ProviderID: string(r.Provider), CommissionID: string(r.Commission),
		Government: r.Government, Status: string(r.Status), Title: w.Title, Purpose: w.Purpose, Basis: w.Basis, Mode: string(w.Mode),
		System: w.System, Until: string(r.Until), SubmittedBy: r.SubmittedBy, SubmittedAt: instant(r.SubmittedAt),
		SignedBy: r.SignedBy, SignedAt: instant(r.SignedAt), Returned: r.Returned, ReturnReason: w.ReturnReason,
		Noticed: r.Noticed, Missing: encode(w.Missing), NoticedAt: instant(w.NoticedAt),
		Supplied: r.Supplied, SuppliedAt: instant(w.SuppliedAt), SupplyNote: w.SupplyNote,
		Extension: string(r.Extension), ExtensionReason: w.ExtensionReason, AskedBy: w.AskedBy, AskedAt: instant(w.AskedAt),
		DecidedBy: w.DecidedBy, DecidedAt: instant(w.DecidedAt), DecisionReason: w.DecisionReason,
		WithdrawReason: w.WithdrawReason,
		ClosedAt:       instant(r.ClosedAt), Acts: encode(r.Acts), Drafters: encode(r.Drafters), Rules: r.Rules, Version: r.Version, UpdatedAt: instant(at),
	}
}

func (row shareRequestRow) request() (ShareRequest, error) {
	acts, err := decode[casework.Act](row.Acts)
	if err != nil {
		return ShareRequest{}, err
	}
	drafters, err := decode[string](row.Drafters)
	if err != nil {
		return ShareRequest{}, err
	}
	missing, err := decode[string](row.Missing)
	return ShareRequest{
		Request: sharing.Request{
			ID: row.ID, EntryID: row.EntryID, Requester: agency.ID(row.RequesterID), Provider: agency.ID(row.ProviderID),
			Commission: agency.ID(row.CommissionID), Government: row.Government, Status: sharing.Status(row.Status),
			Version: row.Version, Rules: row.Rules, Until: workday.Day(row.Until),
			SubmittedBy: row.SubmittedBy, SubmittedAt: row.SubmittedAt.UTC(), SignedBy: row.SignedBy, SignedAt: row.SignedAt.UTC(),
			Returned: row.Returned, Noticed: row.Noticed, Supplied: row.Supplied, ClosedAt: row.ClosedAt.UTC(),
			Extension: sharing.ExtensionStatus(row.Extension), Acts: acts, Drafters: drafters,
		},
		Words: Words{
			Title: row.Title, Purpose: row.Purpose, Basis: row.Basis, System: row.System, Mode: sharing.Mode(row.Mode),
			EntryVersion: row.EntryVersion, ScenarioID: row.ScenarioID, ScenarioVersion: row.ScenarioVersion,
			ReturnReason: row.ReturnReason, Missing: missing, NoticedAt: row.NoticedAt.UTC(), SuppliedAt: row.SuppliedAt.UTC(),
			SupplyNote: row.SupplyNote, ExtensionReason: row.ExtensionReason, AskedBy: row.AskedBy, AskedAt: row.AskedAt.UTC(),
			DecidedBy: row.DecidedBy, DecidedAt: row.DecidedAt.UTC(), DecisionReason: row.DecisionReason,
			WithdrawReason: row.WithdrawReason,
		},
	}, err
}

// ShareRequest reads a case with its parts, opinions and clocks; NotFound when unknown.
func (r Reader) ShareRequest(ctx context.Context, id string) (ShareRequest, error) {
	var row shareRequestRow
	if err := r.db.NewSelect().Model(&row).Where("id = ?", id).Scan(ctx); err != nil {
		return ShareRequest{}, found(err, "共享申请")
	}
	c, err := row.request()
	if err != nil {
		return ShareRequest{}, err
	}
	if c.Parts, err = r.parts(ctx, id); err != nil {
		return ShareRequest{}, err
	}
	if c.Opinions, err = r.opinionStates(ctx, id); err != nil {
		return ShareRequest{}, err
	}
	if c.Clocks, err = r.clocks(ctx, id); err != nil {
		return ShareRequest{}, err
	}
	c.Desk, err = r.Desk(ctx, id)
	sharing.Seated(c.Desk)
	return c, err
}

// Parties reads who has a seat in the case, its status and rules, without the
// rest; NotFound when unknown.
func (r Reader) Parties(ctx context.Context, id string) (sharing.Request, error) {
	var row shareRequestRow
	err := r.db.NewSelect().Model(&row).Column("id", "requester_id", "provider_id", "commission_id", "status", "rules").
		Where("id = ?", id).Scan(ctx)
	if err != nil {
		return sharing.Request{}, found(err, "共享申请")
	}
	return sharing.Request{
		ID: row.ID, Requester: agency.ID(row.RequesterID), Provider: agency.ID(row.ProviderID),
		Commission: agency.ID(row.CommissionID), Status: sharing.Status(row.Status), Rules: row.Rules,
	}, nil
}

// InsertShareRequest opens the case with its parts and clocks, at version 1.
func (tx Tx) InsertShareRequest(ctx context.Context, r *ShareRequest, routed []sharing.Routed, at time.Time) error {
	r.Version = 1
	row := rowOf(*r, at)
	if _, err := tx.db.NewInsert().Model(&row).Exec(ctx); err != nil {
		return fmt.Errorf("insert share request: %w", err)
	}
	if err := tx.insertParts(ctx, r.Request, routed); err != nil {
		return err
	}
	if err := tx.saveClocks(ctx, r.ID, nil, r.Clocks); err != nil {
		return err
	}
	return tx.keepVersion(ctx, *r, at)
}

// SaveShareRequest stores what a move changed, if the case still has the
// version it was read at; otherwise the error says that it is stale.
func (tx Tx) SaveShareRequest(ctx context.Context, before sharing.Request, after *ShareRequest, at time.Time) error {
	if err := tx.saveParts(ctx, before, after.Request); err != nil {
		return err
	}
	after.Version = before.Version + 1
	row := rowOf(*after, at)
	done, err := tx.db.NewUpdate().Model(&row).ExcludeColumn("id").WherePK().Where("version = ?", before.Version).Exec(ctx)
	if err != nil {
		return fmt.Errorf("save share request: %w", err)
	}
	if n, _ := done.RowsAffected(); n != 1 {
		return errStale
	}
	if err := tx.saveClocks(ctx, after.ID, before.Clocks, after.Clocks); err != nil {
		return err
	}
	return tx.keepVersion(ctx, *after, at)
}

// OpenCase is an open case as those need it who restart its workflow.
type OpenCase struct {
	ID        string    `bun:"id"`
	Requester agency.ID `bun:"requester_id"`
}

// OpenShareRequests lists open cases after an ID, for those who restart them.
func (r Reader) OpenShareRequests(ctx context.Context, after string, limit int) ([]OpenCase, error) {
	cases := []OpenCase{}
	err := r.db.NewSelect().Model((*shareRequestRow)(nil)).Column("id", "requester_id").Where("id > ?", after).
		Where("status IN ('sign_off', 'form_check', 'supplement', 'joint_review', 'approved', 'disputed')").
		Order("id").Limit(int64(limit)).Scan(ctx, &cases)
	if err != nil {
		return nil, fmt.Errorf("list open share requests: %w", err)
	}
	return cases, nil
}
