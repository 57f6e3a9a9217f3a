//go:build !noembed

package embedded_test

import (
	"context"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/operatorservice/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"datagov/internal/embedded"
)

const queue = "greetings"

// greet is the smallest procedure: it waits for a name and returns it.
func greet(ctx workflow.Context) (string, error) {
	var name string
	workflow.GetSignalChannel(ctx, "name").Receive(ctx, &name)
	return "hello " + name, nil
}

func start(ctx context.Context, t *testing.T, options embedded.Options) (*embedded.Server, client.Client) {
	t.Helper()
	server, err := embedded.Start(ctx, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Stop)
	c, err := client.DialContext(ctx, client.Options{
		HostPort: server.Address(), Namespace: embedded.DefaultNamespace, Logger: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return server, c
}

// runWorker polls until the test ends or the returned function is called.
func runWorker(t *testing.T, c client.Client) (stop func()) {
	t.Helper()
	w := worker.New(c, queue, worker.Options{})
	w.RegisterWorkflow(greet)
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	return w.Stop
}

func retention(ctx context.Context, t *testing.T, c client.Client) time.Duration {
	t.Helper()
	found, err := c.WorkflowService().DescribeNamespace(ctx, &workflowservice.DescribeNamespaceRequest{
		Namespace: embedded.DefaultNamespace,
	})
	if err != nil {
		t.Fatal(err)
	}
	return found.GetConfig().GetWorkflowExecutionRetentionTtl().AsDuration()
}

// The folder's name holds what a URI would misread.
func options(t *testing.T) embedded.Options {
	t.Helper()
	return embedded.Options{
		File:   filepath.Join(t.TempDir(), "temporal 数据 100%?.db"),
		Logger: slog.New(slog.DiscardHandler),
	}
}

func TestStateSurvivesARestart(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	opts := options(t)

	server, c := start(ctx, t, opts)
	stop := runWorker(t, c)
	run, err := c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID: "greeting/1", TaskQueue: queue,
		TypedSearchAttributes: caseKind("ShareRequest"),
	}, greet)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.SignalWorkflow(ctx, run.GetID(), "", "name", "Baoshan"); err != nil {
		t.Fatal(err)
	}
	stop()
	c.Close()
	server.Stop()

	opts.Retention = 60 * 24 * time.Hour
	_, c = start(ctx, t, opts)
	t.Cleanup(runWorker(t, c))
	var greeting string
	if err := c.GetWorkflow(ctx, run.GetID(), "").Get(ctx, &greeting); err != nil {
		t.Fatal(err)
	}
	if greeting != "hello Baoshan" {
		t.Errorf("greeting = %q after the restart", greeting)
	}
	if got := retention(ctx, t, c); got != opts.Retention {
		t.Errorf("retention = %v after the restart, want the new %v", got, opts.Retention)
	}
}

func TestANewFileHasOurRetentionAndSearchAttributes(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	_, c := start(ctx, t, options(t))
	if got := retention(ctx, t, c); got != embedded.DefaultRetention {
		t.Errorf("retention = %v, want %v", got, embedded.DefaultRetention)
	}
	known, err := c.OperatorService().ListSearchAttributes(ctx, &operatorservice.ListSearchAttributesRequest{
		Namespace: embedded.DefaultNamespace,
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]enums.IndexedValueType{
		"CaseKind":   enums.INDEXED_VALUE_TYPE_KEYWORD,
		"CaseStatus": enums.INDEXED_VALUE_TYPE_KEYWORD,
		"Agency":     enums.INDEXED_VALUE_TYPE_KEYWORD,
		"Article":    enums.INDEXED_VALUE_TYPE_KEYWORD,
		"DueAt":      enums.INDEXED_VALUE_TYPE_DATETIME,
	} {
		if got := known.GetCustomAttributes()[name]; got != want {
			t.Errorf("search attribute %s is %v, want %v", name, got, want)
		}
	}
}

func TestALostSearchAttributeComesBack(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	opts := options(t)
	server, c := start(ctx, t, opts)
	_, err := c.OperatorService().RemoveSearchAttributes(ctx, &operatorservice.RemoveSearchAttributesRequest{
		Namespace: embedded.DefaultNamespace, SearchAttributes: []string{"CaseKind"},
	})
	if err != nil {
		t.Fatal(err)
	}
	c.Close()
	server.Stop()

	_, c = start(ctx, t, opts)
	_, err = c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID: "greeting/2", TaskQueue: queue, TypedSearchAttributes: caseKind("ShareRequest"),
	}, greet)
	if err != nil {
		t.Errorf("a start that names CaseKind: %v", err)
	}
}

func TestASecondServerOnTheFileIsRefused(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	opts := options(t)
	start(ctx, t, opts)
	second, err := embedded.Start(ctx, opts)
	if err == nil {
		second.Stop()
		t.Fatal("two servers run on one file")
	}
	if !strings.Contains(err.Error(), "another process") {
		t.Errorf("error = %v", err)
	}
}

func TestTheServerSaysNothingWhenAllIsWell(t *testing.T) {
	t.Parallel()
	var heard strings.Builder
	opts := options(t)
	opts.Logger = slog.New(slog.NewTextHandler(&heard, nil))
	server, c := start(t.Context(), t, opts)
	c.Close()
	server.Stop()
	if strings.Contains(heard.String(), "part=engine") {
		t.Errorf("the engine's chatter reached our log:\n%s", heard.String())
	}
}

func caseKind(kind string) temporal.SearchAttributes {
	return temporal.NewSearchAttributes(temporal.NewSearchAttributeKeyKeyword("CaseKind").ValueSet(kind))
}
