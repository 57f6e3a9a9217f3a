package api

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"datagov/domain/agency"
	"datagov/domain/fault"
	"datagov/internal/identity"
)

// answerWithin is how long a request may take: an engine that has just been
// restarted needs more than eight seconds for its first decision.
const answerWithin = 20 * time.Second

// cookieName is the session cookie.
const cookieName = "datagov_session"

type requestKey struct{}

func requestID(ctx context.Context) string {
	id, _ := ctx.Value(requestKey{}).(string)
	return id
}

func (s *Server) middleware() {
	s.echo.HTTPErrorHandler = s.handleError
	s.echo.IPExtractor = echo.ExtractIPDirect()
	if s.BehindProxy {
		s.echo.IPExtractor = echo.ExtractIPFromXFFHeader(echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)) // a proxy on this machine
	}
	s.echo.Use(s.number, s.logged, middleware.RecoverWithConfig(middleware.RecoverConfig{LogErrorFunc: s.panicked}),
		middleware.SecureWithConfig(middleware.SecureConfig{
			XFrameOptions: "DENY", ContentTypeNosniff: "nosniff", ReferrerPolicy: "same-origin",
			ContentSecurityPolicy: "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'",
		}),
		echo.WrapMiddleware(s.sameOrigin), s.bounded)
}

// number gives every request its number.
func (s *Server) number(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		id := uuid.Must(uuid.NewV7()).String()
		c.Response().Header().Set("X-Request-Id", id)
		c.SetRequest(c.Request().WithContext(context.WithValue(c.Request().Context(), requestKey{}, id)))
		return next(c)
	}
}

// logged writes one line a request, without query or body.
func (s *Server) logged(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		start := time.Now()
		if err := next(c); err != nil {
			c.Error(err)
		}
		requests.WithLabelValues(c.Request().Method, c.Path(), http.StatusText(c.Response().Status)).Observe(time.Since(start).Seconds())
		s.log.DebugContext(c.Request().Context(), "request", slog.String("method", c.Request().Method), slog.String("route", c.Path()),
			slog.Int("status", c.Response().Status), slog.Duration("took", time.Since(start)), slog.String("request", requestID(c.Request().Context())))
		return nil
	}
}

func (s *Server) panicked(c echo.Context, err error, stack []byte) error {
	s.log.ErrorContext(c.Request().Context(), "panic", slog.Any("error", err), slog.String("stack", string(stack)))
	return err
}

// sameOrigin refuses changes that another site's page sends with our cookie.
func (s *Server) sameOrigin(next http.Handler) http.Handler {
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.write(w, s.render(r.Context(), fault.New(fault.Forbidden, "拒绝来自其他网站的操作")))
	}))
	return guard.Handler(next)
}

// bounded ends requests that take too long, the event stream aside.
func (s *Server) bounded(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if c.Request().URL.Path == "/api/v1/events" {
			return next(c)
		}
		ctx, cancel := context.WithTimeout(c.Request().Context(), within(c.Request()))
		defer cancel()
		c.SetRequest(c.Request().WithContext(ctx))
		return next(c)
	}
}

func (s *Server) handleError(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	var he *echo.HTTPError
	if errors.As(err, &he) {
		switch he.Code {
		case http.StatusNotFound:
			err = fault.New(fault.NotFound, "没有这个地址")
		case http.StatusMethodNotAllowed:
			s.write(c.Response(), &Problem{
				Type: "urn:datagov:problem:method", Title: "不支持的方法", Detail: "该地址不支持这种请求方法",
				Status: he.Code, Code: "method_not_allowed", Instance: requestID(c.Request().Context()),
			})
			return
		}
	}
	s.write(c.Response(), s.render(c.Request().Context(), err))
}

func (s *Server) write(w http.ResponseWriter, p *Problem) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(p.Status)
	_ = huma.DefaultJSONFormat.Marshal(w, p)
}

// credentials are what a request says of who sends it.
type credentials struct{ authorization, cookies, actingFor string }

// authenticate finds out who asks, by bearer token or session cookie, and for
// whom he acts. A proxy has his principal's roles and no other.
func (s *Server) authenticate(ctx context.Context, c credentials) (context.Context, identity.Person, error) {
	actor, account, err := s.Identity.Actor(ctx, token(c.authorization, c.cookies))
	if err == nil && c.actingFor != "" {
		actor, err = s.Identity.ActFor(ctx, actor, c.actingFor)
	}
	if err != nil {
		return ctx, identity.Person{}, err
	}
	person := identity.Person{Actor: actor, Account: account}
	return identity.WithActor(ctx, person), person, nil
}

func token(authorization, cookies string) string {
	if authorization != "" {
		t, ok := strings.CutPrefix(authorization, "Bearer ")
		if !ok {
			return ""
		}
		return strings.TrimSpace(t)
	}
	list, err := http.ParseCookie(cookies)
	if err != nil {
		return ""
	}
	for _, c := range list {
		if c.Name == cookieName {
			return c.Value
		}
	}
	return ""
}

// mustSee lets parties and those who may read every case see that a case
// exists; to anybody else it does not.
func (s *Server) mustSee(ctx context.Context, actor agency.Actor, caseID string) error {
	unknown := fault.New(fault.NotFound, "没有找到这个事项")
	if uuid.Validate(caseID) != nil || len(caseID) != 36 {
		return unknown
	}
	parties, err := s.store.Parties(ctx, caseID)
	if fault.KindOf(err) == fault.NotFound {
		return unknown
	}
	if err != nil {
		return err
	}
	if parties.IsParty(actor.Agency) {
		return nil
	}
	all, err := s.rbac.Allow(actor, "share-request", "read-all")
	if err != nil {
		return err
	}
	if !all {
		return unknown
	}
	return nil
}
