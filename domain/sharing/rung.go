package sharing

import (
	"time"

	"datagov/domain/deadline"
)

// Rung lists the clocks whose last ring was recorded under the event, such as
// share_request.overdue, for those who are told of it.
func (r Request) Rung(event string) []deadline.Clock {
	var last time.Time
	for _, c := range r.Clocks {
		if c.RemindedAt.After(last) {
			last = c.RemindedAt
		}
	}
	var rung []deadline.Clock
	for _, c := range r.Clocks {
		name := "reminded"
		if !c.OverdueAt.IsZero() {
			name = overdueName(c.Code)
		}
		if !last.IsZero() && c.RemindedAt.Equal(last) && prefix+name == event {
			rung = append(rung, c)
		}
	}
	return rung
}
