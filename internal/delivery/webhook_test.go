package delivery_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"datagov/domain/notice"
	"datagov/internal/delivery"
	"datagov/store"
)

// receiver takes webhooks, and fails the first ones with the given statuses.
type receiver struct {
	*httptest.Server

	mutex  sync.Mutex
	fails  []int
	ids    []string
	bodies []string
}

func receive(t *testing.T, fails ...int) *receiver {
	t.Helper()
	r := &receiver{fails: fails}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		body, err := io.ReadAll(req.Body)
		if err != nil {
			t.Error(err)
		}
		verify(t, req.Header, body)
		r.mutex.Lock()
		defer r.mutex.Unlock()
		r.ids, r.bodies = append(r.ids, req.Header.Get("webhook-id")), append(r.bodies, string(body))
		if len(r.fails) > 0 {
			w.WriteHeader(r.fails[0])
			r.fails = r.fails[1:]
		}
	}))
	t.Cleanup(r.Close)
	return r
}

// verify checks the signature with the library of the specification and by hand.
func verify(t *testing.T, h http.Header, body []byte) {
	t.Helper()
	w, err := standardwebhooks.NewWebhook(secret)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Verify(body, h); err != nil {
		t.Error(err)
	}
	if got, want := h.Get("webhook-signature"), byHand(h.Get("webhook-id"), h.Get("webhook-timestamp"), body); got != want {
		t.Errorf("signature %s, want %s", got, want)
	}
}

func byHand(id, timestamp string, body []byte) string {
	key, _ := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(id + "." + timestamp + "." + string(body)))
	return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// The vector that the specification publishes.
func TestTheSignatureIsThatOfTheSpecification(t *testing.T) {
	t.Parallel()
	got := byHand("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", []byte(`{"test": 2432232314}`))
	if want := "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="; got != want {
		t.Errorf("signature %s, want %s", got, want)
	}
}

func TestAWebhookIsSignedOrderedAndRetriedUnderOneID(t *testing.T) {
	t.Parallel()
	r := receive(t, http.StatusInternalServerError, http.StatusTooManyRequests)
	p := hooked(t, r.URL)
	p.queue(notice.Webhook, "hook", "c1", 2)
	for i, want := range []int{1, 0, 1, 0, 1, 1, 0} { // fails, waits, fails, waits, arrives, then the next of the case
		if n := p.round(); n != want {
			t.Errorf("round %d took %d, want %d", i, n, want)
		}
		switch i {
		case 0:
			p.is("hook-c1-0", store.DeliveryWaiting, 1, "对方返回状态 500")
		case 1:
			p.later(2 * time.Second)
		case 3:
			p.is("hook-c1-0", store.DeliveryWaiting, 2, "对方返回状态 429")
			p.is("hook-c1-1", store.DeliveryWaiting, 0, "")
			p.later(10 * time.Second)
		}
	}
	if want := []string{"hook-c1-0", "hook-c1-0", "hook-c1-0", "hook-c1-1"}; !slices.Equal(r.ids, want) {
		t.Errorf("received %v, want %v", r.ids, want)
	}
	p.is("hook-c1-0", store.Delivered, 3, "")
	var body struct {
		Type, Timestamp string
		Data            struct{ CaseID, Kind, Title, Link string }
	}
	if err := json.Unmarshal([]byte(r.bodies[3]), &body); err != nil || body.Type != "notice.todo" || body.Timestamp != "2026-11-24T01:00:00Z" ||
		body.Data.CaseID != "c1" || body.Data.Title != "待办：负责人审签" || body.Data.Link != site+"/share-requests/c1" || strings.Contains(r.bodies[3], "请办理") {
		t.Errorf("body %s, %v", r.bodies[3], err)
	}
}

// Whatever the other side does, the message waits, the reason is safe, and nothing else is reached.
func TestAReceiverThatMisbehavesIsTriedAgain(t *testing.T) {
	t.Parallel()
	var elsewhere atomic.Int64
	trap := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere.Add(1) }))
	t.Cleanup(trap.Close)
	answer := func(h http.HandlerFunc) string {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body) // only then does the server notice that the sender has gone
			h(w, r)
		}))
		t.Cleanup(s.Close)
		return s.URL
	}
	endless := func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			if _, err := w.Write(make([]byte, 4096)); err != nil {
				return
			}
		}
	}
	for _, tt := range []struct {
		name, url, status, reason string
	}{
		{"is slow", answer(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }), "waiting", "对方没有及时响应"},
		{
			"redirects", answer(func(w http.ResponseWriter, r *http.Request) {
				http.Redirect(w, r, trap.URL, http.StatusTemporaryRedirect)
			}),
			"waiting", "对方要求转到其他地址，未予跟随（状态 307）",
		},
		{
			"redirects for ever", answer(func(w http.ResponseWriter, r *http.Request) {
				http.Redirect(w, r, trap.URL, http.StatusMovedPermanently)
			}),
			"waiting", "对方要求转到其他地址，未予跟随（状态 301）",
		},
		{"answers garbage", "http://" + raw(t, "不是 HTTP\r\n\r\n"), "waiting", "无法连接对方，或者对方的回应不合规范"},
		{"hangs up", "http://" + raw(t, ""), "waiting", "无法连接对方，或者对方的回应不合规范"},
		{"answers half", "http://" + raw(t, "HTTP/1.1 200 OK\r\nContent-Le"), "waiting", "无法连接对方，或者对方的回应不合规范"},
		{"answers headers without end", "http://" + raw(t, "HTTP/1.1 200 OK\r\nX: "+strings.Repeat("x", 200<<10)+"\r\n\r\n"), "waiting", "无法连接对方，或者对方的回应不合规范"},
		{"is not there", "http://127.0.0.1:1", "waiting", "无法连接对方，或者对方的回应不合规范"},
		{"is away", answer(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) }), "waiting", "对方返回状态 503"},
		{"wants no more", answer(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusGone) }), "dead", "对方表示不再接收（状态 410）"},
		{"talks without end", answer(endless), "delivered", ""},
		{"is no web page", answer(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }), "delivered", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := hooked(t, tt.url)
			p.queue(notice.Webhook, "hook", "c1", 1)
			p.round()
			p.is("hook-c1-0", tt.status, 1, tt.reason)
			if n := elsewhere.Load(); n > 0 {
				t.Errorf("%d redirects were followed", n)
			}
		})
	}
}

// raw answers every connection with the bytes and hangs up.
func raw(t *testing.T, answer string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				_, _ = c.Read(make([]byte, 4096))
				_, _ = io.WriteString(c, answer)
				_ = c.Close()
			}()
		}
	}()
	return l.Addr().String()
}

// A name that leads inside is caught when it is dialed, whatever the address said when it was registered.
func TestNothingInsideIsReached(t *testing.T) {
	t.Parallel()
	r := receive(t)
	_, port, err := net.SplitHostPort(r.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	for _, url := range []string{"http://127.0.0.1:" + port, "http://localhost:" + port, "http://[::ffff:127.0.0.1]:" + port, "http://0.0.0.0:" + port} {
		w := delivery.NewWebhook(notice.Reach{}, site, time.Now).Within(time.Second)
		p := newPost(t, map[notice.Channel]delivery.Channel{notice.Webhook: w})
		p.hook("hook", url)
		p.queue(notice.Webhook, "hook", "c1", 1)
		p.round()
		p.is("hook-c1-0", store.DeliveryWaiting, 1, "推送地址指向不允许的网段")
	}
	if len(r.ids) > 0 {
		t.Errorf("this machine was reached %d times", len(r.ids))
	}
}
