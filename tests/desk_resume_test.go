package tests

import (
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
)

// loseEngine deletes the engine's file of a killed server.
func (p place) loseEngine(t testing.TB) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(p.data, "temporal.db*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no engine file: %v", err)
	}
	for _, name := range files {
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
	}
}

// atOnce does n pieces of work, sixteen at a time.
func atOnce(n int, work func(i int)) {
	var group sync.WaitGroup
	turns := make(chan int)
	for range 16 {
		group.Go(func() {
			for i := range turns {
				work(i)
			}
		})
	}
	for i := range n {
		turns <- i
	}
	close(turns)
	group.Wait()
}

// lost is how many open cases lose their engine.
const lost = 200

// The record alone is enough, for two hundred cases at once: the start says
// how many it brought back, and every one is decided to its end.
func TestDeskEngineLostUnder200OpenCases(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, p place) {
		r := serve(t, p)
		e := entry(t, births)
		cases := make([]matter, lost)
		opinions := make([]string, lost)
		atOnce(lost, func(i int) {
			m := r.submitted(t, "civil", file(e.ID, items(t, e, "出生时间")))
			switch i % 4 {
			case 1:
				m.signedOff(t)
			case 2:
				m.underReview(t)
			case 3:
				opinions[i] = m.underReview(t).drafts(t, provider, agree)
			}
			cases[i] = m
		})
		db := r.open(t, "ro")
		eventually(t, "every answer of the engine is noted", func() bool {
			return number(t, db, "SELECT count(*) FROM command WHERE settled_at IS NULL") == 0
		})
		r.kill()
		p.loseEngine(t)
		r = r.again(t)
		said := r.says(t, `已从业务库恢复：在办共享申请 (\d+) 件`)
		if n, err := strconv.Atoi(said); err != nil || n < lost {
			t.Errorf("says that %s cases were brought back", said)
		}
		atOnce(lost, func(i int) {
			cases[i].running = r
			cases[i].decided(t, i, opinions[i])
		})
		for i, m := range cases {
			if left := rows(t, db, m.id); left["open task"] != 0 {
				t.Errorf("case %d left %v", i, left)
			}
		}
		wholeChain(t, p, cases[3].id)
	})
}

// decided takes case number i of the lost ones to its end.
func (m matter) decided(t *testing.T, i int, opinionID string) {
	t.Helper()
	end := "granted"
	switch i % 4 {
	case 0: // the head has not signed; every second one is taken back
		if i%8 == 0 {
			m.does(t, "civil", "/withdraw", nil).in(t, "withdrawn")
			return
		}
		m.underReview(t)
	case 1:
		m.does(t, "commission", "/form-check", complete)
	}
	if opinionID != "" {
		m.signs(t, provider, opinionID)
		m.says(t, commission, agree).in(t, end)
		return
	}
	words := agree
	if i%3 == 0 {
		words, end = refusal(valid), "refused"
	}
	m.says(t, provider, words)
	m.says(t, commission, words).in(t, end)
}

// waitingTask is a task of the demo people, where it stands and how it is done.
type waitingTask struct {
	step, who string
	ready     func(t testing.TB, r *running) matter
	do        func(t testing.TB, m matter)
}

func does(who, what string, body any) func(testing.TB, matter) {
	return func(t testing.TB, m matter) { m.does(t, who, what, body) }
}

func signsDraft(s side) func(testing.TB, matter) {
	return func(t testing.TB, m matter) { m.signs(t, s, m.show(t, s.head).Opinions[0].ID) }
}

var mended = fields{"purpose": "核验低保申请人", "basis": "本单位职责", "system": "业务系统", "until": string(today().Add(90))}

// waitingTasks are every step at which a case waits for somebody.
var waitingTasks = []waitingTask{
	{"sign_off", "civil-head", func(t testing.TB, r *running) matter { return r.asking(t) }, does("civil-head", "/sign-off", sign)},
	{"revision", "civil", func(t testing.TB, r *running) matter {
		m := r.asking(t)
		m.does(t, "civil-head", "/sign-off", back("用途不清"))
		return m
	}, does("civil", "/revision", mended)},
	{"form_check", "commission", func(t testing.TB, r *running) matter { return r.asking(t).signedOff(t) }, does("commission", "/form-check", complete)},
	{"supplement", "civil", func(t testing.TB, r *running) matter {
		m := r.asking(t).signedOff(t)
		m.does(t, "commission", "/form-check", fields{"outcome": "supplement", "missing": []string{"授权书"}})
		return m
	}, does("civil", "/supplement", fields{"note": "已补"})},
	{
		"opinion_provider", "health", func(t testing.TB, r *running) matter { return r.asking(t).underReview(t) },
		func(t testing.TB, m matter) { m.drafts(t, provider, agree) },
	},
	{
		"opinion_commission", "commission", func(t testing.TB, r *running) matter { return r.asking(t).underReview(t) },
		func(t testing.TB, m matter) { m.drafts(t, commission, agree) },
	},
	{"sign_provider", "health-head", func(t testing.TB, r *running) matter {
		m := r.asking(t).underReview(t)
		m.drafts(t, provider, agree)
		return m
	}, signsDraft(provider)},
	{"sign_commission", "commission-head", func(t testing.TB, r *running) matter {
		m := r.asking(t).underReview(t)
		m.drafts(t, commission, agree)
		return m
	}, signsDraft(commission)},
	{"extension", "commission-head", func(t testing.TB, r *running) matter {
		m := r.asking(t).underReview(t)
		m.does(t, "health", "/extension", fields{"outcome": "ask", "reason": "核对口径"})
		return m
	}, does("commission-head", "/extension", fields{"outcome": "consent"})},
	{"disputed", "civil", func(t testing.TB, r *running) matter {
		m := r.asking(t).underReview(t)
		m.says(t, provider, agree)
		m.says(t, commission, refusal(valid))
		return m
	}, does("civil", "/withdraw", nil)},
}

// taskOf finds the case's task in somebody's box; empty when it is not there.
func (m matter) taskOf(t testing.TB, who, step string) string {
	t.Helper()
	for cursor := ""; ; {
		var list struct {
			Items []struct{ ID, CaseID, Step string }
			Next  *string
		}
		m.as(t, who).read(t, "/tasks?box=todo&limit=200"+cursor).want(t, http.StatusOK).into(t, &list)
		for _, task := range list.Items {
			if task.CaseID == m.id && task.Step == step {
				return task.ID
			}
		}
		if list.Next == nil {
			return ""
		}
		cursor = "&cursor=" + *list.Next
	}
}

// Features §5 number 15: a worker is upgraded with cases waiting; every waiting
// task is visible and can be done. That changed code carries old histories is
// TestReplay's to prove.
func TestDeskWaitingTasksSurviveAnUpgrade(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, p place) {
		r := serve(t, p)
		cases, tasks := make([]matter, len(waitingTasks)), make([]string, len(waitingTasks))
		for i, w := range waitingTasks {
			cases[i] = w.ready(t, r)
			if tasks[i] = cases[i].taskOf(t, w.who, w.step); tasks[i] == "" {
				t.Fatalf("%s waits in nobody's box", w.step)
			}
		}
		r.stop(t)
		r = r.again(t)
		for i, w := range waitingTasks {
			cases[i].running = r
			if got := cases[i].taskOf(t, w.who, w.step); got != tasks[i] {
				t.Errorf("the task %s was %q and is %q", w.step, tasks[i], got)
			}
		}
		for i, w := range waitingTasks {
			w.do(t, cases[i])
			if left := cases[i].taskOf(t, w.who, w.step); left == tasks[i] {
				t.Errorf("the task %s is done and still in the box", w.step)
			}
		}
	})
}
