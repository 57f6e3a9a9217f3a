package sharing

import (
	"time"

	"datagov/domain/agency"
	"datagov/domain/audit"
	"datagov/domain/casework"
	"datagov/domain/catalog"
	"datagov/domain/deadline"
	"datagov/domain/fault"
	"datagov/domain/law"
	"datagov/domain/workday"
)

// Submission is everything a new request is made from.
type Submission struct {
	ID         string
	Entry      catalog.Entry
	File       File
	Scenario   *Scenario
	Requester  agency.ID
	Commission agency.ID // the seat that reviews; see [Seating]
	By         agency.Actor
	At         time.Time
}

// Seating names who holds the commission's seat. When the commission itself
// asks, the seat goes to whom the district government names; the text is
// silent, so this is 本区设定.
type Seating struct {
	Commission agency.ID
	Substitute agency.ID
}

// Holds says whether the agency can hold the commission's seat.
func (s Seating) Holds(id agency.ID) bool { return id == s.Commission || id == s.Substitute }

// For gives the seat for a requester; a conflict when no substitute is named.
func (s Seating) For(requester agency.ID) (agency.ID, error) {
	if requester != s.Commission {
		return s.Commission, nil
	}
	if s.Substitute == "" || s.Substitute == requester {
		return "", fault.New(fault.Conflict, "主管部门自己申请时须由区政府指定的机构审核，目前尚未指定")
	}
	return s.Substitute, nil
}

// Submit opens a request in sign-off. It refuses a wrong file (form), a wrong
// item or an own entry (form), copy mode and a wholly barred request (law).
// Articles 24, 26, 27.
func Submit(s Submission, pack deadline.Pack) (Request, []Routed, []audit.Event, error) {
	today := workday.DayOf(s.At)
	if err := casework.Human(s.By); err != nil {
		return Request{}, nil, nil, err
	}
	if err := s.File.Check(today); err != nil {
		return Request{}, nil, nil, err
	}
	routed, err := Route(s.Entry, s.File.Items, s.Requester, s.File.Mode, s.Scenario, today)
	if err != nil {
		return Request{}, nil, nil, err
	}
	if err := AllBarred(s.Entry, routed); err != nil {
		return Request{}, nil, nil, err
	}
	r := Request{
		ID: s.ID, EntryID: s.Entry.ID, Requester: s.Requester, Provider: s.Entry.Provider.ID,
		Commission: s.Commission, Government: s.Entry.Provider.Kind == agency.Government,
		Status: SignOff, Rules: pack.Version, Until: workday.Day(s.File.Until),
		SubmittedBy: s.By.Account, SubmittedAt: s.At, Drafters: drafted(nil, s.By),
		Acts: casework.Remember(nil, s.By, casework.Applicant),
	}
	events := []audit.Event{event("submitted", law.Measure("26"), "经办拟稿，提交负责人审签")}
	for _, p := range routed {
		part := Part{Item: p.Item.ID, Path: p.Path, Status: PartPending}
		if p.Path == Barred {
			part.Status = PartBarred
		}
		r.Parts = append(r.Parts, part)
	}
	if n := r.count(PartBarred); n > 0 {
		events = append(events, byLaw("barred", law.Measure("26"), n, "个数据项属非共享类，依法止步，不进入审核"))
	}
	return r, routed, events, r.start(pack, deadline.ShareSignOff, s.At)
}

// start begins the newest term of the code for this case.
func (r *Request) start(pack deadline.Pack, code string, at time.Time) error {
	term, err := pack.Find(code, r.Government, workday.DayOf(at))
	if err != nil {
		return err
	}
	r.Clocks = append(r.Clocks, term.Start(pack.Calendar, at))
	return nil
}

func (r *Request) stop(code string, at time.Time, reason string) {
	if c := r.Clock(code); c != nil {
		c.Stop(at, reason)
	}
}

func (r *Request) count(status PartStatus) int {
	n := 0
	for _, p := range r.Parts {
		if p.Status == status {
			n++
		}
	}
	return n
}
