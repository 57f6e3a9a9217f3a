package tests

import (
	"database/sql"
	"log/slog"
	"net/http"
	"strconv"
	"testing"

	"github.com/google/uuid"
	"go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"

	"datagov/internal/embedded"
	"datagov/workflows"
)

// Features §5 number 17: a worker dies holding the lock of a case; all others
// go on, and so does that one once it is let go.
func TestDeskOtherCasesMoveWhileOneIsHeld(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, p place) {
		serve(t, p).stop(t) // makes the record and the demo district
		address := launch(t, p, "engine").says(t, `DATAGOV_TEMPORAL_ADDRESS=(\S+)`)
		dying := launch(t, p, "worker", "--temporal-address", address)
		r := launch(t, p, "api", "--temporal-address", address, "--listen", "127.0.0.1:0")
		r.base = r.says(t, `datagov api：(http://127\.0\.0\.1:\d+)`)
		r.ready(t)
		h := r.heldBy(t, dying, engineAt(t, address))
		launch(t, p, "worker", "--temporal-address", address).says(t, `(datagov worker 已启动)`)
		other := r.asking(t).underReview(t)
		other.says(t, provider, agree)
		other.says(t, commission, agree).in(t, "granted")
		other.provisioned(t)
		if p.postgres != "" && h.show(t, "civil").Status != "sign_off" {
			t.Error("the held case moved while it was held")
		}
		h.letGo(t)
		eventually(t, "the held case has moved", func() bool { return h.show(t, "civil").Status == "form_check" })
		t.Logf("who had asked was answered %s", <-h.answered)
		h.does(t, "commission", "/form-check", complete).in(t, "joint_review")
		if left := rows(t, p.open(t, "ro"), h.id); left["version"] != 3 {
			t.Errorf("the held act was not done once: %v", left)
		}
	})
}

// held is a case whose act a dead worker had begun.
type held struct {
	matter

	answered <-chan string // how the act was answered
	lock     *sql.Tx       // what keeps it from being done
}

func (h held) letGo(t *testing.T) {
	t.Helper()
	if err := h.lock.Rollback(); err != nil && h.postgres != "" { // SQLite was let go at once
		t.Error(err)
	}
}

// heldBy has a worker begin an act that it cannot finish, and kills it. On
// PostgreSQL the row of the case stays locked; SQLite locks as a whole and is
// let go at once, and the engine takes the dead worker for a slow one.
func (r *running) heldBy(t *testing.T, dying *running, engine client.Client) held {
	t.Helper()
	db := r.open(t, "rw")
	for {
		m := r.asking(t)
		h := held{matter: m}
		if r.postgres != "" {
			h.lock = locked(t, db, "SELECT version FROM share_request WHERE id = $1 FOR UPDATE", m.id)
		}
		answered := make(chan string, 1)
		head := r.as(t, "civil-head")
		go func() {
			a, err := head.try(http.MethodPost, m.path("/sign-off"), sign, "Idempotency-Key", uuid.NewString())
			if answered <- strconv.Itoa(a.status); err != nil {
				t.Error(err)
			}
		}()
		h.answered = answered
		if r.postgres == "" {
			eventually(t, "the act is asked for", func() bool {
				return number(t, db, "SELECT count(*) FROM command WHERE case_id = $1", m.id) == 2
			})
			h.lock = locked(t, db, "UPDATE share_request SET version = version WHERE id = $1", m.id)
		}
		if h.begun(t, engine) {
			dying.kill()
			if r.postgres == "" {
				h.letGo(t)
			}
			return h
		}
		h.letGo(t) // the act was faster than the lock
		<-answered
	}
}

func locked(t *testing.T, db *sql.DB, statement, id string) *sql.Tx {
	t.Helper()
	tx, err := db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.ExecContext(t.Context(), statement, id); err != nil {
		t.Fatal(err)
	}
	return tx
}

// begun waits until a worker has begun the act under the lock; false when it
// was done before.
func (h held) begun(t *testing.T, engine client.Client) bool {
	t.Helper()
	var begun bool
	eventually(t, "a worker has begun the act", func() bool {
		var version int
		if err := h.lock.QueryRowContext(t.Context(), "SELECT version FROM share_request WHERE id = $1", h.id).Scan(&version); err != nil {
			t.Fatal(err)
		}
		d, err := engine.DescribeWorkflowExecution(t.Context(), workflows.ShareRequestID(h.id), "")
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range d.GetPendingActivities() {
			begun = begun || a.GetState() == enums.PENDING_ACTIVITY_STATE_STARTED
		}
		return begun || version > 1
	})
	return begun
}

func engineAt(t *testing.T, address string) client.Client {
	t.Helper()
	engine, err := client.DialContext(t.Context(), client.Options{
		HostPort: address, Namespace: embedded.DefaultNamespace, Logger: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(engine.Close)
	return engine
}
