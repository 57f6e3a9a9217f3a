//go:build !noembed

package embedded

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"

	"go.temporal.io/server/common/log"
	"go.temporal.io/server/common/log/tag"
)

// logger hands the server's warnings and errors to slog and drops the rest: an
// operator of ours reads about cases, not about shards.
type logger struct{ to *slog.Logger }

var (
	_ log.Logger      = logger{}
	_ log.WithLogger  = logger{}
	_ log.SLogWrapper = logger{}
)

// newLogger makes the server's logger. Once stopping is set it says nothing any
// more: the parts of the server complain of each other's absence for a while.
func newLogger(to *slog.Logger, stopping *atomic.Bool) logger {
	handler := threshold{Handler: to.Handler(), stopping: stopping}
	return logger{to: slog.New(handler).With(slog.String("part", "engine"))}
}

// expected begins a warning about something that we leave out on purpose.
const expected = "HTTP API port has not been set"

// Debug drops the message.
func (l logger) Debug(string, ...tag.Tag) {}

// Info drops the message.
func (l logger) Info(string, ...tag.Tag) {}

// Warn logs a warning.
func (l logger) Warn(message string, tags ...tag.Tag) {
	if !strings.HasPrefix(message, expected) {
		l.log(slog.LevelWarn, message, tags)
	}
}

// Error logs an error.
func (l logger) Error(message string, tags ...tag.Tag) { l.log(slog.LevelError, message, tags) }

// DPanic logs an error: only a development build of the server panics on it.
func (l logger) DPanic(message string, tags ...tag.Tag) { l.log(slog.LevelError, message, tags) }

// Panic logs an error and panics, as the server expects.
func (l logger) Panic(message string, tags ...tag.Tag) { l.end(message, tags) }

// Fatal logs an error and panics: the server's next line counts on never being
// reached, and a library does not end the process behind its caller's back.
func (l logger) Fatal(message string, tags ...tag.Tag) { l.end(message, tags) }

func (l logger) end(message string, tags []tag.Tag) {
	l.log(slog.LevelError, message, tags)
	panic(fmt.Sprintf("embedded engine: %s", message)) //nolint:forbidigo // the contract of log.Logger
}

// With returns a logger that adds the tags to every message.
func (l logger) With(tags ...tag.Tag) log.Logger {
	return logger{to: slog.New(l.to.Handler().WithAttrs(attributes(tags)))}
}

// SLog is the logger for the parts of the server that use slog themselves.
func (l logger) SLog() *slog.Logger { return l.to }

func (l logger) log(level slog.Level, message string, tags []tag.Tag) {
	l.to.LogAttrs(context.Background(), level, message, attributes(tags)...) //nolint:sloglint // the server's words
}

func attributes(tags []tag.Tag) []slog.Attr {
	attrs := make([]slog.Attr, 0, len(tags))
	for _, t := range tags {
		attrs = append(attrs, slog.Any(t.Key(), t.Value()))
	}
	return attrs
}

// threshold keeps everything below a warning from its handler, and all of it
// while the server stops.
type threshold struct {
	slog.Handler

	stopping *atomic.Bool
}

// Enabled reports whether the level is worth an operator's time.
func (h threshold) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && !h.stopping.Load() && h.Handler.Enabled(ctx, level)
}

// WithAttrs keeps the threshold on the handler with attributes.
func (h threshold) WithAttrs(attrs []slog.Attr) slog.Handler {
	return threshold{Handler: h.Handler.WithAttrs(attrs), stopping: h.stopping}
}

// WithGroup keeps the threshold on the handler with the group.
func (h threshold) WithGroup(name string) slog.Handler {
	return threshold{Handler: h.Handler.WithGroup(name), stopping: h.stopping}
}
