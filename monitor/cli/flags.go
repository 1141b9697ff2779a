package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"gregaria/internal/build"
	"gregaria/internal/exitcode"
	"gregaria/internal/scrape"
	"gregaria/monitor/internal/collector"
)

// flags are what a user can set: each is a flag, an environment variable and a line of --help. The variables are
// called GREGARIA_MONITOR_..., so that one meant for loadtest does not reach the monitor that it starts.
type flags struct {
	Output   string      `short:"o" default:"metrics.csv" placeholder:"FILE" env:"GREGARIA_MONITOR_OUTPUT" help:"The CSV file to write; - is standard output. A file that is not empty is never overwritten."`
	Append   bool        `env:"GREGARIA_MONITOR_APPEND" help:"Continue a file that is there; its columns have to be the same."`
	Interval seconds     `short:"i" default:"1" placeholder:"SECONDS" env:"GREGARIA_MONITOR_INTERVAL" help:"Seconds from row to row, 0.1 or more. Rows fall on whole multiples of it."`
	Duration *seconds    `short:"d" placeholder:"SECONDS" env:"GREGARIA_MONITOR_DURATION" help:"Stop after so many seconds; without it, at Ctrl-C or SIGTERM."`
	Collect  []string    `default:"default" placeholder:"GROUP,..." env:"GREGARIA_MONITOR_COLLECT" help:"The groups of columns to write: ${groups}; default stands for those that cost nothing noticeable."`
	GPU      string      `name:"gpu" default:"auto" enum:"auto,off,require" placeholder:"auto|off|require" env:"GREGARIA_MONITOR_GPU" help:"GPUs: auto measures those that there are, off none, require ends with exit code 3 where none answers at the start."`
	Listen   string      `placeholder:"HOST:PORT" env:"GREGARIA_MONITOR_LISTEN" help:"Show the newest row to Prometheus at http://HOST:PORT/metrics, and the newest rows at /samples; :PORT is 127.0.0.1 only, 0.0.0.0:PORT every interface."`
	NoCSV    bool        `name:"no-csv" env:"GREGARIA_MONITOR_NO_CSV" help:"Write no file: with --listen, the rows are for Prometheus alone."`
	Version  versionFlag `help:"Show the version and exit."`

	tokenFlags `embed:""`
	watchFlags `embed:""`
	webFlags   `embed:""`
}

const (
	// minInterval is the shortest interval: the kernel counts CPU time in steps of 10 ms, so shorter ones show noise.
	minInterval = 100 * time.Millisecond
)

// errShown means that --help or --version was asked for and answered.
var errShown = errors.New("help shown")

// help stands below the flags in --help.
func help() string {
	return fmt.Sprintf(`
Examples:
  monitor --output metrics.csv                            a row every second, until Ctrl-C
  monitor --output metrics.csv --interval 5 --duration 300
  monitor --output - | tee metrics.csv
  monitor --collect cpu,memory                            some groups of columns only
  monitor --collect default,cores                         the default groups and each core
  monitor --port 8000                                     and the process that listens there, with its children
  monitor --process 'uvicorn app:app' --collect default,pss
  monitor --container shop-api-1
  monitor --locust http://127.0.0.1:8089                  with the users and response times of a load test
  monitor --scrape http://api:8000/metrics --series 'http_requests_in_progress,db_pool_.*'
  monitor --no-csv --listen 0.0.0.0:9647                  for Prometheus, on every interface
  monitor --gpu require                                   not without a GPU
  GREGARIA_MONITOR_TOKEN=... monitor --listen 0.0.0.0:9647   and /samples, for who has the token

Exit codes:
  %3d  the duration is over, or no --duration was set and Ctrl-C or SIGTERM came, or the reader of --output - has gone
  %3d  a flag, its environment variable or the output file's name is wrong, or another monitor writes to that file; nothing was measured
  %3d  the address of --listen cannot be had: the port is taken, or the host is none of this machine's; or no GPU answers, with
       --gpu require; nothing was measured
  %3d  the output cannot be written (no permission, disk full for 30 s), or has not all rows (the file was deleted in mid-run,
       the reader of --output - has gone before the --duration was over); rows already written stay
  %3d  Ctrl-C or SIGTERM before the --duration was over; rows already written stay

A password in a URL stands in the list of processes; set the URL in its variable instead. GREGARIA_MONITOR_SCRAPE_TOKEN is sent, as a
bearer token, to servers of --scrape whose URL has no user.

The columns and their units are described in docs/metrics.md. A cell is empty where a value could not be read.
`, exitcode.OK, exitcode.Usage, exitcode.NotReady, exitcode.Output, exitcode.Interrupted)
}

// parseFlags reads args and the environment. It returns errShown after it answered --help or --version on stdout.
func parseFlags(args []string, stdout, stderr io.Writer) (flags, error) {
	var f flags
	parser, err := kong.New(&f,
		kong.Name("monitor"),
		kong.Description("Write what this machine and the process under test do to a CSV file, row by row: CPU, memory, pressure, disks, network, container, GPUs."),
		kong.Vars{"groups": strings.Join(collector.Names(), ", ")},
		kong.Writers(stdout, stderr),
		kong.Help(printHelp),
		kong.Exit(func(int) {}), // Main picks the exit code
	)
	if err != nil {
		return f, err
	}
	if _, err := parser.Parse(args); err != nil {
		return f, err
	}
	return f, f.check()
}

// check compares flags with each other and with what can be measured.
func (f flags) check() error {
	switch {
	case f.NoCSV && f.Listen == "":
		return errors.New("--no-csv: nobody would see what is measured; give --listen too")
	case f.Output == "":
		return errors.New("--output: the name is empty; give a file, or - for standard output")
	case time.Duration(f.Interval) < minInterval:
		return fmt.Errorf("--interval: %s is too short to measure a share of CPU time; give 0.1 or more", f.Interval)
	case f.Duration != nil && *f.Duration < f.Interval:
		return fmt.Errorf("--duration: %s is shorter than the --interval of %s, no row would be taken", f.Duration, f.Interval)
	}
	groups, err := collector.ParseGroups(f.Collect)
	if err != nil {
		return fmt.Errorf("--collect: %w", err)
	}
	if err := f.checkGPU(groups); err != nil {
		return err
	}
	if err := f.watchFlags.check(f.Collect); err != nil {
		return err
	}
	if err := f.webFlags.check(groups, f.Collect); err != nil {
		return err
	}
	if err := f.checkScrape(); err != nil {
		return err
	}
	if f.Listen != "" {
		if _, err := scrape.Address(f.Listen); err != nil {
			return fmt.Errorf("--listen: %w", err)
		}
	}
	return nil
}

// settings are those of the collectors. HOST_PROC and HOST_SYS are the names that gopsutil gave to the folders of the kernel:
// a container that is to see its host has them mounted elsewhere.
func (f flags) settings(note func(string)) collector.Settings {
	groups, _ := collector.ParseGroups(f.Collect) // checked
	choice, _, _ := f.choice()                    // likewise
	if f.GPU == gpuOff {
		groups = slices.DeleteFunc(groups, func(name string) bool { return name == collector.GPUs })
	}
	groups = f.complete(groups)
	proc := cmp.Or(os.Getenv("HOST_PROC"), "/proc")
	return collector.Settings{
		Proc: proc, Sys: cmp.Or(os.Getenv("HOST_SYS"), "/sys"),
		Groups: groups, Interval: time.Duration(f.Interval), Folder: f.folder(), Watch: f.watch(proc, note), Port: choice.Port, Note: note,
		GPU:    collector.GPU{Needed: f.GPU == gpuRequire},
		Locust: f.Locust, Insecure: f.Insecure,
	}
}

// folder is where the file is, or "" where none is written.
func (f flags) folder() string {
	if f.NoCSV || f.Output == standardOutput {
		return ""
	}
	return filepath.Dir(f.Output)
}

// duration is how long to measure, 0 for until told to stop.
func (f flags) duration() time.Duration {
	if f.Duration == nil {
		return 0
	}
	return time.Duration(*f.Duration)
}

// announce says in a line what begins now; url is where Prometheus finds it, or "".
func (f flags) announce(url string) string {
	var to []string
	switch {
	case f.NoCSV:
	case f.Output == standardOutput:
		to = append(to, "standard output")
	default:
		to = append(to, f.Output)
	}
	if url != "" {
		to = append(to, url)
	}
	end := "until Ctrl-C"
	if f.Duration != nil {
		end = fmt.Sprintf("for %s s", f.Duration)
	}
	return fmt.Sprintf("a row every %s s to %s, %s", f.Interval, strings.Join(to, " and "), end)
}

func printHelp(options kong.HelpOptions, ctx *kong.Context) error {
	if err := kong.DefaultHelpPrinter(options, ctx); err != nil {
		return err
	}
	if _, err := io.WriteString(ctx.Stdout, help()); err != nil {
		return err
	}
	return errShown
}

// A versionFlag prints the version when it is met.
type versionFlag bool

// BeforeReset is called by kong before it looks at other flags.
func (versionFlag) BeforeReset(ctx *kong.Context) error {
	if _, err := fmt.Fprintln(ctx.Stdout, "gregaria monitor", build.Version); err != nil {
		return err
	}
	return errShown
}
