package activities

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

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

// recomputeGroup is how many cases share a transaction: they share its one wait
// for the disk, and an act of a person never waits behind more of them.
const recomputeGroup = 20

// recomputeBatch is how many cases are gathered before they are written.
const recomputeBatch = 25 * recomputeGroup

// Recompute counts the clocks that end on the day or later again and stores
// each changed case at the version it was read at, with its tasks and its event.
// A case whose next alarm is now earlier is put down to be told to the engine.
// It says how many cases changed; a case that fails is tried again by the next
// run, and the others go on.
func (c *Clocks) Recompute(ctx context.Context, from workday.Day) (int, error) {
	calendar, err := c.Store.Reader.Calendar(ctx)
	if err != nil {
		return 0, err
	}
	r, batch := &recomputation{}, []string{}
	err = c.Store.Recounts(ctx, calendar, from, c.at(), func(found store.CaseRecount) error {
		if batch = append(batch, found.CaseID); len(batch) == recomputeBatch {
			c.recomputeBatch(ctx, batch, r)
			batch = batch[:0]
		}
		return ctx.Err()
	})
	c.recomputeBatch(ctx, batch, r)
	return r.changed, errors.Join(err, r.failed)
}

// recomputation is what several groups have done together.
type recomputation struct {
	mutex   sync.Mutex
	changed int
	failed  error // the first
}

func (r *recomputation) note(changed int, err error) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.changed += changed
	if r.failed == nil {
		r.failed = err
	}
}

func (c *Clocks) recomputeBatch(ctx context.Context, ids []string, r *recomputation) {
	var groups errgroup.Group
	groups.SetLimit(c.Store.Abreast())
	for group := range slices.Chunk(ids, recomputeGroup) {
		groups.Go(func() error {
			c.recomputeGroup(ctx, group, r)
			return nil
		})
	}
	_ = groups.Wait() // what fails is noted
}

// recomputeGroup writes cases in one transaction. When one of them fails or was
// moved meanwhile, nothing is written, and each goes on its own.
func (c *Clocks) recomputeGroup(ctx context.Context, ids []string, r *recomputation) {
	changed, requests := 0, &ShareRequests{Casework: c.Casework}
	err := c.Store.Tx(ctx, func(ctx context.Context, tx store.Tx) error {
		for _, id := range ids {
			_, err := requests.moveOnce(ctx, tx, Act{CaseID: id, Actor: agency.SystemActor("calendar")}, store.Command{}, recount)
			if err != nil && !errors.Is(err, errUnchanged) {
				return err
			}
			if err == nil {
				changed++
			}
		}
		return nil
	})
	if err == nil {
		r.note(changed, nil)
		return
	}
	for _, id := range ids {
		_, err := requests.own(ctx, id, "calendar", recount)
		switch {
		case err == nil:
			r.note(1, nil)
		case !errors.Is(err, errUnchanged):
			r.note(0, fmt.Errorf("recompute case %s: %w", id, err))
		}
	}
}

// recount counts the clocks of one case again.
func recount(ctx context.Context, tx store.Tx, m sharing.Move, r *store.ShareRequest, _ store.Command) ([]audit.Event, string, error) {
	before, waited := r.NextAlarm()
	events, changes := r.Recompute(m.Pack.Calendar, m.At)
	if len(changes) == 0 {
		return nil, "", errUnchanged
	}
	after, waits := r.NextAlarm()
	if waits && (!waited || after.Before(before)) {
		return events, "", tx.PutNudge(ctx, store.Nudge{CaseID: r.ID, Version: r.Version + 1, CreatedAt: m.At})
	}
	return events, "", nil
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
