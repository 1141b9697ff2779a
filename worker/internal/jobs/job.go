// Package jobs sees work that goes on behind the answer of a request, "POST, then poll until it is done", as one transaction: it tells from
// the requests of users when such a job began and when a poll has told its end.
package jobs

import (
	"strings"

	"gregaria/worker/internal/jsonpath"
)

// A Job says how jobs of one kind are known:
//
//	POST /story -> GET /story/[id] until $.status in (done, failed) failing (failed) id $.id
type Job struct {
	// First begins a job, and its answer has the id. Poll asks for one: the id is in its URL.
	First, Poll Pattern
	// Until holds for the answer that tells of the end.
	Until Condition
	// Failing holds for an answer that tells of a failed job, which ends it too. Without Judged, nobody has said what fails: then
	// a value that Until found fails by its name, see failure.
	Failing Condition
	Judged  bool
	// ID is where the id is in the first answer; without Placed, nobody has said it: see usualIDs.
	ID     jsonpath.Path
	Placed bool
}

// String is the job as Parse reads it.
func (j Job) String() string {
	var b strings.Builder
	b.WriteString(j.First.text(arrow) + " " + arrow + " " + j.Poll.text(until) + " " + until + " " + j.Until.String())
	if j.Judged {
		b.WriteString(" " + failing + " " + j.Failing.after(j.Until.Path))
	}
	if j.Placed {
		b.WriteString(" " + idWord + " " + j.ID.String())
	}
	return b.String()
}

// The words of the grammar.
const (
	arrow   = "->"
	until   = "until"
	failing = "failing"
	idWord  = "id"
)

// usualIDs are where the id of a job usually is in an answer; the first that is there counts.
func usualIDs() []jsonpath.Path {
	var paths []jsonpath.Path
	for _, text := range []string{
		"$.id", "$.job_id", "$.jobId", "$.task_id", "$.taskId", "$.uuid", "$.request_id", "$.requestId", "$.data.id", "$.data.job_id", "$.data.task_id",
	} {
		path, err := jsonpath.Parse(text)
		if err != nil { // a constant path
			panic(err)
		}
		paths = append(paths, path)
	}
	return paths
}

// failure says whether a status is the usual name of a failure.
func failure(status string) bool {
	switch strings.ToLower(status) {
	case "failed", "failure", "fail", "error", "errored", "cancelled", "canceled", "aborted", "rejected", "expired", "timeout", "timed_out",
		"timedout", "revoked", "killed", "crashed", "dead":
		return true
	}
	return false
}
