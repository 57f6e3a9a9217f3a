package api

import (
	"net/http"
	"testing"

	"datagov/domain/agency"
	"datagov/domain/workday"
	"datagov/internal/testkit"
)

func TestABriefingAddsUp(t *testing.T) {
	t.Parallel()
	for range 2 {
		opened(t)
	}
	v := read[briefingView](t, supervisor, "/briefing?from=2025-11-30&to=2027-01-01")
	sum, months := BriefingTotal{}, BriefingTotal{}
	for _, a := range v.Agencies {
		sum.plus(a.BriefingTotal)
	}
	for _, m := range v.ByMonth {
		months.plus(BriefingTotal{Received: m.Received, Closed: m.Closed, Overdue: m.Overdue, Refused: m.Refused})
	}
	if v.Scope != "district" || sum != v.Total || months.Received != v.Total.Received || months.Closed != v.Total.Closed || len(v.ByOutcome) != 4 {
		t.Errorf("briefing %+v", v)
	}
	if n := len(v.ByMonth); n != 15 || v.ByMonth[0].Month != "2025-11" || v.ByMonth[14].Month != "2027-01" {
		t.Errorf("months %v", v.ByMonth)
	}
	if v.Agencies == nil || v.Coming == nil {
		t.Error("lists are null")
	}
}

func TestABriefingShowsEachLeaderHisOwn(t *testing.T) {
	t.Parallel()
	for who, want := range map[string]struct {
		status int
		scope  string
	}{
		testkit.Head.Account: {200, "agency"}, testkit.CommissionHead.Account: {200, "district"}, testkit.CommissionOfficer.Account: {200, "district"},
		auditor.Account: {200, "district"}, supervisor.Account: {200, "district"}, testkit.Clerk.Account: {403, ""}, testkit.Stranger.Account: {403, ""},
	} {
		answer := asked(t, agency.Actor{Account: who}, http.MethodGet, "/briefing", nil, "")
		if answer.Code != want.status {
			t.Errorf("%s: %d", who, answer.Code)
		}
		if want.status == http.StatusOK && read[briefingView](t, agency.Actor{Account: who}, "/briefing").Scope != want.scope {
			t.Errorf("%s sees another scope than %s", who, want.scope)
		}
	}
}

func TestTheBriefingsPeriodIsReadStrictly(t *testing.T) {
	t.Parallel()
	for query, ok := range map[string]bool{
		"": true, "from=2026-01-01": true, "to=2025-06-30": true, "from=2026-02-30": false, "from=x": false, "to=2026": false, "to=20": false,
		"from=2026-02-02&to=2026-02-01": false, "from=2010-01-01&to=2026-01-01": false, "from=2026-01-01&to=2026-01-01": true,
	} {
		status := map[bool]int{true: 200, false: 422}[ok]
		if answer := asked(t, auditor, http.MethodGet, "/briefing?"+query, nil, ""); answer.Code != status {
			t.Errorf("%q: %d %s", query, answer.Code, answer.Body)
		}
	}
	from, to, err := (&briefingInput{}).period("2026-11-24")
	if err != nil || from != "2026-01-01" || to != "2026-11-24" {
		t.Errorf("the default is %s to %s, %v", from, to, err)
	}
	if list := months("2026-01-31", "2026-03-01"); len(list) != 3 {
		t.Errorf("months %v", list)
	}
	if got := months(workday.Day("2026-12-31"), "2027-01-01"); len(got) != 2 {
		t.Errorf("months %v", got)
	}
}

func TestTheBriefingIsABookOfTwoSheets(t *testing.T) {
	t.Parallel()
	f := exportedBook(t, supervisor, "/briefing/export?from=2026-01-01&to=2026-12-31")
	if f.SheetCount != 2 || f.GetSheetName(0) != "总体情况" || f.GetSheetName(1) != "分机构情况" {
		t.Errorf("sheets %v", f.GetSheetList())
	}
	if rows := table(t, f, 0, 4); rows[0][0] != "项目" || rows[1][0] != "合计" || rows[2][0] != "2026-01" {
		t.Errorf("rows %v", rows)
	}
}
