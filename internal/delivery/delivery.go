// Package delivery carries notices out of the house: by mail, by signed
// webhooks, and by the ports of 政务微信 and SMS. Whatever waits in the outbox
// is sent at least once, in the order of its case, and under one identifier
// that stays the same over every try.
//
// Build a [Courier] with [New] and call [Courier.Round] again and again; any
// number of couriers may run on one record. A [Channel] sends one message and
// says in a [Failure] what a person may read about why it did not.
package delivery

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"datagov/domain/fault"
	"datagov/domain/notice"
	"datagov/store"
)

// Message is one delivery with the address it goes to.
type Message struct {
	// ID is the same over every try.
	ID                      string
	Kind, CaseID            string
	Title, Text, Link       string
	District                string
	At                      time.Time
	Address, Secret, Target string
}

// Channel sends one message and returns when the other side has taken it.
type Channel interface {
	Send(ctx context.Context, m Message) error
}

// Failure is why a message was not taken, in a sentence that shows nothing of
// the message, the address or the other side's words.
type Failure struct {
	Text string
	// Final says that trying again is no use.
	Final bool
	cause error
}

// Error gives the safe sentence.
func (f *Failure) Error() string { return f.Text }

// Unwrap gives what happened, which nobody is shown.
func (f *Failure) Unwrap() error { return f.cause }

// waits are the pauses between tries; after the last try a message is dead.
// All together it is tried for a little more than a day.
var waits = []time.Duration{
	2 * time.Second, 10 * time.Second, time.Minute, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 5 * time.Hour, 8 * time.Hour, 10 * time.Hour,
}

// How many messages one round takes, how many for one target, how long it may
// keep them, and how long one try may take.
const (
	batch     = 16
	perTarget = 4
	lease     = 30 * time.Second
	tryWithin = 20 * time.Second
)

// Courier sends what is due.
type Courier struct {
	store    *store.Store
	channels map[notice.Channel]Channel
	now      func() time.Time
	log      *slog.Logger
	waits    []time.Duration
}

// New prepares a courier. Channels that are missing go to [Log].
func New(s *store.Store, channels map[notice.Channel]Channel, now func() time.Time, log *slog.Logger) *Courier {
	all := map[notice.Channel]Channel{}
	for _, c := range []notice.Channel{notice.Email, notice.WeCom, notice.SMS, notice.Webhook} {
		all[c] = Log{Channel: c, Logger: log}
		if port, ok := channels[c]; ok {
			all[c] = port
		}
	}
	return &Courier{store: s, channels: all, now: now, log: log, waits: waits}
}

// Waiting sets other pauses between tries; tests use it.
func (c *Courier) Waiting(pauses ...time.Duration) *Courier {
	c.waits = pauses
	return c
}

// Round sends what is due now, once, and says how many messages it took.
func (c *Courier) Round(ctx context.Context) (int, error) {
	waiting, err := c.store.HasDueDeliveries(ctx, c.now())
	if err != nil || !waiting {
		return 0, err
	}
	district, err := c.store.District(ctx)
	if err != nil {
		return 0, err
	}
	claimed, err := c.store.ClaimDeliveries(ctx, store.Claim{
		By: uuid.NewString(), At: c.now(), Lease: lease, Batch: batch, PerTarget: perTarget, Attempts: len(c.waits) + 1,
	})
	if err != nil {
		return 0, err
	}
	var group errgroup.Group
	for _, d := range claimed {
		group.Go(func() error { return c.carry(ctx, d, district.Name) })
	}
	return len(claimed), group.Wait()
}

// carry sends one message and notes what became of it. When the process is
// being stopped the message is given back; it may have arrived all the same.
func (c *Courier) carry(ctx context.Context, d store.Delivery, district string) error {
	trying, cancel := context.WithTimeout(ctx, tryWithin)
	defer cancel()
	m, err := c.address(trying, d)
	if err == nil {
		m.District = district
		err = c.channels[notice.Channel(d.Channel)].Send(trying, m)
	}
	noting := context.WithoutCancel(ctx)
	return c.store.Tx(noting, func(noting context.Context, tx store.Tx) error {
		switch {
		case err == nil:
			return tx.EndDelivery(noting, d, "", c.now())
		case errors.Is(err, errOnlyLogged):
			return tx.EndDelivery(noting, d, notConnected, c.now())
		case ctx.Err() != nil:
			return tx.ReleaseDelivery(noting, d)
		}
		return c.failed(noting, tx, d, err)
	})
}

func (c *Courier) failed(ctx context.Context, tx store.Tx, d store.Delivery, err error) error {
	f := &Failure{Text: "发送时出错"}
	errors.As(err, &f)
	var next time.Time
	if !f.Final && d.Attempts <= len(c.waits) {
		next = c.now().Add(c.waits[d.Attempts-1])
	}
	if next.IsZero() {
		c.log.WarnContext(ctx, "a notice could not be delivered and is dead", slog.String("delivery", d.ID), slog.String("channel", d.Channel),
			slog.Int("attempts", d.Attempts))
	}
	return tx.FailDelivery(ctx, d, f.Text, c.now(), next)
}

// address looks up where a message goes now. Who has left the channel, and a
// webhook that was disabled, get nothing more.
func (c *Courier) address(ctx context.Context, d store.Delivery) (Message, error) {
	m := Message{
		ID: d.ID, Kind: d.Kind, CaseID: d.CaseID, Title: d.Title, Text: d.Text, Link: d.Link, At: d.At.UTC(), Target: d.Target,
	}
	switch notice.Channel(d.Channel) {
	case notice.Webhook:
		w, err := c.store.Webhook(ctx, d.Target)
		if err != nil || !w.Active() {
			return m, gone(err, "推送地址已停用")
		}
		m.Address, m.Secret = w.URL, w.Secret
	case notice.Email:
		s, err := c.store.NoticeSetting(ctx, d.Target)
		if err != nil || s.Email == "" {
			return m, gone(err, "收件人没有留下电子邮箱")
		}
		m.Address = s.Email
	case notice.WeCom, notice.SMS: // the port knows the account's address book
	}
	return m, nil
}

// gone says that nobody is there any more, unless looking it up failed.
func gone(err error, text string) error {
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return fmt.Errorf("look up address: %w", err)
	}
	return &Failure{Text: text, Final: true, cause: err}
}
