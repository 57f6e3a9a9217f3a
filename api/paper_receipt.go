package api

import (
	"context"

	"datagov/domain/agency"
	"datagov/domain/audit"
	"datagov/domain/fault"
	"datagov/domain/law"
	"datagov/domain/paper"
	"datagov/domain/workday"
	"datagov/internal/identity"
	press "datagov/internal/paper"
	"datagov/store"
)

// receiptAttempts is how often a receipt is tried again when the case moves meanwhile.
const receiptAttempts = 5

// receivePaper signs for a paper in the name of the agency it is addressed to,
// once. It moves no case and starts no term: the engine need not hear of it.
func (s *Server) receivePaper(ctx context.Context, in *PaperID) (*paperOutput, error) {
	p, err := s.paperOf(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	actor := identity.ActorOf(ctx)
	for range receiptAttempts {
		err = s.store.Tx(ctx, func(ctx context.Context, tx store.Tx) error { return s.receive(ctx, tx, p.ID, actor) })
		if !store.IsStale(err) {
			break
		}
	}
	if err != nil {
		return nil, err
	}
	if p, err = s.store.Paper(ctx, p.ID); err != nil {
		return nil, err
	}
	return s.showPaper(ctx, p)
}

// receive writes the receipt and its event together.
func (s *Server) receive(ctx context.Context, tx store.Tx, id string, actor agency.Actor) error {
	p, err := tx.Paper(ctx, id)
	if err != nil {
		return err
	}
	if err := p.MayReceive(actor); err != nil {
		return err
	}
	request, err := tx.Parties(ctx, p.CaseID)
	if err != nil {
		return err
	}
	at, by := s.Now().UTC(), actor
	by.Roles = nil
	if err := tx.ReceivePaper(ctx, p, actor, at); err != nil {
		return err
	}
	return tx.AppendEvents(ctx, []audit.Event{{
		Stream: request.Stream(), Name: "share_request.paper_received", At: at, Actor: by,
		Citation: law.Measure("26"), RuleVersion: request.Rules, Detail: "签收" + p.Title + "（" + p.Number + "）", Body: `{"paper":"` + p.ID + `"}`,
	}})
}

type verifyInput struct {
	Code string `path:"code" maxLength:"64"`
}

type verifyOutput struct {
	Body struct {
		Kind     string `json:"kind"`
		Title    string `json:"title"`
		Number   string `json:"number"`
		Issuer   string `json:"issuer"`
		IssuedOn string `json:"issuedOn"`
		SHA256   string `json:"sha256" doc:"PDF 文件的摘要；尚未生成时为空"`
	}
}

// verifyPaper tells anybody who holds a paper whether it is ours: what the
// sheet itself says and the hash of the file, nothing of the case. Whatever is
// no code of a paper has one and the same answer.
func (s *Server) verifyPaper(ctx context.Context, in *verifyInput) (*verifyOutput, error) {
	unknown := fault.New(fault.NotFound, "没有这个核验码的公文")
	code, ok := paper.ReadCode(in.Code)
	if !ok {
		return nil, unknown
	}
	p, err := s.store.PaperByCode(ctx, code)
	if fault.KindOf(err) == fault.NotFound {
		return nil, unknown
	}
	if err != nil {
		return nil, err
	}
	issuer, err := s.store.Agency(ctx, agency.ID(p.IssuerID))
	if err != nil {
		return nil, err
	}
	files, err := s.store.PaperFiles(ctx, []store.Paper{p})
	if err != nil {
		return nil, err
	}
	out := &verifyOutput{}
	out.Body.Kind, out.Body.Title, out.Body.Number = p.Kind, p.Title, p.Number
	out.Body.Issuer, out.Body.IssuedOn = issuer.Name, string(workday.DayOf(p.IssuedAt))
	for _, f := range files[p.ID] {
		if f.Format == press.PDF {
			out.Body.SHA256 = f.SHA256
		}
	}
	return out, nil
}
