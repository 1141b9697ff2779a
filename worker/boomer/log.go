package boomer

import (
	"context"
	"log"
	"log/slog"

	"gregaria/worker/internal/logging"
)

// A logHandler writes to the program's logger, and keeps the lines for the master's Logs tab in Locust's format.
type logHandler struct {
	*logging.Handler
	logger func() *log.Logger
}

var _ slog.Handler = logHandler{}

// Handle implements slog.Handler.
func (h logHandler) Handle(ctx context.Context, r slog.Record) error {
	if r.Level == slog.LevelInfo {
		h.logger().Println(r.Message)
	} else {
		h.logger().Printf("%s: %s", r.Level, r.Message)
	}
	return h.Handler.Handle(ctx, r)
}

// WithAttrs implements slog.Handler; nothing here logs attributes.
func (h logHandler) WithAttrs([]slog.Attr) slog.Handler { return h }

// WithGroup implements slog.Handler.
func (h logHandler) WithGroup(string) slog.Handler { return h }
