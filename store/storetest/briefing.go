package storetest

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"datagov/domain/casework"
	"datagov/domain/deadline"
	"datagov/domain/sharing"
	"datagov/domain/workday"
	"datagov/internal/testkit"
	"datagov/store"
)

// The year the briefing is asked for; its edges are midnight in the district.
var year = store.BriefingFilter{From: workday.Day("2026-01-01").Start(), Until: workday.Day("2027-01-01").Start()}

// edges are instants around which a wrong time zone shows.
var edges = []time.Time{
	year.From, year.From.Add(-time.Microsecond), year.Until, year.Until.Add(-time.Microsecond),
	time.Date(2026, 5, 31, 15, 59, 59, 999999000, time.UTC), time.Date(2026, 5, 31, 16, 0, 0, 0, time.UTC),
}

// countsBriefing compares what SQL counts with a plain count in Go over the same cases.
func countsBriefing(t *testing.T, r record) {
	t.Helper()
	dice := rand.New(rand.NewPCG(2026, 11)) //nolint:gosec // the same cases on every run and both databases
	instants := func() time.Time {
		if dice.IntN(4) == 0 {
			return edges[dice.IntN(len(edges))]
		}
		return year.From.AddDate(0, 0, dice.IntN(430)-30).Add(time.Duration(dice.IntN(86400)) * time.Second)
	}
	var cases []store.ShareRequest
	for i := range 48 {
		r.randomCase(fmt.Sprintf("case-%02d", i), i%6, dice, instants)
		c, err := r.ShareRequest(t.Context(), fmt.Sprintf("case-%02d", i))
		r.must(err)
		cases = append(cases, c)
	}
	for _, party := range []string{"", "civil", "health", "office", "tax"} {
		f := year
		f.Party = party
		got, want := r.tally(f), naive(cases, f)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("of %q (-plain count +SQL):\n%s", party, diff)
		}
	}
	r.spentAndComing(t, cases)
}

// randomCase writes a case that ended in one of six ways, somewhen.
func (r record) randomCase(id string, way int, dice *rand.Rand, instants func() time.Time) {
	r.t.Helper()
	items := []string{testkit.ItemFree}
	if way >= 3 {
		items = append(items, testkit.ItemHeld)
	}
	before := r.insert(id, items...)
	after := before
	after.Request = before.Clone()
	if dice.IntN(3) == 0 {
		after.Provider = "office"
	}
	signed, closed := instants(), instants()
	if closed.Before(signed) {
		signed, closed = closed, signed
	}
	if way > 0 {
		after.SignedBy, after.SignedAt, after.Status = testkit.Head.Account, signed, sharing.JointReview
		after.Clocks = append(after.Clocks, answerClock(signed, dice))
	}
	switch way {
	case 2:
		after.Status, after.Parts[0].Status, after.ClosedAt = sharing.Granted, sharing.PartGranted, closed
	case 3:
		after.Status, after.ClosedAt = sharing.Withdrawn, closed
	case 4, 5:
		for side, o := range map[casework.Side]string{casework.Provider: id + "p", casework.Commission: id + "c"} {
			r.draft(o, id, side, casework.Refusal)
			r.sign(o, side, "sign")
		}
		after.Status, after.Parts[1].Status, after.ClosedAt = sharing.Refused, sharing.PartRefused, closed
		if way == 5 {
			after.Status, after.Parts[0].Status = sharing.PartiallyGranted, sharing.PartGranted
		}
	}
	for i := range after.Clocks {
		if !after.ClosedAt.IsZero() {
			after.Clocks[i].StoppedAt = closed
		}
		if dice.IntN(3) == 0 { // also the clock of the sign-off, which is no answer
			after.Clocks[i].OverdueAt = instants()
		}
	}
	r.write(func(ctx context.Context, tx store.Tx) error {
		return tx.SaveShareRequest(ctx, before.Request, &after, at)
	})
}

func answerClock(from time.Time, dice *rand.Rand) deadline.Clock {
	codes := sharing.AnswerClocks()
	c := deadline.Clock{Code: codes[dice.IntN(len(codes))], Title: "答复", StartedAt: from, Value: 10, Unit: deadline.WorkingDay, Basis: deadline.Statutory}
	c.DueAt, c.LastDay = from.AddDate(0, 0, 14), workday.DayOf(from.AddDate(0, 0, 13))
	if dice.IntN(2) == 0 {
		c.Suspended = []workday.Span{{From: workday.DayOf(from).Next(), To: workday.DayOf(from).Add(3), Reason: "补正"}}
	}
	return c
}

// tallies are counts by "what provider [month] [status]".
type tallies map[string]int

func (c tallies) add(n int, words ...string) {
	if n > 0 {
		c[fmt.Sprint(words)] += n
	}
}

func (r record) tally(f store.BriefingFilter) tallies {
	r.t.Helper()
	sums := tallies{}
	for what, read := range map[string]func(context.Context, store.BriefingFilter) ([]store.Count, error){
		"received": r.Received, "closed": r.Closed, "refused": r.RefusedItems, "overdue": r.Overdue, "open": r.Open,
	} {
		counts, err := read(r.t.Context(), f)
		r.must(err)
		for _, c := range counts {
			sums.add(c.N, what, c.Provider, c.Month, c.Status)
			sums.add(c.OnTime, "on time", c.Provider, c.Month, c.Status)
		}
	}
	return sums
}

func (f period) within(at time.Time) bool { return !at.Before(f.From) && at.Before(f.Until) }

// period is the filter with the questions of a plain count.
type period struct{ store.BriefingFilter }

func monthOf(at time.Time) string { return string(workday.DayOf(at)[:7]) }

func naive(cases []store.ShareRequest, filter store.BriefingFilter) tallies {
	sums, f := tallies{}, period{filter}
	for _, c := range cases {
		provider := string(c.Provider)
		if f.Party != "" && f.Party != provider && f.Party != string(c.Requester) {
			continue
		}
		if f.within(c.SignedAt) {
			sums.add(1, "received", provider, monthOf(c.SignedAt), "")
		}
		if !c.SignedAt.IsZero() && c.SignedAt.Before(f.Until) && (c.ClosedAt.IsZero() || !c.ClosedAt.Before(f.Until)) {
			sums.add(1, "open", provider, "", "")
		}
		first, late := f.passed(c)
		if !first.IsZero() {
			sums.add(1, "overdue", provider, monthOf(first), "")
		}
		if !c.SignedAt.IsZero() && f.within(c.ClosedAt) {
			sums.closed(c, late)
		}
	}
	return sums
}

// passed is when the case first passed a term of the answer in the period, and
// whether it ever passed one.
func (f period) passed(c store.ShareRequest) (first time.Time, ever bool) {
	for _, k := range c.Clocks {
		if !slices.Contains(sharing.AnswerClocks(), k.Code) || k.OverdueAt.IsZero() {
			continue
		}
		ever = true
		if f.within(k.OverdueAt) && (first.IsZero() || k.OverdueAt.Before(first)) {
			first = k.OverdueAt
		}
	}
	return first, ever
}

func (c tallies) closed(r store.ShareRequest, late bool) {
	c.add(1, "closed", string(r.Provider), monthOf(r.ClosedAt), string(r.Status))
	if !late {
		c.add(1, "on time", string(r.Provider), monthOf(r.ClosedAt), string(r.Status))
	}
	for _, p := range r.Parts {
		if p.Status == sharing.PartRefused {
			c.add(1, "refused", string(r.Provider), "", "")
		}
	}
}

func (r record) spentAndComing(t *testing.T, cases []store.ShareRequest) {
	t.Helper()
	calendar, err := r.Calendar(t.Context())
	r.must(err)
	want, got := map[string]int{}, map[string]int{}
	now, due := year.From.AddDate(0, 2, 0), []string{}
	for _, c := range cases {
		k := c.Clock(deadline.ShareJointDecision)
		if k == nil {
			continue
		}
		if !c.ClosedAt.IsZero() && c.Status != sharing.Withdrawn && !c.ClosedAt.Before(year.From) && c.ClosedAt.Before(year.Until) {
			want[string(c.Provider)] += calendar.Used(workday.DayOf(c.SignedAt), workday.DayOf(c.ClosedAt), k.Suspended)
		}
		if k.StoppedAt.IsZero() && c.ClosedAt.IsZero() && !k.DueAt.Before(now) {
			due = append(due, k.DueAt.Format(time.RFC3339Nano)+c.ID)
		}
	}
	groups, err := r.Spent(t.Context(), year)
	r.must(err)
	for _, g := range groups {
		got[g.Provider] += g.N * calendar.Used(g.Received, g.Answered, g.Suspended)
	}
	if !maps.Equal(got, want) || len(want) == 0 {
		t.Errorf("working days %v, plain count %v", got, want)
	}
	slices.Sort(due)
	coming, err := r.Coming(t.Context(), "", now, 3)
	r.must(err)
	seen := []string{}
	for _, c := range coming {
		seen = append(seen, c.DueAt.UTC().Format(time.RFC3339Nano)+c.CaseID)
	}
	if len(seen) == 0 || !slices.Equal(seen, due[:min(3, len(due))]) {
		t.Errorf("coming %v, plain list %v", seen, due)
	}
}
