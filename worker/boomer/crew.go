package boomer

import (
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"gregaria/worker/internal/engine"
	"gregaria/worker/internal/locust"
	"gregaria/worker/internal/rate"
	"gregaria/worker/user"
)

// handlerTime is how long an event's handlers may keep a worker from going on.
const handlerTime = time.Minute

// flushAfter is how long a report waits for the handlers of EVENT_STOP when the users are gone: a master that quits may not
// listen any more when they have returned.
const flushAfter = 50 * time.Millisecond

// A crew is the users of a Boomer, with the events and the rate limiter around them. Users are asked to stop at once; an
// event's handlers, which may take their time, run in order and beside the session.
type crew struct {
	*engine.Engine
	gate     *rate.Gate // of the master's --rate; nil without a master
	actors   *actors
	steps    *engine.Sequence
	limit    RateLimiter
	handlers *handlers
	flush    func() // reports what is measured by now
	log      *slog.Logger
	nodeID   string // the worker's, set before the session runs

	announced bool // EVENT_SPAWN was the last of the two: the limiter runs; owned by steps

	mu      sync.Mutex // guards what follows, and the order of commands to the engine
	testing bool       // a test is on
	stops   int        // calls of Stop: a Spawn that is still to be done when one comes begins no user
	said    map[string]bool
}

var _ locust.Users = (*crew)(nil)

// Spawn is locust.Users: the event, the rate limiter if a test begins, the users.
func (c *crew) Spawn(job locust.Job, done func()) {
	c.ignored(job)
	stops := c.begin()
	c.steps.Add(func() {
		users := 0
		for _, n := range job.Classes {
			users += n
		}
		c.publish(EVENT_SPAWN, users, float64(users))
		if !c.announced && c.limit != nil {
			c.limit.Start()
		}
		c.announced = true
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.stops == stops {
			c.Engine.Spawn(job, done)
		}
	})
}

// begin says that a test is on, and how often there was a stop before.
func (c *crew) begin() (stops int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.testing {
		c.testing = true
		c.actors.begin()
	}
	return c.stops
}

// Stop is locust.Users. The users begin nothing more from now on. Then come the event, if a test is on, and the end of the
// rate limiter, which may be what users wait for. Done are both when the users are gone and the handlers have returned.
func (c *crew) Stop(timeout time.Duration, done func()) {
	var open atomic.Int32
	open.Store(2)
	finished := func() (last bool) {
		if last = open.Add(-1) == 0; last {
			done()
		}
		return last
	}
	c.mu.Lock()
	c.stops++
	c.testing = false
	c.actors.end()
	c.Engine.Stop(timeout, func() {
		if n := c.actors.cut.Swap(0); n > 0 {
			c.log.Info(fmt.Sprintf("%d users were still in their task when their time was up: they ended where they next recorded", n))
		}
		if !finished() {
			time.AfterFunc(flushAfter, func() {
				if open.Load() > 0 {
					c.flush()
				}
			})
		}
	})
	c.mu.Unlock()
	c.steps.Add(func() {
		if c.announced {
			c.announced = false
			c.publish(EVENT_STOP)
			if c.limit != nil {
				c.limit.Stop()
			}
		}
		finished()
	})
}

// connected tells of an ack.
func (c *crew) connected(int) { c.steps.Add(func() { c.publish(EVENT_CONNECTED) }) }

// heard tells of a message of the master's locustfile.
func (c *crew) heard(m user.Message) {
	c.steps.Add(func() { c.publish(m.Type, &CustomMessage{Type: m.Type, Data: received(m.Data), NodeID: c.nodeID}) })
}

// publish runs an event's handlers. It waits for them, but not for ever, and not for one that waits for the end itself.
func (c *crew) publish(topic string, args ...any) {
	done, quit := make(chan struct{}), make(chan struct{}, 1)
	go func() {
		defer close(done)
		defer c.handlers.enter(quit)()
		Events.Publish(topic, args...)
	}()
	timer := time.NewTimer(handlerTime)
	defer timer.Stop()
	select {
	case <-done:
	case <-quit:
	case <-timer.C:
		c.log.Warn("The handlers of the event " + topic + " take long: going on without them")
	}
}
