package api

import (
	"context"
	"io/fs"
	"log/slog"
	"net/http"
	"path"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"github.com/swaggest/swgui/v5emb"

	"datagov/domain/fault"
)

// requests counts and times what was answered.
var requests = promauto.NewHistogramVec(prometheus.HistogramOpts{
	Name: "datagov_http_request_seconds", Help: "Time to answer HTTP requests.", Buckets: prometheus.DefBuckets,
}, []string{"method", "route", "status"})

// registerHealth adds what operators and balancers ask.
func (s *Server) registerHealth() {
	s.echo.GET("/healthz", func(c echo.Context) error { return c.String(http.StatusOK, "ok\n") })
	s.echo.GET("/readyz", s.readyz)
	s.echo.GET("/metrics", echo.WrapHandler(promhttp.Handler()))
	s.echo.GET("/api/v1/openapi.json", func(c echo.Context) error { return c.JSON(http.StatusOK, s.api.OpenAPI()) })
	docs := echo.WrapHandler(v5emb.New("datagov", "/api/v1/openapi.json", "/docs/"))
	s.echo.Any("/docs*", func(c echo.Context) error { // its page carries its own script
		c.Response().Header().Set("Content-Security-Policy", "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:")
		return docs(c)
	})
}

// readyz says whether cases can be carried: the record answers, the district
// is set up, and what the process adds (the worker polls) holds too.
func (s *Server) readyz(c echo.Context) error {
	ctx, cancel := context.WithTimeout(c.Request().Context(), 5*time.Second)
	defer cancel()
	if err := s.ready(ctx); err != nil {
		s.log.DebugContext(ctx, "not ready", slog.Any("error", err))
		return fault.New(fault.Unavailable, "系统尚未就绪")
	}
	return c.String(http.StatusOK, "ready\n")
}

func (s *Server) ready(ctx context.Context) error {
	if _, err := s.store.District(ctx); err != nil {
		return err
	}
	if s.Ready == nil {
		return nil
	}
	return s.Ready(ctx)
}

// registerPage serves the web page; addresses of the page itself fall back to
// its index, addresses of the API do not.
func (s *Server) registerPage() {
	if s.Page == nil {
		return
	}
	files := http.FileServerFS(s.Page)
	s.echo.GET("/*", func(c echo.Context) error {
		name := strings.TrimPrefix(path.Clean(c.Request().URL.Path), "/")
		if strings.HasPrefix(name, "api/") {
			return fault.New(fault.NotFound, "没有这个地址")
		}
		if info, err := fs.Stat(s.Page, name); name == "" || err != nil || info.IsDir() {
			c.Response().Header().Set("Cache-Control", "no-cache")
			return s.index(c)
		}
		if strings.HasPrefix(name, "assets/") {
			c.Response().Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		}
		files.ServeHTTP(c.Response(), c.Request())
		return nil
	})
}

func (s *Server) index(c echo.Context) error {
	b, err := fs.ReadFile(s.Page, "index.html")
	if err != nil {
		return err
	}
	return c.HTMLBlob(http.StatusOK, b)
}
