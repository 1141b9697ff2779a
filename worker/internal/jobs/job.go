// Package jobs sees work that goes on behind the answer of a request, "POST, then poll until it is done", as one transaction: it tells from
// the requests of users when such a job began and when a poll has told its end.
package jobs

import (
	"net/http"
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
	// ID is where the id is in the first answer, or IDHeader the header that has it; without Placed, nobody has said it: see usualIDs
	// and usualHeader.
	ID       jsonpath.Path
	IDHeader string
	Placed   bool
}

// String is the job as Parse reads it.
func (j Job) String() string {
	var b strings.Builder
	b.WriteString(j.First.text(arrow) + " " + arrow + " " + j.Poll.text(until) + " " + until + " " + j.Until.String())
	if j.Judged {
		b.WriteString(" " + failing + " " + j.Failing.after(j.Until.Subject))
	}
	switch {
	case j.Placed && j.IDHeader != "":
		b.WriteString(" " + idWord + " " + header + " " + j.IDHeader)
	case j.Placed:
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
	header  = "header"
	status  = "status"
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

// usualHeaders are those whose address usually ends with the id of a job, in this order, where the answer's content has none.
func usualHeaders() []string {
	return []string{"Operation-Location", "Azure-AsyncOperation", "Location", "Content-Location"}
}

// usualHeader says whether a header of an answer of that status leads to a job. Location leads to one where something was made, or will
// be, and not where the request is sent on; Content-Location likewise.
func usualHeader(name string, status int) bool {
	switch name {
	case "Location", "Content-Location":
		return status == http.StatusCreated || status == http.StatusAccepted
	}
	return true
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
