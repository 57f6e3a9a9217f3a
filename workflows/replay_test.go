package workflows_test

import (
	"compress/gzip"
	"errors"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/log"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"datagov/workflows"
)

var update = flag.Bool("update", false, "write testdata/commands")

const historiesFolder = "testdata/histories"

// requiredPaths are the ways each procedure can go that must never lose their
// history. A history may show several: its name joins them with "-and-".
var requiredPaths = map[string][]string{
	workflows.ShareRequestType: {
		"granted", "granted-by-law", "granted-by-scenario", "conditionally-granted", "partially-granted", "refused", "disputed",
		"withdrawn", "withdrawn-early", "returned", "supplemented", "extended", "extension-declined", "opinion-returned", "overdue", "resumed",
		"countersigned", "transferred", "suspended", "rules-moved",
	},
	workflows.GrantType: {"active", "expired"},
}

// TestReplay carries every recorded history through the workflows of today.
// The engine compares only names and order of commands, so that a second
// golden holds what it does not look at: arguments and durations. Articles 25–27.
func TestReplay(t *testing.T) {
	t.Parallel()
	for _, file := range histories(t) {
		name := strings.TrimSuffix(filepath.Base(file), ".json.gz")
		kind := filepath.Base(filepath.Dir(file))
		t.Run(kind+"/"+name, func(t *testing.T) {
			t.Parallel()
			commands := replay(t, readHistory(t, file))
			golden := filepath.Join("testdata", "commands", kind+"-"+name+".txt")
			if *update {
				if err := errors.Join(os.MkdirAll(filepath.Dir(golden), 0o755), os.WriteFile(golden, []byte(commands), 0o644)); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatalf("%v; run go test ./workflows -run TestReplay -update and read what it writes", err)
			}
			if commands != string(want) {
				t.Errorf("a running case would now do otherwise; commands\n%s\nwant (%s)\n%s", commands, golden, want)
			}
		})
	}
}

func TestEveryWorkflowAndPathHasAHistory(t *testing.T) {
	t.Parallel()
	recorded := map[string][]string{}
	for _, file := range histories(t) {
		kind := filepath.Base(filepath.Dir(file))
		_, paths, _ := strings.Cut(strings.TrimSuffix(filepath.Base(file), ".json.gz"), "-")
		recorded[kind] = append(recorded[kind], strings.Split(paths, "-and-")...)
	}
	for _, kind := range workflowTypes(t) {
		if len(requiredPaths[kind]) == 0 {
			t.Errorf("workflow %s: say in requiredPaths which ways it can go", kind)
		}
		for _, path := range requiredPaths[kind] {
			if !slices.Contains(recorded[kind], path) {
				t.Errorf("workflow %s: the path %s has no history; walk it in tests/histories_test.go and run make histories", kind, path)
			}
		}
	}
}

// A term that a release changes by mistake shows in the golden of commands:
// every path that waits has its durations there.
func TestTheGoldenOfCommandsHoldsDurations(t *testing.T) {
	t.Parallel()
	for _, file := range histories(t) {
		name := filepath.Base(filepath.Dir(file)) + "-" + strings.TrimSuffix(filepath.Base(file), ".json.gz")
		golden, err := os.ReadFile(filepath.Join("testdata", "commands", name+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		for what, pattern := range map[string]*regexp.Regexp{"a timer": durations.timer, "an activity": durations.activity} {
			if !pattern.Match(golden) {
				t.Errorf("%s: no duration of %s:\n%s", name, what, golden)
			}
		}
	}
}

// durations are how the golden writes them.
var durations = struct{ timer, activity *regexp.Regexp }{
	regexp.MustCompile(`(?m)^timer (\d+ days|[\dhms.]+|passed)( \(.*\))?$`), regexp.MustCompile(`(?m)^activity \w+ .* within \d+s$`),
}

// The engine alone would not notice a changed duration; this shows that a
// changed history is noticed at all.
func TestReplayNoticesAnotherProcedure(t *testing.T) {
	t.Parallel()
	all := readHistory(t, filepath.Join(historiesFolder, workflows.ShareRequestType, "v1-granted.json.gz"))
	for _, e := range all.GetEvents() {
		if a := e.GetActivityTaskScheduledEventAttributes(); a != nil && a.GetActivityType().GetName() == "SignOff" {
			a.ActivityType.Name = "Withdraw"
		}
	}
	if err := newReplayer(t, &recording{}).ReplayWorkflowHistory(quiet(), all); err == nil {
		t.Error("a history with another activity was replayed without an error")
	}
}

func histories(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(historiesFolder, "*", "*.json.gz"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no histories in %s (%v); run make histories", historiesFolder, err)
	}
	return files
}

func readHistory(t *testing.T, file string) *history.History {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	h, err := client.HistoryFromJSON(z, client.HistoryJSONOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func quiet() log.Logger { return log.NewStructuredLogger(slog.New(slog.DiscardHandler)) }

func newReplayer(t *testing.T, r *recording) worker.WorkflowReplayer {
	t.Helper()
	replayer, err := worker.NewWorkflowReplayerWithOptions(worker.WorkflowReplayerOptions{Interceptors: []interceptor.WorkerInterceptor{r}})
	if err != nil {
		t.Fatal(err)
	}
	replayer.RegisterWorkflowWithOptions(workflows.ShareRequest, workflow.RegisterOptions{Name: workflows.ShareRequestType})
	replayer.RegisterWorkflowWithOptions(workflows.Grant, workflow.RegisterOptions{Name: workflows.GrantType})
	return replayer
}

// replay runs the history and returns the commands of today's workflow.
func replay(t *testing.T, h *history.History) string {
	t.Helper()
	r := &recording{}
	if err := newReplayer(t, r).ReplayWorkflowHistory(quiet(), h); err != nil {
		t.Fatal(err)
	}
	return masked(strings.Join(r.lines, "\n")+"\n", h.GetEvents()[0].GetEventTime().AsTime())
}

var uuids = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)

var instants = regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z`)

// masked gives every identifier a number in the order of appearance, and every
// instant its distance from the start.
func masked(text string, start time.Time) string {
	text = instants.ReplaceAllStringFunc(text, func(instant string) string {
		at, err := time.Parse(time.RFC3339Nano, instant)
		if err != nil {
			return instant
		}
		return "start + " + at.Sub(start).Truncate(time.Second).String()
	})
	seen := map[string]string{}
	return uuids.ReplaceAllStringFunc(text, func(id string) string {
		if seen[id] == "" {
			seen[id] = "id-" + strconv.Itoa(len(seen)+1)
		}
		return seen[id]
	})
}

// workflowTypes reads the names of the workflows from ids.go, so that a new
// one cannot be forgotten.
func workflowTypes(t *testing.T) []string {
	t.Helper()
	tree, err := parser.ParseFile(token.NewFileSet(), "ids.go", nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	ast.Inspect(tree, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Names) != 1 || len(spec.Values) != 1 || !strings.HasSuffix(spec.Names[0].Name, "Type") {
			return true
		}
		if text, ok := spec.Values[0].(*ast.BasicLit); ok {
			names = append(names, strings.Trim(text.Value, `"`))
		}
		return true
	})
	if len(names) < 2 {
		t.Fatalf("workflow types in ids.go: %v", names)
	}
	return names
}
