package delivery_test

import (
	"context"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"strings"
	"testing"

	"datagov/domain/notice"
	"datagov/internal/delivery"
	"datagov/internal/testkit"
	"datagov/store"
)

// mailing is a post whose mail goes to the server; the head takes mail.
func mailing(t *testing.T, address string, security delivery.Security) *post {
	t.Helper()
	m := delivery.NewMail(delivery.Mailbox{Address: address, From: "notice@data.example.gov.cn", Security: security}, site)
	p := newPost(t, map[notice.Channel]delivery.Channel{notice.Email: m})
	p.write(func(ctx context.Context, tx store.Tx) error {
		chosen := notice.Setting{Email: "head@example.gov.cn", Channels: []notice.Channel{notice.Email}}
		return tx.PutNoticeSetting(ctx, testkit.Head.Account, chosen, p.at)
	})
	p.queue(notice.Email, testkit.Head.Account, "c1", 1)
	return p
}

// A mail says in Chinese what the notice says, as text and as a page, and carries nothing else.
func TestAMailSaysWhatTheNoticeSays(t *testing.T) {
	t.Parallel()
	s := testkit.Mail(t, "")
	p := mailing(t, s.Address, delivery.Plain)
	p.round()
	p.is("civil-2-c1-0", store.Delivered, 1, "")
	letters := s.Letters()
	if len(letters) != 1 {
		t.Fatalf("%d letters", len(letters))
	}
	letter, err := mail.ReadMessage(strings.NewReader(letters[0]))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(letter.Header.Get("Subject"))
	if err != nil || subject != "【示例区公共数据】待办：负责人审签" {
		t.Errorf("subject %q, %v", subject, err)
	}
	for name, want := range map[string]string{
		"To": "<head@example.gov.cn>", "From": "<notice@data.example.gov.cn>", "Message-Id": "<civil-2-c1-0@data.example.gov.cn>",
		"Date": "Tue, 24 Nov 2026 01:00:00 +0000",
	} {
		if got := letter.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	parts := partsOf(t, letter)
	link := site + "/share-requests/c1"
	if len(parts) != 2 || !strings.Contains(parts["text/plain"], "“甲<b>乙”请办理") || !strings.Contains(parts["text/plain"], link) {
		t.Errorf("text: %q", parts)
	}
	if html := parts["text/html"]; !strings.Contains(html, "“甲&lt;b&gt;乙”请办理") || !strings.Contains(html, `href="`+link+`"`) {
		t.Errorf("page: %q", html)
	}
}

// partsOf decodes the alternatives of a letter, by their type.
func partsOf(t *testing.T, letter *mail.Message) map[string]string {
	t.Helper()
	kind, params, err := mime.ParseMediaType(letter.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("content %q, %v", kind, err)
	}
	parts := map[string]string{}
	for r := multipart.NewReader(letter.Body, params["boundary"]); ; {
		part, err := r.NextRawPart()
		if err != nil {
			return parts
		}
		body, err := io.ReadAll(quotedprintable.NewReader(part))
		if err != nil || part.Header.Get("Content-Disposition") != "" {
			t.Errorf("part %v, %v", part.Header, err)
		}
		kind, _, _ := mime.ParseMediaType(part.Header.Get("Content-Type"))
		parts[kind] = string(body)
	}
}

// The reason shows neither the address nor the server's words.
func TestAMailServerThatRefusesIsTriedAgainUnlessNobodyIsThere(t *testing.T) {
	t.Parallel()
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = closed.Close()
	unanswered := "邮件服务器没有响应，或者不接受本系统的连接方式"
	plain := testkit.Mail(t, "")
	for name, tt := range map[string]struct {
		address        string
		security       delivery.Security
		status, reason string
	}{
		"is full":              {testkit.Mail(t, "452").Address, delivery.Plain, "waiting", "邮件服务器没有接收（代码 452）"},
		"knows nobody":         {testkit.Mail(t, "550").Address, delivery.Plain, "dead", "邮件服务器没有接收（代码 550）"},
		"is not there":         {closed.Addr().String(), delivery.Plain, "waiting", unanswered},
		"is no mail server":    {raw(t, "HTTP/1.1 400\r\n\r\n"), delivery.Plain, "waiting", unanswered},
		"offers no protection": {plain.Address, delivery.StartTLS, "waiting", unanswered},
		"speaks no TLS":        {plain.Address, delivery.TLS, "waiting", unanswered},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := mailing(t, tt.address, tt.security)
			p.round()
			p.is("civil-2-c1-0", tt.status, 1, tt.reason)
			if len(plain.Letters()) > 0 {
				t.Error("a letter went out without protection")
			}
		})
	}
}
