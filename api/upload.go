package api

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"

	"datagov/domain/casework"
	"datagov/domain/fault"
)

const (
	// transferWithin is how long a file may take to come or go: twenty megabytes
	// over the slow line of a village office.
	transferWithin = 5 * time.Minute
	// noteBytes bounds the note before its characters are counted.
	noteBytes = 8 << 10
	// drainBytes of what is too large are read and dropped, so that the sender
	// sees the refusal instead of a broken connection.
	drainBytes = 128 << 20
)

// within is how long a request may take: files take longer than answers.
func within(r *http.Request) time.Duration {
	path := r.URL.Path
	if strings.HasSuffix(path, "/export") || strings.HasSuffix(path, "/attachments") || strings.HasPrefix(path, "/api/v1/attachments/") {
		return transferWithin
	}
	return answerWithin
}

// incoming is a request whose body the handler reads itself, as a stream.
type incoming struct {
	request *http.Request
	writer  http.ResponseWriter
}

// Resolve keeps the request; it refuses nothing.
func (i *incoming) Resolve(hc huma.Context) []error {
	c := humaecho.UnwrapV4(hc)
	i.request, i.writer = c.Request(), c.Response()
	return nil
}

// upload is a file as it came, on disk until it is on record.
type upload struct {
	file               *os.File
	name, kind, digest string
	bytes              int64
	note               string
}

// content reads the file from its beginning.
func (u *upload) content() io.Reader { return io.NewSectionReader(u.file, 0, u.bytes) }

// drop removes the file from the disk.
func (u *upload) drop(log *slog.Logger) {
	if u.file == nil {
		return
	}
	if err := errors.Join(u.file.Close(), os.Remove(u.file.Name())); err != nil {
		log.Warn("remove uploaded file", slog.Any("error", err))
	}
}

// receiveUpload reads one file and its note from a form that is never held in memory.
func (s *Server) receiveUpload(in incoming) (*upload, error) {
	_ = http.NewResponseController(in.writer).SetReadDeadline(s.Now().Add(transferWithin)) // a connection without deadlines needs none
	form, err := in.request.MultipartReader()
	if err != nil {
		return nil, fault.New(fault.Malformed, "附件须以 multipart/form-data 格式上传")
	}
	u := &upload{}
	if err := u.read(form); err != nil {
		u.drop(s.log)
		_, _ = io.CopyN(io.Discard, in.request.Body, drainBytes)
		return nil, err
	}
	return u, nil
}

func (u *upload) read(form *multipart.Reader) error {
	for {
		part, err := form.NextRawPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return interrupted(err)
		}
		switch part.FormName() {
		case "file":
			err = u.take(part)
		case "note":
			err = u.remark(part)
		default:
			err = fault.Form("/", "表单只能有文件（file）和说明（note）两项")
		}
		if err != nil {
			return err
		}
	}
	if u.file == nil {
		return fault.Form("/file", "请选择要上传的文件")
	}
	return checkContent(u.file, u.bytes, u.kind)
}

// take writes the file to the disk and counts and hashes it on the way.
func (u *upload) take(part *multipart.Part) (err error) {
	if u.file != nil {
		return fault.Form("/file", "一次只能上传一个文件")
	}
	sent := part.FileName()
	if !keepable(sent) || strings.ContainsAny(sent, "\n\r\t") {
		return fault.Form("/file", "文件名含有不能保存的字符，请改名后再上传")
	}
	if u.name, u.kind, err = casework.FileName(sent); err != nil {
		return err
	}
	if u.file, err = os.CreateTemp("", "datagov-upload-"); err != nil {
		return err
	}
	hash := sha256.New()
	u.bytes, err = io.Copy(io.MultiWriter(u.file, hash), io.LimitReader(part, casework.AttachmentBytes+1))
	switch {
	case err != nil:
		return interrupted(err)
	case u.bytes > casework.AttachmentBytes:
		p := problem(fault.Form("/file", "单个附件不得超过 20 MB"))
		p.Status = http.StatusRequestEntityTooLarge
		return p
	case u.bytes == 0:
		return fault.Form("/file", "文件没有内容")
	}
	u.digest = hex.EncodeToString(hash.Sum(nil))
	return nil
}

func (u *upload) remark(part *multipart.Part) error {
	note, err := io.ReadAll(io.LimitReader(part, noteBytes))
	if err != nil {
		return interrupted(err)
	}
	if u.note = strings.TrimSpace(string(note)); !keepable(u.note) {
		return fault.Form("/note", "含有不能保存的控制字符")
	}
	return casework.CheckAttachmentNote(u.note)
}

// interrupted tells what the disk could not do from what the sender did not finish.
func interrupted(err error) error {
	var disk *os.PathError
	if errors.As(err, &disk) {
		return err
	}
	return fault.New(fault.Malformed, "上传中断或者格式有误，文件不完整，请重新上传")
}
