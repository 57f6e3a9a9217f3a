// Package fault is the one vocabulary of refusal and trouble. Every expected
// refusal of the system is an [Error] with a [Kind], a sentence a clerk can
// read, and, where the law is the reason, the citation. Anything that is not
// an *Error is trouble: it is logged in full and shown as one fixed sentence.
//
// Kinds survive the trip through Temporal by name, so never rename one.
package fault

import (
	"errors"

	"datagov/domain/law"
)

// Kind sorts refusals. The API gives each its HTTP status, in this order of precedence.
type Kind string

// The kinds, in the order in which a request is examined.
const (
	Unauthenticated Kind = "unauthenticated" // 401: nobody is logged in
	Forbidden       Kind = "forbidden"       // 403: the role may never do this
	NotFound        Kind = "not_found"       // 404: unknown, or the actor is no party
	Malformed       Kind = "malformed"       // 400: the request is not well-formed
	Invalid         Kind = "invalid"         // 422: a field is missing or wrong
	Barred          Kind = "barred"          // 403: the facts of the case bar this person
	Conflict        Kind = "conflict"        // 409: not in this state, or somebody was faster
	Unlawful        Kind = "unlawful"        // 422: the law does not allow it
	Throttled       Kind = "throttled"       // 429: too many attempts
	Unavailable     Kind = "unavailable"     // 503: a part we need does not answer
	Internal        Kind = "internal"        // 500: a rule let something through, or a defect
)

// Field points at one wrong field of the request. Pointer is a JSON pointer
// such as /grounds/0/level; Text is safe to show and never repeats the value.
type Field struct {
	Pointer string `json:"pointer"`
	Text    string `json:"text"`
}

// Error is a refusal that may be shown to the person who asked.
type Error struct {
	Kind   Kind           `json:"kind"`
	Text   string         `json:"text"`
	Basis  []law.Citation `json:"basis,omitempty"`
	Fields []Field        `json:"fields,omitempty"`
	// Grounds are the legal grounds on record that bar what was asked (Article 26(1)).
	Grounds []law.Claim `json:"grounds,omitempty"`
}

// Error gives the safe sentence.
func (e *Error) Error() string { return e.Text }

// New makes a refusal of the kind with a sentence in Chinese.
func New(kind Kind, text string) *Error { return &Error{Kind: kind, Text: text} }

// Law refuses because the law does not allow it, and cites the articles.
func Law(text string, basis ...law.Citation) *Error {
	return &Error{Kind: Unlawful, Text: text, Basis: basis}
}

// Form refuses a field of the request.
func Form(pointer, text string) *Error {
	return &Error{Kind: Invalid, Text: text, Fields: []Field{{Pointer: pointer, Text: text}}}
}

// Citing adds citations to a copy of the refusal.
func (e *Error) Citing(basis ...law.Citation) *Error {
	c := *e
	c.Basis = append(append([]law.Citation{}, e.Basis...), basis...)
	return &c
}

// As finds the refusal in an error chain, or nil.
func As(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return nil
}

// KindOf is the kind of the refusal in the chain, or Internal for trouble.
func KindOf(err error) Kind {
	if e := As(err); e != nil {
		return e.Kind
	}
	return Internal
}
