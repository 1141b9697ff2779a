package locustfile

import (
	"context"
	"log/slog"
	"sync/atomic"
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
//
//	greenlet  what runs in it                                           in Locust
//	worker    init, what the master says: spawn, stop, messages, beats  WorkerRunner.worker, start_worker
//	reporter  reports                                                   WorkerRunner.stats_reporter
//	monitor   usage_monitor, cpu_warning                                Runner.monitor_cpu_and_memory
//	main      quitting, quit                                            locust.main.shutdown
type Crew struct {
	*engine.Engine
	file                            *File
	worker, reporter, monitor, main *greenlet

	state, workerState string // of the runner, as locust.runners has them; they belong to worker
	stopTimeout        atomic.Int64
	started            atomic.Bool // init was fired
}

var _ locust.Users = (*Crew)(nil)

// NewCrew returns the users of a file, whom e runs.
func NewCrew(f *File, e *engine.Engine) *Crew {
	f.users = e.Counts
	c := &Crew{
		Engine: e, file: f, worker: newGreenlet(f, f.main), reporter: newGreenlet(f, f.NewThread()),
		monitor: newGreenlet(f, f.NewThread()), main: newGreenlet(f, f.NewThread()), state: stateReady, workerState: stateReady,
	}
	c.main.silent = true
	return c
}

// The states of a runner (locust.runners.STATE_*).
const (
	stateReady    = "ready"
	stateSpawning = "spawning"
	stateRunning  = "running"
	stateCleanup  = "cleanup"
	stateStopped  = "stopped"
)

// Connected tells of an ack: the first one fires init, as locust.main does once its runner is connected.
func (c *Crew) Connected(index int) {
	c.worker.Add(func() {
		c.worker.do(func(t *python.Thread) error { return c.file.connected(t, index) })
		c.started.Store(true)
	})
}

// afterInit runs f, but not while init is still being fired.
func (c *Crew) afterInit(f func()) {
	if c.started.Load() {
		f()
	} else {
		c.worker.Add(f)
	}
}

// Spawned tells of the master's spawning_complete.
func (c *Crew) Spawned(users int) {
	c.worker.call(func(t *python.Thread) error {
		return c.file.fireEvent(t, "spawning_complete", "user_count", python.NewInt(int64(users)))
	})
}

// Ready tells that the worker waits for the next test.
func (c *Crew) Ready() {
	c.worker.Add(func() { c.become(c.state, stateReady) })
}

// Beat tells of a heartbeat of the master.
func (c *Crew) Beat(at time.Time) {
	if !c.file.hears.Load() {
		return
	}
	c.worker.call(func(t *python.Thread) error {
		return c.file.fireEvent(t, "heartbeat_received", "client_id", python.NewStr(c.file.linked().NodeID),
			"timestamp", python.Float(float64(at.UnixNano())/1e9))
	})
}

// Spawn is locust.Users: what WorkerRunner.handle_message and start_worker do.
func (c *Crew) Spawn(job locust.Job, done func()) {
	c.worker.Add(func() {
		first := c.workerState == stateReady
		c.worker.do(func(t *python.Thread) error { return c.file.prepare(t, &job, first) })
		if c.file.exited.Load() {
			return
		}
		if c.state == stateReady || c.state == stateStopped {
			c.become(stateSpawning, stateSpawning)
		}
		c.worker.do(func(t *python.Thread) error {
			c.file.births.state = c.state
			return c.file.target(t, &job)
		})
		if c.surplus(&job) { // it runs on, and its spawning is over when those that are too many are gone
			c.become(stateRunning, stateSpawning)
			c.Engine.Spawn(job, func() {
				c.worker.Add(func() {
					if c.workerState == stateSpawning {
						c.become(c.state, stateRunning)
					}
				})
				done()
			})
			return
		}
		c.become(stateRunning, stateRunning) // before the first user runs, as in Locust, whose spawning yields to nobody
		c.Engine.Spawn(job, done)
	})
}

// surplus says whether users are to stop.
func (c *Crew) surplus(job *locust.Job) bool {
	counts := c.Counts()
	for class, n := range job.Classes {
		if counts[class] > n {
			return true
		}
	}
	return false
}

// Stop is locust.Users: what Runner.stop does. Unless it is to be at once, the timeout is the environment's.
func (c *Crew) Stop(timeout time.Duration, done func()) {
	c.worker.Add(func() {
		stopped := c.state == stateStopped
		if !stopped {
			c.fire("test_stopping")
			c.become(stateCleanup, c.workerState)
		}
		if timeout >= 0 {
			c.worker.do(func(t *python.Thread) error { return c.file.stopTimeout(t, &timeout) })
			c.stopTimeout.Store(int64(timeout))
		}
		c.Engine.Stop(timeout, func() {
			c.worker.Add(func() {
				if !stopped {
					c.become(stateStopped, c.workerState)
					c.fire("test_stop")
				}
				done()
			})
		})
	})
}

// StopTimeout is that of the last Stop.
func (c *Crew) StopTimeout() time.Duration { return time.Duration(c.stopTimeout.Load()) }

// Update is locust.Users: Environment.update_user_class.
func (c *Crew) Update(u locust.Update) {
	c.worker.Add(func() {
		c.worker.do(func(t *python.Thread) error { return c.file.update(t, u) })
		c.Engine.Update(u)
	})
}

// Heard takes a message of the master's locustfile.
func (c *Crew) Heard(m user.Message) {
	c.worker.call(func(t *python.Thread) error {
		known, err := c.file.heard(t, m)
		if !known && err == nil {
			c.file.log(slog.LevelWarn, "locust.runners", "Unknown message type received: "+m.Type)
		}
		return err
	})
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
			case <-tick.C:
				if time.Since(over) > lastWords {
					for _, g := range []*greenlet{c.worker, c.reporter, c.monitor, c.main} {
						g.interrupt(lastWords)
					}
				}
			case <-done:
				return
			}
		}
	}()
	return func() { close(done) }
}

// Monitor fires usage_monitor and, above 90 %, cpu_warning every interval until ctx is over, in a file that listens to either
// (Runner.monitor_cpu_and_memory).
func (c *Crew) Monitor(ctx context.Context, interval time.Duration) {
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			if c.file.watches.Load() {
				c.monitor.call(c.file.usage)
			}
		case <-ctx.Done():
			return
		}
	}
}

func (c *Crew) fire(event string) {
	c.worker.do(func(t *python.Thread) error {
		return c.file.fireEvent(t, event, "environment", c.file.environment)
	})
}

// become sets runner.state and runner.worker_state.
func (c *Crew) become(state, workerState string) {
	c.state, c.workerState = state, workerState
	c.worker.do(func(t *python.Thread) error { return c.file.setStates(t, state, workerState) })
}
