package delivery_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"datagov/domain/notice"
	"datagov/internal/delivery"
	"datagov/internal/testkit"
	"datagov/store"
)

// kill -9 after the message was sent and before that was noted: it is sent
// again under the same identifier, so that the receiver can drop it.
func TestACrashBetweenSendingAndNotingSendsAgainUnderTheSameID(t *testing.T) {
	t.Parallel()
	r := receive(t)
	p := hooked(t, r.URL)
	p.queue(notice.Webhook, "hook", "c1", 2)
	claimed, err := p.ClaimDeliveries(t.Context(), store.Claim{By: "who dies", At: p.at, Lease: 30 * time.Second, Batch: 1, PerTarget: 1, Attempts: 9})
	if err != nil || len(claimed) != 1 {
		t.Fatalf("claimed %+v, %v", claimed, err)
	}
	d := claimed[0]
	sent := delivery.Message{ID: d.ID, Kind: d.Kind, CaseID: d.CaseID, Title: d.Title, Link: d.Link, At: d.At, Address: r.URL, Secret: secret}
	if err := delivery.NewWebhook(notice.Reach{Loopback: true}, site, time.Now).Send(t.Context(), sent); err != nil {
		t.Fatal(err)
	}
	if n := p.round(); n != 0 {
		t.Errorf("took %d under the lease of the dead", n)
	}
	p.later(31 * time.Second)
	p.round()
	p.round()
	if want := []string{"hook-c1-0", "hook-c1-0", "hook-c1-1"}; !slices.Equal(r.ids, want) || r.bodies[0] != r.bodies[1] {
		t.Errorf("received %v, want %v", r.ids, want)
	}
	p.is("hook-c1-0", store.Delivered, 2, "")
}

// A message is dead after its last try; the next of its case goes on, and the dead one can be tried again.
func TestAMessageIsDeadAfterItsTriesAndTheNextGoesOn(t *testing.T) {
	t.Parallel()
	r := receive(t, http.StatusBadGateway, http.StatusBadGateway, http.StatusBadGateway)
	p := hooked(t, r.URL)
	p.courier.Waiting(time.Minute, time.Hour)
	p.queue(notice.Webhook, "hook", "c1", 2)
	for _, pause := range []time.Duration{time.Minute, time.Hour, 0} {
		p.round()
		p.later(pause)
	}
	p.is("hook-c1-0", store.DeliveryDead, 3, "对方返回状态 502")
	p.round()
	p.is("hook-c1-1", store.Delivered, 1, "")
	p.write(func(ctx context.Context, tx store.Tx) error { return tx.RetryDelivery(ctx, "hook-c1-0", p.now()) })
	p.round()
	p.is("hook-c1-0", store.Delivered, 1, "")
}

// hanging sends nothing until the process is stopped.
type hanging struct{ began chan struct{} }

func (h hanging) Send(ctx context.Context, _ delivery.Message) error {
	close(h.began)
	<-ctx.Done()
	return ctx.Err()
}

func TestAStoppedCourierGivesBackWhatItHolds(t *testing.T) {
	t.Parallel()
	h := hanging{make(chan struct{})}
	p := newPost(t, map[notice.Channel]delivery.Channel{notice.SMS: h})
	p.queue(notice.SMS, testkit.Head.Account, "c1", 1)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error)
	go func() {
		_, err := p.courier.Round(ctx)
		done <- err
	}()
	<-h.began
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
	if d := p.row("civil-2-c1-0"); d.Status != store.DeliveryWaiting || d.Attempts != 0 || d.LockedBy != "" || !d.LockedUntil.IsZero() {
		t.Errorf("left behind %+v", d)
	}
}

type failing struct{}

func (failing) Send(context.Context, delivery.Message) error {
	return errors.New("pq: password of li@example.gov.cn")
}

// What went wrong inside is shown to nobody.
func TestTroubleInsideIsNotShown(t *testing.T) {
	t.Parallel()
	p := newPost(t, map[notice.Channel]delivery.Channel{notice.SMS: failing{}})
	p.queue(notice.SMS, testkit.Head.Account, "c1", 1)
	p.round()
	p.is("civil-2-c1-0", store.DeliveryWaiting, 1, "发送时出错")
}

func TestAChannelThatIsNotConnectedIsLoggedWithoutPersonalData(t *testing.T) {
	t.Parallel()
	p := newPost(t, nil)
	var log bytes.Buffer
	p.courier = delivery.New(p.Store, nil, p.now, slog.New(slog.NewTextHandler(&log, nil)))
	p.write(func(ctx context.Context, tx store.Tx) error {
		return tx.PutNoticeSetting(ctx, testkit.Clerk.Account, notice.Setting{Email: "li@example.gov.cn"}, p.at)
	})
	p.queue(notice.WeCom, testkit.Head.Account, "c1", 1)
	p.queue(notice.Email, testkit.Clerk.Account, "c2", 1)
	p.round()
	p.is("civil-2-c1-0", store.Delivered, 1, "该渠道尚未接通，只作记录，没有发出")
	p.is("civil-1-c2-0", store.Delivered, 1, "该渠道尚未接通，只作记录，没有发出")
	if text := log.String(); strings.Count(text, "would have been sent") != 2 || strings.Contains(text, "example.gov.cn") || strings.Contains(text, "待办") || strings.Contains(text, "请办理") {
		t.Errorf("logged %s", text)
	}
}

// Who is gone by the time of sending gets nothing more.
func TestWhoLeftAChannelGetsNothing(t *testing.T) {
	t.Parallel()
	r := receive(t)
	p := hooked(t, r.URL)
	p.queue(notice.Webhook, "hook", "c1", 1)
	p.queue(notice.Webhook, "unknown", "c2", 1)
	p.queue(notice.Email, testkit.Head.Account, "c3", 1)
	p.write(func(ctx context.Context, tx store.Tx) error {
		return tx.DisableWebhook(ctx, "hook", testkit.Clerk.Account, p.at)
	})
	p.round()
	p.is("hook-c1-0", store.DeliveryDead, 1, "推送地址已停用")
	p.is("unknown-c2-0", store.DeliveryDead, 1, "推送地址已停用")
	p.is("civil-2-c3-0", store.DeliveryDead, 1, "收件人没有留下电子邮箱")
	if len(r.ids) > 0 {
		t.Errorf("received %v", r.ids)
	}
}
