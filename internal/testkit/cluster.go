package testkit

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	folderPrefix = "datagov-postgres-"
	ownerFile    = "owner" // holds the process number of the guard
	account      = "datagov"
)

// guard runs the cluster and outlives us by the moment it takes to remove it.
//
//go:embed guard.sh
var guard string

// leash is the guard's standard input. The system closes it when this process
// ends, also when it is killed, and that is what the guard waits for.
var leash io.WriteCloser //nolint:unused // kept, so that it stays open as long as we live

// startCluster makes a cluster in a folder of its own and waits until it answers.
func startCluster() (*url.URL, error) {
	programs, err := findPrograms()
	if err != nil {
		return nil, err
	}
	removeStale()
	attributes, err := unprivileged()
	if err != nil {
		return nil, err
	}
	folder, err := makeFolder(attributes.Credential)
	if err != nil {
		return nil, fmt.Errorf("make PostgreSQL folder: %w", err)
	}
	// Output goes to a file: go test waits for everybody who holds its own.
	cmd := exec.Command("/bin/sh", "-c", guard, "guard", programs, folder, account) //nolint:gosec,noctx // must outlive any context
	cmd.Dir, cmd.SysProcAttr = folder, attributes
	if leash, err = cmd.StdinPipe(); err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start PostgreSQL: %w", err)
	}
	pid := strconv.Itoa(cmd.Process.Pid)
	if err := os.WriteFile(filepath.Join(folder, ownerFile), []byte(pid), 0o600); err != nil {
		return nil, err
	}
	go cmd.Wait() //nolint:errcheck // only so that no dead process stays in the table
	return await(folder)
}

// await waits until the cluster takes connections.
func await(folder string) (*url.URL, error) {
	base := &url.URL{
		Scheme: "postgres", User: url.User(account), Path: "/postgres",
		RawQuery: url.Values{"host": {folder}, "sslmode": {"disable"}}.Encode(),
	}
	tick, deadline := time.NewTicker(20*time.Millisecond), time.After(patience)
	defer tick.Stop()
	for {
		err := connected(base, func(ctx context.Context, c *pgx.Conn) error { return c.Ping(ctx) })
		if err == nil {
			return base, nil
		}
		if _, failed := os.Stat(filepath.Join(folder, "failed")); failed == nil {
			return nil, fmt.Errorf("PostgreSQL did not start; its log:\n%s", readLog(folder))
		}
		select {
		case <-deadline:
			return nil, fmt.Errorf("PostgreSQL does not answer: %w; its log:\n%s", err, readLog(folder))
		case <-tick.C:
		}
	}
}

func readLog(folder string) []byte {
	text, err := os.ReadFile(filepath.Join(folder, "log")) //nolint:gosec // our own folder
	if err != nil {
		return []byte(err.Error())
	}
	return text
}

// findPrograms is the folder of the newest PostgreSQL of the distribution.
func findPrograms() (string, error) {
	found, newest := "", -1.0
	folders, _ := filepath.Glob("/usr/lib/postgresql/*/bin") // fails only for a bad pattern
	for _, folder := range folders {
		version, err := strconv.ParseFloat(filepath.Base(filepath.Dir(folder)), 64)
		if _, missing := os.Stat(filepath.Join(folder, "initdb")); err == nil && missing == nil && version > newest {
			found, newest = folder, version
		}
	}
	if found != "" {
		return found, nil
	}
	if program, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(program), nil
	}
	return "", errors.New("these tests need PostgreSQL and never skip it; install it with\n" +
		"\tapt-get update && apt-get install -y --no-install-recommends postgresql")
}

// unprivileged runs the cluster in a session of its own, and as the user
// postgres when we are root, because PostgreSQL refuses root.
func unprivileged() (*syscall.SysProcAttr, error) {
	attributes := &syscall.SysProcAttr{Setsid: true}
	if os.Geteuid() != 0 {
		return attributes, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, fmt.Errorf("PostgreSQL refuses to run as root: %w", err)
	}
	uid, errUser := strconv.ParseUint(u.Uid, 10, 32)
	gid, errGroup := strconv.ParseUint(u.Gid, 10, 32)
	attributes.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return attributes, errors.Join(errUser, errGroup)
}

// makeFolder makes the folder that holds the data and the socket, for the
// cluster's user alone.
func makeFolder(owner *syscall.Credential) (string, error) {
	folder, err := os.MkdirTemp("", folderPrefix)
	if err != nil {
		return "", err
	}
	if len(folder) > 90 {
		return "", fmt.Errorf("%s is too long a path for a Unix socket: set TMPDIR to a shorter one", folder)
	}
	if owner != nil {
		err = os.Chown(folder, int(owner.Uid), int(owner.Gid))
	}
	return folder, err
}

// removeStale removes what a machine that lost power left behind. A folder
// belongs to a guard; without it, and without a start in progress, it is waste.
func removeStale() {
	folders, _ := filepath.Glob(filepath.Join(os.TempDir(), folderPrefix+"*")) // fails only for a bad pattern
	for _, folder := range folders {
		text, err := os.ReadFile(filepath.Join(folder, ownerFile)) //nolint:gosec // our own folder
		if err != nil {
			if info, err := os.Stat(folder); err != nil || time.Since(info.ModTime()) < time.Hour {
				continue
			}
		}
		pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
		if err == nil && !errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) {
			continue
		}
		_ = os.RemoveAll(folder) // somebody else's folder stays
	}
}
