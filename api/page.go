package api

import (
	"encoding/base64"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"datagov/domain/fault"
)

// Paging is the query of every list.
type Paging struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"每页条数，至多 200"`
	Cursor string `query:"cursor" maxLength:"300" doc:"上一页给出的 next"`
}

// cursor is the last row a page has shown.
type cursor struct {
	At time.Time `json:"t"`
	ID string    `json:"i"`
}

// after reads the cursor; the first page has the zero cursor.
func (p Paging) after() (cursor, error) {
	if p.Cursor == "" {
		return cursor{}, nil
	}
	var c cursor
	b, err := base64.RawURLEncoding.DecodeString(p.Cursor)
	if err != nil || json.Unmarshal(b, &c) != nil || c.ID == "" {
		return cursor{}, fault.Form("/cursor", "翻页标记无效，请从第一页重新查询")
	}
	return c, nil
}

// next writes the cursor after a page; null when nothing follows. Lists are
// read with one row more than asked for, to know whether something does.
func next[T any](rows []T, limit int, at func(T) cursor) ([]T, *string) {
	if len(rows) <= limit {
		return rows, nil
	}
	rows = rows[:limit]
	b, err := json.Marshal(at(rows[limit-1]))
	if err != nil {
		return rows, nil
	}
	text := base64.RawURLEncoding.EncodeToString(b)
	return rows, &text
}

// mustBeID refuses identifiers that cannot exist as unknown.
func mustBeID(id, what string) error {
	if len(id) != 36 || uuid.Validate(id) != nil {
		return fault.New(fault.NotFound, "没有找到"+what)
	}
	return nil
}
