package activities

import (
	"context"
	"slices"
	"time"

	"datagov/domain/agency"
	"datagov/domain/audit"
	"datagov/domain/casework"
	"datagov/domain/law"
	"datagov/domain/sharing"
	"datagov/store"
)

// deskActor is the system where it looks after seats.
const deskActor = "desk"

// desk is the desk of one move: what was open, and what is open now.
type desk struct {
	tx     store.Tx
	before []casework.Task
	r      *store.ShareRequest
	by     agency.Actor
	at     time.Time
	now    []casework.Task
	events []audit.Event
}

// seatCase keeps exactly the tasks open that the case's seats ask for. A task
// keeps the people it was given to; a new one is given to whoever holds its
// seat now. It returns the events of seats that nobody holds: an empty seat is
// an alarm and is reported upward, never a pass.
func seatCase(ctx context.Context, tx store.Tx, before sharing.Request, r *store.ShareRequest, by agency.Actor, at time.Time) ([]audit.Event, error) {
	d := &desk{tx: tx, before: before.Desk, r: r, by: by, at: at, now: []casework.Task{}}
	open, err := tx.OpenTasks(ctx, r.ID)
	if err != nil {
		return nil, err
	}
	kept := map[string]bool{}
	for _, seat := range sharing.Seats(r.Request) {
		row := taskFor(seat, *r, at)
		old, ok := findTask(open, row)
		if ok {
			kept[old.ID] = true
			err = d.keep(ctx, seat, old, row)
		} else {
			err = d.open(ctx, seat, row)
		}
		if err != nil {
			return nil, err
		}
	}
	for _, t := range open {
		if !kept[t.ID] {
			if err := tx.CloseTask(ctx, t.ID, d.finisher(t), at); err != nil {
				return nil, err
			}
		}
	}
	r.Desk = d.now
	return d.events, nil
}

// keep stores what the move changed about a task that stays open.
func (d *desk) keep(ctx context.Context, seat casework.Seat, old, wanted store.Task) error {
	wanted.ID = old.ID
	if !old.DueAt.Equal(wanted.DueAt) || old.Provisional != wanted.Provisional {
		if err := d.tx.MoveTask(ctx, wanted); err != nil {
			return err
		}
	}
	t := casework.Task{ID: old.ID, Step: seat.Step, Agency: seat.Agency, Role: seat.Role, Mode: casework.AnyOne, Signed: seat.Signed}
	if moved := casework.FindID(d.r.Desk, old.ID); moved != nil {
		t = *moved
	}
	if was := casework.FindID(d.before, old.ID); was != nil {
		if err := d.tx.SaveAssignees(ctx, wanted, was.Assignees, t.Assignees); err != nil {
			return err
		}
		if was.Urges != t.Urges {
			if err := d.tx.UrgeTask(ctx, t.ID, t.Urges, t.UrgedAt); err != nil {
				return err
			}
		}
	}
	empty, err := d.empty(ctx, t)
	if err != nil {
		return err
	}
	if empty {
		if err := d.fill(ctx, wanted, &t); err != nil {
			return err
		}
	}
	d.now = append(d.now, t)
	return nil
}

// empty says that nobody can take the task: it waits for nobody or, where the
// desk itself looks after empty seats, only for people who have left theirs.
func (d *desk) empty(ctx context.Context, t casework.Task) (bool, error) {
	if t.Vacant() || d.by.Kind != agency.System || d.by.Account != deskActor {
		return t.Vacant(), nil
	}
	holders, err := d.tx.Holders(ctx, t.Agency, sharing.SeatRoles(t.Step, t.Role)...)
	return !slices.ContainsFunc(t.Assignees, func(a casework.Assignee) bool {
		return a.State == casework.Waiting && slices.Contains(holders, a.Account)
	}), err
}

// fill gives a vacant task to those who hold its seat now and are not in it yet.
func (d *desk) fill(ctx context.Context, row store.Task, t *casework.Task) error {
	people, err := d.fresh(ctx, *t)
	if err != nil || len(people) == 0 {
		return err
	}
	if err := d.tx.FillTask(ctx, row, people); err != nil {
		return err
	}
	t.Assignees = append(t.Assignees, assigned(people)...)
	d.note("seat_filled", "“"+sharing.StepTitle(t.Step)+"”岗位已有人员，转其办理")
	return nil
}

// fresh are who could take a task now and were never given it.
func (d *desk) fresh(ctx context.Context, t casework.Task) ([]string, error) {
	_, people, err := d.holders(ctx, t.Step, t.Agency, t.Role)
	return slices.DeleteFunc(people, func(account string) bool {
		return slices.ContainsFunc(t.Assignees, func(a casework.Assignee) bool { return a.Account == account })
	}), err
}

// open makes a task and fixes who it is given to.
func (d *desk) open(ctx context.Context, seat casework.Seat, row store.Task) error {
	setting, people, err := d.holders(ctx, seat.Step, seat.Agency, seat.Role)
	if err != nil {
		return err
	}
	t := casework.Task{
		ID: row.ID, Step: seat.Step, Agency: seat.Agency, Role: seat.Role, Mode: casework.AnyOne, Signed: seat.Signed, Assignees: assigned(people),
	}
	if seat.Signed && setting.Mode != "" {
		t.Mode = casework.Mode(setting.Mode)
	}
	row.Mode = string(t.Mode)
	if err := d.tx.InsertTask(ctx, row, store.Holding(people)); err != nil {
		return err
	}
	d.now = append(d.now, t)
	if !t.Vacant() {
		return nil
	}
	d.note("seat_vacant", "“"+sharing.StepTitle(t.Step)+"”岗位没有可以办理的人员，已报告上级；事项停留在本环节，不视为通过")
	return d.report(ctx, t, "vacant")
}

// holders are the people of a seat who may sit in this case: those its setting
// names, or everybody who holds its role, without drafters and the other side.
func (d *desk) holders(ctx context.Context, step string, of agency.ID, role agency.Role) (store.SeatSetting, []string, error) {
	setting, ok, err := d.tx.SeatSetting(ctx, of, step)
	if err != nil {
		return setting, nil, err
	}
	named := []string{}
	if ok {
		if named, err = store.Strings(setting.Accounts); err != nil {
			return setting, nil, err
		}
	}
	roles := sharing.SeatRoles(step, role)
	people, err := d.tx.Holders(ctx, of, roles...)
	if err != nil {
		return setting, nil, err
	}
	if len(named) > 0 {
		holders := people
		people = slices.DeleteFunc(named, func(account string) bool { return !slices.Contains(holders, account) })
	}
	fit := []string{}
	for _, account := range people {
		target := agency.Actor{Kind: agency.Human, Account: account, Agency: of, Roles: roles}
		if d.r.MayStand(step, role, target, d.at) == nil {
			fit = append(fit, account)
		}
	}
	return setting, fit, nil
}

// superiors are who hears of an empty seat and of urging: the superior that the
// seat's setting names, else the agency's heads, else the commission's.
func (d *desk) superiors(ctx context.Context, t casework.Task) (agency.ID, agency.Role, []string, error) {
	setting, _, err := d.tx.SeatSetting(ctx, t.Agency, t.Step)
	if err != nil || setting.SuperiorID != "" {
		return t.Agency, agency.Head, []string{setting.SuperiorID}, err
	}
	if t.Role == agency.Clerk {
		heads, err := d.tx.Holders(ctx, t.Agency, agency.Head)
		if err != nil || len(heads) > 0 {
			return t.Agency, agency.Head, heads, err
		}
	}
	heads, err := d.tx.Holders(ctx, d.r.Commission, agency.CommissionHead)
	return d.r.Commission, agency.CommissionHead, heads, err
}

// report copies a trouble of a task to its superiors.
func (d *desk) report(ctx context.Context, t casework.Task, step string) error {
	of, role, people, err := d.superiors(ctx, t)
	if err != nil {
		return err
	}
	row := copyFor(*d.r, step, of, role, d.at)
	row.ParentID, row.Title = t.ID, sharing.StepTitle(step)+"（"+sharing.StepTitle(t.Step)+"）："+d.r.Words.Title
	return d.tx.InsertTask(ctx, row, store.Holding(people))
}

// note adds an event of the system: nobody decided anything.
func (d *desk) note(name, detail string) {
	d.events = append(d.events, audit.Event{
		Name: "share_request." + name, Citation: law.Measure("26"), Detail: detail, Actor: agency.SystemActor(deskActor),
	})
}

// finisher is who a closed task counts for: the person who acted, if it was given to him.
func (d *desk) finisher(t store.Task) agency.Actor {
	if task := casework.FindID(d.before, t.ID); task != nil && d.by.Kind == agency.Human {
		for _, a := range task.Assignees {
			if a.Account == d.by.Standing() && a.State != casework.Removed && a.State != casework.Transferred {
				return d.by
			}
		}
	}
	return agency.Actor{}
}

func assigned(people []string) []casework.Assignee {
	list := make([]casework.Assignee, 0, len(people))
	for _, p := range people {
		list = append(list, casework.Assignee{Account: p, Holder: true, State: casework.Waiting})
	}
	return list
}

func findTask(open []store.Task, t store.Task) (store.Task, bool) {
	for _, o := range open {
		if o.Step == t.Step && o.AgencyID == t.AgencyID && o.Role == t.Role {
			return o, true
		}
	}
	return store.Task{}, false
}

func taskFor(seat casework.Seat, r store.ShareRequest, at time.Time) store.Task {
	t := store.Task{
		ID: newID(), CaseID: r.ID, CaseKind: "share_request", Kind: store.SeatTask, Step: seat.Step,
		Title:    sharing.StepTitle(seat.Step) + "：" + r.Words.Title,
		AgencyID: string(seat.Agency), Role: string(seat.Role), PartyID: string(r.Requester), CreatedAt: at,
	}
	if c := r.Clock(seat.Clock); c != nil && c.StoppedAt.IsZero() {
		t.DueAt, t.LastDay, t.Provisional = c.DueAt.Truncate(time.Microsecond), string(c.LastDay), c.Provisional
	}
	return t
}

func copyFor(r store.ShareRequest, step string, of agency.ID, role agency.Role, at time.Time) store.Task {
	return store.Task{
		ID: newID(), CaseID: r.ID, CaseKind: "share_request", Kind: store.CopyTask, Step: step,
		Title:    sharing.StepTitle(step) + "：" + r.Words.Title,
		AgencyID: string(of), Role: string(role), PartyID: string(r.Requester), CreatedAt: at,
	}
}
