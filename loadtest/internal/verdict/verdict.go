// Package verdict decides how a run ended, in one word for the exit code and one line for the user.
package verdict

import (
	"fmt"
	"strings"

	"gregaria/loadtest/internal/analysis"
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
	// Exceptions is how many kinds of exceptions the users' tasks raised, Raised how many exceptions.
	Exceptions, Raised int
	// WorstFailure and WorstException are the most frequent ones.
	WorstFailure, WorstException Worst
	// LocustCode is the master's exit code. It is 1 if requests failed or tasks raised, unless the locustfile has set
	// environment.process_exit_code: then it is that.
	LocustCode int
	// Missing is how many of the promised files are not there. Unread is why those that are tell nothing of a load.
	Missing int
	Unread  error
	// Checks are the limits that were set for the run, and what became of them. FailuresChecked and ExceptionsChecked say that one of them speaks of
	// the requests that failed, or of the exceptions that were raised: then it decides on those, and not Locust's exit code of 1.
	Checks                             []analysis.Check
	FailuresChecked, ExceptionsChecked bool
	// Remarks are what the verdict must not be read without, a few words each.
	Remarks []string
}

// A Worst is the most frequent of several things that went wrong.
type Worst struct {
	Count int
	What  string
}

// MaxWords is how many characters of an error the verdict repeats. The whole of it is in the tables above it.
const MaxWords = 240

// Of returns the kind of fault that the run has, 0 if none, and the line that says so. What ended a run early outweighs
// what was measured until then, a check that failed what Locust makes of failures, and the locustfile's own exit code the count of failures.
func Of(r Result) (fault.Kind, string) {
	kind, line := r.judge()
	return kind, strings.Join(append([]string{line}, r.Remarks...), "; ")
}

func (r Result) judge() (fault.Kind, string) {
	switch {
	case r.Cause != nil:
		return fault.KindOf(r.Cause, fault.Died), r.Cause.Error()
	case r.Missing > 0:
		return fault.Output, "not all results were written"
	case r.Unread != nil:
		return fault.Output, "the results cannot be read: " + r.Unread.Error()
	case r.Requests == 0 && r.Users == 0 && r.Exceptions > 0:
		return fault.Failed, "no user ever ran: the workers may not have the user classes of the locustfile; " + r.raised()
	case r.Requests == 0 && r.Users == 0:
		return fault.Failed, "no user ever ran: the workers may not have the user classes of the locustfile; see the log"
	case r.Requests == 0 && r.Exceptions > 0:
		return fault.Failed, "no request finished; " + r.raised()
	case r.Requests == 0:
		return fault.Failed, "no request finished: give it a longer --duration, or see the log"
	case r.broken() != "":
		return fault.Check, r.broken()
	case r.LocustCode != 0 && r.Failures > 0 && !r.FailuresChecked:
		return fault.Failed, r.failed()
	case r.LocustCode != 0 && r.Exceptions > 0 && !r.ExceptionsChecked:
		return fault.Failed, r.raised()
	case len(r.Checks) > 0 && r.LocustCode > 1 && r.Failures+r.Exceptions > 0:
		return fault.Failed, fmt.Sprintf("Locust exited with code %d: the locustfile or --exit-code-on-error decides that; %s", r.LocustCode, r.held())
	case len(r.Checks) > 0 && (r.LocustCode == 0 || r.Failures+r.Exceptions > 0):
		return 0, r.held()
	case r.LocustCode != 0:
		return fault.Failed, fmt.Sprintf("no request failed, but Locust exited with code %d: the locustfile decides that, or see the log", r.LocustCode)
	case r.Failures > 0:
		return 0, r.failed() + ", which the locustfile accepts: Locust exited with code 0"
	case r.Exceptions > 0:
		return 0, fmt.Sprintf("all %d requests succeeded; %s, which the locustfile accepts: Locust exited with code 0", r.Requests, r.raised())
	default:
		return 0, fmt.Sprintf("all %d requests succeeded", r.Requests)
	}
}

// failed says how many requests failed, and of which kind most.
func (r Result) failed() string {
	text := fmt.Sprintf("%d of %d requests failed", r.Failures, r.Requests)
	if r.WorstFailure.Count > 0 {
		text += ", " + r.WorstFailure.of(r.Failures)
	}
	if r.Exceptions > 0 {
		text += "; " + r.raised()
	}
	return text
}

// raised says how many exceptions there were, and of which kind most.
func (r Result) raised() string {
	text := "tasks raised exceptions"
	if r.Raised > 0 {
		text = fmt.Sprintf("tasks raised %d exceptions", r.Raised)
	}
	if r.Raised == 1 {
		text = "a task raised an exception"
	}
	if r.WorstException.Count > 0 {
		text += ", " + r.WorstException.of(r.Raised)
	}
	return text
}

// of says how many of all it was, and what.
func (w Worst) of(all int) string {
	what := w.What
	if runes := []rune(what); len(runes) > MaxWords {
		what = string(runes[:MaxWords]) + "..."
	}
	if w.Count >= all {
		return what
	}
	return fmt.Sprintf("%d of them %s", w.Count, what)
}
