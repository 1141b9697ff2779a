//go:build e2e

package e2e

import (
	"fmt"
	"regexp"
	"testing"
	"time"
)

// TestConformanceMessages has the master's locustfile send the workers messages of its own, and they answer.
func TestConformanceMessages(t *testing.T) {
	t.Parallel()
	s := startSite(t)
	m := masterSpec{file: "messages.py", host: s.URL, flags: []string{"--stop-timeout=5"}}.startWeb(t)
	workers := m.startFaultWorkers(t, 2)
	swarm{users: 4}.send(t, m)
	m.wantUsersOf(t, s, map[string]int{"Quick": 4})
	want := regexp.MustCompile(`REPLY from (\S+): \{'words': \['bonjour', 1, 2\.5, None, True\]\} r\x{FFFD}ply`)
	await(t, 5*time.Second, func() error {
		from := map[string]bool{}
		for _, match := range want.FindAllStringSubmatch(m.output.String(), -1) {
			from[match[1]] = true
		}
		if len(from) != 2 {
			return fmt.Errorf("workers that replied = %v, want both", from)
		}
		return nil
	})
	for _, worker := range workers {
		if err := worker.wantOutput("Unknown message type received: unheard-of"); err != nil {
			t.Error(err)
		}
	}
	m.halt(t)
	m.wantCounts(t, s)
	m.wantCalm(t)
}

// TestConformanceLocustfile starts a worker that asks the master for its locustfile, before there is a master, and runs it
// instead of its own classes.
func TestConformanceLocustfile(t *testing.T) {
	t.Parallel()
	s := startSite(t)
	spec := masterSpec{host: s.URL, port: freePort(t), webPort: freePort(t), flags: []string{"--stop-timeout=5", "Quick"}}
	worker := workerSpec{port: spec.port, flags: []string{"-f", "-"}}.start(t)
	time.Sleep(2 * time.Second)
	m := spec.startWeb(t)
	m.awaitReady(t, 1)
	swarm{users: 4}.send(t, m)
	m.wantUsersOf(t, s, map[string]int{"Quick": 4})
	m.halt(t)
	m.wantCounts(t, s)
	if err := worker.wantOutput("conformance.py"); err != nil {
		t.Error(err)
	}
}

// TestConformanceReadyDelay has the worker wait between two tests, as Locust's does where the environment says so.
func TestConformanceReadyDelay(t *testing.T) {
	t.Parallel()
	s := startSite(t)
	m := masterSpec{host: s.URL, flags: []string{"--stop-timeout=5", "Quick"}}.startWeb(t)
	m.startFaultWorkers(t, 1, "LOCUST_WORKER_ADDITIONAL_WAIT_BEFORE_READY_AFTER_STOP=4")
	for range 2 {
		m.awaitReady(t, 1)
		s.reset()
		swarm{users: 4}.send(t, m)
		m.wantUsersOf(t, s, map[string]int{"Quick": 4})
		m.halt(t)
		m.wantCounts(t, s)
		began := time.Now()
		m.awaitReady(t, 1)
		if took := time.Since(began); took < 7*time.Second || took > 11*time.Second {
			t.Errorf("ready %s after the stop, want about 9 s: the stop timeout and the variable's 4", took)
		}
	}
}
