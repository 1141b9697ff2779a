package cli

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"gregaria/internal/exitcode"
	"gregaria/worker/internal/check"
	"gregaria/worker/internal/engine"
	"gregaria/worker/internal/locust"
	"gregaria/worker/internal/locustfile"
	"gregaria/worker/internal/logging"
	"gregaria/worker/internal/metrics"
	"gregaria/worker/internal/program"
	"gregaria/worker/internal/python"
	"gregaria/worker/internal/usage"
	"gregaria/worker/user"
)

// loadTime is how long a locustfile may take to load.
const loadTime = 5 * time.Minute

// A worker is one of those that run in this process: what Locust calls a worker, with a name, a connection, statistics, a log
// and, if it runs a locustfile, a copy of that.
type worker struct {
	handler *logging.Handler
	file    *locustfile.File // nil: it runs the classes in Go
	crew    *locustfile.Crew
	session *locust.Session
	failing atomic.Bool // it was told to end, not by its master, with failures that were not reported yet; of classes in Go
	out     *lines      // what the file prints, where other workers print too; nil: nobody else does
}

// load runs the files in a copy for each worker: in one first, whose error says what is wrong with them.
func (s *script) load(ctx context.Context, o options, stdout io.Writer, workers []*worker) error {
	if s == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, loadTime)
	defer cancel()
	config := locustfile.Config{
		Sources: s.sources, Line: o.line, Seed: o.Seed, Level: o.python(), Placeholders: check.Placeholders(s.findings), MaxMemory: maxMemory(),
		Stdout: stdout, Forked: len(workers) > 1, General: o.GeneralPath, MaxSleep: o.maxSleep(),
	}
	if err := workers[0].load(ctx, config); err != nil {
		return err
	}
	s.sayDropped(slog.New(workers[0].handler), workers[0].file.Dropped())
	if len(workers) > 1 {
		s.sayShared(slog.New(workers[0].handler))
	}
	errs := make([]error, len(workers))
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	var all sync.WaitGroup
	for i, w := range workers[1:] {
		all.Go(func() {
			slots <- struct{}{}
			errs[i] = w.load(ctx, config)
			<-slots
		})
	}
	all.Wait()
	return errors.Join(errs...)
}

func (w *worker) load(ctx context.Context, c locustfile.Config) error {
	c.Log = func(level slog.Level, logger, text string) {
		slog.New(w.handler.Named(logger)).Log(context.Background(), level, text)
	}
	if c.Forked {
		w.out = &lines{to: c.Stdout}
		c.Stdout = w.out
	}
	var err error
	if w.file, err = locustfile.Load(ctx, c); err != nil {
		return loadError(err, c.Sources)
	}
	return nil
}

// loadError says why the files do not run here, and which of them were not asked.
func loadError(err error, sources []locustfile.Source) error {
	var load *locustfile.LoadError
	none := errors.Is(err, locustfile.ErrNoUsers)
	if !none && !errors.As(err, &load) {
		return err
	}
	text := "the locustfile does not load: " + strings.TrimRight(err.Error(), "\n")
	if names := leftOut(sources); none && names != nil {
		text += " Left out, for the master only: " + strings.Join(names, ", ")
	}
	return &refusedError{text}
}

// maxMemory leaves a fifth of the container's memory for what is not Python. It is the whole process's, whatever number of
// workers it has.
func maxMemory() int64 {
	limit := int64(usage.MemoryLimit() / 5 * 4)
	if limit == 0 || limit > python.DefaultMaxMemory {
		return python.DefaultMaxMemory
	}
	return limit
}

// run connects the worker and runs it to its end.
func (w *worker) run(ctx context.Context, h *house) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	l := &load{worker: w, house: h, log: slog.New(w.handler)}
	config := h.options.config()
	config.Log, config.Listeners = l.log, l.listeners()
	if !h.options.SkipLogSetup {
		config.Logs = w.handler.Lines
	}
	shards := 2 * runtime.GOMAXPROCS(0)
	var busy func() bool
	if w.file != nil {
		w.configure(&config)
		shards, busy = pythonShards, w.file.Busy
	}
	l.record(shards, &config)
	made, err := program.New(program.Spec{
		MasterHost: h.options.MasterHost, MasterPort: h.options.MasterPort, Host: h.host, Config: config, Stats: l.counted,
		Usage: h.meter.Share(h.options.workers(), busy), Users: l.users, Farewell: w.farewell,
	})
	if err != nil {
		return err
	}
	if l.party != nil {
		defer l.party.End() // where nobody has stopped the users
	}
	if w.file != nil {
		defer w.crew.Interrupt(ctx)()
		go w.crew.Monitor(ctx, h.options.CPUMonitorInterval.duration())
	}
	w.session = made.Session
	defer w.out.flush()
	session, end := context.WithCancel(context.WithoutCancel(ctx))
	defer end()
	defer context.AfterFunc(ctx, func() {
		w.failing.Store(w.file == nil && len(l.counted.Peek().Errors) > 0)
		end()
	})()
	return made.Run(session)
}

// classes are the user classes of the worker.
func (w *worker) classes(p Program) []user.Class {
	if w.file != nil {
		return w.file.Classes()
	}
	return p.Classes
}

// pythonShards are enough for users of whom one at a time runs.
const pythonShards = 2

// configure lets the locustfile hear what the session hears.
func (w *worker) configure(c *locust.Config) {
	w.file.Constants(c)
	c.Acknowledged = func(index int) { w.crew.Connected(index) }
	c.Spawned = func(users int) { w.crew.Spawned(users) }
	c.Other = func(m user.Message) { w.crew.Heard(m) }
	c.Attach = func(why locust.Occasion, send func(any)) { w.crew.Attach(why, send) }
	c.Beat = func(at time.Time) { w.crew.Beat(at) }
	c.Ready = func() { w.crew.Ready() }
	c.Quitting = func(done func()) { w.crew.Quitting(done) }
	c.StopTimeout = func() time.Duration { return w.crew.StopTimeout() }
	c.ResetStats = false // a listener of the file's runner does it
}

// connect gives the locustfile its worker.
func (w *worker) connect(o options, line program.Line, shard user.Recorder, counted metrics.Stats, users *engine.Engine) locust.Users {
	w.crew = locustfile.NewCrew(w.file, users)
	w.file.Connect(locustfile.Link{
		NodeID: line.NodeID, MasterHost: o.MasterHost, MasterPort: o.MasterPort,
		Recorder: shard, Streams: o.streams, Exception: line.Exception, Send: line.Send, Stats: counted,
		CPU: line.CPU, Memory: line.Memory,
		Stop: func() { w.crew.Stop(0, func() {}) }, Quit: func() { w.session.Leave() }, Exit: func() { w.session.Exit() },
	})
	return w.crew
}

func (w *worker) farewell() {
	if w.file != nil {
		w.crew.Farewell()
	}
}

// exitCode is what the locustfile ends with, or with classes in Go --exit-code-on-error where it is due (shutdown in
// locust/main.py).
func (w *worker) exitCode(o options) int {
	switch {
	case w.file != nil:
		code, _ := w.file.ExitCode()
		return code
	case w.failing.Load():
		return o.ExitCodeOnError
	}
	return exitcode.OK
}
