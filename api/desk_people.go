package api

import (
	"context"
	"time"

	"datagov/domain/agency"
	"datagov/domain/casework"
	"datagov/internal/identity"
	"datagov/store"
)

type personView struct {
	ID     string  `json:"id"`
	Name   string  `json:"name"`
	Agency refView `json:"agency"`
}

type candidatesInput struct {
	ID  string `path:"id"`
	For string `query:"for" enum:"add_signer,transfer,consult,copy" default:"transfer"`
}

type candidatesOutput struct {
	Body struct {
		Items []personView `json:"items" nullable:"false"`
	}
}

// listCandidates lists whom an order could bring in, judged by the same rule
// that judges the order.
func (s *Server) listCandidates(ctx context.Context, in *candidatesInput) (*candidatesOutput, error) {
	t, err := s.task(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	r, err := s.store.ShareRequest(ctx, t.CaseID)
	if err != nil {
		return nil, err
	}
	verb := casework.OrderVerb(in.For)
	agencies := []agency.ID{agency.ID(t.AgencyID)}
	if verb == casework.SendCopy {
		agencies = []agency.ID{r.Requester, r.Provider, r.Commission}
	}
	fit := []agency.Actor{}
	for _, of := range agencies {
		people, err := s.store.Colleagues(ctx, of)
		if err != nil {
			return nil, err
		}
		for _, p := range people {
			if s.mayComeIn(r, casework.Order{Verb: verb, Task: t.ID, Accounts: []string{p.Account}}, identity.ActorOf(ctx), p) {
				fit = append(fit, p)
			}
		}
	}
	out := &candidatesOutput{}
	out.Body.Items, err = s.personViews(ctx, fit[:min(len(fit), 500)])
	return out, err
}

func (s *Server) mayComeIn(r store.ShareRequest, o casework.Order, by, p agency.Actor) bool {
	t := casework.FindID(r.Desk, o.Task)
	if t == nil && o.Verb != casework.SendCopy || by.Is(p.Account) {
		return false
	}
	if t != nil && o.Verb != casework.SendCopy {
		for _, a := range t.Assignees {
			done := a.State == casework.HasSigned || a.AddedBy != "" && a.State == casework.Waiting
			if a.Account == p.Account && done {
				return false
			}
		}
	}
	return r.MayBring(o, []agency.Actor{p}, s.Now()) == nil
}

func (s *Server) personViews(ctx context.Context, people []agency.Actor) ([]personView, error) {
	ids, of := []string{}, []string{}
	for _, p := range people {
		ids, of = append(ids, p.Account), append(of, string(p.Agency))
	}
	names, err := s.store.AccountNames(ctx, ids)
	if err != nil {
		return nil, err
	}
	agencies, err := s.store.AgencyNames(ctx, of)
	if err != nil {
		return nil, err
	}
	views := []personView{}
	for _, p := range people {
		views = append(views, personView{p.Account, names[p.Account], refView{string(p.Agency), agencies[string(p.Agency)]}})
	}
	return views, nil
}

// waitingView is one open task of a case: on whom it waits and until when.
type waitingView struct {
	TaskID        string             `json:"taskId"`
	Step          string             `json:"step"`
	Title         string             `json:"title"`
	Agency        refView            `json:"agency"`
	Mode          string             `json:"mode" doc:"any 或签，all 会签，sequence 依次"`
	Vacant        bool               `json:"vacant"`
	Assignees     []assigneeView     `json:"assignees" nullable:"false"`
	Consultations []consultationView `json:"consultations" nullable:"false"`
	DueAt         *time.Time         `json:"dueAt"`
	LastDay       string             `json:"lastDay"`
	UrgedAt       *time.Time         `json:"urgedAt"`
	Urges         int                `json:"urges"`
}

type assigneeView struct {
	ID    string     `json:"id"`
	Name  string     `json:"name"`
	State string     `json:"state" doc:"waiting、signed、transferred、removed 或者 over"`
	Added bool       `json:"added" doc:"加签人"`
	By    string     `json:"by" doc:"代为办理的人"`
	At    *time.Time `json:"at"`
}

type consultationView struct {
	ID          string     `json:"id"`
	AskedByName string     `json:"askedByName"`
	Account     string     `json:"accountId"`
	Name        string     `json:"name"`
	Question    string     `json:"question"`
	Advice      string     `json:"advice"`
	AskedAt     time.Time  `json:"askedAt"`
	AnsweredAt  *time.Time `json:"answeredAt"`
}
