package analysis

import "math"

// Phases cuts a run into what the load did.
func Phases(run *Run, _ Options) []Phase {
	return []Phase{{Steady, run.Began, run.Ended}, {Settling, run.Ended + 1, run.Start + int64(run.Seconds) - 1}}
}

// Window returns the values of a series in the seconds from from to to, absent ones too.
func (run *Run) Window(s Series, from, to int64) []float64 {
	first, last := max(0, int(from-run.Start)), min(len(s.Values), int(to-run.Start)+1)
	if first >= last {
		return nil
	}
	return s.Values[first:last]
}

// present are the values that are there.
func present(values []float64) []float64 {
	var there []float64
	for _, v := range values {
		if !math.IsNaN(v) {
			there = append(there, v)
		}
	}
	return there
}
