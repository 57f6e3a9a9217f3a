package delivery

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"syscall"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"datagov/domain/notice"
)

// How long a receiver may take, and how much of its answer is read.
const (
	answerWithin = 10 * time.Second
	answerLimit  = 64 << 10
)

var errUnreachable = errors.New("address is not allowed")

// Webhook posts signed messages after the Standard Webhooks specification.
type Webhook struct {
	client *http.Client
	site   string
	now    func() time.Time
}

// NewWebhook makes the channel. Every connection is judged by the address that
// is dialed, so a name that changes its mind reaches nothing new; no proxy of
// the environment is asked, and redirects are not followed.
func NewWebhook(reach notice.Reach, site string, now func() time.Time) *Webhook {
	dialer := &net.Dialer{Timeout: answerWithin, Control: func(_, address string, _ syscall.RawConn) error {
		to, err := netip.ParseAddrPort(address)
		if err != nil || !reach.Allows(to.Addr()) {
			return errUnreachable
		}
		return nil
	}}
	return &Webhook{site: site, now: now, client: &http.Client{
		Timeout: answerWithin,
		Transport: &http.Transport{
			Proxy: nil, DialContext: dialer.DialContext, ForceAttemptHTTP2: true, TLSHandshakeTimeout: answerWithin,
			ResponseHeaderTimeout: answerWithin, MaxResponseHeaderBytes: answerLimit, MaxIdleConns: 20, IdleConnTimeout: time.Minute,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// payload is what a receiver reads. It names the case and where to read on; the
// words of the case stay in the house.
type payload struct {
	Type      string      `json:"type"`
	Timestamp string      `json:"timestamp"`
	Data      payloadData `json:"data"`
}

type payloadData struct {
	CaseID string `json:"caseId"`
	Kind   string `json:"kind"`
	Title  string `json:"title"`
	Link   string `json:"link"`
}

// Send posts the message; anything but an answer 2xx is a failure.
func (w *Webhook) Send(ctx context.Context, m Message) error {
	req, err := w.request(ctx, m)
	if err != nil {
		return err
	}
	res, err := w.client.Do(req)
	if err != nil {
		return unanswered(err)
	}
	defer func() { _ = res.Body.Close() }()            // the answer has been judged
	_, _ = io.CopyN(io.Discard, res.Body, answerLimit) // read for the connection's sake; what it says is not used
	switch {
	case res.StatusCode >= 200 && res.StatusCode < 300:
		return nil
	case res.StatusCode == http.StatusGone:
		return &Failure{Text: "对方表示不再接收（状态 410）", Final: true}
	case res.StatusCode >= 300 && res.StatusCode < 400:
		return &Failure{Text: "对方要求转到其他地址，未予跟随（状态 " + strconv.Itoa(res.StatusCode) + "）"}
	}
	return &Failure{Text: "对方返回状态 " + strconv.Itoa(res.StatusCode)}
}

func (w *Webhook) request(ctx context.Context, m Message) (*http.Request, error) {
	body, err := json.Marshal(payload{
		Type: "notice." + m.Kind, Timestamp: m.At.Format(time.RFC3339Nano),
		Data: payloadData{CaseID: m.CaseID, Kind: m.Kind, Title: m.Title, Link: w.site + m.Link},
	})
	if err != nil {
		return nil, fmt.Errorf("write payload: %w", err)
	}
	signer, err := standardwebhooks.NewWebhook(m.Secret)
	if err != nil {
		return nil, fmt.Errorf("read secret of webhook: %w", err)
	}
	at := w.now()
	signature, err := signer.Sign(m.ID, at, body)
	if err != nil {
		return nil, fmt.Errorf("sign webhook: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, m.Address, bytes.NewReader(body))
	if err != nil {
		return nil, &Failure{Text: "推送地址有误", Final: true, cause: err}
	}
	for name, value := range map[string]string{
		"Content-Type": "application/json", "User-Agent": "datagov",
		standardwebhooks.HeaderWebhookID:        m.ID,
		standardwebhooks.HeaderWebhookTimestamp: strconv.FormatInt(at.Unix(), 10),
		standardwebhooks.HeaderWebhookSignature: signature,
	} {
		req.Header.Set(name, value)
	}
	return req, nil
}

// unanswered says in a safe sentence why there was no answer.
func unanswered(err error) error {
	var timeout net.Error
	switch {
	case errors.Is(err, errUnreachable):
		return &Failure{Text: "推送地址指向不允许的网段", cause: err}
	case errors.As(err, &timeout) && timeout.Timeout():
		return &Failure{Text: "对方没有及时响应", cause: err}
	}
	return &Failure{Text: "无法连接对方，或者对方的回应不合规范", cause: err}
}
