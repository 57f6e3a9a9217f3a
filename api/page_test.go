package api

import (
	"strings"
	"testing"
	"time"

	"datagov/domain/fault"
)

func TestPagesFollowOneAnotherByTheirCursor(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 23, 1, 2, 3, 456789000, time.UTC)
	of := func(id string) cursor { return cursor{At: at, ID: id} }
	rows, next1 := next([]string{"a", "b", "甲/+?"}, 2, of)
	if len(rows) != 2 || next1 == nil {
		t.Fatalf("rows %v, next %v", rows, next1)
	}
	if strings.ContainsAny(*next1, "+/=? ") {
		t.Errorf("%q has to be escaped in an address", *next1)
	}
	c, err := Paging{Cursor: *next1}.after()
	if err != nil || c.ID != "b" || !c.At.Equal(at) {
		t.Errorf("cursor %+v, %v", c, err)
	}
	if rows, last := next([]string{"a", "b"}, 2, of); len(rows) != 2 || last != nil {
		t.Errorf("a full last page is followed by %v", last)
	}
	if rows, last := next([]string{}, 2, of); rows == nil || len(rows) != 0 || last != nil {
		t.Errorf("an empty page is %v followed by %v", rows, last)
	}
	if c, err := (Paging{}).after(); err != nil || c != (cursor{}) {
		t.Errorf("the first page begins after %+v, %v", c, err)
	}
}

func TestIdentifiersThatCannotExistAreUnknown(t *testing.T) {
	t.Parallel()
	for id, known := range map[string]bool{
		"019e8f6c-0000-7000-8000-000000000000": true, "": false, "x": false, "019e8f6c-0000-7000-8000-00000000000g": false,
		"{019e8f6c-0000-7000-8000-000000000000}": false, "urn:uuid:019e8f6c-0000-7000-8000-000000000000": false,
		"019e8f6c000070008000000000000000": false,
	} {
		err := mustBeID(id, "共享申请")
		if (err == nil) != known || err != nil && (fault.KindOf(err) != fault.NotFound || id != "" && strings.Contains(err.Error(), id)) {
			t.Errorf("%q: %v", id, err)
		}
	}
}

// FuzzCursor: a cursor is one that we gave, or it is refused; never anything else.
func FuzzCursor(f *testing.F) {
	_, given := next([]string{"a", "b"}, 1, func(id string) cursor { return cursor{At: time.Unix(0, 0).UTC(), ID: id} })
	f.Add(*given)
	f.Add("")
	f.Add("e30")
	f.Add("eyJpIjoiYSIsInQiOiIyMDI2In0")
	f.Add("%%%")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := Paging{Cursor: text}.after()
		switch {
		case err != nil && fault.KindOf(err) != fault.Invalid:
			t.Fatalf("%v is no form fault", err)
		case err == nil && text != "" && c.ID == "":
			t.Fatalf("%q begins nowhere", text)
		}
	})
}

// FuzzToken: whatever the headers say, a token is a part of them, and a bearer
// token that is there is the one that counts.
func FuzzToken(f *testing.F) {
	f.Add("Bearer abc", "")
	f.Add("", cookieName+"=abc")
	f.Add("Basic abc", cookieName+"=def; other=1")
	f.Add("bearer abc", ";;==")
	f.Fuzz(func(t *testing.T, authorization, cookies string) {
		got := token(authorization, cookies)
		if got != "" && !strings.Contains(authorization+"\n"+cookies, got) {
			t.Fatalf("token %q was made up", got)
		}
		if authorization != "" && got != "" && !strings.Contains(authorization, got) {
			t.Fatalf("token %q of the cookie although somebody else was named", got)
		}
	})
}
