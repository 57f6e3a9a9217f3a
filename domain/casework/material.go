package casework

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"

	"datagov/domain/fault"
)

// Fact is one thing that a decider judges: its key, its name for people, and
// what it says.
type Fact struct {
	Key   string `json:"key"`
	Title string `json:"title"`
	Value string `json:"value"`
}

// Material is everything that a decider judges, in a fixed order. It knows no
// clock, so that the same material has the same digest on every day.
type Material []Fact

// materialForm begins what is hashed. Never change it, nor the form after it:
// every digest on record was made from it.
const materialForm = "datagov case material 1\n"

// Digest is the SHA-256 of the one canonical form: keys and values in their
// order. Titles are left out, so that better words make no material another one.
func (m Material) Digest() string {
	pairs := make([][2]string, 0, len(m))
	for _, f := range m {
		pairs = append(pairs, [2]string{f.Key, f.Value})
	}
	b, err := json.Marshal(pairs)
	if err != nil { // pairs of strings always marshal
		return ""
	}
	sum := sha256.Sum256(append([]byte(materialForm), b...))
	return hex.EncodeToString(sum[:])
}

// Change is one fact that is no longer what it was.
type Change struct {
	Key    string `json:"key"`
	Title  string `json:"title"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// Changes lists what differs, in the order of the newer material; what is gone
// comes last.
func Changes(before, after Material) []Change {
	changes := []Change{}
	for _, f := range after {
		if was := before.value(f.Key); was != f.Value {
			changes = append(changes, Change{f.Key, f.Title, was, f.Value})
		}
	}
	for _, f := range before {
		if f.Value != "" && !after.has(f.Key) {
			changes = append(changes, Change{f.Key, f.Title, f.Value, ""})
		}
	}
	return changes
}

func (m Material) value(key string) string {
	for _, f := range m {
		if f.Key == key {
			return f.Value
		}
	}
	return ""
}

func (m Material) has(key string) bool {
	for _, f := range m {
		if f.Key == key {
			return true
		}
	}
	return false
}

// Sentence says the change to people. Long words are cut: the whole of both
// stands on the case.
func (c Change) Sentence() string {
	switch {
	case c.Before == "":
		return c.Title + "新增“" + short(c.After) + "”"
	case c.After == "":
		return c.Title + "“" + short(c.Before) + "”已不再有"
	}
	return c.Title + "由“" + short(c.Before) + "”改为“" + short(c.After) + "”"
}

// shown is how many letters of a changed value a sentence repeats.
const shown = 120

func short(text string) string {
	letters := []rune(strings.Join(strings.Fields(text), " "))
	if len(letters) <= shown {
		return string(letters)
	}
	return string(letters[:shown]) + "……"
}

// Outdated refuses an act by somebody who was shown other material than there
// is now, and says what differs. Material that never was on record has no
// known difference.
func Outdated(was, is Material) *fault.Error {
	return changed("您看到的内容已经变化，请核对变化后重新办理", was, is)
}

// OutdatedDraft refuses the signature under a paper that was drafted on other
// material than there is now: it goes back to be drafted again.
func OutdatedDraft(was, is Material) *fault.Error {
	return changed("意见拟稿以后，所审核的内容已经变化，请退回经办重新拟稿", was, is)
}

func changed(text string, was, is Material) *fault.Error {
	f := fault.New(fault.Conflict, text)
	for _, c := range Changes(was, is) {
		f.Fields = append(f.Fields, fault.Field{Pointer: "/" + c.Key, Text: c.Sentence()})
	}
	if len(f.Fields) == 0 {
		f.Fields = []fault.Field{{Pointer: "/header/Shown-Digest", Text: "所看到的内容不是本事项现在的内容，请刷新后核对"}}
	}
	return f
}
