package boomer

import (
	"cmp"
	"context"
	"errors"
	"io"
	"log/slog"
	"maps"
	"os"
	"slices"

	"gregaria/worker/internal/engine"
	"gregaria/worker/internal/locust"
	"gregaria/worker/internal/logging"
	"gregaria/worker/internal/program"
	"gregaria/worker/internal/rate"
	"gregaria/worker/internal/stats"
	"gregaria/worker/user"
)

// A cast says who does what: any for users of whatever class the master names, or the routines of classes by name.
type cast struct {
	any     *routine
	classes map[string]*routine
}

// Run does the tasks, each as often as its weight says. With a master it returns at once, and the users of all classes that
// the master names do the same; without one it returns after Quit.
func (b *Boomer) Run(tasks ...*Task) {
	b.start(func(actors *actors, limit RateLimiter) cast { return cast{any: newRoutine(tasks, actors, limit)} })
}

// RunClasses is Run for user classes that do different things: the tasks of each, by its name in the master's locustfile,
// which says how many users of each class there are. boomer does not have it.
func (b *Boomer) RunClasses(classes map[string][]*Task) {
	b.start(func(actors *actors, limit RateLimiter) cast {
		c := cast{classes: map[string]*routine{}}
		for name, tasks := range classes {
			c.classes[name] = newRoutine(tasks, actors, limit)
		}
		return c
	})
}

func (b *Boomer) start(casting func(*actors, RateLimiter) cast) {
	b.profile()
	b.mu.Lock()
	if r := b.run.Load(); r != nil && !r.over() {
		b.mu.Unlock()
		b.logger.Load().Println("Run was called while the Boomer runs: ignored")
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	lines := logging.New(io.Discard, hostname(), slog.LevelInfo)
	log := slog.New(logHandler{lines, b.logger.Load})
	r := &run{
		cancel: cancel, ended: make(chan struct{}), announced: make(chan struct{}), actors: newActors(b.recorder.Shard, log), handlers: newHandlers(),
	}
	foreign(log)
	if r.requests, r.err = b.journal.open(log); r.err != nil && b.refused != nil {
		b.refused(r.err)
	}
	c := &crew{
		actors: r.actors, steps: engine.NewSequence(), limit: b.limit, handlers: r.handlers, flush: func() {}, log: log, said: map[string]bool{},
	}
	outputs := newOutputs(slices.Clone(b.outputs), log)
	who := casting(r.actors, b.limit)
	var serve func(context.Context) error
	switch {
	case r.err != nil:
		err := r.err
		r.send = func(string, any) error { return err }
	case b.mode == StandaloneMode:
		b.standalone(r, c, who, log)
		serve = func(ctx context.Context) error { return b.ramp(ctx, c, who.names(), outputs) }
	default:
		serve, r.err = b.distributed(r, c, who, outputs, lines, log)
	}
	mode := b.mode
	b.run.Store(r)
	b.mu.Unlock()
	if err := r.err; err != nil {
		serve = func(context.Context) error { return err }
	}
	whole := func() { r.finish(serve(ctx), c, outputs, log) }
	if mode == StandaloneMode {
		whole()
		return
	}
	go whole()
}

// advice is what people can do about tasks that do not return.
const advice = "a task that is a loop, or waits for long, has to look at boomer.Stopping(). Each ends where it next records, " +
	"and what it records then is no request of a later test"

// distributed connects to the master. b.mu is held.
func (b *Boomer) distributed(r *run, c *crew, who cast, out *outputs, lines *logging.Handler, log *slog.Logger) (func(context.Context) error, error) {
	if b.dial == nil {
		openSocket()
	}
	worker, err := program.New(program.Spec{
		MasterHost: b.spec.host, MasterPort: b.spec.port, Host: hostname(), Dial: b.dial,
		Stats: &reported{b.recorder, func(report stats.Report) { out.event(report, c.Counts()) }},
		Config: locust.Config{
			Heartbeat: locust.DefaultHeartbeat, Report: locust.DefaultReport, LogReport: locust.DefaultLogReport,
			MasterTimeout: locust.DefaultMasterTimeout, ConnectTimeout: locust.DefaultConnectTimeout,
			ConnectRetries: locust.DefaultConnectRetries,
			Timings:        b.recorder.Timings,
			AnyClass:       who.any != nil, Acknowledged: c.connected, Other: c.heard,
			Listeners: map[string]user.Listener{
				rate.Message: func(m user.Message, _ func(string, any) error) { c.gate.Hear(m) },
			},
			Log: log, Logs: lines.Lines,
		},
		Farewell: r.actors.hush,
		Users: func(line program.Line) locust.Users {
			r.logs(line.NodeID, line.Index)
			c.gate = rate.New(rate.Services{Send: line.Send, Recorder: b.recorder.Shard(), Log: log})
			c.Engine = b.engine(r, who, line, c.gate, log)
			return c
		},
	})
	if err != nil {
		if b.dial == nil {
			closeSocket()
		}
		r.send = func(string, any) error { return err }
		return nil, err
	}
	r.send = func(kind string, data any) error {
		plain, err := sent(data)
		if err != nil {
			return err
		}
		return worker.SendMessage(kind, plain)
	}
	c.nodeID, c.flush = worker.NodeID, worker.Flush
	return func(ctx context.Context) error {
		if b.dial == nil {
			defer closeSocket()
		}
		return worker.Run(ctx)
	}, nil
}

func (b *Boomer) engine(r *run, who cast, line program.Line, schedule engine.Schedule, log *slog.Logger) *engine.Engine {
	services := engine.Services{
		Shard: b.recorder.Shard, Report: line.Report, Send: line.Send, Index: line.Index,
		Patience: engine.Patience{Finish: r.actors.finish, Leave: leaveTime, Advice: advice},
		Schedule: schedule,
	}
	if who.any != nil {
		services.Any = who.any.live
	}
	var classes []user.Class
	for _, name := range slices.Sorted(maps.Keys(who.classes)) {
		classes = append(classes, user.Class{Name: name, Run: who.classes[name].live})
	}
	return engine.New(classes, services, log)
}

// finish is what comes after the session: everyone is sent home, the outputs end, EVENT_QUIT.
func (r *run) finish(err error, c *crew, out *outputs, log *slog.Logger) {
	if err != nil && !errors.Is(err, context.Canceled) {
		log.Error(err.Error())
		r.err = err
	}
	r.cancel()
	if c.Engine != nil {
		c.Engine.Stop(0, nil) // nobody is left, unless there never was a session
	}
	c.steps.Close(handlerTime)
	out.close()
	r.actors.hush()
	if r.requests != nil {
		if err := r.requests.Flush(); err != nil {
			log.Error(err.Error())
			r.err = cmp.Or(r.err, err)
		}
	}
	close(r.ended)
	defer close(r.announced)
	defer r.handlers.enter(make(chan struct{}, 1))()
	Events.Publish(EVENT_QUIT)
}

// logs has the requests logged, if there is a log, under a worker's name and number.
func (r *run) logs(name string, index func() int) {
	if r.requests != nil {
		r.actors.requests = r.requests.Worker(name, index)
	}
}

// over says whether the run has ended.
func (r *run) over() bool {
	select {
	case <-r.ended:
		return true
	default:
		return false
	}
}

// profile begins the profiles that are enabled.
func (b *Boomer) profile() {
	b.mu.Lock()
	profiles := slices.Clone(b.profiles)
	b.mu.Unlock()
	for _, p := range profiles {
		if p.file == "" {
			continue
		}
		if err := p.start(p.file, p.duration); err != nil {
			b.logger.Load().Printf("Error starting %s profiling, %v", p.kind, err)
		}
	}
}

// reported is the recorder, with someone who sees each report too.
type reported struct {
	*stats.Recorder
	see func(stats.Report)
}

// Take is locust.Stats.
func (r *reported) Take() stats.Report {
	report := r.Recorder.Take()
	r.see(report)
	return report
}

// Keep is locust.Stats.
func (r *reported) Keep() stats.Report {
	report := r.Recorder.Keep()
	r.see(report)
	return report
}

func hostname() string {
	name, err := os.Hostname()
	if err != nil {
		return "localhost"
	}
	return name
}
