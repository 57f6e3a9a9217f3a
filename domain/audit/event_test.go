package audit_test

import (
	"testing"
	"time"

	"datagov/domain/agency"
	"datagov/domain/audit"
	"datagov/domain/law"
)

// told is a stream of three events.
func told(t *testing.T) []audit.Event {
	t.Helper()
	var stream []audit.Event
	previous := ""
	for i := range 3 {
		e, err := audit.Event{
			Stream: "share-request/1", Name: "share_request.submitted", At: time.Date(2026, 11, 23, 1, 2, 3, 4567+i, time.UTC),
			Actor:    agency.Actor{Kind: agency.Human, Account: "a", Agency: "civil"},
			Citation: law.Measure("26"), RuleVersion: "2026-11", Detail: "提交", Body: "{}",
		}.Chain(int64(i+1), previous)
		if err != nil {
			t.Fatal(err)
		}
		stream, previous = append(stream, e), e.Hash
	}
	return stream
}

func TestAChainVerifies(t *testing.T) {
	t.Parallel()
	if err := audit.Verify(told(t)); err != nil {
		t.Error(err)
	}
	if err := audit.Verify(nil); err != nil {
		t.Error(err)
	}
}

func TestAnyChangedFieldIsDetected(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(e *audit.Event){
		"stream":       func(e *audit.Event) { e.Stream = "share-request/2" },
		"seq":          func(e *audit.Event) { e.Seq++ },
		"name":         func(e *audit.Event) { e.Name = "share_request.refused" },
		"at":           func(e *audit.Event) { e.At = e.At.Add(time.Microsecond) },
		"actor kind":   func(e *audit.Event) { e.Actor.Kind = agency.System },
		"actor":        func(e *audit.Event) { e.Actor.Account = "b" },
		"agency":       func(e *audit.Event) { e.Actor.Agency = "health" },
		"edition":      func(e *audit.Event) { e.Citation.Edition = law.SharingRegulation },
		"article":      func(e *audit.Event) { e.Citation.Article = "27" },
		"rule version": func(e *audit.Event) { e.RuleVersion = "2027-01" },
		"detail":       func(e *audit.Event) { e.Detail = "退回" },
		"body":         func(e *audit.Event) { e.Body = `{"a":1}` },
		"previous":     func(e *audit.Event) { e.Previous = "" },
		"hash":         func(e *audit.Event) { e.Hash = e.Hash[:63] + "x" },
	} {
		stream := told(t)
		change(&stream[1])
		if audit.Verify(stream) == nil {
			t.Errorf("a changed %s was not noticed", name)
		}
	}
}

func TestALostOrMovedEventIsDetected(t *testing.T) {
	t.Parallel()
	s := told(t)
	for name, stream := range map[string][]audit.Event{
		"first lost": s[1:], "middle lost": {s[0], s[2]}, "two swapped": {s[1], s[0], s[2]}, "one doubled": {s[0], s[0], s[1], s[2]},
	} {
		if audit.Verify(stream) == nil {
			t.Errorf("%s: not noticed", name)
		}
	}
}

func TestTheZoneAndNanosecondsDoNotChangeTheHash(t *testing.T) {
	t.Parallel()
	e := told(t)[0]
	again := e
	again.At = e.At.In(time.FixedZone("CST", 8*3600)).Add(300 * time.Nanosecond)
	again, err := again.Chain(1, "")
	if err != nil || again.Hash != e.Hash {
		t.Errorf("hash %s, want %s (%v)", again.Hash, e.Hash, err)
	}
}

// The bytes are part of the record for ever: this hash never changes.
func TestTheCanonicalFormIsFixed(t *testing.T) {
	t.Parallel()
	const want = `{"stream":"share-request/1","seq":1,"name":"share_request.submitted","at":"2026-11-23T01:02:03.000004Z",` +
		`"actorKind":"human","actor":"a","agency":"civil","edition":"宝信息委规〔2023〕2号","article":"26","ruleVersion":"2026-11",` +
		`"detail":"提交","body":"{}","previous":""}`
	got, err := told(t)[0].Canonical()
	if err != nil || string(got) != want {
		t.Errorf("canonical form\n%s\nwant\n%s", got, want)
	}
}
