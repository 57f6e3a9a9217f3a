package api

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"strings"
	"testing"

	"github.com/google/uuid"

	"datagov/domain/agency"
	"datagov/domain/casework"
	"datagov/domain/sharing"
	"datagov/internal/sheet"
	"datagov/internal/testkit"
)

const pdf = "%PDF-1.7\n正文\n%%EOF\n"

// form writes a form with one file; the name stands in the header as it is.
func form(t testing.TB, name, content, note string) (*bytes.Buffer, string) {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	header := textproto.MIMEHeader{"Content-Disposition": {`form-data; name="file"; filename="` + name + `"`}}
	part, err := w.CreatePart(header)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write([]byte(content)); err != nil {
		t.Fatal(err)
	}
	if note != "" {
		if err := w.WriteField("note", note); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return &body, w.FormDataContentType()
}

func attached(t testing.TB, who agency.Actor, caseID, name, content string) *httptest.ResponseRecorder {
	t.Helper()
	body, kind := form(t, name, content, "附注")
	return asked(t, who, http.MethodPost, "/cases/"+caseID+"/attachments", body, kind)
}

type attachedBody struct {
	ID, Name, SHA256 string
	Bytes            int64
}

func wanted(t testing.TB, answer *httptest.ResponseRecorder, status int) (v attachedBody) {
	t.Helper()
	if answer.Code != status {
		t.Fatalf("status %d, want %d: %s", answer.Code, status, answer.Body)
	}
	if err := json.Unmarshal(answer.Body.Bytes(), &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// packed is a package with the given parts.
func packed(t testing.TB, parts map[string]string) string {
	t.Helper()
	var file bytes.Buffer
	w := zip.NewWriter(&file)
	w.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) { return flate.NewWriter(out, flate.BestSpeed) })
	for name, content := range parts {
		part, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(part, content); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return file.String()
}

// bomb is a document of so many parts that each say to unpack to so much.
func bomb(t testing.TB, parts int, each uint64) string {
	t.Helper()
	var file bytes.Buffer
	w := zip.NewWriter(&file)
	part, err := w.Create("[Content_Types].xml")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(part, "wordprocessingml.document.main+xml"); err != nil {
		t.Fatal(err)
	}
	for n := range parts {
		_, err := w.CreateRaw(&zip.FileHeader{Name: fmt.Sprintf("word/%080d.xml", n), Method: zip.Deflate, UncompressedSize64: each})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return file.String()
}

func document(t testing.TB) string {
	t.Helper()
	return packed(t, map[string]string{
		"[Content_Types].xml": `<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
		"word/document.xml":   "<w:document/>",
	})
}

func book(t testing.TB) string {
	t.Helper()
	b, err := sheet.New()
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if _, err := b.Add(sheet.Table{Name: "表", Title: "表", Rows: eachRow(nil)}); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := b.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TL 20: what belongs to a request is kept with it, as it came.
func TestAnAttachmentComesBackAsItWas(t *testing.T) {
	t.Parallel()
	c := opened(t)
	made := wanted(t, attached(t, testkit.Clerk, c.ID, `C:\材料\情况 说明（1）'.PDF`, pdf), http.StatusCreated)
	sum := sha256.Sum256([]byte(pdf))
	if made.Name != "情况 说明（1）'.PDF" || made.SHA256 != hex.EncodeToString(sum[:]) || made.Bytes != int64(len(pdf)) {
		t.Errorf("attached %+v", made)
	}
	again := wanted(t, attached(t, testkit.Head, c.ID, made.Name, pdf), http.StatusCreated)
	if again.ID != made.ID {
		t.Error("the same file twice is two attachments")
	}
	for _, who := range []agency.Actor{testkit.Clerk, testkit.Provider, testkit.CommissionOfficer, auditor} {
		answer := asked(t, who, http.MethodGet, "/attachments/"+made.ID, nil, "")
		kind, names, err := mime.ParseMediaType(answer.Header().Get("Content-Disposition"))
		if answer.Code != http.StatusOK || answer.Body.String() != pdf || err != nil || kind != "attachment" || names["filename"] != made.Name {
			t.Errorf("%s: %d, %v (%v)", who.Account, answer.Code, answer.Header(), err)
		}
		if h := answer.Header(); h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Content-Type") != "application/pdf" || !strings.Contains(h.Get("Content-Security-Policy"), "sandbox") {
			t.Errorf("a browser may show it: %v", h)
		}
	}
	for who, status := range map[string]int{testkit.Stranger.Account: http.StatusNotFound, supervisor.Account: http.StatusForbidden} {
		if answer := asked(t, agency.Actor{Account: who}, http.MethodGet, "/attachments/"+made.ID, nil, ""); answer.Code != status {
			t.Errorf("%s downloads: %d", who, answer.Code)
		}
	}
	view := read[struct {
		Attachments []attachmentView
		Events      []eventView
	}](t, testkit.Provider, "/share-requests/"+c.ID)
	if len(view.Attachments) != 1 || view.Attachments[0].Note != "附注" || view.Attachments[0].UploadedByName != testkit.Clerk.Account || view.Attachments[0].Agency.Name != "区民政局" {
		t.Errorf("the case shows %+v", view.Attachments)
	}
	if n := len(view.Events); n != 1 || view.Events[0].Name != "share_request.attached" || view.Events[0].Title != "添加附件" || strings.Contains(view.Events[0].Detail, "情况") {
		t.Errorf("events %+v", view.Events)
	}
}

func TestAnAttachmentThatIsNotWhatItSaysIsRefused(t *testing.T) {
	t.Parallel()
	c := opened(t)
	for _, tt := range []struct {
		name, file, content string
		status              int
	}{
		{"nothing in it", "a.pdf", "", 422},
		{"no name", "", pdf, 422},
		{"only an extension", ".pdf", pdf, 422},
		{"a name of blanks", "  .pdf", pdf, 422},
		{"a name with a NUL", "a\x00b.pdf", pdf, 400},
		{"a name with a control character", "a\u0085b.pdf", pdf, 422},
		{"a name that turns around", "a\u202efdp.exe.pdf", pdf, 422},
		{"a name without end", strings.Repeat("长", 117) + ".pdf", pdf, 422},
		{"a package", "a.zip", document(t), 422},
		{"a program", "a.exe", "MZ", 422},
		{"no extension", "附件", pdf, 422},
		{"two extensions", "a.pdf.exe", pdf, 422},
		{"text as PDF", "a.pdf", "正文", 422},
		{"half a PDF", "a.pdf", "%PDF-1.7\n正文", 422},
		{"a PDF as text", "a.txt", pdf, 422},
		{"a program as text", "a.txt", "MZ\x00\x00\x01", 422},
		{"a page as table", "a.csv", "<html><script>alert(1)</script>", 422},
		{"a PDF as picture", "a.png", pdf, 422},
		{"a picture as another", "a.jpg", "\x89PNG\r\n\x1a\n....IEND", 422},
		{"a package as document", "a.docx", packed(t, map[string]string{"x": "y"}), 422},
		{"a document as table", "a.xlsx", document(t), 422},
		{"a document as OFD", "a.ofd", document(t), 422},
		{"text as document", "a.docx", "正文", 422},
		{"half a document", "a.docx", document(t)[:200], 422},
		{"a bomb", "a.docx", bomb(t, 4, 60<<20), 422},
		{"a bomb of parts", "a.docx", bomb(t, 12_000, 0), 422},
		{"macros", "a.docx", packed(t, map[string]string{
			"[Content_Types].xml": "wordprocessingml.document.main+xml", "word/vbaProject.bin": "x",
		}), 422},
		{"a file too large", "a.pdf", pdf + strings.Repeat("x", casework.AttachmentBytes), 413},
	} {
		answer := attached(t, testkit.Clerk, c.ID, tt.file, tt.content)
		if answer.Code != tt.status || answer.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %d %s", tt.name, answer.Code, answer.Body)
		}
		if strings.Contains(answer.Body.String(), "fdp") {
			t.Errorf("%s: repeats the name: %s", tt.name, answer.Body)
		}
	}
	left, err := desk.store.Attachments(t.Context(), c.ID)
	events, eventsErr := desk.store.Events(t.Context(), c.Stream(), 0, 9)
	if err != nil || eventsErr != nil || len(left) != 0 || len(events) != 0 {
		t.Errorf("something was written: %v, %v (%v, %v)", left, events, err, eventsErr)
	}
}

func TestAnAttachmentOfEveryKindIsTaken(t *testing.T) {
	t.Parallel()
	c := opened(t)
	for name, content := range map[string]string{
		"a.pdf": pdf, "a.docx": document(t), "a.xlsx": book(t), "a.txt": "正文\r\n第二行", "b.txt": "\xc4\xe3\xba\xc3 GBK", "a.csv": "甲,乙\n1,2\n",
		"a.png": "\x89PNG\r\n\x1a\n....IEND\xaeB`\x82", "a.jpeg": "\xff\xd8\xff\xe0....\xff\xd9",
		"a.ofd": packed(t, map[string]string{"OFD.xml": `<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"/>`}),
	} {
		if answer := attached(t, testkit.Provider, c.ID, name, content); answer.Code != http.StatusCreated {
			t.Errorf("%s: %d %s", name, answer.Code, answer.Body)
		}
	}
}

func TestAFormThatIsNoUploadIsRefused(t *testing.T) {
	t.Parallel()
	c := opened(t)
	path := "/cases/" + c.ID + "/attachments"
	whole, kind := form(t, "a.pdf", strings.Repeat(pdf, 1000), "")
	half := whole.Bytes()[:whole.Len()/2]
	for name, tt := range map[string]struct {
		body, kind string
		status     int
	}{
		"JSON":               {"{", "application/json", 400},
		"no kind":            {"x", "", 400},
		"no boundary":        {"x", "multipart/form-data", 400},
		"half of it":         {string(half), kind, 400},
		"nothing":            {"", kind, 422},
		"no file":            {"--x\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nx\r\n--x--\r\n", "multipart/form-data; boundary=x", 422},
		"another field":      {"--x\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\nx\r\n--x--\r\n", "multipart/form-data; boundary=x", 422},
		"a long note":        {"--x\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\n" + strings.Repeat("长", 501) + "\r\n--x--\r\n", "multipart/form-data; boundary=x", 422},
		"an unkeepable note": {"--x\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\na\x00\r\n--x--\r\n", "multipart/form-data; boundary=x", 422},
		"two files": {
			strings.TrimSuffix(twice(t, "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n"+pdf+"\r\n"), "\r\n") + "\r\n--x--\r\n",
			"multipart/form-data; boundary=x", 422,
		},
	} {
		if answer := asked(t, testkit.Clerk, http.MethodPost, path, strings.NewReader(tt.body), tt.kind); answer.Code != tt.status {
			t.Errorf("%s: %d, want %d: %s", name, answer.Code, tt.status, answer.Body)
		}
	}
	for who, status := range map[string]int{testkit.Stranger.Account: http.StatusNotFound, auditor.Account: http.StatusForbidden} {
		if answer := attached(t, agency.Actor{Account: who}, c.ID, "a.pdf", pdf); answer.Code != status {
			t.Errorf("%s attaches: %d", who, answer.Code)
		}
	}
	if answer := attached(t, testkit.Clerk, uuid.NewString(), "a.pdf", pdf); answer.Code != http.StatusNotFound {
		t.Errorf("to no case: %d", answer.Code)
	}
}

func twice(t testing.TB, text string) string {
	t.Helper()
	return text + text
}

func TestAClosedOrFullCaseTakesNoAttachment(t *testing.T) {
	t.Parallel()
	full := opened(t)
	for n := range casework.CaseAttachments {
		wanted(t, attached(t, testkit.Clerk, full.ID, fmt.Sprintf("%d.pdf", n), pdf), http.StatusCreated)
	}
	if answer := attached(t, testkit.Clerk, full.ID, "more.pdf", pdf); answer.Code != http.StatusConflict {
		t.Errorf("one too many: %d", answer.Code)
	}
	closed := opened(t)
	kept := wanted(t, attached(t, testkit.Clerk, closed.ID, "a.pdf", pdf), http.StatusCreated)
	withdrawn(t, closed.ID)
	if answer := attached(t, testkit.Clerk, closed.ID, "b.pdf", pdf); answer.Code != http.StatusConflict {
		t.Errorf("to a closed case: %d", answer.Code)
	}
	if answer := asked(t, testkit.Clerk, http.MethodGet, "/attachments/"+kept.ID, nil, ""); answer.Code != http.StatusOK {
		t.Errorf("download of a closed case: %d", answer.Code)
	}
	if c, err := desk.store.ShareRequest(t.Context(), closed.ID); err != nil || c.Version != 2 || c.Status != sharing.Withdrawn {
		t.Errorf("attachments moved the case: %+v, %v", c.Request, err)
	}
}
