package activities

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"datagov/domain/agency"
	"datagov/domain/audit"
	"datagov/domain/law"
	"datagov/domain/sharing"
	"datagov/domain/workday"
	"datagov/store"
)

// Clocks count the terms of all open cases again when the calendar has
// changed, and say aloud that a calendar is missing. They run in the worker and
// from the command line, beside each other: whoever comes second finds nothing to do.
type Clocks struct{ *Casework }

// errUnchanged ends a transaction in which there was nothing to do.
var errUnchanged = errors.New("nothing has changed")

// recomputeBatch is how many cases are gathered before they are written.
const recomputeBatch = 500

// Recompute counts the clocks that end on the day or later again and stores
// each changed case in a transaction of its own, with its tasks and its event.
// A case whose next alarm is now earlier is put down to be told to the engine.
// It says how many cases changed; a case that fails is tried again by the next
// run, and the others go on.
func (c *Clocks) Recompute(ctx context.Context, from workday.Day) (int, error) {
	calendar, err := c.Store.Reader.Calendar(ctx)
	if err != nil {
		return 0, err
	}
	changed, batch := 0, []string{}
	var failed error
	write := func() {
		for _, id := range batch {
			moved, err := c.recomputeCase(ctx, id)
			if moved {
				changed++
			}
			if err != nil && failed == nil {
				failed = fmt.Errorf("recompute case %s: %w", id, err)
			}
		}
		batch = batch[:0]
	}
	err = c.Store.Recounts(ctx, calendar, from, c.at(), func(r store.CaseRecount) error {
		if batch = append(batch, r.CaseID); len(batch) == recomputeBatch {
			write()
		}
		return ctx.Err()
	})
	write()
	return changed, errors.Join(err, failed)
}

func (c *Clocks) recomputeCase(ctx context.Context, id string) (bool, error) {
	requests := &ShareRequests{Casework: c.Casework}
	_, err := requests.own(ctx, id, "calendar", func(ctx context.Context, tx store.Tx, m sharing.Move, r *store.ShareRequest, _ store.Command) ([]audit.Event, string, error) {
		before, waited := r.NextAlarm()
		events, changes := r.Recompute(m.Pack.Calendar, m.At)
		if len(changes) == 0 {
			return nil, "", errUnchanged
		}
		after, waits := r.NextAlarm()
		if waits && (!waited || after.Before(before)) {
			return events, "", tx.PutNudge(ctx, store.Nudge{CaseID: id, Version: r.Version + 1, CreatedAt: m.At})
		}
		return events, "", nil
	})
	if errors.Is(err, errUnchanged) {
		return false, nil
	}
	return err == nil, err
}

// nextYearMissing is the event that says aloud that a calendar is missing.
const nextYearMissing = "calendar.next_year_missing"

// SayMissing writes, once a day at most, that the calendar of a year that is
// needed now is missing. It says whether it wrote.
func (c *Clocks) SayMissing(ctx context.Context) (bool, error) {
	calendar, err := c.Store.Reader.Calendar(ctx)
	if err != nil {
		return false, err
	}
	at := c.at()
	year, missing := calendar.MissingYear(today(at))
	if !missing {
		return false, nil
	}
	stream := store.CalendarStream(year)
	said := false
	err = c.Store.Tx(ctx, func(ctx context.Context, tx store.Tx) error {
		last, err := tx.LastEvent(ctx, stream, nextYearMissing)
		if err != nil || (!last.IsZero() && workday.DayOf(last) >= today(at)) {
			return err
		}
		said = true
		return tx.AppendEvents(ctx, []audit.Event{{
			Stream: stream, Name: nextYearMissing, At: at, Actor: agency.SystemActor("clock"), Citation: law.Measure("5"),
			Detail: calendar.Alarm(today(at)), Body: fmt.Sprintf(`{"year":%d,"status":%q}`, year, calendar.Year(year).Status),
		}})
	})
	if store.IsStale(err) { // another worker has just said it
		return false, nil
	}
	if said && err == nil {
		slog.WarnContext(ctx, "the calendar of a year that terms run into is missing", slog.Int("year", year))
	}
	return said && err == nil, err
}
