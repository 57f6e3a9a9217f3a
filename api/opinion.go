package api

import (
	"context"

	"datagov/domain/casework"
	"datagov/domain/law"
	"datagov/domain/sharing"
	"datagov/domain/workday"
	"datagov/internal/identity"
	"datagov/store"
	"datagov/workflows"
)

type opinionInput struct {
	CaseAct
	Body struct {
		Outcome    string               `json:"outcome" enum:"agree,agree_with_conditions,refuse"`
		Reason     string               `json:"reason,omitempty" maxLength:"4000"`
		Conditions []casework.Condition `json:"conditions,omitempty" maxItems:"50" nullable:"false"`
		Grounds    []groundBody         `json:"grounds,omitempty" maxItems:"20" nullable:"false"`
		ItemIDs    []string             `json:"itemIds,omitempty" maxItems:"500" nullable:"false" doc:"限定不同意的数据项；其余视为同意"`
		Side       string               `json:"side,omitempty" enum:"provider,commission" doc:"同一机构兼有两方职责时填写"`
	}
}

// groundBody is a ground as the client writes it. What counts as a ground is a
// rule of law, judged in the domain, never by this schema. Article 25.
type groundBody struct {
	Level     string `json:"level"`
	Title     string `json:"title"`
	DocNo     string `json:"docNo,omitempty"`
	Article   string `json:"article"`
	Quote     string `json:"quote"`
	InForceOn string `json:"inForceOn"`
	Warning   string `json:"warning,omitempty" readOnly:"true"`
}

type draftedOutput struct {
	Body struct {
		ID     string                 `json:"id"`
		Status casework.OpinionStatus `json:"status"`
	}
}

// draftOpinion writes one side's opinion for its head to sign. Article 26(2);
// a refusal needs a reason and a valid ground (25).
func (s *Server) draftOpinion(ctx context.Context, in *opinionInput) (*draftedOutput, error) {
	w := in.words()
	actor, draft := identity.ActorOf(ctx), w.Outline()
	if err := checkConditions(w.Conditions); err != nil {
		return nil, err
	}
	c, err := s.store.ShareRequest(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	draft.Side = sharing.SideOf(c.Request, actor, w.Side)
	done, err := s.act(ctx, in.CaseAct, request{
		operation: "draft-opinion", update: workflows.DraftOpinionUpdate, words: w,
		act: workflows.Act{Outcome: in.Body.Outcome, Draft: &draft},
	}, func(r store.ShareRequest) error {
		if err := draft.CheckForm(r.Request); err != nil {
			return err
		}
		return draft.MayWrite(r.Request, actor, workday.DayOf(s.Now()), law.Editions(s.Library))
	})
	if err != nil {
		return nil, err
	}
	out := &draftedOutput{}
	out.Body.ID, out.Body.Status = done.Made, casework.Drafted
	return out, nil
}

func (in *opinionInput) words() sharing.OpinionWords {
	w := sharing.OpinionWords{
		Side: casework.Side(in.Body.Side), Outcome: casework.Outcome(in.Body.Outcome), Reason: in.Body.Reason,
		Conditions: in.Body.Conditions, Items: in.Body.ItemIDs,
	}
	for _, g := range in.Body.Grounds {
		w.Grounds = append(w.Grounds, law.Claim{
			Level: g.Level, Title: g.Title, DocNo: g.DocNo, Article: g.Article, Quote: g.Quote, InForceOn: g.InForceOn,
		})
	}
	return w
}

type signOpinionInput struct {
	CaseAct
	OpinionID string `path:"opinionId"`
	Body      signatureBody
}

// signOpinion signs or returns a drafted opinion; two signatures are the answer. Article 26(2).
func (s *Server) signOpinion(ctx context.Context, in *signOpinionInput) (*caseOutput, error) {
	if err := mustBeID(in.OpinionID, "这份意见"); err != nil {
		return nil, err
	}
	if err := in.Body.check(); err != nil {
		return nil, err
	}
	return s.actAndShow(ctx, in.CaseAct, request{
		operation: "sign-opinion", update: workflows.SignOpinionUpdate, words: sharing.SignatureWords(in.Body),
		act: workflows.Act{Outcome: in.Body.Outcome, Opinion: in.OpinionID},
	}, func(r store.ShareRequest) error {
		if err := sharing.MaySign(r.Request, identity.ActorOf(ctx), in.OpinionID); err != nil || in.Body.Outcome == "return" {
			return err
		}
		return s.mustBeFresh(ctx, r, in.OpinionID)
	})
}
