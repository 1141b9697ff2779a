package jobs

import (
	"slices"
	"strconv"

	"gregaria/worker/internal/jsonpath"
	"gregaria/worker/user"
)

// A Subject is what a Condition looks at: what a path names in the content of an answer or, of a Status, the status of HTTP.
type Subject struct {
	Path   jsonpath.Path
	Status bool
}

// String is the subject as Parse reads it.
func (s Subject) String() string {
	if s.Status {
		return status
	}
	return s.Path.String()
}

// is says that the subject has a value.
func (s Subject) is(value string) string { return s.String() + " is " + value }

// fails says whether a value is the usual name of a failure.
func (s Subject) fails(value string) bool {
	if s.Status {
		return value >= leastFailed
	}
	return failure(value)
}

// leastFailed is the first status that Locust has as a failure.
const leastFailed = "400"

// holdsStatus is Holds of a status. Of a request that was redirected, each status on its way counts: a poll that is sent on from the job
// to its result has 303 and 200. An answer that a client has asked for again, such as 503, does not.
func (c Condition) holdsStatus(q *user.Request) (value string, ok bool) {
	told, listed := q.Exchange.Status, c.listed(q.Exchange.Status)
	for i := 0; i < len(q.Earlier) && !listed; i++ {
		if s := q.Earlier[i].Status; redirects(s) && c.listed(s) {
			told, listed = s, true
		}
	}
	if told == 0 || listed != (c.Is == In) {
		return "", false
	}
	return strconv.Itoa(told), true
}

// listed says whether a status is one of the condition's, or one of its kinds.
func (c Condition) listed(status int) bool {
	return status > 0 && slices.ContainsFunc(c.Values, func(v string) bool {
		if v[1:] == "xx" {
			return int(v[0]-'0') == status/100
		}
		n, err := strconv.Atoi(v)
		return err == nil && n == status
	})
}

func redirects(status int) bool { return status >= 300 && status < 400 }
