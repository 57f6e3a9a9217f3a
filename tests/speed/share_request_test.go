package speed

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"
)

// inFlight is how many cases are carried at once, on both sides of the ratio.
const inFlight = 16

// BenchmarkShareCase carries whole share cases (submit, sign-off, form check,
// two opinions drafted and signed, grant) over HTTP, then the same updates and
// activities on bare workflows with empty bodies on the same engine, and
// reports both rates and their ratio, from one run.
func BenchmarkShareCase(b *testing.B) {
	h := newHouse(b)
	for _, warm := range []func(context.Context) error{h.carryCase, h.carryBare} {
		if err := warm(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	ours := rate(b, func() error { return h.carryCase(b.Context()) })
	bare := rate(b, func() error { return h.carryBare(b.Context()) })
	b.ReportMetric(ours, "cases/s")
	b.ReportMetric(bare, "bare/s")
	b.ReportMetric(ours/bare, "ratio")
	b.ReportMetric(0, "ns/op")
}

// rate runs b.N pieces of work, inFlight at a time, and says how many a second.
func rate(b *testing.B, work func() error) float64 {
	b.Helper()
	jobs := make(chan struct{}, b.N)
	for range b.N {
		jobs <- struct{}{}
	}
	close(jobs)
	start := time.Now()
	var group sync.WaitGroup
	for range inFlight {
		group.Go(func() {
			for range jobs {
				if err := work(); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	group.Wait()
	return float64(b.N) / time.Since(start).Seconds()
}

// carryCase takes one case from the clerk's draft to the grant.
func (h *house) carryCase(ctx context.Context) error {
	var c, draft struct {
		ID     string `json:"id"`
		Status string `json:"status"`
	}
	err := h.post(ctx, "civil", "/share-requests", map[string]any{
		"entryId": h.entry, "itemIds": []string{h.item}, "purpose": "核验", "basis": "职责", "mode": "request_response",
		"system": "业务系统", "until": time.Now().AddDate(0, 6, 0).Format(time.DateOnly),
	}, &c)
	if err != nil {
		return err
	}
	sign, agree := map[string]string{"outcome": "sign"}, map[string]string{"outcome": "agree", "reason": "同意"}
	for _, act := range []struct {
		who, path  string
		body, into any
	}{
		{"civil-head", "/sign-off", sign, &c},
		{"commission", "/form-check", map[string]string{"outcome": "complete"}, &c},
		{"health", "/opinions", agree, &draft},
		{"health-head", "/opinions/?/sign", sign, &c},
		{"commission", "/opinions", agree, &draft},
		{"commission-head", "/opinions/?/sign", sign, &c},
	} {
		path := "/share-requests/" + c.ID + strings.ReplaceAll(act.path, "?", draft.ID)
		if err := h.post(ctx, act.who, path, act.body, act.into); err != nil {
			return err
		}
	}
	if c.Status != "granted" {
		return fmt.Errorf("case ended %s", c.Status)
	}
	return nil
}
