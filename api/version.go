package api

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"datagov/domain/casework"
	"datagov/domain/fault"
	"datagov/domain/sharing"
	"datagov/domain/workday"
	"datagov/internal/identity"
	"datagov/store"
)

func (s *Server) registerVersions() {
	add(s, operation{
		ID: "list-share-request-versions", Method: http.MethodGet, Path: "/share-requests/{id}/versions", Summary: "共享申请的历次变化",
		Object: "share-request", Action: "read", Article: "26", Case: true,
	}, s.listVersions)
}

type versionView struct {
	Version int64     `json:"version"`
	At      time.Time `json:"at"`
	Title   string    `json:"title" doc:"这一步办理了什么"`
}

type versionsInput struct {
	Paging
	ID string `path:"id"`
}

// listVersions lists the moves of a case, oldest first.
func (s *Server) listVersions(ctx context.Context, in *versionsInput) (*listOutput[versionView], error) {
	after, err := in.after()
	if err != nil {
		return nil, err
	}
	version := int64(0)
	if after.ID != "" {
		if version, err = strconv.ParseInt(after.ID, 10, 64); err != nil {
			return nil, fault.Form("/cursor", "翻页标记无效，请从第一页重新查询")
		}
	}
	rows, err := s.store.CaseVersions(ctx, in.ID, version, in.Limit+1)
	if err != nil {
		return nil, err
	}
	rows, more := next(rows, in.Limit, func(v store.CaseVersion) cursor { return cursor{v.At, strconv.FormatInt(v.Version, 10)} })
	titles, err := s.moves(ctx, in.ID, rows)
	views := []versionView{}
	for _, v := range rows {
		views = append(views, versionView{v.Version, v.At.UTC(), titles[v.At.UTC()]})
	}
	return listOf(views, more), err
}

// moves names what was done at each version: the first event of its instant.
func (s *Server) moves(ctx context.Context, id string, versions []store.CaseVersion) (map[time.Time]string, error) {
	titles := map[time.Time]string{}
	if len(versions) == 0 {
		return titles, nil
	}
	events, err := s.store.EventsBetween(ctx, sharing.Request{ID: id}.Stream(), versions[0].At, versions[len(versions)-1].At)
	for _, e := range events {
		if titles[e.At] == "" {
			titles[e.At] = sharing.EventTitle(e.Name)
		}
	}
	return titles, err
}

type caseInput struct {
	ID      string    `path:"id"`
	At      time.Time `query:"at" doc:"按这一时刻的情况显示，RFC 3339"`
	Version int64     `query:"version" minimum:"1" doc:"按第几次变化以后的情况显示"`
}

// getShareRequest shows the case as it stands, or as it stood.
func (s *Server) getShareRequest(ctx context.Context, in *caseInput) (*caseOutput, error) {
	switch {
	case in.Version > 0 && !in.At.IsZero():
		return nil, fault.Form("/query", "时刻和版本只能指定一项")
	case in.Version > 0:
		v, err := s.store.CaseVersion(ctx, in.ID, in.Version)
		if err != nil {
			return nil, err
		}
		return s.showCaseAsOf(ctx, v, v.At.UTC())
	case !in.At.IsZero():
		v, err := s.store.CaseVersionAt(ctx, in.ID, in.At)
		if err != nil {
			return nil, err
		}
		return s.showCaseAsOf(ctx, v, in.At.UTC())
	}
	return s.showCase(ctx, in.ID)
}

// showCaseAsOf shows the case in one of its versions: the same answer, from
// the state of that time, with nothing to do.
func (s *Server) showCaseAsOf(ctx context.Context, v store.CaseVersion, at time.Time) (*caseOutput, error) {
	m := &material{server: s, now: at, asOf: at, actor: identity.ActorOf(ctx)}
	if err := m.read(ctx, v.CaseID); err != nil {
		return nil, err
	}
	if err := m.goBack(ctx, v); err != nil {
		return nil, err
	}
	view, err := m.view(ctx)
	return &caseOutput{view}, err
}

// goBack takes everything away that came after the version.
func (m *material) goBack(ctx context.Context, v store.CaseVersion) (err error) {
	if m.r, err = v.ShareRequest(); err != nil {
		return err
	}
	m.receipts = receipts{}
	for i := range m.parts {
		for _, p := range m.r.Parts {
			if p.Item == m.parts[i].ItemID {
				m.parts[i].Status = string(p.Status)
			}
		}
	}
	m.opinions = m.opinionsThen()
	m.grants = grantsThen(m.grants, m.asOf)
	events := []eventView{}
	for _, e := range m.events {
		if !e.At.After(m.asOf) {
			events = append(events, e)
		}
	}
	m.events = events
	return m.readNames(ctx)
}

// opinionsThen are the opinions that the state knows, signed where it says so.
func (m *material) opinionsThen() []store.Opinion {
	opinions := []store.Opinion{}
	for _, o := range m.opinions {
		for _, then := range m.r.Opinions {
			if then.ID != o.ID {
				continue
			}
			if then.Status == casework.Drafted {
				o.Signature, o.ReturnReason, o.SignedBy, o.SignedAt = "", "", "", time.Time{}
			}
			opinions = append(opinions, o)
		}
	}
	return opinions
}

// grantsThen are the grants there were at the instant, as they were: a grant
// is provisioned, then active, and ends after its last day.
func grantsThen(grants []store.Grant, at time.Time) []store.Grant {
	then := []store.Grant{}
	for _, g := range grants {
		if g.GrantedAt.After(at) {
			continue
		}
		switch ends := workday.Day(g.Until).Next().Start(); {
		case g.FromAt.IsZero() || g.FromAt.After(at):
			g.Status, g.FromAt = string(sharing.Provisioning), time.Time{}
		case g.Status == string(sharing.Expired) && at.Before(ends):
			g.Status = string(sharing.Active)
		}
		then = append(then, g)
	}
	return then
}
