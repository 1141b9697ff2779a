package boomer

import (
	"log/slog"
	"sync"
	"time"

	"gregaria/worker/internal/engine"
	"gregaria/worker/internal/locust"
	"gregaria/worker/user"
)

// How long an event's handlers may keep a worker from going on, and how long once it is to end: a handler may itself be
// waiting for that.
const (
	handlerTime = time.Minute
	lastWords   = time.Second
)

// A crew is the users of a Boomer, with the events and the rate limiter around them. What it is told, it does in order and
// beside the session: an event's handlers may take their time.
type crew struct {
	*engine.Engine
	steps    *engine.Sequence
	limit    RateLimiter
	quitting <-chan struct{}
	log      *slog.Logger
	nodeID   string // the worker's, set before the session runs

	mu      sync.Mutex // guards what follows
	testing bool       // a test is on: the limiter runs
}

var _ locust.Users = (*crew)(nil)

// Spawn is locust.Users: the event, the rate limiter if a test begins, the users.
func (c *crew) Spawn(job locust.Job, done func()) {
	c.steps.Add(func() {
		users := 0
		for _, n := range job.Classes {
			users += n
		}
		c.publish(EVENT_SPAWN, users, float64(users))
		if c.turns(true) && c.limit != nil {
			c.limit.Start()
		}
		c.Engine.Spawn(job, done)
	})
}

// Stop is locust.Users: the event if a test is on, the users, the rate limiter.
func (c *crew) Stop(timeout time.Duration, done func()) {
	c.steps.Add(func() {
		if c.isTesting() {
			c.publish(EVENT_STOP)
		}
		c.Engine.Stop(timeout, func() {
			c.steps.Add(func() {
				if c.turns(false) && c.limit != nil {
					c.limit.Stop()
				}
				done()
			})
		})
	})
}

// turns says whether a test is on from now on, and whether that is new.
func (c *crew) turns(on bool) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	changed := c.testing != on
	c.testing = on
	return changed
}

func (c *crew) isTesting() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.testing
}

// connected tells of an ack.
func (c *crew) connected(int) { c.steps.Add(func() { c.publish(EVENT_CONNECTED) }) }

// heard tells of a message of the master's locustfile.
func (c *crew) heard(m user.Message) {
	c.steps.Add(func() { c.publish(m.Type, &CustomMessage{Type: m.Type, Data: received(m.Data), NodeID: c.nodeID}) })
}

// publish runs an event's handlers. It waits for them, but not for ever.
func (c *crew) publish(topic string, args ...any) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		Events.Publish(topic, args...)
	}()
	timer := time.NewTimer(handlerTime)
	defer timer.Stop()
	select {
	case <-done:
		return
	case <-timer.C:
	case <-c.quitting:
		if engine.Within(lastWords, done) {
			return
		}
	}
	c.log.Warn("The handlers of the event " + topic + " take long: going on without them")
}
