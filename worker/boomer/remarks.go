package boomer

import (
	"log/slog"
	"sync/atomic"
	"time"
)

// loopTime is how long a task runs that is taken for a loop of its own, if it goes on recording.
const loopTime = 10 * time.Second

// remarks are what is said, once in a run, of load that the master's --rate does not hold: it says when tasks begin, and boomer's tasks
// may be loops, or start goroutines that go on by themselves.
type remarks struct {
	log          *slog.Logger
	loop, others atomic.Bool
}

// see looks at a request that is recorded while there is a rate: by a user in its task, or by none.
func (r *remarks) see(me *actor) {
	switch {
	case me == nil:
		if r.others.CompareAndSwap(false, true) {
			r.log.Warn("Requests are recorded in goroutines that are no users': the master's --rate says when tasks begin, not what goroutines " +
				"of the program's own do, and what they record is not known to be late")
		}
	case me.env.Schedule == nil:
	default:
		me.recorded++
		if me.recorded > 1 && !r.loop.Load() && time.Since(me.began) >= loopTime && r.loop.CompareAndSwap(false, true) {
			r.log.Warn("A task has run for 10 s and goes on recording: the master's --rate says when tasks begin, not when their requests do. " +
				"One that is a loop does not keep it: let it return after each round, and users do it over and over")
		}
	}
}
