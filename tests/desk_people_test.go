package tests

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"datagov/internal/demo"
	"datagov/store"
)

// acting sends an act in somebody's place.
func (p person) acting(t testing.TB, principal, path string, body any) answer {
	t.Helper()
	return p.send(t, http.MethodPost, path, body, "Idempotency-Key", uuid.NewString(), "X-Acting-For", principal)
}

func (d *district) entrusts(t testing.TB, who, to string, from, until string) answer {
	t.Helper()
	return d.as(t, who).send(t, http.MethodPost, "/proxies", fields{"proxyId": d.id(t, to), "from": from, "until": until, "reason": "外出学习"})
}

// A proxy has his principal's powers and no other, for a time, with both names
// on record; nobody drafts and signs by way of a proxy (features §5 (6),
// OpenMetadata #14337, #13735); there are no chains and no circles.
func TestDeskAProxyActsForHisPrincipalAndNoFurther(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		o := d.bureau(t, "emergency", 2)
		hire(t, d.running, []demo.Account{clerk("emergency-deputy", o.agency), clerk("emergency-third", o.agency)})
		principal, now := o.heads[0], string(today())
		o.sets(t, "sign_off", "any", principal).want(t, http.StatusOK)
		m := o.asks(t)
		d.as(t, "emergency-deputy").acting(t, d.id(t, principal), m.path("/sign-off"), sign).refused(t, http.StatusForbidden)
		d.entrusts(t, principal, "health", now, now).refused(t, http.StatusForbidden)
		d.entrusts(t, principal, principal, now, now).refused(t, http.StatusUnprocessableEntity)
		d.entrusts(t, principal, o.clerk, now, string(today().Add(-1))).refused(t, http.StatusUnprocessableEntity)
		d.entrusts(t, principal, o.clerk, now, string(today().Add(400))).refused(t, http.StatusUnprocessableEntity)
		d.entrusts(t, principal, o.clerk, now, now).want(t, http.StatusCreated) // the drafter himself
		d.as(t, o.clerk).acting(t, d.id(t, principal), m.path("/sign-off"), sign).refused(t, http.StatusForbidden)
		var list struct{ Items []struct{ ID, Status string } }
		d.as(t, principal).read(t, "/proxies").into(t, &list)
		d.as(t, o.clerk).send(t, http.MethodPost, "/proxies/"+list.Items[0].ID+"/revoke", fields{"reason": "撤"}).refused(t, http.StatusNotFound)
		d.as(t, principal).send(t, http.MethodPost, "/proxies/"+list.Items[0].ID+"/revoke", fields{"reason": "改由他人代理"}).want(t, http.StatusOK)
		d.entrusts(t, principal, "emergency-deputy", now, now).want(t, http.StatusCreated)
		d.entrusts(t, principal, "emergency-third", now, now).refused(t, http.StatusConflict)          // one at a time
		d.entrusts(t, "emergency-deputy", "emergency-third", now, now).refused(t, http.StatusConflict) // no chain
		d.entrusts(t, o.heads[1], principal, now, now).refused(t, http.StatusConflict)                 // nor from the other end
		d.entrusts(t, "emergency-deputy", principal, now, now).refused(t, http.StatusConflict)         // no circle
		deputy, of := d.as(t, "emergency-deputy"), d.id(t, principal)
		deputy.acting(t, d.id(t, o.heads[1]), m.path("/sign-off"), sign).refused(t, http.StatusForbidden)
		deputy.acting(t, of, "/share-requests", file(entry(t, births).ID, items(t, entry(t, births))[:1])).refused(t, http.StatusForbidden) // a head submits nothing
		m.act(t, "emergency-deputy", "/sign-off", sign).refused(t, http.StatusForbidden)                                                    // as himself he is a clerk
		c := deputy.acting(t, of, m.path("/sign-off"), sign).dossier(t).in(t, "form_check")
		var shown struct {
			Events []struct {
				Name             string
				Actor, Principal *struct{ ID string }
			}
		}
		m.as(t, o.clerk).read(t, m.path("")).into(t, &shown)
		i := slices.IndexFunc(shown.Events, func(e struct {
			Name             string
			Actor, Principal *struct{ ID string }
		},
		) bool {
			return e.Name == "share_request.signed_off"
		})
		if e := shown.Events[i]; e.Principal == nil || e.Principal.ID != of || e.Actor.ID != d.id(t, "emergency-deputy") || c.SignedBy != e.Actor.ID {
			t.Errorf("both names are not on record: %+v, signed by %s", e, c.SignedBy)
		}
	})
}

// A proxy ends by its instant, whoever notices; the timer notes it.
func TestDeskAProxyEndsByItself(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		o := d.bureau(t, "veterans", 2)
		m := o.asks(t)
		record := d.store(t)
		id, principal := uuid.NewString(), d.id(t, o.heads[0])
		over := time.Now().Add(2 * time.Second)
		if err := record.Tx(t.Context(), func(ctx context.Context, tx store.Tx) error {
			return tx.InsertProxy(ctx, store.Proxy{
				ID: id, AgencyID: string(o.agency), PrincipalID: principal, ProxyID: d.id(t, o.heads[1]), FromAt: over.Add(-time.Hour), UntilAt: over,
				Reason: "外出", CreatedAt: over.Add(-time.Hour), CreatedBy: principal,
			})
		}); err != nil {
			t.Fatal(err)
		}
		read := func() answer {
			return d.as(t, o.heads[1]).send(t, http.MethodGet, m.path(""), nil, "X-Acting-For", principal)
		}
		eventually(t, "the proxy is over", func() bool { return read().status == http.StatusForbidden && time.Now().After(over) })
		eventually(t, "the timer has noted it", func() bool {
			p, err := record.Proxy(t.Context(), id)
			return err == nil && !p.EndedAt.IsZero() && p.EndedBy == ""
		})
	})
}

// Features §5 (5), OpenMetadata PR 28550: an empty seat is an alarm that is
// reported upward, never a pass; whoever is appointed gets the task.
func TestDeskAnEmptySeatIsAnAlarmAndNeverAPass(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		o := d.bureau(t, "greening", 0)
		m := o.asks(t)
		w := m.waits(t, o.clerk, "sign_off")
		if c := m.show(t, o.clerk).in(t, "sign_off"); !w.Vacant || len(w.Assignees) != 0 || c.count("seat_vacant") != 1 {
			t.Errorf("an empty seat: %+v, %d alarms", w, c.count("seat_vacant"))
		}
		if !m.hasTodo(t, "commission-head", "cc") {
			t.Error("nobody above was told")
		}
		m.act(t, o.clerk, "/sign-off", sign).refused(t, http.StatusForbidden)
		hire(t, d.running, []demo.Account{head("greening-head", o.agency)})
		eventually(t, "the new head has the task", func() bool { return m.hasTodo(t, "greening-head", "todo") })
		c := m.act(t, "greening-head", "/sign-off", sign).dossier(t).in(t, "form_check")
		if c.count("seat_filled") != 1 {
			t.Errorf("%d notes of the filled seat", c.count("seat_filled"))
		}
	})
}

// 催办 is throttled, logged, and from the second time on reported upward.
func TestDeskUrgingIsThrottledAndReported(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		o := d.bureau(t, "finance", 1)
		m := o.asks(t)
		task := m.waits(t, o.clerk, "sign_off")
		m.order(t, o.heads[0], task.TaskID, "urge", fields{}).refused(t, http.StatusConflict) // it waits for himself
		m.order(t, "pension", task.TaskID, "urge", fields{}).refused(t, http.StatusNotFound)
		m.order(t, o.clerk, task.TaskID, "urge", fields{"message": "请尽快"}).want(t, http.StatusCreated)
		m.order(t, o.clerk, task.TaskID, "urge", fields{}).refused(t, http.StatusConflict)
		if w := m.waits(t, o.clerk, "sign_off"); w.Urges != 1 {
			t.Errorf("urged %d times", w.Urges)
		}
		if c := m.show(t, o.clerk).in(t, "sign_off"); c.count("urged") != 1 {
			t.Errorf("%d events", c.count("urged"))
		}
	})
}

// Items of a bulk act are done one by one: one that is refused keeps no other
// from being done, and what the rules reserve for reading is refused.
func TestDeskBulkDoesEachItemOnItsOwn(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		o := d.bureau(t, "justice", 1)
		high, plain := o.asks(t), []matter{}
		e := entry(t, clinics)
		for range 3 {
			plain = append(plain, o.submitted(t, o.clerk, file(e.ID, items(t, e)[:1])))
		}
		task := func(m matter) string { return m.waits(t, o.clerk, "sign_off").TaskID }
		bulk := []fields{
			{"taskId": task(high), "outcome": "sign", "reason": "同意"},
			{"taskId": task(plain[0]), "outcome": "sign", "reason": "同意"},
			{"taskId": task(plain[1]), "outcome": "sign", "reason": " "},
			{"taskId": uuid.NewString(), "outcome": "sign", "reason": "同意"},
			{"taskId": task(plain[2]), "outcome": "complete", "reason": "同意"},
		}
		var out struct {
			Results []struct {
				TaskID string
				OK     bool
				Detail string
			}
		}
		o.as(t, o.heads[0]).act(t, "/tasks/bulk", fields{"items": bulk}).want(t, http.StatusOK).into(t, &out)
		got := []bool{}
		for _, r := range out.Results {
			got = append(got, r.OK)
			if !r.OK && !chinese(r.Detail) {
				t.Errorf("refused with %q", r.Detail)
			}
		}
		if !slices.Equal(got, []bool{false, true, false, false, false}) {
			t.Fatalf("results %+v", out.Results)
		}
		if !strings.Contains(out.Results[0].Detail, "逐件") {
			t.Errorf("the level is not named: %s", out.Results[0].Detail)
		}
		high.show(t, o.clerk).in(t, "sign_off")
		plain[0].show(t, o.clerk).in(t, "granted")
		plain[1].show(t, o.clerk).in(t, "sign_off")
		o.as(t, o.clerk).act(t, "/tasks/bulk", fields{"items": bulk[:2]}).want(t, http.StatusOK).into(t, &out)
		if out.Results[1].OK {
			t.Error("a clerk signed in bulk")
		}
	})
}

// Features §5 (3), ruoyi #867, #668, #1018: after a return on one of two
// branches the task and its term are there again, and the other branch stood.
func TestDeskAReturnOnOneBranchOpensItAgainWithItsTerm(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		m := d.asking(t).underReview(t)
		id := m.drafts(t, provider, agree)
		m.says(t, commission, agree)
		m.does(t, "health-head", "/opinions/"+id+"/sign", back("补充理由"))
		if !m.hasTodo(t, "health", "todo") {
			t.Fatal("the returned opinion is in no box")
		}
		w := m.waits(t, "health", "opinion_provider")
		var task struct {
			Waiting []struct{ Step, LastDay string }
		}
		m.as(t, "health").read(t, m.path("")).into(t, &task)
		if w.Vacant || task.Waiting[0].LastDay == "" {
			t.Errorf("the task came back without people or term: %+v %+v", w, task.Waiting)
		}
		m.says(t, provider, agree).in(t, "granted")
	})
}

// Withdrawing and deciding at the same moment: one of the two counts, whole.
func TestDeskWithdrawingWhileDecidingEndsOneWay(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		for range 10 {
			m := d.asking(t).underReview(t)
			p, c := m.drafts(t, provider, agree), m.drafts(t, commission, agree)
			m.signs(t, provider, p)
			results := make(chan int, 2)
			go func() { results <- m.act(t, "commission-head", "/opinions/"+c+"/sign", sign).status }()
			go func() { results <- m.act(t, "civil", "/withdraw", fields{"reason": "不再需要"}).status }()
			one, two := <-results, <-results
			end := m.show(t, "civil").Status
			if one+two != http.StatusCreated+http.StatusConflict || end != "granted" && end != "withdrawn" {
				t.Fatalf("answers %d and %d, the case is %s", one, two, end)
			}
		}
	})
}

// The proof at the start: an account that moved to another agency while it is
// a proxy could review its own agency's requests. The start stops and says so.
func TestDeskAConflictOfDutiesStopsTheStart(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, p place) {
		r := serve(t, p)
		d := &district{r}
		hire(t, r, []demo.Account{head("health-deputy", "health")})
		d.entrusts(t, "health-head", "health-deputy", string(today()), string(today().Add(5))).want(t, http.StatusCreated)
		record := d.store(t)
		r.stop(t)
		if _, err := record.DB().ExecContext(t.Context(), "UPDATE account SET agency_id = ? WHERE username = ?", "civil-affairs", "health-deputy"); err != nil {
			t.Fatal(err)
		}
		again := launch(t, p, "serve", "--listen", "127.0.0.1:0")
		if code := again.exitCode(t); code != 1 || !strings.Contains(again.out.String(), "职责分离") || !strings.Contains(again.out.String(), "可以审核本机构提出的申请") {
			t.Errorf("exit %d: %s", code, again.out)
		}
	})
}
