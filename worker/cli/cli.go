// Package cli is the worker's command line. A program with user classes of its own calls Main with them and is a
// worker, ten lines long.
package cli

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"

	"gregaria/internal/build"
	"gregaria/internal/exitcode"
	"gregaria/worker/internal/engine"
	"gregaria/worker/internal/locust"
	"gregaria/worker/internal/logging"
	"gregaria/worker/internal/stats"
	"gregaria/worker/internal/usage"
	"gregaria/worker/internal/zmq"
	"gregaria/worker/user"
)

// linger is how long the last messages may take to reach the master.
const linger = 3 * time.Second

// A Program is a worker program: what it can run, and what it listens to.
type Program struct {
	// Classes are the user classes that the master can ask for.
	Classes []user.Class
	// Listeners take the messages that the master's locustfile sends, by their type.
	Listeners map[string]user.Listener
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
	o, help, err := parse(args, stdout, stderr)
	if help {
		return exitcode.OK
	}
	if err != nil {
		return fail(stderr, exitcode.Usage, fmt.Errorf("%w (see --help)", err))
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
	err = p.serve(ctx, o, host, handler)
	switch {
	case err == nil, errors.Is(err, context.Canceled):
		return exitcode.OK
	case errors.Is(err, locust.ErrNoMaster):
		return fail(stderr, exitcode.NoMaster, err)
	case errors.Is(err, locust.ErrLocustfile):
		return fail(stderr, exitcode.Failed, err)
	default:
		return fail(stderr, exitcode.NotReady, err)
	}
}

// serve connects the parts and runs the session to its end.
func (p Program) serve(ctx context.Context, o options, host string, handler *logging.Handler) error {
	log := slog.New(handler)
	meter, err := usage.New(usage.Window)
	if err != nil {
		return err
	}
	if o.Locustfile == "-" {
		if err := o.fetch(ctx, host, log); err != nil {
			return err
		}
	}
	id := nodeID(host)
	conn, err := zmq.Dial(o.MasterHost, o.MasterPort, id)
	if err != nil {
		return fmt.Errorf("%w: check --master-host and --master-port", err)
	}
	recorder := stats.New(2 * runtime.GOMAXPROCS(0))
	var session *locust.Session
	users := engine.New(p.Classes, engine.Services{
		Shard: recorder.Shard,
		Report: func(e user.Exception) {
			log.Error("Exception in a user: " + e.Message + "\n" + strings.TrimRight(e.Traceback, "\n"))
			session.Exception(e)
		},
		Send:   func(kind string, data any) error { return session.SendMessage(kind, data) },
		Limits: o.limits(),
	}, log)
	config := o.config(id)
	config.Log, config.Logs = log, handler.Lines
	config.Listeners = p.Listeners
	config.Diagnose = func() string { return diagnose(o.MasterHost, o.MasterPort) }
	config.Probe = func() bool { return probe(o.MasterHost, o.MasterPort, nodeID(host+"_probe")) }
	session = locust.New(config, conn, users, recorder, meter)
	log.Info(fmt.Sprintf("Starting Gregaria worker %s for master %s", build.Version, config.Master))
	err = session.Run(ctx)
	if session.Connected() {
		conn.Close(linger)
	} else { // nobody is there to hear the rest
		conn.Close(0)
	}
	log.Info("Worker stopped")
	return err
}

// config is the session's, as the flags and the environment say.
func (o options) config(nodeID string) locust.Config {
	return locust.Config{
		NodeID: nodeID, Version: build.Locust,
		Master:         net.JoinHostPort(o.MasterHost, strconv.Itoa(o.MasterPort)),
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

// nodeID is a new name for this worker, made as Locust makes it (WorkerRunner.__init__).
func nodeID(host string) string {
	var id [16]byte
	_, _ = rand.Read(id[:]) // it never fails
	return host + "_" + hex.EncodeToString(id[:])
}

func fail(stderr io.Writer, code int, err error) int {
	fmt.Fprintln(stderr, "worker:", err)
	return code
}
