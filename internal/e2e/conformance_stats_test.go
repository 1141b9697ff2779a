//go:build e2e

package e2e

import (
	"encoding/json"
	"regexp"
	"testing"
	"time"
)

// TestConformanceOwnStatistics has a locustfile that counts itself what it counts with Locust, on a headless master that listens
// half a second after its quit to a worker whose test_stop listener takes two: everything is there once, and the listener sees it.
func TestConformanceOwnStatistics(t *testing.T) {
	t.Parallel()
	m := startMaster(t, "http://127.0.0.1:1", "-f", "testdata/own_statistics.py", "--headless", "--expect-workers=1", "--users=20",
		"--spawn-rate=100", "--run-time=5")
	worker := m.startGoWorkers(t, 1)[0]
	m.wantExit(t, 1, time.Minute) // some failed
	worker.wantExit(t, 7, 10*time.Second)
	if err := worker.wantOutput("in sight True True"); err != nil {
		t.Error(err)
	}
	found := regexp.MustCompile(`counted (\{.*\}) 7`).FindStringSubmatch(worker.output.String())
	if found == nil {
		t.Fatal("the worker's quit listener did not get exit code 7")
	}
	var counted struct{ Fired, Failed, Own uint64 }
	if err := json.Unmarshal([]byte(found[1]), &counted); err != nil {
		t.Fatal(err)
	}
	got := parseSummary(t, m.output.String())
	want := rows{}
	want.add("X", "fired", counted.Fired, counted.Failed)
	want.add("X", "own", counted.Own, 0)
	for name, row := range want {
		if name != aggregated && got[name] != row {
			t.Errorf("%s: Locust has %+v, the locustfile counted %+v", name, got[name], row)
		}
	}
	if counted.Fired < 1000 {
		t.Errorf("%d samples, so this shows little", counted.Fired)
	}
}
