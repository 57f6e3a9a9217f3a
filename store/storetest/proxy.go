package storetest

import (
	"context"
	"testing"
	"time"

	"datagov/internal/testkit"
	"datagov/store"
)

// entrusts is a proxy of an hour.
func entrusts(id, principal, proxy string, from time.Time) store.Proxy {
	return store.Proxy{
		ID: id, AgencyID: "civil", PrincipalID: principal, ProxyID: proxy, FromAt: from, UntilAt: from.Add(time.Hour),
		Reason: "出差", CreatedAt: at, CreatedBy: principal,
	}
}

func (r record) entrust(p store.Proxy) error {
	return r.Tx(r.t.Context(), func(ctx context.Context, tx store.Tx) error { return tx.InsertProxy(ctx, p) })
}

func (r record) proxies(f store.ProxyFilter) string {
	r.t.Helper()
	rows, err := r.Proxies(r.t.Context(), f)
	r.must(err)
	ids := ""
	for _, p := range rows {
		ids += p.ID + " "
	}
	return ids
}

func keepsProxies(t *testing.T, r record) {
	t.Helper()
	r.must(r.entrust(entrusts("past", "civil-2", "civil-1", at.Add(-2*time.Hour))))
	r.must(r.entrust(entrusts("now", "civil-2", "civil-1", at)))
	r.must(r.entrust(entrusts("next", "civil-1", "civil-2", at.Add(time.Hour))))
	for want, f := range map[string]store.ProxyFilter{
		"next now past ": {Of: "civil-1"},
		"next now ":      {LastingAt: at, Limit: 2},
		"next ":          {Of: "civil-2", LastingAt: at.Add(time.Hour)}, // the last instant of one is the first of the other
		"":               {Of: "tax-1"},
	} {
		if got := r.proxies(f); got != want {
			t.Errorf("%+v: %q, want %q", f, got, want)
		}
	}
	over, err := r.OverProxies(t.Context(), at, 9)
	if err != nil || len(over) != 1 || over[0].ID != "past" {
		t.Errorf("over: %+v, %v", over, err)
	}
	end := func(id, by string) (ended bool) {
		r.write(func(ctx context.Context, tx store.Tx) (err error) {
			ended, err = tx.EndProxy(ctx, id, by, "到期", at)
			return err
		})
		return ended
	}
	if !end("past", "") || end("past", "civil-2") || end("unknown", "") {
		t.Error("a proxy ends once, and only one that is on record")
	}
	got, err := r.Proxy(t.Context(), "past")
	rules := got.Rules()
	if err != nil || got.EndedBy != "" || got.EndReason != "到期" || !rules.Ended || !rules.Until.Equal(stored(at.Add(-time.Hour))) || rules.Holds(rules.From) {
		t.Errorf("ended: %+v, %v", got, err)
	}
	if over, err := r.OverProxies(t.Context(), at, 9); err != nil || len(over) != 0 {
		t.Errorf("noted, and still over: %+v, %v", over, err)
	}
	_, err = r.Proxy(t.Context(), "unknown")
	missing(t, "proxy", err)
}

// What no procedure does the database does not let happen either.
func guardsTheDesk(t *testing.T, r record) {
	t.Helper()
	for what, change := range map[string]func(p *store.Proxy){
		"to somebody of another agency": func(p *store.Proxy) { p.ProxyID = "health-1" },
		"of another agency's person":    func(p *store.Proxy) { p.AgencyID = "health" },
		"to oneself":                    func(p *store.Proxy) { p.ProxyID = p.PrincipalID },
		"to nobody":                     func(p *store.Proxy) { p.ProxyID = "nobody" },
		"that ends before it begins":    func(p *store.Proxy) { p.UntilAt = p.FromAt },
		"without a reason":              func(p *store.Proxy) { p.Reason = "  " },
	} {
		p := entrusts("bad", "civil-2", "civil-1", at)
		if change(&p); r.entrust(p) == nil {
			t.Errorf("a proxy %s was stored", what)
		}
	}
	r.must(r.entrust(entrusts("good", "civil-2", "civil-1", at)))
	r.given(task("seat", "health", "head", at), testkit.ProviderHead)
	r.asks("asked")
	for what, statement := range map[string]string{
		"move a proxy to another agency": `UPDATE proxy SET proxy_id = 'health-1' WHERE id = 'good'`,
		"remove a proxy":                 `DELETE FROM proxy WHERE id = 'good'`,
		"remove a consultation":          `DELETE FROM consultation WHERE id = 'asked'`,
		"take somebody out of a task":    `DELETE FROM task_assignee WHERE task_id = 'seat'`,
		"give a task a mode of its own":  `UPDATE task SET mode = 'nobody' WHERE id = 'seat'`,
		"give a person a state":          `UPDATE task_assignee SET state = 'agreed' WHERE task_id = 'seat'`,
		"give a task to nobody":          `UPDATE task_assignee SET account_id = 'nobody' WHERE task_id = 'seat'`,
		"ask for no advice":              `UPDATE consultation SET question = ' ' WHERE id = 'asked'`,
		"ask about no task":              `UPDATE consultation SET task_id = 'nothing' WHERE id = 'asked'`,
	} {
		r.refuses(what, statement)
	}
	if r.entrust(entrusts("good", "civil-2", "civil-1", at)) == nil {
		t.Error("a proxy was replaced")
	}
}
