package delivery

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail"

	"datagov/domain/workday"
)

// Security is how the connection to the mail server is protected.
type Security string

// The ways of protection.
const (
	StartTLS Security = "starttls" // required; a server without it gets nothing
	TLS      Security = "tls"      // from the first byte
	Plain    Security = "none"     // for a relay on this machine
)

// Mailbox is the mail server and the sender.
type Mailbox struct {
	Address            string // host:port
	Username, Password string
	From               string
	Security           Security
}

// mailWithin is how long the server may take for one message.
const mailWithin = 15 * time.Second

// Mail sends notices by SMTP.
type Mail struct {
	box  Mailbox
	site string
}

// NewMail makes the channel; site stands before the links.
func NewMail(box Mailbox, site string) *Mail { return &Mail{box: box, site: site} }

// Send hands the message to the mail server. Its Message-ID is the delivery's
// identifier, so that a repeat can be told.
func (m *Mail) Send(ctx context.Context, message Message) error {
	client, err := m.client()
	if err != nil {
		return err
	}
	letter, err := m.letter(message)
	if err != nil {
		return err
	}
	if err := client.DialAndSendWithContext(ctx, letter); err != nil {
		return refusedMail(err)
	}
	return nil
}

func (m *Mail) client() (*mail.Client, error) {
	host, port, err := net.SplitHostPort(m.box.Address)
	if err != nil {
		return nil, fmt.Errorf("read address of mail server: %w", err)
	}
	number, err := strconv.Atoi(port)
	if err != nil {
		return nil, fmt.Errorf("read port of mail server: %w", err)
	}
	options := []mail.Option{mail.WithPort(number), mail.WithTimeout(mailWithin), mail.WithTLSPolicy(mail.TLSMandatory), mail.WithoutNoop()}
	switch m.box.Security {
	case TLS:
		options = append(options, mail.WithSSL())
	case Plain:
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
	case StartTLS:
	}
	if m.box.Username != "" {
		auth := mail.SMTPAuthAutoDiscover
		options = append(options, mail.WithSMTPAuth(auth), mail.WithUsername(m.box.Username), mail.WithPassword(m.box.Password))
	}
	client, err := mail.NewClient(host, options...)
	if err != nil {
		return nil, fmt.Errorf("prepare mail: %w", err)
	}
	return client, nil
}

// page is the HTML form of a notice: the same words, and a link to click.
var page = template.Must(template.New("mail").Parse(`<!doctype html>
<html lang="zh-CN"><body style="font-family:sans-serif;line-height:1.7;color:#1f1f1f">
<h2 style="font-size:18px">{{.Title}}</h2>
<p>{{.Text}}</p>
<p><a href="{{.Link}}">查看事项</a></p>
<p style="color:#888;font-size:12px">{{.District}}公共数据业务系统 {{.Day}} 自动发送，请勿回复。</p>
</body></html>
`))

func (m *Mail) letter(message Message) (*mail.Msg, error) {
	words := struct{ Title, Text, Link, District, Day string }{
		message.Title, message.Text, m.site + message.Link, message.District, string(workday.DayOf(message.At)),
	}
	var html strings.Builder
	if err := page.Execute(&html, words); err != nil {
		return nil, fmt.Errorf("write mail: %w", err)
	}
	letter := mail.NewMsg()
	if err := letter.From(m.box.From); err != nil {
		return nil, fmt.Errorf("set sender of mail: %w", err)
	}
	if err := letter.To(message.Address); err != nil {
		return nil, &Failure{Text: "收件人的电子邮箱有误", Final: true, cause: err}
	}
	_, domain, _ := strings.Cut(m.box.From, "@")
	letter.SetMessageIDWithValue(message.ID + "@" + strings.Trim(domain, "<> "))
	letter.SetDateWithValue(message.At)
	letter.Subject("【" + message.District + "公共数据】" + message.Title)
	letter.SetBodyString(mail.TypeTextPlain, words.Title+"\r\n\r\n"+words.Text+"\r\n\r\n查看事项："+words.Link+
		"\r\n\r\n"+words.District+"公共数据业务系统 "+words.Day+" 自动发送，请勿回复。\r\n")
	letter.AddAlternativeString(mail.TypeTextHTML, html.String())
	return letter, nil
}

// refusedMail says in a safe sentence why the server did not take it. Whoever
// does not exist will not exist tomorrow; everything else may pass.
func refusedMail(err error) error {
	var refused *mail.SendError
	if errors.As(err, &refused) && refused.ErrorCode() > 0 {
		final := refused.Reason == mail.ErrSMTPRcptTo && !refused.IsTemp()
		return &Failure{Text: "邮件服务器没有接收（代码 " + strconv.Itoa(refused.ErrorCode()) + "）", Final: final, cause: err}
	}
	return &Failure{Text: "邮件服务器没有响应，或者不接受本系统的连接方式", cause: err}
}
