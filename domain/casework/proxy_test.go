package casework_test

import (
	"slices"
	"testing"
	"time"

	"datagov/domain/agency"
	"datagov/domain/casework"
	"datagov/domain/fault"
	"datagov/domain/workday"
)

func TestAProxyLastsFromItsFirstDayToItsLast(t *testing.T) {
	t.Parallel()
	const today = workday.Day("2026-11-23")
	for name, tt := range map[string]struct{ from, until, refused string }{
		"today":                {"2026-11-23", "2026-11-23", ""},
		"92 days":              {"2026-11-23", "2027-02-22", ""},
		"93 days":              {"2026-11-23", "2027-02-23", "/until"},
		"over a leap day":      {"2028-02-01", "2028-05-02", ""},
		"the day before":       {"2026-11-22", "2026-11-23", "/from"},
		"backwards":            {"2026-12-02", "2026-12-01", "/until"},
		"no first day":         {"", "2026-12-01", "/from"},
		"no last day":          {"2026-12-01", "", "/until"},
		"a day that is none":   {"2026-02-30", "2026-12-01", "/from"},
		"written another way":  {"2026/12/01", "2026-12-01", "/from"},
		"an instant, no day":   {"2026-12-01T00:00:00Z", "2026-12-01", "/from"},
		"a last day in words":  {"2026-12-01", "明天", "/until"},
		"a last day long past": {"2026-12-01", "0001-01-01", "/until"},
	} {
		from, until, err := casework.Span(tt.from, tt.until, today)
		if tt.refused != "" {
			f := fault.As(err)
			if f == nil || len(f.Fields) != 1 || f.Fields[0].Pointer != tt.refused {
				t.Errorf("%s: %v, want a refusal of %s", name, err, tt.refused)
			}
			continue
		}
		first, last := workday.Day(tt.from), workday.Day(tt.until)
		if err != nil || !from.Equal(first.Start()) || !until.Equal(last.Next().Start()) || workday.DayOf(until.Add(-1)) != last {
			t.Errorf("%s: from %s until %s, %v", name, from, until, err)
		}
	}
}

// entrusts is a proxy of some days of December.
func entrusts(principal, account string, first, last int) casework.Proxy {
	day := func(n int) time.Time { return time.Date(2026, 12, n, 0, 0, 0, 0, time.UTC) }
	return casework.Proxy{Principal: principal, Account: account, From: day(first), Until: day(last + 1)}
}

func TestWhoMayEntrustWhom(t *testing.T) {
	t.Parallel()
	ended := entrusts("a", "c", 1, 9)
	ended.Ended = true
	idle, foreign := person("a"), person("b")
	idle.Roles, foreign.Agency = nil, "tax"
	for name, tt := range map[string]struct {
		principal, colleague agency.Actor
		lasting              []casework.Proxy
		want                 fault.Kind
	}{
		"a colleague":                        {person("a"), person("b"), nil, ""},
		"oneself":                            {person("a"), person("a"), nil, fault.Invalid},
		"somebody of another agency":         {person("a"), foreign, nil, fault.Barred},
		"without a post to entrust":          {idle, person("b"), nil, fault.Barred},
		"in another's place":                 {proxyOf("a", "x"), person("b"), nil, fault.Barred},
		"twice at a time":                    {person("a"), person("b"), []casework.Proxy{entrusts("a", "c", 4, 5)}, fault.Conflict},
		"one after the other":                {person("a"), person("b"), []casework.Proxy{entrusts("a", "c", 6, 9)}, ""},
		"to the last day of another":         {person("a"), person("b"), []casework.Proxy{entrusts("a", "c", 5, 9)}, fault.Conflict},
		"after one that was revoked":         {person("a"), person("b"), []casework.Proxy{ended}, ""},
		"a chain, from its end":              {person("a"), person("b"), []casework.Proxy{entrusts("c", "a", 1, 9)}, fault.Conflict},
		"a chain, from its head":             {person("a"), person("b"), []casework.Proxy{entrusts("b", "c", 1, 9)}, fault.Conflict},
		"a circle":                           {person("a"), person("b"), []casework.Proxy{entrusts("b", "a", 1, 9)}, fault.Conflict},
		"a chain at another time":            {person("a"), person("b"), []casework.Proxy{entrusts("b", "c", 20, 21)}, ""},
		"the proxy of two":                   {person("a"), person("b"), []casework.Proxy{entrusts("c", "b", 1, 9)}, ""},
		"somebody whom it does not concern":  {person("a"), person("b"), []casework.Proxy{entrusts("c", "d", 1, 9)}, ""},
		"another than the colleague's chain": {person("a"), person("b"), []casework.Proxy{entrusts("c", "d", 1, 9), entrusts("b", "d", 3, 3)}, fault.Conflict},
	} {
		p := entrusts(tt.principal.Account, tt.colleague.Account, 1, 5)
		if err := casework.MayEntrust(tt.principal, tt.colleague, p, tt.lasting); kindOf(err) != tt.want {
			t.Errorf("%s: %v, want %q", name, err, tt.want)
		}
	}
}

func TestAProxyActsWithHisPrincipalsRolesAndNoOther(t *testing.T) {
	t.Parallel()
	account, principal := person("b"), person("a")
	account.Roles = []agency.Role{agency.Clerk, agency.CommissionHead}
	foreign := account
	foreign.Agency = "tax"
	p := entrusts("a", "b", 1, 5)
	ended := p
	ended.Ended = true
	for name, tt := range map[string]struct {
		account agency.Actor
		proxy   casework.Proxy
		at      time.Time
		want    bool
	}{
		"at its first instant":       {account, p, p.From, true},
		"before it":                  {account, p, p.From.Add(-1), false},
		"at its last instant":        {account, p, p.Until.Add(-1), true},
		"after it":                   {account, p, p.Until, false},
		"revoked":                    {account, ended, p.From, false},
		"another's":                  {account, entrusts("a", "c", 1, 5), p.From, false},
		"for another":                {account, entrusts("c", "b", 1, 5), p.From, false},
		"who went to another agency": {foreign, p, p.From, false},
	} {
		got, err := casework.ActFor(tt.account, principal, tt.proxy, tt.at)
		if (err == nil) != tt.want || (err != nil && fault.KindOf(err) != fault.Forbidden) {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if tt.want && (got.Account != "b" || got.Standing() != "a" || !got.Is("a") || !got.Is("b") ||
			!slices.Equal(got.Roles, principal.Roles) || got.Kind != agency.Human || got.Agency != "civil") {
			t.Errorf("%s: acts as %+v", name, got)
		}
		if !tt.want && got.Account != "" {
			t.Errorf("%s: refused, and acts as %+v", name, got)
		}
	}
}
