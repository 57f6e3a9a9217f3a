package activities

import (
	"context"
	"slices"
	"time"

	"datagov/domain/agency"
	"datagov/domain/audit"
	"datagov/domain/casework"
	"datagov/domain/notice"
	"datagov/domain/sharing"
	"datagov/store"
)

// told is what a move left behind, as far as people are told of it.
type told struct {
	request store.ShareRequest
	before  []casework.Task // the desk before the move
	by      agency.Actor
	order   *casework.Order
	events  []audit.Event
	at      time.Time
}

// outbox gathers the notices of one move and what is to be sent of them.
type outbox struct {
	told

	tx         store.Tx
	hooks      []store.Webhook
	notices    []store.Notice
	deliveries []store.Delivery
	hooked     map[message]bool
}

// message is one thing that is told of the move, to whomever.
type message struct {
	kind        notice.Kind
	title, text string
}

// notify tells of a move in its own transaction: what happened to the case, who
// got a copy, and whose turn it is. It decides nothing. TL 21: reasons and
// extensions are told to the requester.
func notify(ctx context.Context, tx store.Tx, m told) error {
	hooks, err := tx.ActiveWebhooks(ctx)
	if err != nil {
		return err
	}
	o := &outbox{told: m, tx: tx, hooks: hooks, hooked: map[message]bool{}}
	for _, step := range []func(context.Context) error{o.tellEvents, o.tellCopies, o.tellTasks, o.tellFollowers} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	if err := tx.InsertNotices(ctx, o.notices); err != nil {
		return err
	}
	return tx.InsertDeliveries(ctx, o.deliveries)
}

// tellEvents tells the groups concerned, except who acted.
func (o *outbox) tellEvents(ctx context.Context) error {
	told := map[notice.Kind]bool{}
	for _, e := range o.events {
		kind, ok := notice.OfEvent(e.Name)
		if !ok || told[kind] {
			continue
		}
		told[kind] = true
		facts, err := o.facts(ctx, kind, e.Name)
		if err != nil {
			return err
		}
		m := o.message(kind, facts)
		for _, group := range kind.Audience() {
			people, err := o.group(ctx, group, e.Name)
			if err != nil {
				return err
			}
			for _, p := range people {
				if p.Account != o.by.Account {
					o.tell(p, m)
				}
			}
		}
	}
	return nil
}

// tellCopies tells whom the move sent a copy or asked for advice.
func (o *outbox) tellCopies(ctx context.Context) error {
	copies, err := o.tx.CopiesMade(ctx, o.request.ID, o.at)
	if err != nil {
		return err
	}
	for _, t := range copies {
		kind := notice.Copied
		if t.Kind == store.AdviceTask {
			kind = notice.Todo
		}
		m := o.message(kind, notice.Facts{Step: sharing.StepTitle(t.Step)})
		people, err := o.tx.RecipientsOfTask(ctx, t)
		if err != nil {
			return err
		}
		for _, p := range people {
			if !o.reached(p.Account) { // the event has told him already
				o.tell(p, m)
			}
		}
	}
	return nil
}

// tellTasks tells whose turn it is: those who were not waiting in the task
// before, unless an event has told them so already.
func (o *outbox) tellTasks(ctx context.Context) error {
	reached := map[string]bool{}
	for _, n := range o.notices {
		reached[n.AccountID] = true
	}
	seats := sharing.Seats(o.request.Request)
	for _, t := range o.request.Desk {
		facts := notice.Facts{Step: sharing.StepTitle(t.Step)}
		if i := slices.IndexFunc(seats, func(s casework.Seat) bool { return s.Step == t.Step }); i >= 0 {
			facts.Last = lastDay(o.request.Clock(seats[i].Clock))
		}
		waiting, err := o.tx.WithProxies(ctx, newcomers(casework.FindID(o.before, t.ID), t), o.at)
		if err != nil {
			return err
		}
		people, err := o.tx.RecipientsOf(ctx, waiting)
		if err != nil {
			return err
		}
		m := o.message(notice.Todo, facts)
		for _, p := range people {
			if !reached[p.Account] {
				o.tell(p, m)
			}
		}
	}
	return nil
}

// newcomers are those who wait in a task now and did not before.
func newcomers(before *casework.Task, now casework.Task) []string {
	accounts := []string{}
	for _, a := range now.Assignees {
		waited := before != nil && slices.ContainsFunc(before.Assignees, func(b casework.Assignee) bool {
			return b.Account == a.Account && b.State == casework.Waiting && b.AddedBy == a.AddedBy
		})
		if a.State == casework.Waiting && !waited {
			accounts = append(accounts, a.Account)
		}
	}
	return accounts
}

// tellFollowers tells those who watch the case that it went on, unless they
// have been told of this move already.
func (o *outbox) tellFollowers(ctx context.Context) error {
	news := slices.IndexFunc(o.events, func(e audit.Event) bool { return notice.IsProgress(e.Name) })
	if news < 0 {
		return nil
	}
	followers, err := o.tx.Followers(ctx, o.request.ID)
	if err != nil || len(followers) == 0 {
		return err
	}
	people, err := o.tx.RecipientsOf(ctx, followers)
	m := o.message(notice.Followed, notice.Facts{Step: sharing.EventTitle(o.events[news].Name)})
	for _, p := range people {
		if p.Account != o.by.Account && !o.reached(p.Account) {
			o.tell(p, m)
		}
	}
	return err
}

func (o *outbox) reached(account string) bool {
	return slices.ContainsFunc(o.notices, func(n store.Notice) bool { return n.AccountID == account })
}

// message writes the words and queues them for the webhooks that want them.
func (o *outbox) message(kind notice.Kind, facts notice.Facts) message {
	facts.Case = o.request.Words.Title
	m := message{kind: kind}
	m.title, m.text = notice.Write(kind, facts)
	if o.hooked[m] {
		return m
	}
	o.hooked[m] = true
	for _, w := range o.hooks {
		if w.Wants(string(kind)) {
			o.send(notice.Webhook, w.ID, m)
		}
	}
	return m
}

// tell puts a message on a person's page and on the channels he chose.
func (o *outbox) tell(p store.Recipient, m message) {
	n := store.Notice{
		ID: newID(), AccountID: p.Account, CaseID: o.request.ID, Kind: string(m.kind), Title: m.title, Text: m.text,
		Link: o.link(), At: o.at,
	}
	same := func(x store.Notice) bool { return x.AccountID == n.AccountID && x.Kind == n.Kind && x.Text == n.Text }
	if slices.ContainsFunc(o.notices, same) {
		return
	}
	o.notices = append(o.notices, n)
	for _, channel := range p.Channels {
		o.send(channel, p.Account, m)
	}
}

// send queues a message for a channel. Only e-mail carries the text: what
// leaves by other ways names the matter and the page where it is read.
func (o *outbox) send(channel notice.Channel, target string, m message) {
	text := ""
	if channel == notice.Email {
		text = m.text
	}
	o.deliveries = append(o.deliveries, store.Delivery{
		ID: newID(), Channel: string(channel), Target: target, CaseID: o.request.ID,
		Kind: string(m.kind), Title: m.title, Text: text, Link: o.link(), At: o.at,
	})
}

// link is where the page shows the case.
func (o *outbox) link() string { return "/share-requests/" + o.request.ID }
