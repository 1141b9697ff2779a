package cli

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"
	"strings"
	"time"

	"gregaria/internal/build"
	"gregaria/internal/scrape"
	"gregaria/worker/internal/jobs"
	"gregaria/worker/internal/locustfile"
	commandline "gregaria/worker/internal/options"
	"gregaria/worker/user"
)

const description = `A Locust worker in Go. Start a stock Locust master, then this, as often as you like:

  locust -f locustfile.py --master
  worker --master-host=127.0.0.1                  # asks the master for its locustfile and runs it
  worker -f locustfile.py --master-host=10.0.0.5  # runs a file of its own: with local modules, data files
  worker --check locustfile.py                    # says what of the file this worker cannot run
  worker --stream-data '$.choices[0].delta.content'   # timings.csv: events of a chat's streams that carry text
  worker --job 'POST /story -> GET /story/[id] until $.status in (done, failed)'   # measures jobs, too
  worker --request-log requests.jsonl             # writes a line for every request, too

All flags of Locust are accepted, with their environment variables and configuration files; those that mean nothing on a worker
are named in the log. Flags of this worker's own may stand in a file of --config, too: a stock Locust refuses them in one that it
reads. A locustfile may add flags of its own. How many users run, and against which host,
is said to the master (web UI, or --headless -u 100 -H http://localhost:8000).

Exit codes: 0 the master said quit, or is gone, or a signal came, and everything is reported; 1 the master's locustfile
could not be had, or --check has found something that cannot run; 2 a flag is wrong, or the locustfile cannot run here (a
stock Python worker can serve the same master); 3 the worker cannot start; 5 the log file cannot be written, or --request-log
has not all requests; 255 the master never answered. A locustfile that sets environment.process_exit_code or calls sys.exit in a listener has its own.`

// options are what the command line says.
type options struct {
	line *commandline.CommandLine

	MasterHost, Locustfile, Check, Isolates, Listen, Loglevel, Logfile string
	MasterPort, Processes, ExitCodeOnError                             int
	Compiled, ResetStats, SkipLogSetup, List, NoTimings                bool
	Jobs                                                               jobOptions
	RequestLog, RequestLogSample                                       string

	StreamData string
	streams    *user.Streams // nil: nothing is measured

	testSettings
}

// testSettings are the settings of tests, described in docs/testing.md: the constants of locust/runners.py.
type testSettings struct {
	HeartbeatInterval, ReportInterval, LogReportInterval, MasterHeartbeatTimeout, ConnectTimeout, CPUMonitorInterval, MaxWait interval
	ConnectRetryCount, ReadyWait, Iterations                                                                                  int
	Seed                                                                                                                      *int64
	GeneralPath                                                                                                               bool
}

// limits are those of the users' waits and tasks; without MaxWait or Iterations there are none.
func (t testSettings) limits() *user.Limits {
	return user.NewLimits(t.MaxWait.duration(), t.Iterations)
}

// maxSleep bounds the sleeps that a locustfile asks for; nil is no bound.
func (t testSettings) maxSleep() *time.Duration {
	if t.MaxWait < 0 {
		return nil
	}
	d := t.MaxWait.duration()
	return &d
}

// An interval is a positive time in seconds.
type interval float64

func (i interval) duration() time.Duration { return time.Duration(float64(i) * float64(time.Second)) }

// own are the options that Locust does not have.
func (p Program) own() []commandline.Option {
	all := []commandline.Option{
		{Names: []string{"--compiled"}, Dest: "compiled", Env: "GREGARIA_COMPILED", Kind: commandline.Flag, Default: false, Help: "Run the Go user classes that are compiled into this program (" + p.names() + "), and no locustfile."},
		{Names: []string{"--check"}, Dest: "check", Kind: commandline.Text, Metavar: "FILE", Help: "Say what of these locustfiles this worker cannot run, run nothing, and end."},
		{Names: []string{"--listen"}, Dest: "listen", Env: "GREGARIA_LISTEN", Kind: commandline.Text, Metavar: "HOST:PORT", Help: "Show users, requests, response times and the CPU of the workers to Prometheus at http://HOST:PORT/metrics; :PORT is 127.0.0.1 only."},
		{Names: []string{"--no-timings"}, Dest: "no_timings", Env: "GREGARIA_NO_TIMINGS", Kind: commandline.Flag, Default: false, Help: "Do not measure for timings.csv: the phases of each second of each endpoint, which reports carry to the master's plug-in (docs/timings.md)."},
		{Names: []string{"--stream-data"}, Dest: "stream_data", Env: "GREGARIA_STREAM_DATA", Kind: commandline.Text, Metavar: "PATH", Help: "Which events of streams carry data, for timings.csv: those in whose JSON PATH names a value that is not empty, such as '$.choices[0].delta.content'; several with commas between them. Without it, every event that is not blank (docs/timings.md)."},
		{Names: []string{"--job"}, Dest: "job", Env: "GREGARIA_JOB", Kind: commandline.Text, Append: true, Metavar: "JOB", Help: "Measure work that goes on behind an answer, until a poll tells its end, as one request of type JOB: '" + jobs.Example + "', or by HTTP's status: 'POST /story -> GET /jobs/[id] until status = 303'; may be repeated. The id is found in the answer or in headers such as Location. docs/timings.md has the grammar."},
		{Names: []string{"--jobs-file"}, Dest: "jobs_file", Env: "GREGARIA_JOBS_FILE", Kind: commandline.Text, Metavar: "FILE", Help: "Read jobs from a file, one a line; lines that begin with # are none."},
		{Names: []string{"--job-timeout"}, Dest: "job_timeout", Env: "GREGARIA_JOB_TIMEOUT", Kind: commandline.Span, Metavar: "TIME", Help: "Count a job that takes as long as unfinished, such as 10m; without it jobs are unfinished that are not done when the users stop."},
		{Names: []string{"--request-log"}, Dest: "request_log", Env: "GREGARIA_REQUEST_LOG", Kind: commandline.Text, Metavar: "FILE", Help: "Write a line for every request into FILE, a new one: JSON, or CSV where its name ends in .csv. Values of URL parameters that sound like secrets, and passwords, are starred; headers and bodies are not in it."},
		{Names: []string{"--request-log-sample"}, Dest: "request_log_sample", Env: "GREGARIA_REQUEST_LOG_SAMPLE", Kind: commandline.Text, Metavar: "PERCENT", Help: "Write that share of the requests, such as 1%, and all that failed or are among the slowest 1% of their name."},
		{Names: []string{"--isolates"}, Dest: "isolates", Env: "GREGARIA_ISOLATES", Kind: commandline.Text},
	}
	for _, s := range []struct {
		name  string
		kind  commandline.Kind
		value any
	}{
		{"heartbeat_interval", commandline.Seconds, 1.0},
		{"report_interval", commandline.Seconds, 3.0},
		{"log_report_interval", commandline.Seconds, 10.0},
		{"master_heartbeat_timeout", commandline.Seconds, 60.0},
		{"connect_timeout", commandline.Seconds, 5.0},
		{"cpu_monitor_interval", commandline.Seconds, 10.0},
		{"max_wait", commandline.Seconds, -1.0},
		{"connect_retry_count", commandline.Int, 60},
		{"iterations", commandline.Int, 0},
		{"seed", commandline.Int, nil},
		{"general_path", commandline.Flag, false},
		{"locust_worker_additional_wait_before_ready_after_stop", commandline.Int, 0},
	} {
		env := strings.ToUpper(s.name)
		if !strings.HasPrefix(env, "LOCUST_") {
			env = "GREGARIA_" + env
		}
		all = append(all, commandline.Option{
			Names: []string{"--gregaria-" + strings.ReplaceAll(s.name, "_", "-")}, Dest: s.name, Env: env, Kind: s.kind, Default: s.value,
		})
	}
	for i := range all {
		all[i].Own = true
	}
	return all
}

// parse reads the command line. It says help if it has printed what was asked for instead.
func (p Program) parse(args []string, stdout io.Writer) (o options, help bool, err error) {
	all := slices.Concat(commandline.Locust(), p.own())
	home, _ := os.UserHomeDir() // without one there is no file in it
	files, err := commandline.Files(args, home, locustfile.TOML)
	if err != nil {
		return o, false, err
	}
	line, err := commandline.Parse(all, args, os.LookupEnv, files)
	switch {
	case err != nil:
		return o, false, err
	case line.Is("help"):
		fmt.Fprint(stdout, commandline.Page("worker [options] [UserClass ...]", description, all))
		return o, true, nil
	case line.Is("version"):
		fmt.Fprintln(stdout, "gregaria worker "+build.Version+", for Locust "+build.Locust)
		return o, true, nil
	}
	o = settings(line)
	if err = o.check(); err == nil {
		o.streams, err = o.measured()
	}
	if err == nil {
		err = o.Jobs.read()
	}
	return o, false, err
}

// settings takes from the command line what the worker itself needs.
func settings(line *commandline.CommandLine) options {
	v := line.Values
	text := func(dest string) string { s, _ := v[dest].(string); return s }
	number := func(dest string) int { n, _ := v[dest].(int); return n }
	seconds := func(dest string) interval { x, _ := v[dest].(float64); return interval(x) }
	is := func(dest string) bool { b, _ := v[dest].(bool); return b }
	o := options{
		line: line, MasterHost: text("master_host"), MasterPort: number("master_port"), Processes: number("processes"), ExitCodeOnError: number("exit_code_on_error"),
		Check: text("check"), Isolates: text("isolates"), Listen: text("listen"), Loglevel: text("loglevel"), Logfile: text("logfile"),
		RequestLog: text("request_log"), RequestLogSample: text("request_log_sample"),
		Compiled: is("compiled"), ResetStats: is("reset_stats"), SkipLogSetup: is("skip_log_setup"), List: is("list_commands"),
		NoTimings: is("no_timings"),
		Jobs:      jobSettings(line),
		testSettings: testSettings{
			HeartbeatInterval: seconds("heartbeat_interval"), ReportInterval: seconds("report_interval"),
			LogReportInterval: seconds("log_report_interval"), MasterHeartbeatTimeout: seconds("master_heartbeat_timeout"),
			ConnectTimeout: seconds("connect_timeout"), CPUMonitorInterval: seconds("cpu_monitor_interval"), MaxWait: seconds("max_wait"),
			ConnectRetryCount: number("connect_retry_count"), Iterations: number("iterations"),
			GeneralPath: is("general_path"), ReadyWait: number("locust_worker_additional_wait_before_ready_after_stop"),
		},
	}
	if line.Is("locustfile") { // the default is to ask the master, not locustfile.py
		o.Locustfile = text("locustfile")
	}
	o.StreamData = text("stream_data")
	if n, ok := v["seed"].(int); ok {
		seed := int64(n)
		o.Seed = &seed
	}
	return o
}

// measured is what of streams is measured; nil is nothing.
func (o options) measured() (*user.Streams, error) {
	streams, err := user.NewStreams(o.StreamData)
	switch {
	case err != nil:
		return nil, fmt.Errorf("--stream-data: %w; a path is like $.choices[0].delta.content", err)
	case o.NoTimings && o.StreamData != "":
		return nil, errors.New("--stream-data says what of streams is measured, and --no-timings that nothing is: leave one of them out")
	case o.NoTimings:
		return nil, nil //nolint:nilnil // as said
	}
	return streams, nil
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
	if err := o.checkRequestLog(); err != nil {
		return err
	}
	if o.line.Is("isolates") {
		return fmt.Errorf("--isolates and GREGARIA_ISOLATES are gone: one worker runs one copy of the locustfile; use --processes=%s for that many workers", o.Isolates)
	}
	if o.line.Values["autoquit"] != -1 && o.line.Values["autostart"] != true {
		return errors.New("--autoquit is only meaningful in combination with --autostart")
	}
	if o.line.Values["stats_history_enabled"] == true && o.line.Values["csv_prefix"] == nil {
		return errors.New("'--csv-full-history' requires '--csv'.") //nolint:staticcheck // Locust's words
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
	return nil
}

// levels are Python's names of the log levels.
func levels() map[string]slog.Level {
	return map[string]slog.Level{
		"DEBUG": slog.LevelDebug, "INFO": slog.LevelInfo, "WARNING": slog.LevelWarn,
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
