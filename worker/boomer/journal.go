package boomer

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"

	"gregaria/internal/exitcode"
	"gregaria/internal/requestline"
	"gregaria/worker/internal/requestlog"
)

// The variables of bin/worker's --request-log and --request-log-sample: boomer's flags are boomer's.
const (
	requestLog       = "GREGARIA_REQUEST_LOG"
	requestLogSample = "GREGARIA_REQUEST_LOG_SAMPLE"
)

// A journal is the request log of Boomers. It is open for good, since one may Run again: what is recorded is on the disk when a Boomer ends.
type journal struct {
	mu  sync.Mutex      // guards log
	log *requestlog.Log // nil: it is not open
}

// common is that of the process: all its Boomers write one file.
var common journal

// open returns the log that the variables ask for, nil if they ask for none.
func (j *journal) open(log *slog.Logger) (*requestlog.Log, error) {
	path, sample := os.Getenv(requestLog), os.Getenv(requestLogSample)
	share, err := requestline.Share(sample)
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s=%s: %w", requestLogSample, sample, err)
	case path == "" && sample != "":
		return nil, fmt.Errorf("%s says how much of %s to write: set that, too", requestLogSample, requestLog)
	case path == "":
		return nil, nil //nolint:nilnil // as said
	case path == "-":
		return nil, fmt.Errorf("%s=-: standard output has what the program prints; give a file, or a named pipe (mkfifo)", requestLog)
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.log == nil {
		if j.log, err = requestlog.Open(requestlog.Config{Path: path, Option: requestLog, Share: share, Log: log}); err != nil {
			return nil, &journalError{path, err}
		}
	}
	return j.log, nil
}

// A journalError is that of a file.
type journalError struct {
	path string
	err  error
}

func (e *journalError) Error() string { return requestLog + "=" + e.path + ": " + e.err.Error() }

func (e *journalError) Unwrap() error { return e.err }

// journalCode tells a wrong value, which another one puts right, from a file that cannot be written.
func journalCode(err error) int {
	var file *journalError
	if errors.As(err, &file) && !errors.Is(err, requestlog.ErrExists) && !errors.Is(err, requestlog.ErrInUse) {
		return exitcode.Output
	}
	return exitcode.Usage
}
