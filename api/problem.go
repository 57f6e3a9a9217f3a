package api

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"
	"go.temporal.io/api/serviceerror"

	"datagov/domain/fault"
	"datagov/domain/law"
	"datagov/workflows"
)

// Problem is every error answer: application/problem+json of RFC 9457, in
// Chinese, with the citation where the law is the reason. It never repeats what
// was sent and never shows what happened inside.
type Problem struct {
	Type     string         `json:"type" doc:"类别的标识"`
	Title    string         `json:"title"`
	Status   int            `json:"status"`
	Detail   string         `json:"detail" doc:"可以直接给用户看的说明"`
	Instance string         `json:"instance,omitempty" doc:"请求编号"`
	Code     string         `json:"code" doc:"类别"`
	Errors   []fault.Field  `json:"errors,omitempty" doc:"有误的字段，JSON 指针"`
	Basis    []citationView `json:"basis,omitempty" doc:"法律依据"`
	Grounds  []groundView   `json:"grounds,omitempty" doc:"条目自身的法定依据"`
}

// Error gives the safe sentence.
func (p *Problem) Error() string { return p.Detail }

// GetStatus gives the HTTP status.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType marks the body as a problem.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// kinds gives every kind of refusal its status and title.
var kinds = map[fault.Kind]struct {
	status int
	title  string
}{
	fault.Unauthenticated: {http.StatusUnauthorized, "请先登录"},
	fault.Forbidden:       {http.StatusForbidden, "没有权限"},
	fault.NotFound:        {http.StatusNotFound, "没有找到"},
	fault.Malformed:       {http.StatusBadRequest, "请求格式有误"},
	fault.Invalid:         {http.StatusUnprocessableEntity, "填写有误"},
	fault.Barred:          {http.StatusForbidden, "不得办理"},
	fault.Conflict:        {http.StatusConflict, "当前状态不能办理"},
	fault.Unlawful:        {http.StatusUnprocessableEntity, "于法无据"},
	fault.Throttled:       {http.StatusTooManyRequests, "请稍后再试"},
	fault.Unavailable:     {http.StatusServiceUnavailable, "暂时不能办理"},
	fault.Internal:        {http.StatusInternalServerError, "系统出错"},
}

const internalText = "系统内部出错，已经记录；请把请求编号告诉管理员"

func problem(f *fault.Error) *Problem {
	k, ok := kinds[f.Kind]
	if !ok {
		k = kinds[fault.Internal]
	}
	p := &Problem{
		Type: "urn:datagov:problem:" + string(f.Kind), Title: k.title, Status: k.status, Detail: f.Text,
		Code: string(f.Kind), Errors: f.Fields,
	}
	for _, c := range f.Basis {
		p.Basis = append(p.Basis, *citationOf(c))
	}
	for _, g := range f.Grounds {
		p.Grounds = append(p.Grounds, groundOf(g, true))
	}
	return p
}

// render turns any error into a problem. Trouble is logged in full under the
// request's number and shown as one fixed sentence.
func (s *Server) render(ctx context.Context, err error) *Problem {
	err = workflows.Refusal(err)
	var unavailable *serviceerror.Unavailable
	var p *Problem
	switch {
	case errors.As(err, &p):
	case fault.As(err) != nil:
		p = problem(fault.As(err))
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &unavailable), isDeadline(err):
		s.log.WarnContext(ctx, "engine or record did not answer in time", slog.Any("error", err), slog.String("request", requestID(ctx)))
		p = problem(fault.New(fault.Unavailable, "系统正忙，未能在规定时间内答复；请用同一 Idempotency-Key 重试，不会重复办理"))
	default:
		s.log.ErrorContext(ctx, "request failed", slog.Any("error", err), slog.String("request", requestID(ctx)))
		p = problem(fault.New(fault.Internal, internalText))
	}
	p.Instance = requestID(ctx)
	return p
}

func isDeadline(err error) bool {
	var deadline *serviceerror.DeadlineExceeded
	return errors.As(err, &deadline)
}

// newHumaError renders what huma itself refuses: bodies that do not parse or
// do not fit their schema. The offending values are dropped.
func newHumaError(status int, _ string, details ...error) *Problem {
	kind := map[int]fault.Kind{
		http.StatusBadRequest: fault.Malformed, http.StatusUnprocessableEntity: fault.Invalid,
		http.StatusNotFound: fault.NotFound, http.StatusForbidden: fault.Forbidden, http.StatusUnauthorized: fault.Unauthenticated,
	}[status]
	text := map[int]string{
		http.StatusBadRequest:            "请求正文不是有效的 JSON，或者缺少正文",
		http.StatusUnprocessableEntity:   "填写的内容有误，请按提示修改",
		http.StatusRequestEntityTooLarge: "请求正文过大",
		http.StatusUnsupportedMediaType:  "请求正文须为 application/json",
		http.StatusNotAcceptable:         "不支持所要求的格式",
		http.StatusRequestTimeout:        "读取请求超时",
	}[status]
	if text == "" {
		kind, text = fault.Internal, internalText
	}
	var fields []fault.Field
	if status == http.StatusUnprocessableEntity { // what does not even parse has no fields
		fields = fieldsOf(details)
	}
	p := problem(&fault.Error{Kind: kind, Text: text, Fields: fields})
	if p.Status = status; kind == "" {
		p.Code, p.Type, p.Title = fmt.Sprint(status), fmt.Sprintf("urn:datagov:problem:%d", status), text
	}
	return p
}

func fieldsOf(details []error) []fault.Field {
	var fields []fault.Field
	for _, d := range details {
		var detail *huma.ErrorDetail
		if errors.As(d, &detail) {
			pointer := pointerOf(detail.Location)
			if detail.Message == validation.MsgUnexpectedProperty { // the name is the client's own word
				pointer = pointer[:max(strings.LastIndex(pointer, "/"), 1)]
			}
			fields = append(fields, fault.Field{Pointer: pointer, Text: translate(detail.Message)})
		}
	}
	return fields
}

// pointerOf turns "body.grounds[0].level" into "/grounds/0/level".
func pointerOf(location string) string {
	location = strings.TrimPrefix(location, "body")
	location = strings.NewReplacer(".", "/", "[", "/", "]", "").Replace(location)
	if !strings.HasPrefix(location, "/") {
		location = "/" + location
	}
	return location
}

type citationView struct {
	Edition string `json:"edition"`
	Article string `json:"article"`
	Title   string `json:"title"`
}

// citationOf shows a citation; nil when there is none.
func citationOf(c law.Citation) *citationView {
	if c.Edition == "" {
		return nil
	}
	return &citationView{c.Edition, c.Article, c.Title()}
}

type groundView struct {
	Level     string `json:"level"`
	Title     string `json:"title"`
	DocNo     string `json:"docNo,omitempty"`
	Article   string `json:"article"`
	Quote     string `json:"quote"`
	InForceOn string `json:"inForceOn"`
	Warning   string `json:"warning,omitempty" doc:"上位法提示"`
}

// groundOf shows a ground. One that bars sharing carries a warning where the
// national regulation wants a higher rank than the measure does. TL 14, 15.
func groundOf(c law.Claim, barring bool) groundView {
	v := groundView{Level: c.Level, Title: c.Title, DocNo: c.DocNo, Article: c.Article, Quote: c.Quote, InForceOn: c.InForceOn}
	if !barring {
		return v
	}
	switch law.Level(c.Level) {
	case law.LocalRegulation, law.DepartmentalRule, law.LocalGovernmentRule:
		v.Warning = "《政务数据共享条例》第十四条、第十五条要求不予共享以法律、行政法规或者国务院决定为依据，本依据效力层级较低"
	case law.Statute, law.AdministrativeRegulation, law.StateCouncilDecision:
	}
	return v
}
