package api

import (
	"slices"
	"strings"
	"unicode/utf8"

	"datagov/domain/casework"
	"datagov/domain/fault"
)

func blank(text string) bool { return strings.TrimSpace(text) == "" }

// or gives the text, or the other where it is blank.
func or(text, other string) string {
	if blank(text) {
		return other
	}
	return text
}

var conditionKinds = []string{"form", "mask", "frequency", "until", "other"}

// checkConditions refuses conditions without a known kind or without words.
func checkConditions(conditions []casework.Condition) error {
	for _, c := range conditions {
		if !slices.Contains(conditionKinds, c.Kind) {
			return fault.Form("/conditions", "条件的种类须为形式、脱敏、频次、期限或者其他")
		}
		if blank(c.Text) || utf8.RuneCountInString(c.Text) > 500 {
			return fault.Form("/conditions", "每项条件须写明内容（500 字以内）")
		}
	}
	return nil
}
