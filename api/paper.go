package api

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"datagov/domain/fault"
	"datagov/domain/paper"
	"datagov/internal/identity"
	press "datagov/internal/paper"
	"datagov/store"
)

func (s *Server) registerPapers() {
	add(s, operation{
		ID: "list-papers", Method: http.MethodGet, Path: "/papers", Summary: "公文列表", Object: "paper", Action: "read", Article: "26",
	}, s.listPapers)
	add(s, operation{
		ID: "get-paper", Method: http.MethodGet, Path: "/papers/{id}", Summary: "公文内容", Object: "paper", Action: "read", Article: "26",
	}, s.getPaper)
	add(s, operation{
		ID: "get-paper-file", Method: http.MethodGet, Path: "/papers/{id}/file", Summary: "下载公文", Object: "paper", Action: "read", Article: "26",
	}, s.getPaperFile)
	add(s, operation{
		ID: "receive-paper", Method: http.MethodPost, Path: "/papers/{id}/receipt", Summary: "签收公文", Object: "paper", Action: "receive",
		Article: "26", Status: http.StatusCreated,
	}, s.receivePaper)
	add(s, operation{
		ID: "verify-paper", Method: http.MethodGet, Path: "/papers/verify/{code}", Summary: "公文核验", Public: true, Article: "26",
	}, s.verifyPaper)
}

type paperFileView struct {
	Format string `json:"format" doc:"pdf 或者 docx"`
	SHA256 string `json:"sha256"`
	Bytes  int64  `json:"bytes"`
}

// PaperView is one line of the list of papers. Exported because a detail embeds it, and
// the contract leaves out what is not.
type PaperView struct {
	ID             string          `json:"id"`
	CaseID         string          `json:"caseId"`
	Kind           string          `json:"kind" doc:"supplement、answer、refusal、extension 或者 overdue"`
	Title          string          `json:"title"`
	Number         string          `json:"number" doc:"文号"`
	IssuedAt       time.Time       `json:"issuedAt"`
	Issuer         string          `json:"issuer"`
	Recipient      refView         `json:"recipient"`
	Code           string          `json:"code" doc:"核验码"`
	Sealed         bool            `json:"sealed" doc:"是否加盖电子印章"`
	ReceivedAt     *time.Time      `json:"receivedAt"`
	ReceivedByName string          `json:"receivedByName"`
	Receivable     bool            `json:"receivable" doc:"当前登录人可以签收"`
	Files          []paperFileView `json:"files" nullable:"false" doc:"已经生成的文件"`
}

type papersInput struct {
	Paging
	Kind string `query:"kind" maxLength:"20"`
}

// listPapers lists the papers of the cases the actor's agency has a part in, or
// all of them for whoever may read every case.
func (s *Server) listPapers(ctx context.Context, in *papersInput) (*listOutput[PaperView], error) {
	after, err := in.after()
	if err != nil {
		return nil, err
	}
	actor := identity.ActorOf(ctx)
	filter := store.PaperFilter{Kind: in.Kind, BeforeAt: after.At, BeforeID: after.ID, Limit: in.Limit + 1}
	all, err := s.rbac.Allow(actor, "share-request", "read-all")
	if err != nil {
		return nil, err
	}
	if !all {
		filter.Party = string(actor.Agency)
	}
	rows, err := s.store.Papers(ctx, filter)
	if err != nil {
		return nil, err
	}
	rows, more := next(rows, in.Limit, func(p store.Paper) cursor { return cursor{p.IssuedAt, p.ID} })
	views, err := s.paperViews(ctx, rows)
	return listOf(views, more), err
}

// papersShown bounds the papers of one case; a case has a handful.
const papersShown = 100

// papers are the papers of a case, newest first.
func (m *material) papers(ctx context.Context) ([]PaperView, error) {
	rows, err := m.server.store.Papers(ctx, store.PaperFilter{CaseID: m.r.ID, Limit: papersShown})
	if err != nil {
		return nil, err
	}
	return m.server.paperViews(ctx, rows)
}

func (s *Server) paperViews(ctx context.Context, rows []store.Paper) ([]PaperView, error) {
	agencies, people := []string{}, []string{}
	for _, p := range rows {
		agencies, people = append(agencies, p.IssuerID, p.RecipientID), append(people, p.ReceivedBy)
	}
	offices, err := s.store.AgencyNames(ctx, agencies)
	if err != nil {
		return nil, err
	}
	names, err := s.store.AccountNames(ctx, people)
	if err != nil {
		return nil, err
	}
	files, err := s.store.PaperFiles(ctx, rows)
	if err != nil {
		return nil, err
	}
	actor := identity.ActorOf(ctx)
	may, err := s.rbac.Allow(actor, "paper", "receive")
	if err != nil {
		return nil, err
	}
	views := []PaperView{}
	for _, p := range rows {
		v := PaperView{
			ID: p.ID, CaseID: p.CaseID, Kind: p.Kind, Title: p.Title, Number: p.Number, IssuedAt: p.IssuedAt.UTC(), Issuer: offices[p.IssuerID],
			Recipient: refView{p.RecipientID, offices[p.RecipientID]}, Code: paper.ShowCode(p.Code),
			ReceivedAt: moment(p.ReceivedAt), ReceivedByName: names[p.ReceivedBy], Files: []paperFileView{},
			Receivable: may && p.MayReceive(actor) == nil,
		}
		for _, f := range files[p.ID] {
			v.Files = append(v.Files, paperFileView{f.Format, f.SHA256, f.Size})
			v.Sealed = v.Sealed || f.Sealed
		}
		views = append(views, v)
	}
	return views, nil
}

// PaperID is the path of every operation on one paper.
type PaperID struct {
	ID string `path:"id"`
}

// paperOf reads a paper for somebody who may see its case; to anybody else it
// does not exist.
func (s *Server) paperOf(ctx context.Context, id string) (store.Paper, error) {
	if err := mustBeID(id, "这份公文"); err != nil {
		return store.Paper{}, err
	}
	p, err := s.store.Paper(ctx, id)
	if err != nil {
		return store.Paper{}, err
	}
	err = s.mustSee(ctx, identity.ActorOf(ctx), p.CaseID)
	if fault.KindOf(err) == fault.NotFound {
		return store.Paper{}, fault.New(fault.NotFound, "没有找到这份公文")
	}
	return p, err
}

type blockView struct {
	Kind string     `json:"kind" enum:"title,number,paragraph,table,signature"`
	Text string     `json:"text"`
	Rows [][]string `json:"rows" nullable:"false"`
}

type paperDetailView struct {
	PaperView

	Head   string      `json:"head" doc:"版头的发文机关"`
	Mark   string      `json:"mark" doc:"关于电子印章的说明"`
	Blocks []blockView `json:"blocks" nullable:"false"`
}

type paperOutput struct{ Body paperDetailView }

func (s *Server) getPaper(ctx context.Context, in *PaperID) (*paperOutput, error) {
	p, err := s.paperOf(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return s.showPaper(ctx, p)
}

// showPaper gives a paper with its blocks, as a preview shows them.
func (s *Server) showPaper(ctx context.Context, p store.Paper) (*paperOutput, error) {
	views, err := s.paperViews(ctx, []store.Paper{p})
	if err != nil {
		return nil, err
	}
	blocks, err := s.store.Blocks(ctx, p)
	if err != nil {
		return nil, err
	}
	v := paperDetailView{PaperView: views[0], Blocks: []blockView{}}
	if !v.Sealed {
		v.Mark = press.NoSealer{}.Mark()
	}
	for _, b := range blocks {
		if b.Role == paper.Head {
			v.Head = b.Text
			continue
		}
		v.Blocks = append(v.Blocks, blockOf(b))
	}
	return &paperOutput{v}, nil
}

// blockOf shows a block; what a preview need not tell apart is a paragraph.
func blockOf(b paper.Block) blockView {
	v := blockView{Kind: "paragraph", Text: b.Text, Rows: append([][]string{}, b.Rows...)}
	switch b.Role {
	case paper.Title, paper.DocumentNumber, paper.Table, paper.Signature:
		v.Kind = string(b.Role)
	case paper.Addressee:
		v.Text += "："
	case paper.Note:
		v.Text = "（" + v.Text + "）"
	case paper.Head, paper.Paragraph, paper.Heading, paper.Item, paper.Quotation:
	}
	return v
}

type paperFileInput struct {
	PaperID

	Format string `query:"format" enum:"pdf,docx" default:"pdf"`
}

type paperFileOutput struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Cache       string `header:"Cache-Control"`
	Digest      string `header:"X-Content-SHA256"`
	Body        []byte
}

// mediaTypes of the formats.
var mediaTypes = map[string]string{
	press.PDF: "application/pdf", press.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}

// getPaperFile gives the file as it was made; one that nobody has made yet is
// made now.
func (s *Server) getPaperFile(ctx context.Context, in *paperFileInput) (*paperFileOutput, error) {
	p, err := s.paperOf(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	f, err := s.Press.File(ctx, p, in.Format)
	if err != nil {
		return nil, err
	}
	name := url.PathEscape(p.Title + " " + p.Number + "." + in.Format)
	return &paperFileOutput{
		ContentType: mediaTypes[in.Format], Cache: "private, no-cache", Digest: f.SHA256, Body: f.Bytes,
		Disposition: fmt.Sprintf("attachment; filename=\"paper.%s\"; filename*=UTF-8''%s", in.Format, name),
	}, nil
}
