package api

import (
	"context"
	"net/http"
	"time"

	"datagov/domain/sharing"
	"datagov/domain/workday"
	"datagov/internal/identity"
	"datagov/store"
	"datagov/workflows"
)

func (s *Server) registerShareRequests() {
	add(s, operation{
		ID: "preview-share-request", Method: http.MethodPost, Path: "/share-requests/preview", Summary: "预览各数据项的办理路径",
		Object: "share-request", Action: "preview", Article: "26", Status: http.StatusOK,
	}, s.previewShareRequest)
	add(s, operation{
		ID: "submit-share-request", Method: http.MethodPost, Path: "/share-requests", Summary: "提交共享申请",
		Object: "share-request", Action: "submit", Article: "26", Status: http.StatusCreated,
	}, s.submitShareRequest)
	add(s, operation{
		ID: "list-share-requests", Method: http.MethodGet, Path: "/share-requests", Summary: "共享申请列表",
		Object: "share-request", Action: "read", Article: "26",
	}, s.listShareRequests)
	add(s, operation{
		ID: "get-share-request", Method: http.MethodGet, Path: "/share-requests/{id}", Summary: "共享申请",
		Object: "share-request", Action: "read", Article: "26", Case: true,
	}, s.getShareRequest)
}

// Key is the header that makes an act repeatable without being done twice.
type Key struct {
	IdempotencyKey string `header:"Idempotency-Key" required:"true" minLength:"1" maxLength:"200" doc:"同一操作重试时不变，另一操作时更换"`
}

type fileBody struct {
	EntryID    string   `json:"entryId" maxLength:"64"`
	ItemIDs    []string `json:"itemIds" maxItems:"500" nullable:"false"`
	Purpose    string   `json:"purpose" doc:"使用用途（使用场景和范围）"`
	Basis      string   `json:"basis" doc:"使用依据：职责或者法律依据"`
	ScenarioID string   `json:"scenarioId,omitempty" maxLength:"64"`
	Mode       string   `json:"mode" doc:"request_response、copy 或者 other"`
	System     string   `json:"system" doc:"使用数据的信息系统"`
	Until      string   `json:"until" doc:"使用期限，YYYY-MM-DD，一年以内"`
}

func (b fileBody) file() sharing.File {
	return sharing.File{
		EntryID: b.EntryID, Items: b.ItemIDs, Purpose: b.Purpose, Basis: b.Basis, ScenarioID: b.ScenarioID,
		Mode: sharing.Mode(b.Mode), System: b.System, Until: b.Until,
	}
}

type submitInput struct {
	Key
	Body fileBody
}

type caseOutput struct{ Body caseView }

// submitShareRequest opens a case in sign-off. Article 26. A wholly barred
// request is stopped here with its ground, and no case is opened.
func (s *Server) submitShareRequest(ctx context.Context, in *submitInput) (*caseOutput, error) {
	actor, file := identity.ActorOf(ctx), in.Body.file()
	done, err := s.gateway.do(ctx, &request{
		operation: "submit-share-request", update: workflows.OpenUpdate, key: in.IdempotencyKey, opens: true,
		act: workflows.Act{Actor: actor}, words: file,
		judge: func(ctx context.Context) error {
			if err := s.mustKnow(file); err != nil {
				return err
			}
			now := s.Now()
			if err := file.Check(workday.DayOf(now)); err != nil {
				return err
			}
			submission, _, err := s.store.Submission(ctx, "", actor, file, now)
			if err != nil {
				return err
			}
			return judgeRoute(submission)
		},
	})
	if err != nil {
		return nil, err
	}
	return s.showCase(ctx, done.Request.ID)
}

// mustKnow refuses identifiers that cannot exist, before the form is judged.
func (s *Server) mustKnow(f sharing.File) error {
	if err := mustBeID(f.EntryID, "目录条目"); err != nil {
		return err
	}
	if f.ScenarioID != "" {
		return mustBeID(f.ScenarioID, "应用场景")
	}
	return nil
}

func judgeRoute(s sharing.Submission) error {
	routed, err := sharing.Route(s.Entry, s.File.Items, s.Requester, s.File.Mode, s.Scenario, workday.DayOf(s.At))
	if err != nil {
		return err
	}
	return sharing.AllBarred(s.Entry, routed)
}

type previewInput struct {
	Body struct {
		EntryID    string   `json:"entryId" maxLength:"64"`
		ItemIDs    []string `json:"itemIds" maxItems:"500" nullable:"false"`
		ScenarioID string   `json:"scenarioId,omitempty" maxLength:"64"`
		Mode       string   `json:"mode"`
	}
}

type routedView struct {
	ItemID   string        `json:"itemId"`
	ItemName string        `json:"itemName"`
	Level    string        `json:"level"`
	Route    string        `json:"route"`
	Why      string        `json:"why"`
	Citation *citationView `json:"citation"`
	Grounds  []groundView  `json:"grounds" nullable:"false"`
}

type previewOutput struct {
	Body struct {
		Parts     []routedView `json:"parts" nullable:"false"`
		AllBarred bool         `json:"allBarred"`
		Next      string       `json:"next"`
	}
}

// previewShareRequest shows each item's route before anything is written. Article 26.
func (s *Server) previewShareRequest(ctx context.Context, in *previewInput) (*previewOutput, error) {
	file := sharing.File{EntryID: in.Body.EntryID, Items: in.Body.ItemIDs, ScenarioID: in.Body.ScenarioID, Mode: sharing.Mode(in.Body.Mode)}
	if err := s.mustKnow(file); err != nil {
		return nil, err
	}
	submission, _, err := s.store.Submission(ctx, "", identity.ActorOf(ctx), file, s.Now())
	if err != nil {
		return nil, err
	}
	routed, err := sharing.Route(submission.Entry, file.Items, submission.Requester, file.Mode, submission.Scenario, workday.DayOf(s.Now()))
	if err != nil {
		return nil, err
	}
	out := &previewOutput{}
	review := false
	for _, r := range routed {
		v := routedView{r.Item.ID, r.Item.Name, r.Item.Level, string(r.Path), r.Why, citationOf(r.Citation), []groundView{}}
		if r.Path == sharing.Barred {
			for _, g := range r.Item.Grounds {
				v.Grounds = append(v.Grounds, groundOf(g, true))
			}
		}
		review = review || r.Path == sharing.ByReview
		out.Body.Parts = append(out.Body.Parts, v)
	}
	out.Body.AllBarred = sharing.AllBarred(submission.Entry, routed) != nil
	out.Body.Next = whatFollows(out.Body.AllBarred, review)
	return out, nil
}

func whatFollows(barred, review bool) string {
	switch {
	case barred:
		return "所选数据项依法均不能共享，无法提交"
	case review:
		return "提交后由本机构负责人审签，再由主管部门形式审查，会同提供机构审核"
	}
	return "提交后由本机构负责人审签，审签即授权，不设审核"
}

type requestsInput struct {
	Paging
	Status string `query:"status" maxLength:"30"`
}

type requestSummaryView struct {
	ID          string     `json:"id"`
	Title       string     `json:"title"`
	Entry       refView    `json:"entry"`
	Requester   refView    `json:"requester"`
	Provider    refView    `json:"provider"`
	Status      string     `json:"status"`
	DueAt       *time.Time `json:"dueAt"`
	Overdue     bool       `json:"overdue"`
	SubmittedAt time.Time  `json:"submittedAt"`
}

// listShareRequests lists the cases of the actor's agency, or every case for
// whoever may read every case.
func (s *Server) listShareRequests(ctx context.Context, in *requestsInput) (*listOutput[requestSummaryView], error) {
	after, err := in.after()
	if err != nil {
		return nil, err
	}
	actor := identity.ActorOf(ctx)
	filter := store.RequestFilter{Status: in.Status, BeforeAt: after.At, BeforeID: after.ID, Limit: in.Limit + 1}
	all, err := s.rbac.Allow(actor, "share-request", "read-all")
	if err != nil {
		return nil, err
	}
	if !all {
		filter.Party = string(actor.Agency)
	}
	rows, err := s.store.ShareRequests(ctx, filter)
	if err != nil {
		return nil, err
	}
	rows, more := next(rows, in.Limit, func(r store.ShareRequestSummary) cursor { return cursor{r.SubmittedAt, r.ID} })
	views, err := s.requestSummaries(ctx, rows)
	return listOf(views, more), err
}

func (s *Server) requestSummaries(ctx context.Context, rows []store.ShareRequestSummary) ([]requestSummaryView, error) {
	ids := []string{}
	for _, r := range rows {
		ids = append(ids, r.RequesterID, r.ProviderID)
	}
	names, err := s.store.AgencyNames(ctx, ids)
	views := []requestSummaryView{}
	for _, r := range rows {
		v := requestSummaryView{
			ID: r.ID, Title: r.Title, Entry: refView{r.EntryID, r.EntryName}, Requester: refView{r.RequesterID, names[r.RequesterID]},
			Provider: refView{r.ProviderID, names[r.ProviderID]}, Status: r.Status, SubmittedAt: r.SubmittedAt.UTC(),
		}
		if r.ClosedAt.IsZero() && !r.DueAt.Equal(r.SubmittedAt) {
			v.DueAt, v.Overdue = moment(r.DueAt), !s.Now().Before(r.DueAt)
		}
		views = append(views, v)
	}
	return views, err
}

// moment shows an instant; nil for the zero one.
func moment(at time.Time) *time.Time {
	if at.IsZero() {
		return nil
	}
	at = at.UTC()
	return &at
}
