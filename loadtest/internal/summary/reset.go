package summary

import "time"

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
	eachTotal(history, []string{"Timestamp", "Total Request Count", "Total Failure Count"}, func(numbers []int64) {
		total, failed := int(numbers[1]), int(numbers[2])
		if total < requests {
			all = append(all, Reset{time.Unix(numbers[0], 0), requests, failures})
		}
		requests, failures = total, failed
	})
	return all
}
