package engine

import (
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

func TestGCPercent(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		reason string
		inUse  uint64
		want   int
	}{
		{"nothing counts as 1 MiB", 0, mostPercent},
		{"a few users", 3 << 20, mostPercent},
		{"as much again", 24 << 20, 100},
		{"10,000 users", 60 << 20, 40},
		{"a bound for what is big", 1 << 30, leastPercent},
	} {
		if got := gcPercent(tt.inUse); got != tt.want {
			t.Errorf("%s: gcPercent(%d) = %d, want %d", tt.reason, tt.inUse, got, tt.want)
		}
	}
}

// TestTuneGarbage is not parallel: the percentage is the process's.
func TestTuneGarbage(t *testing.T) { //nolint:paralleltest // see above
	t.Setenv("GOGC", "")
	t.Setenv("GOMEMLIMIT", "")
	before := debug.SetGCPercent(77)
	defer debug.SetGCPercent(before)
	stop := TuneGarbage()
	seen := false
	for range 100 {
		runtime.GC()
		time.Sleep(time.Millisecond) // the finalizer's goroutine
		percent := debug.SetGCPercent(100)
		debug.SetGCPercent(percent)
		if seen = percent > 100; seen {
			break
		}
	}
	if !seen {
		t.Error("the percentage of a small process never rose above 100")
	}
	stop()
	if after := debug.SetGCPercent(77); after != 77 {
		t.Errorf("after stop the percentage is %d, want what it was", after)
	}
	t.Setenv("GOGC", "50")
	TuneGarbage()()
	if after := debug.SetGCPercent(77); after != 77 {
		t.Errorf("with GOGC set the percentage was touched: %d", after)
	}
}
