package testkit

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// GivenServer names the environment variable with the address of a server to
// test on instead of a cluster of our own, such as another release or product.
const GivenServer = "DATAGOV_TEST_POSTGRES"

// patience bounds every statement of the kit's own.
const patience = time.Minute

// server is where this process makes its databases.
var server = sync.OnceValues(func() (*url.URL, error) {
	if given := os.Getenv(GivenServer); given != "" {
		return adopt(given)
	}
	return startCluster()
})

// Postgres returns the address of an empty database that is dropped after the test.
func Postgres(t testing.TB) string {
	t.Helper()
	return create(t, "template0")
}

// PostgresFrom returns the address of a copy of a database that prepare filled.
// Prepare runs once in the process for each key, and must close what it opens.
func PostgresFrom(t testing.TB, key string, prepare func(dsn string) error) string {
	t.Helper()
	entry, _ := templates.LoadOrStore(key, &template{})
	name, err := entry.(*template).make(prepare)
	if err != nil {
		t.Fatalf("prepare PostgreSQL template %s: %v", key, err)
	}
	return create(t, name)
}

var templates sync.Map // key → *template

type template struct {
	once sync.Once
	name string
	err  error
}

func (e *template) make(prepare func(dsn string) error) (string, error) {
	e.once.Do(func() {
		base, err := server()
		if err != nil {
			e.err = err
			return
		}
		e.name = databaseName()
		if e.err = execute(base, "CREATE DATABASE "+e.name+" TEMPLATE template0"); e.err != nil {
			return
		}
		if e.err = prepare(on(base, e.name)); e.err != nil {
			return
		}
		e.err = execute(base, "ALTER DATABASE "+e.name+" ALLOW_CONNECTIONS false IS_TEMPLATE true")
	})
	return e.name, e.err
}

func create(t testing.TB, template string) string {
	t.Helper()
	base, err := server()
	if err != nil {
		t.Fatal(err)
	}
	name := databaseName()
	if err := execute(base, "CREATE DATABASE "+name+" TEMPLATE "+template); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := execute(base, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)"); err != nil {
			t.Error(err)
		}
	})
	return on(base, name)
}

// prefix begins the name of every database that the kit makes and may drop.
const prefix = "datagov_test_"

var made atomic.Int64

// databaseName is new at every call; the time in it tells leftovers from what is in use.
func databaseName() string {
	return fmt.Sprintf("%s%d_%d_%d", prefix, time.Now().Unix(), os.Getpid(), made.Add(1))
}

// on is the address of another database of the same server.
func on(base *url.URL, database string) string {
	u := *base
	u.Path = "/" + database
	return u.String()
}

// execute runs statements of the kit's own on the maintenance database.
func execute(base *url.URL, statements ...string) error {
	return connected(base, func(ctx context.Context, c *pgx.Conn) error {
		for _, statement := range statements {
			if _, err := c.Exec(ctx, statement); err != nil {
				return fmt.Errorf("%s: %w", statement, err)
			}
		}
		return nil
	})
}

func connected(base *url.URL, do func(context.Context, *pgx.Conn) error) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	c, err := pgx.Connect(ctx, base.String())
	if err != nil {
		return err
	}
	defer c.Close(ctx) //nolint:errcheck // nothing is lost with a connection that does not close
	return do(ctx, c)
}
