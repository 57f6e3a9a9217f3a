// Package api serves the contract: operations declared in Go with huma on Echo
// v4, each with the permission it needs and the article it serves. A handler
// parses (by type), asks the gateway or the store, and renders; rules live in
// the domain, roles in rbac, the engine behind gateway.go.
//
// Build a server with [New] and mount [Server.Handler]. openapi.json is
// exported from the same declarations by go generate and compared by a test.
package api

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"
	"github.com/labstack/echo/v4"
	"go.temporal.io/sdk/client"

	"datagov/domain/law"
	"datagov/domain/notice"
	"datagov/internal/identity"
	"datagov/internal/paper"
	"datagov/rbac"
	"datagov/store"
)

//go:generate go run ./export openapi.json

// Options are what a server is built from.
type Options struct {
	Store    *store.Store
	Engine   client.Client
	Identity *identity.Identity
	Rbac     *rbac.Authorizer
	Library  []law.Known
	// Press makes the files of papers.
	Press *paper.Press
	// Page are the files of the web page.
	Page    fs.FS
	Log     *slog.Logger
	Now     func() time.Time
	Version string
	// Ready adds checks to /readyz, such as that the worker polls.
	Ready func(context.Context) error
	// BehindProxy says that an HTTPS proxy stands before us: the session cookie
	// is kept to HTTPS and the client's address is the one the proxy names.
	BehindProxy bool
	// Reach is where webhooks may point.
	Reach notice.Reach
}

// Server answers HTTP.
type Server struct {
	Options
	echo    *echo.Echo
	api     huma.API
	log     *slog.Logger
	rbac    *rbac.Authorizer
	store   *store.Store
	gateway *Gateway
	defects []error
	// stopping ends the event streams, which do not end by themselves.
	stopping chan struct{}
	// exports are the books being made at this moment.
	exports chan struct{}
}

// New builds a server. It fails when an operation is declared without
// permission or article, or with a permission that no policy line grants.
func New(o Options) (*Server, error) {
	localize()
	huma.NewError = func(status int, message string, details ...error) huma.StatusError {
		return newHumaError(status, message, details...)
	}
	huma.NewErrorWithContext = func(hc huma.Context, status int, message string, details ...error) huma.StatusError {
		p := newHumaError(status, message, details...)
		p.Instance = requestID(hc.Context())
		return p
	}
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	s := &Server{Options: o, echo: e, log: o.Log, rbac: o.Rbac, store: o.Store, stopping: make(chan struct{}), exports: make(chan struct{}, exportsAtOnce)}
	if o.Engine != nil {
		s.gateway = newGateway(o)
	}
	s.middleware()
	s.api = humaecho.NewV4WithGroup(e, e.Group("/api/v1"), contract(o.Version))
	s.register()
	return s, errors.Join(s.defects...)
}

func contract(version string) huma.Config {
	c := huma.DefaultConfig("datagov 公共数据管理", version)
	c.DocsPath, c.OpenAPIPath, c.SchemasPath, c.CreateHooks = "", "", "", nil
	c.Servers = []*huma.Server{{URL: "/api/v1"}}
	c.Info.Description = "《宝山区公共数据管理办法》（" + law.MeasureEdition + "）的业务接口。每个操作写明所需权限（x-permission）和依据条款（x-article）。"
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"bearer": {Type: "http", Scheme: "bearer"},
		"cookie": {Type: "apiKey", In: "cookie", Name: cookieName},
	}
	c.Security = []map[string][]string{{"bearer": {}}, {"cookie": {}}}
	return c
}

// register lists every part of the contract and the few hand-written routes.
func (s *Server) register() {
	s.registerSession()
	s.registerDistrict()
	s.registerCatalog()
	s.registerShareRequests()
	s.registerShareRequestActs()
	s.registerVersions()
	s.registerTasks()
	s.registerDesk()
	s.registerBulk()
	s.registerProxies()
	s.registerSeats()
	s.registerGrants()
	s.registerPapers()
	s.registerEvents()
	s.registerNotices()
	s.registerClock()
	s.registerAttachments()
	s.registerPhrases()
	s.registerExports()
	s.registerBriefing()
	s.registerHealth()
	s.registerPage()
}

// Handler is the whole server.
func (s *Server) Handler() http.Handler { return s.echo }

// OpenAPI is the contract as a document.
func (s *Server) OpenAPI() *huma.OpenAPI { return s.api.OpenAPI() }

// Run does the server's work beside answering, until the context ends: it
// notes which commands the engine has answered, and follows role changes.
func (s *Server) Run(ctx context.Context) error {
	go s.rbac.Follow(ctx, 2*time.Second, s.store.RoleVersion, s.assignments)
	return s.gateway.settleLoop(ctx)
}

func (s *Server) assignments(ctx context.Context) ([]rbac.Assignment, error) {
	rows, err := s.store.RoleAssignments(ctx)
	list := make([]rbac.Assignment, 0, len(rows))
	for _, r := range rows {
		list = append(list, rbac.Assignment{Account: r.AccountID, Role: r.Role, Domain: r.Domain})
	}
	return list, err
}

// Stop ends the event streams, so that the HTTP server can shut down.
func (s *Server) Stop() { close(s.stopping) }

// LoadRoles reads the assignments once, before the first request.
func (s *Server) LoadRoles(ctx context.Context) error {
	list, err := s.assignments(ctx)
	if err != nil {
		return err
	}
	return s.rbac.Load(list)
}
