package config

import (
	"errors"
	"fmt"
	"net/mail"
	"net/netip"
	"net/url"
	"slices"
	"strings"
)

// Site is what stands before a path of the page in a link that leaves the house.
func (c Config) Site() string {
	if c.PublicURL != "" {
		return strings.TrimRight(c.PublicURL, "/")
	}
	return "http://" + c.Listen
}

// Networks are the private networks that webhooks may reach; none for anything
// Validate would refuse.
func (c Config) Networks() []netip.Prefix {
	list, err := networks(c.WebhookNetworks)
	if err != nil {
		return nil
	}
	return list
}

func networks(text string) ([]netip.Prefix, error) {
	var list []netip.Prefix
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		network, err := netip.ParsePrefix(part)
		if err != nil {
			return nil, err
		}
		list = append(list, network.Masked())
	}
	return list, nil
}

// checkNotices never repeats account or password.
func (c Config) checkNotices() error {
	var faults []error
	if u, err := url.Parse(c.PublicURL); c.PublicURL != "" && (err != nil || !slices.Contains([]string{"http", "https"}, u.Scheme) || u.Host == "" || u.RawQuery != "") {
		faults = append(faults, fmt.Errorf("本系统的网址（--public-url）%q 有误：须写作 https://主机。", c.PublicURL))
	}
	if _, err := networks(c.WebhookNetworks); err != nil {
		faults = append(faults, fmt.Errorf("推送网段（--webhook-networks）%q 有误：须写作 10.20.0.0/16，多个以逗号分隔。", c.WebhookNetworks))
	}
	return errors.Join(append(faults, c.checkMail()...)...)
}

func (c Config) checkMail() []error {
	var faults []error
	if !slices.Contains([]string{"", "starttls", "tls", "none"}, c.SMTPSecurity) {
		faults = append(faults, fmt.Errorf("邮件服务器的连接方式（--smtp-security）%q 有误：只能是 starttls、tls 或 none。", c.SMTPSecurity))
	}
	if (c.SMTPUsername == "") != (c.SMTPPassword == "") {
		faults = append(faults, errors.New("邮件服务器的账号（--smtp-username）和口令（--smtp-password）须一起填写。"))
	}
	if c.SMTPAddress == "" {
		return faults
	}
	if host, err := splitAddress(c.SMTPAddress); err != nil || host == "" {
		faults = append(faults, fmt.Errorf("邮件服务器（--smtp-address）%q 有误：须写作“主机:端口”。", c.SMTPAddress))
	}
	if from, err := mail.ParseAddress(c.SMTPFrom); err != nil || from.Address != c.SMTPFrom {
		faults = append(faults, errors.New("填写邮件服务器时，须一并填写发件人地址（--smtp-from），如 notice@example.gov.cn。"))
	}
	return faults
}
