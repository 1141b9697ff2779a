package engine

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
)

// headroom is how much is allocated between two garbage collections. Go's own rule, as much again as is in use, has it
// both ways wrong here: 50 users at full speed use 2 MB and would be collected 15 times a second, 10,000 that wait use
// 60 MB and would be let grow to 120.
const headroom = 24 << 20

// The bounds of the percentage: leastPercent is for the work of the collector where a lot is in use, mostPercent is where
// the runtime's least heap (runtime.heapMinimum, 4 MB times the percentage) is the headroom already.
const (
	leastPercent = 30
	mostPercent  = 100 * headroom / (4 << 20)
)

// TuneGarbage keeps the headroom until stop is called, unless GOGC or GOMEMLIMIT say what the user wants. After each
// collection a finalizer sets the percentage that comes to the headroom for what is in use now.
func TuneGarbage() (stop func()) {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return func() {}
	}
	var stopped atomic.Bool
	before := debug.SetGCPercent(gcPercent(inUse()))
	watchGarbage(&stopped, 0)
	return func() {
		stopped.Store(true)
		debug.SetGCPercent(before)
	}
}

// A canary does not live through a collection.
type canary struct{ _ [64]byte }

func watchGarbage(stopped *atomic.Bool, last int) {
	runtime.SetFinalizer(&canary{}, func(*canary) {
		if stopped.Load() {
			return
		}
		percent := gcPercent(inUse())
		if percent != last {
			debug.SetGCPercent(percent)
		}
		watchGarbage(stopped, percent)
	})
}

// inUse is what the percentage is of: the live heap, and the stacks and globals that a collection scans.
func inUse() uint64 {
	samples := []metrics.Sample{{Name: "/gc/heap/live:bytes"}, {Name: "/gc/scan/stack:bytes"}, {Name: "/gc/scan/globals:bytes"}}
	metrics.Read(samples)
	var sum uint64
	for _, s := range samples {
		if s.Value.Kind() == metrics.KindUint64 {
			sum += s.Value.Uint64()
		}
	}
	return sum
}

// gcPercent rounds to tens: setting a percentage stops the world for a moment.
func gcPercent(inUse uint64) int {
	percent := int(100 * headroom / max(inUse, 1<<20))
	return min(max(percent/10*10, leastPercent), mostPercent)
}
