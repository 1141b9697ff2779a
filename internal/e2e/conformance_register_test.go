//go:build e2e

package e2e

import (
	"fmt"
	"net"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"gregaria/internal/exitcode"
)

// TestConformanceNoMaster has no master answer. The worker asks again as often as Locust's does, then ends with Locust's exit
// code and says what is the matter.
func TestConformanceNoMaster(t *testing.T) {
	t.Parallel()
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { silent.Close() })
	_, silentPort, _ := net.SplitHostPort(silent.Addr().String())
	tests := []struct {
		name, host, port, why string
	}{
		{"nothing listens", "127.0.0.1", freePort(t), "Nothing listens there"},
		{"another program listens", "127.0.0.1", silentPort, "does not answer as the master of a Locust 2.10 or newer"},
		{"an unknown host", "no-such-host.invalid", "5557", "no-such-host.invalid"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			began := time.Now()
			w := workerSpec{host: test.host, port: test.port, env: []string{
				"GREGARIA_CONNECT_TIMEOUT=0.5", "GREGARIA_CONNECT_RETRY_COUNT=4",
			}}.start(t)
			w.wantExit(t, exitcode.NoMaster, 20*time.Second)
			if took := time.Since(began); took < 2*time.Second && test.port != "5557" {
				t.Errorf("gave up after %s, want 5 attempts, 0.5 s apart", took)
			}
			if err := w.wantOutput(test.why); err != nil {
				t.Error(err)
			}
			if test.port == "5557" {
				return // no name, no attempt
			}
			for n := range 4 {
				if err := w.wantOutput(fmt.Sprintf("retry %d/4", n+1)); err != nil {
					t.Error(err)
				}
			}
			last := w.output.tail()
			if at := strings.LastIndex(last, "worker: "); !strings.Contains(last[max(at, 0):], "after 5 attempts") {
				t.Errorf("the last words are %q, want how often it was tried", last[max(at, 0):])
			}
		})
	}
}

// deafMaster is a ROUTER that says what it gets and answers nothing.
const deafMaster = `
import sys, zmq
router = zmq.Context().socket(zmq.ROUTER)
router.bind("tcp://127.0.0.1:" + sys.argv[1])
while True:
    print(router.recv_multipart()[1], flush=True)
`

// TestConformanceRepeats has the worker ask a master that does not answer, again and again and nothing else, until a real one
// takes its place; what the first one got is lost with it.
func TestConformanceRepeats(t *testing.T) {
	t.Parallel()
	spec := masterSpec{host: "http://127.0.0.1:1", port: freePort(t), webPort: freePort(t)}
	deaf := start(t, command{
		name: "deaf master", path: filepath.Join(filepath.Dir(locust(t)), "python"), args: []string{"-c", deafMaster, spec.port},
	})
	w := workerSpec{port: spec.port, env: []string{"GREGARIA_CONNECT_TIMEOUT=0.5"}}.start(t)
	await(t, startLimit, func() error {
		if n := strings.Count(deaf.output.String(), "client_ready"); n < 4 {
			return fmt.Errorf("the worker asked %d times, want more", n)
		}
		return nil
	})
	for line := range strings.Lines(deaf.output.String()) {
		if !strings.Contains(line, "client_ready") {
			t.Errorf("the worker said %q before it was acknowledged, want only client_ready", line)
		}
	}
	deaf.signal(syscall.SIGKILL)
	<-deaf.done
	m := spec.startWeb(t)
	m.awaitReady(t, 1)
	await(t, startLimit, func() error { return w.wantOutput("Connected to master") })
}
