package cli

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"gregaria/internal/build"
	"gregaria/internal/scrape"
	"gregaria/worker/user"
)

const description = `A Locust worker in Go. Start a stock Locust master, then this, as often as you like:

  locust -f locustfile.py --master
  worker --master-host=127.0.0.1                  # asks the master for its locustfile and runs it
  worker -f locustfile.py --master-host=10.0.0.5  # runs a file of its own: with local modules, data files
  worker --check locustfile.py                    # says what of the file this worker cannot run

The flags and their environment variables are those of Locust's own worker. How many users run, and against which host,
is said to the master (web UI, or --headless -u 100 -H http://localhost:8000).

Exit codes: 0 the master said quit, or is gone, or a signal came, and everything is reported; 1 the master's locustfile
could not be had, or --check has found something that cannot run; 2 a flag is wrong, or the locustfile cannot run here (a
stock Python worker can serve the same master); 3 the worker cannot start; 5 the log file cannot be written; 255 the master
never answered. A locustfile that sets environment.process_exit_code or calls sys.exit in a listener has its own.`

// options are the worker's flags: Locust's names, and Locust's environment variables.
type options struct {
	Worker     bool   `help:"Accepted as in Locust; this is always a worker." env:"LOCUST_MODE_WORKER"`
	MasterHost string `help:"Host name or IP address of the master, by default ${default}." default:"127.0.0.1" env:"LOCUST_MASTER_NODE_HOST" placeholder:"HOST"`
	MasterPort int    `help:"Port of the master, its --master-bind-port; by default ${default}." default:"5557" env:"LOCUST_MASTER_NODE_PORT" placeholder:"PORT"`
	Locustfile string `short:"f" help:"The locustfiles to run, separated by commas; a folder means all files in it; - asks the master for its own, which is what happens by default unless this program has user classes of its own in Go." env:"LOCUST_LOCUSTFILE" placeholder:"FILE"`
	Compiled   bool   `help:"Run the Go user classes that are compiled into this program (${classes}), and no locustfile." env:"GREGARIA_COMPILED"`
	Check      string `help:"Say what of these locustfiles this worker cannot run, run nothing, and end." placeholder:"FILE"`
	Isolates   string `hidden:"" env:"GREGARIA_ISOLATES"`
	Processes  int    `help:"Run this many workers, each with a copy of the locustfile and an entry in the master's list, all in this one process; -1 means one a core. By default ${default}." default:"1" env:"LOCUST_PROCESSES" placeholder:"N"`
	Listen     string `help:"Show users, requests, response times and this worker's own CPU to Prometheus at http://HOST:PORT/metrics; :PORT is 127.0.0.1 only." env:"GREGARIA_LISTEN" placeholder:"HOST:PORT"`
	ResetStats bool   `help:"Reset statistics once spawning is complete; give it to the master too." env:"LOCUST_RESET_STATS"`
	Loglevel   string `short:"L" help:"DEBUG, INFO, WARNING, ERROR or CRITICAL." default:"INFO" env:"LOCUST_LOGLEVEL" placeholder:"LEVEL"`
	Logfile    string `help:"Write the log here instead of to standard error." env:"LOCUST_LOGFILE" placeholder:"FILE"`

	Version kong.VersionFlag `short:"V" help:"Print the version and exit."`

	testSettings
}

// testSettings are the settings of tests, described in docs/testing.md: the constants of locust/runners.py.
type testSettings struct {
	HeartbeatInterval      interval `hidden:"" default:"1" env:"GREGARIA_HEARTBEAT_INTERVAL"`
	ReportInterval         interval `hidden:"" default:"3" env:"GREGARIA_REPORT_INTERVAL"`
	LogReportInterval      interval `hidden:"" default:"10" env:"GREGARIA_LOG_REPORT_INTERVAL"`
	MasterHeartbeatTimeout interval `hidden:"" default:"60" env:"GREGARIA_MASTER_HEARTBEAT_TIMEOUT"`
	ConnectTimeout         interval `hidden:"" default:"5" env:"GREGARIA_CONNECT_TIMEOUT"`
	ConnectRetryCount      int      `hidden:"" default:"60" env:"GREGARIA_CONNECT_RETRY_COUNT"`
	CPUMonitorInterval     interval `hidden:"" default:"10" env:"GREGARIA_CPU_MONITOR_INTERVAL"`
	ReadyWait              int      `hidden:"" default:"0" env:"LOCUST_WORKER_ADDITIONAL_WAIT_BEFORE_READY_AFTER_STOP"`
	Seed                   *int64   `hidden:"" env:"GREGARIA_SEED"`
	MaxWait                interval `hidden:"" default:"-1" env:"GREGARIA_MAX_WAIT"`
	Iterations             int      `hidden:"" default:"0" env:"GREGARIA_ITERATIONS"`
	GeneralPath            bool     `hidden:"" env:"GREGARIA_GENERAL_PATH"`
}

// limits are those of the users' waits and tasks; without MaxWait or Iterations there are none.
func (t testSettings) limits() *user.Limits {
	return user.NewLimits(t.MaxWait.duration(), t.Iterations)
}

// An interval is a positive time in seconds.
type interval float64

func (i interval) duration() time.Duration { return time.Duration(float64(i) * float64(time.Second)) }

// parse reads flags and environment variables. It says help if it has printed what was asked for instead.
func (p Program) parse(args []string, stdout, stderr io.Writer) (o options, help bool, err error) {
	parser, err := kong.New(&o, kong.Name("worker"), kong.Description(description), kong.Writers(stdout, stderr),
		kong.Vars{"version": "gregaria worker " + build.Version + ", for Locust " + build.Locust, "classes": p.names()},
		kong.Exit(func(int) { help = true }))
	if err != nil {
		return o, false, fmt.Errorf("set up the flags: %w", err)
	}
	if _, err = parser.Parse(args); err != nil || help {
		return o, help, err
	}
	return o, false, o.check()
}

func (o options) check() error {
	if o.MasterHost == "" {
		return fmt.Errorf("--master-host is empty: give the master's host name or IP address")
	}
	if o.MasterPort < 1 || o.MasterPort > 65535 {
		return fmt.Errorf("--master-port=%d is not a port: it must be 1 to 65535", o.MasterPort)
	}
	if _, err := scrape.Address(o.Listen); o.Listen != "" && err != nil {
		return fmt.Errorf("--listen=%s: %w", o.Listen, err)
	}
	if o.Isolates != "" {
		return fmt.Errorf("--isolates and GREGARIA_ISOLATES are gone: one worker runs one copy of the locustfile; use --processes=%s for that many workers", o.Isolates)
	}
	if o.Processes < -1 {
		return fmt.Errorf("--processes=%d: it must be at least 1, or -1 for one a core", o.Processes)
	}
	if o.ConnectRetryCount < 0 || o.ReadyWait < 0 {
		return fmt.Errorf("GREGARIA_CONNECT_RETRY_COUNT and LOCUST_WORKER_ADDITIONAL_WAIT_BEFORE_READY_AFTER_STOP must not be below 0")
	}
	if o.Iterations < 0 || !(o.MaxWait == -1 || o.MaxWait >= 0 && o.MaxWait <= 86400) {
		return fmt.Errorf("GREGARIA_ITERATIONS must not be below 0, GREGARIA_MAX_WAIT a number of seconds from 0 to 86400")
	}
	for _, i := range []interval{
		o.HeartbeatInterval, o.ReportInterval, o.LogReportInterval, o.MasterHeartbeatTimeout, o.ConnectTimeout,
		o.CPUMonitorInterval,
	} {
		if !(i > 0 && i <= 86400) { // NaN is neither
			return fmt.Errorf("a GREGARIA_..._INTERVAL or _TIMEOUT is %v: it must be a number of seconds above 0, at most 86400", float64(i))
		}
	}
	if _, ok := levels()[strings.ToUpper(o.Loglevel)]; !ok {
		return fmt.Errorf("--loglevel=%s is unknown: use DEBUG, INFO, WARNING, ERROR or CRITICAL", o.Loglevel)
	}
	return nil
}

// levels are Python's names of the log levels.
func levels() map[string]slog.Level {
	return map[string]slog.Level{
		"DEBUG": slog.LevelDebug, "INFO": slog.LevelInfo, "WARNING": slog.LevelWarn, "WARN": slog.LevelWarn,
		"ERROR": slog.LevelError, "CRITICAL": slog.LevelError + 4,
	}
}

// python is the log level in the numbers of Python's logging.
func (o options) python() int {
	return map[slog.Level]int{slog.LevelDebug: 10, slog.LevelInfo: 20, slog.LevelWarn: 30, slog.LevelError: 40, slog.LevelError + 4: 50}[o.level()]
}

func (o options) level() slog.Level { return levels()[strings.ToUpper(o.Loglevel)] }

// logWriter is where the log goes.
func (o options) logWriter(stderr io.Writer) (io.Writer, func(), error) {
	if o.Logfile == "" {
		return stderr, func() {}, nil
	}
	f, err := os.OpenFile(o.Logfile, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return nil, nil, fmt.Errorf("open --logfile: %w", err)
	}
	return f, func() { _ = f.Close() }, nil
}
