//go:build e2e

package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// startLimit is how long a process may take until it is ready. Python needs a second on an idle machine.
const startLimit = 30 * time.Second

// A master is a stock Locust master. Each has ports and files of its own.
type master struct {
	*process
	port   string // where workers connect
	web    webUI
	prefix string // of its CSVs
}

// startMaster starts a master with the repository's locustfile and the given flags beside those that every test needs.
func startMaster(t *testing.T, host string, flags ...string) *master {
	t.Helper()
	return startMasterWith(t, nil, host, flags...)
}

// startMasterWith starts one with variables too.
func startMasterWith(t *testing.T, env []string, host string, flags ...string) *master {
	t.Helper()
	m := &master{port: freePort(t), prefix: filepath.Join(t.TempDir(), "run")}
	webPort := freePort(t)
	m.web = webUI{base: "http://127.0.0.1:" + webPort}
	m.process = start(t, command{name: "master", path: locust(t), env: env, args: append([]string{
		"-f", repository(t, "locustfile.py"), "-H", host,
		"--master", "--master-bind-host", "127.0.0.1", "--master-bind-port", m.port,
		"--web-host", "127.0.0.1", "--web-port", webPort,
		"--csv", m.prefix, "--only-summary",
	}, flags...)})
	return m
}

// startWebMaster starts a master that waits for orders in its web UI, and waits for that. Users whose time is up may finish
// what they are doing: Locust's own workers would otherwise throw requests away that the target has served.
func startWebMaster(t *testing.T, host string, flags ...string) *master {
	t.Helper()
	m := startMaster(t, host, append([]string{"--stop-timeout=5"}, flags...)...)
	m.awaitWorkers(t, 0)
	return m
}

// awaitWorkers waits until n workers are ready to take users.
func (m *master) awaitWorkers(t *testing.T, n int) {
	t.Helper()
	await(t, startLimit, func() error {
		if m.ended() {
			t.Fatalf("the master ended with %v while the test waited for %d workers", m.cmd.ProcessState, n)
		}
		count, err := m.web.workerCount(t.Context())
		if err == nil && count != n {
			err = fmt.Errorf("%d workers are ready, want %d", count, n)
		}
		return err
	})
}

// startGoWorkers starts n of our workers. Without flags they run the master's locustfile.
func (m *master) startGoWorkers(t *testing.T, n int, flags ...string) []*process {
	t.Helper()
	workers := make([]*process, n)
	for i := range workers {
		workers[i] = start(t, command{
			name: fmt.Sprintf("Go worker %d", i+1), path: program("worker"),
			args: append([]string{"--master-host=127.0.0.1", "--master-port=" + m.port}, flags...),
		})
	}
	return workers
}

// startPythonWorker starts one of Locust's own, with the same locustfile. It says which requests it kills.
func (m *master) startPythonWorker(t *testing.T) *process {
	t.Helper()
	return start(t, command{name: "Python worker", path: locust(t), args: []string{
		"-f", repository(t, "locustfile.py") + "," + repository(t, "internal", "e2e", "testdata", "killed.py"),
		"--worker", "--master-host=127.0.0.1", "--master-port=" + m.port,
	}})
}

// killed is how many requests Locust's own worker has cut off: they are served, and not counted.
func (p *process) killed() uint64 {
	return uint64(strings.Count(p.output.String(), "killed in a request"))
}

// file returns what the master wrote to the file of that name.
func (m *master) file(t *testing.T, suffix string) []byte { return readFile(t, m.prefix+suffix) }

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
