package locustweb

import (
	"encoding/json"
	"fmt"
)

// Aggregated is the name of the row, always the last, that sums the others.
const Aggregated = "Aggregated"

// The states of a master that have to be told apart (locust/runners.py).
const (
	StateSpawning = "spawning" // users are being started, or ended for there to be fewer
	StateRunning  = "running"  // all users are there
	StateCleanup  = "cleanup"  // the test is over, and what it left is put away
	StateStopping = "stopping" // users finish what they are in
	StateStopped  = "stopped"  // the test is over: the web UI, a load shape, or the last worker ended it
	StateMissing  = "missing"  // of a worker: no heartbeat for 3 s
)

// A Snapshot is what the master knew at one moment. Locust caches it, so it may be 2 s old.
type Snapshot struct {
	// State is the master's state.
	State string `json:"state"`
	// Users is how many users run, over all workers.
	Users int `json:"user_count"`
	// RPS is the rate of requests over about the last 10 s, in requests a second.
	RPS float64 `json:"current_rps"`
	// Workers are the workers that the master knows, missing ones too.
	Workers []Worker `json:"workers"`
	// Rows are the statistics by method and name. The last is Aggregated.
	Rows []Row `json:"stats"`

	// Percentiles are those of about the last 10 s, in milliseconds: null before there are any.
	Percentiles map[string]*float64 `json:"current_response_time_percentiles"`
	// OldP50 and OldP95 are what older Locust has instead (2.10), First and Second what came between (2.15, and 2.24 with its old web
	// UI): those of stats.PERCENTILES_TO_CHART, the 50th and the 95th unless a locustfile says otherwise.
	OldP50 *float64 `json:"current_response_time_percentile_50"`
	OldP95 *float64 `json:"current_response_time_percentile_95"`
	First  *float64 `json:"current_response_time_percentile_1"`
	Second *float64 `json:"current_response_time_percentile_2"`
}

// A Worker is one worker as the master sees it.
type Worker struct {
	ID    string `json:"id"`
	State string `json:"state"`
	Users int    `json:"user_count"`
	// CPU is in percent of one core.
	CPU float64 `json:"cpu_usage"`
}

// A Row is one line of Locust's statistics.
type Row struct {
	Method   string `json:"method"`
	Name     string `json:"name"`
	Requests int    `json:"num_requests"`
	Failures int    `json:"num_failures"`
	// RPS and FailuresPS are the rates of about the last 10 s, a second.
	RPS        float64 `json:"current_rps"`
	FailuresPS float64 `json:"current_fail_per_sec"`
	// Max is the longest response time, Median, P95 and P99 are percentiles, all since the beginning, in milliseconds. Older Locust has no
	// P95 and P99 here.
	Max    float64  `json:"max_response_time"`
	Median *float64 `json:"median_response_time"`
	P95    *float64 `json:"response_time_percentile_0.95"`
	P99    *float64 `json:"response_time_percentile_0.99"`
}

// parseSnapshot reads the answer of /stats/requests.
func parseSnapshot(data []byte) (Snapshot, error) {
	var s Snapshot
	if err := json.Unmarshal(data, &s); err != nil {
		return Snapshot{}, fmt.Errorf("parse /stats/requests: %w", err)
	}
	if s.State == "" {
		return Snapshot{}, fmt.Errorf("parse /stats/requests: it has no state, so this is not Locust's web UI")
	}
	return s, nil
}

// Total is the Aggregated row: all requests of the test.
func (s Snapshot) Total() Row {
	if n := len(s.Rows); n > 0 && s.Rows[n-1].Name == Aggregated {
		return s.Rows[n-1]
	}
	return Row{Name: Aggregated}
}

// P95 is the 95th percentile of the response times of about the last 10 s, in milliseconds, and in the first seconds, of
// which the master has none yet, that since the beginning. It is false where the master knows neither.
func (s Snapshot) P95() (float64, bool) {
	if s.Total().Requests == 0 {
		return 0, false
	}
	return first(s.Percentiles["response_time_percentile_0.95"], s.OldP95, s.Second, s.Total().P95)
}

// CurrentP50 is the 50th percentile of the response times of about the last 10 s, in milliseconds, CurrentP95 the 95th. They are
// false where the master has none, and 0 where there was no request in that time.
func (s Snapshot) CurrentP50() (float64, bool) {
	return first(s.Percentiles["response_time_percentile_0.5"], s.OldP50, s.First)
}

// CurrentP95 is the 95th percentile, as CurrentP50.
func (s Snapshot) CurrentP95() (float64, bool) {
	return first(s.Percentiles["response_time_percentile_0.95"], s.OldP95, s.Second)
}

// first is the first that is known.
func first(numbers ...*float64) (float64, bool) {
	for _, n := range numbers {
		if n != nil {
			return *n, true
		}
	}
	return 0, false
}

// Missing returns the ids of the workers whose heartbeat the master misses.
func (s Snapshot) Missing() []string {
	var ids []string
	for _, worker := range s.Workers {
		if worker.State == StateMissing {
			ids = append(ids, worker.ID)
		}
	}
	return ids
}

// Active is how many workers can take users.
func (s Snapshot) Active() int { return len(s.Workers) - len(s.Missing()) }
