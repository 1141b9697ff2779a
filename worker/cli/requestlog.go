package cli

import (
	"errors"
	"fmt"
	"io"
	"log/slog"

	"gregaria/internal/exitcode"
	"gregaria/internal/requestline"
	"gregaria/worker/internal/program"
	"gregaria/worker/internal/requestlog"
	"gregaria/worker/user"
)

func (o options) checkRequestLog() error {
	if _, err := requestline.Share(o.RequestLogSample); err != nil {
		return fmt.Errorf("--request-log-sample=%s: %w", o.RequestLogSample, err)
	}
	switch {
	case o.RequestLog == "" && o.line.Is("request_log"):
		return errors.New("--request-log is empty: give a file for the requests")
	case o.RequestLog == "" && o.RequestLogSample != "":
		return errors.New("--request-log-sample says how much of --request-log to write: give that, too")
	case o.RequestLog == "-":
		return errors.New("--request-log=-: standard output has what users print; give a file, or a named pipe (mkfifo)")
	}
	return nil
}

// openRequestLog opens the file of --request-log; nil is none.
func (o options) openRequestLog(log *slog.Logger) (*requestlog.Log, error) {
	if o.RequestLog == "" || o.List {
		return nil, nil
	}
	share, err := requestline.Share(o.RequestLogSample)
	if err != nil {
		return nil, err
	}
	opened, err := requestlog.Open(requestlog.Config{Path: o.RequestLog, Share: share, Log: log})
	if err != nil {
		return nil, fmt.Errorf("--request-log %s: %w", o.RequestLog, err)
	}
	return opened, nil
}

// requestLogCode tells a wrong file name, which another name puts right, from a file that cannot be written.
func requestLogCode(err error) int {
	if errors.Is(err, requestlog.ErrExists) || errors.Is(err, requestlog.ErrInUse) {
		return exitcode.Usage
	}
	return exitcode.Output
}

// closeRequestLog returns the exit code: that requests are missing counts where nothing else was wrong.
func closeRequestLog(log *requestlog.Log, code int, stderr io.Writer) int {
	if log == nil {
		return code
	}
	if err := log.Close(); err != nil {
		_ = fail(stderr, exitcode.Output, err)
		if code == exitcode.OK {
			return exitcode.Output
		}
	}
	return code
}

// logs returns what logs the requests of a worker; nil: nothing is logged.
func (h *house) logs(line program.Line) *requestlog.Worker {
	if h.requests == nil {
		return nil
	}
	return h.requests.Worker(line.NodeID, line.Index)
}

// observe returns what logs the requests of a worker's users, under what sees their jobs, which are logged, too. nil: nothing is logged.
func (h *house) observe(logs *requestlog.Worker) func(class string, to user.Recorder) user.Recorder {
	if logs == nil {
		return nil
	}
	return func(class string, to user.Recorder) user.Recorder {
		return watched(h.jobs, func() user.Recorder { return logs.Recorder(class, to) })()
	}
}
