package delivery

import (
	"context"
	"errors"
	"log/slog"

	"datagov/domain/notice"
)

// errOnlyLogged ends a delivery that nothing was sent for.
var errOnlyLogged = errors.New("only logged")

// notConnected is what the list of deliveries says about it.
const notConnected = "该渠道尚未接通，只作记录，没有发出"

// Log stands in for a channel that is not connected: it records that something
// would have been sent, without its words and without who would have got it.
type Log struct {
	Channel notice.Channel
	Logger  *slog.Logger
}

// Send records the message and sends nothing.
func (l Log) Send(ctx context.Context, m Message) error {
	l.Logger.InfoContext(ctx, "a notice would have been sent", slog.String("channel", string(l.Channel)),
		slog.String("delivery", m.ID), slog.String("kind", m.Kind))
	return errOnlyLogged
}
