package plan_test

import (
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/plan"
)

// settings returns those of `loadtest --host=http://localhost:8000`, changed by change.
func settings(change func(*plan.Settings)) plan.Settings {
	s := plan.Settings{
		Host:            "http://localhost:8000",
		MonitorInterval: plan.DefaultMonitorInterval,
		OutputDir:       plan.DefaultOutputDir,
		Workers:         plan.DefaultWorkers,
		WorkerTimeout:   plan.DefaultWorkerTimeout,
		Progress:        plan.DefaultProgress,
	}
	change(&s)
	return s
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		reason string
		change func(*plan.Settings)
		says   string
	}{
		{"there is nothing to load", func(s *plan.Settings) { s.Host = "" }, "--host is missing"},
		{"a name is not a URL", func(s *plan.Settings) { s.Host = "localhost" }, `--host "localhost" is not`},
		{"host:port parses as a URL whose scheme is the host", func(s *plan.Settings) { s.Host = "localhost:8000" }, "not an absolute http(s) URL"},
		{"Locust's users speak HTTP", func(s *plan.Settings) { s.Host = "ftp://localhost" }, "not an absolute http(s) URL"},
		{"a URL without a host", func(s *plan.Settings) { s.Host = "http://:8000" }, "not an absolute http(s) URL"},
		{"a port that is no number", func(s *plan.Settings) { s.Host = "http://localhost:eight" }, "not an absolute http(s) URL"},
		{"paths would land in the query", func(s *plan.Settings) { s.Host = "http://localhost?a=b" }, "query"},
		{"a kind that is not there", func(s *plan.Settings) { s.Watch = "service:api" }, `--watch "service:api" is not known: give auto, none, or`},
		{"a kind without a value", func(s *plan.Settings) { s.Watch = "port:" }, `--watch "port:" is not known`},
		{"a port that is no number", func(s *plan.Settings) { s.Watch = "port:http" }, `--watch port:http: "http" is no port`},
		{"a pattern that is none", func(s *plan.Settings) { s.Watch = "process:[" }, "--watch process:[: give a regular expression"},
		{"a demo has its own host", func(s *plan.Settings) { s.Demo = true }, "--demo starts its own API"},
		{"zero users", func(s *plan.Settings) { s.Users = new(0) }, "--users 0"},
		{"negative users", func(s *plan.Settings) { s.Users = new(-3) }, "--users -3"},
		{"a rate of zero never starts a user", func(s *plan.Settings) { s.SpawnRate = new(0.0) }, "--spawn-rate 0"},
		{"no tasks at all are no load", func(s *plan.Settings) { s.Rate = new(0.0) }, "--rate 0 is out of range: give a number of tasks a second"},
		{"a rate is a number", func(s *plan.Settings) { s.Rate = new(math.NaN()) }, "--rate NaN"},
		{"NaN compares false with everything", func(s *plan.Settings) { s.SpawnRate = new(math.NaN()) }, "--spawn-rate NaN"},
		{"infinity is no time", func(s *plan.Settings) { s.Duration = new(math.Inf(1)) }, "--duration +Inf"},
		{"zero duration", func(s *plan.Settings) { s.Duration = new(0.0) }, "--duration 0"},
		{"negative interval", func(s *plan.Settings) { s.MonitorInterval = -1 }, "--monitor-interval -1"},
		{"a monitor is a URL", func(s *plan.Settings) { s.Monitors = []string{"api:9647"} }, `--monitor "api:9647" is not the URL of a monitor, such as http://apihost:9647`},
		{"a monitor has one file", func(s *plan.Settings) { s.Monitors = []string{"http://api:1", "http://api:1/metrics"} }, `--monitor "http://api:1/metrics" is named twice`},
		{"a server is a URL", func(s *plan.Settings) { s.Scrape = []string{"http://ann:secret@"} }, `--scrape "http://ann:***@" is not an absolute`},
		{"a choice of nothing", func(s *plan.Settings) { s.Series = []string{"a"} }, "say with --scrape which server"},
		{"no regular expression", func(s *plan.Settings) { s.Scrape, s.Series = []string{"http://api"}, []string{"a("} }, `--series "a(" is not`},
		{"none behind a plus", func(s *plan.Settings) { s.Scrape, s.Series = []string{"http://api"}, []string{"+a", "+"} }, `--series "+" is not`},
		{"no path", func(s *plan.Settings) { s.StreamData = "choices" }, `--stream-data "choices" is no path`},
		{"nobody measures streams", func(s *plan.Settings) { s.StreamData, s.Workers, s.PythonWorkers = "$.a", "0", 1 }, "--stream-data is for workers in Go"},
		{"a share without its unit", func(s *plan.Settings) { s.RequestLog, s.RequestLogSample = plan.RequestsAsCSV, "0.01" }, "--request-log-sample=0.01: it must be percents"},
		{"a sample of nothing", func(s *plan.Settings) { s.RequestLogSample = "1%" }, "--request-log-sample says how much of --request-log"},
		{"Python workers write no such thing", func(s *plan.Settings) { s.RequestLog, s.Workers, s.PythonWorkers = plan.RequestsAsJSON, "0", 1 }, "--request-log is written by workers in Go"},
		{"nobody makes requests", func(s *plan.Settings) { s.Workers = "0" }, "--python-workers"},
		{"negative workers", func(s *plan.Settings) { s.Workers = "-1" }, "--workers -1"},
		{"more than a machine has", func(s *plan.Settings) { s.Workers = "257" }, "--workers 257"},
		{"neither a number nor auto", func(s *plan.Settings) { s.Workers = "all" }, "--workers all is not understood: give a number, auto, go or python for one a core"},
		{"none of a kind", func(s *plan.Settings) { s.Workers = "python:0" }, "--workers python:0 is out of range: give a whole number from 1 to 256"},
		{"many of a kind", func(s *plan.Settings) { s.Workers = "go:many" }, "--workers go:many is out of range"},
		{"a kind without its number", func(s *plan.Settings) { s.Workers = "auto:" }, "--workers auto: is out of range"},
		{"the same twice", func(s *plan.Settings) { s.Workers, s.PythonWorkers = "python:2", 2 }, "--workers python:2 and --python-workers 2 say the same twice"},
		{"jobs on Python", func(s *plan.Settings) { s.Workers, s.Jobs = "python", []string{"a"} }, "--job: jobs are seen by workers in Go"},
		{"streams on Python", func(s *plan.Settings) { s.Workers, s.StreamData = "python", "$.a" }, "--stream-data is for workers in Go, and with --workers=python there is none"},
		{"a fraction of a worker", func(s *plan.Settings) { s.Workers = "1.5" }, "--workers 1.5"},
		{"a timeout in the past", func(s *plan.Settings) { s.StopTimeout = new(-1.0) }, "--stop-timeout -1"},
		{"one port for two things", func(s *plan.Settings) { s.MasterPort, s.WebPort = new(9000), new(9000) }, "choose two ports"},
		{"nobody sees jobs", func(s *plan.Settings) { s.Workers, s.PythonWorkers, s.Jobs = "0", 1, []string{"a"} }, "--job: jobs are seen by workers in Go"},
		{"no port", func(s *plan.Settings) { s.WebPort = new(70000) }, "--web-port 70000"},
		{"a folder is no file", func(s *plan.Settings) { s.HTML = "results/" }, "--html results/ names a folder"},
		{"nor a prefix", func(s *plan.Settings) { s.CSV = "results/" }, "--csv results/ names a folder: write it like --csv=results/shop"},
		{"an empty environment variable", func(s *plan.Settings) { s.OutputDir = "" }, "--output-dir is empty"},
	}
	for _, test := range tests {
		t.Run(test.reason, func(t *testing.T) {
			t.Parallel()
			_, err := plan.New(settings(test.change))
			if err == nil || !strings.Contains(err.Error(), test.says) || strings.Contains(err.Error(), "\n") {
				t.Fatalf("New() error = %v, want one line that says %q", err, test.says)
			}
			if kind := fault.KindOf(err, fault.Failed); kind != fault.Usage {
				t.Errorf("KindOf(%v) = %v, want fault.Usage", err, kind)
			}
		})
	}
}

func TestNewFillsIn(t *testing.T) {
	t.Parallel()
	tests := []struct {
		reason   string
		change   func(*plan.Settings)
		users    int
		duration time.Duration
		host     string
	}{
		{"the defaults", func(*plan.Settings) {}, 200, 300 * time.Second, "http://localhost:8000"},
		{"a slash at the end would be doubled by the paths", func(s *plan.Settings) { s.Host = "http://localhost:8000/" }, 200, 300 * time.Second, "http://localhost:8000"},
		{"a demo is small", func(s *plan.Settings) { s.Host, s.Demo = "", true }, 20, 30 * time.Second, ""},
		{"but what was given wins", func(s *plan.Settings) { s.Host, s.Demo, s.Users, s.Duration = "", true, new(200), new(1.5) }, 200, 1500 * time.Millisecond, ""},
		{"Python workers alone are enough", func(s *plan.Settings) { s.Workers, s.PythonWorkers = "0", 2 }, 200, 300 * time.Second, "http://localhost:8000"},
	}
	for _, test := range tests {
		t.Run(test.reason, func(t *testing.T) {
			t.Parallel()
			got, err := plan.New(settings(test.change))
			if err != nil {
				t.Fatal(err)
			}
			if got.Users != test.users || got.Duration != test.duration || got.Host != test.host {
				t.Errorf("New() = %d users for %v against %q, want %d for %v against %q",
					got.Users, got.Duration, got.Host, test.users, test.duration, test.host)
			}
		})
	}
}

// TestSettle: a short run does not wait for longer than it ran, unless it was told to.
func TestSettle(t *testing.T) {
	t.Parallel()
	tests := []struct {
		reason string
		change func(*plan.Settings)
		want   time.Duration
	}{
		{"long enough", func(*plan.Settings) {}, 10 * time.Second},
		{"as long as a demo takes", func(s *plan.Settings) { s.Host, s.Demo = "", true }, 10 * time.Second},
		{"a short run", func(s *plan.Settings) { s.Duration = new(2.5) }, 2500 * time.Millisecond},
		{"which was told to", func(s *plan.Settings) { s.Duration, s.Settle = new(2.5), new(60.0) }, time.Minute},
		{"or not to", func(s *plan.Settings) { s.Settle = new(0.0) }, 0},
	}
	for _, test := range tests {
		p, err := plan.New(settings(test.change))
		if err != nil || p.Settle != test.want {
			t.Errorf("%s: New() has Settle %v, %v, want %v", test.reason, p.Settle, err, test.want)
		}
	}
}

// TestReportName: --html takes what Locust puts into its name.
func TestReportName(t *testing.T) {
	t.Parallel()
	p, err := plan.New(settings(func(s *plan.Settings) {
		s.HTML, s.Users, s.SpawnRate, s.Duration = "r_{u}_{r}_{t}.html", new(50), new(2.5), new(90.0)
	}))
	if err != nil || p.HTML != "r_50_2.5_90.html" {
		t.Errorf("New() has %q, %v, want Locust's r_50_2.5_90.html", p.HTML, err)
	}
}

// TestNumbered: each run has copies of its own, and nothing else is another.
func TestNumbered(t *testing.T) {
	t.Parallel()
	p, err := plan.New(settings(func(s *plan.Settings) { s.Repeat, s.HTML, s.CSV = new(3), "out/{n}/r-{n}.html", "shop-{n}" }))
	if err != nil || p.Repeat != 3 {
		t.Fatalf("New() = %d runs, %v, want 3", p.Repeat, err)
	}
	second := p.Numbered(2)
	if second.HTML != "out/2/r-2.html" || second.CSV != "shop-2" || p.HTML == second.HTML {
		t.Errorf("the second has %s and %s, of %s", second.HTML, second.CSV, p.HTML)
	}
	if once, err := plan.New(settings(func(s *plan.Settings) { s.HTML = "r.html" })); err != nil || once.Repeat != 1 || once.Numbered(1).HTML != "r.html" {
		t.Errorf("a test that is run once = %d runs, %q, %v", once.Repeat, once.HTML, err)
	}
}

func TestWorkersAndPorts(t *testing.T) {
	t.Parallel()
	cores := runtime.GOMAXPROCS(0)
	tests := []struct {
		reason           string
		change           func(*plan.Settings)
		inGo, inPython   int
		either, any, web bool
	}{
		{"one worker, as locust alone is one, on the next free ports", func(*plan.Settings) {}, 1, 0, true, true, true},
		{"one a core", func(s *plan.Settings) { s.Workers = plan.AutoWorkers }, cores, 0, true, true, true},
		{"in Go, or none", func(s *plan.Settings) { s.Workers = "go" }, cores, 0, false, true, true},
		{"so many of them", func(s *plan.Settings) { s.Workers = "go:3" }, 3, 0, false, true, true},
		{"Locust's own", func(s *plan.Settings) { s.Workers = "python" }, 0, cores, false, true, true},
		{"so many of them", func(s *plan.Settings) { s.Workers = "python:3" }, 0, 3, false, true, true},
		{"both", func(s *plan.Settings) { s.Workers, s.PythonWorkers = "auto:2", 3 }, 2, 3, true, true, true},
		{"a port that was asked for is meant", func(s *plan.Settings) { s.Workers, s.WebPort = "3", new(plan.DefaultWebPort) }, 3, 0, false, true, false},
	}
	for _, test := range tests {
		got, err := plan.New(settings(test.change))
		if err != nil {
			t.Fatal(err)
		}
		if got.Workers != test.inGo || got.PythonWorkers != test.inPython || got.EitherWorkers != test.either || got.AnyMasterPort != test.any || got.AnyWebPort != test.web {
			t.Errorf("%s: New() = %d and %d workers, either %v, any ports %v, %v, want %d and %d, %v, %v, %v", test.reason,
				got.Workers, got.PythonWorkers, got.EitherWorkers, got.AnyMasterPort, got.AnyWebPort, test.inGo, test.inPython, test.either, test.any, test.web)
		}
		if all := got.InPython(); all.Workers != 0 || all.PythonWorkers != test.inGo+test.inPython {
			t.Errorf("%s: InPython() = %d and %d workers, want 0 and as many as before", test.reason, all.Workers, all.PythonWorkers)
		}
	}
}

func TestNeedGo(t *testing.T) {
	t.Parallel()
	p, err := plan.New(settings(func(s *plan.Settings) { s.Jobs, s.StreamData, s.RequestLog = []string{"a"}, "$.a", plan.RequestsAsCSV }))
	if want := []string{"--job", "--stream-data", "--request-log"}; err != nil || !slices.Equal(p.NeedGo, want) {
		t.Errorf("New() needs Go for %q, %v, want %q", p.NeedGo, err, want)
	}
}
