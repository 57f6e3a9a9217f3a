// Package audit gives every change its event: who (a person or a machine), in
// which agency's name, under which article and rule version, and the hash of
// the event before it in its stream. A case is a stream; accounts, roles and
// imports have theirs.
//
// The bytes that are hashed are written in exactly one place, [Event.Canonical];
// nobody hashes what a database hands back.
package audit

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"datagov/domain/agency"
	"datagov/domain/law"
)

// Event is one entry of a stream. Detail is a sentence for people and carries
// no personal data; Body is a JSON text with identifiers only.
type Event struct {
	Stream      string
	Seq         int64
	Name        string
	At          time.Time
	Actor       agency.Actor
	Citation    law.Citation
	RuleVersion string
	Detail      string
	Body        string
	Previous    string
	Hash        string
}

// canonical fixes the order and names of what is hashed. Never reorder it.
type canonical struct {
	Stream      string           `json:"stream"`
	Seq         int64            `json:"seq"`
	Name        string           `json:"name"`
	At          string           `json:"at"`
	ActorKind   agency.ActorKind `json:"actorKind"`
	Actor       string           `json:"actor"`
	Agency      agency.ID        `json:"agency"`
	Edition     string           `json:"edition"`
	Article     string           `json:"article"`
	RuleVersion string           `json:"ruleVersion"`
	Detail      string           `json:"detail"`
	Body        string           `json:"body"`
	Previous    string           `json:"previous"`
	// Principal was added with proxies; without one the form is what it was.
	Principal string `json:"principal,omitempty"`
}

// Canonical gives the one byte form of the event, without its hash.
func (e Event) Canonical() ([]byte, error) {
	b, err := json.Marshal(canonical{
		Stream: e.Stream, Seq: e.Seq, Name: e.Name,
		At:        e.At.UTC().Truncate(time.Microsecond).Format("2006-01-02T15:04:05.000000Z"),
		ActorKind: e.Actor.Kind, Actor: e.Actor.Account, Agency: e.Actor.Agency,
		Edition: e.Citation.Edition, Article: e.Citation.Article,
		RuleVersion: e.RuleVersion, Detail: e.Detail, Body: e.Body, Previous: e.Previous, Principal: e.Actor.Principal,
	})
	if err != nil {
		return nil, fmt.Errorf("write canonical event: %w", err)
	}
	return b, nil
}

// Chain places the event after the previous one of its stream and hashes it.
func (e Event) Chain(seq int64, previous string) (Event, error) {
	e.Seq, e.Previous = seq, previous
	e.At = e.At.UTC().Truncate(time.Microsecond)
	b, err := e.Canonical()
	if err != nil {
		return Event{}, err
	}
	sum := sha256.Sum256(b)
	e.Hash = hex.EncodeToString(sum[:])
	return e, nil
}

// Verify recomputes a stream in order and names the first event that differs.
func Verify(stream []Event) error {
	previous := ""
	for i, e := range stream {
		again, err := e.Chain(int64(i+1), previous)
		if err != nil {
			return err
		}
		if e.Seq != again.Seq || e.Previous != previous || e.Hash != again.Hash {
			return fmt.Errorf("event %d of stream %s differs from its hash", i+1, e.Stream)
		}
		previous = e.Hash
	}
	return nil
}
