package storetest

import (
	"testing"
	"time"

	"datagov/domain/casework"
	"datagov/domain/sharing"
	"datagov/internal/testkit"
	"datagov/store"
)

func keepsOpinions(t *testing.T, r record) {
	t.Helper()
	r.insert("case")
	r.draft("p", "case", casework.Provider, casework.Refusal)
	r.draft("c", "case", casework.Commission, casework.AgreeWithConditions)
	r.sign("p", casework.Provider, "return")
	r.sign("c", casework.Commission, "sign")
	opinions, err := r.Opinions(t.Context(), "case")
	r.must(err)
	if len(opinions) != 2 {
		t.Fatalf("%d opinions", len(opinions))
	}
	c, p := opinions[0], opinions[1] // drafted at the same instant: by ID
	if c.Status() != casework.Signed || c.SignedBy != testkit.CommissionHead.Account || c.Reason != "理由" || !c.DraftedAt.Equal(at.Truncate(time.Microsecond)) {
		t.Errorf("the commission's opinion %+v", c)
	}
	if p.Status() != casework.Returned || p.ReturnReason != "说明" {
		t.Errorf("the provider's opinion %+v", p)
	}
	conditions, err := store.Conditions(c.Conditions)
	if err != nil || len(conditions) != 1 || conditions[0].Text != "脱敏" {
		t.Errorf("conditions %v, %v", conditions, err)
	}
	grounds, err := r.GroundsOf(t.Context(), opinions)
	if err != nil || len(grounds["p"]) != 1 || grounds["p"][0] != testkit.Statute() || len(grounds["c"]) != 0 {
		t.Errorf("grounds %v, %v", grounds, err)
	}
	got, err := r.ShareRequest(t.Context(), "case")
	r.must(err)
	for _, o := range got.Opinions {
		if (o.SignedBy != "") != (o.Status == casework.Signed) || (len(o.Items) == 1) != (o.ID == "p") {
			t.Errorf("opinion as rules see it %+v", o)
		}
	}
	if none, err := r.GroundsOf(t.Context(), nil); err != nil || len(none) != 0 {
		t.Errorf("grounds of nothing: %v, %v", none, err)
	}
}

// guardsTheLaw writes SQL by hand: Article 25 and the two people behind each
// paper hold against everybody.
func guardsTheLaw(t *testing.T, r record) {
	t.Helper()
	r.insert("case")
	opinion := func(id, outcome, reason, conditions, by string) []any {
		return []any{id, "case", "provider", outcome, reason, conditions, "[]", by, at}
	}
	const insert = "INSERT INTO opinion (id, request_id, side, outcome, reason, conditions, items, drafted_by, drafted_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
	r.refuses("refuse without a ground", insert, opinion("x", "refuse", "理由", "[]", "health-1")...)
	r.refuses("refuse without a reason", insert, opinion("x", "refuse", " ", "[]", "health-1")...)
	r.refuses("agree under no conditions", insert, opinion("x", "agree_with_conditions", "", "[]", "health-1")...)
	r.refuses("let a machine decide", insert, opinion("x", "agree", "", "[]", "clock")...)
	r.refuses("cite a 规范性文件", "INSERT INTO legal_ground (opinion_id, position, level, title, doc_no, article, quote, in_force_on)"+
		" VALUES ('x', 0, '规范性文件', '某通知', '', '一', '原文', '2020-01-01')")
	r.refuses("refuse an item without two refusals", "UPDATE share_request_part SET status = 'refused' WHERE request_id = 'case' AND position = 0")
	r.refuses("grant an item without two opinions", "UPDATE share_request_part SET status = 'granted' WHERE request_id = 'case' AND position = 0")
	r.refuses("free a barred item", "UPDATE share_request_part SET status = 'granted' WHERE request_id = 'case' AND position = 1")
	r.refuses("refuse a request as a whole", "UPDATE share_request SET status = 'refused' WHERE id = 'case'")
	r.refuses("sign as who drafted", "UPDATE share_request SET signed_by = 'civil-1' WHERE id = 'case'")
	r.refuses("register a secret", "UPDATE catalog_entry SET secrecy = '工作秘密' WHERE id = ?", testkit.EntryID)
	r.refuses("bar an entry without a ground", "UPDATE catalog_entry SET sharing = 'not_shared', grounds = '[]' WHERE id = ?", testkit.EntryID)
	r.draft("p", "case", casework.Provider, casework.Refusal)
	r.refuses("sign his own opinion", "INSERT INTO opinion_signature (opinion_id, outcome, reason, signed_by, signed_at) VALUES ('p', 'sign', '', 'health-1', ?)", at)
	r.sign("p", casework.Provider, "sign")
	r.draft("c", "case", casework.Commission, casework.Agree)
	r.sign("c", casework.Commission, "sign")
	r.refuses("refuse by one refusal", "UPDATE share_request_part SET status = 'refused' WHERE request_id = 'case' AND position = 0")
	r.refuses("count a test pack in a record", "INSERT INTO term (pack, code, scope, title, value, unit, basis, source, edition, article, in_force_from, note)"+
		" VALUES ('2026-11', 'x', '', 'x', 1, 'second', '本区设定', 'x', '', '', '2026-01-01', '')")
}

// guardsTheRecord shows that what was written stays, whoever writes SQL.
func guardsTheRecord(t *testing.T, r record) {
	t.Helper()
	r.insert("case")
	r.draft("p", "case", casework.Provider, casework.Refusal)
	r.sign("p", casework.Provider, "sign")
	r.append("s", 2)
	if n, err := r.Publish(t.Context(), 10); err != nil || n != 2 {
		t.Fatalf("published %d, %v", n, err)
	}
	r.write(withGrant("g", sharing.ByLaw))
	for _, table := range []struct{ name, column string }{
		{"event", "detail"}, {"event_position", "stream"}, {"opinion", "reason"}, {"legal_ground", "quote"}, {"opinion_signature", "reason"},
	} {
		r.refuses("change "+table.name, "UPDATE "+table.name+" SET "+table.column+" = 'x'")
		r.refuses("delete from "+table.name, "DELETE FROM "+table.name)
	}
	for _, table := range []string{"share_request", "share_request_part", "case_clock", "access_grant"} {
		r.refuses("delete from "+table, "DELETE FROM "+table)
	}
	r.refuses("add a ground to an opinion", "INSERT INTO legal_ground (opinion_id, position, level, title, doc_no, article, quote, in_force_on)"+
		" VALUES ('p', 1, '法律', '某法', '', '一', '原文', '2020-01-01')")
	r.refuses("turn an item to another route", "UPDATE share_request_part SET path = 'unconditional' WHERE position = 0")
	r.refuses("write an event again", "INSERT INTO event SELECT * FROM event WHERE seq = 1")
	events, err := r.Events(t.Context(), "s", 0, 10)
	if err != nil || len(events) != 2 || events[0].Detail == "x" {
		t.Errorf("events %+v, %v", events, err)
	}
}
