package activities

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"time"

	"datagov/domain/agency"
	"datagov/domain/audit"
	"datagov/domain/casework"
	"datagov/domain/law"
	"datagov/domain/paper"
	"datagov/domain/sharing"
	"datagov/store"
)

// issuePapers writes the papers that the events of a move call for, in the
// transaction of the move: an answer that is on record is on paper too.
// Article 26(2); TL 21.
func (a *ShareRequests) issuePapers(ctx context.Context, tx store.Tx, r store.ShareRequest, events []audit.Event, at time.Time) error {
	if len(paper.Due(events)) == 0 {
		return nil
	}
	facts, err := a.facts(ctx, tx, r, events, at)
	if err != nil {
		return err
	}
	drafts, err := facts.Papers()
	if err != nil {
		return err
	}
	for _, d := range drafts {
		if err := issue(ctx, tx, r, d, at); err != nil {
			return err
		}
	}
	return nil
}

// facts gathers what papers say: words stay in the record and never enter the engine.
func (a *ShareRequests) facts(ctx context.Context, tx store.Tx, r store.ShareRequest, events []audit.Event, at time.Time) (paper.ShareRequest, error) {
	s := paper.ShareRequest{
		Request: r.Request, Events: events, At: at, Names: map[agency.ID]string{}, Items: map[string]string{},
		Purpose: r.Words.Purpose, System: r.Words.System, Missing: r.Words.Missing,
		Reason: r.Words.ExtensionReason, Decider: r.Words.DecidedBy,
	}
	var err error
	if s.Pack, err = a.pack(ctx, r.Rules); err != nil {
		return s, err
	}
	names, err := tx.AgencyNames(ctx, []string{string(r.Requester), string(r.Provider), string(r.Commission)})
	if err != nil {
		return s, err
	}
	for id, name := range names {
		s.Names[agency.ID(id)] = name
	}
	entry, err := tx.CatalogEntry(ctx, r.EntryID)
	if err != nil {
		return s, err
	}
	s.Entry = entry.Name
	parts, err := tx.Parts(ctx, r.ID)
	if err != nil {
		return s, err
	}
	for _, p := range parts {
		s.Items[p.ItemID] = p.ItemName
	}
	s.Opinions, err = signedOpinions(ctx, tx, r)
	return s, err
}

// signedOpinions reads the signed opinions of a case with their words.
func signedOpinions(ctx context.Context, tx store.Tx, r store.ShareRequest) ([]paper.Opinion, error) {
	rows, err := tx.Opinions(ctx, r.ID)
	if err != nil {
		return nil, err
	}
	claims, err := tx.GroundsOf(ctx, rows)
	if err != nil {
		return nil, err
	}
	var signed []paper.Opinion
	for _, row := range rows {
		if row.Status() != casework.Signed {
			continue
		}
		conditions, err := store.Conditions(row.Conditions)
		if err != nil {
			return nil, err
		}
		items, err := store.Strings(row.Items)
		if err != nil {
			return nil, err
		}
		signed = append(signed, paper.Opinion{
			Opinion: casework.Opinion{
				ID: row.ID, Side: casework.Side(row.Side), Outcome: casework.Outcome(row.Outcome), Status: casework.Signed,
				DraftedBy: row.DraftedBy, SignedBy: row.SignedBy, Items: items,
			},
			Reason: row.Reason, Conditions: conditions, Grounds: claims[row.ID],
		})
	}
	return signed, nil
}

// issue numbers a draft, writes it under the template its case began under, and
// tells the case's stream of it. A template that would leave a hole fails the
// whole move.
func issue(ctx context.Context, tx store.Tx, r store.ShareRequest, d paper.Draft, at time.Time) error {
	template, version, err := tx.PaperTemplate(ctx, d.Kind, today(r.SubmittedAt))
	if err != nil {
		return err
	}
	number, err := tx.NextPaperNumber(ctx, d.Kind, d.Issuer, at)
	if err != nil {
		return err
	}
	d.Fields.Text["文号"] = number
	if _, err := template.Fill(d.Fields); err != nil {
		return fmt.Errorf("write paper %s of %s: %w", d.Kind, r.ID, err)
	}
	fields, digest, err := d.Fields.Encode()
	if err != nil {
		return err
	}
	var random [12]byte
	if _, err := rand.Read(random[:]); err != nil {
		return fmt.Errorf("make a verification code: %w", err)
	}
	p := store.Paper{
		ID: newID(), CaseID: r.ID, CaseKind: "share_request", Kind: string(d.Kind), TemplateVersion: version, Title: d.Kind.Title(),
		Number: number, Code: paper.Code(random), IssuerID: string(d.Issuer), RecipientID: string(d.Recipient),
		Signers: store.EncodeStrings(d.Signers), Fields: fields, Digest: digest, IssuedAt: at,
	}
	if err := tx.InsertPaper(ctx, p); err != nil {
		return err
	}
	event, err := issued(r.Request, p, at)
	if err != nil {
		return err
	}
	return tx.AppendEvents(ctx, []audit.Event{event})
}

// issued is the event of a paper: issuing follows the act by itself, so its
// actor is the system; who acted stands on the paper.
func issued(r sharing.Request, p store.Paper, at time.Time) (audit.Event, error) {
	body, err := json.Marshal(struct {
		Paper    string `json:"paper"`
		Kind     string `json:"kind"`
		Template int    `json:"template"`
		Digest   string `json:"digest"`
	}{p.ID, p.Kind, p.TemplateVersion, p.Digest})
	if err != nil {
		return audit.Event{}, fmt.Errorf("write event body: %w", err)
	}
	return audit.Event{
		Stream: r.Stream(), Name: "share_request.paper_issued", At: at, Actor: agency.SystemActor("paper"), Citation: law.Measure("26"),
		RuleVersion: r.Rules, Detail: "印发" + p.Title + "（" + p.Number + "）", Body: string(body),
	}, nil
}
