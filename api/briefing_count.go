package api

import (
	"context"
	"math"
	"slices"
	"strings"
	"time"

	"datagov/domain/sharing"
	"datagov/store"
)

// briefer adds up what the record has counted: every figure is a sum of the
// same groups, so that agencies, months and outcomes add up to the total.
type briefer struct {
	db       *store.Store
	filter   store.BriefingFilter
	agencies map[string]*briefingAgency
	outcomes map[string]int
	view     briefingView
}

func (b *briefer) of(provider string) *briefingAgency {
	if b.agencies[provider] == nil {
		b.agencies[provider] = &briefingAgency{Agency: refView{ID: provider}}
	}
	return b.agencies[provider]
}

// in finds the month; one outside the period counts nowhere.
func (b *briefer) in(month string) *briefingMonth {
	for i := range b.view.ByMonth {
		if b.view.ByMonth[i].Month == month {
			return &b.view.ByMonth[i]
		}
	}
	return &briefingMonth{}
}

func (b *briefer) count(ctx context.Context) error {
	for _, one := range []struct {
		read func(context.Context, store.BriefingFilter) ([]store.Count, error)
		add  func(store.Count)
	}{
		{b.db.Received, func(c store.Count) { b.of(c.Provider).Received += c.N; b.in(c.Month).Received += c.N }},
		{b.db.Closed, b.closed},
		{b.db.RefusedItems, func(c store.Count) { b.of(c.Provider).RefusedItems += c.N }},
		{b.db.Overdue, func(c store.Count) { b.of(c.Provider).Overdue += c.N; b.in(c.Month).Overdue += c.N }},
		{b.db.Open, func(c store.Count) { b.of(c.Provider).Open += c.N }},
	} {
		counts, err := one.read(ctx, b.filter)
		if err != nil {
			return err
		}
		for _, c := range counts {
			one.add(c)
		}
	}
	return nil
}

func (b *briefer) closed(c store.Count) {
	a, m := b.of(c.Provider), b.in(c.Month)
	a.Closed, a.OnTime, m.Closed = a.Closed+c.N, a.OnTime+c.OnTime, m.Closed+c.N
	b.outcomes[c.Status] += c.N
	if c.Status == string(sharing.Refused) {
		a.Refused, m.Refused = a.Refused+c.N, m.Refused+c.N
	}
}

// spent averages the working days of answers, over agencies and over all.
func (b *briefer) spent(ctx context.Context) error {
	groups, err := b.db.Spent(ctx, b.filter)
	if err != nil || len(groups) == 0 {
		return err
	}
	calendar, err := b.db.Calendar(ctx)
	if err != nil {
		return err
	}
	days, cases := map[string]int{}, map[string]int{}
	for _, g := range groups {
		used := calendar.Used(g.Received, g.Answered, g.Suspended) * g.N
		for _, who := range []string{g.Provider, ""} {
			days[who], cases[who] = days[who]+used, cases[who]+g.N
		}
	}
	for who, n := range cases {
		average := math.Round(float64(days[who])*10/float64(n)) / 10
		if who == "" {
			b.view.AverageDays = &average
			continue
		}
		b.of(who).AverageDays = &average
	}
	return nil
}

// finish names the agencies, adds them up and looks at what comes next.
func (b *briefer) finish(ctx context.Context, now time.Time) error {
	coming, err := b.db.Coming(ctx, b.filter.Party, now, comingShown)
	if err != nil {
		return err
	}
	ids := []string{}
	for id := range b.agencies {
		ids = append(ids, id)
	}
	for _, c := range coming {
		ids = append(ids, c.Provider)
	}
	names, err := b.db.AgencyNames(ctx, ids)
	if err != nil {
		return err
	}
	b.view.Agencies, b.view.Coming = []briefingAgency{}, []briefingComing{}
	for id, a := range b.agencies {
		a.Agency.Name = names[id]
		b.view.Agencies = append(b.view.Agencies, *a)
		b.view.Total.plus(a.BriefingTotal)
	}
	slices.SortFunc(b.view.Agencies, func(x, y briefingAgency) int { return strings.Compare(x.Agency.ID, y.Agency.ID) })
	for _, c := range coming {
		b.view.Coming = append(b.view.Coming, briefingComing{c.CaseID, c.Title, refView{c.Provider, names[c.Provider]}, c.Status, c.DueAt.UTC(), c.LastDay})
	}
	for _, outcome := range []sharing.Status{sharing.Granted, sharing.PartiallyGranted, sharing.Refused, sharing.Withdrawn} {
		b.view.ByOutcome = append(b.view.ByOutcome, briefingOutcome{string(outcome), b.outcomes[string(outcome)]})
	}
	return nil
}

func (t *BriefingTotal) plus(o BriefingTotal) {
	t.Received, t.Closed, t.Overdue, t.Refused = t.Received+o.Received, t.Closed+o.Closed, t.Overdue+o.Overdue, t.Refused+o.Refused
	t.RefusedItems, t.Open, t.OnTime = t.RefusedItems+o.RefusedItems, t.Open+o.Open, t.OnTime+o.OnTime
}
