package api

import (
	"net"

	"github.com/danielgtaylor/huma/v2"
)

// remoteAddress is where a request came from, for throttling log-ins.
type remoteAddress struct{ IP string }

// Resolve fills the address in; it refuses nothing.
func (r *remoteAddress) Resolve(ctx huma.Context) []error {
	r.IP = ctx.RemoteAddr()
	if host, _, err := net.SplitHostPort(r.IP); err == nil {
		r.IP = host
	}
	return nil
}
