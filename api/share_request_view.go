package api

import (
	"context"
	"slices"
	"strings"
	"time"

	"datagov/domain/agency"
	"datagov/domain/casework"
	"datagov/domain/catalog"
	"datagov/domain/deadline"
	"datagov/domain/law"
	"datagov/domain/sharing"
	"datagov/domain/workday"
	"datagov/internal/identity"
	"datagov/store"
)

// showCase reads everything a page shows of a case, from the record alone.
func (s *Server) showCase(ctx context.Context, id string) (*caseOutput, error) {
	m := &material{server: s, now: s.Now(), actor: identity.ActorOf(ctx)}
	if err := m.read(ctx, id); err != nil {
		return nil, err
	}
	v, err := m.view(ctx)
	return &caseOutput{v}, err
}

// material is what the record holds of one case, gathered for one answer.
type material struct {
	server   *Server
	now      time.Time
	actor    agency.Actor
	r        store.ShareRequest
	entry    store.CatalogEntry
	parts    []store.Part
	opinions []store.Opinion
	claims   map[string][]law.Claim // grounds by opinion
	grants   []store.Grant
	events   []eventView
	calendar workday.Calendar
	names    map[string]string // of accounts
	agencies map[string]string
	receipts receipts
	asOf     time.Time // zero when the case is shown as it stands
}

// eventsShown bounds the timeline of one answer; the rest is at /cases/{id}/events.
const eventsShown = 200

func (m *material) read(ctx context.Context, id string) (err error) {
	db := m.server.store
	if m.r, err = db.ShareRequest(ctx, id); err != nil {
		return err
	}
	if m.entry, err = db.CatalogEntry(ctx, m.r.EntryID); err != nil {
		return err
	}
	if m.parts, err = db.Parts(ctx, id); err != nil {
		return err
	}
	if m.opinions, err = db.Opinions(ctx, id); err != nil {
		return err
	}
	if m.claims, err = db.GroundsOf(ctx, m.opinions); err != nil {
		return err
	}
	if m.grants, err = db.Grants(ctx, store.GrantFilter{RequestID: id, Limit: 10}); err != nil {
		return err
	}
	if m.calendar, err = db.Calendar(ctx); err != nil {
		return err
	}
	events, err := db.Events(ctx, m.r.Stream(), 0, eventsShown)
	if err != nil {
		return err
	}
	if m.events, err = m.server.eventViews(ctx, events); err != nil {
		return err
	}
	if m.receipts, err = m.server.receipts(ctx, m.r); err != nil {
		return err
	}
	return m.readNames(ctx)
}

func (m *material) readNames(ctx context.Context) (err error) {
	people := []string{m.r.SubmittedBy, m.r.SignedBy, m.r.Words.AskedBy, m.r.Words.DecidedBy}
	for _, o := range m.opinions {
		people = append(people, o.DraftedBy, o.SignedBy)
	}
	if m.names, err = m.server.store.AccountNames(ctx, people); err != nil {
		return err
	}
	m.agencies, err = m.server.store.AgencyNames(ctx, []string{string(m.r.Requester), string(m.r.Provider), string(m.r.Commission)})
	return err
}

func (m *material) agency(id agency.ID) refView { return refView{string(id), m.agencies[string(id)]} }

func (m *material) view(ctx context.Context) (caseView, error) {
	r, w := m.r, m.r.Words
	v := caseView{
		ID: r.ID, Kind: "share_request", Title: w.Title, Status: string(r.Status),
		Entry:     entryRefView{m.entry.ID, m.entry.Code, m.entry.Name},
		Requester: m.agency(r.Requester), Provider: m.agency(r.Provider), Commission: m.agency(r.Commission),
		Purpose: w.Purpose, Basis: w.Basis, Mode: string(w.Mode), System: w.System, Until: string(r.Until),
		SubmittedBy: r.SubmittedBy, SubmittedByName: m.names[r.SubmittedBy], SubmittedAt: r.SubmittedAt,
		SignedBy: r.SignedBy, SignedByName: m.names[r.SignedBy], SignedAt: moment(r.SignedAt),
		Events: m.events, Clocks: []clockView{}, Grants: []grantView{}, Verbs: []verbView{},
	}
	v.WithdrawReason = w.WithdrawReason
	v.SignOff.Returned, v.SignOff.Reason = r.Returned, w.ReturnReason
	m.viewClocks(&v)
	v.Steps, v.Supplement, v.Extension = m.steps(), m.supplement(), m.extension()
	if err := m.viewRows(ctx, &v); err != nil {
		return v, err
	}
	var err error
	if v.CaseReceipt, err = m.receipt(ctx); err != nil || !m.asOf.IsZero() {
		return v, err
	}
	if v.Waiting, err = m.waiting(ctx); err != nil {
		return v, err
	}
	if v.Followed, err = m.followed(ctx); err != nil {
		return v, err
	}
	v.Verbs, err = m.verbs(v.Followed)
	return v, err
}

// viewRows adds what stands in rows of its own.
func (m *material) viewRows(ctx context.Context, v *caseView) (err error) {
	if v.Scenario, err = m.scenario(ctx); err != nil {
		return err
	}
	if v.Parts, err = m.partViews(); err != nil {
		return err
	}
	if v.Opinions, err = m.opinionViews(); err != nil {
		return err
	}
	if v.Grants, err = m.server.grantViews(ctx, m.grants); err != nil {
		return err
	}
	if v.Papers, err = m.papers(ctx); err != nil {
		return err
	}
	if v.Attachments, err = m.server.attachmentViews(ctx, m.r.ID); err != nil {
		return err
	}
	v.Pack, err = m.pack(ctx)
	return err
}

func (m *material) viewClocks(v *caseView) {
	for _, c := range m.r.Clocks {
		v.Clocks = append(v.Clocks, clockOf(c, m.calendar, m.now))
	}
	if c := m.r.Leading(); c != nil {
		leading := clockOf(*c, m.calendar, m.now)
		v.Clock = &leading
	}
	if due := m.r.Due(); !due.IsZero() {
		v.DueAt, v.Overdue = moment(due), !m.now.Before(due)
	}
}

func (m *material) steps() []stepView {
	views := []stepView{}
	for _, step := range sharing.Steps(m.r.Request) {
		v := stepView{
			Key: step.Key, Title: step.Title, Article: citationOf(step.Citation), State: string(step.State),
			Who: m.agencies[string(step.Seat)], DueAt: moment(step.DueAt),
		}
		switch step.Key {
		case "draft":
			v.At = moment(m.r.SubmittedAt)
		case "sign_off":
			v.At = moment(m.r.SignedAt)
		case "form_check":
			v.At = m.stopped(deadline.ShareFormCheck, step)
		case "joint_review": // two offices at once
			v.Who = m.agencies[string(m.r.Provider)] + "、" + v.Who
			v.At = m.stopped(deadline.ShareJointDecision, step)
		case "supplement":
			v.At = moment(m.r.Words.SuppliedAt)
		case "answer":
			v.At = moment(m.r.ClosedAt)
		}
		views = append(views, v)
	}
	return views
}

// stopped is when the clock of a step that is done stopped.
func (m *material) stopped(code string, step sharing.Step) *time.Time {
	if c := m.r.Clock(code); c != nil && step.State == sharing.StepDone {
		return moment(c.StoppedAt)
	}
	return nil
}

func (m *material) supplement() *supplementView {
	w := m.r.Words
	if !m.r.Noticed {
		return nil
	}
	return &supplementView{append([]string{}, w.Missing...), w.NoticedAt, moment(w.SuppliedAt), w.SupplyNote}
}

func (m *material) extension() *extensionView {
	w := m.r.Words
	if m.r.Extension == "" {
		return nil
	}
	return &extensionView{
		string(m.r.Extension), w.ExtensionReason, m.names[w.AskedBy], moment(w.AskedAt),
		m.names[w.DecidedBy], moment(w.DecidedAt), w.DecisionReason,
	}
}

func (m *material) scenario(ctx context.Context) (*versionRefView, error) {
	if m.r.Words.ScenarioID == "" {
		return nil, nil
	}
	row, err := m.server.store.Scenario(ctx, m.r.Words.ScenarioID)
	return &versionRefView{row.ID, row.Name, m.r.Words.ScenarioVersion}, err
}

func (m *material) partViews() ([]partView, error) {
	views := []partView{}
	for _, p := range m.parts {
		grounds, err := groundsOf(p.Grounds, string(catalog.NotShared))
		if err != nil {
			return nil, err
		}
		v := partView{p.ItemID, p.ItemName, p.Level, p.Path, p.Status, p.Reason, grounds}
		if p.Status == string(sharing.PartRefused) {
			v.Reason, v.Grounds = "双方均依法不同意共享", m.refusing(p.ItemID)
		}
		views = append(views, v)
	}
	return views, nil
}

// verbs lists what this person may do now: the facts allow it and a role does.
func (m *material) verbs(followed bool) ([]verbView, error) {
	views := []verbView{}
	useless := string(casework.Unfollow)
	if followed {
		useless = string(casework.Follow)
	}
	for _, verb := range sharing.Verbs(m.r.Request, m.actor, m.now) {
		if verb.Key == useless {
			continue
		}
		ok, err := m.server.rbac.Allow(m.actor, verb.Object, verb.Action)
		if err != nil {
			return nil, err
		}
		if ok {
			title := strings.ReplaceAll(verb.Title, "主管部门", m.agencies[string(m.r.Commission)]) // its name is data
			views = append(views, verbView{
				verb.Key, title, verb.OpinionID, string(verb.Side), citationOf(verb.Citation), verb.Next, verb.TaskID, verb.Clock,
			})
		}
	}
	return slices.Clip(views), nil
}
