package activities_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"datagov/activities"
	"datagov/domain/agency"
	"datagov/domain/casework"
	"datagov/domain/deadline"
	"datagov/domain/notice"
	"datagov/domain/sharing"
	"datagov/internal/testkit"
	"datagov/store"
)

// unread takes a person's unread notices, oldest first, and marks them read.
func (d *desk) unread(who agency.Actor) []store.Notice {
	d.t.Helper()
	rows, err := d.Store.Notices(d.t.Context(), store.NoticeFilter{Account: who.Account, Unread: true, Limit: 100})
	if err != nil {
		d.t.Fatal(err)
	}
	err = d.Store.Tx(d.t.Context(), func(ctx context.Context, tx store.Tx) error { return tx.ReadNotices(ctx, who.Account, nil, d.at) })
	if err != nil {
		d.t.Fatal(err)
	}
	slices.Reverse(rows)
	return rows
}

// tells wants exactly these kinds for these people, and nothing for anybody else.
func (d *desk) tells(when string, want map[string]string) {
	d.t.Helper()
	for _, p := range testkit.People() {
		kinds := []string{}
		for _, n := range d.unread(p) {
			kinds = append(kinds, n.Kind)
			if n.CaseID != "case" || n.Link != "/share-requests/case" || !strings.Contains(n.Text, "区民政局申请共享《居民健康档案》") {
				d.t.Errorf("%s: notice %+v", when, n)
			}
		}
		if got := strings.Join(kinds, " "); got != want[p.Account] {
			d.t.Errorf("%s: %s is told %q, want %q", when, p.Account, got, want[p.Account])
		}
	}
}

// Whose turn it is and whose case it is hears of every move, once. TL 21.
func TestEveryMoveTellsWhoMustKnow(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.open()
	d.tells("submitted", map[string]string{"civil-2": "todo"})
	d.do(d.SignOff, activities.Act{Actor: testkit.Head}, sharing.SignatureWords{Outcome: "return", Reason: "用途不清"})
	d.tells("returned", map[string]string{"civil-1": "returned"}) // its task needs no second notice
	d.do(d.Revise, activities.Act{Actor: testkit.Clerk}, sharing.FileWords{Purpose: "核对低保对象"})
	d.tells("revised", map[string]string{"civil-2": "todo"})
	d.sign()
	d.tells("signed", map[string]string{"commission-1": "todo"})
	d.do(d.CheckForm, activities.Act{Actor: testkit.CommissionOfficer}, sharing.FormCheckWords{Outcome: "supplement", Missing: []string{"授权书", "说明"}})
	d.tells("supplement", map[string]string{"civil-1": "supplement", "civil-2": "supplement"})
	d.do(d.Supply, activities.Act{Actor: testkit.Clerk}, sharing.FileWords{Note: "已补"})
	d.tells("supplied", map[string]string{"commission-1": "todo"})
	d.do(d.CheckForm, activities.Act{Actor: testkit.CommissionOfficer}, sharing.FormCheckWords{Outcome: "complete"})
	d.tells("complete", map[string]string{"health-1": "todo", "commission-1": "todo"})
	d.do(d.Extend, activities.Act{Actor: testkit.Provider, Outcome: "ask"}, sharing.ExtensionWords{Outcome: "ask", Reason: "核对口径"})
	d.tells("extension asked", map[string]string{"commission-1": "todo", "commission-2": "todo"})
	d.do(d.Extend, activities.Act{Actor: testkit.CommissionHead, Outcome: "consent"}, sharing.ExtensionWords{Outcome: "consent"})
	d.tells("extended", map[string]string{"civil-1": "extended", "civil-2": "extended", "health-1": "extended"})
	p := d.draft(testkit.Provider, opinion(casework.Provider, casework.Agree))
	d.tells("drafted", map[string]string{"health-2": "todo"})
	d.signOpinion(testkit.ProviderHead, p)
	d.tells("one signature", map[string]string{})
	c := d.draft(testkit.CommissionOfficer, opinion(casework.Commission, casework.AgreeWithConditions))
	d.signOpinion(testkit.CommissionHead, c)
	d.tells("approved", map[string]string{"commission-2": "todo"})
	if _, err := d.GrantAgreed(t.Context(), "case"); err != nil {
		t.Fatal(err)
	}
	for _, n := range d.unread(testkit.Clerk) {
		if n.Kind != "granted" || !strings.Contains(n.Text, "附条件：commission的条件") || !strings.Contains(n.Text, "2027-06-30") {
			t.Errorf("granted: %+v", n)
		}
	}
	d.tells("granted", map[string]string{"civil-2": "granted"})
}

// features.md §5 number 12: a refused requester reads the reasons and the grounds of both sides. TL 21.
func TestARefusedRequesterIsToldTheReasons(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.reviewing()
	d.unread(testkit.Clerk)
	d.answered(casework.Refusal, casework.Refusal)
	for _, who := range []agency.Actor{testkit.Clerk, testkit.Head} {
		rows := d.unread(who)
		if who.Account == testkit.Head.Account {
			rows = rows[len(rows)-1:] // the first asked him to sign
		}
		if len(rows) != 1 || rows[0].Title != "不予共享" || strings.Count(rows[0].Text, "理由（依据：《中华人民共和国统计法》第二十八条）") != 2 {
			t.Errorf("%s is told %+v", who.Account, rows)
		}
	}
	mixed := newDesk(t)
	mixed.reviewing()
	mixed.answered(casework.Refusal, casework.Agree)
	if rows := mixed.unread(testkit.Clerk); len(rows) != 1 || rows[0].Kind != "disputed" || strings.Count(rows[0].Text, "依据") != 1 {
		t.Errorf("in a dispute the clerk is told %+v", rows)
	}
	withdrawn := mixed.do(mixed.Withdraw, activities.Act{Actor: testkit.Clerk}, sharing.WithdrawalWords{Reason: "不再需要"})
	if rows := mixed.unread(testkit.Provider); withdrawn.Request.Status != sharing.Withdrawn || rows[len(rows)-1].Kind != "withdrawn" {
		t.Errorf("the provider is told %+v", rows)
	}
}

// Correction 9: a passed term is told to who sits in it, his superior and the requester, and decides nothing.
func TestAPassedTermIsToldUpwards(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.reviewing()
	for _, p := range testkit.People() {
		d.unread(p)
	}
	ring := func(at time.Time) {
		d.at = at
		if _, err := d.Ring(t.Context(), activities.Alarm{CaseID: "case", At: at}); err != nil {
			t.Fatal(err)
		}
	}
	r := d.read("case")
	opinion, joint := r.Clock(deadline.ShareProviderOpinion), r.Clock(deadline.ShareJointDecision)
	ring(opinion.RemindAt)
	d.tells("reminded", map[string]string{"health-1": "reminded"})
	ring(opinion.DueAt)
	d.tells("opinion overdue", map[string]string{
		"civil-1": "overdue", "civil-2": "overdue", "health-1": "overdue", "health-2": "overdue", "commission-2": "copied",
	})
	ring(joint.DueAt)
	rows := d.unread(testkit.Clerk)
	if len(rows) != 1 || rows[0].Kind != "overdue" || strings.Contains(rows[0].Text, "“"+opinion.Title+"”") || !strings.Contains(rows[0].Text, joint.Title) {
		t.Errorf("the requester is told %+v", rows)
	}
	late := newDesk(t)
	late.open()
	late.unread(testkit.Head)
	waiting := late.read("case")
	at := waiting.Clock(deadline.ShareSignOff).DueAt
	late.at = at
	if _, err := late.Ring(t.Context(), activities.Alarm{CaseID: "case", At: at}); err != nil {
		t.Fatal(err)
	}
	late.tells("a late signature", map[string]string{"civil-2": "late", "commission-2": "late", "health-2": "copied"})
}

// One message a channel and webhook, in order, with its words in e-mail only.
func TestWhatLeavesTheHouseIsQueuedWithTheMove(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	err := d.Store.Tx(t.Context(), func(ctx context.Context, tx store.Tx) error {
		chosen := notice.Setting{Email: "head@example.gov.cn", Channels: []notice.Channel{notice.Email, notice.WeCom, notice.SMS}}
		if err := tx.PutNoticeSetting(ctx, testkit.Head.Account, chosen, began); err != nil {
			return err
		}
		for id, kinds := range map[string][]string{"all": {"todo", "returned"}, "some": {"returned"}} {
			w := store.Webhook{ID: id, URL: "https://e.cn", Events: store.EncodeStrings(kinds), Secret: "whsec_", CreatedBy: testkit.Clerk.Account, CreatedAt: began}
			if err := tx.InsertWebhook(ctx, w); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	d.open()
	d.at = d.at.Add(time.Minute)
	d.do(d.SignOff, activities.Act{Actor: testkit.Head}, sharing.SignatureWords{Outcome: "return", Reason: "用途不清"})
	rows, err := d.Store.Deliveries(t.Context(), store.DeliveryFilter{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(rows, func(a, b store.Delivery) int { return int(a.Position - b.Position) })
	got := []string{}
	for i, row := range rows {
		got = append(got, fmt.Sprintf("%s %s %s", row.Channel, row.Target, row.Kind))
		if row.Position != int64(i+1) || (row.Text != "") != (row.Channel == "email") || row.Title == "" || row.Status != store.DeliveryWaiting {
			t.Errorf("delivery %+v", row)
		}
	}
	want := []string{
		"webhook all todo", "email civil-2 todo", "wecom civil-2 todo", "sms civil-2 todo",
		"webhook all returned", "webhook some returned", "webhook all todo", // the last is the task of revision
	}
	if !slices.Equal(got, want) {
		t.Errorf("queued %q, want %q", got, want)
	}
}

// Who left the agency is not told, and somebody is.
func TestACaseWhosePeopleHaveLeftIsToldToTheirAgency(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.reviewing()
	_, err := d.Store.DB().ExecContext(t.Context(), "UPDATE account SET active = FALSE WHERE id IN ('civil-1', 'civil-2')")
	if err != nil {
		t.Fatal(err)
	}
	err = d.Store.Tx(t.Context(), func(ctx context.Context, tx store.Tx) error {
		if err := tx.InsertAccount(ctx, store.Account{ID: "new", Username: "new", Name: "new", AgencyID: "civil", Active: true, CreatedAt: began}); err != nil {
			return err
		}
		return tx.AssignRole(ctx, store.RoleAssignment{AccountID: "new", Role: "clerk", Domain: "civil"})
	})
	if err != nil {
		t.Fatal(err)
	}
	d.answered(casework.Refusal, casework.Refusal)
	if rows := d.unread(agency.Actor{Account: "new"}); len(rows) != 1 || rows[0].Kind != "refused" {
		t.Errorf("the newcomer is told %+v", rows)
	}
}
