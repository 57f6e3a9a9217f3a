package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"datagov/domain/agency"
	"datagov/domain/casework"
	"datagov/domain/deadline"
	"datagov/domain/fault"
	"datagov/domain/sharing"
	"datagov/domain/workday"
	"datagov/internal/identity"
	"datagov/store"
	"datagov/workflows"
)

func (s *Server) registerBulk() {
	add(s, operation{
		ID: "act-in-bulk", Method: http.MethodPost, Path: "/tasks/bulk", Summary: "批量办理（逐项办理，逐项答复）",
		Object: "task", Action: "bulk", Article: "26", Status: http.StatusOK,
	}, s.actInBulk)
}

type bulkInput struct {
	Key
	Body struct {
		Items []struct {
			TaskID  string `json:"taskId" maxLength:"64"`
			Outcome string `json:"outcome" enum:"sign,complete" doc:"sign 审签，complete 材料齐全"`
			Reason  string `json:"reason" maxLength:"1000" doc:"逐项说明理由"`
		} `json:"items" minItems:"1" maxItems:"100" nullable:"false"`
	}
}

type bulkResult struct {
	TaskID string `json:"taskId"`
	CaseID string `json:"caseId"`
	OK     bool   `json:"ok"`
	Status string `json:"status" doc:"办理后的状态，或者未办成的原因类别"`
	Detail string `json:"detail"`
}

type bulkOutput struct {
	Body struct {
		Results []bulkResult `json:"results" nullable:"false"`
	}
}

// actInBulk does the same act on many tasks, each on its own with its own
// reason: one that is refused keeps none of the others from being done. It is
// no other way around any rule: every item goes through the act it stands for.
func (s *Server) actInBulk(ctx context.Context, in *bulkInput) (*bulkOutput, error) {
	out := &bulkOutput{}
	out.Body.Results = []bulkResult{}
	for _, item := range in.Body.Items {
		result := bulkResult{TaskID: item.TaskID}
		err := s.bulkItem(ctx, in.IdempotencyKey, item.TaskID, item.Outcome, item.Reason, &result)
		switch f := fault.As(err); {
		case f != nil:
			result.Status, result.Detail = string(f.Kind), f.Text
		case err != nil:
			result.Status, result.Detail = string(fault.Internal), s.render(ctx, err).Detail
		default:
			result.OK, result.Detail = true, "已办理"
		}
		out.Body.Results = append(out.Body.Results, result)
	}
	return out, nil
}

func (s *Server) bulkItem(ctx context.Context, key, task, outcome, reason string, result *bulkResult) error {
	if blank(reason) {
		return fault.Form("/reason", "批量办理须逐项说明理由")
	}
	t, err := s.task(ctx, task)
	if err != nil {
		return err
	}
	actor := identity.ActorOf(ctx)
	if err := s.mustSee(ctx, actor, t.CaseID); err != nil {
		return err
	}
	result.CaseID = t.CaseID
	r, err := s.store.ShareRequest(ctx, t.CaseID)
	if err != nil {
		return err
	}
	if again, err := s.bulkDone(ctx, actor, key+"/"+task); err != nil || again {
		result.Status = string(r.Status)
		return err
	}
	if text, err := s.bulkRefused(ctx, t, r); err != nil || text != "" {
		return firstOf(err, fault.New(fault.Conflict, text))
	}
	if _, err := s.bulkAct(ctx, CaseAct{Key: Key{key + "/" + task}, ID: t.CaseID}, t, r, outcome, reason); err != nil {
		return err
	}
	after, err := s.store.Parties(ctx, t.CaseID)
	result.Status = string(after.Status)
	return err
}

// bulkDone says whether the item was done before under the same key.
func (s *Server) bulkDone(ctx context.Context, actor agency.Actor, key string) (bool, error) {
	for _, operation := range []string{"sign-off", "sign-opinion", "form-check"} {
		c, ok, err := s.store.CommandByKey(ctx, actor.Account, operation, digestOf(key))
		if err != nil || ok && c.Applied() {
			return ok && c.Applied(), err
		}
	}
	return false, nil
}

func firstOf(err error, other error) error {
	if err != nil {
		return err
	}
	return other
}

// bulkAct carries the act that the task waits for.
func (s *Server) bulkAct(ctx context.Context, in CaseAct, t store.Task, r store.ShareRequest, outcome, reason string) (workflows.Done, error) {
	actor := identity.ActorOf(ctx)
	may := func(object, action string) error {
		if ok, err := s.rbac.Allow(actor, object, action); err != nil || !ok {
			return firstOf(err, fault.New(fault.Forbidden, "您的角色没有这项权限"))
		}
		return nil
	}
	switch opinion := openOpinion(r, t); {
	case t.Step == "sign_off" && outcome == "sign":
		if err := may("share-request", "sign-off"); err != nil {
			return workflows.Done{}, err
		}
		return s.act(ctx, in, request{
			operation: "sign-off", update: workflows.SignOffUpdate, words: sharing.SignatureWords{Outcome: "sign", Reason: reason},
			act: workflows.Act{Outcome: "sign"},
		}, func(r store.ShareRequest) error { return sharing.MaySignOff(r.Request, actor) })
	case opinion != "" && outcome == "sign":
		if err := may("opinion", "sign"); err != nil {
			return workflows.Done{}, err
		}
		return s.act(ctx, in, request{
			operation: "sign-opinion", update: workflows.SignOpinionUpdate, words: sharing.SignatureWords{Outcome: "sign", Reason: reason},
			act: workflows.Act{Outcome: "sign", Opinion: opinion},
		}, func(r store.ShareRequest) error { return sharing.MaySign(r.Request, actor, opinion) })
	case t.Step == "form_check" && outcome == "complete":
		if err := may("share-request", "form-check"); err != nil {
			return workflows.Done{}, err
		}
		return s.act(ctx, in, request{
			operation: "form-check", update: workflows.CheckFormUpdate, act: workflows.Act{Outcome: "complete"},
			words: sharing.FormCheckWords{Outcome: "complete", Note: reason},
		}, func(r store.ShareRequest) error { return sharing.MayCheckForm(r.Request, actor) })
	}
	return workflows.Done{}, fault.New(fault.Conflict, "这项待办不能批量办理，请打开逐件办理")
}

// openOpinion is the drafted opinion that a signature task waits for.
func openOpinion(r store.ShareRequest, t store.Task) string {
	side, ok := strings.CutPrefix(t.Step, "sign_")
	for _, o := range r.Opinions {
		if ok && string(o.Side) == side && o.Status == casework.Drafted {
			return o.ID
		}
	}
	return ""
}

// bulkSteps are the tasks that one act can be done to in bulk: signatures and
// the finding that a file is complete. Whatever needs words of its own is not.
var bulkSteps = []string{"sign_off", "sign_provider", "sign_commission", "form_check"}

// bulkRefused says why a task may not be done in bulk: not that kind of task,
// or data of a level that the rule pack reserves for reading one by one.
func (s *Server) bulkRefused(ctx context.Context, t store.Task, r store.ShareRequest) (string, error) {
	if t.Kind != store.SeatTask || !slices.Contains(bulkSteps, t.Step) {
		return "这项待办须打开逐件办理", nil
	}
	levels, err := s.bulkLevels(ctx, r.Rules)
	if err != nil {
		return "", err
	}
	parts, err := s.store.Parts(ctx, r.ID)
	if err != nil {
		return "", err
	}
	for _, p := range parts {
		if reason := levels[p.Level]; reason != "" {
			return reason, nil
		}
	}
	return "", nil
}

// bulkLevels are the levels a rule pack keeps out of bulk acts today, with the reason.
func (s *Server) bulkLevels(ctx context.Context, pack string) (map[string]string, error) {
	items, err := s.store.RuleItems(ctx, pack, deadline.KindBulk)
	if err != nil {
		return nil, err
	}
	today, levels := workday.DayOf(s.Now()), map[string]string{}
	for _, i := range items {
		var body deadline.BulkBody
		if i.InForceFrom > today {
			continue
		}
		if err := json.Unmarshal([]byte(i.Body), &body); err != nil {
			return nil, fmt.Errorf("read bulk rule %s: %w", i.Code, err)
		}
		if delete(levels, i.Code); body.Refused {
			levels[i.Code] = body.Reason + "（规则包 " + pack + "，" + string(i.Basis) + "）"
		}
	}
	return levels, nil
}
