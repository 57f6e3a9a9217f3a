package notice_test

import (
	"net/netip"
	"strings"
	"testing"

	"datagov/domain/fault"
	"datagov/domain/notice"
)

func TestAWebhookReachesPublicAddressesOnly(t *testing.T) {
	t.Parallel()
	inner := notice.Reach{Networks: []netip.Prefix{netip.MustParsePrefix("10.20.0.0/16")}}
	demo := notice.Reach{Loopback: true}
	for address, want := range map[string][3]bool{ // nothing opened, 10.20/16 opened, demo
		"1.1.1.1":                {true, true, true},
		"2606:4700:4700::1111":   {true, true, true},
		"10.20.3.4":              {false, true, false},
		"10.21.3.4":              {false, false, false},
		"127.0.0.1":              {false, false, true},
		"127.8.8.8":              {false, false, true},
		"::1":                    {false, false, true},
		"::ffff:127.0.0.1":       {false, false, true},
		"::ffff:10.20.3.4":       {false, true, false},
		"::127.0.0.1":            {false, false, false},
		"64:ff9b::a00:1":         {false, false, false},
		"2002:a00:1::":           {false, false, false},
		"169.254.169.254":        {false, false, false},
		"fe80::1%eth0":           {false, false, false},
		"fd00:ec2::254":          {false, false, false},
		"fec0::1":                {false, false, false},
		"172.31.255.255":         {false, false, false},
		"192.168.1.1":            {false, false, false},
		"100.64.0.1":             {false, false, false},
		"0.0.0.0":                {false, false, false},
		"::":                     {false, false, false},
		"224.0.0.1":              {false, false, false},
		"255.255.255.255":        {false, false, false},
		"ff02::1":                {false, false, false},
		"2001::1":                {false, false, false},
		"198.18.0.1":             {false, false, false},
		"2400:3200:baba::1":      {true, true, true},
		"::ffff:169.254.169.254": {false, false, false},
	} {
		a := netip.MustParseAddr(address)
		if got := [3]bool{notice.Reach{}.Allows(a), inner.Allows(a), demo.Allows(a)}; got != want {
			t.Errorf("%s: %v, want %v", address, got, want)
		}
	}
	if (notice.Reach{}).Allows(netip.Addr{}) {
		t.Error("no address at all is allowed")
	}
}

func TestTheAddressOfAWebhookIsChecked(t *testing.T) {
	t.Parallel()
	demo := notice.Reach{Loopback: true}
	for text, want := range map[string][2]bool{ // in earnest, in a demo
		"https://example.gov.cn/hooks?key=1":          {true, true},
		"https://example.gov.cn:8443/":                {true, true},
		"https://1.1.1.1/":                            {true, true},
		"http://example.gov.cn/":                      {false, false},
		"http://127.0.0.1:9000/hook":                  {false, true},
		"http://localhost:9000/hook":                  {false, true},
		"http://LOCALHOST./hook":                      {false, true},
		"https://127.0.0.1/":                          {false, true},
		"http://[::1]:9/":                             {false, true},
		"http://10.0.0.1/":                            {false, false},
		"https://10.0.0.1/":                           {false, false},
		"https://169.254.169.254/latest/meta-data":    {false, false},
		"https://[::ffff:10.0.0.1]/":                  {false, false},
		"https://user:pass@example.gov.cn/":           {false, false},
		"https://user@example.gov.cn/":                {false, false},
		"https://example.gov.cn/#part":                {false, false},
		"https:///path":                               {false, false},
		"https://:443/":                               {false, false},
		"ftp://example.gov.cn/":                       {false, false},
		"file:///etc/passwd":                          {false, false},
		"//example.gov.cn/":                           {false, false},
		"https:example.gov.cn":                        {false, false},
		"example.gov.cn":                              {false, false},
		"":                                            {false, false},
		"https://example.gov.cn/\x00":                 {false, false},
		"https://e.cn/" + strings.Repeat("x", 500):    {false, false},
		"https://example.gov.cn/%zz":                  {false, false},
		"javascript:alert(1)":                         {false, false},
		"https://example.gov.cn\\@10.0.0.1/":          {false, false},
		"https://[fe80::1%25lo]/":                     {false, false},
		"gopher://127.0.0.1:25/_HELO":                 {false, false},
		"https://xn--fiqs8s.example/hook":             {true, true},
		"https://example.gov.cn/hook/with/a/path?a=b": {true, true},
	} {
		for i, r := range []notice.Reach{{}, demo} {
			err := r.CheckURL(text)
			if (err == nil) != want[i] || err != nil && fault.KindOf(err) != fault.Invalid {
				t.Errorf("%q (demo %v): %v", text, r.Loopback, err)
			}
		}
	}
}

func TestASettingIsChecked(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		email    string
		channels []notice.Channel
		ok       bool
	}{
		{"", nil, true},
		{"", []notice.Channel{notice.WeCom, notice.SMS}, true},
		{"li@example.gov.cn", []notice.Channel{notice.Email}, true},
		{"li@example.gov.cn", nil, true},
		{"", []notice.Channel{notice.Email}, false},
		{"li", []notice.Channel{notice.Email}, false},
		{"Li <li@example.gov.cn>", nil, false},
		{"li@example.gov.cn\r\nBcc: wang@example.com", nil, false},
		{"李@example.gov.cn", nil, false},
		{strings.Repeat("x", 250) + "@e.cn", nil, false},
		{"", []notice.Channel{notice.Webhook}, false},
		{"", []notice.Channel{"pigeon"}, false},
		{"", []notice.Channel{notice.SMS, notice.SMS}, false},
	} {
		err := notice.Setting{Email: tt.email, Channels: tt.channels}.Check()
		if (err == nil) != tt.ok || err != nil && fault.KindOf(err) != fault.Invalid {
			t.Errorf("%q %v: %v", tt.email, tt.channels, err)
		}
	}
}

func TestTheKindsOfAWebhookAreChecked(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		kinds []string
		ok    bool
	}{
		{nil, false}, {[]string{"refused"}, true}, {[]string{"refused", "todo"}, true}, {[]string{"refused", "refused"}, false}, {[]string{"*"}, false},
	} {
		if err := notice.CheckKinds(tt.kinds); (err == nil) != tt.ok {
			t.Errorf("%v: %v", tt.kinds, err)
		}
	}
}
