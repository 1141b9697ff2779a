// Package rate keeps a worker's share of --rate: it says when tasks are due, to whichever user is free. The plug-in at the master shares the
// rate out (loadtest/plugin/rate.py); docs/decisions/0013-rate.md has the reasons.
package rate

import (
	"errors"
	"fmt"
	"math"
)

// Message is the type of the plug-in's message to a worker, a Plan, and of the worker's to the plug-in, a Report. Option is where the options of
// a spawn message have the rate, if there is one.
const (
	Message = "gregaria_rate"
	Option  = "gregaria_rate"
)

// version is the format's.
const version = 1

// A Plan is what a worker keeps from some time on. Times are seconds of the epoch on the master's clock.
//
// With arrivals constant, the tasks of all workers are numbered: number k is due at Origin + k/Rate, and is the worker's whose part of [0, 1) has
// the place of k. So the workers' tasks together are evenly spaced, whatever the shares are. With poisson a worker draws its own: independent
// processes add up to one.
type Plan struct {
	// Sent is when the plan was sent: it tells the clocks apart.
	Sent float64
	// Rate is that of all workers, in tasks a second.
	Rate float64
	// Origin is when task 0 is due, From when the plan begins.
	Origin, From float64
	// Low and High are the worker's part of [0, 1): High - Low is its share.
	Low, High float64
	// Poisson says that the times between tasks are drawn from the exponential distribution.
	Poisson bool
}

// errPlan means that a message is none that this worker knows.
var errPlan = errors.New("not a plan of --rate that this worker knows; are worker and plug-in of one release?")

// ParsePlan reads the data of a message.
func ParsePlan(data any) (Plan, error) {
	m, ok := data.(map[string]any)
	if !ok || number(m["version"]) != version {
		return Plan{}, errPlan
	}
	arrivals, _ := m["arrivals"].(string)
	p := Plan{
		Sent: number(m["sent"]), Rate: number(m["rate"]), Origin: number(m["origin"]), From: number(m["from"]),
		Low: number(m["low"]), High: number(m["high"]), Poisson: arrivals == "poisson",
	}
	switch {
	case arrivals != "constant" && arrivals != "poisson":
		return Plan{}, fmt.Errorf("arrivals %q: %w", arrivals, errPlan)
	case !(p.Rate >= 0 && p.Rate <= maxRate), !(p.Low >= 0 && p.High <= 1 && p.Low <= p.High):
		return Plan{}, errPlan
	case !moment(p.Sent), !moment(p.Origin), !moment(p.From), p.From < p.Origin:
		return Plan{}, errPlan
	}
	return p, nil
}

// maxRate is more than any fleet does: it keeps the numbers of tasks where a float64 has them whole.
const maxRate = 1e7

func moment(seconds float64) bool { return seconds > 0 && seconds < 1e11 }

// number is a number of a message; NaN if it is none.
func number(v any) float64 {
	switch v := v.(type) {
	case float64:
		return v
	case int64:
		return float64(v)
	case uint64:
		return float64(v)
	}
	return math.NaN()
}

// golden is 2^64 divided by the golden ratio: the places of consecutive numbers lie as far apart as can be (Knuth, 6.4, theorem S), so that each part
// of [0, 1) gets its share of any stretch of them.
const golden = 11400714819323198485

// place is where in [0, 1) a task's number lies.
func place(k uint64) float64 { return float64(k*golden>>11) / (1 << 53) }
