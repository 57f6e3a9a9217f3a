package notice

import (
	"net/netip"
	"net/url"
	"strings"

	"datagov/domain/fault"
)

// Reach is where a webhook may point. The zero value allows public addresses
// over HTTPS and nothing else.
type Reach struct {
	// Loopback lets demos and tests point at this machine, over plain HTTP too.
	Loopback bool
	// Networks are private networks that the operator has opened.
	Networks []netip.Prefix
}

// closed are networks that no webhook reaches unless they were opened: this
// machine, private and shared networks, link-local ones (cloud metadata among
// them), multicast, and networks that carry another address inside.
var closed = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"),
	netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("169.254.0.0/16"), netip.MustParsePrefix("172.16.0.0/12"),
	netip.MustParsePrefix("192.0.0.0/24"), netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("192.88.99.0/24"),
	netip.MustParsePrefix("192.168.0.0/16"), netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("198.51.100.0/24"),
	netip.MustParsePrefix("203.0.113.0/24"), netip.MustParsePrefix("224.0.0.0/3"),
	netip.MustParsePrefix("::/96"), netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("64:ff9b:1::/48"),
	netip.MustParsePrefix("100::/64"), netip.MustParsePrefix("2001::/23"), netip.MustParsePrefix("2001:db8::/32"),
	netip.MustParsePrefix("2002::/16"), netip.MustParsePrefix("fc00::/7"), netip.MustParsePrefix("fe80::/9"),
	netip.MustParsePrefix("ff00::/8"),
}

// Allows says whether a connection to the address may be opened. It is asked
// for the address that is dialed, after the name was resolved.
func (r Reach) Allows(address netip.Addr) bool {
	address = address.Unmap().WithZone("")
	if !address.IsValid() {
		return false
	}
	if r.Loopback && address.IsLoopback() {
		return true
	}
	for _, network := range r.Networks {
		if network.Contains(address) {
			return true
		}
	}
	for _, network := range closed {
		if network.Contains(address) {
			return false
		}
	}
	return true
}

// limitURL bounds the address of a webhook.
const limitURL = 500

// CheckURL refuses an address that no webhook may have. Names are resolved when
// something is sent, and the address found is judged again then.
func (r Reach) CheckURL(text string) error {
	u, err := url.Parse(text)
	if err != nil || len(text) > limitURL || u.Host == "" || u.Hostname() == "" || u.Opaque != "" {
		return fault.Form("/url", "推送地址须为完整的网址（500 个字符以内）")
	}
	if u.User != nil || u.Fragment != "" {
		return fault.Form("/url", "推送地址不得含有账号、口令或者片段标识")
	}
	address, literal := literalOf(u.Hostname())
	local := r.Loopback && literal && address.IsLoopback()
	if u.Scheme != "https" && (u.Scheme != "http" || !local) {
		return fault.Form("/url", "推送地址须使用 https")
	}
	if literal && !r.Allows(address) {
		return fault.Form("/url", "推送地址不得指向本机、内网或者保留的网段")
	}
	return nil
}

// literalOf reads a host that is an address; localhost counts as one.
func literalOf(host string) (netip.Addr, bool) {
	if strings.EqualFold(strings.TrimSuffix(host, "."), "localhost") {
		return netip.AddrFrom4([4]byte{127, 0, 0, 1}), true
	}
	address, err := netip.ParseAddr(host)
	return address.Unmap(), err == nil
}
