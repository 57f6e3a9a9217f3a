package casework_test

import (
	"strings"
	"testing"

	"datagov/domain/casework"
	"datagov/domain/fault"
)

func material(values ...string) casework.Material {
	m := casework.Material{}
	for i := 0; i+1 < len(values); i += 2 {
		m = append(m, casework.Fact{Key: values[i], Title: "名称" + values[i], Value: values[i+1]})
	}
	return m
}

// Digests stand on record for ever: this one was made on the first day.
func TestTheDigestOfMaterialIsFixed(t *testing.T) {
	t.Parallel()
	const first = "6eb0da939d22a89482b541eb0fdc4057aef13ec6efa5b9f309ad6707a692d71e"
	if got := material("purpose", "核对", "until", "2027-06-30").Digest(); got != first {
		t.Errorf("digest %s, want %s", got, first)
	}
}

func TestTheDigestFollowsKeysAndValuesInOrder(t *testing.T) {
	t.Parallel()
	one := material("a", "甲", "b", "乙")
	for name, other := range map[string]casework.Material{
		"another value": material("a", "甲", "b", "丙"), "another key": material("a", "甲", "c", "乙"), "another order": material("b", "乙", "a", "甲"),
		"a boundary moved": material("a", "甲b", "", "乙"), "less": material("a", "甲"), "nothing": {},
	} {
		if other.Digest() == one.Digest() {
			t.Errorf("%s has the same digest", name)
		}
	}
	better := material("a", "甲", "b", "乙")
	better[0].Title = "更好的名称"
	if better.Digest() != one.Digest() {
		t.Error("a better title made other material")
	}
}

func TestChangesAreSaidToPeople(t *testing.T) {
	t.Parallel()
	before, after := material("a", "甲", "b", "乙", "gone", "丙"), material("a", "丁", "b", "乙", "new", "戊", "empty", "")
	var said []string
	for _, c := range casework.Changes(before, after) {
		said = append(said, c.Sentence())
	}
	want := "名称a由“甲”改为“丁” 名称new新增“戊” 名称gone“丙”已不再有"
	if got := strings.Join(said, " "); got != want {
		t.Errorf("said %s, want %s", got, want)
	}
	if len(casework.Changes(before, before)) != 0 {
		t.Error("the same material has changes")
	}
	long := casework.Changes(material("a", strings.Repeat("长", 4000)), material("a", "短"))[0]
	if len([]rune(long.Sentence())) > 200 || len([]rune(long.Before)) != 4000 {
		t.Errorf("a long change is said as %s", long.Sentence())
	}
}

func TestAnActOnOutdatedMaterialIsRefusedWithTheDifference(t *testing.T) {
	t.Parallel()
	was, is := material("purpose", "甲"), material("purpose", "乙")
	for _, f := range []*fault.Error{casework.Outdated(was, is), casework.OutdatedDraft(was, is)} {
		if f.Kind != fault.Conflict || len(f.Fields) != 1 || f.Fields[0] != (fault.Field{Pointer: "/purpose", Text: "名称purpose由“甲”改为“乙”"}) {
			t.Errorf("refused with %+v", f)
		}
	}
	if f := casework.Outdated(is, is); len(f.Fields) != 1 {
		t.Errorf("material that never was on record: %+v", f)
	}
}
