// Package cli is the worker's command line. A program with user classes of its own calls Main with them and is a
// worker, ten lines long.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"runtime"
	"syscall"
	"time"

	"gregaria/internal/exitcode"
	"gregaria/worker/internal/engine"
	"gregaria/worker/internal/locust"
	"gregaria/worker/internal/locustfile"
	"gregaria/worker/internal/logging"
	"gregaria/worker/internal/metrics"
	"gregaria/worker/internal/program"
	"gregaria/worker/internal/stats"
	"gregaria/worker/internal/zmq"
	"gregaria/worker/user"
)

// A Program is a worker program: what it can run, and what it listens to.
type Program struct {
	// Classes are the user classes that the master can ask for.
	Classes []user.Class
	// Listeners take the messages that the master's locustfile sends, by their type.
	Listeners map[string]user.Listener
	// Interpret says that without flags the program runs a locustfile, the master's, although it has Classes; they run with
	// --compiled. A program without Classes always runs a locustfile.
	Interpret bool
}

// Main runs a worker with the given user classes: Program.Main of a program that is nothing else.
func Main(args []string, classes ...user.Class) int { return Program{Classes: classes}.Main(args) }

// Main runs the worker and returns the exit code. The first SIGINT or SIGTERM ends it cleanly, the second at once.
func (p Program) Main(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	defer zmq.Shutdown() // the last messages leave before the process does
	return p.run(ctx, args, os.Stdout, os.Stderr)
}

// run is the whole command: flags, wiring, session, exit code.
func (p Program) run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	o, help, err := p.parse(args, stdout, stderr)
	if help {
		return exitcode.OK
	}
	if err != nil {
		return fail(stderr, exitcode.Usage, fmt.Errorf("%w (see --help)", err))
	}
	if o.Check != "" {
		return checkFiles(o.Check, stdout, stderr)
	}
	if n := processCount(o.Processes); n > 1 {
		return runProcesses(ctx, n, args, stdout, stderr)
	}
	host, err := os.Hostname()
	if err != nil {
		return fail(stderr, exitcode.NotReady, fmt.Errorf("read the host's name, which the worker's own begins with: %w", err))
	}
	out, closeLog, err := o.logWriter(stderr)
	if err != nil {
		return fail(stderr, exitcode.Output, err)
	}
	defer closeLog()
	handler := logging.New(out, host, o.level())
	code, err := p.serve(ctx, o, host, handler)
	return p.exit(stderr, code, err)
}

// exit says what went wrong and returns the exit code.
func (p Program) exit(stderr io.Writer, code int, err error) int {
	var refused *refusedError
	var exit *locustfile.ExitError
	switch {
	case err == nil, errors.Is(err, context.Canceled):
		return code
	case errors.Is(err, locust.ErrNoMaster):
		return fail(stderr, exitcode.NoMaster, err)
	case errors.Is(err, locust.ErrLocustfile):
		return fail(stderr, exitcode.Failed, err)
	case errors.As(err, &exit):
		return fail(stderr, exit.Code, err)
	case errors.As(err, &refused):
		return fail(stderr, exitcode.Usage, err)
	default:
		return fail(stderr, exitcode.NotReady, err)
	}
}

// serve makes the worker and runs it to its end. It returns the exit code that the locustfile asks for.
func (p Program) serve(ctx context.Context, o options, host string, handler *logging.Handler) (int, error) {
	log := slog.New(handler)
	exporter, err := metrics.Listen(o.Listen)
	if err != nil {
		return 0, fmt.Errorf("--listen: %w", err)
	}
	defer exporter.Close()
	script, err := p.script(ctx, o, host, handler)
	if err != nil {
		return 0, err
	}
	defer engine.TuneGarbage()()
	recorder := stats.New(2 * runtime.GOMAXPROCS(0))
	counted := exporter.Count(recorder)
	config := o.config()
	config.Log, config.Logs = log, handler.Lines
	config.Listeners = p.Listeners
	ctx, quit := context.WithCancel(ctx)
	defer quit()
	classes := p.Classes
	if script != nil {
		classes = script.Classes()
		script.configure(&config, quit)
	}
	worker, err := program.New(program.Spec{
		CPUWindow:  o.CPUMonitorInterval.duration(),
		MasterHost: o.MasterHost, MasterPort: o.MasterPort, Host: host, Config: config, Stats: counted,
		Users: func(line program.Line) locust.Users {
			users := engine.New(classes, engine.Services{
				Shard: recorder.Shard, Report: line.Report, Send: line.Send, Limits: o.limits(),
			}, log)
			exporter.Watch(metrics.Worker{Users: users.Counts, CPU: line.CPU})
			if script == nil {
				return users
			}
			return script.connect(o, line, recorder.Shard(), counted, users)
		},
		Farewell: func() { script.farewell() },
	})
	if err != nil {
		return 0, err
	}
	if script != nil {
		defer script.crew.Interrupt(ctx)()
		go script.crew.Monitor(ctx, o.CPUMonitorInterval.duration())
	}
	err = worker.Run(ctx)
	return script.exitCode(), err
}

// config is the session's, as the flags and the environment say.
func (o options) config() locust.Config {
	return locust.Config{
		ResetStats:     o.ResetStats,
		ReadyDelay:     time.Duration(o.ReadyWait) * time.Second,
		Heartbeat:      o.HeartbeatInterval.duration(),
		Report:         o.ReportInterval.duration(),
		LogReport:      o.LogReportInterval.duration(),
		MasterTimeout:  o.MasterHeartbeatTimeout.duration(),
		ConnectTimeout: o.ConnectTimeout.duration(),
		ConnectRetries: o.ConnectRetryCount,
	}
}

func fail(stderr io.Writer, code int, err error) int {
	fmt.Fprintln(stderr, "worker:", err)
	return code
}
