package store

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"
)

// PaperFilter narrows a list of papers; zero values leave it open.
type PaperFilter struct {
	CaseID string
	Kind   string
	// Party is the agency whose cases are listed; empty lists all.
	Party    string
	BeforeAt time.Time
	BeforeID string
	Limit    int
}

// received joins the receipt, which may be missing.
func received(q *bun.SelectQuery) *bun.SelectQuery {
	return q.ColumnExpr("paper.*").ColumnExpr("coalesce(d.account_id, '') AS received_by").ColumnExpr("d.at AS received_at").
		Join("LEFT JOIN paper_delivery AS d ON d.paper_id = paper.id AND d.kind = 'received'")
}

// Papers lists papers, newest first.
func (r Reader) Papers(ctx context.Context, f PaperFilter) ([]Paper, error) {
	rows := []Paper{}
	q := received(r.db.NewSelect().Model(&rows)).OrderExpr("paper.issued_at DESC, paper.id DESC").Limit(int64(f.Limit))
	if f.CaseID != "" {
		q = q.Where("paper.case_id = ?", f.CaseID)
	}
	if f.Kind != "" {
		q = q.Where("paper.kind = ?", f.Kind)
	}
	if f.Party != "" {
		q = q.Where("EXISTS (SELECT 1 FROM share_request AS r WHERE r.id = paper.case_id AND (r.requester_id = ? OR r.provider_id = ? OR r.commission_id = ?))",
			f.Party, f.Party, f.Party)
	}
	if f.BeforeID != "" {
		q = q.Where("(paper.issued_at, paper.id) < (?, ?)", instant(f.BeforeAt), f.BeforeID)
	}
	if err := q.Scan(ctx); err != nil {
		return nil, fmt.Errorf("list papers: %w", err)
	}
	return rows, nil
}

// Paper reads one paper; NotFound when unknown.
func (r Reader) Paper(ctx context.Context, id string) (Paper, error) {
	return r.paper(ctx, "paper.id = ?", id)
}

// PaperByCode reads the paper of a verification code; NotFound when unknown.
func (r Reader) PaperByCode(ctx context.Context, code string) (Paper, error) {
	return r.paper(ctx, "paper.code = ?", code)
}

func (r Reader) paper(ctx context.Context, where, value string) (Paper, error) {
	var p Paper
	err := received(r.db.NewSelect().Model(&p)).Where(where, value).Scan(ctx)
	return p, found(err, "这份公文")
}

// PaperFiles lists the files of papers without their bytes, by paper.
func (r Reader) PaperFiles(ctx context.Context, papers []Paper) (map[string][]PaperFile, error) {
	files := map[string][]PaperFile{}
	ids := make([]string, 0, len(papers))
	for _, p := range papers {
		ids = append(ids, p.ID)
	}
	if len(ids) == 0 {
		return files, nil
	}
	var rows []PaperFile
	err := r.db.NewSelect().Model(&rows).Column("paper_id", "format", "sha256", "sealed", "made_at").ColumnExpr("length(bytes) AS size").
		Where("paper_id IN (?)", bun.List(ids)).Order("paper_id", "format").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("list files of papers: %w", err)
	}
	for _, f := range rows {
		files[f.PaperID] = append(files[f.PaperID], f)
	}
	return files, nil
}

// PapersWithout lists papers issued since an instant that have no file of the
// format yet, oldest first.
func (r Reader) PapersWithout(ctx context.Context, format string, since time.Time, limit int) ([]string, error) {
	ids := []string{}
	err := r.db.NewSelect().Model((*Paper)(nil)).Column("id").Where("issued_at >= ?", instant(since)).
		Where("NOT EXISTS (SELECT 1 FROM paper_file AS f WHERE f.paper_id = paper.id AND f.format = ?)", format).
		Order("issued_at", "id").Limit(int64(limit)).Scan(ctx, &ids)
	if err != nil {
		return nil, fmt.Errorf("list papers without a file: %w", err)
	}
	return ids, nil
}
