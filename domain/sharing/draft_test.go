package sharing_test

import (
	"testing"

	"datagov/domain/agency"
	"datagov/domain/casework"
	"datagov/domain/fault"
	"datagov/domain/law"
	"datagov/domain/sharing"
)

func TestADraftWhoseFieldsDoNotFitIsRefused(t *testing.T) {
	t.Parallel()
	r := in(t, sharing.JointReview, "free", "held", "held-2")
	for _, tt := range []struct {
		name    string
		draft   sharing.Draft
		pointer string // empty when it fits
	}{
		{"an agreement", sharing.Draft{Outcome: casework.Agree}, ""},
		{"a conditional agreement", sharing.Draft{Outcome: casework.AgreeWithConditions, Conditions: 1}, ""},
		{"a refusal", sharing.Draft{Outcome: casework.Refusal}, ""},
		{"a narrowed refusal", sharing.Draft{Outcome: casework.Refusal, Items: []string{"held"}}, ""},
		{"no outcome", sharing.Draft{}, "/outcome"},
		{"an unknown outcome", sharing.Draft{Outcome: "maybe"}, "/outcome"},
		{"conditions are missing", sharing.Draft{Outcome: casework.AgreeWithConditions}, "/conditions"},
		{"an agreement with conditions", sharing.Draft{Outcome: casework.Agree, Conditions: 1}, "/conditions"},
		{"a refusal with conditions", sharing.Draft{Outcome: casework.Refusal, Conditions: 1}, "/conditions"},
		{"a narrowed agreement", sharing.Draft{Outcome: casework.Agree, Items: []string{"held"}}, "/itemIds"},
		{"an item of no request", sharing.Draft{Outcome: casework.Refusal, Items: []string{"x"}}, "/itemIds"},
		{"an item that the law granted", sharing.Draft{Outcome: casework.Refusal, Items: []string{"free"}}, "/itemIds"},
		{"an item twice", sharing.Draft{Outcome: casework.Refusal, Items: []string{"held", "held"}}, "/itemIds"},
	} {
		err := tt.draft.CheckForm(r)
		if tt.pointer == "" && err == nil {
			continue
		}
		f := fault.As(err)
		if f == nil || tt.pointer == "" || f.Kind != fault.Invalid || f.Fields[0].Pointer != tt.pointer {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.pointer)
		}
	}
}

// Article 25: a refusal without a reason or a valid ground does not pass; facts and state are judged first.
func TestARefusalWithoutLawIsNotWritten(t *testing.T) {
	t.Parallel()
	bad, notice := claim(), claim()
	bad.Quote, notice.Level = "", "规范性文件"
	refusal := func(reasoned bool, grounds ...law.Claim) sharing.Draft {
		return sharing.Draft{Side: casework.Provider, Outcome: casework.Refusal, Reasoned: reasoned, Grounds: grounds}
	}
	review, early := in(t, sharing.JointReview), in(t, sharing.FormCheck)
	for _, tt := range []struct {
		name    string
		r       sharing.Request
		by      agency.Actor
		draft   sharing.Draft
		kind    fault.Kind
		pointer string
	}{
		{"lawful", review, provider, refusal(true, claim()), "", ""},
		{"no ground", review, provider, refusal(true), fault.Unlawful, ""},
		{"no reason", review, provider, refusal(false, claim()), fault.Unlawful, ""},
		{"规范性文件", review, provider, refusal(true, notice), fault.Unlawful, "/grounds/0/level"},
		{"the second ground is bad", review, provider, refusal(true, claim(), bad), fault.Unlawful, "/grounds/1/quote"},
		{"wrong person first", review, clerk, refusal(true), fault.Barred, ""},
		{"then the state", early, provider, refusal(true), fault.Conflict, ""},
		{"an agreement needs no law", review, provider, sharing.Draft{Side: casework.Provider, Outcome: casework.Agree}, "", ""},
	} {
		err := tt.draft.MayWrite(tt.r, tt.by, "2026-11-23", nil)
		if tt.kind == "" {
			if err != nil {
				t.Errorf("%s: %v", tt.name, err)
			}
			continue
		}
		f := fault.As(err)
		if f == nil || f.Kind != tt.kind {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.kind)
			continue
		}
		if tt.kind == fault.Unlawful && f.Basis[len(f.Basis)-1] != law.Measure("25") {
			t.Errorf("%s: cites %v, want Article 25", tt.name, f.Basis)
		}
		if tt.pointer != "" && (len(f.Fields) != 1 || f.Fields[0].Pointer != tt.pointer) {
			t.Errorf("%s: fields %v", tt.name, f.Fields)
		}
	}
}

func TestWordsBecomeAVerdictOrNothing(t *testing.T) {
	t.Parallel()
	words := sharing.OpinionWords{Side: casework.Provider, Outcome: casework.Refusal, Reason: " 理由 ", Grounds: []law.Claim{claim()}, Items: []string{"held"}}
	v, err := words.Verdict("2026-11-23", nil)
	if err != nil || v.Outcome() != casework.Refusal || len(v.Grounds()) != 1 || v.Items()[0] != "held" {
		t.Errorf("verdict %v, %v", v, err)
	}
	d := words.Outline()
	if !d.Reasoned || d.Side != casework.Provider || len(d.Grounds) != 1 || d.Conditions != 0 {
		t.Errorf("outline %+v", d)
	}
	words.Reason, words.Grounds = " ", nil
	if words.Outline().Reasoned {
		t.Error("a blank is a reason")
	}
	if v, err := words.Verdict("2026-11-23", nil); err == nil || v != nil {
		t.Errorf("a refusal out of nothing: %v, %v", v, err)
	}
	words.Grounds = []law.Claim{{}}
	if v, err := words.Verdict("2026-11-23", nil); err == nil || v != nil {
		t.Errorf("a refusal on an empty ground: %v, %v", v, err)
	}
}

func TestTheGrantsNameIsStable(t *testing.T) {
	t.Parallel()
	const want = "4a898b89-b6a0-80f7-a1dd-0ad6123b6474"
	id := sharing.GrantID("case", sharing.ByReview)
	if id != want {
		t.Errorf("grant of case = %s, want %s", id, want)
	}
	seen := map[string]bool{}
	for _, path := range sharing.GrantPaths() {
		for _, request := range []string{"case", "case/review"} {
			seen[sharing.GrantID(request, path)] = true
		}
	}
	if len(seen) != 2*len(sharing.GrantPaths()) {
		t.Errorf("%d names for %d grants", len(seen), 2*len(sharing.GrantPaths()))
	}
}
