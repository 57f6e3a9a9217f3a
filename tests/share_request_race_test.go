package tests

import (
	"net/http"
	"sync"
	"testing"

	"github.com/google/uuid"

	"datagov/internal/demo"
)

// rounds is how often the race is run on each database.
const rounds = 100

// Of two signatures at once exactly one counts.
func TestShareRequestRacingSignaturesGiveOneSignatureAndOneAnswer(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		db := d.open(t, "ro")
		sessions := [2]person{d.as(t, "commission-head"), d.anotherSession(t, "commission-head")}
		var group sync.WaitGroup
		turns := make(chan int)
		for range 4 {
			group.Go(func() {
				for round := range turns {
					m := d.asking(t).underReview(t)
					id := m.drafts(t, commission, agree)
					m.says(t, provider, agree)
					m.race(t, sessions, "/opinions/"+id+"/sign", round)
					after := rows(t, db, m.id)
					if after["opinion_signature"] != 2 || after["access_grant"] != 1 || after["open task"] != 0 {
						t.Errorf("round %d left %v", round, after)
					}
					if c := m.show(t, "civil"); c.Status != "granted" || c.count("approved") != 1 || c.count("granted") != 1 || c.count("opinion_signed") != 2 {
						t.Errorf("round %d ends in %s with events %+v", round, c.Status, c.Events)
					}
					if n := number(t, db, "SELECT count(*) FROM command WHERE case_id = $1 AND applied_at IS NULL", m.id); n != 0 {
						t.Errorf("round %d left %d refused commands", round, n)
					}
				}
			})
		}
		for round := range rounds {
			turns <- round
		}
		close(turns)
		group.Wait()
	})
}

// race posts the same act from both sessions at once: one wins, one is too late.
func (m matter) race(t *testing.T, sessions [2]person, what string, round int) {
	t.Helper()
	var answers [2]answer
	var start, end sync.WaitGroup
	start.Add(1)
	for i, p := range sessions {
		end.Go(func() {
			start.Wait()
			a, err := p.try(http.MethodPost, m.path(what), sign, "Idempotency-Key", uuid.NewString())
			if err != nil {
				t.Errorf("round %d: %v", round, err)
			}
			answers[i] = a
		})
	}
	start.Done()
	end.Wait()
	won := 0
	for _, a := range answers {
		switch a.status {
		case http.StatusCreated:
			won++
		case http.StatusConflict:
		default:
			t.Errorf("round %d: status %d: %s", round, a.status, a.body)
		}
	}
	if won != 1 {
		t.Errorf("round %d: %d signatures won", round, won)
	}
}

// count is how many events of a name there are.
func (c dossier) count(name string) int {
	n := 0
	for _, e := range c.Events {
		if e.Name == "share_request."+name {
			n++
		}
	}
	return n
}

// anotherSession logs in once more.
func (r *running) anotherSession(t testing.TB, username string) person {
	t.Helper()
	var session struct{ Token string }
	person{server: r}.send(t, http.MethodPost, "/session", map[string]string{"username": username, "password": demo.Password}).
		want(t, http.StatusCreated).into(t, &session)
	return person{r, username, session.Token}
}

func TestShareRequestRacingSignOffsGiveOneGrant(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		db := d.open(t, "ro")
		e := entry(t, clinics)
		sessions := [2]person{d.as(t, "civil-head"), d.anotherSession(t, "civil-head")}
		for round := range 10 {
			m := d.submitted(t, "civil", file(e.ID, items(t, e)))
			m.race(t, sessions, "/sign-off", round)
			if after := rows(t, db, m.id); after["access_grant"] != 1 {
				t.Errorf("round %d left %v", round, after)
			}
		}
	})
}
