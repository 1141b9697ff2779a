// Package verdict decides how a run ended, in one word for the exit code and one line for the user.
package verdict

import (
	"fmt"

	"gregaria/loadtest/internal/fault"
)

// A Result is what is known of a run when it is over.
type Result struct {
	// Cause is what ended the run early or made it impossible, nil if nothing did.
	Cause error
	// Users is how many users ran at most.
	Users int
	// Requests and Failures are Locust's counts.
	Requests, Failures int
	// Exceptions is how many kinds of exceptions the users' tasks raised.
	Exceptions int
	// LocustCode is the master's exit code. It is 1 if requests failed or tasks raised, unless the locustfile has set
	// environment.process_exit_code: then it is that.
	LocustCode int
	// Missing is how many of the promised files are not there.
	Missing int
}

// Of returns the kind of fault that the run has, 0 if none, and the line that says so. What ended a run early outweighs
// what was measured until then; and the locustfile's own exit code outweighs the count of failures.
func Of(r Result) (fault.Kind, string) {
	switch {
	case r.Cause != nil:
		return fault.KindOf(r.Cause, fault.Died), r.Cause.Error()
	case r.Missing > 0:
		return fault.Output, "not all results were written"
	case r.Requests == 0 && r.Users == 0:
		return fault.Failed, "no user ever ran: the workers may not have the user classes of the locustfile; see the log"
	case r.Requests == 0:
		return fault.Failed, "no request finished: give it a longer --duration, or see the log"
	case r.LocustCode != 0 && r.Failures > 0:
		return fault.Failed, fmt.Sprintf("%d of %d requests failed", r.Failures, r.Requests)
	case r.LocustCode != 0 && r.Exceptions > 0:
		return fault.Failed, "tasks raised exceptions: see _exceptions.csv"
	case r.LocustCode != 0:
		return fault.Failed, fmt.Sprintf("no request failed, but Locust exited with code %d: the locustfile decides that, or see the log", r.LocustCode)
	case r.Failures > 0:
		return 0, fmt.Sprintf("%d of %d requests failed, which the locustfile accepts: Locust exited with code 0", r.Failures, r.Requests)
	default:
		return 0, fmt.Sprintf("all %d requests succeeded", r.Requests)
	}
}
