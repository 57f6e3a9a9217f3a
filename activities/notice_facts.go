package activities

import (
	"context"
	"slices"
	"strings"

	"datagov/domain/agency"
	"datagov/domain/casework"
	"datagov/domain/deadline"
	"datagov/domain/law"
	"datagov/domain/notice"
	"datagov/domain/sharing"
	"datagov/domain/workday"
	"datagov/store"
)

// facts are what the words of an event's notice need besides the case.
func (o *outbox) facts(ctx context.Context, kind notice.Kind, event string) (f notice.Facts, err error) {
	r, w := o.request, o.request.Words
	switch kind {
	case notice.Returned:
		f.Reason = w.ReturnReason
	case notice.Supplement:
		f.Reason, f.Last = strings.Join(w.Missing, "；"), lastDay(r.Clock(deadline.ShareSupplement))
	case notice.Refused, notice.Disputed:
		f.Reason, err = o.refusals(ctx)
	case notice.Granted:
		f.Last = r.Until
		f.Reason, err = o.conditions(ctx, event)
	case notice.Extended:
		f.Reason, f.Last = w.ExtensionReason, lastDay(r.Clock(deadline.ShareJointDecision))
	case notice.ExtensionDeclined:
		f.Reason = w.DecisionReason
	case notice.Reminded, notice.Late, notice.Overdue:
		titles := []string{}
		for _, c := range r.Rung(event) {
			titles = append(titles, "“"+c.Title+"”")
		}
		f.Reason = strings.Join(titles, "、")
	case notice.TermChanged:
		f.Reason, f.Last = sharing.EventTitle(event), lastDay(r.Leading())
	case notice.Todo, notice.Copied, notice.Withdrawn, notice.Urged, notice.Advised, notice.Followed:
	}
	return f, err
}

func lastDay(c *deadline.Clock) workday.Day {
	if c == nil {
		return ""
	}
	return c.LastDay
}

// refusals are the reasons and grounds of the sides that refused. TL 21.
func (o *outbox) refusals(ctx context.Context) (string, error) {
	opinions, err := o.tx.Opinions(ctx, o.request.ID)
	if err != nil {
		return "", err
	}
	grounds, err := o.tx.GroundsOf(ctx, opinions)
	if err != nil {
		return "", err
	}
	var sides []string
	for _, opinion := range opinions {
		if opinion.Status() != casework.Signed || casework.Outcome(opinion.Outcome) != casework.Refusal {
			continue
		}
		sides = append(sides, sharing.SideTitle(casework.Side(opinion.Side))+"："+opinion.Reason+cited(grounds[opinion.ID]))
	}
	return strings.Join(sides, "；"), nil
}

func cited(grounds []law.Claim) string {
	list := make([]string, 0, len(grounds))
	for _, g := range grounds {
		list = append(list, "《"+strings.Trim(g.Title, "《》")+"》"+g.Article)
	}
	return "（依据：" + strings.Join(list, "、") + "）"
}

// conditions are those that bind a grant after review. Article 26(2).
func (o *outbox) conditions(ctx context.Context, event string) (string, error) {
	if event != "share_request.granted" {
		return "", nil
	}
	opinions, err := o.tx.Opinions(ctx, o.request.ID)
	if err != nil {
		return "", err
	}
	all, err := sideConditions(opinions)
	if err != nil || len(all) == 0 {
		return "", err
	}
	texts := make([]string, 0, len(all))
	for _, c := range all {
		texts = append(texts, c.Text)
	}
	return "附条件：" + strings.Join(texts, "；"), nil
}

// group lists the people of a group.
func (o *outbox) group(ctx context.Context, g notice.Group, event string) ([]store.Recipient, error) {
	switch g {
	case notice.Requesters:
		return o.requesters(ctx)
	case notice.Consulter:
		return o.tx.RecipientsOf(ctx, o.consulter())
	case notice.Asker:
		return o.tx.RecipientsOf(ctx, []string{o.request.Words.AskedBy})
	case notice.Reviewers:
		var accounts []string
		for _, a := range o.request.Acts {
			if a.Side != casework.Applicant {
				accounts = append(accounts, a.Account)
			}
		}
		return o.tx.RecipientsOf(ctx, accounts)
	case notice.Assignees, notice.Superiors:
		return o.overTasks(ctx, g, event)
	}
	return nil, nil
}

// consulter is who asked for the advice that came back.
func (o *outbox) consulter() []string {
	for _, t := range o.request.Desk {
		for _, c := range t.Consultations {
			if o.order != nil && c.ID == o.order.Consultation {
				return []string{c.AskedBy}
			}
		}
	}
	return nil
}

// requesters are the clerks who drafted and the head who signed; when none of
// them is left, all clerks and heads of the agency.
func (o *outbox) requesters(ctx context.Context) ([]store.Recipient, error) {
	people, err := o.tx.RecipientsOf(ctx, append(slices.Clone(o.request.Drafters), o.request.SignedBy))
	if err != nil || len(people) > 0 {
		return people, err
	}
	for _, role := range []agency.Role{agency.Clerk, agency.Head} {
		holders, err := o.tx.RecipientsOfSeat(ctx, o.request.Requester, role)
		if err != nil {
			return nil, err
		}
		people = append(people, holders...)
	}
	return people, nil
}

// overTasks are those who sit in the tasks whose clocks rang, or over them.
func (o *outbox) overTasks(ctx context.Context, g notice.Group, event string) ([]store.Recipient, error) {
	open, err := o.tx.OpenTasks(ctx, o.request.ID)
	if err != nil {
		return nil, err
	}
	if o.order != nil { // an order is about one task
		open = slices.DeleteFunc(open, func(t store.Task) bool { return t.ID != o.order.Task })
	}
	var people []store.Recipient
	for _, t := range ringing(open, o.request.Rung(event)) {
		if g == notice.Superiors {
			of, role := o.superior(t)
			over, err := o.tx.RecipientsOfSeat(ctx, agency.ID(of), agency.Role(role))
			if err != nil {
				return nil, err
			}
			people = append(people, over...)
			continue
		}
		seated, err := o.tx.RecipientsOfTask(ctx, t)
		if err != nil {
			return nil, err
		}
		people = append(people, seated...)
	}
	return people, nil
}

// ringing are the tasks that show one of the clocks, or all when none does.
func ringing(open []store.Task, rung []deadline.Clock) []store.Task {
	var hit []store.Task
	for _, t := range open {
		if slices.ContainsFunc(rung, func(c deadline.Clock) bool { return string(c.LastDay) == t.LastDay }) {
			hit = append(hit, t)
		}
	}
	if len(hit) == 0 {
		return open
	}
	return hit
}

// superior is the seat over a task: the head over the clerk, the commission's
// head over the heads.
func (o *outbox) superior(t store.Task) (agencyID, role string) {
	switch agency.Role(t.Role) {
	case agency.Clerk:
		return t.AgencyID, string(agency.Head)
	case agency.CommissionOfficer:
		return t.AgencyID, string(agency.CommissionHead)
	case agency.Head, agency.CommissionHead, agency.DataCenter, agency.Supervisor, agency.Auditor, agency.Administrator:
	}
	return string(o.request.Commission), string(agency.CommissionHead)
}
