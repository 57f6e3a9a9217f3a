package store

import (
	"context"
	"sync"
	"time"

	"datagov/domain/workday"
)

// calendarLife is how long a calendar read from its rows is shown before it is
// read again. Only pages use it; what decides a term reads the rows.
const calendarLife = 5 * time.Second

type calendarCache struct {
	mu       sync.Mutex
	calendar workday.Calendar
	readAt   time.Time
}

// Calendar is the working-day calendar for showing, at most [calendarLife] old.
func (s *Store) Calendar(ctx context.Context) (workday.Calendar, error) {
	s.calendar.mu.Lock()
	defer s.calendar.mu.Unlock()
	if !s.calendar.readAt.IsZero() && time.Since(s.calendar.readAt) < calendarLife {
		return s.calendar.calendar, nil
	}
	calendar, err := s.Reader.Calendar(ctx)
	if err != nil {
		return workday.Calendar{}, err
	}
	s.calendar.calendar, s.calendar.readAt = calendar, time.Now()
	return calendar, nil
}
