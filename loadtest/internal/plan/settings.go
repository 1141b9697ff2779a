package plan

import (
	"math"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"gregaria/internal/mask"
	"gregaria/internal/requestline"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/remote"
)

// The defaults of a run, which the flags name in their help.
const (
	DefaultUsers           = 200
	DefaultDuration        = 300.0 // seconds
	DefaultSpawnRate       = 10.0  // users a second
	DefaultArrivals        = "constant"
	DefaultSettle          = 10.0 // seconds; no longer than the load, unless it was asked for
	DefaultMonitorInterval = 1.0  // seconds
	DefaultWorkers         = AutoWorkers + ":1"
	DefaultOutputDir       = "load_test_results"
	DefaultLocustfile      = "locustfile.py"
	DefaultMasterPort      = 5557 // Locust's
	DefaultWebPort         = 8089 // Locust's
	DefaultRepeat          = 1
	DefaultStopTimeout     = 10.0 // seconds; Locust's own is 0
	DefaultWorkerTimeout   = 30.0 // seconds
	DefaultProgress        = 5.0  // seconds

	// A demo is small and short: it shows the tool, not the limits of the machine.
	DemoUsers    = 20
	DemoDuration = 30.0 // seconds
)

// The limits of a run. They catch slips of a unit, not ambition.
const (
	MaxUsers   = 1_000_000
	MaxWorkers = 256
	MaxRepeat  = 1000
	MaxRate    = 1_000_000 // tasks a second
	MaxSeconds = 30 * 24 * 3600

	smallest    = 0.001 // of times and rates
	minInterval = 0.1   // the monitor's own limit, in seconds
)

// Settings are what the user asked for, as flags or environment variables, or in files that Locust reads. A nil pointer was
// not given.
type Settings struct {
	Host            string
	Demo            bool
	UI              bool
	Users           *int
	SpawnRate       *float64
	Duration        *float64
	Steps           []int
	StepDuration    *float64
	Settle          *float64
	Rate            *float64
	Arrivals        string // DefaultArrivals where it is empty
	MonitorInterval float64
	Watch           string // AutoWatch where it is empty
	Monitors        []string
	Scrape          []string
	Series          []string
	StreamData      string
	Repeat          *int
	OutputDir       string
	HTML, CSV       string
	Workers         string // see parseWorkers
	PythonWorkers   int
	Locustfile      *string
	Compiled        bool
	Jobs            []string
	JobsFile        string
	JobTimeout      string
	Locust          string
	LocustArgs      []string
	LocustUndo      []string
	Classes         []string
	ConfigUsers     []string
	DropVariables   []string
	WebBasePath     string
	ResetStats      bool
	FullHistory     bool
	Master          string
	MasterWeb       string
	MasterPort      *int
	WebPort         *int
	StopTimeout     *float64
	WorkerTimeout   float64
	Progress        float64

	RequestLog       string
	RequestLogSample string

	Checks     []string
	ChecksFile string
	Baseline   []string
	Effect     *float64
	WarmUp     float64

	AbortOnFail bool
}

// validate returns what is wrong with the first setting that is wrong.
func (s Settings) validate() error {
	for _, check := range []error{
		s.checkClasses(),
		s.checkHost(),
		count("--users", orDefault(s.Users, DefaultUsers), 1, MaxUsers),
		amount("--spawn-rate", orDefault(s.SpawnRate, DefaultSpawnRate), "users a second", smallest, MaxUsers),
		between("--duration", orDefault(s.Duration, DefaultDuration), smallest, MaxSeconds),
		amount("--rate", orDefault(s.Rate, 1), "tasks a second", smallest, MaxRate),
		s.checkArrivals(),
		s.checkSteps(),
		s.checkUI(),
		s.checkMaster(),
		between("--settle", orDefault(s.Settle, DefaultSettle), 0, MaxSeconds),
		between("--monitor-interval", s.MonitorInterval, minInterval, MaxSeconds),
		s.checkWatch(),
		s.checkScrape(),
		s.checkStreamData(),
		count("--python-workers", s.PythonWorkers, 0, MaxWorkers),
		s.checkWorkers(),
		s.checkJobs(),
		s.checkRequestLog(),
		count("--master-port", orDefault(s.MasterPort, DefaultMasterPort), 1, math.MaxUint16),
		count("--web-port", orDefault(s.WebPort, DefaultWebPort), 1, math.MaxUint16),
		s.checkPorts(),
		between("--stop-timeout", orDefault(s.StopTimeout, DefaultStopTimeout), 0, MaxSeconds),
		between("--worker-timeout", s.WorkerTimeout, smallest, MaxSeconds),
		between("--progress", s.Progress, smallest, MaxSeconds),
		count("--repeat", orDefault(s.Repeat, DefaultRepeat), 1, MaxRepeat),
		text("--output-dir", s.OutputDir),
		s.checkCopies(),
		s.checkEffect(),
		text("--locustfile", orDefault(s.Locustfile, DefaultLocustfile)),
	} {
		if check != nil {
			return check
		}
	}
	return nil
}

// checkArrivals wants tasks that come by a rate.
func (s Settings) checkArrivals() error {
	if s.Arrivals != "" && s.Rate == nil {
		return fault.New(fault.Usage, "--arrivals=%s says how the tasks of --rate come: give that, too, such as --rate=50", s.Arrivals)
	}
	return nil
}

// checkStreamData leaves the path to the workers in Go, and sees that there are any: Locust's own measure no stream.
func (s Settings) checkStreamData() error {
	switch {
	case s.StreamData == "":
		return nil
	case !strings.HasPrefix(strings.TrimSpace(s.StreamData), "$"):
		return fault.New(fault.Usage, "--stream-data %q is no path into JSON: write it like $.choices[0].delta.content, in quotes", s.StreamData)
	case s.noGo():
		return fault.New(fault.Usage, "--stream-data is for workers in Go, and with --workers=%s there is none: leave one of them out", s.Workers)
	}
	return nil
}

// checkClasses sees an address among the user classes: other programs take it there, and Locust would say the whole of it, with a password.
func (s Settings) checkClasses() error {
	for _, class := range s.Classes {
		if strings.Contains(class, "://") {
			return fault.New(fault.Usage, "%q is no user class: give the API's address as --host=URL", mask.URL(class))
		}
	}
	return nil
}

// checkHost wants an absolute URL, because Locust puts each path of the locustfile right after it.
func (s Settings) checkHost() error {
	switch {
	case s.Demo && s.Host != "":
		return fault.New(fault.Usage, "--demo starts its own API, so leave --host (and GREGARIA_HOST) out, or leave --demo out")
	case s.Demo:
		return nil
	case s.Host == "" && s.Master != "":
		return nil // its tests say where the load goes
	case s.Host == "":
		return fault.New(fault.Usage, "--host is missing: give the API's address, for example --host=http://localhost:8000, or --demo")
	}
	parsed, err := url.Parse(s.Host)
	if err != nil || (parsed.Scheme != "http" && parsed.Scheme != "https") || parsed.Hostname() == "" {
		return fault.New(fault.Usage, "--host %q is not an absolute http(s) URL: write it like http://localhost:8000", mask.URL(s.Host))
	}
	if parsed.RawQuery != "" || parsed.Fragment != "" {
		return fault.New(fault.Usage, "--host %q has a query or a fragment: paths of the locustfile are put after it, so end it before ? and #", mask.URL(s.Host))
	}
	return nil
}

// monitors reads --monitor. Each has a file of its own, so each is named once.
func (s Settings) monitors() (bases []*url.URL, err error) {
	for _, address := range s.Monitors {
		base, err := remote.Parse(address)
		if err != nil {
			return nil, fault.New(fault.Usage, "--monitor %w", err)
		}
		if slices.ContainsFunc(bases, func(other *url.URL) bool { return other.Host == base.Host && other.Path == base.Path }) {
			return nil, fault.New(fault.Usage, "--monitor %q is named twice: name each monitor once", mask.URL(address))
		}
		bases = append(bases, base)
	}
	return bases, nil
}

// checkScrape wants what the monitor will take: it is too late to hear of it when the monitor has ended.
func (s Settings) checkScrape() error {
	for _, address := range s.Scrape {
		parsed, err := url.Parse(address)
		if err != nil || (parsed.Scheme != "http" && parsed.Scheme != "https") || parsed.Hostname() == "" {
			return fault.New(fault.Usage, "--scrape %q is not an absolute http(s) URL: write it like http://localhost:8000/metrics", mask.URL(address))
		}
	}
	if len(s.Series) > 0 && len(s.Scrape) == 0 {
		return fault.New(fault.Usage, "--series chooses among what a server shows: say with --scrape which server")
	}
	for _, name := range s.Series {
		if _, err := regexp.Compile(strings.TrimPrefix(name, "+")); err != nil || strings.TrimPrefix(name, "+") == "" {
			return fault.New(fault.Usage, "--series %q is not a regular expression for the name of a series: write it like db_pool_.*", name)
		}
	}
	return nil
}

func (s Settings) checkPorts() error {
	if s.MasterPort != nil && s.WebPort != nil && *s.MasterPort == *s.WebPort {
		return fault.New(fault.Usage, "--master-port and --web-port are both %d: choose two ports", *s.WebPort)
	}
	return nil
}

// checkRequestLog sees that somebody can write the requests.
func (s Settings) checkRequestLog() error {
	if _, err := requestline.Share(s.RequestLogSample); err != nil {
		return fault.New(fault.Usage, "--request-log-sample=%s: %w", s.RequestLogSample, err)
	}
	switch {
	case s.RequestLog == "" && s.RequestLogSample != "":
		return fault.New(fault.Usage, "--request-log-sample says how much of --request-log to write: give that, too")
	case s.RequestLog != "" && s.noGo():
		return fault.New(fault.Usage, "--request-log is written by workers in Go, and --workers is %s", s.Workers)
	}
	return nil
}

// count wants a whole number from low to high.
func count(flag string, n, low, high int) error {
	if n < low || n > high {
		return fault.New(fault.Usage, "%s %d is out of range: give a whole number from %d to %d", flag, n, low, high)
	}
	return nil
}

// amount wants a number from low to high. Written so that NaN is refused too.
func amount(flag string, x float64, unit string, low, high float64) error {
	if !(x >= low && x <= high) {
		return fault.New(fault.Usage, "%s %v is out of range: give a number of %s from %v to %.0f", flag, x, unit, low, high)
	}
	return nil
}

// text wants something to be there.
func text(flag, value string) error {
	if value == "" {
		return fault.New(fault.Usage, "%s is empty: leave it out for the default", flag)
	}
	return nil
}

// orDefault returns what was given, else the default.
func orDefault[T any](given *T, otherwise T) T {
	if given == nil {
		return otherwise
	}
	return *given
}

// seconds turns a number of seconds, already validated, into a duration.
func seconds(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }
