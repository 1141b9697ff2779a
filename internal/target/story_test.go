package target_test

import (
	"runtime"
	"sync"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"gregaria/internal/target"
)

// failures sends stories from several users at once and returns how many of them failed.
func failures(t *testing.T, settings target.Settings, users, stories int) uint64 {
	t.Helper()
	server := start(t, settings)
	var running sync.WaitGroup
	for range users {
		client := browser(t)
		running.Go(func() {
			for range stories {
				send(t, client, "POST", server.URL()+"/api/v1/story", story)
			}
		})
	}
	running.Wait()
	return server.Served().Failed
}

// The same seed fails the same number of requests, whatever their order, and about as many as the rate says.
func TestErrorRate(t *testing.T) {
	t.Parallel()
	const stories = 1000
	settings := target.Settings{ErrorRate: 0.2}
	first := failures(t, settings, 1, stories)
	if first < 160 || first > 240 { // 200 +- 3 standard deviations of a binomial
		t.Errorf("%d of %d failed, want about 200", first, stories)
	}
	settings.Latency, settings.LatencyJitter = time.Microsecond, time.Microsecond
	if second := failures(t, settings, 10, stories/10); second != first {
		t.Errorf("%d failed with 10 users and jitter, %d with one: want the same from the same seed", second, first)
	}
	if none := failures(t, target.Settings{}, 1, 10); none != 0 {
		t.Errorf("%d failed at rate 0, want 0", none)
	}
	if all := failures(t, target.Settings{ErrorRate: 1}, 1, 10); all != 10 {
		t.Errorf("%d failed at rate 1, want 10", all)
	}
}

// Only requests that would succeed draw: a bad request or an unknown story is the client's error, not the server's.
func TestErrorRateLeavesClientErrors(t *testing.T) {
	t.Parallel()
	server := start(t, target.Settings{ErrorRate: 1})
	client := browser(t)
	for _, test := range []struct {
		method, path string
		want         int
	}{{"POST", "/api/v1/story", 400}, {"GET", "/api/v1/story/1", 404}, {"GET", "/health", 200}} {
		if got, _ := send(t, client, test.method, server.URL()+test.path, ""); got != test.want {
			t.Errorf("%s %s = %d, want %d", test.method, test.path, got, test.want)
		}
	}
}

func TestLatency(t *testing.T) {
	t.Parallel()
	server := start(t, target.Settings{})
	client := browser(t)
	if err := server.Set(target.Settings{Latency: 60 * time.Millisecond, LatencyJitter: 20 * time.Millisecond}); err != nil {
		t.Fatal(err)
	}
	for range 5 {
		begin := time.Now()
		send(t, client, "POST", server.URL()+"/api/v1/story", story)
		if took := time.Since(begin); took < 40*time.Millisecond {
			t.Errorf("a story took %s, want at least 40ms", took)
		}
	}
	if err := server.Set(target.Settings{Latency: -1}); err == nil {
		t.Error("Set of a negative latency = nil, want an error")
	}
	if got := server.Settings().Latency; got != 60*time.Millisecond {
		t.Errorf("latency after a refused Set = %s, want 60ms", got)
	}
}

// processTime is the CPU time that this process has used.
func processTime(t *testing.T) time.Duration {
	t.Helper()
	var ts unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_PROCESS_CPUTIME_ID, &ts); err != nil {
		t.Fatal(err)
	}
	return time.Duration(ts.Nano())
}

// Not parallel: it measures the process.
func TestCPUIsBurnt(t *testing.T) {
	server := start(t, target.Settings{CPU: 20 * time.Millisecond})
	client := browser(t)
	before := processTime(t)
	for range 5 {
		send(t, client, "POST", server.URL()+"/api/v1/story", story)
	}
	if used := processTime(t) - before; used < 100*time.Millisecond {
		t.Errorf("5 stories of 20ms CPU used %s, want at least 100ms", used)
	}
}

// Not parallel: it measures the process.
func TestHoldKeepsMemory(t *testing.T) {
	server := start(t, target.Settings{Hold: 8 << 20})
	client := browser(t)
	before := heap()
	for range 4 {
		send(t, client, "POST", server.URL()+"/api/v1/story", story)
	}
	if kept := heap() - before; kept < 31<<20 { // the rest of the heap may shrink a little
		t.Errorf("4 stories that hold 8 MB keep %d bytes, want about 32 MB", kept)
	}
	runtime.KeepAlive(server)
}

// heap is the size of what is still reachable.
func heap() int64 {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return int64(stats.HeapAlloc)
}
