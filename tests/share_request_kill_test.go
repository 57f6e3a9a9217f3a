package tests

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"datagov/domain/audit"
)

// A case outlives every process that carries it.
func TestShareRequestSurvivesKillInTheMiddleOfACase(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, p place) {
		r := serve(t, p)
		m := r.asking(t)
		next := func() { // a power cut between two acts
			t.Helper()
			r.kill()
			r = r.again(t)
			m.running = r
		}
		next()
		m.does(t, "civil-head", "/sign-off", sign).in(t, "form_check")
		next()
		m.does(t, "commission", "/form-check", complete).in(t, "joint_review")
		opinionID := m.drafts(t, provider, agree)
		next()
		m.signs(t, provider, opinionID).in(t, "joint_review")
		next()
		c := m.says(t, commission, agree).in(t, "granted")
		if len(c.Grants) != 1 {
			t.Errorf("grants %+v", c.Grants)
		}
		next()
		m.act(t, "civil", "/withdraw", nil).refused(t, http.StatusConflict)
		m.provisioned(t)
		wholeChain(t, p, m.id)
	})
}

// provisioned waits until the grant's own procedure has made it active.
func (m matter) provisioned(t testing.TB) {
	t.Helper()
	eventually(t, "the grant is active", func() bool {
		c := m.show(t, "civil")
		return len(c.Grants) == 1 && c.Grants[0].Status == "active"
	})
}

// wholeChain wants an unbroken chain of hashes over the case's events.
func wholeChain(t testing.TB, p place, id string) {
	t.Helper()
	s := p.store(t)
	events, err := s.Events(t.Context(), "share-request/"+id, 0, 1000)
	if err != nil || len(events) == 0 {
		t.Fatalf("%d events: %v", len(events), err)
	}
	if err := audit.Verify(events); err != nil {
		t.Error(err)
	}
}

// killing are the acts that are cut off, each once the record has them.
var killing = [...]struct {
	name  string
	ready func(t testing.TB, r *running) (m matter, who, what string, body any)
	rest  func(t *testing.T, m matter)
}{
	{"a sign-off", func(t testing.TB, r *running) (matter, string, string, any) {
		return r.asking(t), "civil-head", "/sign-off", sign
	}, func(t *testing.T, m matter) {
		m.does(t, "commission", "/form-check", complete)
		m.says(t, provider, agree)
		m.says(t, commission, agree).in(t, "granted")
	}},
	{"a sign-off that grants", func(t testing.TB, r *running) (matter, string, string, any) {
		e := entry(t, clinics)
		return r.submitted(t, "civil", file(e.ID, items(t, e))), "civil-head", "/sign-off", sign
	}, func(*testing.T, matter) {}},
	{"a form check", func(t testing.TB, r *running) (matter, string, string, any) {
		return r.asking(t).signedOff(t), "commission", "/form-check", complete
	}, func(t *testing.T, m matter) {
		m.says(t, commission, agree)
		m.says(t, provider, agree).in(t, "granted")
	}},
	{"a draft", func(t testing.TB, r *running) (matter, string, string, any) {
		return r.asking(t).underReview(t), "health", "/opinions", refusal(valid)
	}, func(t *testing.T, m matter) {
		m.signs(t, provider, m.show(t, "health").Opinions[0].ID)
		m.says(t, commission, agree).in(t, "disputed")
		m.does(t, "civil", "/withdraw", nil).in(t, "withdrawn")
	}},
	{"the last signature", func(t testing.TB, r *running) (matter, string, string, any) {
		m := r.asking(t).underReview(t)
		m.says(t, provider, agree)
		return m, "commission-head", "/opinions/" + m.drafts(t, commission, agree) + "/sign", sign
	}, func(*testing.T, matter) {}},
}

// A decision on record is carried out although nobody ever asks for it again,
// and the next person finds the engine where the record is.
func TestShareRequestSurvivesKillBetweenOurCommitAndTheEnginesAnswer(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, p place) {
		r := serve(t, p)
		cutOff, left := 0, [2 * len(killing)]matter{}
		for round := range left {
			m, who, what, body := killing[len(killing)-1-round%len(killing)].ready(t, r) // the first of the list comes last
			if r.killedOnceOnRecord(t, m, who, what, body) {
				cutOff++
			}
			r = r.again(t)
			left[round] = m
		}
		t.Logf("%d of %d clients were cut off before their answer", cutOff, len(left))
		if cutOff == 0 {
			t.Error("no client was ever cut off: the test proves nothing")
		}
		for round, m := range slices.Backward(left[:]) {
			m.running = r
			k := killing[len(killing)-1-round%len(killing)]
			t.Run(fmt.Sprint(k.name, " ", round), func(t *testing.T) {
				t.Parallel()
				k.rest(t, m)
				m.wentToItsEnd(t)
			})
		}
	})
}

func (m matter) wentToItsEnd(t *testing.T) {
	t.Helper()
	eventually(t, "the case has come to its end", func() bool {
		c := m.show(t, "civil")
		return c.Status == "withdrawn" || c.Status == "granted" && len(c.Grants) == 1 && c.Grants[0].Status == "active"
	})
	db := m.open(t, "ro")
	if n := number(t, db, "SELECT count(*) FROM command WHERE case_id = $1 AND applied_at IS NULL", m.id); n != 0 {
		t.Errorf("%d commands were never applied", n)
	}
	if left := rows(t, db, m.id); left["open task"] != 0 {
		t.Errorf("left %v", left)
	}
	wholeChain(t, m.place, m.id)
}

// killedOnceOnRecord sends an act and kills the server the instant the record
// shows it. It says whether the client was left without an answer.
func (r *running) killedOnceOnRecord(t *testing.T, m matter, who, what string, body any) bool {
	t.Helper()
	db := r.open(t, "ro")
	const version = "SELECT version FROM share_request WHERE id = $1"
	before := number(t, db, version, m.id)
	p := r.as(t, who)
	answered := make(chan bool, 1)
	go func() {
		a, err := p.try(http.MethodPost, m.path(what), body, "Idempotency-Key", uuid.NewString())
		answered <- err == nil && a.status == http.StatusCreated
	}()
	for deadline := time.After(patience); ; {
		n, err := numberOf(db, version, m.id)
		if err == nil && n > before {
			break
		}
		select {
		case <-deadline:
			t.Fatalf("the act never came on record: %v", err)
		default: // no pause: the window is a few milliseconds
		}
	}
	r.kill()
	return !<-answered
}

// The record alone is enough: an engine that has lost everything gets the case from its rows.
func TestShareRequestSurvivesKillAndTheLossOfTheEnginesFile(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, p place) {
		r := serve(t, p)
		early, late := r.asking(t), r.asking(t).underReview(t)
		late.says(t, provider, agree)
		r.kill()
		files, err := filepath.Glob(filepath.Join(p.data, "temporal.db*"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no engine file: %v", err)
		}
		for _, name := range files {
			if err := os.Remove(name); err != nil {
				t.Fatal(err)
			}
		}
		r = r.again(t)
		early.running, late.running = r, r
		late.says(t, commission, agree).in(t, "granted")
		early.signedOff(t).does(t, "commission", "/form-check", complete)
		early.says(t, provider, refusal(valid))
		early.says(t, commission, refusal(valid)).in(t, "refused")
		late.provisioned(t)
		wholeChain(t, p, early.id)
		wholeChain(t, p, late.id)
	})
}
