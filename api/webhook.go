package api

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"net/http"
	"net/url"
	"time"

	"github.com/google/uuid"

	"datagov/domain/notice"
	"datagov/store"
)

type webhookView struct {
	ID         string     `json:"id"`
	URL        string     `json:"url"`
	Events     []string   `json:"events" nullable:"false" doc:"推送的通知种类"`
	Status     string     `json:"status" doc:"active 或者 disabled"`
	CreatedAt  time.Time  `json:"createdAt"`
	CreatedBy  refView    `json:"createdBy"`
	DisabledAt *time.Time `json:"disabledAt"`
	Secret     string     `json:"secret,omitempty" doc:"签名密钥，只在登记时显示这一次"`
}

func (s *Server) registerWebhooks() {
	add(s, operation{
		ID: "list-webhooks", Method: http.MethodGet, Path: "/webhooks", Summary: "消息推送地址", Object: "webhook", Action: "manage", Article: "39",
	}, s.listWebhooks)
	add(s, operation{
		ID: "create-webhook", Method: http.MethodPost, Path: "/webhooks", Summary: "登记消息推送地址", Object: "webhook", Action: "manage", Article: "39",
		Status: http.StatusCreated, Body: 8 << 10,
	}, s.createWebhook)
	add(s, operation{
		ID: "disable-webhook", Method: http.MethodPost, Path: "/webhooks/{id}/disable", Summary: "停用消息推送地址",
		Object: "webhook", Action: "manage", Article: "39", Status: http.StatusOK,
	}, s.disableWebhook)
}

type webhooksInput struct{ Paging }

// listWebhooks lists webhooks without their secrets, newest first.
func (s *Server) listWebhooks(ctx context.Context, in *webhooksInput) (*listOutput[webhookView], error) {
	after, err := in.after()
	if err != nil {
		return nil, err
	}
	rows, err := s.store.Webhooks(ctx, after.At, after.ID, in.Limit+1)
	if err != nil {
		return nil, err
	}
	rows, more := next(rows, in.Limit, func(w store.Webhook) cursor { return cursor{w.CreatedAt, w.ID} })
	views := []webhookView{}
	for _, w := range rows {
		v, err := s.webhookOf(ctx, w)
		if err != nil {
			return nil, err
		}
		views = append(views, v)
	}
	return listOf(views, more), nil
}

func (s *Server) webhookOf(ctx context.Context, w store.Webhook) (webhookView, error) {
	names, err := s.store.AccountNames(ctx, []string{w.CreatedBy})
	if err != nil {
		return webhookView{}, err
	}
	kinds, err := store.Strings(w.Events)
	v := webhookView{
		ID: w.ID, URL: w.URL, Events: kinds, Status: "active", CreatedAt: w.CreatedAt.UTC(),
		CreatedBy: refView{w.CreatedBy, names[w.CreatedBy]}, DisabledAt: moment(w.DisabledAt),
	}
	if !w.Active() {
		v.Status = "disabled"
	}
	return v, err
}

type webhookInput struct {
	Body struct {
		URL    string   `json:"url" minLength:"1" maxLength:"500" doc:"推送地址，须为 https"`
		Events []string `json:"events" nullable:"false" minItems:"1" maxItems:"50" doc:"要推送的通知种类"`
	}
}

type webhookOutput struct{ Body webhookView }

// createWebhook adds a webhook and shows its secret, this once.
func (s *Server) createWebhook(ctx context.Context, in *webhookInput) (*webhookOutput, error) {
	if err := s.Reach.CheckURL(in.Body.URL); err != nil {
		return nil, err
	}
	if err := notice.CheckKinds(in.Body.Events); err != nil {
		return nil, err
	}
	w := store.Webhook{
		ID: uuid.Must(uuid.NewV7()).String(), URL: in.Body.URL, Events: store.EncodeStrings(in.Body.Events), Secret: newSecret(),
	}
	c := change{"webhook/" + w.ID, "webhook.created", "登记消息推送地址", map[string]any{"host": hostOf(w.URL), "events": in.Body.Events}}
	err := s.record(ctx, c, func(ctx context.Context, tx store.Tx, by string, at time.Time) error {
		w.CreatedBy, w.CreatedAt = by, at
		return tx.InsertWebhook(ctx, w)
	})
	if err != nil {
		return nil, err
	}
	v, err := s.webhookOf(ctx, w)
	v.Secret = w.Secret
	return &webhookOutput{v}, err
}

// newSecret makes 32 random bytes in the form of the Standard Webhooks specification.
func newSecret() string {
	key := make([]byte, 32)
	_, _ = rand.Read(key) // never fails
	return "whsec_" + base64.StdEncoding.EncodeToString(key)
}

type webhookIDInput struct {
	ID string `path:"id" maxLength:"64"`
}

// disableWebhook ends a webhook for good; what waits for it is not sent.
func (s *Server) disableWebhook(ctx context.Context, in *webhookIDInput) (*webhookOutput, error) {
	if err := mustBeID(in.ID, "消息推送地址"); err != nil {
		return nil, err
	}
	if _, err := s.store.Webhook(ctx, in.ID); err != nil {
		return nil, err
	}
	c := change{"webhook/" + in.ID, "webhook.disabled", "停用消息推送地址", nil}
	err := s.record(ctx, c, func(ctx context.Context, tx store.Tx, by string, at time.Time) error {
		return tx.DisableWebhook(ctx, in.ID, by, at)
	})
	if err != nil {
		return nil, err
	}
	w, err := s.store.Webhook(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	v, err := s.webhookOf(ctx, w)
	return &webhookOutput{v}, err
}

// hostOf is as much of an address as people outside the administration read:
// paths and queries may hold keys.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Scheme + "://" + u.Host
}
