//go:build e2e

package e2e

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"gregaria/internal/exitcode"
	"gregaria/internal/timing"
)

// TestEveryStreamHasARow: users of both kinds leave streams in all ways, and a headless run ends with its time. The rows of streams in
// timings.csv are as many as the server has begun.
func TestEveryStreamHasARow(t *testing.T) {
	t.Parallel()
	var begun atomic.Uint64
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun.Add(1)
		w.Header().Set("Content-Type", "text/event-stream")
		fmt.Fprint(w, "data: 1\n\n")
		w.(http.Flusher).Flush()
		if r.URL.Path != "/ends" {
			<-r.Context().Done()
		}
	}))
	t.Cleanup(func() {
		s.CloseClientConnections()
		s.Close()
	})
	m := startMaster(t, s.URL, "-f", repository(t, "internal", "e2e", "testdata", "leaves_streams.py")+","+writePlugin(t),
		"--headless", "--expect-workers=2", "--users=20", "--spawn-rate=20", "--run-time=5", "--stop-timeout=5")
	workers := m.startGoWorkers(t, 2)
	m.wantExit(t, exitcode.OK, time.Minute)
	for _, worker := range workers {
		worker.wantExit(t, exitcode.OK, 15*time.Second)
	}
	var finished, incomplete, headless uint64 // of the last ones the stop cut off the request itself, before there was a stream
	for _, line := range timingRows(t, m.file(t, "_timings.csv")) {
		switch {
		case line[timing.Type] == timing.Stream:
			finished += number(t, line[timing.Requests])
			incomplete += number(t, line[timing.Incomplete])
		case line[timing.Name] != timing.Aggregated && line[timing.Incomplete] != "":
			headless += number(t, line[timing.Incomplete])
		}
	}
	if streams := finished + incomplete; streams > begun.Load() || streams+headless < begun.Load() || finished < 20 || incomplete < 5*finished/2 {
		t.Errorf("timings have %d streams finished and %d incomplete, %d were begun", finished, incomplete, begun.Load())
	}
	t.Logf("%d streams: %d finished, %d incomplete; %d requests without a head", begun.Load(), finished, incomplete, headless)
}
