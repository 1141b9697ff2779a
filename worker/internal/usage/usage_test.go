package usage

import (
	"math"
	"os"
	"testing"
	"time"
)

func TestMeter(t *testing.T) {
	t.Parallel()
	m, err := New(50 * time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	if got := m.CPU(); got != 0 {
		t.Errorf("CPU in the first window = %v, want 0 as in Locust", got)
	}
	for began := time.Now(); time.Since(began) < 60*time.Millisecond; { // busy on purpose
	}
	got := m.CPU()
	if got <= 0 || got > 101 || math.Abs(got*10-math.Round(got*10)) > 1e-9 {
		t.Errorf("CPU = %v, want a percentage above 0 with one decimal", got)
	}
	if again := m.CPU(); again != got {
		t.Errorf("CPU within the window = %v, want the last figure %v", again, got)
	}
	if rss := m.Memory(); rss < 1<<20 || rss > 1<<34 {
		t.Errorf("Memory = %d bytes in process %d, want a resident size", rss, os.Getpid())
	}
}
