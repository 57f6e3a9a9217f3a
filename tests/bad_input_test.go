package tests

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// marker stands in every bad value; no answer may repeat it.
const marker = "zq7markerzq7"

// badFile is one way to write a request wrong. A nil body sends nothing.
type badFile struct {
	name   string
	body   any
	status int
}

func badFiles(t *testing.T) []badFile {
	e, other := entry(t, births), entry(t, clinics)
	good := file(e.ID, items(t, e, "出生证编号"))
	long := strings.Repeat(marker, 4000)
	mine := items(t, e, "出生证编号")[0]
	const form, syntax, lost = http.StatusUnprocessableEntity, http.StatusBadRequest, http.StatusNotFound
	return []badFile{
		{"nothing", nil, syntax},
		{"an empty body", "", syntax},
		{"no JSON", marker, syntax},
		{"half a JSON", `{"entryId":"` + marker, syntax},
		{"two JSONs", `{"a":"` + marker + `"}{}`, syntax},
		{"broken UTF-8", "{\"purpose\":\"" + marker + "\xff\xfe\"}", form},
		{"null", "null", form},
		{"a list", `["` + marker + `"]`, form},
		{"a text", `"` + marker + `"`, form},
		{"a number", "7", form},
		{"an empty object", "{}", form},
		{"an unknown field", good.with("urgent", marker), form},
		{"an unknown field with a value", good.with("note", marker), form},
		{"a fee", good.with("fee", marker), form},
		{"deep nesting", strings.Repeat(`{"a":`, 3000) + "1" + strings.Repeat("}", 3000), form},
		{"no entry", good.with("entryId", nil), form},
		{"an entry that is a number", good.with("entryId", 7), form},
		{"an entry that is null", good.with("entryId", "null").json(t, `"null"`, "null"), form},
		{"an unknown entry", good.with("entryId", uuid.NewString()), lost},
		{"a malformed entry", good.with("entryId", marker), lost},
		{"a path for an entry", good.with("entryId", "../"+marker), lost},
		{"an overlong entry", good.with("entryId", long[:200]), form},
		{"no items", good.with("itemIds", nil), form},
		{"an empty list of items", good.with("itemIds", []string{}), form},
		{"items that are null", good.with("itemIds", "null").json(t, `"null"`, "null"), form},
		{"items that are a text", good.with("itemIds", marker), form},
		{"items that are numbers", good.with("itemIds", []int{1}), form},
		{"an item that is null", good.with("itemIds", []any{nil}), form},
		{"an unknown item", good.with("itemIds", []string{marker}), form},
		{"an item of another entry", good.with("itemIds", []string{mine, items(t, other)[0]}), form},
		{"a doubled item", good.with("itemIds", []string{mine, mine}), form},
		{"a thousand items", good.with("itemIds", strings.Split(strings.Repeat(marker+",", 1000), ",")), form},
		{"no purpose", good.with("purpose", nil), form},
		{"a blank purpose", good.with("purpose", " \t\u3000"), form},
		{"a purpose that is an object", good.with("purpose", fields{marker: 1}), form},
		{"an overlong purpose", good.with("purpose", long), form},
		{"a purpose with a NUL", good.with("purpose", marker+"\x00"), form},
		{"a purpose with control characters", good.with("purpose", marker+"\x1b[31m\x07"), form},
		{"no basis", good.with("basis", nil), form},
		{"a blank basis", good.with("basis", ""), form},
		{"a basis with a NUL", good.with("basis", marker+"\x00"), form},
		{"no system", good.with("system", nil), form},
		{"an overlong system", good.with("system", long), form},
		{"a system with a NUL", good.with("system", "\x00"+marker), form},
		{"no mode", good.with("mode", nil), form},
		{"an unknown mode", good.with("mode", marker), form},
		{"a mode in capitals", good.with("mode", "COPY"), form},
		{"no date", good.with("until", nil), form},
		{"an empty date", good.with("until", ""), form},
		{"a date that is none", good.with("until", "2027-02-30"), form},
		{"a malformed date", good.with("until", marker), form},
		{"a date with a time", good.with("until", "2027-01-01T00:00:00Z"), form},
		{"a date that is a number", good.with("until", 20270101), form},
		{"yesterday", good.with("until", string(today().Add(-1))), form},
		{"today", good.with("until", string(today())), form},
		{"more than a year", good.with("until", string(today().Add(367))), form},
		{"the year 9999", good.with("until", "9999-12-31"), form},
		{"an unknown scenario", good.with("scenarioId", uuid.NewString()), lost},
		{"a malformed scenario", good.with("scenarioId", marker), lost},
		{"a scenario that is a number", good.with("scenarioId", 7), form},
	}
}

// json writes the object with one text replaced by another.
func (f fields) json(t *testing.T, old, by string) string {
	t.Helper()
	b, err := encoded(f)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Replace(string(b), old, by, 1)
}

// clean wants a refusal that repeats nothing of what was sent.
func (a answer) clean(t *testing.T, status int) {
	t.Helper()
	if strings.Contains(string(a.body), marker) {
		t.Errorf("repeats what was sent: %.500s", a.body)
	}
	a.refused(t, status)
}

func TestBadInputOfARequestIsRefusedAndNothingIsWritten(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		db, who := d.open(t, "ro"), d.as(t, "civil-careless")
		before := ofPerson(t, db, who.username)
		for _, tt := range badFiles(t) {
			t.Run(tt.name, func(t *testing.T) { //nolint:paralleltest // their rows are counted together
				who.act(t, "/share-requests", tt.body).clean(t, tt.status)
			})
		}
		unchanged(t, before, ofPerson(t, db, who.username))
	})
}

func TestBadInputOfAnActIsRefusedAndNothingIsWritten(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		long := strings.Repeat(marker, 4000)
		review, form, fresh, noticed := d.asking(t).underReview(t), d.asking(t).signedOff(t), d.asking(t), d.asking(t).signedOff(t)
		noticed.does(t, "commission", "/form-check", fields{"outcome": "supplement", "missing": []string{"说明"}})
		drafted := review.drafts(t, commission, agree)
		on := func(m matter, who, what string, bodies ...any) {
			t.Helper()
			db := d.open(t, "ro")
			before := rows(t, db, m.id)
			for _, body := range bodies {
				m.act(t, who, what, body).clean(t, http.StatusUnprocessableEntity)
			}
			m.act(t, who, what, marker).clean(t, http.StatusBadRequest)
			unchanged(t, before, rows(t, db, m.id))
		}
		signatures := []any{
			fields{},
			"null",
			fields{"outcome": marker},
			fields{"outcome": "return"},
			fields{"outcome": "return", "reason": " "},
			fields{"outcome": 1},
			sign.with("until", marker), back(long), back(marker + "\x00"),
		}
		on(fresh, "civil-head", "/sign-off", signatures...)
		on(review, "commission-head", "/opinions/"+drafted+"/sign", signatures...)
		missing := func(m any) fields { return fields{"outcome": "supplement", "missing": m} }
		on(form, "commission", "/form-check", fields{}, fields{"outcome": marker}, missing(nil), missing([]string{}), missing([]string{" "}),
			missing(marker), missing([]string{long}), missing(strings.Split(strings.Repeat(marker+",", 60), ",")),
			missing([]string{marker + "\x00"}), complete.with("missing", []string{marker}))
		on(review, "health", "/opinions", fields{}, agree.with("outcome", marker), agree.with("reason", long), agree.with("side", marker),
			agree.with("reason", marker+"\x00"), refusal(valid).with("reason", marker+"\x00"), refusal(valid.called(marker+"\x00")),
			refusal(ground{Level: marker}), refusal(valid.called(long)), refusal(valid).with("itemIds", []string{marker}),
			refusal(valid).with("grounds", marker), refusal(valid).with("grounds", []any{nil}), refusal(valid).with("grounds", []any{marker}),
			agree.with("conditions", marker), agree.with("outcome", "agree_with_conditions").with("conditions", []any{fields{"kind": marker, "text": "x"}}),
			agree.with("outcome", "agree_with_conditions").with("conditions", []any{fields{"kind": "mask", "text": marker + "\x00"}}))
		on(review, "health", "/extension", fields{"outcome": marker}, fields{"outcome": "ask", "reason": long},
			fields{"outcome": "ask", "reason": marker + "\x00"})
		on(noticed, "civil", "/supplement", fields{"missing": marker}, fields{"until": marker}, fields{"until": "2020-01-01"}, fields{"note": long},
			fields{"note": marker + "\x00"}, fields{"purpose": long})
		on(fresh, "civil", "/withdraw", fields{"reason": long}, fields{"outcome": marker})
	})
}

func TestBadInputOfASizeOrKindNobodySendsIsRefused(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		m := d.asking(t)
		huge := append([]byte(`{"outcome":"return","reason":"`+marker), bytes.Repeat([]byte("a"), 10<<20)...)
		huge = append(huge, `"}`...)
		for _, path := range []string{m.path("/sign-off"), "/share-requests"} {
			who := d.as(t, "civil-head")
			if path == "/share-requests" {
				who = d.as(t, "civil-careless")
			}
			who.act(t, path, huge).clean(t, http.StatusRequestEntityTooLarge)
		}
		person{server: d.running}.act(t, "/session", huge).clean(t, http.StatusRequestEntityTooLarge)
		for _, kind := range []string{"text/plain", "application/x-www-form-urlencoded", "application/xml", marker} {
			d.as(t, "civil-head").send(t, http.MethodPost, m.path("/sign-off"), `{"outcome":"sign"}`,
				"Idempotency-Key", uuid.NewString(), "Content-Type", kind).clean(t, http.StatusUnsupportedMediaType)
		}
		d.as(t, "civil-head").send(t, http.MethodPost, m.path("/sign-off"), sign, "Idempotency-Key", uuid.NewString(),
			"Sec-Fetch-Site", "cross-site").clean(t, http.StatusForbidden)
		for _, method := range []string{http.MethodPut, http.MethodPatch, http.MethodDelete} {
			d.as(t, "civil").send(t, method, m.path(""), nil).clean(t, http.StatusMethodNotAllowed)
		}
		if c := m.show(t, "civil"); c.Status != "sign_off" {
			t.Errorf("the case is in %s", c.Status)
		}
	})
}

func TestBadInputInAnAddressIsRefused(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		who := d.as(t, "civil")
		for _, path := range []string{
			"/share-requests/" + marker, "/share-requests/7", "/share-requests/" + uuid.NewString(), "/share-requests/..%2f..%2f" + marker,
			"/share-requests/%00" + marker, "/share-requests/" + strings.ToUpper(uuid.NewString()) + marker, "/share-requests/%ff%fe",
			"/share-requests/" + strings.Repeat(marker, 200), "/cases/" + marker + "/events", "/catalog/entries/" + marker,
			"/catalog/entries/" + uuid.NewString(), "/catalog/entries/..%2f..%2f..%2fetc%2fpasswd", "/" + marker, "/share-requests/{id}",
			"/share-requests/" + url.PathEscape("' OR 1=1 --"+marker),
		} {
			who.read(t, path).clean(t, http.StatusNotFound)
		}
		for _, list := range []string{"/share-requests", "/tasks", "/grants", "/catalog/entries", "/agencies"} {
			for _, query := range []string{
				"limit=0", "limit=-1", "limit=201", "limit=" + marker, "limit=1.5", "limit=99999999999999999999", "cursor=" + marker, "cursor=%00",
				"cursor=" + strings.Repeat(marker, 100), "cursor=eyJ0IjoiMjAyNi0wMS0wMVQwMDowMDowMFoifQ", "cursor=bnVsbA", "cursor=W10",
			} {
				t.Run(list+"?"+query[:min(len(query), 30)], func(t *testing.T) { //nolint:paralleltest // quick
					who.read(t, list+"?"+query).clean(t, http.StatusUnprocessableEntity)
				})
			}
		}
		for _, address := range []string{"/tasks?box=" + marker, "/tasks?box=TODO"} {
			t.Run(address, func(t *testing.T) { //nolint:paralleltest // quick
				who.read(t, address).clean(t, http.StatusUnprocessableEntity)
			})
		}
		for _, address := range []string{ // unknown words find nothing, and break nothing
			"/catalog/entries?q=" + marker, "/catalog/entries?q=%25", "/catalog/entries?q=_", "/catalog/entries?q=%00", "/catalog/entries?q=%ff",
			"/catalog/entries?sharing=" + marker, "/share-requests?status=" + marker, "/catalog/entries?agency=" + marker, "/grants?entryId=" + marker, "/grants?agencyId=%00", "/catalog/entries?agency=%00",
			"/laws?q=%00" + marker, "/catalog/entries?q=" + url.QueryEscape("'; DROP TABLE event; --"),
		} {
			t.Run(address, func(t *testing.T) { //nolint:paralleltest // quick
				a := who.read(t, address)
				if a.status != http.StatusOK && a.status != http.StatusUnprocessableEntity {
					t.Fatalf("status %d: %s", a.status, a.body)
				}
				if a.status == http.StatusOK && !strings.Contains(string(a.body), `"items":[]`) {
					t.Errorf("found something: %.200s", a.body)
				}
			})
		}
	})
}
