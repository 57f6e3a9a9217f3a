package api

import (
	"context"
	"net/http"
	"time"

	"datagov/domain/agency"
	"datagov/domain/law"
	"datagov/domain/sharing"
	"datagov/domain/workday"
	"datagov/internal/identity"
	"datagov/store"
)

type taskView struct {
	ID          string        `json:"id"`
	CaseID      string        `json:"caseId"`
	Kind        string        `json:"kind"`
	Title       string        `json:"title"`
	Step        string        `json:"step"`
	StepTitle   string        `json:"stepTitle"`
	Agency      refView       `json:"agency" doc:"当事机构"`
	Citation    *citationView `json:"citation"`
	DueAt       *time.Time    `json:"dueAt"`
	Overdue     bool          `json:"overdue"`
	Remaining   *int          `json:"remaining" doc:"还剩的工作日"`
	Provisional bool          `json:"provisional"`
	Status      string        `json:"status"`
	CreatedAt   time.Time     `json:"createdAt"`
}

func (s *Server) registerTasks() {
	add(s, operation{
		ID: "list-tasks", Method: http.MethodGet, Path: "/tasks", Summary: "待办、已办、我发起、抄送", Object: "task", Action: "read", Article: "26",
	}, s.listTasks)
	add(s, operation{
		ID: "count-tasks", Method: http.MethodGet, Path: "/tasks/counts", Summary: "各箱计数", Object: "task", Action: "read", Article: "26",
	}, s.countTasks)
}

type tasksInput struct {
	Paging
	Box string `query:"box" enum:"todo,done,started,cc" default:"todo"`
}

// listTasks lists one box of the inbox; the box of one's own cases is a list of cases.
func (s *Server) listTasks(ctx context.Context, in *tasksInput) (*listOutput[taskView], error) {
	after, err := in.after()
	if err != nil {
		return nil, err
	}
	calendar, err := s.store.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	actor := identity.ActorOf(ctx)
	if in.Box == "started" {
		return s.startedTasks(ctx, in.Limit, after, actor, calendar)
	}
	rows, err := s.store.Tasks(ctx, store.TaskFilter{Box: in.Box, Actor: actor, BeforeAt: after.At, BeforeID: after.ID, Limit: in.Limit + 1})
	if err != nil {
		return nil, err
	}
	rows, more := next(rows, in.Limit, func(t store.Task) cursor {
		if in.Box == "done" {
			return cursor{t.ClosedAt, t.ID}
		}
		return cursor{t.CreatedAt, t.ID}
	})
	views := []taskView{}
	for _, t := range rows {
		views = append(views, s.taskOf(t, calendar))
	}
	return listOf(views, more), nil
}

func (s *Server) taskOf(t store.Task, calendar workday.Calendar) taskView {
	now := s.Now()
	v := taskView{
		ID: t.ID, CaseID: t.CaseID, Kind: t.CaseKind, Title: t.Title, Step: t.Step, StepTitle: sharing.StepTitle(t.Step),
		Agency: refView{t.PartyID, t.PartyName}, Citation: citationOf(law.Measure("26")), Provisional: t.Provisional,
		Status: "open", CreatedAt: t.CreatedAt.UTC(),
	}
	if !t.ClosedAt.IsZero() {
		v.Status = "done"
		return v
	}
	if !t.DueAt.IsZero() {
		left := remaining(calendar, workday.Day(t.LastDay), now)
		v.DueAt, v.Overdue, v.Remaining = moment(t.DueAt), !now.Before(t.DueAt), &left
	}
	return v
}

func (s *Server) startedTasks(ctx context.Context, limit int, after cursor, actor agency.Actor, calendar workday.Calendar) (*listOutput[taskView], error) {
	rows, err := s.store.ShareRequests(ctx, store.RequestFilter{
		SubmittedBy: actor.Account, BeforeAt: after.At, BeforeID: after.ID, Limit: limit + 1,
	})
	if err != nil {
		return nil, err
	}
	rows, more := next(rows, limit, func(r store.ShareRequestSummary) cursor { return cursor{r.SubmittedAt, r.ID} })
	summaries, err := s.requestSummaries(ctx, rows)
	views := []taskView{}
	for _, r := range summaries {
		v := taskView{
			ID: r.ID, CaseID: r.ID, Kind: "share_request", Title: r.Title, Step: r.Status, StepTitle: sharing.Status(r.Status).Title(),
			Agency: r.Provider, Citation: citationOf(law.Measure("26")), DueAt: r.DueAt, Overdue: r.Overdue, Status: r.Status, CreatedAt: r.SubmittedAt,
		}
		if r.DueAt != nil {
			left := remaining(calendar, workday.DayOf(r.DueAt.Add(-time.Second)), s.Now())
			v.Remaining = &left
		}
		views = append(views, v)
	}
	return listOf(views, more), err
}

type countsOutput struct {
	Body struct {
		Todo    int64 `json:"todo"`
		Done    int64 `json:"done"`
		Started int64 `json:"started"`
		Copied  int64 `json:"cc"`
		Overdue int64 `json:"overdue"`
	}
}

func (s *Server) countTasks(ctx context.Context, _ *struct{}) (*countsOutput, error) {
	actor, out := identity.ActorOf(ctx), &countsOutput{}
	for box, into := range map[string]*int64{"todo": &out.Body.Todo, "done": &out.Body.Done, "cc": &out.Body.Copied} {
		n, err := s.store.CountTasks(ctx, store.TaskFilter{Box: box, Actor: actor})
		if err != nil {
			return nil, err
		}
		*into = n
	}
	started, err := s.store.CountStarted(ctx, actor.Account)
	if err != nil {
		return nil, err
	}
	out.Body.Started = started
	out.Body.Overdue, err = s.store.CountOverdue(ctx, actor, s.Now())
	return out, err
}
