package testkit_test

import (
	"context"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"datagov/internal/testkit"
)

func query(t *testing.T, dsn, statement string) string {
	t.Helper()
	c, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(context.WithoutCancel(t.Context()))
	var answer string
	if err := c.QueryRow(t.Context(), statement).Scan(&answer); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
	return answer
}

func TestEveryTestHasADatabaseOfItsOwn(t *testing.T) {
	t.Parallel()
	first, second := testkit.Postgres(t), testkit.Postgres(t)
	if first == second {
		t.Fatalf("two tests share %s", first)
	}
	if got := query(t, first, "SELECT pg_encoding_to_char(encoding) || ' ' || datcollate FROM pg_database WHERE datname = current_database()"); got != "UTF8 C.UTF-8" {
		t.Errorf("database is %s", got)
	}
}

func TestADatabaseIsDroppedAfterItsTest(t *testing.T) {
	t.Parallel()
	var dsn string
	t.Run("inner", func(t *testing.T) { dsn = testkit.Postgres(t) }) //nolint:paralleltest // its end is awaited
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	left := query(t, testkit.Postgres(t), "SELECT count(*)::text FROM pg_database WHERE datname = '"+strings.TrimPrefix(u.Path, "/")+"'")
	if left != "0" {
		t.Errorf("%s is still there", u.Path)
	}
}

func TestATemplateIsPreparedOnceAndCopied(t *testing.T) {
	t.Parallel()
	var prepared atomic.Int32
	prepare := func(dsn string) error {
		prepared.Add(1)
		c, err := pgx.Connect(context.Background(), dsn)
		if err != nil {
			return err
		}
		_, err = c.Exec(context.Background(), "CREATE TABLE agency AS SELECT 'A' AS name")
		return errors.Join(err, c.Close(context.Background()))
	}
	for range 3 {
		t.Run("copy", func(t *testing.T) {
			t.Parallel()
			dsn := testkit.PostgresFrom(t, "agencies", prepare)
			if got := query(t, dsn, "WITH gone AS (DELETE FROM agency RETURNING name) SELECT string_agg(name, ',') FROM gone"); got != "A" {
				t.Errorf("agencies in the copy: %q", got)
			}
			if n := prepared.Load(); n != 1 {
				t.Errorf("prepared %d times", n)
			}
		})
	}
}

// dyingProcess makes the test below print where its cluster lives, then die.
const dyingProcess = "DATAGOV_TESTKIT_DIES"

func TestTheClusterDiesWithItsProcess(t *testing.T) {
	t.Parallel()
	if os.Getenv(dyingProcess) != "" {
		dsn := testkit.Postgres(t)
		u, err := url.Parse(dsn)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = os.Stdout.WriteString("\nfolder=" + u.Query().Get("host") + "\n")
		p, _ := os.FindProcess(os.Getpid())
		_ = p.Kill()
		select {}
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestTheClusterDiesWithItsProcess$")
	cmd.Env = append(os.Environ(), dyingProcess+"=1", testkit.GivenServer+"=")
	out, err := cmd.Output()
	if err == nil {
		t.Fatal("the process was not killed")
	}
	_, folder, found := strings.Cut(string(out), "folder=")
	folder = strings.TrimSpace(folder)
	if !found || folder == "" {
		t.Fatalf("no folder in %q", out)
	}
	deadline := time.After(30 * time.Second)
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) {
			return
		}
		select {
		case <-deadline:
			t.Fatalf("%s is still there", folder)
		case <-tick.C:
		}
	}
}

func TestAGivenDatabaseWithTablesIsRefused(t *testing.T) {
	t.Parallel()
	dsn := testkit.PostgresFrom(t, "somebody's", func(dsn string) error {
		c, err := pgx.Connect(context.Background(), dsn)
		if err != nil {
			return err
		}
		_, err = c.Exec(context.Background(), "CREATE TABLE theirs ()")
		return errors.Join(err, c.Close(context.Background()))
	})
	for _, tt := range []struct {
		name, dsn string
		refused   bool
	}{
		{"a database with tables", dsn, true},
		{"an empty database", testkit.Postgres(t), false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestEveryTestHasADatabaseOfItsOwn$")
			cmd.Env = append(os.Environ(), testkit.GivenServer+"="+tt.dsn)
			out, err := cmd.CombinedOutput()
			if refused := err != nil && strings.Contains(string(out), "neither empty nor marked"); refused != tt.refused {
				t.Errorf("refused = %v, want %v:\n%s", refused, tt.refused, out)
			}
		})
	}
}
