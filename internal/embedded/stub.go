//go:build noembed

package embedded

import (
	"context"
	"errors"
)

// ErrLeftOut is what Start answers in a binary built with the tag noembed.
var ErrLeftOut = errors.New("此程序未内置流程引擎（构建标记 noembed）：请用 --temporal-address 或 DATAGOV_TEMPORAL_ADDRESS 指定 Temporal 服务地址")

// Server stands for the engine that this binary does not have.
type Server struct{}

// Start always fails: the engine was left out of this binary.
func Start(context.Context, Options) (*Server, error) { return nil, ErrLeftOut }

// Address is empty: nothing listens.
func (*Server) Address() string { return "" }

// Stop does nothing.
func (*Server) Stop() {}
