package activities_test

import (
	"encoding/json"
	"strings"
	"testing"

	"datagov/activities"
	"datagov/domain/casework"
	"datagov/domain/fault"
	"datagov/domain/sharing"
	"datagov/internal/testkit"
)

// shown is the digest of what a decider has before him.
func (d *desk) shown() string {
	d.t.Helper()
	judged, err := d.Store.Judged(d.t.Context(), d.read("case"))
	if err != nil {
		d.t.Fatal(err)
	}
	return judged.Material().Digest()
}

// entryChanges puts a newer version of the entry into the catalog.
func (d *desk) entryChanges() {
	d.t.Helper()
	_, err := d.Store.DB().ExecContext(d.t.Context(), "UPDATE catalog_entry SET version = version + 1, name = '健康档案新版' WHERE id = ?", testkit.EntryID)
	if err != nil {
		d.t.Fatal(err)
	}
}

// refusedAct wants an act to be refused and nothing to be written.
func (d *desk) refusedAct(run effect, in activities.Act, words any) *fault.Error {
	d.t.Helper()
	in = d.ask(in, words)
	before, version := d.traces(), d.read("case").Version
	_, err := run(d.t.Context(), in)
	refusal := fault.As(activities.Refusal(err))
	if refusal == nil || refusal.Kind != fault.Conflict {
		d.t.Fatalf("not refused: %v", err)
	}
	if d.traces() != before || d.read("case").Version != version {
		d.t.Error("the refused act left something on record")
	}
	return refusal
}

func TestEveryDecisionKeepsWhatWasShown(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.open()
	first := d.shown()
	d.do(d.SignOff, activities.Act{Actor: testkit.Head, Shown: first}, sharing.SignatureWords{Outcome: "return", Reason: "用途不清"})
	d.do(d.Revise, activities.Act{Actor: testkit.Clerk}, sharing.FileWords{Purpose: "核对低保对象"})
	second := d.shown()
	refusal := d.refusedAct(d.SignOff, activities.Act{Actor: testkit.Head, Shown: first}, sharing.SignatureWords{Outcome: "sign"})
	if len(refusal.Fields) != 1 || refusal.Fields[0].Text != "使用用途由“核对救助对象”改为“核对低保对象”" {
		t.Errorf("the difference is said as %+v", refusal.Fields)
	}
	d.sign()
	events, err := d.Store.Events(t.Context(), d.read("case").Stream(), 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	var shown []string
	for _, e := range events {
		var body struct{ Shown string }
		if err := json.Unmarshal([]byte(e.Body), &body); err != nil {
			t.Fatal(err)
		}
		if _, ok, err := d.Store.Material(t.Context(), "case", body.Shown); !ok || err != nil {
			t.Errorf("what was shown at %s is not on record: %v", e.Name, err)
		}
		shown = append(shown, body.Shown)
	}
	if want := strings.Join([]string{first, first, first, second}, " "); strings.Join(shown, " ") != want {
		t.Errorf("shown %v, want %s", shown, want)
	}
	if first == second {
		t.Error("a revision made no other material")
	}
}

// Features §5 number 20: a decision on one version of a data set is flagged when the next appears.
func TestADraftOnAnOlderVersionIsNotSigned(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.reviewing()
	old := d.draft(testkit.Provider, opinion(casework.Provider, casework.Agree))
	d.entryChanges()
	refusal := d.refusedAct(d.SignOpinion, activities.Act{Actor: testkit.ProviderHead, Opinion: old, Shown: d.shown()}, sharing.SignatureWords{Outcome: "sign"})
	if len(refusal.Fields) != 2 || refusal.Fields[0].Text != "目录条目版本由“第 1 版”改为“第 2 版”" {
		t.Errorf("the difference is said as %+v", refusal.Fields)
	}
	d.do(d.SignOpinion, activities.Act{Actor: testkit.ProviderHead, Opinion: old}, sharing.SignatureWords{Outcome: "return", Reason: "目录已有新版"})
	d.signOpinion(testkit.ProviderHead, d.draft(testkit.Provider, opinion(casework.Provider, casework.Agree)))
	given, err := d.Store.OpinionMaterials(t.Context(), "case")
	if err != nil || len(given) != 4 {
		t.Errorf("%d receipts of opinions, %v", len(given), err)
	}
}

// The catalog changed twice and what the person saw was never on record: he is
// refused all the same, with what is known.
func TestAnActOnMaterialNobodyRecordedIsRefused(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.open()
	d.entryChanges()
	seen := d.shown()
	d.entryChanges()
	refusal := d.refusedAct(d.SignOff, activities.Act{Actor: testkit.Head, Shown: seen}, sharing.SignatureWords{Outcome: "sign"})
	if len(refusal.Fields) != 2 || refusal.Fields[0].Text != "目录条目版本由“第 1 版”改为“第 3 版”" {
		t.Errorf("the difference is said as %+v", refusal.Fields)
	}
}

// A move by the system has shown nothing to anybody.
func TestTheSystemIsShownNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.reviewing()
	d.answered(casework.Agree, casework.Agree)
	if _, err := d.GrantAgreed(t.Context(), "case"); err != nil {
		t.Fatal(err)
	}
	events, err := d.Store.Events(t.Context(), d.read("case").Stream(), 0, 100)
	if err != nil || strings.Contains(events[len(events)-1].Body, "shown") {
		t.Errorf("%+v, %v", events[len(events)-1], err)
	}
}
