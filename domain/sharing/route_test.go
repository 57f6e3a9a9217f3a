package sharing_test

import (
	"slices"
	"strings"
	"testing"

	"datagov/domain/agency"
	"datagov/domain/fault"
	"datagov/domain/law"
	"datagov/domain/sharing"
	"datagov/domain/workday"
)

// Articles 24(3), 26, 27(2); an unclassified item is reviewed, never refused in silence (Article 25).
func TestEachItemIsRoutedByFactsAlone(t *testing.T) {
	t.Parallel()
	plain := scenario()
	other, inactive, over, foreign := scenario(), scenario(), scenario(), scenario()
	other.Agencies, inactive.Active, over.Until, foreign.EntryID = []agency.ID{"tax"}, false, "2026-11-22", "another"
	for _, tt := range []struct {
		name     string
		item     string
		scenario *sharing.Scenario
		want     sharing.Path
		article  string
	}{
		{"unconditional data follows the signature", "free", nil, sharing.ByLaw, "26"},
		{"authorized data is reviewed", "held", nil, sharing.ByReview, "26"},
		{"not shared data is stopped", "barred", nil, sharing.Barred, "26"},
		{"unclassified data is reviewed", "open", nil, sharing.ByReview, "25"},
		{"a scenario spares the review", "held", plain, sharing.ByScenario, "27"},
		{"the excess over the scenario's list is reviewed", "held-2", plain, sharing.ByReview, "26"},
		{"a scenario opens nothing that is barred", "barred", plain, sharing.Barred, "26"},
		{"a scenario does not classify", "open", plain, sharing.ByReview, "25"},
		{"unconditional data needs no scenario", "free", plain, sharing.ByLaw, "26"},
		{"the scenario is for another agency", "held", other, sharing.ByReview, "26"},
		{"the scenario is not active", "held", inactive, sharing.ByReview, "26"},
		{"the scenario is over", "held", over, sharing.ByReview, "26"},
		{"the scenario is of another entry", "held", foreign, sharing.ByReview, "26"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := sharing.Route(entry(), []string{tt.item}, "civil", sharing.RequestResponse, tt.scenario, "2026-11-23")
			if err != nil {
				t.Fatal(err)
			}
			if len(got) != 1 || got[0].Path != tt.want || got[0].Citation != law.Measure(tt.article) || got[0].Why == "" {
				t.Errorf("routed %+v, want %s under Article %s", got, tt.want, tt.article)
			}
		})
	}
}

func TestAScenarioCoversItsLastDay(t *testing.T) {
	t.Parallel()
	item, _ := entry().Item("held")
	for day, want := range map[workday.Day]bool{"2026-12-31": true, "2027-01-01": false} {
		if scenario().Covers(item, "entry", "civil", sharing.RequestResponse, day) != want {
			t.Errorf("covers on %s = %v", day, !want)
		}
	}
	if scenario().Covers(item, "entry", "civil", sharing.Copy, "2026-11-23") {
		t.Error("a scenario covers a copy (Article 24)")
	}
}

func TestItemsKeepTheOrderInWhichTheyWereAsked(t *testing.T) {
	t.Parallel()
	items := []string{"open", "free", "barred", "held"}
	got, err := sharing.Route(entry(), items, "civil", sharing.RequestResponse, nil, "2026-11-23")
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range got {
		if r.Item.ID != items[i] {
			t.Errorf("item %d is %s", i, r.Item.ID)
		}
	}
}

func TestARequestThatCannotBeRoutedIsRefused(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name      string
		items     []string
		requester agency.ID
		mode      sharing.Mode
		kind      fault.Kind
		pointer   string
	}{
		{"no item", nil, "civil", sharing.RequestResponse, fault.Invalid, "/itemIds"},
		{"an item of another entry", []string{"held", "elsewhere"}, "civil", sharing.RequestResponse, fault.Invalid, "/itemIds"},
		{"an item twice", []string{"held", "held"}, "civil", sharing.RequestResponse, fault.Invalid, "/itemIds"},
		{"an own entry", []string{"held"}, "health", sharing.RequestResponse, fault.Invalid, "/entryId"},
		{"a copy", []string{"held"}, "civil", sharing.Copy, fault.Unlawful, ""},
		{"another way", []string{"free"}, "civil", sharing.Other, fault.Unlawful, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := sharing.Route(entry(), tt.items, tt.requester, tt.mode, nil, "2026-11-23")
			refused(t, err, tt.kind)
			f := fault.As(err)
			if tt.pointer != "" && (len(f.Fields) != 1 || f.Fields[0].Pointer != tt.pointer) {
				t.Errorf("fields %v", f.Fields)
			}
			if tt.kind == fault.Unlawful && !slices.Contains(f.Basis, law.Measure("24")) { // Article 24(3)
				t.Errorf("cites %v, want Article 24", f.Basis)
			}
		})
	}
}

// Article 26(1): not shared is stopped with the entry's own grounds.
func TestAWhollyBarredRequestIsStoppedWithItsGrounds(t *testing.T) {
	t.Parallel()
	_, _, _, err := sharing.Submit(submission("barred"), pack())
	refused(t, err, fault.Unlawful)
	f := fault.As(err)
	if len(f.Grounds) != 2 || f.Grounds[0] != claim() || f.Grounds[1].Title != "档案法" {
		t.Errorf("grounds %v: want the entry's and the item's, each once", f.Grounds)
	}
	if strings.Contains(f.Text, "拒绝") {
		t.Errorf("%q speaks of a refusal", f.Text)
	}
}

func TestAMixedRequestGoesOnWithoutTheBarredPart(t *testing.T) {
	t.Parallel()
	r, routed, events, err := sharing.Submit(submission("held", "barred"), pack())
	if err != nil {
		t.Fatal(err)
	}
	if sharing.AllBarred(entry(), routed) != nil {
		t.Error("a mixed request is wholly barred")
	}
	if p := parts(r); p["barred"] != sharing.PartBarred || p["held"] != sharing.PartPending {
		t.Errorf("parts %v", p)
	}
	if got := names(events); !slices.Equal(got, []string{"share_request.submitted", "share_request.barred"}) {
		t.Errorf("events %v", got)
	}
	if events[1].Actor.Kind != agency.System {
		t.Error("the bar counts as somebody's decision")
	}
}
