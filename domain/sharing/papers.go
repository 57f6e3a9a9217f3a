package sharing

import (
	"datagov/domain/casework"
	"datagov/domain/law"
)

// The words of each act, as the API received them. They are kept in the
// command until the act is applied and never enter the engine.

// SignatureWords sign or return a paper.
type SignatureWords struct {
	Outcome string `json:"outcome"` // sign, return
	Reason  string `json:"reason"`
}

// FileWords mend the file of a request; empty ones stay as they were.
type FileWords struct {
	Note    string `json:"note"`
	Purpose string `json:"purpose"`
	Basis   string `json:"basis"`
	System  string `json:"system"`
	Until   string `json:"until"`
}

// FormCheckWords find the file complete or list what is missing.
type FormCheckWords struct {
	Outcome string   `json:"outcome"` // complete, supplement
	Missing []string `json:"missing"`
	Note    string   `json:"note,omitempty"` // why, where the act was one of many
}

// OpinionWords are a drafted opinion in full.
type OpinionWords struct {
	Side       casework.Side        `json:"side"`
	Outcome    casework.Outcome     `json:"outcome"`
	Reason     string               `json:"reason"`
	Conditions []casework.Condition `json:"conditions"`
	Grounds    []law.Claim          `json:"grounds"`
	Items      []string             `json:"itemIds"`
}

// ExtensionWords ask for, consent to or decline an extension.
type ExtensionWords struct {
	Outcome string `json:"outcome"` // ask, consent, decline
	Reason  string `json:"reason"`
}

// WithdrawalWords say why a request is withdrawn; they may be empty.
type WithdrawalWords struct {
	Reason string `json:"reason"`
}

// OrderWords are what is said with an order of the desk: a reason, a question,
// an advice or a note.
type OrderWords struct {
	Text string `json:"text"`
}
