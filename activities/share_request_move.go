package activities

import (
	"context"
	"fmt"
	"time"

	"datagov/domain/agency"
	"datagov/domain/audit"
	"datagov/domain/deadline"
	"datagov/domain/sharing"
	"datagov/store"
)

// attempts is how often a move is judged again when another writer was faster.
const attempts = 5

// act carries one act of a person: judge by the rules, store the move with its
// events, tasks and grants in one transaction, and mark the command applied.
// An act that is on record already only returns the case.
func (a *ShareRequests) act(ctx context.Context, in Act, do step) (Done, error) {
	command, err := a.Store.Command(ctx, in.Command)
	if err != nil {
		return Done{}, Refuse(err)
	}
	if command.Applied() {
		return a.done(ctx, in.CaseID, command.Result)
	}
	done, err := a.move(ctx, in, command, do)
	return done, settle(err)
}

// own carries a step of the system itself, such as writing agreed grants.
func (a *ShareRequests) own(ctx context.Context, id, name string, do step) (Done, error) {
	done, err := a.move(ctx, Act{CaseID: id, Actor: agency.SystemActor(name)}, store.Command{}, do)
	return done, settle(err)
}

// settle refuses for good what the rules refuse; a case that others keep
// moving is trouble that passes, and is tried again.
func settle(err error) error {
	if store.IsStale(err) {
		return fmt.Errorf("case is being moved by others: %v", err) //nolint:errorlint // the refusal inside must not end the retries
	}
	return Refuse(err)
}

func (a *ShareRequests) move(ctx context.Context, in Act, command store.Command, do step) (done Done, err error) {
	for range attempts {
		err = a.Store.Tx(ctx, func(ctx context.Context, tx store.Tx) error {
			done, err = a.moveOnce(ctx, tx, in, command, do)
			return err
		})
		if !store.IsStale(err) {
			return done, err
		}
	}
	return done, err
}

func (a *ShareRequests) moveOnce(ctx context.Context, tx store.Tx, in Act, command store.Command, do step) (Done, error) {
	r, err := tx.ShareRequest(ctx, in.CaseID)
	if err != nil {
		return Done{}, err
	}
	pack, err := a.pack(ctx, r.Rules)
	if err != nil {
		return Done{}, err
	}
	m := sharing.Move{By: in.Actor, At: a.at(), Pack: pack}
	if err := mayStandIn(ctx, tx, in.Actor, m.At); err != nil {
		return Done{}, err
	}
	shown, err := receive(ctx, tx, in, r, m.At)
	if err != nil {
		return Done{}, err
	}
	in.Shown, m.Shown = shown.digest, shown.digest
	before := r.Request
	r.Request = before.Clone()
	events, made, err := do(ctx, tx, m, &r, command)
	if err != nil {
		return Done{}, err
	}
	if err := tx.SaveShareRequest(ctx, before, &r, m.At); err != nil {
		return Done{}, err
	}
	if err := shown.keep(ctx, tx, r, m.At); err != nil {
		return Done{}, err
	}
	if err := a.issueGrants(ctx, tx, before, r, m); err != nil {
		return Done{}, err
	}
	return a.finish(ctx, tx, before, r, in, command, moved{events, made, m.At})
}

// moved is what a move left to be written down.
type moved struct {
	events []audit.Event
	made   string
	at     time.Time
}

// finish writes what every act leaves: tasks, events, notices,
// papers, and the applied command.
func (a *ShareRequests) finish(ctx context.Context, tx store.Tx, before sharing.Request, r store.ShareRequest, in Act, command store.Command, m moved) (Done, error) {
	seated, err := seatCase(ctx, tx, before, &r, in.Actor, m.at)
	if err != nil {
		return Done{}, err
	}
	events, err := stamp(append(m.events, seated...), r.Request, in, m.at, command, m.made)
	if err != nil {
		return Done{}, err
	}
	if err := tx.AppendEvents(ctx, events); err != nil {
		return Done{}, err
	}
	if err := notify(ctx, tx, told{request: r, before: before.Desk, by: in.Actor, order: in.Order, events: events, at: m.at}); err != nil {
		return Done{}, err
	}
	if err := a.issuePapers(ctx, tx, r, events, m.at); err != nil {
		return Done{}, err
	}
	done := Done{Request: r.Request, Made: m.made}
	if command.ID == "" {
		return done, nil
	}
	return done, tx.ApplyCommand(ctx, command.ID, m.made, m.at)
}

// issueGrants writes the access rights that this move granted, in the same
// transaction; they are inactive until provisioned. Articles 26(2), 27(2).
func (a *ShareRequests) issueGrants(ctx context.Context, tx store.Tx, before sharing.Request, r store.ShareRequest, m sharing.Move) error {
	for _, path := range sharing.GrantPaths() {
		items := r.GrantedItems(path)
		if len(items) == 0 || len(before.GrantedItems(path)) > 0 {
			continue
		}
		term, err := m.Pack.Find(deadline.ShareProvision, r.Government, today(m.At))
		if err != nil {
			return err
		}
		g := store.Grant{
			ID: sharing.GrantID(r.ID, path), RequestID: r.ID, EntryID: r.EntryID, AgencyID: string(r.Requester),
			ProviderID: string(r.Provider), Path: string(path), Status: string(sharing.Provisioning),
			Mode: string(r.Words.Mode), System: r.Words.System, Purpose: r.Words.Purpose,
			Items: store.EncodeStrings(items), Conditions: "[]", GrantedAt: m.At,
			ProvisionDueAt: term.Start(m.Pack.Calendar, m.At).DueAt, Until: string(r.Until),
		}
		if err := a.completeGrant(ctx, tx, r, path, &g); err != nil {
			return err
		}
		if err := tx.InsertGrant(ctx, g); err != nil {
			return err
		}
	}
	return nil
}

func (a *ShareRequests) completeGrant(ctx context.Context, tx store.Tx, r store.ShareRequest, path sharing.Path, g *store.Grant) error {
	switch path {
	case sharing.ByScenario: // the scenario's version is part of the grant; its purpose binds (27)
		scenario, err := tx.Scenario(ctx, r.Words.ScenarioID)
		if err != nil {
			return err
		}
		g.ScenarioID, g.ScenarioVersion, g.Purpose = scenario.ID, r.Words.ScenarioVersion, scenario.Purpose
	case sharing.ByReview:
		opinions, err := tx.Opinions(ctx, r.ID)
		if err != nil {
			return err
		}
		conditions, err := sideConditions(opinions)
		if err != nil {
			return err
		}
		g.Conditions = store.EncodeConditions(conditions)
	case sharing.ByLaw, sharing.Barred:
	}
	return nil
}

// GrantAgreed writes the grants of an approved request; running it again on a
// request that has moved on only returns the case. Article 26(2).
func (a *ShareRequests) GrantAgreed(ctx context.Context, id string) (Done, error) {
	done, err := a.done(ctx, id, "")
	if err != nil || done.Request.Status != sharing.Approved {
		return done, err
	}
	return a.own(ctx, id, "law", func(_ context.Context, _ store.Tx, m sharing.Move, r *store.ShareRequest, _ store.Command) ([]audit.Event, string, error) {
		events, err := r.Grant(m.At)
		return events, "", err
	})
}

// Alarm is a clock of a case that the engine saw come due.
type Alarm struct {
	CaseID string `json:"caseId"`
	// At is the engine's instant; the later of it and the record's counts.
	At time.Time `json:"at"`
}

// Ring records reminders and passed terms of a case and copies a passed term
// to the heads concerned. It decides nothing (correction 9 of the
// requirements); when nothing is due it writes nothing.
func (a *ShareRequests) Ring(ctx context.Context, in Alarm) (Done, error) {
	done, err := a.done(ctx, in.CaseID, "")
	if err != nil {
		return Done{}, err
	}
	at := a.at()
	if in.At.After(at) {
		at = in.At.UTC().Truncate(time.Microsecond)
	}
	if seen := done.Request.Clone(); len(seen.Ring(at)) == 0 {
		return done, nil
	}
	return a.own(ctx, in.CaseID, "clock", func(ctx context.Context, tx store.Tx, m sharing.Move, r *store.ShareRequest, _ store.Command) ([]audit.Event, string, error) {
		overdue := overdueClocks(r.Request)
		events := r.Ring(at)
		if overdueClocks(r.Request) == overdue {
			return events, "", nil
		}
		return events, "", copyHeads(ctx, tx, *r, m.At)
	})
}

func overdueClocks(r sharing.Request) int {
	n := 0
	for _, c := range r.Clocks {
		if !c.OverdueAt.IsZero() {
			n++
		}
	}
	return n
}

// copyHeads tells the commission's and the provider's heads that a term has passed.
func copyHeads(ctx context.Context, tx store.Tx, r store.ShareRequest, at time.Time) error {
	for _, s := range []struct {
		agency agency.ID
		role   agency.Role
	}{{r.Commission, agency.CommissionHead}, {r.Provider, agency.Head}} {
		people, err := tx.Holders(ctx, s.agency, s.role)
		if err != nil {
			return err
		}
		if err := tx.InsertTask(ctx, copyFor(r, "overdue", s.agency, s.role, at), store.Holding(people)); err != nil {
			return err
		}
	}
	return nil
}
