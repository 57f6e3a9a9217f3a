package store

import (
	"encoding/json"
	"fmt"
	"time"
)

// encode writes a value as the JSON text of a column. Nil lists become [].
func encode[T any](list []T) string {
	if len(list) == 0 {
		return "[]"
	}
	b, err := json.Marshal(list)
	if err != nil { // lists of plain structs and strings always marshal
		return "[]"
	}
	return string(b)
}

// decode reads the JSON text of a column.
func decode[T any](text string) ([]T, error) {
	list := []T{}
	if text == "" {
		return list, nil
	}
	if err := json.Unmarshal([]byte(text), &list); err != nil {
		return nil, fmt.Errorf("read list column: %w", err)
	}
	return list, nil
}

// instant cuts a time to what both databases keep: UTC, microseconds.
func instant(at time.Time) time.Time {
	if at.IsZero() {
		return time.Time{}
	}
	return at.UTC().Truncate(time.Microsecond)
}
