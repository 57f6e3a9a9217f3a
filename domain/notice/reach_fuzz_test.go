package notice_test

import (
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"datagov/domain/notice"
)

// Whatever address passes in earnest is HTTPS, carries no account, and names no closed network.
func FuzzAnAddressThatPassesIsSafe(f *testing.F) {
	for _, text := range []string{
		"https://example.gov.cn/", "https://10.0.0.1/", "https://[::1]/", "https://a@b/", "http://x", "https://0x7f.1/", "https://127.1/",
		"https://2130706433/", "https://localhost/", "https://[::ffff:10.0.0.1]:1/", "https://e.cn/\r\nX: y", "https://e.cn%2f@10.0.0.1/",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if (notice.Reach{}).CheckURL(text) != nil {
			return
		}
		u, err := url.Parse(text)
		if err != nil || u.Scheme != "https" || u.User != nil || u.Host == "" || strings.ContainsAny(text, "\r\n\x00") {
			t.Errorf("%q passes", text)
		}
		if a, err := netip.ParseAddr(u.Hostname()); err == nil && !(notice.Reach{}).Allows(a) {
			t.Errorf("%q passes and leads to %s", text, a)
		}
	})
}
