// Package plan turns what the user asked for into a plan: complete, checked in itself, and without a look at the machine.
package plan

import (
	"cmp"
	"net/url"
	"strings"
	"time"

	"gregaria/internal/mask"
	"gregaria/loadtest/internal/threshold"
)

// A Plan is a run as it is going to be. It does not change after New, except that run fills in the host of a demo
// when its API has started, and finds the locustfile where the user named none.
type Plan struct {
	// Host is the API's base URL without a slash at its end: paths begin with one. "" until a demo's API has started.
	Host string
	// Demo says that loadtest starts the API itself.
	Demo bool
	// UI says that a person starts the tests in Locust's web UI, as many as they like. Then Users, SpawnRate and Duration are the form's defaults.
	UI bool
	// Users is how many users run at most, and SpawnRate how many start each second.
	Users     int
	SpawnRate float64
	// Rate is how many tasks begin each second, whatever the users' own waits say; 0 leaves it to those. Arrivals says how they come.
	Rate     float64
	Arrivals string
	// Duration is how long the load goes on, starting up included; 0 with UI: until somebody ends it.
	Duration time.Duration
	// Steps are numbers of users, each of which runs for StepDuration; none for one number all the while.
	Steps        []int
	StepDuration time.Duration
	// Settle is how long the monitor goes on after the load.
	Settle time.Duration
	// MonitorInterval is the time between two rows of the metrics.
	MonitorInterval time.Duration
	// Watch says which process the monitor is to watch: AutoWatch, NoWatch, or KIND:VALUE.
	Watch string
	// Monitors are those on other hosts whose rows are recorded too.
	Monitors []*url.URL
	// Scrape are the servers whose own metrics are recorded, and Series chooses among those.
	Scrape, Series []string
	// StreamData says which events of streams count: --stream-data of our worker.
	StreamData string
	// Workers is how many of Gregaria's workers run, all in one process, PythonWorkers how many processes of Locust's own.
	Workers, PythonWorkers int
	// EitherWorkers says that Locust's own are to do what Gregaria's cannot: run this locustfile. NeedGo are the flags that only Gregaria's obey.
	EitherWorkers bool
	NeedGo        []string
	// Locustfile is what the master loads, several separated by commas, and Locust the program that the user named: "" to
	// search for it.
	Locustfile, Locust string
	// LocustArgs are the user's arguments for Locust and the locustfile, LocustUndo those that take back what settings files of
	// Locust's ask for. Classes are the user classes to run, none for all.
	LocustArgs, LocustUndo, Classes []string
	// ConfigUsers are Locust's --config-users, each the JSON of one user class, which the workers have to learn.
	ConfigUsers []string
	// DropVariables are the beginnings of variables that Locust must not see.
	DropVariables []string
	// WebBasePath is the path under which the web UI is, "" for none.
	WebBasePath string
	// ResetStats says that Locust forgets what it measured when all users are there.
	ResetStats bool
	// RequestLog is RequestsAsJSON or RequestsAsCSV where every request is to be written, "" where not; RequestLogSample, as "1%", is how many of them.
	RequestLog, RequestLogSample string
	// FullHistory says that the history has a row for each name, and response times of the last seconds.
	FullHistory bool
	// JobArgs are the arguments of Gregaria's workers that say what jobs they are to see.
	JobArgs []string
	// Compiled says that Gregaria's workers run their user classes in Go instead of the locustfile.
	Compiled bool
	// Repeat is how often the test is run.
	Repeat int
	// OutputDir is where the results go. HTML is where a copy of Locust's report is put, CSV what copies of its CSVs begin with; "" for none.
	OutputDir string
	HTML, CSV string
	// MasterPort is where workers connect, WebPort where the web UI is. AnyMasterPort and AnyWebPort say that nobody asked
	// for that one, so that the next free one will do.
	MasterPort, WebPort       int
	AnyMasterPort, AnyWebPort bool
	// MasterHost is where the master is that workers join, "" for one of our own, and MasterWeb the address of its web UI.
	MasterHost, MasterWeb string
	// StopTimeout is how long users may take to finish what they are in when the load ends.
	StopTimeout time.Duration
	// WorkerTimeout is how long the workers may take to connect.
	WorkerTimeout time.Duration
	// Progress is the time between two plain progress lines.
	Progress time.Duration
	// Checks are the limits that the run has to keep. WarmUp is the time from the begin of the load on that is no part of its steady phase.
	Checks []threshold.Check
	WarmUp time.Duration
	// Baseline are folders or files of the earlier runs that checks compare with.
	Baseline []string
	// Effect is the difference from it that counts, as a share of 1; 0 for the usual one.
	Effect float64
	// AbortOnFail ends the load as soon as one of the checks can no longer pass.
	AbortOnFail bool
}

// Secret hides the passwords in the addresses of the plan.
func (p Plan) Secret() mask.Mask {
	addresses := append([]string{p.Host, p.MasterWeb}, p.Scrape...)
	for _, monitor := range p.Monitors {
		addresses = append(addresses, monitor.String())
	}
	return mask.Of(addresses...)
}

// The formats of --request-log, which are the endings of its file.
const (
	RequestsAsJSON = "jsonl"
	RequestsAsCSV  = "csv"
)

// New returns the plan for settings, or a fault.Usage error that says in one line which setting is wrong.
func New(s Settings) (Plan, error) {
	if err := s.validate(); err != nil {
		return Plan{}, err
	}
	monitors, err := s.monitors()
	if err != nil {
		return Plan{}, err
	}
	users, duration := DefaultUsers, DefaultDuration
	if s.Demo {
		users, duration = DemoUsers, DemoDuration
	}
	p := Plan{
		Host:            strings.TrimRight(s.Host, "/"),
		Demo:            s.Demo,
		Users:           orDefault(s.Users, users),
		SpawnRate:       orDefault(s.SpawnRate, DefaultSpawnRate),
		Rate:            orDefault(s.Rate, 0),
		Arrivals:        cmp.Or(s.Arrivals, DefaultArrivals),
		Duration:        seconds(orDefault(s.Duration, duration)),
		MonitorInterval: seconds(s.MonitorInterval),
		Watch:           cmp.Or(s.Watch, AutoWatch),
		Monitors:        monitors,
		Scrape:          s.Scrape,
		Series:          s.Series,
		StreamData:      s.StreamData,
		Locustfile:      orDefault(s.Locustfile, DefaultLocustfile),
		LocustArgs:      s.LocustArgs,
		LocustUndo:      s.LocustUndo,
		Classes:         s.Classes,
		ConfigUsers:     s.ConfigUsers,
		DropVariables:   s.DropVariables,
		WebBasePath:     strings.TrimRight(s.WebBasePath, "/"),
		ResetStats:      s.ResetStats,
		FullHistory:     s.FullHistory,
		JobArgs:         s.jobArgs(),
		Compiled:        s.Compiled,
		Locust:          s.Locust,
		Repeat:          orDefault(s.Repeat, DefaultRepeat),
		OutputDir:       s.OutputDir,
		MasterPort:      orDefault(s.MasterPort, DefaultMasterPort),
		WebPort:         orDefault(s.WebPort, DefaultWebPort),
		AnyMasterPort:   s.MasterPort == nil,
		AnyWebPort:      s.WebPort == nil,
		StopTimeout:     seconds(orDefault(s.StopTimeout, DefaultStopTimeout)),
		WorkerTimeout:   seconds(s.WorkerTimeout),
		Progress:        seconds(s.Progress),

		RequestLog:       s.RequestLog,
		RequestLogSample: s.RequestLogSample,
		CSV:              s.CSV,
	}
	p.workers(s)
	p.steps(s)
	p.ui(s)
	p.join(s)
	p.Settle = seconds(orDefault(s.Settle, min(DefaultSettle, p.Limit().Seconds())))
	p.HTML = p.reportName(s.HTML)
	return p.withChecks(s)
}
