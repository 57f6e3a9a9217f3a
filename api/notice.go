package api

import (
	"context"
	"net/http"
	"time"

	"datagov/domain/fault"
	"datagov/domain/notice"
	"datagov/internal/identity"
	"datagov/store"
)

type noticeView struct {
	ID     string     `json:"id"`
	CaseID string     `json:"caseId"`
	Kind   string     `json:"kind" doc:"通知种类，如 todo、returned、refused"`
	Title  string     `json:"title"`
	Text   string     `json:"text"`
	Link   string     `json:"link" doc:"本系统页面中事项的地址"`
	At     time.Time  `json:"at"`
	ReadAt *time.Time `json:"readAt"`
}

// registerNotices declares everybody's own notices, and what the administrator
// sees of deliveries and webhooks.
func (s *Server) registerNotices() {
	add(s, operation{
		ID: "list-notices", Method: http.MethodGet, Path: "/notices", Summary: "本人的通知", Object: "notice", Action: "read", Article: "26",
	}, s.listNotices)
	add(s, operation{
		ID: "count-notices", Method: http.MethodGet, Path: "/notices/counts", Summary: "未读通知数", Object: "notice", Action: "read", Article: "26",
	}, s.countNotices)
	add(s, operation{
		ID: "read-notices", Method: http.MethodPost, Path: "/notices/read", Summary: "标记通知为已读", Object: "notice", Action: "read", Article: "26",
		Status: http.StatusOK,
	}, s.readNotices)
	add(s, operation{
		ID: "get-notice-settings", Method: http.MethodGet, Path: "/notices/settings", Summary: "本人的通知设置",
		Object: "notice", Action: "read", Article: "26",
	}, s.getNoticeSettings)
	add(s, operation{
		ID: "put-notice-settings", Method: http.MethodPut, Path: "/notices/settings", Summary: "修改本人的通知设置",
		Object: "notice", Action: "read", Article: "26", Body: 4 << 10,
	}, s.putNoticeSettings)
	s.registerDeliveries()
	s.registerWebhooks()
}

type noticesInput struct {
	Paging
	Unread bool `query:"unread" doc:"只列未读的通知"`
}

// listNotices lists the caller's notices, newest first.
func (s *Server) listNotices(ctx context.Context, in *noticesInput) (*listOutput[noticeView], error) {
	after, err := in.after()
	if err != nil {
		return nil, err
	}
	rows, err := s.store.Notices(ctx, store.NoticeFilter{
		Account: identity.ActorOf(ctx).Account, Unread: in.Unread, BeforeAt: after.At, BeforeID: after.ID, Limit: in.Limit + 1,
	})
	if err != nil {
		return nil, err
	}
	rows, more := next(rows, in.Limit, func(n store.Notice) cursor { return cursor{n.At, n.ID} })
	views := []noticeView{}
	for _, n := range rows {
		views = append(views, noticeView{n.ID, n.CaseID, n.Kind, n.Title, n.Text, n.Link, n.At.UTC(), moment(n.ReadAt)})
	}
	return listOf(views, more), nil
}

type noticeCountsOutput struct {
	Body struct {
		Unread int64 `json:"unread"`
	}
}

func (s *Server) countNotices(ctx context.Context, _ *struct{}) (*noticeCountsOutput, error) {
	n, err := s.store.CountUnread(ctx, identity.ActorOf(ctx).Account)
	out := &noticeCountsOutput{}
	out.Body.Unread = n
	return out, err
}

type readNoticesInput struct {
	Body struct {
		IDs []string `json:"ids,omitempty" maxItems:"200" doc:"要标记的通知"`
		All bool     `json:"all,omitempty" doc:"标记全部未读通知"`
	}
}

// readNotices marks the caller's own notices as read; identifiers of others
// and unknown ones change nothing. It answers what is left unread.
func (s *Server) readNotices(ctx context.Context, in *readNoticesInput) (*noticeCountsOutput, error) {
	if in.Body.All == (len(in.Body.IDs) > 0) {
		return nil, fault.Form("/ids", "请列明要标记的通知，或者选择全部")
	}
	for _, id := range in.Body.IDs {
		if !keepable(id) || len(id) > 64 {
			return nil, fault.Form("/ids", "通知标识有误")
		}
	}
	err := s.store.Tx(ctx, func(ctx context.Context, tx store.Tx) error {
		return tx.ReadNotices(ctx, identity.ActorOf(ctx).Account, in.Body.IDs, s.Now())
	})
	if err != nil {
		return nil, err
	}
	return s.countNotices(ctx, nil)
}

type noticeSettings struct {
	Email    string           `json:"email" maxLength:"254" doc:"接收通知的电子邮箱，可以为空"`
	Channels []notice.Channel `json:"channels" nullable:"false" maxItems:"3" doc:"站内通知之外的渠道：email、wecom、sms"`
}

type noticeSettingsOutput struct{ Body noticeSettings }

func (s *Server) getNoticeSettings(ctx context.Context, _ *struct{}) (*noticeSettingsOutput, error) {
	chosen, err := s.store.NoticeSetting(ctx, identity.ActorOf(ctx).Account)
	return &noticeSettingsOutput{noticeSettings{chosen.Email, append([]notice.Channel{}, chosen.Channels...)}}, err
}

type noticeSettingsInput struct{ Body noticeSettings }

// putNoticeSettings changes where the caller's notices go besides the page. The
// event names the channels, not the address.
func (s *Server) putNoticeSettings(ctx context.Context, in *noticeSettingsInput) (*noticeSettingsOutput, error) {
	chosen := notice.Setting{Email: in.Body.Email, Channels: append([]notice.Channel{}, in.Body.Channels...)}
	if err := chosen.Check(); err != nil {
		return nil, err
	}
	c := change{"account/" + identity.ActorOf(ctx).Account, "account.notices_set", "修改通知渠道", map[string]any{"channels": chosen.Channels}}
	err := s.record(ctx, c, func(ctx context.Context, tx store.Tx, by string, at time.Time) error {
		return tx.PutNoticeSetting(ctx, by, chosen, at)
	})
	return &noticeSettingsOutput{noticeSettings{chosen.Email, chosen.Channels}}, err
}
