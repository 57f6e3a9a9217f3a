package sharing

import (
	"strings"
	"unicode/utf8"

	"datagov/domain/fault"
	"datagov/domain/workday"
)

// File is what the requester writes: TL 20's 使用依据, 使用场景 (purpose), the
// consuming system, the mode and the term of use. There is no fee: sharing is
// free (Article 25).
type File struct {
	EntryID    string   `json:"entryId"`
	Items      []string `json:"itemIds"`
	Purpose    string   `json:"purpose"`
	Basis      string   `json:"basis"`
	ScenarioID string   `json:"scenarioId"`
	Mode       Mode     `json:"mode"`
	System     string   `json:"system"`
	Until      string   `json:"until"`
}

// Check refuses a file with missing or overlong words or an impossible date;
// all faults are reported at once. Until must lie after today and within a year.
func (f File) Check(today workday.Day) error {
	var fields []fault.Field
	for _, w := range []struct{ pointer, text, title string }{
		{"/purpose", f.Purpose, "使用用途"}, {"/basis", f.Basis, "使用依据"}, {"/system", f.System, "使用系统"},
	} {
		if strings.TrimSpace(w.text) == "" {
			fields = append(fields, fault.Field{Pointer: w.pointer, Text: "请填写" + w.title})
		} else if utf8.RuneCountInString(w.text) > 2000 {
			fields = append(fields, fault.Field{Pointer: w.pointer, Text: w.title + "不得超过 2000 字"})
		}
	}
	if text := checkUntil(f.Until, today); text != "" {
		fields = append(fields, fault.Field{Pointer: "/until", Text: text})
	}
	if f.Mode != RequestResponse && f.Mode != Copy && f.Mode != Other {
		fields = append(fields, fault.Field{Pointer: "/mode", Text: "共享方式须为请求响应、数据拷贝或者其他"})
	}
	if len(fields) == 0 {
		return nil
	}
	return &fault.Error{Kind: fault.Invalid, Text: fields[0].Text, Fields: fields}
}

func checkUntil(text string, today workday.Day) string {
	until, err := workday.ParseDay(text)
	switch {
	case err != nil:
		return "使用期限须写作 YYYY-MM-DD"
	case until <= today:
		return "使用期限须晚于今天"
	case until > workday.DayOf(today.Start().AddDate(1, 0, 0)):
		return "使用期限不得超过一年"
	}
	return ""
}

// MendedFile checks the words of a file after a clerk has mended it; a date
// that was not mended is not judged again.
func MendedFile(r Request, mode Mode, w FileWords, today workday.Day) error {
	until := w.Until
	if until == "" {
		if until = string(r.Until); r.Until <= today {
			return fault.Form("/until", "原使用期限已过，请重新填写")
		}
	}
	return File{Purpose: w.Purpose, Basis: w.Basis, System: w.System, Mode: mode, Until: until}.Check(today)
}
