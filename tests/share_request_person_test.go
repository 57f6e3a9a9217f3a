package tests

import (
	"net/http"
	"testing"

	"github.com/google/uuid"
)

func TestShareRequestIsActedOnByTheRightPersonOnly(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		db := d.open(t, "ro")
		m := d.asking(t)
		for _, who := range []string{"civil", "health", "health-head", "commission", "commission-head", "supervisor", "auditor", "datacenter", "admin"} {
			m.act(t, who, "/sign-off", sign).refused(t, http.StatusForbidden)
		}
		m.signedOff(t)
		for _, who := range []string{"civil", "civil-head", "health", "health-head", "commission-head", "auditor", "admin"} {
			m.act(t, who, "/form-check", complete).refused(t, http.StatusForbidden)
		}
		m.does(t, "commission", "/form-check", complete)
		for _, who := range []string{"civil", "civil-head", "health-head", "commission-head", "auditor", "admin"} {
			m.act(t, who, "/opinions", agree).refused(t, http.StatusForbidden)
		}
		of := map[side]string{provider: m.drafts(t, provider, agree), commission: m.drafts(t, commission, agree)}
		before := rows(t, db, m.id)
		for s, id := range of {
			for _, who := range []string{"civil", "civil-head", "health", "commission", "auditor", "admin", provider.head, commission.head} {
				if who != s.head {
					m.act(t, who, "/opinions/"+id+"/sign", sign).refused(t, http.StatusForbidden)
				}
			}
		}
		unchanged(t, before, rows(t, db, m.id))
	})
}

// A case does not exist for those who have no part in it.
func TestShareRequestDoesNotExistForWhoIsNoParty(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		e := entry(t, pensions)
		m := d.submitted(t, "civil", file(e.ID, items(t, e)))
		unknown := matter{d.running, uuid.NewString()}
		for _, a := range everyAct {
			if a.who == "health" || a.who == "commission" {
				a.who = "health"
			}
			if a.who == "health" && a.what == "/form-check" {
				continue // never the clerk's
			}
			unknown.act(t, a.who, a.what, a.body).refused(t, http.StatusNotFound)
		}
		for _, path := range []string{"/share-requests/%", "/cases/%/events"} {
			foreign := d.as(t, "health").read(t, replaced(path, m.id)).refused(t, http.StatusNotFound)
			nowhere := d.as(t, "health").read(t, replaced(path, unknown.id)).refused(t, http.StatusNotFound)
			malformed := d.as(t, "health").read(t, replaced(path, "7")).refused(t, http.StatusNotFound)
			if foreign.Detail != nowhere.Detail || foreign.Detail != malformed.Detail {
				t.Errorf("a stranger can tell that the case exists: %q, %q, %q", foreign.Detail, nowhere.Detail, malformed.Detail)
			}
			d.as(t, "auditor").read(t, replaced(path, m.id)).want(t, http.StatusOK)
			for _, who := range []string{"admin", "datacenter", "supervisor"} {
				d.as(t, who).read(t, replaced(path, m.id)).refused(t, http.StatusForbidden)
			}
		}
		m.act(t, "health", "/opinions", agree).refused(t, http.StatusNotFound)
		m.act(t, "health", "/withdraw", nil).refused(t, http.StatusNotFound)
		m.act(t, "health-head", "/sign-off", sign).refused(t, http.StatusNotFound)
	})
}

// Correction 2 of the requirements: drafting and signing are two people.
func TestShareRequestIsNotSignedByWhoDraftedIt(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		e := entry(t, births)
		m := d.submitted(t, "civil-both", file(e.ID, items(t, e, "出生证编号")))
		m.act(t, "civil-both", "/sign-off", sign).refused(t, http.StatusForbidden, regulation+"20")
		m.signedOff(t).does(t, "commission-both", "/form-check", complete)
		for who, s := range map[string]side{
			"health-both": {"provider", "health-both", "health-head"}, "commission-both": {"commission", "commission-both", "commission-head"},
		} {
			id := m.drafts(t, s, agree)
			m.act(t, who, "/opinions/"+id+"/sign", sign).refused(t, http.StatusForbidden)
			m.signs(t, s, id)
		}
		m.show(t, "civil").in(t, "granted")
	})
}

// The paper stays the drafter's when somebody else has mended it.
func TestShareRequestIsNotSignedByWhoDraftedItBeforeARevision(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		e := entry(t, births)
		m := d.submitted(t, "civil-both", file(e.ID, items(t, e, "出生证编号")))
		m.does(t, "civil-head", "/sign-off", back("用途不清楚"))
		m.does(t, "civil", "/revision", fields{"purpose": "核验", "basis": "职责", "system": "系统", "until": string(today().Add(60))})
		m.act(t, "civil-both", "/sign-off", sign).refused(t, http.StatusForbidden)
	})
}

// No one reviews a request of his own agency; the seat goes to whom the government names.
func TestShareRequestOfTheCommissionIsReviewedByItsSubstitute(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		e := entry(t, births)
		m := d.submitted(t, "commission", file(e.ID, items(t, e, "出生证编号")))
		m.does(t, "commission-head", "/sign-off", sign).in(t, "form_check")
		m.act(t, "commission-both", "/form-check", complete).refused(t, http.StatusForbidden)
		m.act(t, "commission", "/form-check", complete).refused(t, http.StatusForbidden)
		m.does(t, "office", "/form-check", complete)
		m.act(t, "commission-both", "/opinions", agree).refused(t, http.StatusForbidden)
		m.says(t, provider, agree)
		m.says(t, side{"commission", "office", "office-head"}, agree).in(t, "granted")
	})
}

// 401, 403 for the role, 404, 400, 422 form, 403 for the facts, 409, 422 law: in this order.
func TestShareRequestRefusalsComeInTheOrderOfTheContract(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		m := d.asking(t)
		nobody := person{server: d.running}
		nobody.act(t, "/share-requests/7/sign-off", "{").refused(t, http.StatusUnauthorized)
		d.as(t, "admin").act(t, "/share-requests/7/sign-off", "{").refused(t, http.StatusForbidden)
		d.as(t, "pension-head").act(t, m.path("/sign-off"), "{").refused(t, http.StatusNotFound)
		m.act(t, "health-head", "/sign-off", "{").refused(t, http.StatusBadRequest)
		m.act(t, "health-head", "/sign-off", fields{"outcome": "x"}).refused(t, http.StatusUnprocessableEntity)
		m.act(t, "health-head", "/sign-off", sign).refused(t, http.StatusForbidden)
		m.act(t, "health", "/opinions", refusal()).refused(t, http.StatusConflict)
		m.signedOff(t).does(t, "commission", "/form-check", complete)
		m.act(t, "civil", "/opinions", refusal()).refused(t, http.StatusForbidden)
		m.act(t, "health", "/opinions", refusal().with("itemIds", []string{"x"})).refused(t, http.StatusUnprocessableEntity)
		m.act(t, "health", "/opinions", refusal()).refused(t, http.StatusUnprocessableEntity, measure+"25")
	})
}
