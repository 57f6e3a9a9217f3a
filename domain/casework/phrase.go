package casework

import (
	"strings"
	"unicode/utf8"

	"datagov/domain/agency"
	"datagov/domain/fault"
)

// PhraseScope says whose phrase it is: one's own, or everybody's of the agency.
type PhraseScope string

// The scopes of a phrase.
const (
	OwnPhrase    PhraseScope = "own"
	AgencyPhrase PhraseScope = "agency"
)

// Phrases is how many phrases one person or one agency may keep: more are not
// found again among themselves.
const Phrases = 200

// limitPhrase bounds a phrase, in characters.
const limitPhrase = 500

// PhraseText gives the phrase without blanks around it; 500 characters at most.
func PhraseText(text string) (string, error) {
	text = strings.TrimSpace(text)
	if n := utf8.RuneCountInString(text); n == 0 || n > limitPhrase {
		return "", fault.Form("/text", "常用语须有内容，不超过 500 字")
	}
	return text, nil
}

// MayWritePhrase lets a person write his own phrases, and the head of an agency
// those that all its people are offered.
func MayWritePhrase(actor agency.Actor, scope PhraseScope) error {
	if err := Human(actor); err != nil {
		return err
	}
	if scope == AgencyPhrase && !actor.Holds(agency.Head) && !actor.Holds(agency.CommissionHead) {
		return fault.New(fault.Barred, "本机构的常用语由负责人维护")
	}
	return nil
}

// PhraseOwner is under whose name the phrase is kept.
func PhraseOwner(actor agency.Actor, scope PhraseScope) string {
	if scope == AgencyPhrase {
		return string(actor.Agency)
	}
	return actor.Account
}
