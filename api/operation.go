package api

import (
	"context"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"datagov/domain/fault"
)

// operation declares one operation of the contract: what it is, which
// permission it needs and which article it serves. One without a permission
// must say that it is public; otherwise the server does not start.
type operation struct {
	ID, Method, Path, Summary string
	Object, Action            string
	Article                   string
	Public                    bool
	// Case says that {id} is a case, which only its parties may see.
	Case bool
	// Task says that {id} is a task, whose case only its parties may see.
	Task   bool
	Status int
	// Body is the most a request body may hold, in bytes; 0 means bodyLimit.
	Body int64
}

// bodyLimit is the most a request body may hold unless the operation says otherwise.
const bodyLimit = 256 << 10

// add registers an operation with its admission and its way of rendering errors.
func add[I, O any](s *Server, op operation, handle func(context.Context, *I) (*O, error)) {
	if !op.Public && (op.Object == "" || op.Action == "" || op.Article == "") {
		s.defects = append(s.defects, errors.New("operation "+op.ID+" has no permission or article"))
	}
	if op.Body == 0 {
		op.Body = bodyLimit
	}
	huma.Register(s.api, huma.Operation{
		OperationID: op.ID, Method: op.Method, Path: op.Path, Summary: op.Summary,
		DefaultStatus: op.Status, MaxBodyBytes: op.Body,
		Errors:      []int{http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusConflict, http.StatusUnprocessableEntity},
		Middlewares: huma.Middlewares{s.admit(op)},
		Extensions:  map[string]any{"x-permission": permission(op), "x-article": op.Article},
	}, func(ctx context.Context, in *I) (*O, error) {
		out, err := handle(ctx, in)
		if err != nil {
			return nil, s.render(ctx, err)
		}
		return out, nil
	})
}

func permission(op operation) string {
	if op.Public {
		return "public"
	}
	return op.Object + ":" + op.Action
}

// admit asks, before anything is parsed: who is it (401), may his role ever
// (403), is he a party to the case (404).
func (s *Server) admit(op operation) func(huma.Context, func(huma.Context)) {
	return func(hc huma.Context, next func(huma.Context)) {
		ctx, err := s.admitted(hc, op)
		if err != nil {
			p := s.render(hc.Context(), err)
			hc.SetHeader("Content-Type", "application/problem+json")
			hc.SetHeader("Cache-Control", "no-store")
			hc.SetStatus(p.Status)
			_ = huma.DefaultJSONFormat.Marshal(hc.BodyWriter(), p)
			return
		}
		next(huma.WithContext(hc, ctx))
	}
}

func (s *Server) admitted(hc huma.Context, op operation) (context.Context, error) {
	if op.Public {
		return hc.Context(), checkQuery(hc)
	}
	ctx, person, err := s.authenticate(hc.Context(), credentials{hc.Header("Authorization"), hc.Header("Cookie"), hc.Header("X-Acting-For")})
	if err != nil {
		return nil, err
	}
	ok, err := s.rbac.Allow(person.Actor, op.Object, op.Action)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, fault.New(fault.Forbidden, "您的角色没有这项权限")
	}
	id := hc.Param("id")
	if op.Task {
		t, err := s.task(ctx, id)
		if err != nil {
			return nil, err
		}
		id = t.CaseID
	}
	if op.Case || op.Task {
		if err := s.mustSee(ctx, person.Actor, id); err != nil {
			return nil, err
		}
	}
	return ctx, checkQuery(hc)
}

// checkQuery refuses queries that no record can look for.
func checkQuery(hc huma.Context) error {
	url := hc.URL()
	for _, values := range url.Query() {
		for _, v := range values {
			if !keepable(v) {
				return fault.Form("/query", "查询条件含有不能识别的字符")
			}
		}
	}
	return nil
}
