package tests

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"datagov/domain/agency"
	"datagov/internal/demo"
	"datagov/store"
)

// bureau is an agency of the shared district with people of its own, so that
// what a test sets its seats to reaches no other test.
type bureau struct {
	*district

	agency agency.ID
	clerk  string
	heads  []string
}

// bureau hires a clerk and heads for an agency that no other test uses.
func (d *district) bureau(t testing.TB, of agency.ID, heads int) bureau {
	t.Helper()
	o := bureau{district: d, agency: of, clerk: string(of) + "-clerk"}
	people := []demo.Account{clerk(o.clerk, of)}
	for i := range heads {
		o.heads = append(o.heads, fmt.Sprintf("%s-head-%d", of, i+1))
		people = append(people, head(o.heads[i], of))
	}
	hire(t, d.running, people)
	o.admit(t, o.heads)
	return o
}

// admit opens sessions beside the server: a hundred checks of a password would
// be a test of the password's hash.
func (o bureau) admit(t testing.TB, people []string) {
	t.Helper()
	err := o.store(t).Tx(t.Context(), func(ctx context.Context, tx store.Tx) error {
		for _, who := range people {
			account, err := tx.AccountByUsername(ctx, who)
			if err != nil {
				return err
			}
			token := "dg_" + uuid.NewString()
			digest := sha256.Sum256([]byte(token))
			now := time.Now()
			session := store.Session{Digest: hex.EncodeToString(digest[:]), AccountID: account.ID, CreatedAt: now, ExpiresAt: now.Add(time.Hour)}
			if err := tx.InsertSession(ctx, session); err != nil {
				return err
			}
			o.tokens.Store(who, token)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// asks opens a case of the bureau for data of the health commission.
func (o bureau) asks(t testing.TB) matter {
	t.Helper()
	e := entry(t, births)
	return o.submitted(t, o.clerk, file(e.ID, items(t, e, "出生证编号", "新生儿姓名")))
}

// id is the account behind a name.
func (d *district) id(t testing.TB, who string) string {
	t.Helper()
	var me struct{ ID string }
	d.as(t, who).read(t, "/me").want(t, http.StatusOK).into(t, &me)
	return me.ID
}

// sets sets a seat of the bureau.
func (o bureau) sets(t testing.TB, step, mode string, accounts ...string) answer {
	t.Helper()
	ids := []string{}
	for _, a := range accounts {
		ids = append(ids, o.id(t, a))
	}
	return o.as(t, o.heads[0]).send(t, http.MethodPut, "/seats/"+step, fields{"mode": mode, "accountIds": ids})
}

// waiting is an open task as the page of the case shows it.
type waiting struct {
	TaskID, Step, Mode string
	Vacant             bool
	Assignees          []struct{ ID, Name, State, By string }
	Consultations      []struct{ ID, Question, Advice string }
	Urges              int
}

func (m matter) waits(t testing.TB, who, step string) waiting {
	t.Helper()
	var c struct{ Waiting []waiting }
	m.as(t, who).read(t, m.path("")).want(t, http.StatusOK).into(t, &c)
	for _, w := range c.Waiting {
		if w.Step == step {
			return w
		}
	}
	t.Fatalf("the case does not wait at %s: %+v", step, c.Waiting)
	return waiting{}
}

// states gives the assignees' states by name, in order.
func (w waiting) states() string {
	list := []string{}
	for _, a := range w.Assignees {
		list = append(list, a.Name+":"+a.State)
	}
	return strings.Join(list, " ")
}

func (m matter) order(t testing.TB, who, task, verb string, body fields) answer {
	t.Helper()
	return m.as(t, who).act(t, "/tasks/"+task+"/"+verb, body)
}

// hasTodo says whether a task of the case lies in somebody's box.
func (m matter) hasTodo(t testing.TB, who, box string) bool {
	t.Helper()
	var list struct{ Items []struct{ CaseID string } }
	m.as(t, who).read(t, "/tasks?limit=200&box="+box).want(t, http.StatusOK).into(t, &list)
	for _, i := range list.Items {
		if i.CaseID == m.id {
			return true
		}
	}
	return false
}

// Features §5 (1), flowable #1487 and #2124: a hundred sign one 或签 task at once;
// one wins, the others are refused and told who it was, and the case goes on.
func TestDeskAHundredSignOneTaskAndOneWins(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		const people = 100
		o := d.bureau(t, "sports", people)
		sessions := make([]person, people)
		var group sync.WaitGroup
		for i, h := range o.heads {
			sessions[i] = d.as(t, h)
		}
		for round := range rounds {
			m := o.asks(t)
			var won, late, odd atomic.Int32
			var start sync.WaitGroup
			start.Add(1)
			for _, p := range sessions {
				group.Go(func() {
					start.Wait()
					a, err := p.try(http.MethodPost, m.path("/sign-off"), sign, "Idempotency-Key", uuid.NewString())
					switch {
					case err == nil && a.status == http.StatusCreated:
						won.Add(1)
					case err == nil && a.status == http.StatusConflict && strings.Contains(string(a.body), "最近办理：sports-head-"):
						late.Add(1)
					default:
						odd.Add(1)
						t.Errorf("round %d: %v %d %s", round, err, a.status, a.body)
					}
				})
			}
			start.Done()
			group.Wait()
			c := m.show(t, o.clerk).in(t, "form_check")
			if won.Load() != 1 || late.Load() != people-1 || c.count("signed_off") != 1 {
				t.Fatalf("round %d: %d won, %d came too late, %d odd, %d signatures", round, won.Load(), late.Load(), odd.Load(), c.count("signed_off"))
			}
		}
	})
}

// 会签: every holder signs, however many do so at once and in whatever order;
// no signature is lost and none counts twice (features §5 (2), flowable #3687).
func TestDeskEverySignerSigns(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		o := d.bureau(t, "science", 30)
		o.sets(t, "sign_off", "all", o.heads[:20]...).want(t, http.StatusOK)
		m := o.asks(t)
		task := m.waits(t, o.clerk, "sign_off")
		if task.Mode != "all" || len(task.Assignees) != 20 {
			t.Fatalf("the task is %s of %d", task.Mode, len(task.Assignees))
		}
		m.act(t, o.heads[25], "/sign-off", sign).refused(t, http.StatusForbidden) // a head, but not of this seat
		var group sync.WaitGroup
		for _, h := range o.heads[1:20] {
			group.Go(func() { m.act(t, h, "/sign-off", sign).want(t, http.StatusCreated) })
		}
		for _, added := range o.heads[20:25] { // more signers come in while others sign
			id := d.id(t, added)
			group.Go(func() {
				m.order(t, o.heads[0], task.TaskID, "add-signer", fields{"accountIds": []string{id}, "reason": "涉及其分管工作"}).want(t, http.StatusCreated)
			})
		}
		group.Wait()
		m.act(t, o.heads[0], "/sign-off", sign).dossier(t).in(t, "sign_off")
		m.act(t, o.heads[0], "/sign-off", sign).refused(t, http.StatusConflict)
		for _, h := range o.heads[20:24] {
			m.act(t, h, "/sign-off", sign).dossier(t).in(t, "sign_off")
		}
		c := m.act(t, o.heads[24], "/sign-off", sign).dossier(t).in(t, "form_check")
		if c.count("countersigned") != 24 || c.count("signed_off") != 1 || c.count("signer_added") != 5 {
			t.Errorf("%d countersigned, %d signed off, %d added", c.count("countersigned"), c.count("signed_off"), c.count("signer_added"))
		}
	})
}

// 依次, and an added signer who is taken off again until he signs.
func TestDeskSignersSignInTurn(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		o := d.bureau(t, "business", 4)
		first, second, third, other := o.heads[0], o.heads[1], o.heads[2], o.heads[3]
		o.sets(t, "revision", "all").refused(t, http.StatusUnprocessableEntity)
		o.sets(t, "sign_off", "all", o.clerk).refused(t, http.StatusUnprocessableEntity)
		o.sets(t, "sign_off", "sequence", second, first).want(t, http.StatusOK)
		m := o.asks(t)
		task := m.waits(t, o.clerk, "sign_off")
		o.sets(t, "sign_off", "any", third).want(t, http.StatusOK) // features §5 (7), OpenMetadata #31692: open tasks stay as they are
		m.act(t, third, "/sign-off", sign).refused(t, http.StatusForbidden)
		m.act(t, first, "/sign-off", sign).refused(t, http.StatusConflict)
		m.act(t, second, "/sign-off", sign).dossier(t).in(t, "sign_off")
		add := fields{"accountIds": []string{d.id(t, other)}, "reason": "涉及其分管工作"}
		m.order(t, third, task.TaskID, "add-signer", add).refused(t, http.StatusForbidden)
		m.order(t, first, task.TaskID, "add-signer", add.with("reason", " ")).refused(t, http.StatusUnprocessableEntity)
		m.order(t, first, task.TaskID, "add-signer", add.with("accountIds", []string{d.id(t, o.clerk)})).refused(t, http.StatusForbidden) // the drafter
		m.order(t, first, task.TaskID, "add-signer", add).want(t, http.StatusCreated)
		m.act(t, first, "/sign-off", sign).dossier(t).in(t, "sign_off")
		remove := fields{"accountId": d.id(t, other), "reason": "不再需要"}
		m.order(t, first, task.TaskID, "remove-signer", remove).want(t, http.StatusCreated)
		if got := m.waits(t, o.clerk, "sign_off").states(); got != second+":waiting "+first+":waiting "+other+":removed" {
			t.Errorf("after the removal: %s", got) // taking a signer off decides nothing by itself
		}
		m.order(t, first, task.TaskID, "remove-signer", remove).refused(t, http.StatusConflict)
		m.act(t, second, "/sign-off", sign).dossier(t).in(t, "sign_off")
		m.act(t, first, "/sign-off", sign).dossier(t).in(t, "form_check")
	})
}

// 转办 goes to a holder of the same duty; separation of duties is asked again.
func TestDeskTransferGoesToTheSameDutyOnly(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		o := d.bureau(t, "transport", 3)
		hire(t, d.running, []demo.Account{both("transport-both", o.agency)})
		o.sets(t, "sign_off", "any", o.heads[0]).want(t, http.StatusOK)
		e := entry(t, births)
		m := o.submitted(t, "transport-both", file(e.ID, items(t, e, "出生证编号")))
		task := m.waits(t, o.clerk, "sign_off")
		to := func(who string) fields { return fields{"accountId": d.id(t, who), "reason": "外出开会"} }
		m.order(t, o.heads[1], task.TaskID, "transfer", to(o.heads[2])).refused(t, http.StatusForbidden)
		m.order(t, o.heads[0], task.TaskID, "transfer", to(o.clerk)).refused(t, http.StatusForbidden)
		m.order(t, o.heads[0], task.TaskID, "transfer", to("transport-both")).refused(t, http.StatusForbidden) // he drafted it
		m.order(t, o.heads[0], task.TaskID, "transfer", to("health-head")).refused(t, http.StatusForbidden)
		m.order(t, o.heads[0], task.TaskID, "transfer", fields{"accountId": uuid.NewString(), "reason": "外出"}).refused(t, http.StatusUnprocessableEntity)
		var people struct{ Items []struct{ Name string } }
		m.as(t, o.heads[0]).read(t, "/tasks/"+task.TaskID+"/candidates?for=transfer").want(t, http.StatusOK).into(t, &people)
		if len(people.Items) != 2 { // the other heads, without the drafter
			t.Errorf("candidates %+v", people.Items)
		}
		m.order(t, o.heads[0], task.TaskID, "transfer", to(o.heads[1])).want(t, http.StatusCreated)
		if m.hasTodo(t, o.heads[0], "todo") || !m.hasTodo(t, o.heads[1], "todo") {
			t.Error("the task did not change boxes")
		}
		m.act(t, o.heads[0], "/sign-off", sign).refused(t, http.StatusForbidden)
		m.act(t, o.heads[1], "/sign-off", sign).dossier(t).in(t, "form_check")
	})
}

// 委派 comes back as advice, apart from the decision; 抄送 and 关注 are no duty.
func TestDeskAdviceCopiesAndFollowingDecideNothing(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		o := d.bureau(t, "ecology", 1)
		m := o.asks(t)
		task := m.waits(t, o.clerk, "sign_off")
		colleague := o.clerk
		m.order(t, o.heads[0], task.TaskID, "consult", fields{"accountId": d.id(t, "health"), "question": "是否必要"}).refused(t, http.StatusForbidden)
		m.order(t, o.heads[0], task.TaskID, "consult", fields{"accountId": d.id(t, colleague), "question": " "}).refused(t, http.StatusUnprocessableEntity)
		var made struct{ Made string }
		m.order(t, o.heads[0], task.TaskID, "consult", fields{"accountId": d.id(t, colleague), "question": "数据项是否都必要？"}).want(t, http.StatusCreated).into(t, &made)
		if !m.hasTodo(t, colleague, "todo") {
			t.Error("the question is in no box")
		}
		m.order(t, o.heads[0], task.TaskID, "advise", fields{"consultationId": made.Made, "advice": "必要"}).refused(t, http.StatusForbidden)
		m.order(t, colleague, task.TaskID, "advise", fields{"consultationId": made.Made, "advice": "都是核验所必需"}).want(t, http.StatusCreated)
		m.order(t, colleague, task.TaskID, "advise", fields{"consultationId": made.Made, "advice": "再答"}).refused(t, http.StatusConflict)
		if w := m.waits(t, o.heads[0], "sign_off"); len(w.Consultations) != 1 || w.Consultations[0].Advice != "都是核验所必需" {
			t.Errorf("advice %+v", w.Consultations)
		}
		m.show(t, o.clerk).in(t, "sign_off")
		m.as(t, o.heads[0]).act(t, "/cases/"+m.id+"/copy", fields{"accountIds": []string{d.id(t, "health"), d.id(t, "commission")}, "note": "供知悉"}).want(t, http.StatusCreated)
		m.as(t, o.heads[0]).act(t, "/cases/"+m.id+"/copy", fields{"accountIds": []string{d.id(t, "pension")}}).refused(t, http.StatusForbidden)
		if !m.hasTodo(t, "health", "cc") || m.hasTodo(t, "health", "todo") {
			t.Error("the copy is not where copies are")
		}
		follow := func(method string) answer {
			return m.as(t, "health").send(t, method, "/cases/"+m.id+"/follow", nil, "Idempotency-Key", uuid.NewString())
		}
		follow(http.MethodPut).want(t, http.StatusCreated)
		if !m.hasTodo(t, "health", "followed") {
			t.Error("the case is not among the followed")
		}
		follow(http.MethodDelete).want(t, http.StatusCreated)
		if m.hasTodo(t, "health", "followed") {
			t.Error("the case is still followed")
		}
		m.act(t, o.heads[0], "/sign-off", sign).dossier(t).in(t, "form_check")
	})
}

// Features §5 (16), temporal #4886, #5643, #8013: whoever is next has the task
// in his box as soon as the one before has his answer, without waiting.
func TestDeskTheNextPersonHasTheTaskAtOnce(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		for range 20 {
			m := d.asking(t)
			if !m.hasTodo(t, "civil-head", "todo") {
				t.Fatal("the head does not have the fresh request")
			}
			m.signedOff(t)
			if m.hasTodo(t, "civil-head", "todo") || !m.hasTodo(t, "commission", "todo") {
				t.Fatal("the form check is not where it belongs")
			}
			m.does(t, "commission", "/form-check", complete)
			id := m.drafts(t, provider, agree)
			if !m.hasTodo(t, "health-head", "todo") {
				t.Fatal("the head does not have the draft")
			}
			m.signs(t, provider, id)
			if m.hasTodo(t, "health-head", "todo") || !m.hasTodo(t, "health-head", "done") {
				t.Fatal("the signed opinion is not among what is done")
			}
		}
	})
}
