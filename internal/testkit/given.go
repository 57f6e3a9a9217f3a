package testkit

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// mark is the comment on a maintenance database that says it is ours to use.
const mark = "datagov: throw-away test databases are made beside this one"

// staleAfter is longer than any test run.
const staleAfter = 3 * time.Hour

// adopt uses a server that somebody names. The database in the address has to be
// empty, or marked by an earlier run: tests never go near anything else.
func adopt(dsn string) (*url.URL, error) {
	base, err := url.Parse(dsn)
	if err != nil || base.Scheme == "" {
		return nil, fmt.Errorf("%s: want postgres://user@host/database", GivenServer)
	}
	err = connected(base, func(ctx context.Context, c *pgx.Conn) error {
		if err := claim(ctx, c); err != nil {
			return err
		}
		return dropStale(ctx, c)
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", GivenServer, err)
	}
	return base, nil
}

func claim(ctx context.Context, c *pgx.Conn) error {
	var name, comment string
	var tables int
	err := c.QueryRow(ctx, `
		SELECT datname, coalesce(shobj_description(oid, 'pg_database'), ''),
		       (SELECT count(*) FROM pg_class k JOIN pg_namespace n ON n.oid = k.relnamespace
		        WHERE n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema')
		FROM pg_database WHERE datname = current_database()`).Scan(&name, &comment, &tables)
	switch {
	case err != nil:
		return err
	case comment == mark:
		return nil
	case tables > 0:
		return fmt.Errorf("database %s is neither empty nor marked as ours; give the tests one of their own", name)
	}
	_, err = c.Exec(ctx, "COMMENT ON DATABASE "+pgx.Identifier{name}.Sanitize()+" IS '"+mark+"'")
	return err
}

// dropStale drops the databases of runs that ended long ago without cleaning up.
func dropStale(ctx context.Context, c *pgx.Conn) error {
	rows, err := c.Query(ctx, "SELECT datname FROM pg_database WHERE starts_with(datname, $1) ORDER BY 1", prefix)
	if err != nil {
		return err
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return err
	}
	for _, name := range names {
		second, _, _ := strings.Cut(strings.TrimPrefix(name, prefix), "_")
		made, err := strconv.ParseInt(second, 10, 64)
		if err != nil || time.Since(time.Unix(made, 0)) < staleAfter {
			continue
		}
		quoted := pgx.Identifier{name}.Sanitize()
		if _, err := c.Exec(ctx, "ALTER DATABASE "+quoted+" IS_TEMPLATE false"); err != nil {
			return err
		}
		if _, err := c.Exec(ctx, "DROP DATABASE "+quoted+" WITH (FORCE)"); err != nil {
			return err
		}
	}
	return nil
}
