package api

import (
	"context"
	"net/http"

	"datagov/domain/casework"
	"datagov/domain/fault"
	"datagov/domain/sharing"
	"datagov/internal/identity"
	"datagov/store"
	"datagov/workflows"
)

func (s *Server) registerDesk() {
	order := func(verb casework.OrderVerb, method, path, summary string) operation {
		op := operation{
			ID: "order-" + path[1:], Method: method, Path: "/tasks/{id}" + path, Summary: summary, Object: "desk", Action: verb.Action(),
			Article: "26", Task: true, Status: http.StatusCreated,
		}
		if method != http.MethodPost || verb == casework.SendCopy {
			op.Path, op.Task, op.Case = "/cases/{id}"+path, false, true
		}
		return op
	}
	post := http.MethodPost
	add(s, order(casework.AddSigner, post, "/add-signer", "加签"), s.addSigner)
	add(s, order(casework.RemoveSigner, post, "/remove-signer", "减签"), s.removeSigner)
	add(s, order(casework.Transfer, post, "/transfer", "转办"), s.transfer)
	add(s, order(casework.Consult, post, "/consult", "委派：请同事提供意见"), s.consult)
	add(s, order(casework.Advise, post, "/advise", "回复委派"), s.advise)
	add(s, order(casework.Urge, post, "/urge", "催办"), s.urge)
	add(s, order(casework.SendCopy, post, "/copy", "抄送"), s.sendCopy)
	add(s, order(casework.Follow, http.MethodPut, "/follow", "关注"), s.watchCase)
	unfollow := order(casework.Unfollow, http.MethodDelete, "/follow", "取消关注")
	unfollow.ID = "order-unfollow"
	add(s, unfollow, s.unwatchCase)
	add(s, operation{
		ID: "list-candidates", Method: http.MethodGet, Path: "/tasks/{id}/candidates", Summary: "可以选择的人员",
		Object: "task", Action: "read", Article: "26", Task: true,
	}, s.listCandidates)
}

// TaskAct is what every act on a task has.
type TaskAct struct {
	Key
	ID string `path:"id"`
}

type orderedOutput struct {
	Body struct {
		CaseID  string `json:"caseId"`
		Version int64  `json:"version"`
		Made    string `json:"made,omitempty" doc:"委派的编号"`
	}
}

// peopleBody names people and says why.
type peopleBody struct {
	AccountIDs []string `json:"accountIds" minItems:"1" maxItems:"20" uniqueItems:"true" nullable:"false"`
	Reason     string   `json:"reason" maxLength:"1000"`
}

type personBody struct {
	AccountID string `json:"accountId" minLength:"1" maxLength:"64"`
	Reason    string `json:"reason" maxLength:"1000"`
}

type addSignerInput struct {
	TaskAct
	Body peopleBody
}

// addSigner asks that more people sign; the reason is part of the record.
func (s *Server) addSigner(ctx context.Context, in *addSignerInput) (*orderedOutput, error) {
	if blank(in.Body.Reason) {
		return nil, fault.Form("/reason", "加签须说明理由")
	}
	return s.orderTask(ctx, in.TaskAct, casework.Order{Verb: casework.AddSigner, Accounts: in.Body.AccountIDs}, in.Body.Reason)
}

type personInput struct {
	TaskAct
	Body personBody
}

// removeSigner takes an added signer off again, until he signs.
func (s *Server) removeSigner(ctx context.Context, in *personInput) (*orderedOutput, error) {
	if blank(in.Body.Reason) {
		return nil, fault.Form("/reason", "减签须说明理由")
	}
	return s.orderTask(ctx, in.TaskAct, casework.Order{Verb: casework.RemoveSigner, Accounts: []string{in.Body.AccountID}}, in.Body.Reason)
}

// transfer gives the task to another holder of the same duty.
func (s *Server) transfer(ctx context.Context, in *personInput) (*orderedOutput, error) {
	if blank(in.Body.Reason) {
		return nil, fault.Form("/reason", "转办须说明理由")
	}
	return s.orderTask(ctx, in.TaskAct, casework.Order{Verb: casework.Transfer, Accounts: []string{in.Body.AccountID}}, in.Body.Reason)
}

type consultInput struct {
	TaskAct
	Body struct {
		AccountID string `json:"accountId" minLength:"1" maxLength:"64"`
		Question  string `json:"question" maxLength:"2000"`
	}
}

// consult asks a colleague for advice, which comes back and decides nothing.
func (s *Server) consult(ctx context.Context, in *consultInput) (*orderedOutput, error) {
	if blank(in.Body.Question) {
		return nil, fault.Form("/question", "请写明需要对方提供什么意见")
	}
	return s.orderTask(ctx, in.TaskAct, casework.Order{Verb: casework.Consult, Accounts: []string{in.Body.AccountID}}, in.Body.Question)
}

type adviseInput struct {
	TaskAct
	Body struct {
		ConsultationID string `json:"consultationId" minLength:"1" maxLength:"64"`
		Advice         string `json:"advice" maxLength:"4000"`
	}
}

// advise answers a colleague's question.
func (s *Server) advise(ctx context.Context, in *adviseInput) (*orderedOutput, error) {
	if blank(in.Body.Advice) {
		return nil, fault.Form("/advice", "请填写意见")
	}
	return s.orderTask(ctx, in.TaskAct, casework.Order{Verb: casework.Advise, Consultation: in.Body.ConsultationID}, in.Body.Advice)
}

type urgeInput struct {
	TaskAct
	Body struct {
		Message string `json:"message,omitempty" maxLength:"500"`
	}
}

// urge asks the people of a task to act; it has no effect of law.
func (s *Server) urge(ctx context.Context, in *urgeInput) (*orderedOutput, error) {
	return s.orderTask(ctx, in.TaskAct, casework.Order{Verb: casework.Urge}, in.Body.Message)
}

type copyInput struct {
	CaseAct
	Body struct {
		AccountIDs []string `json:"accountIds" minItems:"1" maxItems:"20" uniqueItems:"true" nullable:"false"`
		Note       string   `json:"note,omitempty" maxLength:"500"`
	}
}

// sendCopy puts the case into other people's boxes, for information only.
func (s *Server) sendCopy(ctx context.Context, in *copyInput) (*orderedOutput, error) {
	return s.orderCase(ctx, in.CaseAct, casework.Order{Verb: casework.SendCopy, Accounts: in.Body.AccountIDs}, in.Body.Note)
}

type followInput struct{ CaseAct }

// watchCase follows a case that one may see.
func (s *Server) watchCase(ctx context.Context, in *followInput) (*orderedOutput, error) {
	return s.orderCase(ctx, in.CaseAct, casework.Order{Verb: casework.Follow}, "")
}

// unwatchCase stops following it.
func (s *Server) unwatchCase(ctx context.Context, in *followInput) (*orderedOutput, error) {
	return s.orderCase(ctx, in.CaseAct, casework.Order{Verb: casework.Unfollow}, "")
}

// orderTask carries an order about a task; whoever may ask knows its case.
func (s *Server) orderTask(ctx context.Context, in TaskAct, o casework.Order, words string) (*orderedOutput, error) {
	t, err := s.task(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	o.Task = t.ID
	if t.Kind == store.AdviceTask {
		o.Task = t.ParentID
	}
	return s.orderCase(ctx, CaseAct{Key: in.Key, ID: t.CaseID}, o, words)
}

func (s *Server) orderCase(ctx context.Context, in CaseAct, o casework.Order, words string) (*orderedOutput, error) {
	actor := identity.ActorOf(ctx)
	done, err := s.act(ctx, in, request{
		operation: "order-" + string(o.Verb), update: workflows.OrderUpdate(o.Verb), words: orderWords{o, words},
		act: workflows.Act{Outcome: string(o.Verb), Order: &o},
	}, func(r store.ShareRequest) error {
		if err := sharing.MayOrder(r.Request, o, actor, s.Now(), 0); err != nil {
			return err
		}
		targets, err := s.store.Actors(ctx, o.Accounts)
		if err != nil {
			return err
		}
		return r.MayBring(o, targets, s.Now())
	})
	out := &orderedOutput{}
	out.Body.CaseID, out.Body.Version, out.Body.Made = in.ID, done.Request.Version, done.Made
	return out, err
}

// orderWords are stored with the order itself, so that a key stands for one order.
type orderWords struct {
	Order casework.Order `json:"order"`
	Text  string         `json:"text"`
}

// task reads a task whose case the caller may see.
func (s *Server) task(ctx context.Context, id string) (store.Task, error) {
	if err := mustBeID(id, "这项待办"); err != nil {
		return store.Task{}, err
	}
	return s.store.Task(ctx, id)
}
