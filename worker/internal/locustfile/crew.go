package locustfile

import (
	"context"
	"log/slog"
	"time"

	"gregaria/worker/internal/engine"
	"gregaria/worker/internal/locust"
	"gregaria/worker/internal/python"
	"gregaria/worker/user"
)

// lastWords is how long listeners may still take once the worker is to end.
const lastWords = 5 * time.Second

// A Crew is the users of a locustfile with the events around them. What the session commands, it does in order and beside
// the session: listeners may take their time.
type Crew struct {
	*engine.Engine
	file  *File
	steps *engine.Sequence
	state string // of the runner, as locust.runners has it; belongs to steps
}

var _ locust.Users = (*Crew)(nil)

// NewCrew returns the users of a file, whom e runs.
func NewCrew(f *File, e *engine.Engine) *Crew {
	return &Crew{Engine: e, file: f, steps: engine.NewSequence(), state: "ready"}
}

// Connected tells of an ack: the first one fires init, as locust.main does once its runner is connected.
func (c *Crew) Connected(index int) {
	c.steps.Add(func() {
		c.do(func(t *python.Thread) error { return c.file.connected(t, index) })
	})
}

// Spawned tells of the master's spawning_complete.
func (c *Crew) Spawned(users int) {
	c.steps.Add(func() {
		c.do(func(t *python.Thread) error {
			return c.file.fireEvent(t, "spawning_complete", "user_count", python.NewInt(int64(users)))
		})
	})
}

// Spawn is locust.Users: what WorkerRunner.handle_message and start_worker do.
func (c *Crew) Spawn(job locust.Job, done func()) {
	c.steps.Add(func() {
		first := c.state != "running" && c.state != "spawning"
		c.state = "spawning"
		c.do(func(t *python.Thread) error { return c.file.spawn(t, &job, first) })
		c.become("running") // before the first user runs, as in Locust, whose spawning yields to nobody
		c.Engine.Spawn(job, done)
	})
}

// Stop is locust.Users: what Runner.stop does.
func (c *Crew) Stop(timeout time.Duration, done func()) {
	c.steps.Add(func() {
		stopped := c.state == "stopped"
		if !stopped {
			c.fire("test_stopping")
			c.become("cleanup")
		}
		c.Engine.Stop(timeout, func() {
			c.steps.Add(func() {
				if !stopped {
					c.become("stopped")
					c.fire("test_stop")
				}
				done()
			})
		})
	})
}

// Update is locust.Users: Environment.update_user_class.
func (c *Crew) Update(u locust.Update) {
	c.steps.Add(func() {
		c.do(func(t *python.Thread) error { return c.file.update(t, u) })
		c.Engine.Update(u)
	})
}

// Heard takes a message of the master's locustfile.
func (c *Crew) Heard(m user.Message) {
	c.steps.Add(func() {
		c.do(func(t *python.Thread) error {
			known, err := c.file.heard(t, m)
			if !known && err == nil {
				c.file.log(slog.LevelWarn, "locust.runners", "Unknown message type received: "+m.Type)
			}
			return err
		})
	})
}

// Attach is locust.Config's: what the listeners of report_to_master add to a report. It is nil for a file that has no such
// listener once it is loaded.
func (f *File) Attach(crew func() *Crew) func(send func(map[string]any)) {
	if !f.listens("report_to_master") {
		return nil
	}
	return func(send func(map[string]any)) { crew().attach(send) }
}

// listens says whether an event has a listener once the file is loaded.
func (f *File) listens(event string) bool {
	found := false
	t := f.NewThread()
	_ = t.Do(func() error {
		h := f.hook(t, event)
		found = h != nil && len(h.handlers.Items()) > 0
		return nil
	})
	return found
}

func (c *Crew) attach(send func(map[string]any)) {
	c.steps.Add(func() {
		var extra map[string]any
		c.do(func(t *python.Thread) error {
			var err error
			extra, err = c.file.reportExtra(t)
			return err
		})
		send(extra)
	})
}

// Farewell fires quitting and quit: the session is over, what is sent now still leaves. It waits for the listeners, but not
// for ever.
func (c *Crew) Farewell(exitCode int) {
	c.steps.Add(func() {
		c.do(func(t *python.Thread) error {
			h := c.file.hook(t, "quitting")
			if h == nil {
				return nil
			}
			return h.call(t, python.Args{Names: []*python.Str{python.NewStr("environment")}, Values: []python.Value{c.file.environment}}, true)
		})
		c.do(func(t *python.Thread) error {
			return c.file.fireEvent(t, "quit", "exit_code", python.NewInt(int64(exitCode)))
		})
	})
	if !c.steps.Close(lastWords) {
		c.file.log(slog.LevelWarn, "locust.main", "A listener takes long: the worker ends without it")
	}
}

// Interrupt ends listeners that still run lastWords after ctx is over, and those that run that long later on, until stop is
// called: the worker is to end.
func (c *Crew) Interrupt(ctx context.Context) (stop func()) {
	done := make(chan struct{})
	go func() {
		select {
		case <-ctx.Done():
		case <-done:
			return
		}
		over := time.Now()
		tick := time.NewTicker(lastWords / 10)
		defer tick.Stop()
		for {
			select {
			case now := <-tick.C:
				c.interrupt(over, now)
			case <-done:
				return
			}
		}
	}()
	return func() { close(done) }
}

func (c *Crew) interrupt(over, now time.Time) {
	since := c.file.listening.Load()
	if since != nil && now.Sub(*since) > lastWords && now.Sub(over) > lastWords {
		c.file.main.Cancel(python.NewException(c.file.exceptions.greenletExit))
	}
}

// Monitor fires usage_monitor and, above 90 %, cpu_warning every interval until ctx is over, in a file that listens to either
// (Runner.monitor_cpu_and_memory).
func (c *Crew) Monitor(ctx context.Context, interval time.Duration) {
	if !c.file.listens("usage_monitor") && !c.file.listens("cpu_warning") {
		return
	}
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			c.steps.Add(func() { c.do(func(t *python.Thread) error { return c.file.usage(t) }) })
		case <-ctx.Done():
			return
		}
	}
}

func (c *Crew) fire(event string) {
	c.do(func(t *python.Thread) error {
		return c.file.fireEvent(t, event, "environment", c.file.environment)
	})
}

// become sets runner.state.
func (c *Crew) become(state string) {
	c.state = state
	c.do(func(t *python.Thread) error { return c.file.setState(t, state) })
}

// do runs f as a listener's greenlet would.
func (c *Crew) do(f func(t *python.Thread) error) {
	now, main := time.Now(), c.file.main
	c.file.listening.Store(&now)
	err := main.Do(func() error { return f(main) })
	c.file.listening.Store(nil)
	main.Cancel(nil)
	if err != nil {
		c.file.listenerFailed(err)
	}
}
