package run

import (
	"os"
	"testing"
	"time"
)

func TestParseCPUTime(t *testing.T) {
	t.Parallel()
	tests := []struct {
		reason, stat string
		want         time.Duration
		ok           bool
	}{
		{"recorded", "4242 (locust) S 1 4242 4242 0 -1 4194304 9000 0 0 0 250 17 0 0 20 0 3 0 5555 1 1", 2670 * time.Millisecond, true},
		{"brackets and spaces in the name", "4242 (a) b (c) S 1 4242 4242 0 -1 4194304 9000 0 0 0 250 17 0 0 20 0 3 0 5555 1 1", 2670 * time.Millisecond, true},
		{"half a line", "4242 (locust) S 1 4242", 0, false},
		{"nothing", "", 0, false},
	}
	for _, test := range tests {
		if got, ok := parseCPUTime([]byte(test.stat)); got != test.want || ok != test.ok {
			t.Errorf("%s: parseCPUTime() = %v, %v, want %v, %v", test.reason, got, ok, test.want, test.ok)
		}
	}
}

func TestCPUMeterKnowsNothingAtFirst(t *testing.T) {
	t.Parallel()
	var m cpuMeter
	if got := m.Next(os.Getpid()); got.Known {
		t.Errorf("Next() = %v, want it unknown: nothing is measured yet", got)
	}
	if got := (&cpuMeter{}).Next(1 << 30); got.Known {
		t.Errorf("Next() of nobody = %v, want it unknown", got)
	}
}
