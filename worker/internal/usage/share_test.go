package usage

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// TestShare has workers of one process: the interpreter of one is busy nine tenths of the time, so that one is near its limit
// although the process as a whole is not.
func TestShare(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m, err := New(10 * time.Second)
		if err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		working := func() bool {
			return time.Since(began)%time.Second < 900*time.Millisecond && time.Since(began) < 10*time.Second
		}
		busy, idle, compiled := m.Share(4, working), m.Share(4, func() bool { return false }), m.Share(4, nil)
		ctx, cancel := context.WithCancel(t.Context())
		var watching sync.WaitGroup
		watching.Go(func() { m.Watch(ctx) })
		time.Sleep(9 * time.Second)
		if got := busy.CPU(); got != 0 {
			t.Errorf("CPU in the first window = %v, want 0 as in Locust", got)
		}
		time.Sleep(time.Second)
		got := busy.CPU()
		if got < 84 || got > 96 {
			t.Errorf("CPU of the busy worker = %v, want about 90", got)
		}
		for _, s := range []*Share{idle, compiled} {
			if got := s.CPU(); got > 10 { // 10 s have passed in no time
				t.Errorf("CPU of an idle worker = %v, want that of the process", got)
			}
		}
		time.Sleep(5 * time.Second)
		if again := busy.CPU(); again != got {
			t.Errorf("CPU within the window = %v, want the last figure, %v", again, got)
		}
		time.Sleep(5 * time.Second)
		if got := busy.CPU(); got > 10 {
			t.Errorf("CPU after an idle window = %v", got)
		}
		cancel()
		watching.Wait()
	})
}

// TestShareOfProcess has the process as the nearer limit, and memory that adds up.
func TestShareOfProcess(t *testing.T) {
	t.Parallel()
	m, err := New(200 * time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	s := m.Share(4, func() bool { return false })
	for began := time.Now(); m.CPU() == 0 && time.Since(began) < 20*time.Second; { // busy on purpose
	}
	if got, want := s.CPU(), m.CPU(); got != want || got == 0 {
		t.Errorf("CPU = %v, want the process's %v", got, want)
	}
	if part, whole := float64(s.Memory()), float64(m.Memory()); part < whole/5 || part > whole/3 {
		t.Errorf("Memory = %v, want a fourth of %v", part, whole)
	}
}
