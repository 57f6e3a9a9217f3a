// Package activities holds the effects of the procedures: each reads and
// writes the record through the store, in one transaction with its audit
// events, and may safely run twice.
//
// The kit is in share_request_move.go: [ShareRequests.act] loads a case, lets a rule of
// the domain move it, and stores the move, its events, tasks and grants
// together. A procedure's own file only says which rule and which words.
package activities

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"datagov/domain/agency"
	"datagov/domain/audit"
	"datagov/domain/casework"
	"datagov/domain/deadline"
	"datagov/domain/law"
	"datagov/domain/sharing"
	"datagov/domain/workday"
	"datagov/store"
)

// Casework is what every procedure's activities stand on.
type Casework struct {
	Store *store.Store
	// Now is the clock of the record.
	Now func() time.Time
	// Library catches wrong ranks and repealed texts among grounds.
	Library []law.Edition
	// Terms adjusts a pack after it was read; tests use it to count in seconds.
	// Production leaves it nil.
	Terms func(deadline.Pack) deadline.Pack

	packs packCache
}

// Act is one thing a person asked for. The words are in the command; what is
// here may travel through the engine and carries no personal data.
type Act struct {
	CaseID  string       `json:"caseId"`
	Command string       `json:"command"`
	Actor   agency.Actor `json:"actor"`
	// Seen is the version of the case that the API judged the act by; a run
	// that is behind it leaves the judging to the record.
	Seen int64 `json:"seen,omitempty"`
	// Shown is the digest of the material that the person was shown; empty when
	// he did not say.
	Shown string `json:"shown,omitempty"`
	// Outcome is the choice among the act's outcomes, such as sign or return.
	Outcome string `json:"outcome,omitempty"`
	// Opinion is the paper the act is about.
	Opinion string `json:"opinion,omitempty"`
	// Draft is the outline of a new opinion.
	Draft *sharing.Draft `json:"draft,omitempty"`
	// Order is what the act asks of the desk.
	Order *casework.Order `json:"order,omitempty"`
}

// Done is what an act left behind: the case as it stands now, and the
// identifier of what was made.
type Done struct {
	Request sharing.Request `json:"request"`
	Made    string          `json:"made,omitempty"`
}

// at is the present instant as the record keeps it.
func (w *Casework) at() time.Time { return w.Now().UTC().Truncate(time.Microsecond) }

// pack reads the rule pack of a version.
func (w *Casework) pack(ctx context.Context, version string) (deadline.Pack, error) {
	pack, err := w.currentPack(ctx, version)
	if err == nil && w.Terms != nil {
		pack = w.Terms(pack)
	}
	return pack, err
}

// words decodes what the client wrote.
func words[T any](c store.Command) (T, error) {
	var w T
	if err := json.Unmarshal([]byte(c.Body), &w); err != nil {
		return w, fmt.Errorf("read words of command %s: %w", c.ID, err)
	}
	return w, nil
}

// stamp completes the events of a move: their stream, instant and rules; who
// acted, unless it was the law or the clock; and the digests of the words and
// of what he was shown, so that both are bound to the event without standing in it.
func stamp(events []audit.Event, r sharing.Request, in Act, at time.Time, command store.Command, made string) ([]audit.Event, error) {
	by := in.Actor
	body, err := json.Marshal(struct {
		Command string          `json:"command,omitempty"`
		Words   string          `json:"words,omitempty"`
		Made    string          `json:"made,omitempty"`
		Shown   string          `json:"shown,omitempty"`
		Status  string          `json:"status"`
		Order   *casework.Order `json:"order,omitempty"`
	}{command.ID, digest(command.Body), made, in.Shown, string(r.Status), in.Order})
	if err != nil {
		return nil, fmt.Errorf("write event body: %w", err)
	}
	for i := range events {
		e := &events[i]
		e.Stream, e.At, e.RuleVersion = r.Stream(), at, r.Rules
		if e.Body == "" {
			e.Body = string(body)
		}
		if e.Actor.Kind == "" {
			e.Actor = agency.Actor{Kind: by.Kind, Account: by.Account, Agency: by.Agency, Principal: by.Principal}
		}
	}
	return events, nil
}

func digest(text string) string {
	if text == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// today is the civil day of an instant.
func today(at time.Time) workday.Day { return workday.DayOf(at) }
