package user

import (
	"math/rand/v2"
	"time"
)

// A Wait says how long a user pauses after a task that has just ended. It is called by every user of a class, so it
// keeps no state: what it has to remember of a user is in the Pace. A wait of your own is a function like any other:
//
//	Wait: func(*user.Pace) time.Duration { return time.Second }
type Wait func(*Pace) time.Duration

// A Pace is what a wait remembers of one user, or of one stay in a set that has a wait of its own.
type Pace struct {
	since time.Time     // when the wait before this one was asked for, at first when the user or the stay began
	wait  time.Duration // how long it was to be
	due   time.Time     // when the next task is to begin; zero: the wait has no schedule
	every time.Duration // how long after it the following one
}

// Every returns what is left of d since the end of the wait before this one, 0 if the task took longer. At first it
// counts from the beginning of the user. A task that begins later than that is late: see Request.Lateness.
func (p *Pace) Every(d time.Duration) time.Duration {
	now := time.Now()
	busy := now.Sub(p.since) - p.wait
	if p.due, p.every = (time.Time{}), d; d > 0 {
		p.due = now.Add(d - busy)
	}
	p.since, p.wait = now, max(d-busy, 0)
	return p.wait
}

// Until returns what is left until due, 0 if that is over: it is for waits that follow a schedule of their own. A task that begins
// later than that is late: see Request.Lateness.
func (p *Pace) Until(due time.Time) time.Duration {
	p.since = time.Now()
	p.wait = max(due.Sub(p.since), 0)
	p.due, p.every = due, 0
	return p.wait
}

// schedule returns when the next task is due and how long after it the following one, as the wait that has just been worked out has it.
func (p *Pace) schedule() (due time.Time, every time.Duration) {
	due, p.due = p.due, time.Time{}
	return due, p.every
}

// Between waits a random time between shortest and longest, evenly spread (locust.between).
func Between(shortest, longest time.Duration) Wait {
	return func(*Pace) time.Duration {
		return shortest + time.Duration(rand.Float64()*float64(longest-shortest))
	}
}

// Constant always waits d (locust.constant). Constant(0) is a user that never pauses.
func Constant(d time.Duration) Wait {
	return func(*Pace) time.Duration { return d }
}

// ConstantPacing waits so that a task begins every d, however long tasks take, as long as they take less
// (locust.constant_pacing).
func ConstantPacing(d time.Duration) Wait {
	return func(p *Pace) time.Duration { return p.Every(d) }
}

// ConstantThroughput waits so that a user runs perSecond tasks a second (locust.constant_throughput). It panics if
// perSecond is not above 0.
func ConstantThroughput(perSecond float64) Wait {
	if !(perSecond > 0) { // NaN is not
		panic("user: ConstantThroughput needs a rate above 0")
	}
	return ConstantPacing(time.Duration(float64(time.Second) / perSecond))
}

// Poisson waits a random time, exponentially distributed with the mean 1/perSecond seconds (locust.poisson): tasks come
// as calls do to a switchboard. It panics if perSecond is not above 0.
func Poisson(perSecond float64) Wait {
	if !(perSecond > 0) { // NaN is not
		panic("user: Poisson needs a rate above 0")
	}
	return func(*Pace) time.Duration {
		return time.Duration(rand.ExpFloat64() / perSecond * float64(time.Second))
	}
}
