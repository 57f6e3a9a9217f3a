package workflows

import (
	"slices"
	"time"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"datagov/activities"
	"datagov/domain/sharing"
)

// The updates of a share request. They are in histories: never rename one.
const (
	OpenUpdate         = "Open"
	SignOffUpdate      = "SignOff"
	ReviseUpdate       = "Revise"
	CheckFormUpdate    = "CheckForm"
	SupplyUpdate       = "Supply"
	DraftOpinionUpdate = "DraftOpinion"
	SignOpinionUpdate  = "SignOpinion"
	ExtendUpdate       = "Extend"
	WithdrawUpdate     = "Withdraw"
	SuspendUpdate      = "Suspend"
	MoveRulesUpdate    = "MoveRules"
)

// StateQuery answers, for operators, what the case waits for and until when.
const StateQuery = "state"

// ShareRequestInput starts the workflow of one case.
type ShareRequestInput struct {
	ID string `json:"id"`
	// Resume says that the case is on record already: the run is rebuilt from it.
	Resume bool `json:"resume,omitempty"`
}

// ShareRequestResult is how the request ended.
type ShareRequestResult struct {
	Status sharing.Status `json:"status"`
}

// ShareRequest carries one request from submission to its answer. Articles
// 24–27 of the measure; TL 20–22.
//
// States: sign_off → form_check ⇄ supplement → joint_review → approved →
// granted | partially_granted; or refused, disputed, withdrawn. A request whose
// items are all granted by law ends at the head's signature.
func ShareRequest(ctx workflow.Context, in ShareRequestInput) (ShareRequestResult, error) {
	var a *activities.ShareRequests
	c := &shareRequest{id: in.ID, resume: in.Resume, started: map[sharing.Path]bool{}, version: Began(ctx, ShareRequestType, shareRequestNewest)}
	c.caseState = newCaseState(ctx,
		func(ctx workflow.Context) workflow.Future {
			return workflow.ExecuteActivity(record(ctx), a.Load, in.ID)
		},
		func(ctx workflow.Context) workflow.Future {
			return workflow.ExecuteActivity(record(ctx), a.Ring, activities.Alarm{CaseID: in.ID, At: workflow.Now(ctx)})
		})
	if err := c.setup(ctx); err != nil {
		return ShareRequestResult{}, err
	}
	return c.run(ctx)
}

type shareRequest struct {
	*caseState
	id      string
	resume  bool
	started map[sharing.Path]bool // grants whose workflow runs
	version workflow.Version      // see versions.go
}

// setup registers everything that can reach the case before anything blocks.
func (c *shareRequest) setup(ctx workflow.Context) error {
	var a *activities.ShareRequests
	if err := workflow.SetUpdateHandler(ctx, OpenUpdate, c.opened); err != nil {
		return err
	}
	acts := []update{
		{SignOffUpdate, maySignOff, a.SignOff},
		{ReviseUpdate, func(r sharing.Request, in Act, _ time.Time) error { return sharing.MayRevise(r, in.Actor) }, a.Revise},
		{CheckFormUpdate, mayCheckForm, a.CheckForm},
		{SupplyUpdate, func(r sharing.Request, in Act, _ time.Time) error { return sharing.MaySupply(r, in.Actor) }, a.Supply},
		{DraftOpinionUpdate, mayDraft, a.DraftOpinion},
		{SignOpinionUpdate, func(r sharing.Request, in Act, _ time.Time) error { return sharing.MaySign(r, in.Actor, in.Opinion) }, a.SignOpinion},
		{ExtendUpdate, mayExtend, a.Extend},
		{WithdrawUpdate, func(r sharing.Request, in Act, _ time.Time) error { return sharing.MayWithdraw(r, in.Actor) }, a.Withdraw},
		{SuspendUpdate, maySuspend, a.Suspend},
		{MoveRulesUpdate, func(r sharing.Request, in Act, _ time.Time) error { return sharing.MayMoveRules(r, in.Actor) }, a.MoveRules},
	}
	for _, u := range slices.Concat(acts, deskUpdates(a.Order)) {
		if err := c.handle(ctx, u, c.settled); err != nil {
			return err
		}
	}
	c.reconcile(ctx)
	c.watch(ctx, c.over)
	return workflow.SetQueryHandler(ctx, StateQuery, func() (sharing.Request, error) { return c.request, nil })
}

// run is the procedure, in the order of the articles.
func (c *shareRequest) run(ctx workflow.Context) (ShareRequestResult, error) {
	for _, step := range []func(workflow.Context) error{
		c.open,        // 经办拟稿
		c.signOff,     // 负责人审签 (TL 20); what the law grants is granted here (26(2), 27(2))
		c.jointReview, // 形式审查与一次补正 (TL 21), 会同审核 (26(2))
		c.grant,       // 授予相应访问权限 (26(2))
		c.dispute,     // a dispute stays open; silence and differing opinions decide nothing
		finish,
	} {
		if err := step(ctx); err != nil {
			return ShareRequestResult{}, err
		}
	}
	return ShareRequestResult{Status: c.request.Status}, nil
}

// opened is the update that comes with the start: it puts the case on record.
func (c *shareRequest) opened(ctx workflow.Context, in Act) (Done, error) {
	var a *activities.ShareRequests
	done, err := c.perform(ctx, a.Open, in)
	c.failed = err != nil
	return done, err
}

// open waits until the case is on record, or reads it where it already is.
func (c *shareRequest) open(ctx workflow.Context) error {
	if c.resume {
		c.reload(ctx)
	}
	return c.until(ctx)
}

func (c *shareRequest) signOff(ctx workflow.Context) error {
	if err := c.until(ctx, sharing.SignOff); err != nil {
		return err
	}
	return c.startGrants(ctx)
}

func (c *shareRequest) jointReview(ctx workflow.Context) error {
	return c.until(ctx, sharing.FormCheck, sharing.Supplement, sharing.JointReview)
}

// grant writes the grants that the answer agreed to.
func (c *shareRequest) grant(ctx workflow.Context) error {
	if c.request.Status == sharing.Approved {
		var a *activities.ShareRequests
		if _, err := c.perform(ctx, a.GrantAgreed, c.id); err != nil {
			return err
		}
	}
	return c.startGrants(ctx)
}

func (c *shareRequest) dispute(ctx workflow.Context) error { return c.until(ctx, sharing.Disputed) }

// startGrants gives each new grant a workflow of its own, which outlives the request.
func (c *shareRequest) startGrants(ctx workflow.Context) error {
	for _, path := range sharing.GrantPaths() {
		if c.started[path] || len(c.request.GrantedItems(path)) == 0 {
			continue
		}
		c.started[path] = true
		id := sharing.GrantID(c.id, path)
		child := workflow.WithChildOptions(ctx, workflow.ChildWorkflowOptions{
			WorkflowID: GrantID(id), ParentClosePolicy: enums.PARENT_CLOSE_POLICY_ABANDON,
			WorkflowIDReusePolicy: enums.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE,
		})
		err := workflow.ExecuteChildWorkflow(child, Grant, GrantInput{ID: id}).GetChildWorkflowExecution().Get(ctx, nil)
		if err != nil && !temporal.IsWorkflowExecutionAlreadyStartedError(err) {
			return err
		}
	}
	return nil
}

// settled says that an answer has become grants, so that whoever gave it reads the end.
func (c *shareRequest) settled() bool { return c.request.Status != sharing.Approved }

// over says that no clock of the case can matter any more.
func (c *shareRequest) over() bool { return c.failed || c.request.Status.Closed() }
