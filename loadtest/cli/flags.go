package cli

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"

	"github.com/alecthomas/kong"

	"gregaria/internal/build"
	"gregaria/loadtest/internal/comparison"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/plan"
)

// flags are what a user can set: each is a flag, an environment variable GREGARIA_... and a line of --help. A pointer is
// nil if the user gave neither: its default then depends on --demo, and on the settings files of Locust. Flags that make
// something else of a run than a load test of the user's have no variable: env:"-".
type flags struct {
	Classes []string `arg:"" optional:"" name:"UserClass" help:"User classes of the locustfile to run; without any, all."`

	Host            string           `short:"H" placeholder:"URL" help:"Base URL of the API, for example http://localhost:8000. Required unless --demo or --master."`
	Demo            bool             `env:"-" help:"Load a small API that loadtest starts itself: ${demoUsers} users for ${demoDuration} unless you say otherwise."`
	UI              bool             `name:"ui" env:"-" help:"Start no test: that is done in Locust's web UI, as often as you like, with --users, --spawn-rate and --duration as the form's defaults; each test has results and a verdict of its own. Ctrl-C ends it."`
	Master          string           `aliases:"master-host" env:"-" placeholder:"HOST[:PORT]" help:"Join workers and monitor to a Locust master that is there already, and say of each test that somebody starts there what the numbers mean. Ctrl-C ends it; that master goes on."`
	MasterWeb       string           `env:"-" placeholder:"URL" help:"Where the web UI of --master is (http://HOST:${webPort})."`
	Users           *int             `short:"u" placeholder:"${users}" help:"Users at the peak (${users})."`
	SpawnRate       *float64         `short:"r" placeholder:"${spawnRate}" help:"Users to start each second (${spawnRate})."`
	Rate            *float64         `placeholder:"N" help:"Tasks a second over all users of all workers, whatever their own waits say; a slow API makes tasks late, not fewer."`
	Arrivals        string           `default:"" enum:",constant,poisson" placeholder:"constant|poisson" help:"How the tasks of --rate come: evenly spaced or at random (${arrivals})."`
	Duration        *timespan        `short:"d" env:"GREGARIA_DURATION,GREGARIA_RUN_TIME" placeholder:"${duration}" help:"How long the load goes on, starting the users included, as 300, 90s, 5m or 1h30m (${duration})."`
	RunTime         *timespan        `short:"t" env:"-" placeholder:"${duration}" help:"Locust's name for --duration."`
	Steps           []int            `sep:"," placeholder:"USERS,..." help:"Numbers of users, one after the other, such as 50,100,200, each for --step-duration; in place of --users and --duration."`
	StepDuration    *timespan        `placeholder:"${stepDuration}" help:"How long each of --steps lasts, starting its users included (${stepDuration})."`
	Settle          *timespan        `placeholder:"${settle}" help:"How long the monitor goes on after the load, so that what the server keeps can be told from what it gives back; 0 ends at once (${settle}, but no longer than the load)."`
	MonitorInterval timespan         `default:"${interval}" help:"Time from row to row of the metrics (${default})."`
	Watch           string           `default:"${watch}" placeholder:"auto|none|KIND:VALUE" help:"The process whose resources are recorded: who listens at --host, where that is on this machine (${default}); none; or pid:N, port:N, process:REGEX, cgroup:PATH, container:NAME."`
	Monitor         []string         `sep:"," env:"GREGARIA_MONITORS" placeholder:"URL" help:"A monitor beside a server (bin/monitor --listen), such as http://apihost:9647, whose rows are recorded too, in a CSV of their own; may be repeated."`
	Scrape          []string         `sep:"," placeholder:"URL" help:"Metrics that a server shows to Prometheus, such as http://localhost:8000/metrics, to record on the same seconds; may be repeated."`
	Series          []string         `sep:"," placeholder:"REGEX,..." help:"Names of series of --scrape to record; without it gauges and counters that move."`
	Repeat          *int             `placeholder:"${repeat}" help:"Run the test N times, one after the other, each with a master and workers of its own, and say how far the runs are apart (${repeat})."`
	OutputDir       string           `short:"o" default:"${outputDir}" help:"Directory for the results (${default})."`
	HTML            string           `name:"html" placeholder:"FILE" help:"Put a copy of Locust's report there, as locust --html; {u}, {r}, {t} and {n} are users, spawn rate, seconds and the number of the run."`
	CSV             string           `name:"csv" placeholder:"PREFIX" help:"Put copies of Locust's CSVs there, PREFIX_stats.csv and so on, as locust --csv; {n} is the number of the run."`
	Workers         string           `short:"w" default:"${workers}" placeholder:"auto|go|python[:N]|N" help:"Who makes the requests: N workers in Go, in one process; or N of a kind, one a core without N: go, python (Locust's own, a process each), or auto, in Go if they can run the locustfile and else in Python (${default})."`
	PythonWorkers   int              `default:"0" help:"Worker processes of Locust itself, beside those in Go or instead of them (${default})."`
	Locustfile      *string          `short:"f" placeholder:"FILE,..." help:"The locustfiles, separated by commas; a folder means all files in it (${locustfile})."`
	Tags            []string         `short:"T" sep:"," placeholder:"TAG ..." help:"Run only tasks that have one of these tags: words, or with commas between them. A user class comes before it, or behind --tags=TAG,..."`
	ExcludeTags     []string         `short:"E" sep:"," placeholder:"TAG ..." help:"Run no task that has one of these tags."`
	ConfigUsers     []string         `sep:"none" placeholder:"JSON" help:"Settings of a user class as JSON, or a file of them, as locust --config-users; may be repeated."`
	Job             []string         `sep:"none" placeholder:"JOB" help:"Measure work that goes on behind an answer, until a poll tells its end, as one request of type JOB; by workers in Go, may be repeated. docs/timings.md has the grammar."`
	JobsFile        string           `placeholder:"FILE" help:"Read jobs from a file, one a line; lines that begin with # are none."`
	JobTimeout      string           `placeholder:"TIME" help:"Count a job that takes as long as unfinished, such as 10m; without it jobs are unfinished that are not done when the load ends."`
	Compiled        bool             `help:"Have the workers in Go run the user classes compiled into them instead of the locustfile."`
	Locust          string           `placeholder:"PATH" help:"The Locust to run. Without it: .venv/bin/locust here, the one of this checkout, the one on PATH."`
	MasterPort      *int             `placeholder:"${masterPort}" help:"Port where workers connect, on this machine only (${masterPort}, or the next free one); beside --master, that of its host."`
	WebPort         *int             `placeholder:"${webPort}" help:"Port of Locust's web UI, on this machine only (${webPort}, or the next free one); beside --master, that of its host."`
	StopTimeout     *timespan        `placeholder:"${stopTimeout}" help:"Time that users may take to finish a task when the load ends; 0 cuts their requests off (${stopTimeout})."`
	WorkerTimeout   timespan         `default:"${workerTimeout}" help:"Time that the workers may take to connect (${default})."`
	FullHistory     bool             `default:"true" negatable:"" aliases:"csv-full-history" help:"Keep a row a second for each name in _stats_history.csv, with the response times of the last 10 s; without it one row, with those since the beginning."`
	StreamData      string           `placeholder:"PATH" help:"Which events of streams count in timings.csv: those in whose JSON PATH names a value that is not empty, such as $$.choices[0].delta.content; several with commas between them. Without it, every event that is not blank."`
	Progress        timespan         `default:"${progress}" help:"Time from line to line where the output is no terminal (${default})."`
	Version         kong.VersionFlag `env:"-" help:"Show the version and exit."`

	RequestLog       requestLog `help:"Write a line for every request of the workers in Go into requests_*.jsonl, or with --request-log=csv into requests_*.csv, sorted by time."`
	RequestLogSample string     `placeholder:"PERCENT" help:"Write that share of the requests, such as 1%, and all that failed or are among the slowest 1% of their name."`

	Check       []string `sep:"none" placeholder:"CHECK" help:"A limit that the run has to keep, such as 'p95 < 800ms' or 'POST /story: fail_ratio < 1%'; may be repeated. docs/checks.md has the grammar and all names."`
	Checks      string   `placeholder:"FILE" help:"Read checks from a file, a list in YAML."`
	Baseline    []string `sep:"," placeholder:"DIR|FILE,..." help:"The earlier runs that this one, and checks such as 'p95 <= baseline * 1.10', are compared with: a folder of results, or a file of a run, such as its summary_TS.json; the median of several counts."`
	Effect      *percent `placeholder:"${effect}" help:"The difference from --baseline from which on something is slower or higher; what is surely below it is no difference (${effect})."`
	WarmUp      timespan `placeholder:"TIME" help:"Leave that time from the begin of the load on out of the steady phase, such as 30s."`
	AbortOnFail bool     `help:"End the load as soon as a check can no longer pass; without it, only those with abort: true in their file do."`
}

const description = `Load an HTTP API through Locust and record the machine's resources beside it.

Locust's web UI stays open while the load runs; Ctrl-C ends it cleanly, a second Ctrl-C at once. Every flag but --demo,
--ui, --master, --master-web, --help and --version is also an environment variable: --spawn-rate is GREGARIA_SPAWN_RATE. What locust.conf, ~/.locust.conf,
pyproject.toml and LOCUST_ variables say is obeyed where a flag says nothing, or loadtest says why not. Arguments after --
are Locust's, or the locustfile's own.

Examples:
  loadtest --demo
  loadtest --host=http://localhost:8000 --users=200 --duration=5m
  loadtest --host=http://localhost:8000 --users=200 --rate=50    # 50 tasks a second, however slow the answers
  loadtest --host=http://localhost:8000 --steps=50,100,200 --step-duration=60s   # how many users does it take?
  loadtest --host=http://localhost:8000 --ui   # start tests in the web UI, as many as you like, each with a report of its own
  loadtest --master=locust.example.com --host=http://localhost:8000   # workers and monitor for a master that is there already
  loadtest --host=http://localhost:8000 -f tests/shop.py,tests/search.py --workers=auto
  loadtest --host=http://localhost:8000 --tags=checkout ShopUser -- --tenant=acme
  loadtest --host=http://api:8000 --monitor=http://api:9647 --monitor=http://db:9647
  loadtest --host=http://localhost:8000 --scrape=http://localhost:8000/metrics --check='http_requests_in_flight{} max < 20'
  loadtest --host=http://localhost:8000 --stream-data='$.choices[0].delta.content'   # events of a chat that carry text
  loadtest --host=http://localhost:8000 --job='POST /story -> GET /story/[id] until $$.status in (done, failed)'
  loadtest --host=http://localhost:8000 --request-log --request-log-sample=1%
  loadtest --host=http://localhost:8000 --check='p95 < 800ms' --check='POST /story: fail_ratio < 1%' --checks=checks.yaml --warm-up=30s
  loadtest --host=http://localhost:8000 --baseline=results/main   # what differs from then; the exit code is not changed by it
  loadtest --host=http://localhost:8000 --check='p95 <= baseline * 1.10' --baseline=results/main   # and here it is
  loadtest --host=http://localhost:8000 --repeat=5 --output-dir=results/branch   # how far are equal runs apart?
  loadtest --host=http://localhost:8000 --workers=python   # Locust's own workers, one a core
  loadtest compare results/main results/branch   # what is slower than last time? See loadtest compare --help
  loadtest plugin > gregaria.py   # the tab Resources for a Locust master of your own; see loadtest plugin --help

Exit codes:
    0  the run is complete and no request failed
    1  requests failed or tasks raised exceptions, no request finished, or the locustfile says so (process_exit_code)
    2  a flag, a variable, a setting of Locust's or the locustfile is wrong
    3  not ready: Locust, the API, a port or a worker is missing; no load was made
    4  the master, a worker or the monitor died during the run
    5  a result could not be written (no permission, disk full), or somebody deleted the monitor's file
    6  a check failed, could not be evaluated, or can no longer pass (--abort-on-fail)
  130  interrupted by Ctrl-C or SIGTERM, or by Stop or Reset in the web UI; what was measured until then is written

With --ui and --master, Ctrl-C is how a session is to end: its code is that of the worst of its tests (5, 4, 6, 1, 130, 0), and 0 where none was started.
With --repeat every run has to pass: 6 if a check failed in one of them, else 1 if one failed. A run that was not to its end is the last, and its code counts.`

// errShown says that help or the version was asked for and is printed.
var errShown = errors.New("shown")

// parseFlags reads flags and variables. Every error is a fault.Usage of one line.
func parseFlags(args []string, stdout, stderr io.Writer) (plan.Settings, error) {
	args, locustArgs := split(args)
	var f flags
	shown := false
	parser, err := newParser(&f, stdout, stderr, &shown)
	if err != nil {
		return plan.Settings{}, fmt.Errorf("set up the flags: %w", err)
	}
	given, err := parser.Parse(spread(args, stderr))
	if shown {
		return plan.Settings{}, errShown
	}
	if err != nil {
		return plan.Settings{}, refusal(err)
	}
	if err := f.takeRunTime(given); err != nil {
		return plan.Settings{}, err
	}
	return f.settings(locustArgs), nil
}

// refusal is what is wrong with the arguments, in a line. A flag that nobody knows is not handed on to Locust by itself: it may be one of ours with a slip of
// the pen, and whether the locustfile has it, only running the locustfile would tell.
func refusal(err error) error {
	line := strings.ReplaceAll(err.Error(), "\n", " ")
	if strings.HasPrefix(line, "unknown flag ") {
		return fault.New(fault.Usage, "%s; an option of Locust's or of the locustfile comes after --, as in: loadtest --host=URL -- --tenant=acme", line)
	}
	return fault.New(fault.Usage, "%s; see loadtest --help", line)
}

// split cuts off what comes after the first --: arguments for Locust.
func split(args []string) (own, locust []string) {
	for i, arg := range args {
		if arg == "--" {
			return args[:i:i], args[i+1:]
		}
	}
	return args, nil
}

// newParser returns the parser of the flags. It sets shown when it has printed help or the version.
func newParser(f *flags, stdout, stderr io.Writer, shown *bool) (*kong.Kong, error) {
	return kong.New(f,
		kong.Name("loadtest"),
		kong.Description(description),
		kong.DefaultEnvars(prefix),
		kong.Writers(stdout, stderr),
		kong.Exit(func(int) { *shown = true }),
		kong.ConfigureHelp(kong.HelpOptions{WrapUpperBound: 110}),
		kong.TypeMapper(reflect.TypeFor[timespan](), kong.MapperFunc(decodeTimespan)),
		kong.TypeMapper(reflect.TypeFor[percent](), kong.MapperFunc(decodePercent)),
		vars(),
	)
}

// vars puts the defaults, each of which is one constant of package plan, into the flags and their help.
func vars() kong.Vars {
	return kong.Vars{
		"version":       fmt.Sprintf("loadtest %s (made for Locust %s)", build.Version, build.Locust),
		"users":         fmt.Sprint(plan.DefaultUsers),
		"demoUsers":     fmt.Sprint(plan.DemoUsers),
		"arrivals":      plan.DefaultArrivals,
		"spawnRate":     fmt.Sprint(plan.DefaultSpawnRate),
		"duration":      plan.Written(plan.DefaultDuration),
		"demoDuration":  plan.Written(plan.DemoDuration),
		"stepDuration":  plan.Written(plan.DefaultStepDuration),
		"settle":        plan.Written(plan.DefaultSettle),
		"repeat":        fmt.Sprint(plan.DefaultRepeat),
		"interval":      plan.Written(plan.DefaultMonitorInterval),
		"watch":         plan.AutoWatch,
		"outputDir":     plan.DefaultOutputDir,
		"workers":       plan.DefaultWorkers,
		"locustfile":    plan.DefaultLocustfile,
		"effect":        fmt.Sprintf("%g%%", 100*comparison.DefaultEffect),
		"masterPort":    fmt.Sprint(plan.DefaultMasterPort),
		"webPort":       fmt.Sprint(plan.DefaultWebPort),
		"stopTimeout":   plan.Written(plan.DefaultStopTimeout),
		"workerTimeout": plan.Written(plan.DefaultWorkerTimeout),
		"progress":      plan.Written(plan.DefaultProgress),
	}
}

// settings passes the flags on. Those that are Locust's become its arguments, before the user's own.
func (f flags) settings(locustArgs []string) plan.Settings {
	var passed []string
	for _, option := range []struct {
		flag   string
		values []string
	}{{"--tags", f.Tags}, {"--exclude-tags", f.ExcludeTags}, {"--config-users", f.ConfigUsers}} {
		if len(option.values) > 0 {
			passed = append(append(passed, option.flag), option.values...)
		}
	}
	return plan.Settings{
		Host: f.Host, Demo: f.Demo, UI: f.UI, Master: f.Master, MasterWeb: f.MasterWeb,
		Users: f.Users, SpawnRate: f.SpawnRate, Duration: f.Duration.seconds(), Rate: f.Rate, Arrivals: f.Arrivals,
		Steps: f.Steps, StepDuration: f.StepDuration.seconds(),
		Settle: f.Settle.seconds(), MonitorInterval: float64(f.MonitorInterval), Watch: f.Watch, Monitors: f.Monitor, Scrape: f.Scrape, Series: f.Series, StreamData: f.StreamData, Repeat: f.Repeat, OutputDir: f.OutputDir, HTML: f.HTML, CSV: f.CSV,
		Workers: f.Workers, PythonWorkers: f.PythonWorkers,
		Locustfile: f.Locustfile, Compiled: f.Compiled, Locust: f.Locust,
		Jobs: f.Job, JobsFile: f.JobsFile, JobTimeout: f.JobTimeout,
		LocustArgs: append(passed, locustArgs...), Classes: f.Classes,
		MasterPort: f.MasterPort, WebPort: f.WebPort,
		StopTimeout: f.StopTimeout.seconds(), WorkerTimeout: float64(f.WorkerTimeout),
		RequestLog: string(f.RequestLog), RequestLogSample: f.RequestLogSample,
		FullHistory: f.FullHistory, Progress: float64(f.Progress),
		Checks: f.Check, ChecksFile: f.Checks, Baseline: f.Baseline, Effect: (*float64)(f.Effect), WarmUp: float64(f.WarmUp), AbortOnFail: f.AbortOnFail,
	}
}
