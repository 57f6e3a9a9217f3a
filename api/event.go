package api

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"datagov/domain/agency"
	"datagov/domain/audit"
	"datagov/domain/fault"
	"datagov/domain/sharing"
)

type eventActorView struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Kind string `json:"kind" doc:"human 或者 system"`
}

type eventView struct {
	Seq         int64          `json:"seq"`
	Name        string         `json:"name"`
	Title       string         `json:"title"`
	At          time.Time      `json:"at"`
	Actor       eventActorView `json:"actor"`
	Principal   *refView       `json:"principal" doc:"代理时，被代理的人"`
	Agency      *refView       `json:"agency"`
	Citation    *citationView  `json:"citation"`
	RuleVersion string         `json:"ruleVersion"`
	Detail      string         `json:"detail"`
	Hash        string         `json:"hash"`
	Previous    string         `json:"previous"`
}

func (s *Server) registerEvents() {
	add(s, operation{
		ID: "list-case-events", Method: http.MethodGet, Path: "/cases/{id}/events", Summary: "事项的全部记录",
		Object: "share-request", Action: "read", Article: "26", Case: true,
	}, s.listCaseEvents)
	s.registerStream()
}

type caseEventsInput struct {
	Paging
	ID string `path:"id"`
}

func (s *Server) listCaseEvents(ctx context.Context, in *caseEventsInput) (*listOutput[eventView], error) {
	after, err := in.after()
	if err != nil {
		return nil, err
	}
	seq := int64(0)
	if after.ID != "" {
		if seq, err = strconv.ParseInt(after.ID, 10, 64); err != nil {
			return nil, fault.Form("/cursor", "翻页标记无效，请从第一页重新查询")
		}
	}
	rows, err := s.store.Events(ctx, sharing.Request{ID: in.ID}.Stream(), seq, in.Limit+1)
	if err != nil {
		return nil, err
	}
	rows, more := next(rows, in.Limit, func(e audit.Event) cursor { return cursor{e.At, strconv.FormatInt(e.Seq, 10)} })
	views, err := s.eventViews(ctx, rows)
	return listOf(views, more), err
}

// machines gives the system's own actors their words.
var machines = map[string]string{"law": "依法自动生效", "clock": "期限提醒", "desk": "岗位安排"}

func (s *Server) eventViews(ctx context.Context, events []audit.Event) ([]eventView, error) {
	people, agencies := []string{}, []string{}
	for _, e := range events {
		if e.Actor.Kind == agency.Human {
			people, agencies = append(people, e.Actor.Account, e.Actor.Principal), append(agencies, string(e.Actor.Agency))
		}
	}
	names, err := s.store.AccountNames(ctx, people)
	if err != nil {
		return nil, err
	}
	titles, err := s.store.AgencyNames(ctx, agencies)
	if err != nil {
		return nil, err
	}
	views := []eventView{}
	for _, e := range events {
		v := eventView{
			Seq: e.Seq, Name: e.Name, Title: sharing.EventTitle(e.Name), At: e.At, Citation: citationOf(e.Citation), RuleVersion: e.RuleVersion,
			Detail: e.Detail, Hash: e.Hash, Previous: e.Previous,
			Actor: eventActorView{e.Actor.Account, names[e.Actor.Account], string(e.Actor.Kind)},
		}
		if e.Actor.Kind == agency.Human {
			v.Agency = &refView{string(e.Actor.Agency), titles[string(e.Actor.Agency)]}
			if e.Actor.Principal != "" {
				v.Principal = &refView{e.Actor.Principal, names[e.Actor.Principal]}
			}
		} else {
			v.Actor.Name = machines[e.Actor.Account]
		}
		views = append(views, v)
	}
	return views, nil
}
