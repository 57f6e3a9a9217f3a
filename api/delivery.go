package api

import (
	"context"
	"net/http"
	"time"

	"datagov/domain/notice"
	"datagov/store"
)

type deliveryView struct {
	ID        string     `json:"id"`
	Channel   string     `json:"channel" doc:"email、wecom、sms 或者 webhook"`
	Target    string     `json:"target" doc:"收件人，或者推送地址的主机"`
	CaseID    string     `json:"caseId"`
	Kind      string     `json:"kind"`
	Title     string     `json:"title"`
	At        time.Time  `json:"at"`
	Attempts  int        `json:"attempts"`
	LastError string     `json:"lastError"`
	NextAt    *time.Time `json:"nextAt" doc:"下一次投递的时间"`
	EndedAt   *time.Time `json:"endedAt"`
	Status    string     `json:"status" doc:"waiting、delivered 或者 dead"`
}

func (s *Server) registerDeliveries() {
	add(s, operation{
		ID: "list-deliveries", Method: http.MethodGet, Path: "/deliveries", Summary: "站外投递记录", Object: "delivery", Action: "read", Article: "39",
	}, s.listDeliveries)
	add(s, operation{
		ID: "retry-delivery", Method: http.MethodPost, Path: "/deliveries/{id}/retry", Summary: "重新投递失败的消息",
		Object: "delivery", Action: "retry", Article: "39", Status: http.StatusOK,
	}, s.retryDelivery)
}

type deliveriesInput struct {
	Paging
	Status string `query:"status" enum:"waiting,delivered,dead" doc:"不填则列出全部"`
}

// listDeliveries lists what left or is to leave the house, without its words.
func (s *Server) listDeliveries(ctx context.Context, in *deliveriesInput) (*listOutput[deliveryView], error) {
	after, err := in.after()
	if err != nil {
		return nil, err
	}
	rows, err := s.store.Deliveries(ctx, store.DeliveryFilter{Status: in.Status, BeforeAt: after.At, BeforeID: after.ID, Limit: in.Limit + 1})
	if err != nil {
		return nil, err
	}
	rows, more := next(rows, in.Limit, func(d store.Delivery) cursor { return cursor{d.At, d.ID} })
	views, err := s.deliveryViews(ctx, rows)
	return listOf(views, more), err
}

func (s *Server) deliveryViews(ctx context.Context, rows []store.Delivery) ([]deliveryView, error) {
	people, hooks := []string{}, []string{}
	for _, d := range rows {
		if d.Channel == string(notice.Webhook) {
			hooks = append(hooks, d.Target)
		} else {
			people = append(people, d.Target)
		}
	}
	names, err := s.store.AccountNames(ctx, people)
	if err != nil {
		return nil, err
	}
	urls, err := s.store.WebhookURLs(ctx, hooks)
	if err != nil {
		return nil, err
	}
	views := []deliveryView{}
	for _, d := range rows {
		v := deliveryView{
			ID: d.ID, Channel: d.Channel, Target: names[d.Target], CaseID: d.CaseID, Kind: d.Kind, Title: d.Title, At: d.At.UTC(),
			Attempts: d.Attempts, LastError: d.LastError, EndedAt: moment(d.EndedAt), Status: d.Status,
		}
		if d.Channel == string(notice.Webhook) {
			v.Target = hostOf(urls[d.Target])
		}
		if d.Status == store.DeliveryWaiting {
			v.NextAt = moment(d.NextAt)
		}
		views = append(views, v)
	}
	return views, nil
}

type deliveryIDInput struct {
	ID string `path:"id" maxLength:"64"`
}

type deliveryOutput struct{ Body deliveryView }

// retryDelivery puts a dead message back into the queue, under its old identifier.
func (s *Server) retryDelivery(ctx context.Context, in *deliveryIDInput) (*deliveryOutput, error) {
	if err := mustBeID(in.ID, "投递记录"); err != nil {
		return nil, err
	}
	if _, err := s.store.Delivery(ctx, in.ID); err != nil {
		return nil, err
	}
	c := change{"delivery/" + in.ID, "delivery.retried", "重新投递失败的消息", nil}
	err := s.record(ctx, c, func(ctx context.Context, tx store.Tx, _ string, at time.Time) error {
		return tx.RetryDelivery(ctx, in.ID, at)
	})
	if err != nil {
		return nil, err
	}
	d, err := s.store.Delivery(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	views, err := s.deliveryViews(ctx, []store.Delivery{d})
	if err != nil {
		return nil, err
	}
	return &deliveryOutput{views[0]}, nil
}
