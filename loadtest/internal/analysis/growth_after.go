package analysis

import (
	"math"

	"gregaria/loadtest/internal/statistics"
)

// An aftermath is what was seen of a suspect after the load.
type aftermath struct {
	// watched is for how many seconds, 0 where it was not.
	watched int
	// stayed is the share of the growth that was still there at the end of it; nil where it was not watched or nothing grew.
	stayed *float64
	// fell is by how much the level fell, came by how much it had risen with the load, before the window: users and warm-up. NaN where that is not known.
	fell, came float64
}

// afterLeast is how many values there have to be after the load.
const afterLeast = 3

// afterwards looks at the second half of the time after the load. The growth is that of the last piece: a new process, or a new number of users, began it.
// A process that was started anew since has another level.
func (run *Run) afterwards(s suspect, t trend, w windows) aftermath {
	last := run.Start + int64(run.Seconds) - 1
	a := aftermath{watched: int(last - run.Ended), fell: math.NaN(), came: math.NaN()}
	after := present(run.Window(s.series, run.Ended+1+int64(a.watched)/2, last))
	if len(after) < afterLeast || !t.known || s.host.restarted(run, w.to, last) {
		a.watched = 0
		return a
	}
	a.fell = t.last - statistics.Median(after)
	if t.period > 0 { // it may have ended anywhere in a tooth: only its floor can be compared
		a.fell = t.last - least(after)
	}
	if t.tail > 0 {
		stayed := min(1, max(0, 1-a.fell/t.tail))
		a.stayed = &stayed
	}
	if before := present(run.Window(s.series, run.Start, run.Began-1)); len(before) > 0 {
		a.came = t.last - t.tail - statistics.Median(before)
	}
	return a
}

// restarted reports whether a new process came after a second.
func (h *Host) restarted(run *Run, from, to int64) bool {
	return len(h.lives(run, Phase{From: from, To: to})) > 1
}

func least(values []float64) float64 {
	l := math.Inf(1)
	for _, v := range values {
		l = min(l, v)
	}
	return l
}
