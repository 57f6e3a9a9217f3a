package activities

import (
	"context"
	"slices"
	"time"

	"datagov/domain/agency"
	"datagov/domain/audit"
	"datagov/domain/notice"
	"datagov/domain/sharing"
	"datagov/store"
)

// moved is what a move left behind, as far as people are told of it.
type moved struct {
	request store.ShareRequest
	by      agency.Actor
	events  []audit.Event
	fresh   []store.Task // the tasks it opened
	at      time.Time
}

// outbox gathers the notices of one move and what is to be sent of them.
type outbox struct {
	moved

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
func notify(ctx context.Context, tx store.Tx, m moved) error {
	hooks, err := tx.ActiveWebhooks(ctx)
	if err != nil {
		return err
	}
	o := &outbox{moved: m, tx: tx, hooks: hooks, hooked: map[message]bool{}}
	for _, step := range []func(context.Context) error{o.tellEvents, o.tellCopies, o.tellTasks} {
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

// tellCopies tells whom the move sent a copy.
func (o *outbox) tellCopies(ctx context.Context) error {
	copies, err := o.tx.CopiesMade(ctx, o.request.ID, o.at)
	if err != nil {
		return err
	}
	for _, t := range copies {
		m := o.message(notice.Copied, notice.Facts{Step: sharing.StepTitle(t.Step)})
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

// tellTasks tells whose turn it is, unless the event has said so already.
func (o *outbox) tellTasks(ctx context.Context) error {
	reached := map[string]bool{}
	for _, n := range o.notices {
		reached[n.AccountID] = true
	}
	for _, t := range o.fresh {
		m := o.message(notice.Todo, notice.Facts{Step: sharing.StepTitle(t.Step), Last: day(t.LastDay)})
		people, err := o.tx.RecipientsOfTask(ctx, t)
		if err != nil {
			return err
		}
		for _, p := range people {
			if !reached[p.Account] {
				o.tell(p, m)
			}
		}
	}
	return nil
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
