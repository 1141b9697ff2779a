package run

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"gregaria/internal/exitcode"
	"gregaria/loadtest/internal/check"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/order"
	"gregaria/loadtest/internal/process"
)

// requestArgs are the flags of our worker for the request log, which its workers write together.
func (r *Run) requestArgs() []string {
	if r.files.Requests == "" {
		return nil
	}
	args := []string{"--request-log", r.files.Requests}
	if r.plan.RequestLogSample != "" {
		args = append(args, "--request-log-sample", r.plan.RequestLogSample)
	}
	return args
}

// logRequests says whose requests are not logged.
func (r *Run) logRequests(context.Context) error {
	if r.plan.PythonWorkers > 0 {
		r.note("the request log has the requests of the workers in Go alone: Locust's own write none")
	}
	return nil
}

// lacksRequests says that a worker has ended well, but could not write all of its requests.
func (r *Run) lacksRequests(p *process.Process) bool {
	return r.files.Requests != "" && p.State().Code == exitcode.Output
}

// missRequests is the fault that requests are missing in their log.
func (r *Run) missRequests() {
	for _, worker := range r.workers {
		if r.lacksRequests(worker) {
			r.fail(fault.New(fault.Output, "%s could not write all requests%s; see %s", worker.Name(), lastWords(worker), r.files.Log))
		}
	}
}

// sortRequests puts the requests into the order in which they ended. What hinders it leaves the file as it is: nearly in order, for the lines of a moment are
// those of several users.
func (r *Run) sortRequests(ctx context.Context) error {
	info, err := os.Stat(r.files.Requests)
	if errors.Is(err, fs.ErrNotExist) && len(r.workers) == 0 {
		return nil // it did not come so far
	}
	if err == nil {
		err = check.Room(filepath.Dir(r.files.Requests), uint64(info.Size())+check.RoomToFinish)
	}
	if err == nil {
		r.announce("sort the requests")
		var result order.Result
		if result, err = order.File(ctx, r.files.Requests); err == nil {
			r.note(fmt.Sprintf("%s has %d requests", filepath.Base(r.files.Requests), result.Lines))
			if result.Half {
				r.note("the last line of the request log was a half one and is left out: its worker was killed")
			}
			return nil
		}
	}
	r.note(fmt.Sprintf("the request log is not sorted: %v", err))
	return nil
}
