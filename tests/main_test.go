package tests

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"datagov/internal/testkit"
)

var update = flag.Bool("update", false, "write testdata/matrix.csv")

// binary is the program under test.
var binary = sync.OnceValues(func() (string, error) {
	if path := os.Getenv("DATAGOV_BINARY"); path != "" {
		return path, nil
	}
	path := filepath.Join(house.folder, "datagov")
	out, err := exec.Command("go", "build", "-o", path, "datagov/cmd/datagov").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build datagov: %w\n%s", err, out)
	}
	return path, nil
})

// process lets what belongs to the whole run be made by helpers that want a
// test: it outlives every test and is cleaned up by TestMain.
type process struct {
	testing.TB

	folder   string
	cleanups []func()
}

var house process

func (p *process) Helper()                      {}
func (p *process) Cleanup(f func())             { p.cleanups = append(p.cleanups, f) }
func (p *process) Error(args ...any)            { fmt.Fprintln(os.Stderr, args...) }
func (p *process) Fatal(args ...any)            { panic(errors.New(fmt.Sprint(args...))) }
func (p *process) Fatalf(f string, args ...any) { panic(fmt.Errorf(f, args...)) }

func TestMain(m *testing.M) {
	flag.Parse()
	folder, err := os.MkdirTemp("", "datagov-e2e-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	house.folder = folder
	code := m.Run()
	for i := len(house.cleanups) - 1; i >= 0; i-- {
		house.cleanups[i]()
	}
	if err := os.RemoveAll(folder); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	os.Exit(code)
}

// databases are the two kinds of record; each makes an empty place.
var databases = []struct {
	name  string
	place func(t testing.TB, folder string) place
}{
	{"SQLite", func(_ testing.TB, folder string) place { return place{data: folder} }},
	{"PostgreSQL", func(t testing.TB, folder string) place { return place{data: folder, postgres: testkit.Postgres(t)} }},
}

// onBoth runs a test on a fresh place of each database.
func onBoth(t *testing.T, test func(t *testing.T, p place)) {
	t.Helper()
	for _, d := range databases {
		t.Run(d.name, func(t *testing.T) {
			t.Parallel()
			test(t, d.place(t, t.TempDir()))
		})
	}
}

// inBoth runs a test in the shared district of each database.
func inBoth(t *testing.T, test func(t *testing.T, d *district)) {
	t.Helper()
	for i, d := range databases {
		t.Run(d.name, func(t *testing.T) {
			t.Parallel()
			test(t, districts[i]())
		})
	}
}
