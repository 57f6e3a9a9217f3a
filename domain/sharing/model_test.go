package sharing_test

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"datagov/domain/agency"
	"datagov/domain/audit"
	"datagov/domain/casework"
	"datagov/domain/deadline"
	"datagov/domain/fault"
	"datagov/domain/sharing"
)

// model drives one request with random acts of random people at random times.
type model struct {
	r      sharing.Request
	at     time.Time
	events int
	// spoken is what each opinion said when it was written.
	spoken map[string]casework.Opinion
	// mode is how the seats of signatures are set; nil leaves the case without a desk.
	mode func() casework.Mode
}

// crowd has people of every agency, and some who hold more roles than they should.
var crowd = []agency.Actor{
	clerk, head, provider, providerHead, commission, commissionHead, stranger, agency.SystemActor("clock"),
	person("civil-3", "civil", agency.Clerk, agency.Head, agency.CommissionHead),
	person("health-3", "health", agency.Clerk, agency.Head, agency.CommissionOfficer),
	person("commission-3", "commission", agency.Clerk, agency.Head, agency.CommissionOfficer, agency.CommissionHead),
	inPlace("civil-3", head), inPlace("health-3", providerHead), inPlace("commission-3", commissionHead),
}

// TestRandomActsKeepTheLaw: whoever does whatever in any order, after every
// move the request keeps what Articles 25–27 promise.
func TestRandomActsKeepTheLaw(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := open(t)
		m.keepsTheLaw(t, sharing.Request{})
		for range rapid.IntRange(1, 40).Draw(t, "acts") {
			before := m.r.Clone()
			m.at = m.at.Add(time.Duration(rapid.IntRange(0, 100).Draw(t, "hours")) * time.Hour)
			m.act(t, before)
			if m.mode != nil {
				m.keepsTheDesk(t, before)
				seat(&m.r, m.at, m.mode)
			}
			m.keepsTheLaw(t, before)
		}
	})
}

func open(t *rapid.T) *model {
	items := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"free", "held", "held-2", "barred", "open"}), 1, 5, rapid.ID[string]).Draw(t, "items")
	s := submission(items...)
	if rapid.Bool().Draw(t, "scenario") {
		s.Scenario = scenario()
	}
	if rapid.Bool().Draw(t, "the commission provides") {
		s.Entry.Provider.ID = "commission"
	}
	r, _, _, err := sharing.Submit(s, pack())
	if err != nil {
		t.Skip("stopped by law")
	}
	m := &model{r: r, at: now, spoken: map[string]casework.Opinion{}}
	if rapid.Bool().Draw(t, "desk") {
		modes := []casework.Mode{casework.AnyOne, casework.Everyone, casework.InTurn}
		m.mode = func() casework.Mode { return rapid.SampledFrom(modes).Draw(t, "mode") }
		seat(&m.r, m.at, m.mode)
	}
	return m
}

// act lets somebody try something. What is refused changes nothing.
func (m *model) act(t *rapid.T, before sharing.Request) {
	who := rapid.SampledFrom(crowd).Draw(t, "who")
	move := sharing.Move{By: who, At: m.at, Pack: pack()}
	id, side := "", rapid.SampledFrom([]casework.Side{casework.Provider, casework.Commission, casework.Applicant}).Draw(t, "side")
	if n := len(m.r.Opinions); n > 0 {
		id = m.r.Opinions[rapid.IntRange(0, n-1).Draw(t, "opinion")].ID
	}
	acts := map[string]func() ([]audit.Event, error){
		"sign":       func() ([]audit.Event, error) { return m.r.Sign(move) },
		"return":     func() ([]audit.Event, error) { return m.r.Return(move, "退回") },
		"revise":     func() ([]audit.Event, error) { return m.r.Revise(move) },
		"complete":   func() ([]audit.Event, error) { return m.r.Complete(move) },
		"notify":     func() ([]audit.Event, error) { return m.r.Notify(move, []string{"授权书"}) },
		"supply":     func() ([]audit.Event, error) { return m.r.Supply(move) },
		"draft":      func() ([]audit.Event, error) { return m.draft(t, move, side) },
		"sign paper": func() ([]audit.Event, error) { return m.r.SignOpinion(move, id) },
		"send back":  func() ([]audit.Event, error) { return m.r.ReturnOpinion(move, id, "退回") },
		"ask":        func() ([]audit.Event, error) { return m.r.AskExtension(move, "原因") },
		"extend":     func() ([]audit.Event, error) { return m.r.DecideExtension(move, who.Account != "commission-2") },
		"withdraw":   func() ([]audit.Event, error) { return m.r.Withdraw(move) },
		"suspend":    func() ([]audit.Event, error) { return m.r.Suspend(move, "third_party") },
		"resume":     func() ([]audit.Event, error) { return m.r.Resume(move) },
		"move rules": func() ([]audit.Event, error) {
			return m.r.MoveRules(sharing.Move{By: who, At: m.at, Pack: renamed(pack(), "next")}, sharing.RulesWords{Version: "next", Reason: "理由"})
		},
		"order": func() ([]audit.Event, error) { return m.order(t, move) },
		"grant": func() ([]audit.Event, error) { return m.r.Grant(m.at) },
		"ring":  func() ([]audit.Event, error) { return m.r.Ring(m.at), nil },
	}
	likely := []string{"sign", "complete", "draft", "draft", "sign paper", "sign paper", "grant"} // so that cases come to an end
	names := append([]string{"return", "revise", "notify", "supply", "send back", "ask", "extend", "withdraw", "ring", "suspend", "resume", "move rules", "order", "order"}, likely...)
	name := rapid.SampledFrom(names).Draw(t, "act")
	events, err := acts[name]()
	if err != nil {
		if fault.As(err) == nil {
			t.Fatalf("%s by %s: trouble: %v", name, who.Account, err)
		}
		if !reflect.DeepEqual(before, m.r) {
			t.Fatalf("%s by %s was refused (%v) and changed the case", name, who.Account, err)
		}
		return
	}
	if len(events) == 0 && !reflect.DeepEqual(before, m.r) {
		t.Fatalf("%s changed the case without an event", name)
	}
	if who.Kind == agency.System && name != "ring" && name != "grant" {
		t.Fatalf("a machine could %s", name)
	}
	m.events += len(events)
}

func (m *model) draft(t *rapid.T, move sharing.Move, side casework.Side) ([]audit.Event, error) {
	outcome := rapid.SampledFrom([]casework.Outcome{casework.Agree, casework.AgreeWithConditions, casework.Refusal, casework.Refusal}).Draw(t, "outcome")
	var items []string
	if review := m.r.UnderReview(); outcome == casework.Refusal && len(review) > 0 && rapid.Bool().Draw(t, "narrow") {
		items = []string{rapid.SampledFrom(review).Draw(t, "item")}
	}
	id := "opinion-" + string(rune('a'+len(m.r.Opinions)))
	events, err := m.r.Write(move, id, side, verdict(t, outcome, items...))
	if err == nil {
		m.spoken[id] = m.r.Opinions[len(m.r.Opinions)-1]
	}
	return events, err
}

func (m *model) keepsTheLaw(t *rapid.T, before sharing.Request) {
	m.partsFollowOpinions(t, before)
	m.peopleStayApart(t)
	m.papersStay(t, before)
	for _, c := range m.r.Clocks {
		if m.r.Status.Closed() && c.StoppedAt.IsZero() {
			t.Fatalf("%s, and the clock %s runs", m.r.Status, c.Code)
		}
		if c.Running() && c.DueAt.Before(c.StartedAt) {
			t.Fatalf("the clock %s is due before it started", c.Code)
		}
	}
	if m.r.Status.Closed() != !m.r.ClosedAt.IsZero() {
		t.Fatalf("%s, closed at %s", m.r.Status, m.r.ClosedAt)
	}
	if before.Status.Closed() && !reflect.DeepEqual(before, m.r) {
		t.Fatalf("a closed case changed: %s → %s", before.Status, m.r.Status)
	}
	if seats := sharing.Seats(m.r); (m.r.Status.Closed() || m.r.Status == sharing.Approved) && len(seats) > 0 {
		t.Fatalf("%s waits for %v", m.r.Status, seats)
	}
	if len(m.r.UnderReview()) == 0 && slices.Contains([]sharing.Status{
		sharing.FormCheck, sharing.Supplement, sharing.JointReview, sharing.Approved, sharing.Refused, sharing.Disputed,
	}, m.r.Status) {
		t.Fatalf("nothing is under review, and the case is in %s", m.r.Status)
	}
}

// Articles 25, 26: no part is refused without two signed refusals of it, none
// under review is granted without two signed agreements, none barred ever moves.
func (m *model) partsFollowOpinions(t *rapid.T, before sharing.Request) {
	for i, p := range m.r.Parts {
		signed := map[casework.Side]casework.Outcome{}
		for _, o := range m.r.Opinions {
			if o.Status == casework.Signed {
				signed[o.Side] = o.On(p.Item)
			}
		}
		refusals, agreements := 0, 0
		for _, outcome := range signed {
			if outcome == casework.Refusal {
				refusals++
			} else {
				agreements++
			}
		}
		if p.Status == sharing.PartRefused && refusals != 2 {
			t.Fatalf("%s is refused by %d signed refusals", p.Item, refusals)
		}
		if p.Path == sharing.ByReview && (p.Status == sharing.PartGranted || p.Status == sharing.PartAgreed) && agreements != 2 {
			t.Fatalf("%s is granted by %d signed agreements", p.Item, agreements)
		}
		if (p.Path == sharing.Barred) != (p.Status == sharing.PartBarred) {
			t.Fatalf("%s on the path %s is %s", p.Item, p.Path, p.Status)
		}
		if (p.Path == sharing.ByLaw || p.Path == sharing.ByScenario) && (p.Status == sharing.PartGranted) != (m.r.SignedBy != "") {
			t.Fatalf("%s on the path %s is %s; signed by %q", p.Item, p.Path, p.Status, m.r.SignedBy)
		}
		if before.ID != "" && (before.Parts[i].Status == sharing.PartGranted || before.Parts[i].Status == sharing.PartRefused) && p != before.Parts[i] {
			t.Fatalf("%s was %s and is %s", p.Item, before.Parts[i].Status, p.Status)
		}
	}
}

// Nobody acts on two sides, signs his own paper, or reviews his own agency's request.
func (m *model) peopleStayApart(t *rapid.T) {
	side := map[string]casework.Side{}
	for _, a := range m.r.Acts {
		if was, ok := side[a.Account]; ok && was != a.Side {
			t.Fatalf("%s acted for the %s and for the %s", a.Account, was, a.Side)
		}
		side[a.Account] = a.Side
		who := crowd[slices.IndexFunc(crowd, func(p agency.Actor) bool { return p.Account == a.Account })]
		if who.Kind != agency.Human || (who.Agency == m.r.Requester) != (a.Side == casework.Applicant) {
			t.Fatalf("%s of %s acted for the %s", a.Account, who.Agency, a.Side)
		}
	}
	if m.r.SignedBy != "" && m.r.SignedBy == m.r.SubmittedBy {
		t.Fatalf("%s signed his own request", m.r.SignedBy)
	}
	for _, o := range m.r.Opinions {
		if o.SignedBy == o.DraftedBy || (o.SignedBy != "") != (o.Status == casework.Signed) {
			t.Fatalf("opinion %+v", o)
		}
	}
}

// Papers are only added, keep what they said, and each side has one that lives.
func (m *model) papersStay(t *rapid.T, before sharing.Request) {
	live := map[casework.Side]int{}
	for i, o := range m.r.Opinions {
		said := m.spoken[o.ID]
		if o.Outcome != said.Outcome || o.Side != said.Side || o.DraftedBy != said.DraftedBy || !slices.Equal(o.Items, said.Items) {
			t.Fatalf("opinion %s changed what it said", o.ID)
		}
		if i < len(before.Opinions) && before.Opinions[i].Status != casework.Drafted && before.Opinions[i].Status != o.Status {
			t.Fatalf("opinion %s was %s and is %s", o.ID, before.Opinions[i].Status, o.Status)
		}
		if o.Status != casework.Returned {
			live[o.Side]++
		}
	}
	if live[casework.Provider] > 1 || live[casework.Commission] > 1 || len(m.r.Opinions) < len(before.Opinions) {
		t.Fatalf("opinions %+v", m.r.Opinions)
	}
	if len(m.r.Clocks) < len(before.Clocks) || m.r.Clock(deadline.ShareSignOff) == nil {
		t.Fatal("a clock was lost")
	}
}
