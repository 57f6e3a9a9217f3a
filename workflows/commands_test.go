package workflows_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/workflow"
)

// recording writes down, in order, what a workflow asks of the engine, with
// arguments and durations.
type recording struct {
	interceptor.WorkerInterceptorBase
	lines []string
}

func (r *recording) note(format string, args ...any) {
	r.lines = append(r.lines, fmt.Sprintf(format, args...))
}

// InterceptWorkflow wraps the workflow's inbound calls.
func (r *recording) InterceptWorkflow(_ workflow.Context, next interceptor.WorkflowInboundInterceptor) interceptor.WorkflowInboundInterceptor {
	in := &inbound{recording: r}
	in.Next = next
	return in
}

type inbound struct {
	interceptor.WorkflowInboundInterceptorBase
	recording *recording
}

// Init wraps the workflow's outbound calls.
func (i *inbound) Init(next interceptor.WorkflowOutboundInterceptor) error {
	out := &outbound{recording: i.recording}
	out.Next = next
	return i.Next.Init(out)
}

// ExecuteWorkflow notes how the run ended.
func (i *inbound) ExecuteWorkflow(ctx workflow.Context, in *interceptor.ExecuteWorkflowInput) (any, error) {
	result, err := i.Next.ExecuteWorkflow(ctx, in)
	if err == nil {
		i.recording.note("end %s", asJSON(result))
	}
	return result, err
}

// ExecuteUpdate notes an accepted act and its answer.
func (i *inbound) ExecuteUpdate(ctx workflow.Context, in *interceptor.UpdateInput) (any, error) {
	i.recording.note("accept %s %s", in.Name, asJSON(in.Args...))
	result, err := i.Next.ExecuteUpdate(ctx, in)
	i.recording.note("answer %s", in.Name)
	return result, err
}

type outbound struct {
	interceptor.WorkflowOutboundInterceptorBase
	recording *recording
}

// ExecuteActivity notes an effect with its input.
func (o *outbound) ExecuteActivity(ctx workflow.Context, activity string, args ...any) workflow.Future {
	options := workflow.GetActivityOptions(ctx)
	o.recording.note("activity %s %s within %s", activity, asJSON(args...), options.StartToCloseTimeout)
	return o.Next.ExecuteActivity(ctx, activity, args...)
}

// NewTimer notes a wait.
func (o *outbound) NewTimer(ctx workflow.Context, d time.Duration) workflow.Future {
	o.recording.note("timer %s", rounded(d))
	return o.Next.NewTimer(ctx, d)
}

// NewTimerWithOptions notes a wait.
func (o *outbound) NewTimerWithOptions(ctx workflow.Context, d time.Duration, options workflow.TimerOptions) workflow.Future {
	o.recording.note("timer %s (%s)", rounded(d), options.Summary)
	return o.Next.NewTimerWithOptions(ctx, d, options)
}

// ExecuteChildWorkflow notes a workflow that is started.
func (o *outbound) ExecuteChildWorkflow(ctx workflow.Context, kind string, args ...any) workflow.ChildWorkflowFuture {
	options := workflow.GetChildWorkflowOptions(ctx)
	o.recording.note("child %s %s %s %s", kind, options.WorkflowID, options.ParentClosePolicy, asJSON(args...))
	return o.Next.ExecuteChildWorkflow(ctx, kind, args...)
}

// SignalExternalWorkflow notes a signal that is sent.
func (o *outbound) SignalExternalWorkflow(ctx workflow.Context, id, run, signal string, arg any) workflow.Future {
	o.recording.note("signal %s to %s %s", signal, id, asJSON(arg))
	return o.Next.SignalExternalWorkflow(ctx, id, run, signal, arg)
}

// rounded is the time as a person would set it: recording it again gives the
// same text, while another term gives another one.
func rounded(d time.Duration) string {
	switch day := 24 * time.Hour; {
	case d <= 0:
		return "passed"
	case d > day:
		return fmt.Sprintf("%d days", (d+day-1)/day)
	}
	return (d + time.Second - 1).Truncate(time.Second).String()
}

func asJSON(values ...any) string {
	list := make([]string, 0, len(values))
	for _, v := range values {
		b, err := json.Marshal(v)
		if err != nil {
			b = []byte(err.Error())
		}
		list = append(list, string(b))
	}
	return strings.Join(list, " ")
}
