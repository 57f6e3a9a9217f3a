package notice

import (
	"net/mail"
	"slices"
	"strings"

	"datagov/domain/fault"
)

// Channel is a way besides the page by which a notice reaches somebody.
type Channel string

// The channels. A person chooses among the first three; webhooks belong to the
// administrator.
const (
	Email   Channel = "email"
	WeCom   Channel = "wecom" // 政务微信
	SMS     Channel = "sms"
	Webhook Channel = "webhook"
)

// Personal lists the channels a person may choose.
func Personal() []Channel { return []Channel{Email, WeCom, SMS} }

// Setting is what one person chose.
type Setting struct {
	Email    string
	Channels []Channel
}

// Check refuses a setting that could not be kept or followed.
func (s Setting) Check() error {
	if s.Email != "" {
		address, err := mail.ParseAddress(s.Email)
		plain := !strings.ContainsFunc(s.Email, func(r rune) bool { return r <= ' ' || r > '~' })
		if err != nil || address.Address != s.Email || len(s.Email) > 254 || !plain {
			return fault.Form("/email", "电子邮箱的写法有误")
		}
	}
	for i, c := range s.Channels {
		if !slices.Contains(Personal(), c) || slices.Contains(s.Channels[:i], c) {
			return fault.Form("/channels", "通知渠道须为电子邮件、政务微信或者短信，且不得重复")
		}
	}
	if slices.Contains(s.Channels, Email) && s.Email == "" {
		return fault.Form("/email", "选择电子邮件通知须填写电子邮箱")
	}
	return nil
}

// limitKinds bounds the list of kinds a webhook asks for.
const limitKinds = 50

// CheckKinds refuses an empty list of kinds, an unknown kind, or one named twice.
func CheckKinds(kinds []string) error {
	if len(kinds) == 0 || len(kinds) > limitKinds {
		return fault.Form("/events", "须至少选择一类通知")
	}
	for i, k := range kinds {
		if !Kind(k).Known() || slices.Contains(kinds[:i], k) {
			return fault.Form("/events", "含有不认识或者重复的通知种类")
		}
	}
	return nil
}
