package tests

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"
	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"datagov/internal/testkit"
)

type told struct {
	ID, CaseID, Kind, Title, Text, Link string
	ReadAt                              *string
}

// notices are what somebody is told of the case, newest first.
func (m matter) notices(t testing.TB, who, query string) []told {
	t.Helper()
	var page struct{ Items []told }
	m.as(t, who).read(t, "/notices?limit=200&"+query).want(t, http.StatusOK).into(t, &page)
	return slices.DeleteFunc(page.Items, func(n told) bool { return n.CaseID != m.id })
}

func (r *running) unread(t testing.TB, who string) int {
	t.Helper()
	var counts struct{ Unread int }
	r.as(t, who).read(t, "/notices/counts").want(t, http.StatusOK).into(t, &counts)
	return counts.Unread
}

// features.md §5 numbers 12 and 16: whose turn it is hears of it at once, and a
// refused requester reads the reasons. TL 21.
func TestDeskNoticesReachWhoMustAct(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		hints := d.as(t, "civil-head").hints(t)
		m := d.asking(t)
		awaited(t, "the head", hints, m.id) // the page is told to fetch again
		first := m.notices(t, "civil-head", "unread=true")
		if len(first) != 1 || first[0].Kind != "todo" || first[0].Title != "待办：负责人审签" || first[0].Link != "/share-requests/"+m.id ||
			!strings.Contains(first[0].Text, births) || first[0].ReadAt != nil {
			t.Fatalf("the head is told %+v", first)
		}
		for _, who := range []string{"civil", "health", "commission", "admin", "auditor"} {
			if got := m.notices(t, who, ""); len(got) != 0 {
				t.Errorf("%s is told %+v", who, got)
			}
		}
		m.readsHisOwn(t, first[0].ID)
		m.underReview(t)
		m.says(t, provider, refusal(valid))
		m.says(t, commission, refusal(valid)).in(t, "refused")
		refused := m.notices(t, "civil", "unread=true")
		if len(refused) != 1 || refused[0].Title != "不予共享" || strings.Count(refused[0].Text, "超出履行职责所必需的范围（依据：《"+valid.Title+"》"+valid.Article+"）") != 2 {
			t.Errorf("the requester's clerk is told %+v", refused)
		}
		for who, want := range map[string]string{"health": "待办：提供机构拟意见", "health-head": "待办：提供机构负责人审签", "commission-head": "待办：主管部门负责人审签"} {
			if got := m.notices(t, who, ""); len(got) != 1 || got[0].Title != want {
				t.Errorf("%s is told %+v", who, got)
			}
		}
	})
}

// readsHisOwn: another cannot mark the notice, its person can, once.
func (m matter) readsHisOwn(t *testing.T, id string) {
	t.Helper()
	read := func(who string, body any) answer {
		return m.as(t, who).send(t, http.MethodPost, "/notices/read", body)
	}
	read("civil", fields{"ids": []string{id, uuid.NewString()}}).want(t, http.StatusOK)
	if got := m.notices(t, "civil-head", "unread=true"); len(got) != 1 {
		t.Errorf("another marked the notice: %+v", got)
	}
	for range 2 {
		read("civil-head", fields{"ids": []string{id}}).want(t, http.StatusOK)
	}
	if got := m.notices(t, "civil-head", ""); len(got) != 1 || got[0].ReadAt == nil || len(m.notices(t, "civil-head", "unread=true")) != 0 {
		t.Errorf("read %+v", got)
	}
	for _, wrong := range []any{fields{}, fields{"all": true, "ids": []string{id}}, fields{"ids": []string{}}, "{", fields{"ids": "x"}} {
		if a := read("civil-head", wrong); a.status != http.StatusUnprocessableEntity && a.status != http.StatusBadRequest {
			t.Errorf("%v: %d %s", wrong, a.status, a.body)
		}
	}
}

// A person chooses where notices go; the choice leaves an event and no address in it.
func TestDeskNoticeSettingsAreOnesOwn(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		p := d.as(t, "datacenter")
		type setting struct {
			Email    string   `json:"email"`
			Channels []string `json:"channels"`
		}
		chosen := setting{"center@example.gov.cn", []string{"email", "sms"}}
		p.send(t, http.MethodPut, "/notices/settings", chosen).want(t, http.StatusOK)
		var got, others setting
		p.read(t, "/notices/settings").want(t, http.StatusOK).into(t, &got)
		d.as(t, "supervisor").read(t, "/notices/settings").want(t, http.StatusOK).into(t, &others)
		if got.Email != chosen.Email || !slices.Equal(got.Channels, chosen.Channels) || others.Email != "" || others.Channels == nil {
			t.Errorf("settings %+v, another's %+v", got, others)
		}
		for _, wrong := range []setting{{"", []string{"email"}}, {"x", nil}, {"a@b.cn\r\nBcc: c@d.cn", []string{}}, {"", []string{"webhook"}}, {"", []string{"sms", "sms"}}} {
			if wrong.Channels == nil {
				wrong.Channels = []string{}
			}
			p.send(t, http.MethodPut, "/notices/settings", wrong).refused(t, http.StatusUnprocessableEntity)
		}
		var me struct{ ID string }
		p.read(t, "/me").into(t, &me)
		events, err := d.store(t).Events(t.Context(), "account/"+me.ID, 0, 100)
		if err != nil || len(events) == 0 {
			t.Fatalf("%d events, %v", len(events), err)
		}
		last := events[len(events)-1]
		if last.Name != "account.notices_set" || last.Actor.Account != me.ID || strings.Contains(last.Body+last.Detail, "example.gov.cn") {
			t.Errorf("event %+v", last)
		}
	})
}

// A person who chose mail gets his notices by mail, with a link to where the case is.
func TestDeskNoticesAreMailedToWhoChoseMail(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, p place) {
		relay := testkit.Mail(t, "")
		s := serve(t, p, "--smtp-address", relay.Address, "--smtp-from", "notice@example.gov.cn", "--smtp-security", "none", "--public-url", "https://data.example.gov.cn/")
		s.as(t, "civil-head").send(t, http.MethodPut, "/notices/settings", fields{"email": "head@example.gov.cn", "channels": []string{"email", "wecom"}}).want(t, http.StatusOK)
		before := s.unread(t, "civil-head")
		m := s.asking(t)
		if n := s.unread(t, "civil-head"); n != before+1 {
			t.Errorf("%d unread after %d", n, before)
		}
		s.as(t, "civil-head").send(t, http.MethodPost, "/notices/read", fields{"all": true}).want(t, http.StatusOK)
		if n := s.unread(t, "civil-head"); n != 0 {
			t.Errorf("%d unread after all were read", n)
		}
		eventually(t, "the mail arrives and all is noted", func() bool {
			return len(relay.Letters()) == 1 && len(s.deliveries(t, "admin", "delivered")) == 2
		})
		letter := relay.Letters()[0]
		if !strings.Contains(letter, "head@example.gov.cn") || !strings.Contains(letter, m.id) || !strings.Contains(letter, "data.example.gov.cn") {
			t.Errorf("the letter:\n%s", letter)
		}
		for _, d := range s.deliveries(t, "auditor", "") {
			if d.CaseID != m.id || d.Target == "" || strings.Contains(d.Target, "@") || (d.LastError != "") != (d.Channel == "wecom") {
				t.Errorf("listed %+v", d)
			}
		}
		if strings.Contains(s.out.String(), "head@example.gov.cn") {
			t.Error("the log names who was told")
		}
	})
}

// receiver takes webhooks on this machine; what it answers is up to the test.
type receiver struct {
	*httptest.Server

	mutex    sync.Mutex
	secret   string
	answers  []int // the next answers; 200 after them
	hang     bool
	attempts []delivered
}

type delivered struct{ id, body string }

func receive(t *testing.T) *receiver {
	t.Helper()
	r := &receiver{}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		body, err := io.ReadAll(req.Body)
		if err != nil {
			return
		}
		r.mutex.Lock()
		signed, err := standardwebhooks.NewWebhook(r.secret)
		if err == nil {
			err = signed.Verify(body, req.Header)
		}
		if err != nil {
			t.Error(err)
		}
		r.attempts = append(r.attempts, delivered{req.Header.Get("webhook-id"), string(body)})
		answer := http.StatusOK
		if len(r.answers) > 0 {
			answer, r.answers = r.answers[0], r.answers[1:]
		}
		hang := r.hang
		r.mutex.Unlock()
		if hang {
			<-req.Context().Done()
			return
		}
		w.WriteHeader(answer)
	}))
	t.Cleanup(r.Close)
	return r
}

func (r *receiver) set(change func()) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	change()
}

func (r *receiver) all() []delivered {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return slices.Clone(r.attempts)
}

type hook struct {
	ID, URL, Secret, Status string
	Events                  []string
}

// hooked registers the receiver for the kinds.
func (r *receiver) hooked(t testing.TB, s *running, kinds ...string) hook {
	t.Helper()
	var h hook
	s.as(t, "admin").send(t, http.MethodPost, "/webhooks", fields{"url": r.URL + "/in?key=geheim", "events": kinds}).
		want(t, http.StatusCreated).into(t, &h)
	r.set(func() { r.secret = h.Secret })
	return h
}

type delivery struct {
	ID, Channel, Target, CaseID, Title, LastError, Status string
	Attempts                                              int
}

func (r *running) deliveries(t testing.TB, who, status string) []delivery {
	t.Helper()
	var page struct{ Items []delivery }
	query := ""
	if status != "" {
		query = "?status=" + status
	}
	r.as(t, who).read(t, "/deliveries"+query).want(t, http.StatusOK).into(t, &page)
	return page.Items
}

func TestDeskWebhooksAreSignedOrderedAndRetried(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, p place) {
		s, r := serve(t, p), receive(t)
		r.set(func() { r.answers = []int{http.StatusInternalServerError, http.StatusFound} })
		h := r.hooked(t, s, "todo", "refused")
		s.secretsStay(t, h)
		m := s.asking(t).underReview(t)
		m.says(t, provider, refusal(valid))
		m.says(t, commission, refusal(valid)).in(t, "refused")
		eventually(t, "the refusal arrives", func() bool {
			all := r.all()
			return len(all) > 0 && strings.Contains(all[len(all)-1].body, "notice.refused")
		})
		all := r.all()
		if len(all) < 9 || all[0] != all[1] || all[1] != all[2] || all[2].id == all[3].id {
			t.Errorf("the first message was tried %+v", all)
		}
		eventually(t, "all is noted", func() bool { return len(s.deliveries(t, "admin", "waiting")) == 0 })
		r.inOrder(t, s, all[2:])
		s = r.survivesKill(t, s)
		r.diesAndIsRetried(t, s)
		s.as(t, "admin").send(t, http.MethodPost, "/webhooks/"+h.ID+"/disable", nil).want(t, http.StatusOK)
		s.as(t, "admin").send(t, http.MethodPost, "/webhooks/"+h.ID+"/disable", nil).refused(t, http.StatusConflict)
		before := len(r.all())
		s.asking(t)
		if waiting := s.deliveries(t, "auditor", "waiting"); len(waiting) != 0 || len(r.all()) != before {
			t.Errorf("a disabled webhook is told %+v", waiting)
		}
	})
}

// secretsStay: the secret was shown once, forbidden addresses are refused, others see nothing.
func (r *running) secretsStay(t *testing.T, h hook) {
	t.Helper()
	if !strings.HasPrefix(h.Secret, "whsec_") || h.Status != "active" {
		t.Errorf("registered %+v", h)
	}
	list := r.as(t, "admin").read(t, "/webhooks").want(t, http.StatusOK)
	if strings.Contains(string(list.body), "whsec_") || !strings.Contains(string(list.body), h.ID) {
		t.Errorf("listed %s", list.body)
	}
	for _, url := range []string{"http://10.0.0.1/", "https://169.254.169.254/", "http://example.gov.cn/", "https://a:b@example.gov.cn/", "x"} {
		r.as(t, "admin").send(t, http.MethodPost, "/webhooks", fields{"url": url, "events": []string{"todo"}}).refused(t, http.StatusUnprocessableEntity)
	}
	for _, kinds := range [][]string{{}, {"rumor"}, {"todo", "todo"}} {
		r.as(t, "admin").send(t, http.MethodPost, "/webhooks", fields{"url": "https://example.gov.cn/", "events": kinds}).refused(t, http.StatusUnprocessableEntity)
	}
	for _, who := range []string{"civil", "commission-head", "auditor"} {
		r.as(t, who).read(t, "/webhooks").refused(t, http.StatusForbidden)
	}
	events, err := r.store(t).Events(t.Context(), "webhook/"+h.ID, 0, 10)
	if err != nil || len(events) != 1 || events[0].Name != "webhook.created" || strings.Contains(events[0].Body, "geheim") || strings.Contains(events[0].Body, "whsec_") {
		t.Errorf("events %+v, %v", events, err)
	}
}

// inOrder wants each message once, in the order in which they were queued, and nothing of the case's words.
func (r *receiver) inOrder(t *testing.T, s *running, all []delivered) {
	t.Helper()
	rows := s.deliveries(t, "auditor", "delivered")
	slices.Reverse(rows)
	queued := map[string]int{}
	for i, d := range rows {
		if queued[d.ID] = i + 1; d.Target != strings.TrimSuffix(r.URL, "/") || d.Channel != "webhook" {
			t.Errorf("listed %+v", d)
		}
	}
	for i, d := range all {
		if queued[d.id] != i+1 || strings.Contains(d.body, "超出履行职责") || strings.Contains(d.body, "whsec_") {
			t.Errorf("message %d of %d is %+v, queued at %d", i+1, len(rows), d, queued[d.id])
		}
	}
}

// survivesKill kills the server while a message is under way: it comes again under its identifier.
func (r *receiver) survivesKill(t *testing.T, s *running) *running {
	t.Helper()
	before := len(r.all())
	r.set(func() { r.hang = true })
	s.asking(t)
	eventually(t, "a message is under way", func() bool { return len(r.all()) > before })
	s.kill()
	r.set(func() { r.hang = false })
	s = s.again(t)
	eventually(t, "the message comes again", func() bool { return len(r.all()) > before+1 })
	if all := r.all()[before:]; all[0] != all[1] {
		t.Errorf("came again as %+v", all)
	}
	eventually(t, "it is noted", func() bool { return len(s.deliveries(t, "admin", "waiting")) == 0 })
	return s
}

// diesAndIsRetried: what the receiver wants no more is dead and listed, and goes out again when the administrator says so.
func (r *receiver) diesAndIsRetried(t *testing.T, s *running) {
	t.Helper()
	r.set(func() { r.answers = []int{http.StatusGone} })
	s.asking(t)
	var dead []delivery
	eventually(t, "the message is dead", func() bool {
		dead = s.deliveries(t, "auditor", "dead")
		return len(dead) == 1
	})
	if dead[0].LastError == "" || dead[0].Attempts != 1 {
		t.Errorf("dead %+v", dead)
	}
	retry := "/deliveries/" + dead[0].ID + "/retry"
	s.as(t, "auditor").send(t, http.MethodPost, retry, nil).refused(t, http.StatusForbidden)
	s.as(t, "admin").send(t, http.MethodPost, "/deliveries/"+uuid.NewString()+"/retry", nil).refused(t, http.StatusNotFound)
	s.as(t, "admin").send(t, http.MethodPost, retry, nil).want(t, http.StatusOK)
	eventually(t, "it arrives", func() bool {
		return len(s.deliveries(t, "admin", "dead")) == 0 && len(s.deliveries(t, "admin", "waiting")) == 0
	})
	s.as(t, "admin").send(t, http.MethodPost, retry, nil).refused(t, http.StatusConflict)
	if all := r.all(); all[len(all)-1] != all[len(all)-2] || all[len(all)-1].id != dead[0].ID {
		t.Errorf("sent again as %+v", all[len(all)-2:])
	}
}
