package collector

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"gregaria/internal/locustweb"
	"gregaria/internal/resource"
)

// snapshot is what a master says with so many users and requests, at a rate that it may not know yet.
func snapshot(t *testing.T, state string, users, requests int, rps, p95 float64) locustweb.Snapshot {
	t.Helper()
	var s locustweb.Snapshot
	err := json.Unmarshal(fmt.Appendf(nil, `{"state":%q,"user_count":%d,"workers":[{"state":"running"},{"state":"missing"}],
		"current_response_time_percentiles":{"response_time_percentile_0.5":3,"response_time_percentile_0.95":%v},
		"stats":[{"name":"Aggregated","num_requests":%d,"current_rps":%v,"current_fail_per_sec":1}]}`, state, users, p95, requests, rps), &s)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// row is the cells of a run in a line.
func runRow(cells []resource.Cell) string {
	var texts []string
	for _, c := range cells {
		texts = append(texts, c.String())
	}
	return strings.Join(texts, ",")
}

// TestRunPhases follows a test from beginning to end, an answer a second.
func TestRunPhases(t *testing.T) {
	t.Parallel()
	var l runLoad
	at := time.Unix(1700000000, 0)
	for i, c := range []struct {
		snapshot  locustweb.Snapshot
		after     time.Duration
		want, why string
	}{
		{snapshot(t, "ready", 0, 0, 0, 0), 0, "ready,,0,1,,,,", "no test"},
		{snapshot(t, "spawning", 1, 0, 0, 0), time.Second, "spawning,ramp-up,1,1,0,0,,", "no request is a rate of 0, and has no percentile"},
		{snapshot(t, "spawning", 2, 5, 0, 0), time.Second, "spawning,ramp-up,2,1,,,,", "Locust has no rate in the first seconds"},
		{snapshot(t, "running", 4, 20, 5, 8), time.Second, "running,steady,4,1,5,1,3,8", "all are there"},
		{snapshot(t, "running", 3, 30, 5, 8), time.Second, "running,ramp-up,3,1,5,1,3,8", "a user stopped himself"},
		{snapshot(t, "running", 3, 40, 5, 8), 2 * time.Second, "running,ramp-up,3,1,5,1,3,8", "2 s ago"},
		{snapshot(t, "running", 3, 50, 5, 8), time.Second, "running,steady,3,1,5,1,3,8", "3 s ago"},
		{snapshot(t, "running", 3, 50, 5, 8), 9 * time.Second, "running,steady,3,1,5,1,3,8", "nothing came for 9 s"},
		{snapshot(t, "running", 3, 50, 5, 8), time.Second, "running,steady,3,1,0,0,,", "Locust's rate stands still"},
		{snapshot(t, "spawning", 5, 60, 4, 0), time.Second, "spawning,ramp-up,5,1,4,1,3,0", "edited; a percentile may be 0 ms"},
		{snapshot(t, "stopping", 2, 61, 4, 8), time.Second, "stopping,stopping,2,1,4,1,3,8", "the last requests"},
		{snapshot(t, "stopped", 0, 61, 4, 8), time.Second, "stopped,,0,1,,,,", "over: what Locust still shows is of before"},
	} {
		at = at.Add(c.after)
		l.see(at, c.snapshot)
		row := make([]resource.Cell, 8)
		if l.fill(row, c.snapshot); runRow(row) != c.want {
			t.Errorf("row %d = %s, want %s: %s", i, runRow(row), c.want, c.why)
		}
	}
}

// TestRunAnswersLate: an answer that comes after its row is good for the next, and an old one for none.
func TestRunAnswersLate(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		gone := errors.New("gone")
		answers := []struct {
			users int
			after time.Duration
			err   error
		}{{1, 0, nil}, {2, 300 * time.Millisecond, nil}, {3, 4300 * time.Millisecond, nil}, {0, 0, gone}, {0, 0, gone}, {4, 0, nil}}
		r := newRun("http://master", func(context.Context) (locustweb.Snapshot, error) {
			a := answers[0]
			answers = answers[1:]
			time.Sleep(a.after)
			return snapshot(t, "ready", a.users, 0, 0, 0), a.err
		}, 100*time.Millisecond)
		const late, lost = "the Locust master at http://master: no answer within 100ms", "the Locust master at http://master: gone"
		for i, want := range []string{
			"ready,,1,1,,,,", "ready,,1,1,,,,", // the answer of the second tick comes after its row
			"ready,,2,1,,,,", "ready,,2,1,,,,", // asked in tick 2, and answered after tick 6
			late, late, late,
			lost, lost, "ready,,4,1,,,,",
		} {
			began := time.Now()
			r.Start()
			row := make([]resource.Cell, 8)
			got := ""
			if err := r.Collect(row); err != nil {
				got = err.Error()
			}
			if cells := runRow(row); cells != ",,,,,,," {
				got += cells
			}
			if took := time.Since(began); got != want || took > 100*time.Millisecond {
				t.Errorf("row %d = %q after %s, want %q", i, got, took, want)
			}
			time.Sleep(time.Second - time.Since(began))
		}
	})
}

func BenchmarkCollectRun(b *testing.B) {
	r := newRun("", func(context.Context) (locustweb.Snapshot, error) { return locustweb.Snapshot{State: "running"}, nil }, time.Second)
	row := make([]resource.Cell, 8)
	b.ReportAllocs()
	for b.Loop() {
		r.Start()
		if err := r.Collect(row); err != nil {
			b.Fatal(err)
		}
	}
}
