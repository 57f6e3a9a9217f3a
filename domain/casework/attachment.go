package casework

import (
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"datagov/domain/fault"
)

// Limits of what may be attached. A case is read by people: thirty papers are
// more than any procedure asks for, twenty megabytes hold a scanned paper of a
// hundred pages, and the whole stays small enough to be backed up with the record.
const (
	AttachmentBytes = 20 << 20
	CaseAttachments = 30
	CaseBytes       = 200 << 20
)

// limits of the words beside an attachment, in characters.
const (
	limitFileName       = 120
	limitAttachmentNote = 500
)

// attachmentKinds are what an office exchanges and a page can say what it is.
var attachmentKinds = []string{"pdf", "docx", "xlsx", "ofd", "png", "jpg", "txt", "csv"}

// FileName takes the path from a name as a browser sends it and says of which
// kind the file claims to be. Control characters are the caller's to refuse.
func FileName(sent string) (name, kind string, err error) {
	name = sent[strings.LastIndexAny(sent, `/\`)+1:]
	name = strings.Trim(name, " .\u3000")
	extension := strings.ToLower(strings.TrimPrefix(path.Ext(name), "."))
	if extension == "jpeg" {
		extension = "jpg"
	}
	stem := strings.TrimSpace(strings.TrimSuffix(name, path.Ext(name)))
	switch {
	case name == "" || stem == "":
		return "", "", fault.Form("/file", "附件须有文件名")
	case utf8.RuneCountInString(name) > limitFileName:
		return "", "", fault.Form("/file", "文件名不得超过 120 个字符，请改短后再上传")
	case !slices.Contains(attachmentKinds, extension):
		return "", "", fault.Form("/file", "只接受 pdf、docx、xlsx、ofd、png、jpg、txt 和 csv 文件；压缩包请解开后逐个上传")
	}
	return name, extension, nil
}

// CheckAttachmentNote refuses an overlong note.
func CheckAttachmentNote(note string) error {
	if utf8.RuneCountInString(note) > limitAttachmentNote {
		return fault.Form("/note", "附件说明不得超过 500 字")
	}
	return nil
}

// CheckRoom refuses a file that a case with so many attachments cannot take.
func CheckRoom(attachments int, held, bytes int64) error {
	switch {
	case attachments >= CaseAttachments:
		return fault.New(fault.Conflict, "一个事项至多 30 个附件，本事项已满")
	case held+bytes > CaseBytes:
		return fault.New(fault.Conflict, "一个事项的附件合计不得超过 200 MB")
	}
	return nil
}
