package api

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"

	"datagov/domain/fault"
)

// Bounds of looking into a file. A paper of an office has a few dozen parts and
// unpacks to a few times its size; what claims more is a bomb and is not unpacked.
const (
	directoryBytes = 1 << 20   // read of a package's directory at most
	unpackedBytes  = 200 << 20 // what a package may claim to unpack to
	manifestBytes  = 1 << 20   // unpacked of the one part that says what the package is
)

// contentTypes are what downloads are called, by kind.
var contentTypes = map[string]string{
	"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg", "ofd": "application/ofd",
	"txt": "text/plain; charset=utf-8", "csv": "text/csv; charset=utf-8",
	"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

// packages say which part of a package names what it is, and with which words.
var packages = map[string]struct{ part, words string }{
	"docx": {"[Content_Types].xml", "wordprocessingml.document.main+xml"},
	"xlsx": {"[Content_Types].xml", "spreadsheetml.sheet.main+xml"},
	"ofd":  {"OFD.xml", "http://www.ofdspec.org/2016"},
}

var (
	errUnfit    = fault.Form("/file", "文件内容与扩展名不符，请确认文件后再上传")
	errUnwieldy = fault.Form("/file", "文件解开后过大，不能接受")
	errBroken   = fault.Form("/file", "文件不完整或者已损坏，请重新上传")
)

// checkContent refuses a file whose content is not what its name says. The
// content is looked at, never trusted and never unpacked as a whole.
func checkContent(content io.ReaderAt, size int64, kind string) error {
	switch kind {
	case "pdf":
		return framed(content, size, "%PDF-", "%%EOF")
	case "png":
		return framed(content, size, "\x89PNG\r\n\x1a\n", "IEND")
	case "jpg":
		return framed(content, size, "\xff\xd8\xff", "\xff\xd9")
	case "txt", "csv":
		return plain(content, size)
	}
	return packaged(content, size, kind)
}

// framed wants a beginning, and an end within the last bytes.
func framed(content io.ReaderAt, size int64, begins, ends string) error {
	const tail = 2048
	first := make([]byte, len(begins))
	if _, err := content.ReadAt(first, 0); err != nil || string(first) != begins {
		return errUnfit
	}
	last := make([]byte, min(size, tail))
	if _, err := content.ReadAt(last, size-int64(len(last))); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if !bytes.Contains(last, []byte(ends)) {
		return errBroken
	}
	return nil
}

// plain wants text that is no markup and has no control characters; it may be
// written in UTF-8 or GBK, which many offices still use.
func plain(content io.ReaderAt, size int64) error {
	buffer := make([]byte, 32<<10)
	for at := int64(0); at < size; {
		n, err := content.ReadAt(buffer, at)
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if at == 0 && !strings.HasPrefix(http.DetectContentType(buffer[:n]), "text/plain") {
			return errUnfit
		}
		if bytes.ContainsFunc(buffer[:n], func(r rune) bool { return r < ' ' && !strings.ContainsRune("\t\n\r\f", r) || r == 0x7f }) {
			return errUnfit
		}
		at += int64(n)
	}
	return nil
}

// packaged wants a package (ZIP) that says itself that it is of the kind.
func packaged(content io.ReaderAt, size int64, kind string) error {
	budget := &budgeted{content: content, left: directoryBytes}
	archive, err := zip.NewReader(budget, size)
	if budget.left <= 0 {
		return errUnwieldy
	}
	if err != nil {
		return errUnfit
	}
	unpacked := uint64(0)
	for _, f := range archive.File {
		unpacked += min(f.UncompressedSize64, unpackedBytes+1)
		if unpacked > unpackedBytes {
			return errUnwieldy
		}
		if strings.HasSuffix(strings.ToLower(f.Name), "vbaproject.bin") {
			return fault.Form("/file", "文件含有宏，请另存为不含宏的格式后再上传")
		}
	}
	return manifest(archive, content, size, kind)
}

// manifest reads the one part that names the package.
func manifest(archive *zip.Reader, content io.ReaderAt, size int64, kind string) error {
	for i, f := range archive.File {
		if f.Name != packages[kind].part {
			continue
		}
		whole, err := zip.NewReader(content, size) // its directory has been bounded above
		if err != nil {
			return errUnfit
		}
		part, err := whole.File[i].Open()
		if err != nil {
			return errBroken
		}
		defer part.Close() //nolint:errcheck // nothing was written
		text, err := io.ReadAll(io.LimitReader(part, manifestBytes))
		if err != nil {
			return errBroken
		}
		if bytes.Contains(text, []byte(packages[kind].words)) {
			return nil
		}
	}
	return errUnfit
}

// budgeted is content of which only so much may be read.
type budgeted struct {
	content io.ReaderAt
	left    int64
}

// ReadAt reads while the budget lasts.
func (b *budgeted) ReadAt(p []byte, off int64) (int, error) {
	if b.left -= int64(len(p)); b.left <= 0 {
		return 0, errUnwieldy
	}
	return b.content.ReadAt(p, off)
}
