package api

import (
	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"
)

// remoteAddress is where a request came from, for throttling log-ins.
type remoteAddress struct{ IP string }

// Resolve fills the address in; it refuses nothing.
func (r *remoteAddress) Resolve(ctx huma.Context) []error {
	r.IP = humaecho.UnwrapV4(ctx).RealIP()
	return nil
}
