package paper

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Characters that never begin and never end a line (避头尾).
const (
	notFirst = "。，、；：？！）》】〕」』”’…—·%％‰℃,.;:?!)]}~～"
	notLast  = "（《【〔「『“‘([{"
)

// textLine is one line of a paragraph. Width is its natural width in ems.
type textLine struct {
	text  string
	width float64
	last  bool
}

// breakLines sets a paragraph in lines of so many ems, the first shorter by its
// indent. Chinese breaks between any two characters that may stand at an edge;
// words and figures of Latin letters stay whole where a line can hold them.
func breakLines(text string, width, indent float64, measure func(string) float64) []textLine {
	var lines []textLine
	var current []string
	used, room := 0.0, width-indent
	flush := func() {
		line := strings.TrimRight(strings.Join(current, ""), " ")
		lines = append(lines, textLine{text: line, width: measure(line)})
		current, used, room = nil, 0, width
	}
	for _, token := range tokens(text, width, measure) {
		w := measure(token)
		for used+w > room+1e-6 && len(current) > 0 && token != " " { // each turn leaves a piece behind
			carried := carry(&current, token)
			flush()
			for _, c := range carried {
				current, used = append(current, c), used+measure(c)
			}
		}
		if token == " " && len(current) == 0 && len(lines) > 0 {
			continue
		}
		current, used = append(current, token), used+w
	}
	if len(current) > 0 || len(lines) == 0 {
		flush()
	}
	lines[len(lines)-1].last = true
	return lines
}

// carry takes back from a full line what has to go to the next one with the
// token, so that neither edge has a character that may not stand there.
func carry(current *[]string, token string) []string {
	line := *current
	cut := len(line)
	for first := token; cut > 1 && (edge(first, notFirst) || endsWith(line[cut-1], notLast)); {
		cut--
		first = line[cut]
	}
	if cut == 1 && len(line) > 1 && edge(line[1], notFirst) { // nothing but marks: break as it comes
		cut = len(line)
	}
	*current = line[:cut:cut]
	return line[cut:]
}

func edge(token, set string) bool {
	r, _ := utf8.DecodeRuneInString(token)
	return strings.ContainsRune(set, r)
}

func endsWith(token, set string) bool {
	r, _ := utf8.DecodeLastRuneInString(token)
	return strings.ContainsRune(set, r)
}

// tokens are the pieces that a line is not broken within.
func tokens(text string, width float64, measure func(string) float64) []string {
	var all []string
	var word strings.Builder
	end := func() {
		if w := word.String(); measure(w) > width {
			for _, r := range w {
				all = append(all, string(r))
			}
		} else if w != "" {
			all = append(all, w)
		}
		word.Reset()
	}
	for _, r := range text {
		held, _ := utf8.DecodeLastRuneInString(word.String())
		switch {
		case r == '—' || r == '…': // pairs of them are one mark
			if held != r {
				end()
			}
			word.WriteRune(r)
		case r < 0x2000 && r != ' ' && !unicode.IsSpace(r):
			if held == '—' || held == '…' {
				end()
			}
			word.WriteRune(r)
		default:
			end()
			all = append(all, string(r))
		}
	}
	end()
	return all
}

// balanced breaks a short text, such as a title, into lines of about one length.
func balanced(text string, width float64, measure func(string) float64) []textLine {
	lines := breakLines(text, width, 0, measure)
	for n, narrow := len(lines), width; n > 1 && narrow > width/2; {
		narrow -= 1
		if tighter := breakLines(text, narrow, 0, measure); len(tighter) == n {
			lines = tighter
			continue
		}
		break
	}
	return lines
}
