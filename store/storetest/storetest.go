// Package storetest is the conformance suite of the record: what SQLite and
// PostgreSQL must both do, and do alike. Call [Run] with a function that opens
// an empty record; every case opens its own.
//
// A case that fails on one database only is a difference that a district would
// meet on the day it changes from one to the other: mend the store, not the case.
package storetest

import (
	"context"
	"errors"
	"testing"
	"time"

	"datagov/domain/casework"
	"datagov/domain/fault"
	"datagov/domain/law"
	"datagov/domain/sharing"
	"datagov/internal/testkit"
	"datagov/migrations"
	"datagov/store"
)

// at is an instant with more digits than the record keeps.
var at = time.Date(2026, 11, 23, 1, 2, 3, 456789987, time.UTC)

// Run runs every case on records that open returns; they may be migrated already.
func Run(t *testing.T, open func(t testing.TB) *store.Store) {
	t.Helper()
	for _, c := range []struct {
		name string
		run  func(t *testing.T, r record)
	}{
		{"migrating twice changes nothing", migratesTwice},
		{"identifiers are compared letter by letter", comparesIdentifiers},
		{"a failed transaction leaves nothing", rollsBack},
		{"a request comes back as it was", keepsRequest},
		{"a stale request is not saved", refusesStale},
		{"two writers of one version leave one", racesVersions},
		{"opinions come back with their grounds", keepsOpinions},
		{"requests are listed by party, newest first", listsRequests},
		{"clocks come back as they were", keepsClocks},
		{"times are kept to the microsecond and in order", keepsTimes},
		{"events are chained", chainsEvents},
		{"writers of one stream leave one chain", racesEvents},
		{"published events stand in order without gaps", publishes},
		{"events are published while others write", publishesWhileWriting},
		{"the database refuses what the law refuses", guardsTheLaw},
		{"the record is never rewritten", guardsTheRecord},
		{"a command is applied once", appliesCommands},
		{"a key is taken once", takesKeys},
		{"unsettled commands are found", findsUnsettled},
		{"each box holds its tasks", sortsTasks},
		{"lists page without loss", pagesTasks},
		{"a desk comes back as it was", keepsDesk},
		{"whoever takes a task back finds it by its present term", reopensAssignees},
		{"a closed task is over for everybody", closesAssignees},
		{"advice is asked for beside a task and closes with it", keepsConsultations},
		{"cases are followed and let go", keepsFollowers},
		{"seats that wait for nobody are found", findsVacantCases},
		{"a seat is set, and set again", keepsSeatSettings},
		{"people are read with the roles they hold in their place", readsPeople},
		{"a proxy lasts until it ends, and stays on record", keepsProxies},
		{"the database refuses what the desk never does", guardsTheDesk},
		{"grants are written once and moved once", keepsGrants},
		{"the catalog is searched by what people type", searchesCatalog},
		{"the catalog pages through equal times", pagesCatalog},
		{"an entry comes back with its items", readsEntry},
		{"sessions end", endsSessions},
		{"failed log-ins are counted", countsFailures},
		{"roles hold in their domain", keepsRoles},
		{"terms and calendar are rows", readsRules},
		{"material is kept once and guarded", keepsMaterial},
		{"a case is kept as every move left it", keepsVersions},
		{"everybody reads his own notices", readsNotices},
		{"who hears of a seat is its holders", findsRecipients},
		{"messages of a case keep their order", ordersDeliveries},
		{"many workers claim each message once", racesDeliveries},
		{"a message that never comes back is dead", buriesDeliveries},
		{"a webhook is disabled, never changed", keepsWebhooks},
		{"a calendar year is imported whole", importsCalendar},
		{"running clocks are counted again", recountsClocks},
		{"cases to be told are kept until they are", keepsNudges},
		{"rule packs are adopted whole and never edited", keepsPacks},
		{"attachments come back as they were, and stay", keepsAttachments},
		{"attachments and moves of one case leave one chain", attachesWhileMoving},
		{"phrases are kept up to their number", keepsPhrases},
		{"the briefing counts what a plain count counts", countsBriefing},
		{"papers are numbered without holes", numbersPapers},
		{"papers come back as they were", keepsPapers},
		{"papers are listed by party, newest first", listsPapers},
		{"the database refuses papers that the law refuses", guardsPapers},
		{"templates are in force from their day", readsTemplates},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := record{Store: open(t), t: t}
			r.must(migrations.Up(t.Context(), r.DB()))
			testkit.Fill(t, r.Store, at)
			c.run(t, r)
		})
	}
}

// record is the open record of one case.
type record struct {
	*store.Store
	t *testing.T
}

func (r record) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

// write runs one writing step in a transaction of its own.
func (r record) write(step func(ctx context.Context, tx store.Tx) error) {
	r.t.Helper()
	r.must(r.Tx(r.t.Context(), step))
}

// insert opens a case of the civil affairs clerk.
func (r record) insert(id string, items ...string) store.ShareRequest {
	r.t.Helper()
	if len(items) == 0 {
		items = []string{testkit.ItemHeld, testkit.ItemBarred}
	}
	var made store.ShareRequest
	r.write(func(ctx context.Context, tx store.Tx) error {
		var err error
		made, err = testkit.Open(ctx, tx, testkit.Opening{ID: id, Title: "区民政局申请共享", Items: items, Until: "2027-06-30"}, at)
		return err
	})
	made.Desk = []casework.Task{} // nobody has seated the case
	return made
}

// draft writes an opinion; a refusal stands on a statute.
func (r record) draft(id, request string, side casework.Side, outcome casework.Outcome) {
	r.t.Helper()
	words := sharing.OpinionWords{Side: side, Outcome: outcome, Reason: "理由"}
	switch outcome {
	case casework.Refusal:
		words.Grounds, words.Items = []law.Claim{testkit.Statute()}, []string{testkit.ItemHeld}
	case casework.AgreeWithConditions:
		words.Conditions = []casework.Condition{{Kind: "mask", Text: "脱敏"}}
	case casework.Agree:
	}
	verdict, err := words.Verdict("2026-11-23", nil)
	r.must(err)
	by := testkit.Provider
	if side == casework.Commission {
		by = testkit.CommissionOfficer
	}
	r.write(func(ctx context.Context, tx store.Tx) error {
		return tx.InsertOpinion(ctx, store.Opinion{ID: id, RequestID: request, Side: string(side), DraftedBy: by.Account, DraftedAt: at}, verdict)
	})
}

// sign signs or returns an opinion as the head of its side.
func (r record) sign(opinion string, side casework.Side, outcome string) {
	r.t.Helper()
	by := testkit.ProviderHead
	if side == casework.Commission {
		by = testkit.CommissionHead
	}
	r.write(func(ctx context.Context, tx store.Tx) error {
		return tx.InsertSignature(ctx, store.Signature{OpinionID: opinion, Outcome: outcome, Reason: "说明", SignedBy: by.Account, SignedAt: at})
	})
}

// refuses says that the statement fails; the database itself stands in its way.
func (r record) refuses(what, statement string, args ...any) {
	r.t.Helper()
	if _, err := r.DB().ExecContext(r.t.Context(), statement, args...); err == nil {
		r.t.Errorf("the database let somebody %s", what)
	}
}

// missing says that the error is that nothing was found.
func missing(t *testing.T, what string, err error) {
	t.Helper()
	if fault.KindOf(err) != fault.NotFound {
		t.Errorf("%s: %v, want not found", what, err)
	}
}

var errUndone = errors.New("undo this")
