package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/alecthomas/kong"

	"gregaria/internal/build"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/plan"
)

// flags are what a user can set: each is a flag, an environment variable GREGARIA_... and a line of --help. A pointer is
// nil if the user gave neither: its default then depends on --demo.
type flags struct {
	Host            string           `placeholder:"URL" help:"Base URL of the API, for example http://localhost:8000. Required unless --demo."`
	Demo            bool             `help:"Load a small API that loadtest starts itself: ${demoUsers} users for ${demoDuration} s unless you say otherwise."`
	Users           *int             `short:"u" placeholder:"${users}" help:"Users at the peak (${users})."`
	SpawnRate       float64          `short:"r" default:"${spawnRate}" help:"Users to start each second (${default})."`
	Duration        *float64         `short:"d" placeholder:"${duration}" help:"Seconds of load, starting the users included (${duration})."`
	MonitorInterval float64          `default:"${interval}" help:"Seconds from row to row of the metrics (${default})."`
	OutputDir       string           `short:"o" default:"${outputDir}" help:"Directory for the results (${default})."`
	Workers         int              `short:"w" default:"${workers}" help:"Worker processes in Go (${default})."`
	PythonWorkers   int              `default:"0" help:"Worker processes of Locust itself, beside those in Go or instead of them (${default})."`
	Locustfile      string           `short:"f" default:"${locustfile}" help:"The locustfile (${default})."`
	Compiled        bool             `help:"Have the workers in Go run the user classes compiled into them instead of the locustfile."`
	Locust          string           `placeholder:"PATH" help:"The Locust to run. Without it: .venv/bin/locust here, the one of this checkout, the one on PATH."`
	MasterPort      int              `default:"${masterPort}" help:"Port where workers connect, on this machine only (${default})."`
	WebPort         int              `default:"${webPort}" help:"Port of Locust's web UI, on this machine only (${default})."`
	StopTimeout     float64          `default:"${stopTimeout}" help:"Seconds that users may take to finish a task when the load ends; 0 cuts their requests off (${default})."`
	WorkerTimeout   float64          `default:"${workerTimeout}" help:"Seconds that the workers may take to connect (${default})."`
	Progress        float64          `default:"${progress}" help:"Seconds from line to line where the output is no terminal (${default})."`
	Version         kong.VersionFlag `help:"Show the version and exit."`
}

const description = `Load an HTTP API through Locust and record the machine's resources beside it.

Locust's web UI stays open while the load runs; Ctrl-C ends it cleanly, a second Ctrl-C at once. Every flag is also an
environment variable: --spawn-rate is GREGARIA_SPAWN_RATE.

Examples:
  loadtest --demo
  loadtest --host=http://localhost:8000 --users=200 --duration=300
  loadtest --host=http://localhost:8000 -f my_locustfile.py
  loadtest --host=http://localhost:8000 --workers=0 --python-workers=2   # for a file that needs packages of Python

Exit codes:
    0  the run is complete and no request failed
    1  requests failed or tasks raised exceptions, no request finished, or the locustfile says so (process_exit_code)
    2  a flag, a variable or the locustfile is wrong
    3  not ready: Locust, the API, a port or a worker is missing; no load was made
    4  the master, a worker or the monitor died during the run
    5  a result could not be written (no permission, disk full)
  130  interrupted by Ctrl-C or SIGTERM; what was measured until then is written`

// errShown says that help or the version was asked for and is printed.
var errShown = errors.New("shown")

// parseFlags reads flags and variables. Every error is a fault.Usage of one line.
func parseFlags(args []string, stdout, stderr io.Writer) (plan.Settings, error) {
	var f flags
	shown := false
	parser, err := kong.New(&f,
		kong.Name("loadtest"),
		kong.Description(description),
		kong.DefaultEnvars("GREGARIA"),
		kong.Writers(stdout, stderr),
		kong.Exit(func(int) { shown = true }),
		kong.ConfigureHelp(kong.HelpOptions{WrapUpperBound: 110}),
		vars(),
	)
	if err != nil {
		return plan.Settings{}, fmt.Errorf("set up the flags: %w", err)
	}
	_, err = parser.Parse(args)
	if shown {
		return plan.Settings{}, errShown
	}
	if err != nil {
		line := strings.ReplaceAll(err.Error(), "\n", " ")
		return plan.Settings{}, fault.New(fault.Usage, "%s; see loadtest --help", line)
	}
	return f.settings(), nil
}

// vars puts the defaults, each of which is one constant of package plan, into the flags and their help.
func vars() kong.Vars {
	return kong.Vars{
		"version":       fmt.Sprintf("loadtest %s (made for Locust %s)", build.Version, build.Locust),
		"users":         fmt.Sprint(plan.DefaultUsers),
		"demoUsers":     fmt.Sprint(plan.DemoUsers),
		"spawnRate":     fmt.Sprint(plan.DefaultSpawnRate),
		"duration":      fmt.Sprint(plan.DefaultDuration),
		"demoDuration":  fmt.Sprint(plan.DemoDuration),
		"interval":      fmt.Sprint(plan.DefaultMonitorInterval),
		"outputDir":     plan.DefaultOutputDir,
		"workers":       fmt.Sprint(plan.DefaultWorkers),
		"locustfile":    plan.DefaultLocustfile,
		"masterPort":    fmt.Sprint(plan.DefaultMasterPort),
		"webPort":       fmt.Sprint(plan.DefaultWebPort),
		"stopTimeout":   fmt.Sprint(plan.DefaultStopTimeout),
		"workerTimeout": fmt.Sprint(plan.DefaultWorkerTimeout),
		"progress":      fmt.Sprint(plan.DefaultProgress),
	}
}

// settings passes the flags on.
func (f flags) settings() plan.Settings {
	return plan.Settings{
		Host: f.Host, Demo: f.Demo,
		Users: f.Users, SpawnRate: f.SpawnRate, Duration: f.Duration,
		MonitorInterval: f.MonitorInterval, OutputDir: f.OutputDir,
		Workers: f.Workers, PythonWorkers: f.PythonWorkers,
		Locustfile: f.Locustfile, Compiled: f.Compiled, Locust: f.Locust,
		MasterPort: f.MasterPort, WebPort: f.WebPort,
		StopTimeout: f.StopTimeout, WorkerTimeout: f.WorkerTimeout,
		Progress: f.Progress,
	}
}
