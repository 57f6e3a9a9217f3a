package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"datagov/domain/agency"
	"datagov/domain/casework"
	"datagov/domain/fault"
	"datagov/domain/sharing"
	"datagov/internal/identity"
	"datagov/store"
)

type attachmentView struct {
	ID             string    `json:"id"`
	Name           string    `json:"name"`
	Bytes          int64     `json:"bytes"`
	SHA256         string    `json:"sha256"`
	Note           string    `json:"note"`
	UploadedByName string    `json:"uploadedByName"`
	Agency         refView   `json:"agency"`
	At             time.Time `json:"at"`
}

func (s *Server) registerAttachments() {
	add(s, operation{
		ID: "attach", Method: http.MethodPost, Path: "/cases/{id}/attachments", Summary: "添加附件",
		Object: "attachment", Action: "add", Article: "TL 20", Case: true, Status: http.StatusCreated,
	}, s.attach)
	s.describeUpload("/cases/{id}/attachments")
	add(s, operation{
		ID: "list-attachments", Method: http.MethodGet, Path: "/cases/{id}/attachments", Summary: "事项的附件",
		Object: "attachment", Action: "read", Article: "TL 20", Case: true,
	}, s.listAttachments)
	add(s, operation{
		ID: "download-attachment", Method: http.MethodGet, Path: "/attachments/{id}", Summary: "下载附件",
		Object: "attachment", Action: "read", Article: "TL 20",
	}, s.downloadAttachment)
}

// describeUpload puts the form into the contract; huma would read the body into
// memory if it knew of it before.
func (s *Server) describeUpload(path string) {
	s.api.OpenAPI().Paths[path].Post.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
		"multipart/form-data": {Schema: &huma.Schema{Type: "object", Required: []string{"file"}, Properties: map[string]*huma.Schema{
			"file": {Type: "string", Format: "binary", Description: "pdf、docx、xlsx、ofd、png、jpg、txt 或者 csv，至多 20 MB"},
			"note": {Type: "string", Description: "说明，至多 500 字"},
		}}},
	}}
}

type attachInput struct {
	ID       string `path:"id"`
	Incoming incoming
}

type attachedOutput struct {
	Body struct {
		ID     string `json:"id"`
		Name   string `json:"name"`
		Bytes  int64  `json:"bytes"`
		SHA256 string `json:"sha256"`
	}
}

// attach keeps a file with the case. TL 20. It needs no Idempotency-Key: the
// same bytes under the same name are the attachment that is there already.
func (s *Server) attach(ctx context.Context, in *attachInput) (*attachedOutput, error) {
	u, err := s.receiveUpload(in.Incoming)
	if err != nil {
		return nil, err
	}
	defer u.drop(s.log)
	kept, err := s.keep(ctx, in.ID, identity.ActorOf(ctx), u)
	if err != nil {
		return nil, err
	}
	out := &attachedOutput{}
	out.Body.ID, out.Body.Name, out.Body.Bytes, out.Body.SHA256 = kept.ID, kept.Name, kept.Bytes, kept.SHA256
	return out, nil
}

// keep writes file and event in one transaction, and judges again when somebody
// moved the case meanwhile.
func (s *Server) keep(ctx context.Context, caseID string, actor agency.Actor, u *upload) (kept store.Attachment, err error) {
	wanted := store.Attachment{
		ID: uuid.Must(uuid.NewV7()).String(), CaseID: caseID, Name: u.name, Kind: u.kind, Bytes: u.bytes, SHA256: u.digest, Note: u.note,
		UploadedBy: actor.Account, AgencyID: string(actor.Agency), UploadedAt: s.Now(),
	}
	return kept, s.retried(ctx, func(ctx context.Context, tx store.Tx) error {
		kept, err = keepOnce(ctx, tx, wanted, actor, u)
		return err
	})
}

func keepOnce(ctx context.Context, tx store.Tx, a store.Attachment, actor agency.Actor, u *upload) (store.Attachment, error) {
	c, err := tx.ShareRequest(ctx, a.CaseID)
	if err != nil {
		return a, err
	}
	if err := tx.HoldShareRequest(ctx, c.Request); err != nil {
		return a, err
	}
	known, err := tx.Attachments(ctx, a.CaseID)
	if err != nil {
		return a, err
	}
	held := int64(0)
	for _, k := range known {
		if k.SHA256 == a.SHA256 && k.Name == a.Name {
			return k, nil
		}
		held += k.Bytes
	}
	if err := sharing.MayAttach(c.Request, actor); err != nil {
		return a, err
	}
	if err := casework.CheckRoom(len(known), held, a.Bytes); err != nil {
		return a, err
	}
	if err := tx.InsertAttachment(ctx, a, u.content()); err != nil {
		return a, err
	}
	body, err := json.Marshal(struct {
		Attachment string `json:"attachment"`
		SHA256     string `json:"sha256"`
		Bytes      int64  `json:"bytes"`
		Status     string `json:"status"`
	}{a.ID, a.SHA256, a.Bytes, string(c.Status)})
	if err != nil {
		return a, fmt.Errorf("write event body: %w", err)
	}
	e := sharing.Attached(a.Kind)
	e.Stream, e.At, e.RuleVersion, e.Body = c.Stream(), a.UploadedAt, c.Rules, string(body)
	return a, tell(ctx, tx, e, actor)
}

type attachmentsOutput struct {
	Body struct {
		Items []attachmentView `json:"items" nullable:"false"`
	}
}

func (s *Server) listAttachments(ctx context.Context, in *idInput) (*attachmentsOutput, error) {
	out := &attachmentsOutput{}
	var err error
	out.Body.Items, err = s.attachmentViews(ctx, in.ID)
	return out, err
}

// attachmentViews shows what was attached to a case; it is bounded by [casework.CaseAttachments].
func (s *Server) attachmentViews(ctx context.Context, caseID string) ([]attachmentView, error) {
	rows, err := s.store.Attachments(ctx, caseID)
	if err != nil {
		return nil, err
	}
	people, agencies := []string{}, []string{}
	for _, a := range rows {
		people, agencies = append(people, a.UploadedBy), append(agencies, a.AgencyID)
	}
	names, err := s.store.AccountNames(ctx, people)
	if err != nil {
		return nil, err
	}
	titles, err := s.store.AgencyNames(ctx, agencies)
	views := []attachmentView{}
	for _, a := range rows {
		views = append(views, attachmentView{
			ID: a.ID, Name: a.Name, Bytes: a.Bytes, SHA256: a.SHA256, Note: a.Note, UploadedByName: names[a.UploadedBy],
			Agency: refView{a.AgencyID, titles[a.AgencyID]}, At: a.UploadedAt.UTC(),
		})
	}
	return views, err
}

// downloadOutput is a file that is saved, never shown by the browser itself.
type downloadOutput struct {
	ContentType   string `header:"Content-Type"`
	Disposition   string `header:"Content-Disposition"`
	ContentLength string `header:"Content-Length"`
	CacheControl  string `header:"Cache-Control"`
	Policy        string `header:"Content-Security-Policy"`
	Body          func(huma.Context)
}

func download(name, contentType string, bytes int64) *downloadOutput {
	return &downloadOutput{
		ContentType: contentType, Disposition: disposition(name), ContentLength: strconv.FormatInt(bytes, 10),
		CacheControl: "private, no-store", Policy: "default-src 'none'; sandbox",
	}
}

// downloadAttachment gives a party, or the auditor, the file after its bytes
// were found to be those that were hashed when it came.
func (s *Server) downloadAttachment(ctx context.Context, in *idInput) (*downloadOutput, error) {
	if err := mustBeID(in.ID, "附件"); err != nil {
		return nil, err
	}
	a, err := s.store.Attachment(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	if err := s.mustSee(ctx, identity.ActorOf(ctx), a.CaseID); err != nil {
		if fault.KindOf(err) == fault.NotFound {
			err = fault.New(fault.NotFound, "没有找到附件")
		}
		return nil, err
	}
	hash := sha256.New()
	if err := s.store.CopyContent(ctx, hash, a.SHA256); err != nil {
		return nil, err
	}
	if hex.EncodeToString(hash.Sum(nil)) != a.SHA256 {
		return nil, fmt.Errorf("content of attachment %s differs from its hash", a.ID)
	}
	out := download(a.Name, contentTypes[a.Kind], a.Bytes)
	out.Body = func(hc huma.Context) {
		hc.SetStatus(http.StatusOK)
		if err := s.store.CopyContent(ctx, hc.BodyWriter(), a.SHA256); err != nil {
			s.log.WarnContext(ctx, "download ended early", slog.String("attachment", a.ID), slog.Any("error", err))
		}
	}
	return out, nil
}

// disposition names a download, also for browsers that know ASCII only. RFC 5987, RFC 6266.
func disposition(name string) string {
	var escaped strings.Builder
	for _, b := range []byte(name) {
		switch {
		case 'a' <= b && b <= 'z', 'A' <= b && b <= 'Z', '0' <= b && b <= '9', b == '.', b == '-', b == '_':
			escaped.WriteByte(b)
		default:
			fmt.Fprintf(&escaped, "%%%02X", b)
		}
	}
	plain := "download"
	if dot := strings.LastIndexByte(name, '.'); dot >= 0 && keepableASCII(name[dot:]) {
		plain += name[dot:]
	}
	return `attachment; filename="` + plain + `"; filename*=UTF-8''` + escaped.String()
}

func keepableASCII(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool {
		return r != '.' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	})
}
