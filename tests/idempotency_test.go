package tests

import (
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"
)

func TestShareRequestActWithoutAKeyIsRefused(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		db := d.open(t, "ro")
		m := d.asking(t)
		before := rows(t, db, m.id)
		for _, headers := range [][]string{nil, {"Idempotency-Key", ""}, {"Idempotency-Key", strings.Repeat("k", 201)}} {
			d.as(t, "civil-head").send(t, http.MethodPost, m.path("/sign-off"), sign, headers...).refused(t, http.StatusUnprocessableEntity)
		}
		unchanged(t, before, rows(t, db, m.id))
		e := entry(t, births)
		before = ofPerson(t, db, "civil-stopped")
		d.as(t, "civil-stopped").send(t, http.MethodPost, "/share-requests", file(e.ID, items(t, e))).refused(t, http.StatusUnprocessableEntity)
		unchanged(t, before, ofPerson(t, db, "civil-stopped"))
	})
}

func TestShareRequestActRepeatedUnderItsKeyIsDoneOnce(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		db := d.open(t, "ro")
		who, key := d.as(t, "civil-again"), uuid.NewString()
		e := entry(t, births)
		body := file(e.ID, items(t, e, "出生证编号"))
		before := ofPerson(t, db, who.username)["share_request"]
		first := who.send(t, http.MethodPost, "/share-requests", body, "Idempotency-Key", key).dossier(t)
		again := who.send(t, http.MethodPost, "/share-requests", body, "Idempotency-Key", key).dossier(t)
		if first.ID != again.ID || ofPerson(t, db, who.username)["share_request"] != before+1 {
			t.Errorf("opened %s and %s", first.ID, again.ID)
		}
		who.send(t, http.MethodPost, "/share-requests", body.with("purpose", "另一用途"), "Idempotency-Key", key).
			refused(t, http.StatusUnprocessableEntity)

		m := matter{d.running, first.ID}.signedOff(t)
		m.does(t, "commission", "/form-check", complete)
		clerk := d.as(t, "health")
		draft := func(body fields) answer {
			t.Helper()
			return clerk.send(t, http.MethodPost, m.path("/opinions"), body, "Idempotency-Key", key+"/draft")
		}
		drafted := string(draft(refusal(valid)).want(t, http.StatusCreated).body)
		stored := rows(t, db, m.id)
		if same := string(draft(refusal(valid)).want(t, http.StatusCreated).body); same != drafted {
			t.Errorf("answered %s, then %s", drafted, same)
		}
		draft(agree).refused(t, http.StatusUnprocessableEntity)
		draft(refusal(valid).with("reason", "另一理由")).refused(t, http.StatusUnprocessableEntity)
		unchanged(t, stored, rows(t, db, m.id))

		other := d.asking(t).underReview(t) // the same key on another case is another act
		clerk.send(t, http.MethodPost, other.path("/opinions"), refusal(valid), "Idempotency-Key", key+"/draft").
			refused(t, http.StatusUnprocessableEntity)
		d.as(t, "commission").send(t, http.MethodPost, m.path("/opinions"), agree, "Idempotency-Key", key+"/draft").want(t, http.StatusCreated)
		m.does(t, "civil", "/withdraw", nil)
		if same := string(draft(refusal(valid)).want(t, http.StatusCreated).body); same != drafted {
			t.Errorf("after the end a repeated act answers %s", same)
		}
	})
}

func TestShareRequestActRefusedMayBeTriedAgainUnderItsKey(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		m := d.asking(t)
		key, clerk := uuid.NewString(), d.as(t, "commission")
		check := func() answer {
			t.Helper()
			return clerk.send(t, http.MethodPost, m.path("/form-check"), complete, "Idempotency-Key", key)
		}
		check().refused(t, http.StatusConflict)
		m.signedOff(t)
		check().dossier(t).in(t, "joint_review")
	})
}

func TestShareRequestActSentTwiceAtOnceIsDoneOnce(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		db := d.open(t, "ro")
		who, e := d.as(t, "civil-again"), entry(t, births)
		for range 5 {
			key, body := uuid.NewString(), file(e.ID, items(t, e, "出生证编号"))
			ids := map[string]bool{}
			var mutex sync.Mutex
			var group sync.WaitGroup
			for range 4 {
				group.Go(func() {
					a := who.send(t, http.MethodPost, "/share-requests", body, "Idempotency-Key", key)
					if a.status == http.StatusConflict { // it is being done
						a.refused(t, http.StatusConflict)
						return
					}
					mutex.Lock()
					defer mutex.Unlock()
					var c dossier
					a.want(t, http.StatusCreated).into(t, &c)
					ids[c.ID] = true
				})
			}
			group.Wait()
			if len(ids) != 1 {
				t.Fatalf("one key opened %d cases", len(ids))
			}
			for id := range ids {
				if got := rows(t, db, id); got["share_request"] != 1 || got["command"] != 1 {
					t.Errorf("left %v", got)
				}
			}
		}
	})
}
