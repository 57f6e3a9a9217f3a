package workflows_test

import (
	"path/filepath"
	"testing"

	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"datagov/workflows"
)

// second is a version that a changed procedure would have.
const second = workflow.Version(1)

// changed is the share request as a later release might have it: it only says
// which version it finds itself under, and waits.
func changed(found *workflow.Version) func(workflow.Context, workflows.ShareRequestInput) (workflows.ShareRequestResult, error) {
	return func(ctx workflow.Context, _ workflows.ShareRequestInput) (workflows.ShareRequestResult, error) {
		*found = workflows.Began(ctx, workflows.ShareRequestType, second)
		return workflows.ShareRequestResult{}, workflow.Await(ctx, func() bool { return false })
	}
}

// A case that is under way is carried to its end as it began.
func TestARunningCaseKeepsTheVersionItBeganUnder(t *testing.T) {
	t.Parallel()
	found := second
	replayer := worker.NewWorkflowReplayer()
	replayer.RegisterWorkflowWithOptions(changed(&found), workflow.RegisterOptions{Name: workflows.ShareRequestType})
	whole := readHistory(t, filepath.Join(historiesFolder, workflows.ShareRequestType, "v1-granted.json.gz"))
	_ = replayer.ReplayWorkflowHistory(quiet(), whole) // it waits where the old one went on; only its version counts here
	if found != workflow.DefaultVersion {
		t.Errorf("a case of the first release finds itself under version %d", found)
	}
}

func TestANewCaseBeginsUnderTheNewestVersion(t *testing.T) {
	t.Parallel()
	var suite testsuite.WorkflowTestSuite
	env := suite.NewTestWorkflowEnvironment()
	var found workflow.Version
	run := changed(&found)
	env.RegisterWorkflowWithOptions(run, workflow.RegisterOptions{Name: workflows.ShareRequestType})
	env.RegisterDelayedCallback(env.CancelWorkflow, 0)
	env.ExecuteWorkflow(workflows.ShareRequestType, workflows.ShareRequestInput{ID: "case"})
	if found != second {
		t.Errorf("a new case begins under version %d", found)
	}
}

// As long as a procedure has never changed, its histories are not made longer.
func TestAProcedureThatNeverChangedMarksNothing(t *testing.T) {
	t.Parallel()
	for _, file := range histories(t) {
		for _, e := range readHistory(t, file).GetEvents() {
			if e.GetMarkerRecordedEventAttributes().GetMarkerName() == "Version" && filepath.Base(file)[:2] == "v1" {
				t.Errorf("%s holds a version marker", file)
			}
		}
	}
}
