//go:build e2e

package e2e

import (
	"testing"
	"time"
)

// TestRateOverAShape has a shape change the number of users every few seconds, up slowly and down, of classes with a weight, of a fixed number,
// and of users who leave: the rate stays from when the first users are there, and no task is forgotten.
func TestRateOverAShape(t *testing.T) { //nolint:paralleltest // two workers and a master need the cores to themselves for two seconds in a row
	const rate, window = 60, 2 // tasks a second, seconds
	server := startArrivals(t)
	m := rateSpec{host: server.URL, users: repository(t, "internal", "e2e", "testdata", "rate_shape.py"), ours: 1, theirs: 1, flags: []string{
		"--headless", "--expect-workers=2", "--rate=60",
	}}.start(t)
	m.wantExit(t, 0, time.Minute)
	at := server.since(server.began)
	begin, end := at[0]+2, at[len(at)-1]
	for from := begin; from+window <= end; from += window / 2. {
		count := 0
		for _, s := range at {
			if from <= s && s < from+window {
				count++
			}
		}
		if count < rate*window*85/100 || count > rate*window*115/100 {
			t.Errorf("%.0f s after the first request %d requests came in %d s, want %d", from-at[0], count, window, rate*window)
		}
	}
	if due, _, missed := m.rateSummary(t); due != len(at)+missed {
		t.Errorf("%d tasks were due and %d never began, %d requests were served", due, missed, len(at))
	}
	stats := parseStats(t, m.file(t, "_stats.csv"))
	for _, class := range []string{"GET /waiter", "GET /fixed", "GET /leaver"} {
		if stats[class].Requests == 0 || stats[class].Failures > 0 {
			t.Errorf("%s: %+v, want requests of each class and no failure", class, stats[class])
		}
	}
}
