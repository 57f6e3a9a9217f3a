package api

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"datagov/domain/fault"
)

// checkWords refuses words that no record can keep or that would not show as
// they are: control characters other than line breaks and tabs. It runs for
// every act, so that no handler can forget it.
func checkWords(body []byte) error {
	var words any
	if err := json.Unmarshal(body, &words); err != nil {
		return fmt.Errorf("read words: %w", err)
	}
	if at, bad := unkeepable("", words); bad {
		return fault.Form(at, "含有不能保存的控制字符")
	}
	return nil
}

func unkeepable(pointer string, words any) (string, bool) {
	switch w := words.(type) {
	case string:
		return pointer, !keepable(w)
	case []any:
		for i, one := range w {
			if at, bad := unkeepable(pointer+"/"+strconv.Itoa(i), one); bad {
				return at, true
			}
		}
	case map[string]any:
		names := make([]string, 0, len(w))
		for name := range w {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			if at, bad := unkeepable(pointer+"/"+name, w[name]); bad {
				return at, true
			}
		}
	}
	return "", false
}

// keepable says whether a text is valid and free of control characters and of
// marks that turn the direction of what follows.
func keepable(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, func(r rune) bool {
		switch r {
		case '\n', '\r', '\t':
			return false
		}
		return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
	})
}
