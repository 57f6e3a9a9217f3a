package casework_test

import (
	"strings"
	"testing"

	"datagov/domain/agency"
	"datagov/domain/casework"
	"datagov/domain/fault"
	"datagov/domain/law"
)

func ground(t *testing.T) law.Ground {
	t.Helper()
	g, err := law.NewGround(law.Claim{
		Level: "法律", Title: "统计法", Article: "第二十八条", Quote: "应当予以保密。", InForceOn: "1984-01-01",
	}, "2026-11-23", nil)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// Article 25: without a ground and a reason there is no refusal.
func TestARefusalNeedsAReasonAndAGround(t *testing.T) {
	t.Parallel()
	good := []law.Ground{ground(t)}
	for _, tt := range []struct {
		name    string
		reason  string
		grounds []law.Ground
		kind    fault.Kind // empty when it is a refusal
	}{
		{"reason and ground", "涉及统计秘密", good, ""},
		{"no ground", "涉及统计秘密", nil, fault.Unlawful},
		{"an empty list", "涉及统计秘密", []law.Ground{}, fault.Unlawful},
		{"a zero ground", "涉及统计秘密", []law.Ground{{}}, fault.Unlawful},
		{"a zero ground beside a good one", "涉及统计秘密", []law.Ground{good[0], {}}, fault.Unlawful},
		{"no reason", "", good, fault.Unlawful},
		{"a reason of blanks", " \n　", good, fault.Unlawful},
		{"a reason without end", strings.Repeat("理", 4001), good, fault.Invalid},
	} {
		v, err := casework.Refuse(tt.reason, tt.grounds, nil)
		if tt.kind == "" {
			if err != nil || v.Outcome() != casework.Refusal || len(v.Grounds()) != 1 || v.Conditions() != nil {
				t.Errorf("%s: %v, %v", tt.name, v, err)
			}
			continue
		}
		if v != nil || fault.KindOf(err) != tt.kind {
			t.Errorf("%s: verdict %v, error %v", tt.name, v, err)
		}
		if tt.kind == fault.Unlawful && len(fault.As(err).Basis) == 0 {
			t.Errorf("%s: cites nothing", tt.name)
		}
	}
}

func TestARefusalKeepsItsItems(t *testing.T) {
	t.Parallel()
	v, err := casework.Refuse(" 理由 ", []law.Ground{ground(t)}, []string{"a"})
	if err != nil || v.Reason() != "理由" || len(v.Items()) != 1 {
		t.Errorf("verdict %v, %v", v, err)
	}
}

func TestAnAgreementNeedsNothing(t *testing.T) {
	t.Parallel()
	v, err := casework.AgreeTo("")
	if err != nil || v.Outcome() != casework.Agree || v.Reason() != "" || v.Grounds() != nil || v.Items() != nil || v.Conditions() != nil {
		t.Errorf("verdict %v, %v", v, err)
	}
	if _, err := casework.AgreeTo(strings.Repeat("长", 4001)); fault.KindOf(err) != fault.Invalid {
		t.Errorf("overlong reason: %v", err)
	}
}

func TestConditionalAgreementNeedsAConditionWithWords(t *testing.T) {
	t.Parallel()
	mask := casework.Condition{Kind: "mask", Text: "证件号脱敏"}
	v, err := casework.AgreeUnder("", []casework.Condition{mask})
	if err != nil || v.Outcome() != casework.AgreeWithConditions || len(v.Conditions()) != 1 || v.Items() != nil {
		t.Errorf("verdict %v, %v", v, err)
	}
	for name, list := range map[string][]casework.Condition{
		"none": nil, "blank": {{Kind: "mask", Text: " "}}, "second blank": {mask, {Kind: "other"}},
		"without end": {{Kind: "other", Text: strings.Repeat("长", 501)}},
	} {
		if _, err := casework.AgreeUnder("", list); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := casework.AgreeUnder(strings.Repeat("长", 4001), []casework.Condition{mask}); fault.KindOf(err) != fault.Invalid {
		t.Errorf("overlong reason: %v", err)
	}
}

func TestAMachineCannotDecide(t *testing.T) {
	t.Parallel()
	for _, a := range []agency.Actor{
		agency.SystemActor("clock"), agency.SystemActor("law"), {}, {Kind: agency.Human}, {Kind: "robot", Account: "x"},
	} {
		if err := casework.Human(a); fault.KindOf(err) != fault.Barred {
			t.Errorf("%+v may decide: %v", a, err)
		}
		if err := casework.MayActOn(nil, a, casework.Provider); fault.KindOf(err) != fault.Barred {
			t.Errorf("%+v may act: %v", a, err)
		}
	}
}

func TestNobodyActsOnTwoSides(t *testing.T) {
	t.Parallel()
	li := agency.Actor{Kind: agency.Human, Account: "li"}
	sides := []casework.Side{casework.Applicant, casework.Provider, casework.Commission}
	for _, acted := range sides {
		acts := casework.Remember(nil, li, acted)
		for _, side := range sides {
			err := casework.MayActOn(acts, li, side)
			if (err == nil) != (side == acted) || (err != nil && fault.KindOf(err) != fault.Barred) {
				t.Errorf("acted as %s, asked for %s: %v", acted, side, err)
			}
			if err := casework.MayActOn(acts, agency.Actor{Kind: agency.Human, Account: "wang"}, side); err != nil {
				t.Errorf("somebody else: %v", err)
			}
		}
	}
}

func TestAnActIsRememberedOnce(t *testing.T) {
	t.Parallel()
	li := agency.Actor{Kind: agency.Human, Account: "li"}
	acts := casework.Remember(casework.Remember(nil, li, casework.Provider), li, casework.Provider)
	if len(acts) != 1 {
		t.Errorf("acts = %v", acts)
	}
}

// Article 26(2): a narrowed refusal refuses its items and agrees to the others.
func TestAnOpinionOnOneItem(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		opinion casework.Opinion
		want    casework.Outcome // of item b
	}{
		{casework.Opinion{Outcome: casework.Refusal}, casework.Refusal},
		{casework.Opinion{Outcome: casework.Refusal, Items: []string{"b"}}, casework.Refusal},
		{casework.Opinion{Outcome: casework.Refusal, Items: []string{"a", "c"}}, casework.Agree},
		{casework.Opinion{Outcome: casework.Agree}, casework.Agree},
		{casework.Opinion{Outcome: casework.AgreeWithConditions}, casework.AgreeWithConditions},
	} {
		if got := tt.opinion.On("b"); got != tt.want {
			t.Errorf("%+v on b = %s, want %s", tt.opinion, got, tt.want)
		}
	}
}
