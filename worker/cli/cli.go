// Package cli is the worker's command line. A program with user classes of its own calls Main with them and is a
// worker, ten lines long.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"gregaria/internal/exitcode"
	"gregaria/worker/internal/engine"
	"gregaria/worker/internal/locust"
	"gregaria/worker/internal/locustfile"
	"gregaria/worker/internal/logging"
	commandline "gregaria/worker/internal/options"
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
	o, help, err := p.parse(args, stdout)
	if help {
		return exitcode.OK
	}
	if err != nil {
		return fail(stderr, exitcode.Usage, fmt.Errorf("%w (see --help)", err))
	}
	if o.Check != "" {
		defer engine.TuneGarbage()()
		return checkFiles(o.Check, stdout, stderr)
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
	if o.SkipLogSetup {
		handler = logging.Plain(stderr)
	}
	return p.serve(ctx, o, host, handler, stdout, &said{to: stderr})
}

// exitCode says what went wrong, if anything did, and returns the exit code; code is what the locustfile asks for.
func exitCode(stderr io.Writer, code int, err error) int {
	var refused *refusedError
	var exit *locustfile.ExitError
	var wrong *commandline.UsageError
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
	case errors.As(err, &wrong):
		return fail(stderr, exitcode.Usage, fmt.Errorf("%w (see --help)", err))
	default:
		return fail(stderr, exitcode.NotReady, err)
	}
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

// choose keeps the classes in Go that the command line names, if it names any.
func (p Program) choose(o options) (Program, error) {
	wanted, _ := o.line.Values["user_classes"].([]string)
	if len(wanted) == 0 {
		return p, nil
	}
	var chosen []user.Class
	for _, name := range wanted {
		i := slices.IndexFunc(p.Classes, func(c user.Class) bool { return c.Name == name })
		if i < 0 {
			return p, &commandline.UsageError{Text: "Unknown User(s): " + name}
		}
		chosen = append(chosen, p.Classes[i])
	}
	p.Classes = chosen
	return p, nil
}

// names are those of the user classes in Go.
func (p Program) names() string {
	var names []string
	for _, c := range p.Classes {
		names = append(names, c.Name)
	}
	if names == nil {
		return "there are none"
	}
	return strings.Join(names, ", ")
}
