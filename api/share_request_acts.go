package api

import (
	"context"
	"net/http"

	"datagov/domain/fault"
	"datagov/domain/sharing"
	"datagov/domain/workday"
	"datagov/internal/identity"
	"datagov/store"
	"datagov/workflows"
)

func (s *Server) registerShareRequestActs() {
	act := func(id, path, summary, object, action, article string) operation {
		return operation{
			ID: id, Method: http.MethodPost, Path: "/share-requests/{id}" + path, Summary: summary,
			Object: object, Action: action, Article: article, Case: true, Status: http.StatusCreated,
		}
	}
	add(s, act("sign-off-share-request", "/sign-off", "负责人审签", "share-request", "sign-off", "TL 20"), s.signOff)
	add(s, act("revise-share-request", "/revision", "修改后重新提交", "share-request", "revise", "TL 20"), s.revise)
	add(s, act("check-share-request-form", "/form-check", "形式审查", "share-request", "form-check", "TL 21"), s.checkForm)
	add(s, act("supplement-share-request", "/supplement", "补正材料", "share-request", "supplement", "TL 21"), s.supplement)
	add(s, act("draft-opinion", "/opinions", "拟会同审核意见", "opinion", "draft", "26"), s.draftOpinion)
	add(s, act("sign-opinion", "/opinions/{opinionId}/sign", "审签意见", "opinion", "sign", "26"), s.signOpinion)
	add(s, act("extend-share-request", "/extension", "申请或者审批延期", "share-request", "extension", "TL 21"), s.extend)
	add(s, act("withdraw-share-request", "/withdraw", "撤回申请", "share-request", "withdraw", "26"), s.withdraw)
}

// CaseAct is what every act on a case has.
type CaseAct struct {
	Key
	ID string `path:"id"`
	// ShownDigest is the case's shown as the person read it.
	ShownDigest string `header:"Shown-Digest" maxLength:"64" doc:"办理时所看到内容的摘要，即事项的 shown；内容已有变化的不予办理并说明变化"`
}

// rule judges an act by the case as it stands.
type rule func(r store.ShareRequest) error

// act carries an act on an existing case and shows the case afterwards.
func (s *Server) act(ctx context.Context, in CaseAct, r request, judge rule) (workflows.Done, error) {
	r.key, r.act.CaseID, r.act.Actor, r.act.Shown = in.IdempotencyKey, in.ID, identity.ActorOf(ctx), in.ShownDigest
	r.judge = func(ctx context.Context) error {
		c, err := s.store.ShareRequest(ctx, in.ID)
		if err != nil {
			return err
		}
		r.act.Seen = c.Version
		if err := judge(c); err != nil {
			return err
		}
		return s.mustBeShown(ctx, c, in.ShownDigest)
	}
	done, err := s.gateway.do(ctx, &r)
	return done, s.told(ctx, in.ID, err)
}

// told adds to "too late" who was faster, for those who come second.
func (s *Server) told(ctx context.Context, caseID string, err error) error {
	f := fault.As(err)
	if f == nil || f.Kind != fault.Conflict {
		return err
	}
	last, ok, lookErr := s.store.LastClosed(ctx, caseID)
	if lookErr != nil || !ok {
		return err
	}
	names, lookErr := s.store.AccountNames(ctx, []string{last.ClosedBy})
	if lookErr != nil || names[last.ClosedBy] == "" {
		return err
	}
	said := *f
	said.Text += "。最近办理：" + names[last.ClosedBy] + "，" + sharing.StepTitle(last.Step) + "，" + last.ClosedAt.In(workday.Zone).Format("1月2日 15:04")
	return &said
}

func (s *Server) actAndShow(ctx context.Context, in CaseAct, r request, judge rule) (*caseOutput, error) {
	if _, err := s.act(ctx, in, r, judge); err != nil {
		return nil, err
	}
	return s.showCase(ctx, in.ID)
}

type signatureBody struct {
	Outcome string `json:"outcome" enum:"sign,return" doc:"sign 审签，return 退回"`
	Reason  string `json:"reason,omitempty" maxLength:"4000" doc:"退回须说明理由"`
}

func (b signatureBody) check() error {
	if b.Outcome == "return" && blank(b.Reason) {
		return fault.Form("/reason", "退回须说明理由")
	}
	return nil
}

type signOffInput struct {
	CaseAct
	Body signatureBody
}

// signOff signs or returns the clerk's draft; signing pledges 真实性、合法性、必要性. TL 20.
func (s *Server) signOff(ctx context.Context, in *signOffInput) (*caseOutput, error) {
	if err := in.Body.check(); err != nil {
		return nil, err
	}
	return s.actAndShow(ctx, in.CaseAct, request{
		operation: "sign-off", update: workflows.SignOffUpdate, words: sharing.SignatureWords(in.Body),
		act: workflows.Act{Outcome: in.Body.Outcome},
	}, func(r store.ShareRequest) error { return sharing.MaySignOff(r.Request, identity.ActorOf(ctx)) })
}

type revisionInput struct {
	CaseAct
	Body struct {
		Purpose string `json:"purpose"`
		Basis   string `json:"basis"`
		System  string `json:"system"`
		Until   string `json:"until"`
	}
}

// revise mends a returned draft. TL 20.
func (s *Server) revise(ctx context.Context, in *revisionInput) (*caseOutput, error) {
	w := sharing.FileWords{Purpose: in.Body.Purpose, Basis: in.Body.Basis, System: in.Body.System, Until: in.Body.Until}
	file := sharing.File{Purpose: w.Purpose, Basis: w.Basis, System: w.System, Until: w.Until, Mode: sharing.RequestResponse}
	if err := file.Check(workday.DayOf(s.Now())); err != nil {
		return nil, err
	}
	return s.actAndShow(ctx, in.CaseAct, request{operation: "revision", update: workflows.ReviseUpdate, words: w},
		func(r store.ShareRequest) error { return sharing.MayRevise(r.Request, identity.ActorOf(ctx)) })
}

type formCheckInput struct {
	CaseAct
	Body struct {
		Outcome string   `json:"outcome" enum:"complete,supplement" doc:"complete 齐全，supplement 一次性告知补正"`
		Missing []string `json:"missing,omitempty" nullable:"false" doc:"缺少的全部材料"`
	}
}

// checkForm finds the file complete or gives the one supplement notice. TL 21.
func (s *Server) checkForm(ctx context.Context, in *formCheckInput) (*caseOutput, error) {
	notify := in.Body.Outcome == "supplement"
	if notify {
		if err := sharing.CheckMissing(in.Body.Missing); err != nil {
			return nil, err
		}
	} else if len(in.Body.Missing) > 0 {
		return nil, fault.Form("/missing", "材料齐全的，不应列出缺少的材料")
	}
	return s.actAndShow(ctx, in.CaseAct, request{
		operation: "form-check", update: workflows.CheckFormUpdate, act: workflows.Act{Outcome: in.Body.Outcome},
		words: sharing.FormCheckWords{Outcome: in.Body.Outcome, Missing: in.Body.Missing},
	}, func(r store.ShareRequest) error {
		if notify {
			return sharing.MayNotify(r.Request, identity.ActorOf(ctx))
		}
		return sharing.MayCheckForm(r.Request, identity.ActorOf(ctx))
	})
}

type supplementInput struct {
	CaseAct
	Body *struct {
		Note    string `json:"note,omitempty" maxLength:"4000"`
		Purpose string `json:"purpose,omitempty"`
		Basis   string `json:"basis,omitempty"`
		System  string `json:"system,omitempty"`
		Until   string `json:"until,omitempty"`
	}
}

// supplement answers the notice; the answer's term runs from here. TL 21.
func (s *Server) supplement(ctx context.Context, in *supplementInput) (*caseOutput, error) {
	w := sharing.FileWords{}
	if in.Body != nil {
		w = sharing.FileWords(*in.Body)
	}
	return s.actAndShow(ctx, in.CaseAct, request{operation: "supplement", update: workflows.SupplyUpdate, words: w},
		func(r store.ShareRequest) error {
			if err := sharing.MendedFile(r.Request, r.Words.Mode, sharing.FileWords{
				Purpose: or(w.Purpose, r.Words.Purpose), Basis: or(w.Basis, r.Words.Basis), System: or(w.System, r.Words.System), Until: w.Until,
			}, workday.DayOf(s.Now())); err != nil {
				return err
			}
			return sharing.MaySupply(r.Request, identity.ActorOf(ctx))
		})
}

type extensionInput struct {
	CaseAct
	Body *struct {
		Outcome string `json:"outcome,omitempty" enum:"ask,consent,decline" doc:"提供机构 ask；主管部门 consent 或者 decline"`
		Reason  string `json:"reason,omitempty" maxLength:"4000"`
	}
}

// extend asks for, consents to or declines the one extension. TL 21. Without
// an outcome the commission consents and the provider asks.
func (s *Server) extend(ctx context.Context, in *extensionInput) (*caseOutput, error) {
	w := sharing.ExtensionWords{}
	if in.Body != nil {
		w = sharing.ExtensionWords(*in.Body)
	}
	actor := identity.ActorOf(ctx)
	c, err := s.store.ShareRequest(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	outcome := or(w.Outcome, sharing.ExtensionOutcome(c.Request, actor))
	return s.actAndShow(ctx, in.CaseAct, request{
		operation: "extension", update: workflows.ExtendUpdate, words: w, act: workflows.Act{Outcome: outcome},
	}, func(r store.ShareRequest) error {
		if outcome != "ask" {
			return sharing.MayDecideExtension(r.Request, actor, s.Now())
		}
		if blank(w.Reason) {
			return fault.Form("/reason", "申请延期须说明特殊原因")
		}
		return sharing.MayAskExtension(r.Request, actor, s.Now())
	})
}

type withdrawInput struct {
	CaseAct
	Body *struct {
		Reason string `json:"reason,omitempty" maxLength:"4000"`
	}
}

// withdraw ends the request at the requester's wish, until the answer.
func (s *Server) withdraw(ctx context.Context, in *withdrawInput) (*caseOutput, error) {
	w := sharing.WithdrawalWords{}
	if in.Body != nil {
		w = sharing.WithdrawalWords(*in.Body)
	}
	return s.actAndShow(ctx, in.CaseAct, request{operation: "withdraw", update: workflows.WithdrawUpdate, words: w},
		func(r store.ShareRequest) error { return sharing.MayWithdraw(r.Request, identity.ActorOf(ctx)) })
}
