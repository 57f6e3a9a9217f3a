package tests

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net"
	"net/http"
	"net/textproto"
	"strings"
	"sync"
	"testing"

	"datagov/domain/audit"
)

// paper is a file that passes for a PDF.
func paper(text string) string { return "%PDF-1.7\n" + text + "\n%%EOF\n" }

// upload writes a form with one file.
func upload(t testing.TB, name, content string) (body []byte, kind string) {
	t.Helper()
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	part, err := w.CreatePart(textproto.MIMEHeader{"Content-Disposition": {`form-data; name="file"; filename="` + name + `"`}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(part, content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return form.Bytes(), w.FormDataContentType()
}

// attach adds a file to the case.
func (m matter) attach(t testing.TB, who, name, content string) answer {
	t.Helper()
	body, kind := upload(t, name, content)
	return m.as(t, who).send(t, http.MethodPost, "/cases/"+m.id+"/attachments", body, "Content-Type", kind)
}

type attachment struct {
	ID, Name, SHA256, UploadedByName string
	Bytes                            int
}

func (m matter) attachments(t testing.TB, who string) []attachment {
	t.Helper()
	var list struct{ Items []attachment }
	m.as(t, who).read(t, "/cases/"+m.id+"/attachments").want(t, http.StatusOK).into(t, &list)
	return list.Items
}

func hashOf(content string) string {
	sum := sha256.Sum256([]byte(content))
	return hex.EncodeToString(sum[:])
}

// Attachments arrive from both sides while the case moves from the signature to
// the grant: none is lost, none changes, and the chain of the case is whole.
func TestDeskAttachmentsKeepTheirHash(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		m := d.asking(t)
		big := paper(strings.Repeat("共享申请的证明材料", 400_000)) // eleven megabytes
		var group sync.WaitGroup
		for n := range 12 {
			group.Go(func() {
				who := []string{"civil", "health", "commission"}[n%3]
				content := paper(fmt.Sprintf("第 %d 件", n))
				if n == 0 {
					content = big
				}
				var made attachment
				m.attach(t, who, fmt.Sprintf("材料 %02d.pdf", n), content).want(t, http.StatusCreated).into(t, &made)
				if made.SHA256 != hashOf(content) || made.Bytes != len(content) {
					t.Errorf("attached %+v", made)
				}
			})
		}
		m.underReview(t)
		m.says(t, provider, agree)
		draft := m.drafts(t, commission, agree)
		group.Wait()
		list := m.attachments(t, "health")
		if len(list) != 12 {
			t.Fatalf("%d of 12 attachments: %+v", len(list), list)
		}
		for _, a := range list {
			got := m.as(t, "commission").read(t, "/attachments/"+a.ID).want(t, http.StatusOK)
			kind, names, err := mime.ParseMediaType(got.header.Get("Content-Disposition"))
			if hashOf(string(got.body)) != a.SHA256 || err != nil || kind != "attachment" || names["filename"] != a.Name || got.header.Get("X-Content-Type-Options") != "nosniff" {
				t.Errorf("%s comes back as %d bytes with %v (%v)", a.Name, len(got.body), got.header, err)
			}
		}
		db := d.open(t, "rw")
		for _, change := range []string{
			"UPDATE attachment SET sha256 = 'x' WHERE case_id = $1", "DELETE FROM attachment WHERE case_id = $1",
			"DELETE FROM attachment_content WHERE sha256 IN (SELECT sha256 FROM attachment WHERE case_id = $1)",
		} {
			if _, err := db.ExecContext(t.Context(), change, m.id); err == nil {
				t.Errorf("the record let somebody %s", change)
			}
		}
		m.signs(t, commission, draft).in(t, "granted")
		m.attach(t, "civil", "太晚.pdf", paper("太晚")).refused(t, http.StatusConflict)
		m.as(t, "pension").read(t, "/attachments/"+list[0].ID).refused(t, http.StatusNotFound)
		events, err := d.store(t).Events(t.Context(), "share-request/"+m.id, 0, 200)
		attached := 0
		for _, e := range events {
			if e.Name == "share_request.attached" && strings.Contains(e.Body, `"sha256":"`) {
				attached++
			}
		}
		if err != nil || audit.Verify(events) != nil || attached != 12 {
			t.Errorf("%d of 12 in the chain, which verifies as %v (%v)", attached, audit.Verify(events), err)
		}
	})
}

func TestDeskAttachmentsRefuseWhatTheyAreNot(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, d *district) {
		m, db := d.asking(t), d.open(t, "ro")
		before := rows(t, db, m.id)
		for name, tt := range map[string]struct {
			file, content string
			status        int
		}{
			"an empty file":     {"a.pdf", "", http.StatusUnprocessableEntity},
			"no name":           {"", paper(marker), http.StatusUnprocessableEntity},
			"a package":         {"a.zip", "PK\x03\x04" + marker, http.StatusUnprocessableEntity},
			"a program":         {marker + ".exe", "MZ", http.StatusUnprocessableEntity},
			"text as PDF":       {"a.pdf", marker, http.StatusUnprocessableEntity},
			"a page as text":    {"a.txt", "<html>" + marker, http.StatusUnprocessableEntity},
			"a turned name":     {marker + "\u202efdp.pdf", paper(marker), http.StatusUnprocessableEntity},
			"a bomb":            {"a.docx", bomb(t), http.StatusUnprocessableEntity},
			"twenty-one MB":     {"a.pdf", paper(strings.Repeat("x", 21<<20)), http.StatusRequestEntityTooLarge},
			"a hundred MB":      {"a.pdf", paper(strings.Repeat("x", 100<<20)), http.StatusRequestEntityTooLarge},
			"a name of a path":  {"../../" + marker, paper(marker), http.StatusUnprocessableEntity},
			"an overlong name":  {strings.Repeat("长", 130) + ".pdf", paper(marker), http.StatusUnprocessableEntity},
			"half a PDF, whole": {"a.pdf", "%PDF-1.7\n" + marker, http.StatusUnprocessableEntity},
		} {
			t.Run(name, func(t *testing.T) { //nolint:paralleltest // their rows are counted together
				m.attach(t, "civil", tt.file, tt.content).clean(t, tt.status)
			})
		}
		m.as(t, "civil").send(t, http.MethodPost, "/cases/"+m.id+"/attachments", fields{"file": marker}).clean(t, http.StatusBadRequest)
		m.attach(t, "pension", "a.pdf", paper("")).refused(t, http.StatusNotFound)
		m.attach(t, "auditor", "a.pdf", paper("")).refused(t, http.StatusForbidden)
		m.hangUp(t, "civil")
		unchanged(t, before, rows(t, db, m.id))
		if list := m.attachments(t, "civil"); len(list) != 0 {
			t.Errorf("attached %+v", list)
		}
		var made attachment
		m.attach(t, "civil", `C:\temp\..\说明.pdf`, paper("可以")).want(t, http.StatusCreated).into(t, &made)
		if made.Name != "说明.pdf" {
			t.Errorf("kept under the name %q", made.Name)
		}
	})
}

// bomb is a document that says it unpacks to gigabytes.
func bomb(t testing.TB) string {
	t.Helper()
	var file bytes.Buffer
	w := zip.NewWriter(&file)
	for _, name := range []string{"[Content_Types].xml", "word/document.xml", "word/media/1.png"} {
		if _, err := w.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Deflate, UncompressedSize64: 1 << 30}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return file.String()
}

// hangUp sends half a form and goes away.
func (m matter) hangUp(t testing.TB, who string) {
	t.Helper()
	body, kind := upload(t, "a.pdf", paper(strings.Repeat(marker, 100_000)))
	conn, err := net.Dial("tcp", strings.TrimPrefix(m.base, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	head := fmt.Sprintf("POST /api/v1/cases/%s/attachments HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n",
		m.id, m.as(t, who).token, kind, len(body))
	if _, err := conn.Write(append([]byte(head), body[:len(body)/2]...)); err != nil {
		t.Fatal(err)
	}
	if err := conn.(*net.TCPConn).CloseWrite(); err != nil {
		t.Fatal(err)
	}
	answered, err := io.ReadAll(conn) // until the server has given up on it
	if err != nil || !strings.Contains(string(answered), "400 Bad Request") {
		t.Errorf("half a form is answered with %.200s, %v", answered, err)
	}
}
