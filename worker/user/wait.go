package user

import (
	"math/rand/v2"
	"time"
)

// A Wait says how long a user pauses after a task that began at began and has just ended. It is called by every user
// of a class, so it keeps no state.
type Wait func(began time.Time) time.Duration

// Between waits a random time between shortest and longest, evenly spread (locust.between).
func Between(shortest, longest time.Duration) Wait {
	return func(time.Time) time.Duration {
		return shortest + time.Duration(rand.Float64()*float64(longest-shortest))
	}
}

// Constant always waits d (locust.constant). Constant(0) is a user that never pauses.
func Constant(d time.Duration) Wait {
	return func(time.Time) time.Duration { return d }
}
