package demo

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"datagov/domain/agency"
	"datagov/domain/catalog"
	"datagov/domain/law"
	"datagov/domain/workday"
)

func load(t *testing.T) District {
	t.Helper()
	d, err := Load()
	if err != nil {
		t.Fatalf("Load: %v", err)
	}
	return d
}

func find(t *testing.T, d District, name string) *Entry {
	t.Helper()
	for i := range d.Entries {
		if d.Entries[i].Name == name {
			return &d.Entries[i]
		}
	}
	t.Fatalf("no entry %s", name)
	return nil
}

func TestLoadGivesTheWholeDistrict(t *testing.T) {
	t.Parallel()
	d := load(t)
	count := map[catalog.Sharing]int{}
	for _, e := range d.Entries {
		count[e.Sharing]++
	}
	if len(d.Entries) != 60 || count[catalog.Unconditional] != 25 || count[catalog.Authorized] != 25 || count[catalog.NotShared] != 10 {
		t.Errorf("entries: %d, by type %v", len(d.Entries), count)
	}
	if len(d.Agencies) < 30 || len(d.Accounts) != 11 || len(d.Scenarios) != 1 || len(d.Cases) != 6 {
		t.Errorf("agencies %d, accounts %d, scenarios %d, cases %d",
			len(d.Agencies), len(d.Accounts), len(d.Scenarios), len(d.Cases))
	}
}

func TestTheDistrictIsFictional(t *testing.T) {
	t.Parallel()
	for _, data := range [][]byte{districtJSON, catalogJSON} {
		if strings.Contains(string(data), "宝山") {
			t.Error("the demo data names a real district")
		}
	}
}

func TestEveryRouteOfArticle26HasData(t *testing.T) {
	t.Parallel()
	d := load(t)
	covered := d.Scenarios[0].Entry
	birth := find(t, d, "出生医学证明信息")
	if birth.Sharing != catalog.Authorized || birth.ID == covered {
		t.Error("出生医学证明信息 must be authorized and outside every scenario")
	}
	if e := find(t, d, "医疗机构基本信息"); e.Sharing != catalog.Unconditional || e.Agency != "health" {
		t.Error("医疗机构基本信息 must be unconditional data of health")
	}
	if !slices.ContainsFunc(d.Entries, func(e Entry) bool { return e.Agency == "commission" }) {
		t.Error("the commission has no entry of its own")
	}
	if !slices.ContainsFunc(d.Entries, func(e Entry) bool {
		return e.Agency == "statistics" && e.Sharing == catalog.NotShared && e.Grounds[0].Article == "第二十八条"
	}) {
		t.Error("statistics has no barred entry")
	}
	mixed := func(with catalog.Sharing) bool {
		return slices.ContainsFunc(d.Entries, func(e Entry) bool {
			return e.Sharing == catalog.Authorized && slices.ContainsFunc(e.Items, func(i Item) bool { return i.Sharing == with })
		})
	}
	if !mixed(catalog.NotShared) || !mixed(catalog.Unconditional) {
		t.Error("no authorized entry with an item of another type")
	}
}

func TestCasesEndInDifferentPlaces(t *testing.T) {
	t.Parallel()
	var got []string
	for _, k := range load(t).Cases {
		got = append(got, k.Status)
	}
	for _, want := range []string{"granted", "joint_review", "refused", "disputed", "sign_off"} {
		if !slices.Contains(got, want) {
			t.Errorf("no case ends in %s: %v", want, got)
		}
	}
}

// TestGroundsAgreeWithTheLibrary keeps the demo from citing a text by a wrong
// rank or outside the time it applied.
func TestGroundsAgreeWithTheLibrary(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(filepath.Join("..", "..", "domain", "law", "library.json"))
	if err != nil {
		t.Fatal(err)
	}
	var texts []struct {
		Title     string  `json:"title"`
		DocNo     string  `json:"docNo"`
		Level     string  `json:"level"`
		InForceOn string  `json:"inForceOn"`
		Until     *string `json:"until"`
		Source    string  `json:"source"`
	}
	if err := decode(data, &texts); err != nil {
		t.Fatal(err)
	}
	var known []law.Edition
	for _, x := range texts {
		e := law.Edition{Title: x.Title, DocNo: x.DocNo, Level: x.Level, Since: workday.Day(x.InForceOn)}
		if x.Until != nil {
			e.Until = workday.Day(*x.Until)
		}
		if x.Source == "" || x.InForceOn == "" {
			t.Errorf("library: %s has no source or date", x.Title)
		}
		known = append(known, e)
	}
	check := func(claims []law.Claim, on workday.Day) {
		for _, g := range claims {
			if _, err := law.NewGround(g, on, known); err != nil {
				t.Errorf("%s%s: %v", g.Title, g.Article, err)
			}
			if !slices.ContainsFunc(known, func(e law.Edition) bool { return law.BareTitle(e.Title) == law.BareTitle(g.Title) }) {
				t.Errorf("%s is not in the library", g.Title)
			}
		}
	}
	d := load(t)
	for _, e := range d.Entries {
		check(e.Grounds, e.UpdatedAt)
		for _, i := range e.Items {
			check(i.Grounds, e.UpdatedAt)
		}
	}
	for _, k := range d.Cases {
		for _, a := range k.Acts {
			check(a.Body.Grounds, Written)
		}
	}
}

func TestCheckFindsWhatIsWrong(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		spoil func(t *testing.T, d *District)
		want  string
	}{
		{"an authorized entry without ground", func(t *testing.T, d *District) { find(t, *d, "婚姻登记信息").Grounds = nil }, "Article 26 wants a ground"},
		{"an authorized entry without reason", func(t *testing.T, d *District) { find(t, *d, "婚姻登记信息").Reason = "" }, "Article 26 wants a reason"},
		{"a circular as ground", func(t *testing.T, d *District) {
			find(t, *d, "婚姻登记信息").Grounds[0].Title = "关于加强数据管理的通知"
		}, "规范性文件"},
		{"a ground that is not in force yet", func(t *testing.T, d *District) {
			find(t, *d, "婚姻登记信息").Grounds[0].InForceOn = "2026-12-01"
		}, "尚未施行"},
		{"a restricted unconditional entry", func(t *testing.T, d *District) { find(t, *d, "公共厕所信息").Reason = "敏感" }, "yet restricted"},
		{"an item above its entry", func(t *testing.T, d *District) { find(t, *d, "公共厕所信息").Items[0].Level = "L4" }, "above the entry's"},
		{"an entry above its items", func(t *testing.T, d *District) { find(t, *d, "公共厕所信息").Level = "L4" }, "highest item"},
		{"two items with one id", func(t *testing.T, d *District) {
			e := find(t, *d, "公共厕所信息")
			e.Items[1].ID = e.Items[0].ID
		}, "occurs twice"},
		{"a state secret", func(t *testing.T, d *District) { find(t, *d, "公共厕所信息").Secrecy = "秘密" }, "Article 2"},
		{"an unknown data type", func(t *testing.T, d *District) { find(t, *d, "公共厕所信息").Items[0].DataType = "text" }, "data type"},
		{"a clerk's role in another agency", func(_ *testing.T, d *District) { d.Accounts[0].Roles[0].Domain = "health" }, "in domain"},
		{"a whitelist as wide as the entry", func(_ *testing.T, d *District) {
			for _, e := range d.Entries {
				if e.ID == d.Scenarios[0].Entry {
					d.Scenarios[0].ItemIDs = nil
					for _, i := range e.Items {
						d.Scenarios[0].ItemIDs = append(d.Scenarios[0].ItemIDs, i.ID)
					}
				}
			}
		}, "whole entry"},
		{"an unknown status", func(_ *testing.T, d *District) { d.Cases[0].Status = "done" }, "status"},
		{"a clerk who signs", func(_ *testing.T, d *District) { d.Cases[0].Acts[0].As = "civil" }, "may not sign_off"},
		{"a provider who speaks for the commission", func(_ *testing.T, d *District) { d.Cases[0].Acts[2].Side = "commission" }, "may not draft_opinion"},
		{"a refusal without ground", func(_ *testing.T, d *District) {
			for i, k := range d.Cases {
				if k.Status == "refused" {
					d.Cases[i].Acts[2].Body.Grounds = nil
				}
			}
		}, "Article 25"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := load(t)
			tt.spoil(t, &d)
			err := d.Check()
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("want a fault about %q, got %v", tt.want, err)
			}
		})
	}
}

func TestUnknownFieldsAreRefused(t *testing.T) {
	t.Parallel()
	if _, err := parse([]byte(`{"name":"示例区","fee":1}`), []byte(`[]`)); err == nil {
		t.Error("an unknown field was accepted")
	}
	if _, err := parse([]byte(`{"name":"示例区"}`), []byte(`[] []`)); err == nil {
		t.Error("a second value was accepted")
	}
}

func TestBodiesPostOnlyWhatTheyCarry(t *testing.T) {
	t.Parallel()
	got, err := json.Marshal(Body{Outcome: "sign"})
	if err != nil || string(got) != `{"outcome":"sign"}` {
		t.Errorf("%s, %v", got, err)
	}
}

func TestHoldsLooksAtEveryRole(t *testing.T) {
	t.Parallel()
	for _, a := range load(t).Accounts {
		if a.Username == "commission" && (!a.Holds(agency.Clerk) || !a.Holds(agency.CommissionOfficer) || a.Holds(agency.Head)) {
			t.Error("commission is clerk of its agency and officer of the commission, not head")
		}
	}
}
