package api

import (
	"context"
	"encoding/json"
	"net/http"

	"datagov/domain/deadline"
	"datagov/domain/fault"
	"datagov/domain/law"
	"datagov/domain/sharing"
	"datagov/domain/workday"
	"datagov/internal/identity"
	"datagov/store"
	"datagov/workflows"
)

func (s *Server) registerRulePacks() {
	read := func(id, path, summary string) operation {
		return operation{ID: id, Method: http.MethodGet, Path: path, Summary: summary, Object: "rule-pack", Action: "read", Article: "5"}
	}
	add(s, read("list-rule-packs", "/rule-packs", "规则包"), s.listRulePacks)
	add(s, read("get-rule-pack", "/rule-packs/{version}", "一个规则包的全部规则"), s.getRulePack)
}

func (s *Server) registerSuspension() {
	act := func(id, path, summary, action, article string) operation {
		return operation{
			ID: id, Method: http.MethodPost, Path: "/share-requests/{id}" + path, Summary: summary, Object: "share-request", Action: action,
			Article: article, Case: true, Status: http.StatusCreated,
		}
	}
	add(s, act("suspend-share-request-clock", "/suspension", "中止或者恢复计算期限", "suspend", "26"), s.suspend)
	add(s, act("move-share-request-rules", "/rules", "改用规则包", "rules", "26"), s.moveRules)
}

// PackHeadView is the head of a rule pack, as lists and details show it.
type PackHeadView struct {
	Version   string `json:"version"`
	AdoptedOn string `json:"adoptedOn"`
	Note      string `json:"note"`
	Newest    bool   `json:"newest" doc:"新事项现在适用的规则包"`
}

type termView struct {
	Code        string        `json:"code"`
	Title       string        `json:"title"`
	Scope       string        `json:"scope" doc:"空为全部，government 政府部门，other 其他机构"`
	Value       int           `json:"value"`
	Unit        string        `json:"unit"`
	BasisKind   string        `json:"basisKind"`
	Source      string        `json:"source"`
	Citation    *citationView `json:"citation" doc:"只有法定的才引用"`
	InForceFrom string        `json:"inForceFrom"`
	Note        string        `json:"note"`
}

type ruleItemView struct {
	Kind        string         `json:"kind"`
	Code        string         `json:"code"`
	Title       string         `json:"title"`
	Body        map[string]any `json:"body" nullable:"false"`
	BasisKind   string         `json:"basisKind"`
	Source      string         `json:"source"`
	Citation    *citationView  `json:"citation" doc:"只有法定的才引用"`
	InForceFrom string         `json:"inForceFrom"`
}

type packOutput struct {
	Body struct {
		PackHeadView

		Terms []termView     `json:"terms" nullable:"false"`
		Items []ruleItemView `json:"items" nullable:"false"`
	}
}

// packsShown bounds the list; packs are adopted a few times a year.
const packsShown = 100

// listRulePacks lists the adopted packs, newest first.
func (s *Server) listRulePacks(ctx context.Context, _ *struct{}) (*listOutput[PackHeadView], error) {
	rows, err := s.store.RulePacks(ctx, packsShown)
	if err != nil {
		return nil, err
	}
	newest, err := s.store.PackVersion(ctx, workday.DayOf(s.Now()))
	views := []PackHeadView{}
	for _, r := range rows {
		views = append(views, PackHeadView{r.Version, r.AdoptedOn, r.Note, r.Version == newest})
	}
	return listOf(views, nil), err
}

type packInput struct {
	Version string `path:"version"`
}

// getRulePack shows a pack with every figure, its rank and its source.
func (s *Server) getRulePack(ctx context.Context, in *packInput) (*packOutput, error) {
	if !keepable(in.Version) {
		return nil, fault.New(fault.NotFound, "没有找到规则包")
	}
	head, err := s.store.RulePack(ctx, in.Version)
	if err != nil {
		return nil, err
	}
	newest, err := s.store.PackVersion(ctx, workday.DayOf(s.Now()))
	if err != nil {
		return nil, err
	}
	pack, err := s.store.Pack(ctx, head.Version)
	if err != nil {
		return nil, err
	}
	out := &packOutput{}
	out.Body.PackHeadView = PackHeadView{head.Version, head.AdoptedOn, head.Note, head.Version == newest}
	out.Body.Terms, out.Body.Items = []termView{}, []ruleItemView{}
	for _, t := range pack.Terms {
		out.Body.Terms = append(out.Body.Terms, termView{
			t.Code, t.Title, string(t.Scope), t.Value, string(t.Unit), string(t.Basis), t.Source, statutory(t.Basis, t.Citation), string(t.InForceFrom), t.Note,
		})
	}
	for _, i := range pack.Items {
		body := map[string]any{}
		if err := json.Unmarshal([]byte(i.Body), &body); err != nil {
			return nil, err
		}
		out.Body.Items = append(out.Body.Items, ruleItemView{
			string(i.Kind), i.Code, i.Title, body, string(i.Basis), i.Source, statutory(i.Basis, i.Citation), string(i.InForceFrom),
		})
	}
	return out, nil
}

// statutory cites what is 法定 and nothing else (correction 8 of the requirements).
func statutory(basis deadline.Basis, c law.Citation) *citationView {
	if basis != deadline.Statutory {
		return nil
	}
	return citationOf(c)
}

// casePackView is the pack a case is pinned to, and for which reasons its terms
// may be suspended.
type casePackView struct {
	PackHeadView

	Suspensions []reasonView `json:"suspensions" nullable:"false" doc:"可以中止计算期限的事由"`
}

type reasonView struct {
	Code      string `json:"code"`
	Title     string `json:"title"`
	Limit     int    `json:"limit" doc:"最长的工作日数"`
	BasisKind string `json:"basisKind"`
	Article   string `json:"article"`
}

func (m *material) pack(ctx context.Context) (*casePackView, error) {
	db, today := m.server.store, workday.DayOf(m.now)
	head, err := db.RulePack(ctx, m.r.Rules)
	if fault.KindOf(err) == fault.NotFound && err != nil {
		return nil, nil // a pack for tests is shown to nobody
	}
	if err != nil {
		return nil, err
	}
	newest, err := db.PackVersion(ctx, today)
	if err != nil {
		return nil, err
	}
	items, err := db.RuleItems(ctx, head.Version, deadline.KindSuspension)
	if err != nil {
		return nil, err
	}
	reasons, err := deadline.Pack{Version: head.Version, Items: items}.Suspensions(today)
	v := &casePackView{PackHeadView{head.Version, head.AdoptedOn, head.Note, head.Version == newest}, []reasonView{}}
	for _, r := range reasons {
		v.Suspensions = append(v.Suspensions, reasonView{r.Code, r.Title, r.Limit, string(r.Basis), r.Article()})
	}
	return v, err
}

type suspensionInput struct {
	CaseAct
	Body struct {
		Outcome    string `json:"outcome" enum:"suspend,resume" doc:"suspend 中止，resume 恢复"`
		ReasonCode string `json:"reasonCode,omitempty" maxLength:"64" doc:"规则包所列的中止事由；恢复时不填"`
		Note       string `json:"note,omitempty" maxLength:"4000" doc:"中止须说明情况"`
	}
}

// suspend stops the terms of a case for a listed reason, or lets them go on.
func (s *Server) suspend(ctx context.Context, in *suspensionInput) (*caseOutput, error) {
	w, stop := sharing.SuspensionWords(in.Body), in.Body.Outcome == "suspend"
	if stop && blank(w.Note) {
		return nil, fault.Form("/note", "中止计算期限须说明情况")
	}
	return s.actAndShow(ctx, in.CaseAct, request{
		operation: "suspension", update: workflows.SuspendUpdate, words: w, act: workflows.Act{Outcome: w.Outcome},
	}, func(r store.ShareRequest) error {
		if !stop {
			return sharing.MayResume(r.Request, identity.ActorOf(ctx), s.Now())
		}
		items, err := s.store.RuleItems(ctx, r.Rules, deadline.KindSuspension)
		if err != nil {
			return err
		}
		if _, err := (deadline.Pack{Version: r.Rules, Items: items}).Suspension(w.ReasonCode, workday.DayOf(s.Now())); err != nil {
			return err
		}
		return sharing.MaySuspend(r.Request, identity.ActorOf(ctx), s.Now())
	})
}

type rulesInput struct {
	CaseAct
	Body struct {
		Version string `json:"version" maxLength:"32" doc:"改用的规则包"`
		Reason  string `json:"reason" maxLength:"4000"`
	}
}

// moveRules puts an open case under another rule pack: a decision of the
// commission's head with its reason, never an effect of a new pack.
func (s *Server) moveRules(ctx context.Context, in *rulesInput) (*caseOutput, error) {
	w := sharing.RulesWords(in.Body)
	return s.actAndShow(ctx, in.CaseAct, request{operation: "rules", update: workflows.MoveRulesUpdate, words: w},
		func(r store.ShareRequest) error {
			if blank(w.Reason) {
				return fault.Form("/reason", "改用规则包须说明理由")
			}
			if err := sharing.MayMoveRules(r.Request, identity.ActorOf(ctx)); err != nil {
				return err
			}
			if err := s.store.MayApplyPack(ctx, w.Version, workday.DayOf(s.Now())); err != nil {
				return err
			}
			return sharing.CheckRules(r.Request, w)
		})
}
