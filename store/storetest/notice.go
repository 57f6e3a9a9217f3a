package storetest

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"datagov/domain/agency"
	"datagov/domain/fault"
	"datagov/domain/notice"
	"datagov/internal/testkit"
	"datagov/store"
)

func noticeTo(id string, who agency.Actor, when time.Time) store.Notice {
	return store.Notice{ID: id, AccountID: who.Account, CaseID: "case", Kind: "todo", Title: "题目", Text: "正文", Link: "/case", At: when}
}

// readsNotices: everybody reads and marks his own, page by page.
func readsNotices(t *testing.T, r record) {
	t.Helper()
	r.write(func(ctx context.Context, tx store.Tx) error {
		return tx.InsertNotices(ctx, []store.Notice{
			noticeTo("1", testkit.Clerk, at), noticeTo("2", testkit.Clerk, at), noticeTo("3", testkit.Clerk, at.Add(time.Second)), noticeTo("4", testkit.Head, at),
		})
	})
	r.write(func(ctx context.Context, tx store.Tx) error { return tx.InsertNotices(ctx, nil) })
	list := func(f store.NoticeFilter) []string {
		rows, err := r.Notices(t.Context(), f)
		r.must(err)
		ids := []string{}
		for _, n := range rows {
			ids = append(ids, n.ID)
		}
		return ids
	}
	f := store.NoticeFilter{Account: testkit.Clerk.Account, Limit: 2}
	if got := list(f); !slices.Equal(got, []string{"3", "2"}) {
		t.Errorf("first page %v", got)
	}
	f.BeforeAt, f.BeforeID = at, "2"
	if got := list(f); !slices.Equal(got, []string{"1"}) {
		t.Errorf("second page %v", got)
	}
	read := func(who agency.Actor, when time.Time, ids ...string) {
		r.write(func(ctx context.Context, tx store.Tx) error { return tx.ReadNotices(ctx, who.Account, ids, when) })
	}
	read(testkit.Head, at, "1", "2") // another's
	read(testkit.Clerk, at, "2", "nothing")
	read(testkit.Clerk, at.Add(time.Hour), "2") // read is read
	n, err := r.CountUnread(t.Context(), testkit.Clerk.Account)
	if got := list(store.NoticeFilter{Account: testkit.Clerk.Account, Unread: true, Limit: 9}); err != nil || n != 2 || !slices.Equal(got, []string{"3", "1"}) {
		t.Errorf("%d unread, %v, %v", n, got, err)
	}
	rows, err := r.Notices(t.Context(), store.NoticeFilter{Account: testkit.Clerk.Account, Limit: 2})
	if err != nil || !rows[1].ReadAt.Equal(at.Truncate(time.Microsecond)) {
		t.Errorf("read at %v, %v", rows[1].ReadAt, err)
	}
	read(testkit.Clerk, at)
	if n, err := r.CountUnread(t.Context(), testkit.Clerk.Account); err != nil || n != 0 {
		t.Errorf("%d unread after all, %v", n, err)
	}
	r.refuses("change what was told", "UPDATE notice SET text = 'x' WHERE id = '1'")
	r.refuses("unread what was read", "UPDATE notice SET read_at = NULL WHERE id = '1'")
	r.refuses("take a notice away", "DELETE FROM notice WHERE id = '1'")
}

// findsRecipients: holders of a role in its agency, active, with their channels.
func findsRecipients(t *testing.T, r record) {
	t.Helper()
	chosen := notice.Setting{Email: "li@example.gov.cn", Channels: []notice.Channel{notice.Email, notice.SMS}}
	r.hire(chosen)
	seat := func(of agency.ID, role agency.Role) string {
		people, err := r.RecipientsOfSeat(t.Context(), of, role)
		r.must(err)
		return fmt.Sprint(people)
	}
	for got, want := range map[string]string{
		seat("health", agency.Clerk):                 "[{also [email sms]} {health-1 []}]",
		seat("civil", agency.Clerk):                  "[{civil-1 []}]",
		seat("commission", agency.CommissionOfficer): "[{commission-1 []}]",
		seat("health", agency.CommissionOfficer):     "[]",
	} {
		if got != want {
			t.Errorf("recipients %s, want %s", got, want)
		}
	}
	people, err := r.RecipientsOf(t.Context(), []string{"gone", "", "also", "nobody"})
	if err != nil || fmt.Sprint(people) != "[{also [email sms]}]" {
		t.Errorf("recipients %v, %v", people, err)
	}
	if people, err := r.RecipientsOf(t.Context(), []string{""}); err != nil || len(people) != 0 {
		t.Errorf("nobody is %v, %v", people, err)
	}
	got, err := r.NoticeSetting(t.Context(), "also")
	if err != nil || fmt.Sprint(got) != fmt.Sprint(chosen) {
		t.Errorf("setting %v, %v", got, err)
	}
}

// hire adds two clerks of the health agency: one is gone, the other made a choice.
func (r record) hire(chosen notice.Setting) {
	r.t.Helper()
	r.write(func(ctx context.Context, tx store.Tx) error {
		for _, a := range []store.Account{
			{ID: "gone", Username: "gone", Name: "gone", AgencyID: "health", CreatedAt: at},
			{ID: "also", Username: "also", Name: "also", AgencyID: "health", Active: true, CreatedAt: at},
		} {
			if err := tx.InsertAccount(ctx, a); err != nil {
				return err
			}
			for _, domain := range []string{"health", "civil", "*"} {
				if err := tx.AssignRole(ctx, store.RoleAssignment{AccountID: a.ID, Role: "clerk", Domain: domain}); err != nil {
					return err
				}
			}
		}
		if err := tx.PutNoticeSetting(ctx, "also", notice.Setting{Email: "old@example.gov.cn"}, at); err != nil {
			return err
		}
		return tx.PutNoticeSetting(ctx, "also", chosen, at)
	})
}

func keepsWebhooks(t *testing.T, r record) {
	t.Helper()
	hook := func(i int) store.Webhook {
		return store.Webhook{
			ID: fmt.Sprintf("w%02d", i), URL: "https://example.gov.cn/", Events: store.EncodeStrings([]string{"refused"}), Secret: "whsec_x",
			CreatedBy: testkit.Clerk.Account, CreatedAt: at,
		}
	}
	insert := func(i int) error {
		return r.Tx(t.Context(), func(ctx context.Context, tx store.Tx) error { return tx.InsertWebhook(ctx, hook(i)) })
	}
	disable := func(id string) error {
		return r.Tx(t.Context(), func(ctx context.Context, tx store.Tx) error {
			return tx.DisableWebhook(ctx, id, testkit.Head.Account, at)
		})
	}
	for i := range 50 {
		r.must(insert(i))
	}
	if err := insert(50); fault.KindOf(err) != fault.Conflict {
		t.Errorf("one too many: %v", err)
	}
	r.must(disable("w07"))
	for _, id := range []string{"w07", "nothing"} {
		if err := disable(id); fault.KindOf(err) != fault.Conflict {
			t.Errorf("disabled %s: %v", id, err)
		}
	}
	r.must(insert(50))
	active, err := r.ActiveWebhooks(t.Context())
	if err != nil || len(active) != 50 || !active[0].Wants("refused") || active[0].Wants("todo") {
		t.Errorf("%d active, %v", len(active), err)
	}
	w, err := r.Webhook(t.Context(), "w07")
	if err != nil || w.Active() || w.DisabledBy != testkit.Head.Account {
		t.Errorf("webhook %+v, %v", w, err)
	}
	_, err = r.Webhook(t.Context(), "nothing")
	missing(t, "webhook", err)
	page, err := r.Webhooks(t.Context(), at, "w02", 9)
	if err != nil || len(page) != 2 || page[0].ID != "w01" {
		t.Errorf("page %+v, %v", page, err)
	}
	urls, err := r.WebhookURLs(t.Context(), []string{"w01"})
	if err != nil || urls["w01"] == "" {
		t.Errorf("addresses %v, %v", urls, err)
	}
	r.refuses("turn a webhook elsewhere", "UPDATE webhook SET url = 'https://example.com/' WHERE id = 'w01'")
	r.refuses("enable a webhook again", "UPDATE webhook SET disabled_at = NULL, disabled_by = NULL WHERE id = 'w07'")
	r.refuses("take a webhook away", "DELETE FROM webhook WHERE id = 'w01'")
}
