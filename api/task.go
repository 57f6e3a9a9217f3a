package api

import (
	"context"
	"net/http"
	"slices"
	"time"

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

	Mode        string         `json:"mode" doc:"any 或签，all 会签，sequence 依次"`
	Assignees   []assigneeView `json:"assignees" nullable:"false"`
	Vacant      bool           `json:"vacant" doc:"岗位空缺：没有人可以办理"`
	Verb        string         `json:"verb" doc:"这项待办等待的操作"`
	OpinionID   string         `json:"opinionId"`
	Bulk        bool           `json:"bulk" doc:"可以批量办理"`
	BulkRefused string         `json:"bulkRefused" doc:"不能批量办理的原因"`
	UrgedAt     *time.Time     `json:"urgedAt"`
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
	Box    string `query:"box" enum:"todo,done,started,cc,followed" default:"todo"`
	Step   string `query:"step" maxLength:"64" doc:"环节"`
	Agency string `query:"agency" maxLength:"64" doc:"当事机构"`
	Due    string `query:"due" enum:"overdue,soon" doc:"overdue 已逾期，soon 两个工作日内到期"`
	Query  string `query:"q" maxLength:"100" doc:"标题中的文字"`
}

// listTasks lists one box of the inbox: what is to do by the legal time left,
// everything else newest first. The boxes of one's own cases and of the cases
// one watches are lists of cases.
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
	switch in.Box {
	case "started":
		return s.caseBox(ctx, store.RequestFilter{SubmittedBy: actor.Standing()}, in, after, calendar)
	case "followed":
		return s.caseBox(ctx, store.RequestFilter{FollowedBy: actor.Account}, in, after, calendar)
	}
	f := store.TaskFilter{Box: in.Box, Account: actor.Standing(), Step: in.Step, Party: in.Agency, Words: in.Query}
	f.DueBy, f.AfterAt, f.AfterID, f.Limit = s.dueBy(in.Due, calendar), after.At, after.ID, in.Limit+1
	rows, err := s.store.Tasks(ctx, f)
	if err != nil {
		return nil, err
	}
	rows, more := next(rows, in.Limit, func(t store.Task) cursor { return cursor{t.At, t.ID} })
	views, err := s.taskViews(ctx, rows, calendar)
	return listOf(views, more), err
}

// dueBy is the instant that a choice of urgency stands for; zero for any.
func (s *Server) dueBy(due string, calendar workday.Calendar) time.Time {
	switch due {
	case "overdue":
		return s.Now()
	case "soon":
		return calendar.WorkingDays(workday.DayOf(s.Now()), soonDays, nil).Due
	}
	return time.Time{}
}

// soonDays is what the inbox calls soon, in working days. It sorts and decides nothing.
const soonDays = 2

// taskViews shows tasks with the people they were given to.
func (s *Server) taskViews(ctx context.Context, rows []store.Task, calendar workday.Calendar) ([]taskView, error) {
	ids, cases := []string{}, map[string]store.ShareRequest{}
	for _, t := range rows {
		ids = append(ids, t.ID)
	}
	assignees, err := s.store.Assignees(ctx, ids)
	if err != nil {
		return nil, err
	}
	people := []string{}
	for _, a := range assignees {
		people = append(people, a.AccountID)
	}
	names, err := s.store.AccountNames(ctx, people)
	if err != nil {
		return nil, err
	}
	views := []taskView{}
	for _, t := range rows {
		v := s.taskOf(t, calendar)
		for _, a := range assignees {
			if a.TaskID == t.ID {
				v.Assignees = append(v.Assignees, assigneeView{ID: a.AccountID, Name: names[a.AccountID], State: a.State, Added: a.AddedBy != "", At: moment(a.ActedAt)})
				v.Vacant = v.Vacant && !a.Open
			}
		}
		if err := s.viewAct(ctx, t, &v, cases); err != nil {
			return nil, err
		}
		views = append(views, v)
	}
	return views, nil
}

// viewAct says which act an open task waits for and whether it may be done in bulk.
func (s *Server) viewAct(ctx context.Context, t store.Task, v *taskView, cases map[string]store.ShareRequest) (err error) {
	if v.Status != "open" || t.Kind != store.SeatTask {
		v.Vacant = false
		return nil
	}
	v.Verb = sharing.VerbOf(t.Step)
	if !slices.Contains(bulkSteps, t.Step) {
		v.BulkRefused = "这项待办须打开逐件办理"
		return nil
	}
	r, known := cases[t.CaseID]
	if !known {
		if r, err = s.store.ShareRequest(ctx, t.CaseID); err != nil {
			return err
		}
		cases[t.CaseID] = r
	}
	v.OpinionID = openOpinion(r, t)
	v.BulkRefused, err = s.bulkRefused(ctx, t, r)
	v.Bulk = v.BulkRefused == ""
	return err
}

func (s *Server) taskOf(t store.Task, calendar workday.Calendar) taskView {
	now := s.Now()
	v := taskView{
		ID: t.ID, CaseID: t.CaseID, Kind: t.CaseKind, Title: t.Title, Step: t.Step, StepTitle: sharing.StepTitle(t.Step),
		Agency: refView{t.PartyID, t.PartyName}, Citation: citationOf(law.Measure("26")), Provisional: t.Provisional,
		Status: "open", CreatedAt: t.CreatedAt.UTC(), Mode: t.Mode, Assignees: []assigneeView{}, Vacant: true, UrgedAt: moment(t.UrgedAt),
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

// caseBox lists cases as lines of the inbox.
func (s *Server) caseBox(ctx context.Context, f store.RequestFilter, in *tasksInput, after cursor, calendar workday.Calendar) (*listOutput[taskView], error) {
	f.BeforeAt, f.BeforeID, f.Limit, f.Words = after.At, after.ID, in.Limit+1, in.Query
	rows, err := s.store.ShareRequests(ctx, f)
	if err != nil {
		return nil, err
	}
	rows, more := next(rows, in.Limit, func(r store.ShareRequestSummary) cursor { return cursor{r.SubmittedAt, r.ID} })
	summaries, err := s.requestSummaries(ctx, rows)
	views := []taskView{}
	for _, r := range summaries {
		v := taskView{
			ID: r.ID, CaseID: r.ID, Kind: "share_request", Title: r.Title, Step: r.Status, StepTitle: sharing.Status(r.Status).Title(),
			Agency: r.Provider, Citation: citationOf(law.Measure("26")), DueAt: r.DueAt, Overdue: r.Overdue, Status: r.Status, CreatedAt: r.SubmittedAt,
			Assignees: []assigneeView{},
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
		Todo     int64 `json:"todo"`
		Done     int64 `json:"done"`
		Started  int64 `json:"started"`
		Copied   int64 `json:"cc"`
		Followed int64 `json:"followed"`
		Overdue  int64 `json:"overdue"`
		Soon     int64 `json:"soon"`
	}
}

func (s *Server) countTasks(ctx context.Context, _ *struct{}) (*countsOutput, error) {
	actor, out := identity.ActorOf(ctx), &countsOutput{}
	calendar, err := s.store.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	for _, c := range []struct {
		box, due string
		into     *int64
	}{
		{"todo", "", &out.Body.Todo},
		{"done", "", &out.Body.Done},
		{"cc", "", &out.Body.Copied},
		{"todo", "overdue", &out.Body.Overdue},
		{"todo", "soon", &out.Body.Soon},
	} {
		if *c.into, err = s.store.CountTasks(ctx, store.TaskFilter{Box: c.box, Account: actor.Standing(), DueBy: s.dueBy(c.due, calendar)}); err != nil {
			return nil, err
		}
	}
	out.Body.Soon -= out.Body.Overdue
	if out.Body.Followed, err = s.store.CountFollowed(ctx, actor.Account); err != nil {
		return nil, err
	}
	out.Body.Started, err = s.store.CountStarted(ctx, actor.Standing())
	return out, err
}
