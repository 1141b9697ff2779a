// Package plan turns what the user asked for into a plan: complete, checked in itself, and without a look at the machine.
package plan

import (
	"strings"
	"time"
)

// A Plan is a run as it is going to be. It does not change after New, except that run fills in the host of a demo
// when its API has started, and finds the locustfile where the user named none.
type Plan struct {
	// Host is the API's base URL without a slash at its end: paths begin with one. "" until a demo's API has started.
	Host string
	// Demo says that loadtest starts the API itself.
	Demo bool
	// Users is how many users run at most, and SpawnRate how many start each second.
	Users     int
	SpawnRate float64
	// Duration is how long the load goes on, starting up included.
	Duration time.Duration
	// MonitorInterval is the time between two rows of the metrics.
	MonitorInterval time.Duration
	// Workers are processes of Gregaria's worker, PythonWorkers of Locust's own.
	Workers, PythonWorkers int
	// Locustfile is what the master loads, and Locust the program that the user named: "" to search for it.
	Locustfile, Locust string
	// Compiled says that Gregaria's workers run their user classes in Go instead of the locustfile.
	Compiled bool
	// OutputDir is where the results go.
	OutputDir string
	// MasterPort is where workers connect, WebPort where the web UI is.
	MasterPort, WebPort int
	// StopTimeout is how long users may take to finish what they are in when the load ends.
	StopTimeout time.Duration
	// WorkerTimeout is how long the workers may take to connect.
	WorkerTimeout time.Duration
	// Progress is the time between two plain progress lines.
	Progress time.Duration
}

// New returns the plan for settings, or a fault.Usage error that says in one line which setting is wrong.
func New(s Settings) (Plan, error) {
	if err := s.validate(); err != nil {
		return Plan{}, err
	}
	users, duration := DefaultUsers, DefaultDuration
	if s.Demo {
		users, duration = DemoUsers, DemoDuration
	}
	return Plan{
		Host:            strings.TrimRight(s.Host, "/"),
		Demo:            s.Demo,
		Users:           orDefault(s.Users, users),
		SpawnRate:       s.SpawnRate,
		Duration:        seconds(orDefault(s.Duration, duration)),
		MonitorInterval: seconds(s.MonitorInterval),
		Workers:         s.Workers,
		PythonWorkers:   s.PythonWorkers,
		Locustfile:      s.Locustfile,
		Compiled:        s.Compiled,
		Locust:          s.Locust,
		OutputDir:       s.OutputDir,
		MasterPort:      s.MasterPort,
		WebPort:         s.WebPort,
		StopTimeout:     seconds(s.StopTimeout),
		WorkerTimeout:   seconds(s.WorkerTimeout),
		Progress:        seconds(s.Progress),
	}, nil
}
