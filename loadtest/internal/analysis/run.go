// Package analysis says what the numbers of a run mean: pure functions over series, without files and without a clock. docs/findings.md has its rules.
package analysis

import (
	"math"
	"strings"

	"gregaria/internal/timing"
)

// A Run is what was measured of a load test, on one clock: value i of each series is that of the second Start+i.
type Run struct {
	// Start is the first second, of the epoch, Seconds how many there are. They reach from before the load until after it.
	Start   int64
	Seconds int
	// Began is the second in which the load began, Ended the one in which it was stopped.
	Began, Ended int64
	// Users are those of Locust's history.
	Users Series
	// Total is of all requests, Endpoints of each (type, name): streams (timing.Stream), jobs and missed tasks (timing.Missed) too.
	Total     Load
	Endpoints []Load
	// Hosts are the machines with a monitor: the first is that of the load, and where the target is on it, that of the target.
	Hosts []Host
	// Services are what servers said of themselves, of each URL that a monitor asked.
	Services []Service
	// Workers say how much of a core those who make the load use: what the master was told of each.
	Workers []Worker
	// WorkersCPU is how much of a core the processes of all workers use together, in percent, as the kernel counts it. A worker in Go says of itself what is nearer to its limit: the share
	// of all cores, or of its Python's lock.
	WorkersCPU Series
	// Failures and Exceptions are Locust's, the most frequent first.
	Failures   []Failure
	Exceptions []Exception
	// Slowest are the slowest requests of a request log, the slowest first; nil without a log.
	Slowest []Request
	// Info is what is known beside the series.
	Info Info
}

// A Series has one value a second; NaN where there is none. File and Column say where the values stand.
type Series struct {
	File   string    `json:"file"`
	Column string    `json:"column"`
	Values []float64 `json:"-"`
}

// Known reports whether any second has a value.
func (s Series) Known() bool {
	for _, v := range s.Values {
		if !math.IsNaN(v) {
			return true
		}
	}
	return false
}

// A Load is what was measured of one (type, name), or of all requests: then Type is "" and Name is timing.Aggregated.
type Load struct {
	Type, Name string
	// Requests and Failures are counts of each second; 0 in a second of the load without any.
	Requests, Failures Series
	// P50, P95 and P99 are response times in ms: those of each second of timings.csv or, where there is none, of about the last 10 s of Locust's history.
	P50, P95, P99 Series
	// Phases are the histograms of each second, by timing.Phase; nil for phases without values, and without a timings.csv.
	Phases [timing.Phases][]Histogram
	// Statuses counts the answers of the whole run by status code, and Statuses5xx those from 500 on of each second.
	Statuses    map[int]int64
	Statuses5xx Series
	// Stats is the row of Locust's _stats.csv; the zero value where Locust has none.
	Stats Stats
}

// Stats is a row of Locust's _stats.csv. Times are in ms.
type Stats struct {
	Requests, Failures        int
	Average, Min, Max, Median float64
	RequestsPerSecond         float64
	// Percentiles are Locust's, by their names: "50%", "99.9%".
	Percentiles map[string]float64
}

// A Host is a machine that a monitor measured.
type Host struct {
	// Name is "" for the machine of the load.
	Name string
	// File is the CSV.
	File string
	// Columns are its series by their names in internal/resource; absent columns are not there.
	Columns map[string]Series
	// Target says that the process or container under test is on this machine.
	Target bool
}

// Column returns a column, and whether it has any value.
func (h *Host) Column(name string) (Series, bool) {
	s, found := h.Columns[name]
	return s, found && s.Known()
}

// A Worker is one that makes load, in Go or in Python. CPU is in percent of one core, as the master heard it.
type Worker struct {
	Name string
	CPU  Series
}

// A Failure is a kind of failed requests. First is the second in which the first was seen, 0 where that is not known.
type Failure struct {
	Type  string `json:"type"`
	Name  string `json:"name"`
	Error string `json:"error"`
	Count int    `json:"count"`
	First int64  `json:"first,omitempty"`
}

// An Exception is what tasks raised.
type Exception struct {
	Message   string `json:"message"`
	Traceback string `json:"traceback"`
	Count     int    `json:"count"`
}

// A Request is a line of the request log. Times are in ms; one that it has not is NaN.
type Request struct {
	Timestamp                              float64
	Type, Name, Failure                    string
	Status                                 int
	Response, Connect, TLS, Wait, Download float64
}

// Info is what is known of a run beside its series. What is not known is the zero value.
type Info struct {
	// Host is the target's URL, without password.
	Host string `json:"host"`
	// Demo says that it is the API of --demo, which has another port each time.
	Demo bool `json:"demo,omitempty"`
	// Users is how many ran at most. SpawnRate is in users a second, Rate in tasks a second (0: none), Duration in seconds, as planned.
	Users     int     `json:"users"`
	SpawnRate float64 `json:"spawn_rate,omitempty"`
	Rate      float64 `json:"rate,omitempty"`
	Duration  float64 `json:"duration,omitempty"`
	// Steps are the users of --steps.
	Steps []int `json:"steps,omitempty"`
	// Locustfile is its path, LocustfileSHA256 the hash of its content.
	Locustfile       string `json:"locustfile,omitempty"`
	LocustfileSHA256 string `json:"locustfile_sha256,omitempty"`
	// Workers and PythonWorkers are how many there were.
	Workers       int `json:"workers"`
	PythonWorkers int `json:"python_workers,omitempty"`
	// Locust and Gregaria are versions.
	Locust   string `json:"locust,omitempty"`
	Gregaria string `json:"gregaria,omitempty"`
	// Cores and CPUModel are those of this machine; Watched is the process under test in words, "" for none.
	Cores    int    `json:"cores,omitempty"`
	CPUModel string `json:"cpu_model,omitempty"`
	Watched  string `json:"watched,omitempty"`
	// Local says that the target is on the machine of the load.
	Local bool `json:"local"`
	// Offsets are the clocks of other hosts against this one, in seconds, by the host's name.
	Offsets map[string]float64 `json:"clock_offsets,omitempty"`
	// Notes are what the reader should know beside the numbers, a line each.
	Notes []string `json:"notes,omitempty"`
	// Files are the run's files, by what they are: "report", "history", "stats", "timings", "metrics", "requests", "log", and "metrics HOST" of each other host.
	Files map[string]string `json:"files,omitempty"`
}

// Program is the process under test in a word or two: "uvicorn" of "uvicorn (pid 42 and 4 children): python ...", "8 processes" of "8 processes: serve
// (pid 10), ..."; "" for none.
func (i *Info) Program() string {
	name, _, _ := strings.Cut(i.Watched, ": ")
	name, _, _ = strings.Cut(name, " (pid ")
	return name
}
