package api

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"datagov/domain/audit"
	"datagov/domain/law"
	"datagov/domain/workday"
	"datagov/internal/identity"
	"datagov/internal/sheet"
	"datagov/store"
)

// sheetType is the media type of XLSX.
const sheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// exportsAtOnce is how many books are made at a time; the others wait, so that
// pages stay quick when many leaders ask for lists at the end of a month.
const exportsAtOnce = 2

// exportPage is how many rows are read at a time.
const exportPage = 500

// listSheet says how a list of I, whose lines are T, looks as a sheet.
type listSheet[I, T any] struct {
	name    string // of the list, such as 待办列表
	columns []sheet.Column
	row     func(T) []any
	// filters says in words what the list was narrowed to.
	filters func(I) []string
}

// paged is an input that embeds [Paging].
type paged[I any] interface {
	*I
	paging() *Paging
}

func (p *Paging) paging() *Paging { return p }

// addExport declares GET <list>/export beside a list: the same filters, the
// same permission, every row, as XLSX. To add one, give the list's operation
// and handler, and how a line looks.
func addExport[I, T any, P paged[I]](s *Server, op operation, list func(context.Context, *I) (*listOutput[T], error), look listSheet[I, T]) {
	of := op.ID
	op.ID, op.Path, op.Summary = "export-"+strings.TrimPrefix(of, "list-"), op.Path+"/export", "导出"+look.name
	add(s, op, func(ctx context.Context, in *I) (*downloadOutput, error) {
		page := P(in).paging()
		page.Limit, page.Cursor = exportPage, ""
		return s.export(ctx, exported{
			name: look.name, list: strings.TrimPrefix(of, "list-"),
			tables: []sheet.Table{{
				Name: look.name, Title: look.name, Notes: []string{filtered(look.filters(*in))}, Columns: look.columns,
				Rows: everyRow(ctx, in, page, list, look.row),
			}},
		})
	})
}

// everyRow walks a list page by page.
func everyRow[I, T any](ctx context.Context, in *I, page *Paging, list func(context.Context, *I) (*listOutput[T], error), row func(T) []any) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		for {
			out, err := list(ctx, in)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, item := range out.Body.Items {
				if !yield(row(item), nil) {
					return
				}
			}
			if out.Body.Next == nil {
				return
			}
			page.Cursor = *out.Body.Next
		}
	}
}

func filtered(filters []string) string {
	if len(filters) == 0 {
		return "筛选：无"
	}
	return "筛选：" + strings.Join(filters, "；")
}

// exported is what leaves the system in one file.
type exported struct {
	name   string // 待办列表
	list   string // tasks
	tables []sheet.Table
}

// export makes the book and notes in the person's stream what he took along;
// without the note there is no file.
func (s *Server) export(ctx context.Context, e exported) (_ *downloadOutput, err error) {
	select {
	case s.exports <- struct{}{}:
		defer func() { <-s.exports }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	now := s.Now()
	who, err := s.exportedBy(ctx, now)
	if err != nil {
		return nil, err
	}
	book, err := sheet.New()
	if err != nil {
		return nil, err
	}
	defer func() { _ = book.Close() }() // its files are temporary
	rows := 0
	for _, t := range e.tables {
		t.Notes = append(t.Notes, who)
		n, err := book.Add(t)
		if err != nil {
			return nil, err
		}
		rows += n
	}
	var file bytes.Buffer
	if err := book.Write(&file); err != nil {
		return nil, err
	}
	if err := s.tellExport(ctx, e.list, rows, now); err != nil {
		return nil, err
	}
	out := download(e.name+"-"+now.In(workday.Zone).Format("20060102-1504")+".xlsx", sheetType, int64(file.Len()))
	out.Body = func(hc huma.Context) {
		hc.SetStatus(http.StatusOK)
		_, _ = file.WriteTo(hc.BodyWriter()) // a reader that has gone has nobody to tell
	}
	return out, nil
}

func (s *Server) exportedBy(ctx context.Context, now time.Time) (string, error) {
	p := identity.PersonOf(ctx)
	a, err := s.store.Agency(ctx, p.Actor.Agency)
	return "导出人：" + a.Name + " " + p.Account.Name + "　导出时间：" + now.In(workday.Zone).Format("2006-01-02 15:04"), err
}

func (s *Server) tellExport(ctx context.Context, list string, rows int, now time.Time) error {
	body, err := json.Marshal(struct {
		List string `json:"list"`
		Rows int    `json:"rows"`
	}{list, rows})
	if err != nil {
		return fmt.Errorf("write event body: %w", err)
	}
	actor := identity.ActorOf(ctx)
	return s.retried(ctx, func(ctx context.Context, tx store.Tx) error {
		return tell(ctx, tx, audit.Event{
			Stream: "account/" + actor.Account, Name: "account.exported", At: now, Citation: law.Measure("39"),
			Detail: fmt.Sprintf("导出列表 %d 行", rows), Body: string(body),
		}, actor)
	})
}

// given adds a filter to those that were asked for.
func given(filters []string, title, value string) []string {
	if value == "" {
		return filters
	}
	return append(filters, title+"“"+value+"”")
}

// titled gives the word of the offices for a value, or the value.
func titled(titles map[string]string, value string) string { return or(titles[value], value) }
