package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"unicode"

	"github.com/danielgtaylor/huma/v2"
	"go.temporal.io/api/serviceerror"

	"datagov/activities"
	"datagov/domain/fault"
	"datagov/domain/law"
)

// spiteful is what somebody sends; no answer repeats it.
const spiteful = "<script>alert('350000199001011234')</script>"

func TestEveryKindOfRefusalHasItsStatus(t *testing.T) {
	t.Parallel()
	for kind, status := range map[fault.Kind]int{
		fault.Unauthenticated: 401, fault.Forbidden: 403, fault.NotFound: 404, fault.Malformed: 400, fault.Invalid: 422,
		fault.Barred: 403, fault.Conflict: 409, fault.Unlawful: 422, fault.Throttled: 429, fault.Unavailable: 503,
		fault.Internal: 500, "unknown": 500,
	} {
		p := bareServer(t).render(t.Context(), fmt.Errorf("do: %w", fault.New(kind, "说明")))
		if p.Status != status || p.GetStatus() != status || p.Detail != "说明" || p.Title == "" || p.Type != "urn:datagov:problem:"+string(kind) {
			t.Errorf("%s: %+v", kind, p)
		}
	}
}

func TestARefusalByLawShowsItsArticle(t *testing.T) {
	t.Parallel()
	refusal := fault.Law("不得拒绝", law.Measure("25"), law.Regulation("21"))
	refusal.Grounds = []law.Claim{
		{Level: "法律", Title: "统计法", Article: "一", Quote: "文", InForceOn: "1984-01-01"},
		{Level: "部门规章", Title: "某规章", Article: "二", Quote: "文", InForceOn: "2000-01-01"},
	}
	refusal.Fields = []fault.Field{{Pointer: "/grounds/0/level", Text: "层级不符"}}
	p := bareServer(t).render(t.Context(), activities.Refuse(refusal)) // as it comes from the engine
	if len(p.Basis) != 2 || p.Basis[0].Article != "25" || p.Basis[0].Title == "" || len(p.Errors) != 1 {
		t.Errorf("problem %+v", p)
	}
	if len(p.Grounds) != 2 || p.Grounds[0].Warning != "" || p.Grounds[1].Warning == "" { // TL 14, 15
		t.Errorf("grounds %+v", p.Grounds)
	}
}

func TestTroubleIsShownAsOneSentence(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		err    error
		status int
	}{
		"a defect":             {errors.New("pq: password of " + spiteful), http.StatusInternalServerError},
		"a deadline":           {fmt.Errorf("x: %w", context.DeadlineExceeded), http.StatusServiceUnavailable},
		"the engine is away":   {serviceerror.NewUnavailable("10.0.0.1 " + spiteful), http.StatusServiceUnavailable},
		"the engine is slow":   {serviceerror.NewDeadlineExceeded(spiteful), http.StatusServiceUnavailable},
		"a problem stays one":  {problem(fault.New(fault.Conflict, "冲突")), http.StatusConflict},
		"somebody went away":   {errors.New("write: broken pipe"), http.StatusInternalServerError},
		"an unexpected engine": {serviceerror.NewInternal(spiteful), http.StatusInternalServerError},
	} {
		p := bareServer(t).render(t.Context(), tt.err)
		if p.Status != tt.status {
			t.Errorf("%s: %d, want %d", name, p.Status, tt.status)
		}
		clean(t, name, p)
	}
}

// clean says that a problem repeats nothing and speaks Chinese.
func clean(t *testing.T, name string, p *Problem) {
	t.Helper()
	b, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	if text := string(b); strings.Contains(text, "script") || strings.Contains(text, "350000") || strings.Contains(text, "10.0.0.1") {
		t.Errorf("%s repeats what it was given: %s", name, text)
	}
	for _, text := range append([]string{p.Title, p.Detail}, texts(p)...) {
		if !strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			t.Errorf("%s says %q", name, text)
		}
	}
}

func texts(p *Problem) (list []string) {
	for _, f := range p.Errors {
		list = append(list, f.Text)
	}
	return list
}

func TestWhatHumaRefusesRepeatsNoValue(t *testing.T) {
	t.Parallel()
	bareServer(t) // puts huma's sentences into Chinese
	for _, status := range []int{400, 401, 403, 404, 406, 408, 413, 415, 422, 500, 418} {
		p := newHumaError(status, "unexpected "+spiteful,
			&huma.ErrorDetail{Message: "expected string", Location: "body.grounds[0].level", Value: spiteful},
			&huma.ErrorDetail{Message: "got " + spiteful, Location: "body.purpose", Value: spiteful},
			errors.New(spiteful))
		clean(t, fmt.Sprint(status), p)
		if status == 422 && (len(p.Errors) < 2 || p.Errors[0].Pointer != "/grounds/0/level") {
			t.Errorf("fields %+v", p.Errors)
		}
		if status != 422 && len(p.Errors) > 0 {
			t.Errorf("%d points at %+v", status, p.Errors)
		}
	}
}

func TestPointersAreJSONPointers(t *testing.T) {
	t.Parallel()
	for location, want := range map[string]string{
		"body.grounds[0].level": "/grounds/0/level", "body": "/", "query.limit": "/query/limit", "body.purpose": "/purpose",
		"header.Idempotency-Key": "/header/Idempotency-Key", "body.itemIds[12]": "/itemIds/12",
	} {
		if got := pointerOf(location); got != want {
			t.Errorf("%s → %s, want %s", location, got, want)
		}
	}
}
