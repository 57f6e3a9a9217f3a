package notice_test

import (
	"slices"
	"strings"
	"testing"

	"datagov/domain/notice"
	"datagov/domain/sharing"
)

var facts = notice.Facts{Case: "区民政局申请共享《出生信息》", Step: "负责人审签", Last: "2026-12-01", Reason: "理由全文"}

// TL 21: whoever is told reads what happened to which case, in Chinese, with nothing left open.
func TestEveryKindHasItsWords(t *testing.T) {
	t.Parallel()
	for _, k := range notice.Kinds() {
		for name, f := range map[string]notice.Facts{"full": facts, "bare": {Case: facts.Case, Step: facts.Step}} {
			title, text := notice.Write(k, f)
			if title == string(k) || title == "" || !strings.Contains(text, f.Case) {
				t.Errorf("%s, %s: %q, %q", k, name, title, text)
			}
			if strings.ContainsAny(title+text, "{}[]") || len([]rune(title)) > 20 {
				t.Errorf("%s, %s: words left open: %q, %q", k, name, title, text)
			}
		}
	}
	if notice.Kind("rumor").Known() || !notice.Overdue.Known() {
		t.Error("kinds are not told apart")
	}
}

// silent are events that tell nobody by themselves; what they open is a task.
var silent = []string{
	"submitted", "barred", "signed_off", "revised", "form_checked", "supplied", "opinion_drafted", "opinion_signed", "opinion_returned",
	"approved", "extension_asked", "countersigned", "signer_added", "signer_removed", "transferred", "consulted", "copied", "followed",
	"unfollowed", "seat_vacant", "seat_filled", "attached", "paper_issued", "paper_received",
}

func TestEveryEventIsToldOrMeantToBeSilent(t *testing.T) {
	t.Parallel()
	for _, name := range sharing.EventNames() {
		kind, told := notice.OfEvent(name)
		quiet := slices.Contains(silent, strings.TrimPrefix(name, "share_request."))
		if told == quiet {
			t.Errorf("%s is told: %v, meant to be silent: %v", name, told, quiet)
		}
		if told && (!kind.Known() || len(kind.Audience()) == 0) {
			t.Errorf("%s becomes %s, which reaches nobody", name, kind)
		}
	}
}

// TL 21: reasons go with a refusal, and the new term with an extension.
func TestReasonsAndTermsAreTold(t *testing.T) {
	t.Parallel()
	for _, k := range []notice.Kind{
		notice.Returned, notice.Supplement, notice.Refused, notice.Disputed, notice.Granted, notice.Extended, notice.ExtensionDeclined,
		notice.Reminded, notice.Late, notice.Overdue,
	} {
		if _, text := notice.Write(k, facts); !strings.Contains(text, facts.Reason) {
			t.Errorf("%s: %q", k, text)
		}
	}
	for _, k := range []notice.Kind{notice.Todo, notice.Supplement, notice.Granted, notice.Extended} {
		if _, text := notice.Write(k, facts); !strings.Contains(text, "2026-12-01") {
			t.Errorf("%s: %q", k, text)
		}
	}
	long := facts
	long.Reason = strings.Repeat("理", 9000)
	if _, text := notice.Write(notice.Refused, long); len([]rune(text)) > 2000 || !strings.Contains(text, "全文见事项页") {
		t.Errorf("a text of %d characters", len([]rune(text)))
	}
	tricky := notice.Facts{Case: "a{reason}[b]", Reason: "{case}[x]"}
	if _, text := notice.Write(notice.Refused, tricky); !strings.Contains(text, "a{reason}[b]") || !strings.Contains(text, "{case}[x]") {
		t.Errorf("words of people were taken for our own: %q", text)
	}
}
