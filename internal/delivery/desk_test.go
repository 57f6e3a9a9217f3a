package delivery_test

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"datagov/domain/notice"
	"datagov/internal/delivery"
	"datagov/internal/testkit"
	"datagov/migrations"
	"datagov/store"
)

const (
	secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
	site   = "https://data.example.gov.cn"
)

// post is a record with an outbox, a courier and a clock that tests turn.
type post struct {
	*store.Store

	t       *testing.T
	mutex   sync.Mutex
	at      time.Time
	courier *delivery.Courier
}

func (p *post) now() time.Time {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return p.at
}

func (p *post) later(d time.Duration) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.at = p.at.Add(d)
}

func newPost(t *testing.T, channels map[notice.Channel]delivery.Channel) *post {
	t.Helper()
	s, err := store.Open(testkit.SQLite(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if err := migrations.Up(t.Context(), s.DB()); err != nil {
		t.Fatal(err)
	}
	p := &post{Store: s, t: t, at: time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC)}
	testkit.Fill(t, s, p.at)
	p.courier = delivery.New(s, channels, p.now, slog.New(slog.DiscardHandler))
	return p
}

// hooked is a post that may reach this machine, with one webhook "hook" at the address.
func hooked(t *testing.T, url string) *post {
	t.Helper()
	w := delivery.NewWebhook(notice.Reach{Loopback: true}, site, time.Now).Within(300 * time.Millisecond)
	p := newPost(t, map[notice.Channel]delivery.Channel{notice.Webhook: w})
	p.hook("hook", url)
	return p
}

func (p *post) write(do func(ctx context.Context, tx store.Tx) error) {
	p.t.Helper()
	if err := p.Tx(p.t.Context(), do); err != nil {
		p.t.Fatal(err)
	}
}

func (p *post) hook(id, url string) {
	p.t.Helper()
	p.write(func(ctx context.Context, tx store.Tx) error {
		return tx.InsertWebhook(ctx, store.Webhook{
			ID: id, URL: url, Events: `["todo"]`, Secret: secret, CreatedBy: testkit.Clerk.Account, CreatedAt: p.at,
		})
	})
}

// queue queues messages of the case, numbered in order.
func (p *post) queue(channel notice.Channel, target, caseID string, n int) {
	p.t.Helper()
	p.write(func(ctx context.Context, tx store.Tx) error {
		rows := []store.Delivery{}
		for i := range n {
			rows = append(rows, store.Delivery{
				ID: fmt.Sprintf("%s-%s-%d", target, caseID, i), Channel: string(channel), Target: target, CaseID: caseID, Kind: "todo",
				Title: "待办：负责人审签", Text: "“甲<b>乙”请办理", Link: "/share-requests/" + caseID, At: p.now(),
			})
		}
		return tx.InsertDeliveries(ctx, rows)
	})
}

func (p *post) round() int {
	p.t.Helper()
	n, err := p.courier.Round(p.t.Context())
	if err != nil {
		p.t.Fatal(err)
	}
	return n
}

func (p *post) row(id string) store.Delivery {
	p.t.Helper()
	d, err := p.Delivery(p.t.Context(), id)
	if err != nil {
		p.t.Fatal(err)
	}
	return d
}

// is wants the delivery in the status after so many tries, with the reason.
func (p *post) is(id, status string, attempts int, reason string) {
	p.t.Helper()
	if d := p.row(id); d.Status != status || d.Attempts != attempts || d.LastError != reason {
		p.t.Errorf("%s is %s after %d tries: %q; want %s after %d: %q", id, d.Status, d.Attempts, d.LastError, status, attempts, reason)
	}
}
