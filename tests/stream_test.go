package tests

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"
)

// hints follows the event stream of somebody and gives the cases it names.
func (p person) hints(t *testing.T, headers ...string) <-chan string {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, p.server.base+"/api/v1/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+p.token)
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = res.Body.Close() }) // it has ended with the test's context
	if res.StatusCode != http.StatusOK || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/event-stream") {
		t.Fatalf("stream answers %d %s", res.StatusCode, res.Header.Get("Content-Type"))
	}
	cases := make(chan string, 1024)
	all := lines(res.Body)
	<-all // the first line says that it is connected
	go func() {
		defer close(cases)
		for line := range all {
			if data, ok := strings.CutPrefix(line, "data: "); ok {
				var hint struct{ CaseID string }
				if json.Unmarshal([]byte(data), &hint) == nil {
					cases <- hint.CaseID
				}
			}
		}
	}()
	return cases
}

// A hint reaches the parties of a case, and nobody else.
func TestServeStreamHintsReachThePartiesOnly(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		health, pension, auditor := d.as(t, "health").hints(t), d.as(t, "pension").hints(t), d.as(t, "auditor").hints(t)
		e := entry(t, pensions)
		foreign := d.submitted(t, "civil", file(e.ID, items(t, e)[5:6]))
		own := d.asking(t)
		for name, tt := range map[string]struct {
			hints  <-chan string
			awaits []string
			never  string
		}{
			"the provider of one":   {health, []string{own.id}, foreign.id},
			"the provider of other": {pension, []string{foreign.id}, ""},
			"who reads every case":  {auditor, []string{foreign.id, own.id}, ""},
		} {
			for _, id := range tt.awaits {
				if awaited(t, name, tt.hints, id)[tt.never] {
					t.Errorf("%s is told of a case that does not exist for him", name)
				}
			}
		}
		later := d.as(t, "health").hints(t, "Last-Event-ID", "0") // from the beginning
		if awaited(t, "who comes back", later, own.id)[foreign.id] {
			t.Error("who comes back is told of a case that does not exist for him")
		}
	})
}

// awaited reads hints until the case is named and gives all that were.
func awaited(t *testing.T, who string, hints <-chan string, id string) map[string]bool {
	t.Helper()
	seen := map[string]bool{}
	for deadline := time.After(patience); !seen[id]; {
		select {
		case next, open := <-hints:
			if !open {
				t.Fatalf("the stream of %s ended", who)
			}
			seen[next] = true
		case <-deadline:
			t.Fatalf("no hint reaches %s", who)
		}
	}
	return seen
}

func TestServeStreamEndsWithTheSession(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		p := d.anotherSession(t, "health")
		hints := p.hints(t)
		p.send(t, http.MethodDelete, "/session", nil).want(t, http.StatusNoContent)
		for deadline := time.After(patience); ; {
			select {
			case _, open := <-hints:
				if !open {
					return
				}
			case <-deadline:
				t.Fatal("the stream outlives the session")
			}
		}
	})
}
