package datagov_test

import (
	"encoding/json"
	"errors"
	"flag"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
)

var update = flag.Bool("update", false, "write docs/articles.md")

const module = "datagov"

// arrows says who may import whom, and why; whatever is not listed is refused.
// A folder stands for everything below it, except where a longer name is listed.
var arrows = map[string]map[string]string{
	"cmd": {
		"api": wiring, "worker": wiring, "store": wiring, "migrations": wiring, "web": wiring, "internal": wiring,
		"activities": wiring, "workflows": wiring, "rbac": wiring, "domain": wiring,
	},
	"worker": {
		"workflows":         "registers every workflow",
		"activities":        "registers every activity",
		"internal/payload":  "encodes what history holds",
		"internal/delivery": "sends what waits in the outbox",
		"domain":            "names the cases that the reconciler nudges",
		"internal/paper":    "the formats it has printed",
	},
	"api": {
		"workflows":          "names, inputs and IDs of cases",
		"store":              "pages read the record",
		"rbac":               "asks whether the role ever may",
		"domain":             rules,
		"internal/identity":  "who is asking",
		"internal/sheet":     "lists leave as workbooks",
		"internal/ledger":    "serves proofs",
		"internal/telemetry": "counts requests",
		"internal/paper":     "files of papers",
	},
	"api/export": {
		"api": "writes the contract it declares", "rbac": "declares operations with their permissions",
	},
	"workflows": {
		"activities": "method values and inputs",
		"domain":     rules,
	},
	"activities": {
		"store":           "an effect on the record",
		"domain":          rules,
		"internal/ledger": "anchors what was decided",
	},
	"store":             {"domain": "rows become domain types"},
	"store/storetest":   {"store": "the suite runs on it", "migrations": "on a real schema", "domain": "with real cases", "internal/testkit": "on real databases"},
	"rbac":              {"domain": "agencies, actors and refusals"},
	"migrations":        {},
	"web":               {},
	"domain":            {"domain": "one rule leans on another"},
	"internal/config":   {"domain/fault": "refusals"},
	"internal/embedded": {"domain/fault": "refusals"},
	"internal/payload":  {"domain/fault": "refusals"},
	"internal/sheet":    {"domain/workday": "days and the district's zone"},
	"internal/telemetry": {
		"domain/fault": "counts refusals by kind",
	},
	"internal/identity": {"store": "sessions and accounts", "domain": rules},
	"internal/delivery": {"store": "the outbox is rows", "domain": "kinds and channels of notices"},
	"internal/ledger":   {"store": "reads what was recorded", "domain": rules},
	"internal/paper":    {"store": "reads papers and keeps their files", "domain": "the blocks of a paper"},
	"internal/demo":     {"store": "seeds the record", "domain": "with cases the rules allow"},
	"internal/testkit":  {"store": "fixtures are rows", "domain": "of real cases"},
	"tests":             {"internal": "runs the parts in one process", "activities": "the recorder counts in seconds", "worker": "runs the worker in process", "rbac": "serves the API in process", "store": "reads the record", "migrations": "makes the record", "internal/testkit": "databases", "internal/demo": "accounts", "api": "the contract", "workflows": "histories", "domain": rules},
}

const (
	wiring = "cmd puts the parts together"
	rules  = "decides by the rules of law"
)

// forTests are what any test may use besides: real databases with real data.
var forTests = []string{"internal/testkit", "internal/demo", "store", "migrations", "activities", "domain"}

// linksEngine are the only packages that may have the engine among their dependencies.
var linksEngine = []string{"internal/embedded", "cmd", "tests"}

type goPackage struct {
	ImportPath, Dir, Doc                     string
	Imports, TestImports, XTestImports, Deps []string
	GoFiles, TestGoFiles, XTestGoFiles       []string
}

// name is the package's folder, such as domain/sharing.
func (p goPackage) name() string { return strings.TrimPrefix(p.ImportPath, module+"/") }

// packages are all of ours, as the go command sees them.
var packages = sync.OnceValues(func() ([]goPackage, error) {
	out, err := exec.Command("go", "list", "-e", "-json", "./...").Output()
	if err != nil {
		return nil, err
	}
	var all []goPackage
	for d := json.NewDecoder(strings.NewReader(string(out))); d.More(); {
		var p goPackage
		if err := d.Decode(&p); err != nil {
			return nil, err
		}
		if p.ImportPath != module {
			all = append(all, p)
		}
	}
	return all, nil
})

func everyPackage(t *testing.T) []goPackage {
	t.Helper()
	all, err := packages()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// within finds the longest listed folder that holds the package.
func within(name string, folders []string) string {
	longest := ""
	for _, f := range folders {
		if (name == f || strings.HasPrefix(name, f+"/")) && len(f) > len(longest) {
			longest = f
		}
	}
	return longest
}

func keys(m map[string]string) []string {
	var all []string
	for k := range m {
		all = append(all, k)
	}
	return all
}

func TestImportsFollowTheArrows(t *testing.T) {
	t.Parallel()
	var sources []string
	for from, targets := range arrows {
		sources = append(sources, from)
		for to, reason := range targets {
			if reason == "" {
				t.Errorf("%s → %s has no reason", from, to)
			}
		}
	}
	for _, p := range everyPackage(t) {
		unit := within(p.name(), sources)
		if unit == "" {
			t.Errorf("%s is not in the table of arrows: say who may import it and why", p.name())
			continue
		}
		allowed := keys(arrows[unit])
		checkImports(t, p, p.Imports, allowed)
		checkImports(t, p, slices.Concat(p.TestImports, p.XTestImports), slices.Concat(allowed, forTests, []string{p.name()}))
	}
}

func checkImports(t *testing.T, p goPackage, imports, allowed []string) {
	t.Helper()
	for _, path := range imports {
		name, ours := strings.CutPrefix(path, module+"/")
		if ours && within(name, allowed) == "" {
			t.Errorf("%s imports %s: no arrow leads there", p.name(), name)
		}
	}
}

func TestOnlyTheEnginesOwnersLinkIt(t *testing.T) {
	t.Parallel()
	for _, p := range everyPackage(t) {
		linked := slices.ContainsFunc(p.Deps, func(dep string) bool {
			return strings.HasPrefix(dep, "go.temporal.io/server/")
		})
		if linked && within(p.name(), linksEngine) == "" {
			t.Errorf("%s links the embedded engine through its dependencies", p.name())
		}
	}
}

func TestEveryPackageSaysWhatItIsFor(t *testing.T) {
	t.Parallel()
	for _, p := range everyPackage(t) {
		if len(p.GoFiles) > 0 && len(strings.Fields(p.Doc)) < 5 {
			t.Errorf("%s has no package comment", p.name())
		}
	}
}

func TestRequirementsArePinned(t *testing.T) {
	t.Parallel()
	text := read(t, "go.mod")
	if regexp.MustCompile(`(?m)^\s*replace\b`).MatchString(text) {
		t.Error("go.mod has a replace line: the module would build only here")
	}
	for requirement, version := range map[string]string{
		"go.temporal.io/server":            "v1.32.1", // the next ones need a newer Go
		"go.opentelemetry.io/otel":         "v1.44.0", // the engine does not compile with later ones
		"go.opentelemetry.io/otel/sdk":     "v1.44.0",
		"go.opentelemetry.io/otel/metric":  "v1.44.0",
		"go.opentelemetry.io/otel/trace":   "v1.44.0",
		"go.opentelemetry.io/otel/log":     "v0.20.0",
		"github.com/casbin/casbin/v2":      "v2.135.0", // the last of its line
		"github.com/danielgtaylor/huma/v2": "v2.39.0",  // whose adapter knows both echoes
	} {
		line := regexp.MustCompile(`(?m)^\s*(require )?` + regexp.QuoteMeta(requirement) + ` (\S+)`).FindStringSubmatch(text)
		if line == nil || line[2] != version {
			t.Errorf("go.mod requires %s at %q, want %s: see docs/decisions/0002-dependencies.md", requirement, line, version)
		}
	}
}

// skipped are folders that hold nothing we wrote.
var skipped = []string{".git", ".tools", "bin", "data", "node_modules", "dist", "out", "testdata"}

// sources calls visit for every file we wrote in a programming language.
func sources(t *testing.T, visit func(path string)) {
	t.Helper()
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil // gone since its folder was read
		case err != nil:
			return err
		case d.IsDir() && slices.Contains(skipped, d.Name()):
			return fs.SkipDir
		case !d.IsDir() && slices.Contains([]string{".go", ".ts", ".tsx", ".mjs", ".css"}, filepath.Ext(path)) && !strings.Contains(path, ".gen."):
			visit(path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// longer are files above the aim, each with the reason why it is better whole.
var longer = map[string]string{}

func TestFilesAreShort(t *testing.T) {
	t.Parallel()
	const aim, limit = 300, 500
	sources(t, func(path string) {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		test := strings.HasSuffix(path, "_test.go") || strings.Contains(path, ".test.")
		switch lines := strings.Count(string(text), "\n"); {
		case lines > limit:
			t.Errorf("%s has %d lines: split it; none is longer than %d", path, lines, limit)
		case lines > aim && !test && longer[path] == "":
			t.Errorf("%s has %d lines: aim at %d, or say in longer why it is better whole", path, lines, aim)
		}
	})
}

func TestEveryDependencyHasAReason(t *testing.T) {
	t.Parallel()
	reasons := read(t, "docs/decisions/0002-dependencies.md")
	direct := regexp.MustCompile(`(?m)^\t(\S+) v\S+$`).FindAllStringSubmatch(read(t, "go.mod"), -1)
	page := struct{ Dependencies, DevDependencies map[string]string }{Dependencies: map[string]string{}}
	if text, err := os.ReadFile("web/package.json"); err == nil {
		if err := json.Unmarshal(text, &page); err != nil {
			t.Fatal(err)
		}
	}
	for _, m := range direct {
		page.Dependencies[m[1]] = "" // one list to check
	}
	for _, name := range slices.Concat(keys(page.Dependencies), keys(page.DevDependencies)) {
		if !strings.Contains(reasons, "`"+name+"`") {
			t.Errorf("docs/decisions/0002-dependencies.md does not say why %s is there", name)
		}
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestNamesSayWhatThingsAre(t *testing.T) {
	t.Parallel()
	vague := regexp.MustCompile(`(?i)(^|[_.-])(utils?|common|helpers?|managers?|impl)([_.-]|$)`)
	sources(t, func(path string) {
		for _, part := range strings.Split(filepath.ToSlash(path), "/") {
			if vague.MatchString(part) {
				t.Errorf("%s: %s says nothing; use the word of the glossary", path, part)
			}
		}
	})
}
