package boomer

import (
	"time"

	"github.com/myzhan/boomer"
)

// What boomer and this package have in common: a value made for the one fits the other.
type (
	// A Task is something that users do over and over, picked at random by Weight. One that does not return when its user is to
	// stop looks at Stopping, or ends where it next records: see docs/boomer.md.
	Task = boomer.Task
	// A TaskSet is a group of tasks; its Run can be the Fn of a Task.
	TaskSet = boomer.TaskSet
	// A WeighingTaskSet picks its tasks at random by weight, as the tasks given to Run are picked too.
	WeighingTaskSet = boomer.WeighingTaskSet //nolint:staticcheck // deprecated by boomer, but part of its API
	// A SmoothRoundRobinTaskSet takes its tasks in turn, as often as their weights say.
	SmoothRoundRobinTaskSet = boomer.SmoothRoundRobinTaskSet
	// A RateLimiter says when users may begin their next task. Start is called when a test begins, Stop when it has ended.
	RateLimiter = boomer.RateLimiter
	// An Output gets what is reported to the master, every three seconds and when users have stopped. See docs/boomer.md for
	// the data.
	Output = boomer.Output
	// A ConsoleOutput prints tables.
	ConsoleOutput = boomer.ConsoleOutput
	// A PrometheusPusherOutput pushes to a Prometheus Pushgateway. All of a process share one set of metrics.
	PrometheusPusherOutput = boomer.PrometheusPusherOutput
	// A CustomMessage is a message of the master's locustfile, or to it.
	CustomMessage = boomer.CustomMessage
	// A Mode says whether there is a master.
	Mode = boomer.Mode
)

// The modes of a Boomer.
const (
	// DistributedMode is a worker of a master.
	DistributedMode = boomer.DistributedMode
	// StandaloneMode runs without a master.
	StandaloneMode = boomer.StandaloneMode
)

// ErrParsingRampUpRate means that a ramp-up rate is neither a number of requests ("10": each second) nor one with a time
// ("10/5s"), both above 0.
var ErrParsingRampUpRate = boomer.ErrParsingRampUpRate

// NewWeighingTaskSet returns an empty set.
func NewWeighingTaskSet() *WeighingTaskSet { return boomer.NewWeighingTaskSet() }

// NewSmoothRoundRobinTaskSet returns an empty set.
func NewSmoothRoundRobinTaskSet() *SmoothRoundRobinTaskSet {
	return boomer.NewSmoothRoundRobinTaskSet()
}

// NewConsoleOutput returns an output that prints to the log's writer.
func NewConsoleOutput() *ConsoleOutput { return boomer.NewConsoleOutput() }

// NewPrometheusPusherOutput returns an output that pushes to the gateway under the job's name.
func NewPrometheusPusherOutput(gatewayURL, jobName string) *PrometheusPusherOutput {
	return boomer.NewPrometheusPusherOutput(gatewayURL, jobName)
}

// Now is the time in milliseconds since the epoch. Times for RecordSuccess are better measured with time.Since, which no
// change of the clock moves.
func Now() int64 { return boomer.Now() }

// MD5 is the hexadecimal MD5 sum of the strings, joined.
func MD5(slice ...string) string { return boomer.MD5(slice...) }

// GetCurrentCPUUsage is the CPU usage of the process in percent of all cores since it was started. The master is told that
// of the last 10 s instead.
func GetCurrentCPUUsage() float64 { return boomer.GetCurrentCPUUsage() }

// GetCurrentMemUsage is the live heap in bytes. The master is told the resident memory instead.
func GetCurrentMemUsage() uint64 { return boomer.GetCurrentMemUsage() }

// StartCPUProfile writes a CPU profile of the next duration to the file.
func StartCPUProfile(file string, duration time.Duration) (err error) {
	return boomer.StartCPUProfile(file, duration)
}

// StartMemoryProfile writes a heap profile to the file after duration.
func StartMemoryProfile(file string, duration time.Duration) (err error) {
	return boomer.StartMemoryProfile(file, duration)
}
