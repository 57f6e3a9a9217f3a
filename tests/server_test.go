package tests

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// patience is how long a test waits for a condition before it gives up.
const patience = 60 * time.Second

// place is where a server keeps its record: a folder, and PostgreSQL if given.
type place struct{ data, postgres string }

func (p place) environment() []string {
	env := []string{"DATAGOV_DATA=" + p.data, "DATAGOV_DATABASE_URL=" + p.postgres, "TMPDIR=" + os.TempDir(), "PATH=" + os.Getenv("PATH")}
	return append(env, "HOME="+os.Getenv("HOME"))
}

// running is one process of the binary with what it has written.
type running struct {
	place

	cmd    *exec.Cmd
	ended  chan struct{}
	err    error // of Wait, once ended is closed
	out    *text
	base   string // where it serves, once it has said so
	tokens sync.Map
}

// text collects what a process writes while others read it.
type text struct {
	mutex  sync.Mutex
	buffer bytes.Buffer
}

func (b *text) Write(p []byte) (int, error) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.buffer.Write(p)
}

func (b *text) String() string {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.buffer.String()
}

// launch starts the binary; it dies with the test, whatever happens.
func launch(t testing.TB, p place, args ...string) *running {
	t.Helper()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	r := &running{place: p, ended: make(chan struct{}), out: &text{}}
	r.cmd = exec.Command(path, args...)
	r.cmd.Env = p.environment()
	r.cmd.Stdout, r.cmd.Stderr = r.out, r.out
	r.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := r.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		r.err = r.cmd.Wait()
		close(r.ended)
	}()
	t.Cleanup(r.kill)
	return r
}

// kill ends the process as a power cut would.
func (r *running) kill() {
	_ = r.cmd.Process.Kill() // it may have ended
	<-r.ended
}

// stop ends the process as an operator would and wants it to end cleanly.
func (r *running) stop(t testing.TB) {
	t.Helper()
	if err := r.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	select {
	case <-r.ended:
	case <-time.After(patience):
		t.Fatalf("the process does not stop:\n%s", r.out)
	}
	if r.err != nil {
		t.Fatalf("the process ended with %v:\n%s", r.err, r.out)
	}
}

// exitCode waits for the process to end by itself.
func (r *running) exitCode(t testing.TB) int {
	t.Helper()
	select {
	case <-r.ended:
	case <-time.After(patience):
		t.Fatalf("the process does not end:\n%s", r.out)
	}
	var exit *exec.ExitError
	if r.err != nil && !errors.As(r.err, &exit) {
		t.Fatal(r.err)
	}
	return r.cmd.ProcessState.ExitCode()
}

// says waits for a line that matches and returns its first group.
func (r *running) says(t testing.TB, pattern string) string {
	t.Helper()
	line := regexp.MustCompile(pattern)
	var found []string
	eventually(t, "the process says "+pattern, func() bool {
		found = line.FindStringSubmatch(r.out.String())
		select {
		case <-r.ended:
			if found == nil {
				t.Fatalf("the process ended with %v:\n%s", r.err, r.out)
			}
		default:
		}
		return found != nil
	})
	return found[1]
}

// serve starts the whole server with the demo district on a free port and
// waits until it is ready.
func serve(t testing.TB, p place, args ...string) *running {
	t.Helper()
	r := launch(t, p, append([]string{"serve", "--demo", "--listen", "127.0.0.1:0", "--log-level", "warn"}, args...)...)
	r.base = r.says(t, `已启动：(http://127\.0\.0\.1:\d+)`)
	r.ready(t)
	return r
}

// ready waits until the server says that cases can be carried.
func (r *running) ready(t testing.TB) {
	t.Helper()
	eventually(t, "the server is ready", func() bool {
		res, err := http.Get(r.base + "/readyz")
		if err != nil {
			return false
		}
		defer res.Body.Close()
		body, err := io.ReadAll(res.Body)
		return err == nil && res.StatusCode == http.StatusOK && strings.TrimSpace(string(body)) == "ready"
	})
}

// again starts a new process where the old one, killed or stopped, has left off.
func (r *running) again(t testing.TB) *running {
	t.Helper()
	next := serve(t, r.place)
	r.tokens.Range(func(who, token any) bool {
		next.tokens.Store(who, token) // sessions are in the record
		return true
	})
	return next
}

// eventually polls for a condition.
func eventually(t testing.TB, what string, holds func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	ticks := time.NewTicker(10 * time.Millisecond)
	defer ticks.Stop()
	for !holds() {
		select {
		case <-ctx.Done():
			t.Fatalf("gave up waiting until %s", what)
		case <-ticks.C:
		}
	}
}

// lines gives what a stream sends, line by line, until it ends.
func lines(r io.Reader) <-chan string {
	all := make(chan string, 256)
	go func() {
		defer close(all)
		for s := bufio.NewScanner(r); s.Scan(); {
			all <- s.Text()
		}
	}()
	return all
}
