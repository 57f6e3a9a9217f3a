package api

import (
	"context"
	"net/http"
	"time"

	"datagov/domain/agency"
	"datagov/domain/workday"
	"datagov/internal/identity"
	"datagov/store"
)

type refView struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type meView struct {
	ID          string        `json:"id"`
	Username    string        `json:"username"`
	Name        string        `json:"name"`
	Agency      refView       `json:"agency"`
	Roles       []agency.Role `json:"roles" nullable:"false"`
	Permissions []string      `json:"permissions" nullable:"false" doc:"此人的角色可以做的事，供页面取舍菜单"`
	// ActingFor is the principal while acting for one; Principals are whom the person may act for now.
	ActingFor  *refView        `json:"actingFor"`
	Principals []principalView `json:"principals" nullable:"false"`
}

type principalView struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Until string `json:"until" doc:"代理的最后一日"`
}

func (s *Server) registerSession() {
	add(s, operation{
		ID: "log-in", Method: http.MethodPost, Path: "/session", Summary: "登录", Public: true, Article: "39", Status: http.StatusCreated, Body: 4 << 10,
	}, s.logIn)
	add(s, operation{
		ID: "log-out", Method: http.MethodDelete, Path: "/session", Summary: "退出", Object: "account", Action: "self", Article: "39", Status: http.StatusNoContent,
	}, s.logOut)
	add(s, operation{
		ID: "get-me", Method: http.MethodGet, Path: "/me", Summary: "当前登录人", Object: "account", Action: "self", Article: "39",
	}, s.getMe)
}

type logInInput struct {
	Remote remoteAddress
	Body   struct {
		Username string `json:"username" minLength:"1" maxLength:"64"`
		Password string `json:"password" minLength:"1" maxLength:"128"`
	}
}

type logInOutput struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
	Body      struct {
		Token string `json:"token"`
		User  meView `json:"user"`
	}
}

// logIn opens a session; failures are throttled by account and address.
func (s *Server) logIn(ctx context.Context, in *logInInput) (*logInOutput, error) {
	token, account, err := s.Identity.LogIn(ctx, in.Body.Username, in.Body.Password, in.Remote.IP)
	if err != nil {
		return nil, err
	}
	actor, _, err := s.Identity.Actor(ctx, token)
	if err != nil {
		return nil, err
	}
	out := &logInOutput{SetCookie: s.cookie(token, 12*time.Hour)}
	out.Body.Token = token
	out.Body.User, err = s.me(ctx, actor, account)
	return out, err
}

type logOutInput struct {
	Authorization string `header:"Authorization"`
	Cookie        string `header:"Cookie"`
}

type logOutOutput struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
}

func (s *Server) logOut(ctx context.Context, in *logOutInput) (*logOutOutput, error) {
	err := s.Identity.LogOut(ctx, token(in.Authorization, in.Cookie))
	return &logOutOutput{SetCookie: s.cookie("", -time.Hour)}, err
}

type meOutput struct{ Body meView }

func (s *Server) getMe(ctx context.Context, _ *struct{}) (*meOutput, error) {
	p := identity.PersonOf(ctx)
	me, err := s.me(ctx, p.Actor, p.Account)
	return &meOutput{Body: me}, err
}

func (s *Server) me(ctx context.Context, actor agency.Actor, account store.Account) (meView, error) {
	a, err := s.store.Agency(ctx, actor.Agency)
	if err != nil {
		return meView{}, err
	}
	v := meView{
		ID: account.ID, Username: account.Username, Name: account.Name, Agency: refView{string(a.ID), a.Name},
		Roles: append([]agency.Role{}, actor.Roles...), Permissions: append([]string{}, s.rbac.Permissions(actor)...),
	}
	return v, s.proxies(ctx, actor, &v)
}

// proxies shows whom the person acts for, and could.
func (s *Server) proxies(ctx context.Context, actor agency.Actor, v *meView) error {
	v.Principals = []principalView{}
	lasting, err := s.Identity.Principals(ctx, actor)
	if err != nil {
		return err
	}
	ids := []string{actor.Principal}
	for _, p := range lasting {
		ids = append(ids, p.Principal)
	}
	names, err := s.store.AccountNames(ctx, ids)
	for _, p := range lasting {
		v.Principals = append(v.Principals, principalView{p.Principal, names[p.Principal], string(workday.DayOf(p.Until.Add(-time.Second)))})
	}
	if actor.Principal != "" {
		v.ActingFor = &refView{actor.Principal, names[actor.Principal]}
	}
	return err
}

func (s *Server) cookie(value string, life time.Duration) http.Cookie {
	return http.Cookie{ //nolint:gosec // Secure is a setting: one machine serves plain HTTP on loopback
		Name: cookieName, Value: value, Path: "/", MaxAge: int(life.Seconds()), HttpOnly: true,
		Secure: s.BehindProxy, SameSite: http.SameSiteLaxMode,
	}
}
