package summary

import (
	"strconv"
	"time"

	"gregaria/internal/locustweb"
)

// A Reset is a second of Locust's history from which on it knew less than before.
type Reset struct {
	At time.Time
	// Requests and Failures are what it knew a second earlier.
	Requests, Failures int
}

// ParseResets finds where Locust's history forgets: its totals never become smaller by themselves. The history has a row a
// second, the answers of the web UI are up to 2 s old and a worker's reports 3 s apart, so a total may be as great again
// before anybody looks.
func ParseResets(history []byte) (all []Reset) {
	requests, failures := 0, 0
	for _, row := range rows(history) {
		if row["Name"] != locustweb.Aggregated {
			continue
		}
		at, badTime := strconv.ParseInt(row["Timestamp"], 10, 64)
		total, badTotal := strconv.Atoi(row["Total Request Count"])
		failed, badFailed := strconv.Atoi(row["Total Failure Count"])
		if badTime != nil || badTotal != nil || badFailed != nil {
			continue
		}
		if total < requests {
			all = append(all, Reset{time.Unix(at, 0), requests, failures})
		}
		requests, failures = total, failed
	}
	return all
}
