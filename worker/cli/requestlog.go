package cli

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"strings"

	"gregaria/internal/exitcode"
	"gregaria/worker/internal/program"
	"gregaria/worker/internal/requestlog"
	"gregaria/worker/user"
)

// requestShare is the share of requests that --request-log-sample keeps; without it, all.
func (o options) requestShare() (float64, error) {
	if o.RequestLogSample == "" {
		return 1, nil
	}
	number, found := strings.CutSuffix(o.RequestLogSample, "%")
	percent, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
	if err != nil || !found || !(percent > 0 && percent <= 100) {
		return 0, fmt.Errorf("--request-log-sample=%s: it must be percents above 0%%, at most 100%%, such as 1%%", o.RequestLogSample)
	}
	return percent / 100, nil
}

func (o options) checkRequestLog() error {
	if _, err := o.requestShare(); err != nil {
		return err
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
	share, err := o.requestShare()
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

// observe returns what logs the requests of a worker's users; nil: nothing does.
func (h *house) observe(line program.Line) func(class string, to user.Recorder) user.Recorder {
	if h.requests == nil {
		return nil
	}
	return h.requests.Worker(line.NodeID, line.Index).Recorder
}
