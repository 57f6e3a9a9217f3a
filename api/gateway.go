package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/google/uuid"
	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"

	"datagov/domain/fault"
	"datagov/domain/sharing"
	"datagov/store"
	"datagov/workflows"
)

// Gateway is the only place of the API that talks to the engine. Every act on
// a case goes through it: the words are stored as a command under the client's
// key, the engine is told only identifiers, and a retry is the same act.
type Gateway struct {
	engine   client.Client
	store    *store.Store
	log      *slog.Logger
	now      func() time.Time
	inFlight sync.Map
	cases    queues
	answered chan string
}

func newGateway(o Options) *Gateway {
	return &Gateway{engine: o.Engine, store: o.Store, log: o.Log, now: o.Now, cases: queues{waiting: map[string]*queue{}}, answered: make(chan string, 4096)}
}

// request is one act as a handler hands it over.
type request struct {
	operation string
	update    string
	key       string // Idempotency-Key
	act       workflows.Act
	words     any
	// judge refuses by form, facts, state and law before anything is written;
	// it is asked only when the act is new.
	judge func(ctx context.Context) error
	// opens says that the act opens its case.
	opens bool
}

// do carries an act to its end and says what it left behind. The same key with
// other words is a form fault; the same act in flight is a conflict.
func (g *Gateway) do(ctx context.Context, r *request) (workflows.Done, error) {
	if !r.opens {
		leave, err := g.cases.enter(ctx, r.act.CaseID)
		if err != nil {
			return workflows.Done{}, err
		}
		defer leave()
	}
	command, err := g.claim(ctx, r)
	if err != nil {
		return workflows.Done{}, err
	}
	if command.Applied() {
		return workflows.Done{Request: sharing.Request{ID: command.CaseID}, Made: command.Result}, nil
	}
	if _, busy := g.inFlight.LoadOrStore(command.ID, true); busy {
		return workflows.Done{}, fault.New(fault.Conflict, "同一操作正在办理，请稍候")
	}
	defer g.inFlight.Delete(command.ID)
	r.act.Command, r.act.CaseID = command.ID, command.CaseID
	if err := g.see(ctx, r); err != nil {
		return workflows.Done{}, err
	}
	done, err := g.send(ctx, r)
	if refusal := fault.As(workflows.Refusal(err)); refusal != nil {
		if dropErr := g.store.DropCommand(context.WithoutCancel(ctx), command.ID); dropErr != nil {
			g.log.WarnContext(ctx, "drop refused command", slog.Any("error", dropErr))
		}
		return workflows.Done{}, refusal
	}
	if err != nil {
		return workflows.Done{}, err
	}
	g.settle(command.ID)
	return done, nil
}

// see notes which version of the case the act is sent against, where judging
// it has not noted one.
func (g *Gateway) see(ctx context.Context, r *request) error {
	if r.opens || r.act.Seen > 0 {
		return nil
	}
	c, err := g.store.ShareRequest(ctx, r.act.CaseID)
	r.act.Seen = c.Version
	return err
}

// claim finds the command of the key or, after judging the act, stores it.
func (g *Gateway) claim(ctx context.Context, r *request) (store.Command, error) {
	body, err := json.Marshal(r.words)
	if err != nil {
		return store.Command{}, fmt.Errorf("write words: %w", err)
	}
	wanted := store.Command{
		ID: uuid.Must(uuid.NewV7()).String(), AccountID: r.act.Actor.Account, Operation: r.operation, KeyDigest: digestOf(r.key),
		CaseID: r.act.CaseID, Body: string(body), CreatedAt: g.now(),
		BodyHash: digestOf(r.operation + "\n" + r.act.CaseID + "\n" + r.act.Opinion + "\n" + string(body)),
	}
	if known, ok, err := g.known(ctx, wanted); err != nil || ok {
		return known, err
	}
	if err := checkWords(body); err != nil {
		return store.Command{}, err
	}
	if err := r.judge(ctx); err != nil {
		return store.Command{}, err
	}
	if r.opens {
		wanted.CaseID = uuid.Must(uuid.NewV7()).String()
	}
	if err := g.store.InsertCommand(ctx, wanted); err != nil {
		if store.IsStale(err) { // the same key arrived twice at once
			if known, ok, err := g.known(ctx, wanted); err != nil || ok {
				return known, err
			}
		}
		return store.Command{}, err
	}
	return wanted, nil
}

func (g *Gateway) known(ctx context.Context, wanted store.Command) (store.Command, bool, error) {
	c, ok, err := g.store.CommandByKey(ctx, wanted.AccountID, wanted.Operation, wanted.KeyDigest)
	if err != nil || !ok {
		return store.Command{}, false, err
	}
	if c.BodyHash != wanted.BodyHash {
		return store.Command{}, false, &fault.Error{
			Kind: fault.Invalid, Text: "同一 Idempotency-Key 已用于内容不同的操作，请换一个新的",
			Fields: []fault.Field{{Pointer: "/header/Idempotency-Key", Text: "已用于内容不同的操作"}},
		}
	}
	return c, true, nil
}

func (g *Gateway) send(ctx context.Context, r *request) (workflows.Done, error) {
	if r.opens {
		return g.sendWithStart(ctx, r)
	}
	handle, err := g.engine.UpdateWorkflow(ctx, g.options(r))
	if err == nil {
		var done workflows.Done
		err = handle.Get(ctx, &done)
		if err == nil {
			return done, nil
		}
	}
	var lost *serviceerror.NotFound
	if errors.As(err, &lost) { // the engine has lost the case: it is rebuilt from its rows
		return g.sendWithStart(ctx, r)
	}
	return workflows.Done{}, err
}

// sendWithStart starts the case's workflow together with the update. A
// workflow ID is used once, so a closed case cannot be opened again.
func (g *Gateway) sendWithStart(ctx context.Context, r *request) (workflows.Done, error) {
	reuse := enums.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE
	if !r.opens { // a run that failed may be rebuilt, one that ended well may not
		reuse = enums.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY
	}
	start := g.engine.NewWithStartWorkflowOperation(client.StartWorkflowOptions{
		ID: workflows.ShareRequestID(r.act.CaseID), TaskQueue: workflows.TaskQueue,
		WorkflowIDReusePolicy:    reuse,
		WorkflowIDConflictPolicy: enums.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING,
		StaticSummary:            "Article 26", TypedSearchAttributes: workflows.ShareRequestAttributes(r.act.Actor.Agency),
	}, workflows.ShareRequestType, workflows.ShareRequestInput{ID: r.act.CaseID, Resume: !r.opens})
	handle, err := g.engine.UpdateWithStartWorkflow(ctx, client.UpdateWithStartWorkflowOptions{
		StartWorkflowOperation: start, UpdateOptions: g.options(r),
	})
	var done workflows.Done
	if err == nil {
		err = handle.Get(ctx, &done)
	}
	var closed *serviceerror.WorkflowExecutionAlreadyStarted
	if errors.As(err, &closed) {
		return done, fault.New(fault.Conflict, "本事项已经办结")
	}
	return done, err
}

func (g *Gateway) options(r *request) client.UpdateWorkflowOptions {
	return client.UpdateWorkflowOptions{
		UpdateID: r.act.Command, WorkflowID: workflows.ShareRequestID(r.act.CaseID), UpdateName: r.update,
		Args: []any{r.act}, WaitForStage: client.WorkflowUpdateStageCompleted,
	}
}

// settle notes, soon and in a batch, that the engine has answered. A note that
// is lost only makes the reconciler look at the case once more.
func (g *Gateway) settle(id string) {
	select {
	case g.answered <- id:
	default:
	}
}

// settleLoop stores what [Gateway.settle] was told, once a second.
func (g *Gateway) settleLoop(ctx context.Context) error {
	ticks := time.NewTicker(time.Second)
	defer ticks.Stop()
	for {
		select {
		case <-ctx.Done():
			g.flush(context.WithoutCancel(ctx))
			return nil
		case <-ticks.C:
			g.flush(ctx)
		}
	}
}

func (g *Gateway) flush(ctx context.Context) {
	ids := []string{}
	for len(ids) < cap(g.answered) {
		select {
		case id := <-g.answered:
			ids = append(ids, id)
			continue
		default:
		}
		break
	}
	if err := g.store.SettleCommands(ctx, ids, g.now()); err != nil {
		g.log.WarnContext(ctx, "settle commands", slog.Any("error", err))
	}
}

func digestOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
