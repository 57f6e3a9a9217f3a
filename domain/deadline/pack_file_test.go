package deadline_test

import (
	"encoding/json"
	"strings"
	"testing"

	"datagov/domain/deadline"
	"datagov/domain/fault"
)

type object map[string]any

// whole is a pack that every check accepts.
func whole() object {
	terms := []any{}
	for _, code := range deadline.ShareTerms() {
		terms = append(terms, object{
			"code": code, "title": "期限", "scope": "", "value": 10, "unit": "working_day", "basis": "本区设定", "source": "本区设定",
			"citation": nil, "inForceFrom": "2026-01-01", "note": "",
		})
	}
	terms = append(terms, object{
		"code": "incident.report", "title": "事件报告", "scope": "", "value": 24, "unit": "hour", "basis": "法定", "source": "条例",
		"citation": object{"edition": "国务院令第790号", "article": "10"}, "inForceFrom": "2026-01-01", "note": "",
	})
	return object{
		"version": "2027-01", "adoptedOn": "2026-12-01", "note": "测试", "terms": terms,
		"items": []any{object{
			"kind": "suspension", "code": "third_party", "title": "征求第三方意见", "basis": "参照", "source": "条例", "inForceFrom": "2026-01-01",
			"citation": object{"edition": "国务院令第711号", "article": "32"},
			"body":     object{"limit": 15, "unit": "working_day", "clocks": []string{deadline.ShareJointDecision}},
		}},
	}
}

func written(t *testing.T, o object) []byte {
	t.Helper()
	text, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestAWholePackIsRead(t *testing.T) {
	t.Parallel()
	f, err := deadline.ParsePack(written(t, whole()))
	if err != nil || f.Version != "2027-01" || len(f.Terms) != len(deadline.ShareTerms())+1 || len(f.Items) != 1 {
		t.Fatalf("%v: %+v", err, f)
	}
	if last := f.Terms[len(f.Terms)-1]; last.Unit != deadline.Hour || last.Citation.Article != "10" {
		t.Errorf("term %+v", last)
	}
	reasons, err := deadline.Pack{Items: f.Items}.Suspensions("2026-12-01")
	if err != nil || len(reasons) != 1 || reasons[0].Limit != 15 {
		t.Errorf("reasons %+v, %v", reasons, err)
	}
	if reasons, _ := (deadline.Pack{Items: f.Items}).Suspensions("2025-12-31"); len(reasons) != 0 {
		t.Error("a reason holds before its day")
	}
}

// Every figure has its rank and source, a 法定 one its citation, and nothing stands twice.
func TestAPackWithAFaultIsRefusedAtItsPlace(t *testing.T) {
	t.Parallel()
	term := func(o object) object { return o["terms"].([]any)[0].(object) }
	item := func(o object) object { return o["items"].([]any)[0].(object) }
	for name, tt := range map[string]struct {
		spoil   func(o object)
		pointer string
	}{
		"an unknown field":       {func(o object) { o["x"] = 1 }, "/file"},
		"no version":             {func(o object) { o["version"] = "" }, "/version"},
		"a version with a slash": {func(o object) { o["version"] = "../x" }, "/version"},
		"no day":                 {func(o object) { o["adoptedOn"] = "2026-02-30" }, "/adoptedOn"},
		"no note":                {func(o object) { o["note"] = " " }, "/note"},
		"no rank":                {func(o object) { term(o)["basis"] = "习惯" }, "/terms/0/basis"},
		"no source":              {func(o object) { term(o)["source"] = "" }, "/terms/0/source"},
		"法定 without a citation":  {func(o object) { term(o)["basis"] = "法定" }, "/terms/0/citation"},
		"half a citation":        {func(o object) { term(o)["citation"] = object{"edition": "x", "article": ""} }, "/terms/0/citation"},
		"no figure":              {func(o object) { term(o)["value"] = 0 }, "/terms/0/value"},
		"a figure without end":   {func(o object) { term(o)["value"] = 99999 }, "/terms/0/value"},
		"seconds":                {func(o object) { term(o)["unit"] = "second" }, "/terms/0/unit"},
		"an unknown scope":       {func(o object) { term(o)["scope"] = "all" }, "/terms/0/scope"},
		"no day in force":        {func(o object) { term(o)["inForceFrom"] = "now" }, "/terms/0/inForceFrom"},
		"a code with a blank":    {func(o object) { term(o)["code"] = "a b" }, "/terms/0/code"},
		"a term twice": {func(o object) {
			o["terms"] = append(o["terms"].([]any), o["terms"].([]any)[0])
		}, "/terms/9"},
		"a term missing":              {func(o object) { o["terms"] = o["terms"].([]any)[1:] }, "/terms"},
		"a term in force too late":    {func(o object) { term(o)["inForceFrom"] = "2027-06-01" }, "/terms"},
		"an item twice":               {func(o object) { o["items"] = append(o["items"].([]any), o["items"].([]any)[0]) }, "/items/1"},
		"an unknown kind":             {func(o object) { item(o)["kind"] = "magic" }, "/items/0/kind"},
		"a suspension without end":    {func(o object) { item(o)["body"].(object)["limit"] = 0 }, "/items/0/body"},
		"a suspension of nothing":     {func(o object) { item(o)["body"].(object)["clocks"] = []string{} }, "/items/0/body"},
		"a body with unknown members": {func(o object) { item(o)["body"].(object)["x"] = 1 }, "/items/0/body"},
		"a body that is no object":    {func(o object) { item(o)["kind"], item(o)["body"] = "level", []int{1} }, "/items/0/body"},
	} {
		o := whole()
		tt.spoil(o)
		_, err := deadline.ParsePack(written(t, o))
		if f := fault.As(err); f == nil || f.Kind != fault.Invalid || f.Fields[0].Pointer != tt.pointer {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, text := range map[string]string{"nothing": "", "two": string(written(t, whole())) + "{}", "too much": strings.Repeat(" ", 2<<20)} {
		if _, err := deadline.ParsePack([]byte(text)); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}
