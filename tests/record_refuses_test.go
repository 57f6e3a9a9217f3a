package tests

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

// statement is SQL that the record must refuse. It runs in a transaction of
// its own, which is always rolled back; what it says stands in the name.
type statement struct {
	name string
	sql  []string
	only string // SQLite or PostgreSQL; empty for both
}

const at = "'2026-11-20 08:00:00'"

// opinionBy is an opinion of a side on the open case.
func opinionBy(id, of, outcome, who string) string {
	return "INSERT INTO opinion (id, request_id, side, outcome, reason, conditions, items, drafted_by, drafted_at) " +
		"VALUES ('" + id + "', '{open}', '" + of + "', '" + outcome + "', '理由', '[]', '[]', '{" + who + "}', " + at + ")"
}

func groundOf(opinionID string) string {
	return "INSERT INTO legal_ground (opinion_id, position, level, title, doc_no, article, quote, in_force_on) " +
		"VALUES ('" + opinionID + "', 0, '法律', '个人信息保护法', '', '第三十四条', '原文', '2021-11-01')"
}

func signatureUnder(opinionID, who string) string {
	return "INSERT INTO opinion_signature (opinion_id, outcome, reason, signed_by, signed_at) " +
		"VALUES ('" + opinionID + "', 'sign', '', '{" + who + "}', " + at + ")"
}

const grantAfterReview = "INSERT INTO access_grant (id, request_id, entry_id, agency_id, provider_id, path, scenario_version, status, mode, system, " +
	"purpose, items, conditions, granted_at, provision_due_at, until, version) SELECT 'g', id, entry_id, requester_id, provider_id, 'review', 0, " +
	"'active', mode, system, purpose, '[]', '[]', " + at + ", " + at + ", until, 1 FROM share_request WHERE id = '{open}'"

// copyOfRequest inserts the open case again with some columns changed; the
// columns are filled in by [spelledOut].
func copyOfRequest(changes ...string) string {
	return "INSERT INTO share_request COPY " + strings.Join(append([]string{"id", "'copy'"}, changes...), "|")
}

// spelledOut writes the copy with every column the table has.
func spelledOut(t *testing.T, db *sql.DB, line string) string {
	t.Helper()
	insert, changes, isCopy := strings.Cut(line, " COPY ")
	if !isCopy {
		return line
	}
	none, err := db.QueryContext(t.Context(), "SELECT * FROM share_request WHERE 1 = 0")
	if err != nil {
		t.Fatal(err)
	}
	defer none.Close()
	columns, err := none.Columns()
	if err := errors.Join(err, none.Err()); err != nil {
		t.Fatal(err)
	}
	values := slices.Clone(columns)
	change := strings.Split(changes, "|")
	for n := 0; n+1 < len(change); n += 2 {
		values[slices.Index(columns, change[n])] = change[n+1]
	}
	return insert + " (" + strings.Join(columns, ", ") + ") SELECT " + strings.Join(values, ", ") + " FROM share_request WHERE id = '{open}'"
}

func entryCalled(id, secrecy, sharing, reason, grounds string) string {
	return "INSERT INTO catalog_entry (id, version, code, name, summary, agency_id, sharing, open, level, update_cycle, format, reason, grounds, " +
		"secrecy, updated_at) VALUES ('" + id + "', 1, '" + id + "', 'n', 's', 'health', '" + sharing + "', 'not_open', 'L4', '每年', 'f', '" +
		reason + "', '" + grounds + "', '" + secrecy + "', " + at + ")"
}

var unlawful = []statement{
	// Article 25: no refusal without a ground.
	{"a refusal without a ground", []string{opinionBy("o", "provider", "refuse", "health")}, ""},
	{"a refusal whose ground comes after it", []string{opinionBy("o", "provider", "refuse", "health"), groundOf("o")}, ""},
	{"a refusal without a reason", []string{groundOf("o"), strings.Replace(opinionBy("o", "provider", "refuse", "health"), "'理由'", "'  '", 1)}, ""},
	{"a ground on a normative document", []string{strings.Replace(groundOf("o"), "'法律'", "'规范性文件'", 1)}, ""},
	{"a ground without words", []string{strings.Replace(groundOf("o"), "'原文'", "' '", 1)}, ""},
	{"a ground without a day", []string{strings.Replace(groundOf("o"), "'2021-11-01'", "''", 1)}, ""},
	{"a refusal by a machine", []string{groundOf("o"), strings.Replace(opinionBy("o", "provider", "refuse", "health"), "{health}", "clock", 1)}, ""},
	{"an opinion of the requester", []string{opinionBy("o", "applicant", "agree", "civil")}, ""},
	{"a conditional agreement without conditions", []string{opinionBy("o", "provider", "agree_with_conditions", "health")}, ""},
	{"an opinion on no case", []string{strings.Replace(opinionBy("o", "provider", "agree", "health"), "{open}", "nowhere", 1)}, ""},

	// What was decided stays as it was decided.
	{"another outcome", []string{"UPDATE opinion SET outcome = 'agree' WHERE id = '{refusal}'"}, ""},
	{"another reason", []string{"UPDATE opinion SET reason = '另一理由' WHERE id = '{refusal}'"}, ""},
	{"an opinion gone", []string{"DELETE FROM opinion WHERE id = '{refusal}'"}, ""},
	{"a ground gone", []string{"DELETE FROM legal_ground WHERE opinion_id = '{refusal}'"}, ""},
	{"a ground moved", []string{"UPDATE legal_ground SET opinion_id = '{drafted}' WHERE opinion_id = '{refusal}'"}, ""},
	{"another quote", []string{"UPDATE legal_ground SET quote = '另一条' WHERE opinion_id = '{refusal}'"}, ""},
	{"a ground added to a signed opinion", []string{strings.Replace(groundOf("{refusal}"), ", 0, '法律'", ", 7, '法律'", 1)}, ""},
	{"a signature gone", []string{"DELETE FROM opinion_signature WHERE opinion_id = '{refusal}'"}, ""},
	{"another signatory", []string{"UPDATE opinion_signature SET signed_by = '{commission-head}' WHERE opinion_id = '{refusal}'"}, ""},
	{"a second signature", []string{signatureUnder("{refusal}", "commission-head")}, ""},
	{"an event gone", []string{"DELETE FROM event WHERE stream = 'share-request/{refused}'"}, ""},
	{"another actor of an event", []string{"UPDATE event SET actor = 'law' WHERE stream = 'share-request/{refused}'"}, ""},
	{"an event in the place of another", []string{"INSERT INTO event SELECT stream, seq, name, at, actor_kind, actor, agency_id, edition, article, " +
		"rule_version, 'x', body, previous, hash || 'x' FROM event WHERE stream = 'share-request/{refused}' AND seq = 1"}, ""},
	{"another order of publication", []string{"UPDATE event_position SET position = position + 100000"}, ""},
	{"a publication gone", []string{"DELETE FROM event_position"}, ""},
	{"a case gone", []string{"DELETE FROM share_request WHERE id = '{refused}'"}, ""},
	{"a case with its parts gone", []string{"DELETE FROM case_clock WHERE case_id = '{refused}'", "DELETE FROM share_request_part WHERE request_id = '{refused}'"}, ""},
	{"a grant gone", []string{"DELETE FROM access_grant WHERE request_id = '{granted}'"}, ""},

	// Articles 25, 26: two signatures, of two people each.
	{"a part refused by nobody", []string{"UPDATE share_request_part SET status = 'refused' WHERE request_id = '{open}'"}, ""},
	{"a part refused by one", []string{"UPDATE share_request_part SET status = 'refused' WHERE request_id = '{half}'"}, ""},
	{"a part agreed by one", []string{"UPDATE share_request_part SET status = 'agreed' WHERE request_id = '{half}'"}, ""},
	{"a part granted by nobody", []string{"UPDATE share_request_part SET status = 'granted' WHERE request_id = '{open}'"}, ""},
	{"a part granted on another path", []string{"UPDATE share_request_part SET path = 'unconditional', status = 'granted' WHERE request_id = '{open}'"}, ""},
	{"a part barred that was not", []string{"UPDATE share_request_part SET status = 'barred' WHERE request_id = '{open}'"}, ""},
	{"a part inserted as refused", []string{"INSERT INTO share_request_part SELECT request_id, 99, (SELECT id FROM catalog_item WHERE name = '出生体重'), " +
		"item_name, level, path, 'refused', reason, grounds FROM share_request_part WHERE request_id = '{open}' AND position = 0"}, ""},
	{"a request refused by nobody", []string{"UPDATE share_request SET status = 'refused' WHERE id = '{open}'"}, ""},
	{"a request refused by one", []string{"UPDATE share_request SET status = 'refused' WHERE id = '{half}'"}, ""},
	{"a request inserted as refused", []string{copyOfRequest("status", "'refused'")}, ""},
	{"a grant after no review", []string{grantAfterReview}, ""},
	{"a grant after one opinion", []string{strings.ReplaceAll(grantAfterReview, "{open}", "{half}")}, ""},
	{"a grant after two drafts", []string{opinionBy("p", "provider", "agree", "health"), opinionBy("c", "commission", "agree", "commission"), grantAfterReview}, ""},
	{"a signature by the drafter", []string{signatureUnder("{drafted}", "health")}, ""},
	{"a request signed by its drafter", []string{"UPDATE share_request SET signed_by = submitted_by WHERE id = '{open}'"}, ""},
	{"a request of the provider", []string{"UPDATE share_request SET requester_id = provider_id WHERE id = '{open}'"}, ""},
	{"a request inserted for the provider", []string{copyOfRequest("requester_id", "provider_id")}, ""},
	{"a copy", []string{"UPDATE share_request SET mode = 'copy' WHERE id = '{open}'"}, ""},

	// Articles 2, 26(1): the catalog.
	{"a secret entry", []string{entryCalled("e", "秘密", "unconditional", "", "[]")}, ""},
	{"an entry that becomes secret", []string{"UPDATE catalog_entry SET secrecy = '机密' WHERE agency_id = 'health'"}, ""},
	{"an entry not shared without a ground", []string{entryCalled("e", "非涉密", "not_shared", "理由", "[]")}, ""},
	{"an entry not shared without a reason", []string{entryCalled("e", "非涉密", "not_shared", "", `[{"level":"法律"}]`)}, ""},
	{"an entry that loses its ground", []string{"UPDATE catalog_entry SET grounds = '[]' WHERE sharing = 'not_shared'"}, ""},

	// What a database offers besides.
	{"a replaced opinion", []string{"INSERT OR REPLACE INTO opinion SELECT id, request_id, side, 'agree', reason, conditions, items, drafted_by, " +
		"drafted_at FROM opinion WHERE id = '{refusal}'"}, "SQLite"},
	{"an upserted opinion", []string{"INSERT INTO opinion SELECT * FROM opinion WHERE id = '{refusal}' ON CONFLICT (id) DO UPDATE SET outcome = 'agree'"}, ""},
	{"a replaced ground", []string{"REPLACE INTO legal_ground SELECT opinion_id, position, level, title, doc_no, article, '另一条', in_force_on " +
		"FROM legal_ground WHERE opinion_id = '{refusal}'"}, "SQLite"},
	{"a replaced signature", []string{"REPLACE INTO opinion_signature SELECT opinion_id, 'return', reason, signed_by, signed_at FROM opinion_signature"}, "SQLite"},
	{"a replaced event", []string{"REPLACE INTO event SELECT stream, seq, name, at, actor_kind, 'x', agency_id, edition, article, rule_version, detail, " +
		"body, previous, hash FROM event"}, "SQLite"},
	{"a replaced case", []string{strings.Replace(copyOfRequest("id", "id", "status", "'withdrawn'"), "INSERT", "INSERT OR REPLACE", 1)}, "SQLite"},
	{"a truncated table of opinions", []string{"TRUNCATE opinion CASCADE"}, "PostgreSQL"},
	{"a truncated table of grounds", []string{"TRUNCATE legal_ground"}, "PostgreSQL"},
	{"a truncated table of signatures", []string{"TRUNCATE opinion_signature"}, "PostgreSQL"},
	{"a truncated table of events", []string{"TRUNCATE event"}, "PostgreSQL"},
	{"a truncated table of cases", []string{"TRUNCATE share_request CASCADE"}, "PostgreSQL"},
	{"a truncated table of parts", []string{"TRUNCATE share_request_part"}, "PostgreSQL"},
	{"a truncated table of agencies and all that hangs on it", []string{"TRUNCATE agency CASCADE"}, "PostgreSQL"},
}

// lawful proves that the statements fail for what they say, not for how they are written.
var lawful = []statement{
	{"a refusal on a ground", []string{groundOf("o"), opinionBy("o", "provider", "refuse", "health")}, ""},
	{"a signature by another", []string{signatureUnder("{drafted}", "health-head")}, ""},
	{"a request", []string{copyOfRequest()}, ""},
	{"an entry", []string{entryCalled("e", "非涉密", "not_shared", "理由", `[{"level":"法律"}]`)}, ""},
	{"a grant after two signed opinions", []string{
		opinionBy("p", "provider", "agree", "health"), signatureUnder("p", "health-head"),
		opinionBy("c", "commission", "agree", "commission"), signatureUnder("c", "commission-head"), grantAfterReview,
	}, ""},
}

func TestTheRecordRefusesWhatTheLawForbidsWhoeverWritesSQL(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, p place) {
		r := serve(t, p)
		names := casesForSQL(t, r)
		r.stop(t)
		db := p.open(t, "rw")
		for _, username := range []string{"civil", "health", "health-head", "commission", "commission-head"} {
			names = append(names, "{"+username+"}", word(t, db, "SELECT id FROM account WHERE username = $1", username))
		}
		fill := strings.NewReplacer(names...)
		before := everything(t, p)
		for _, tt := range unlawful {
			if tt.only == "" || (tt.only == "PostgreSQL") == (p.postgres != "") {
				t.Run(tt.name, func(t *testing.T) { //nolint:paralleltest // transactions that lock each other out
					if err := attempt(t, db, tt, fill); err == nil {
						t.Error("the database allows it")
					}
				})
			}
		}
		for _, tt := range lawful {
			t.Run(tt.name, func(t *testing.T) { //nolint:paralleltest // as above
				if err := attempt(t, db, tt, fill); err != nil {
					t.Error(err)
				}
			})
		}
		unchanged(t, before, everything(t, p))
	})
}

// attempt runs the statements up to the commit, which PostgreSQL and SQLite
// are made to check before it is rolled back.
func attempt(t *testing.T, db *sql.DB, s statement, fill *strings.Replacer) error {
	t.Helper()
	spelled := []string{}
	for _, line := range s.sql {
		spelled = append(spelled, fill.Replace(spelledOut(t, db, line)))
	}
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	changed := int64(0)
	for _, line := range spelled {
		done, err := tx.ExecContext(ctx, line)
		if err != nil {
			if strings.Contains(err.Error(), "syntax") || strings.Contains(err.Error(), "no such") || strings.Contains(err.Error(), "does not exist") {
				t.Fatalf("%s: %v", line, err)
			}
			return err
		}
		n, err := done.RowsAffected()
		if err != nil {
			t.Fatal(err)
		}
		changed += n
	}
	if changed == 0 && !strings.Contains(s.sql[0], "TRUNCATE") {
		t.Errorf("the statement found no row: it proves nothing")
	}
	return nil
}

// casesForSQL makes an open case, one half decided, one refused, one granted.
func casesForSQL(t *testing.T, r *running) []string {
	t.Helper()
	open, half, refused, granted := r.asking(t).underReview(t), r.asking(t).underReview(t), r.asking(t).underReview(t), r.asking(t).underReview(t)
	draft := r.asking(t).underReview(t)
	drafted := draft.drafts(t, provider, agree)
	half.says(t, provider, refusal(valid))
	refusedBy := refused.drafts(t, provider, refusal(valid))
	refused.signs(t, provider, refusedBy)
	refused.says(t, commission, refusal(valid)).in(t, "refused")
	granted.says(t, provider, agree)
	granted.says(t, commission, agree).in(t, "granted")
	return []string{
		"{open}", open.id, "{half}", half.id, "{refused}", refused.id, "{granted}", granted.id, "{refusal}", refusedBy, "{drafted}", drafted,
	}
}
