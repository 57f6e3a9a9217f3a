// Package notice holds the words and rules of notices: which event of a case
// is told, to whom, in which words, and where a webhook may point. Nothing is
// decided by a notice, and nothing waits for one.
//
// [OfEvent] says what an event becomes, [Kind.Audience] who hears of it, and
// [Write] gives title and text. A new kind needs a line here and one in
// words.go; a test keeps both whole.
package notice

import "slices"

// Kind is what a notice is about. Kinds are stored and are the event types of
// webhooks, so never rename one.
type Kind string

// The kinds of notices.
const (
	Todo              Kind = "todo"               // a task waits for him
	Copied            Kind = "copied"             // 抄送
	Returned          Kind = "returned"           // the head returned the draft
	Supplement        Kind = "supplement"         // 补正告知, TL 21
	Refused           Kind = "refused"            // 不予共享, with reasons; TL 21
	Disputed          Kind = "disputed"           // the two opinions differ
	Granted           Kind = "granted"            // 授予访问权限
	Extended          Kind = "extended"           // 延期告知, TL 21
	ExtensionDeclined Kind = "extension_declined" // the term stays
	Withdrawn         Kind = "withdrawn"          // the requester took it back
	Reminded          Kind = "reminded"           // a term ends soon
	Late              Kind = "late"               // a step is late
	Overdue           Kind = "overdue"            // 逾期未答复
	Urged             Kind = "urged"              // 催办
	Advised           Kind = "advised"            // advice came back
	Followed          Kind = "followed"           // a case he watches went on
	TermChanged       Kind = "term_changed"       // a term was suspended, resumed or counted again
)

// Kinds lists every kind.
func Kinds() []Kind {
	return []Kind{
		Todo, Copied, Returned, Supplement, Refused, Disputed, Granted, Extended, ExtensionDeclined, Withdrawn, Reminded, Late, Overdue,
		Urged, Advised, Followed, TermChanged,
	}
}

// Known says whether there is such a kind.
func (k Kind) Known() bool { return slices.Contains(Kinds(), k) }

// Group is who hears of something.
type Group string

// The groups.
const (
	Requesters Group = "requesters" // the clerk and head whose case it is
	Reviewers  Group = "reviewers"  // who acted for provider and commission
	Asker      Group = "asker"      // who asked for the extension
	Assignees  Group = "assignees"  // who has an open task of the case
	Superiors  Group = "superiors"  // the head over each open task
	Consulter  Group = "consulter"  // who asked for advice
)

// ofEvents says what each event is told as. Events that are not listed tell
// nobody by themselves: the task they open does.
var ofEvents = map[string]Kind{
	"share_request.returned":            Returned,
	"share_request.supplement_noticed":  Supplement,
	"share_request.refused":             Refused,
	"share_request.disputed":            Disputed,
	"share_request.granted_by_law":      Granted,
	"share_request.granted_by_scenario": Granted,
	"share_request.granted":             Granted,
	"share_request.extension_consented": Extended,
	"share_request.extension_declined":  ExtensionDeclined,
	"share_request.withdrawn":           Withdrawn,
	"share_request.reminded":            Reminded,
	"share_request.late":                Late,
	"share_request.overdue":             Overdue,
	"share_request.urged":               Urged,
	"share_request.advised":             Advised,
	"share_request.clock_suspended":     TermChanged,
	"share_request.clock_resumed":       TermChanged,
	"share_request.recomputed":          TermChanged,
	"share_request.rules_moved":         TermChanged,
}

// deskEvents move people and not the case; whoever watches it hears nothing of them.
var deskEvents = []string{
	"share_request.countersigned", "share_request.signer_added", "share_request.signer_removed", "share_request.transferred",
	"share_request.consulted", "share_request.advised", "share_request.urged", "share_request.copied", "share_request.followed",
	"share_request.unfollowed", "share_request.seat_vacant", "share_request.seat_filled", "share_request.attached",
}

// IsProgress says whether an event moves the case, so that followers hear of it.
func IsProgress(name string) bool { return !slices.Contains(deskEvents, name) }

// OfEvent is the kind an event is told as; false when it tells nobody.
func OfEvent(name string) (Kind, bool) {
	k, ok := ofEvents[name]
	return k, ok
}

// Audience is who hears of the kind, besides those who are told by their task
// or their copy.
func (k Kind) Audience() []Group {
	switch k {
	case Returned, Supplement, Refused, Disputed, Granted:
		return []Group{Requesters}
	case Extended:
		return []Group{Requesters, Asker}
	case ExtensionDeclined:
		return []Group{Asker}
	case Withdrawn:
		return []Group{Reviewers}
	case Reminded, Urged:
		return []Group{Assignees}
	case TermChanged:
		return []Group{Requesters, Assignees}
	case Advised:
		return []Group{Consulter}
	case Late:
		return []Group{Assignees, Superiors}
	case Overdue:
		return []Group{Requesters, Assignees, Superiors}
	case Todo, Copied, Followed:
	}
	return nil
}
