//go:build e2e

package e2e

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"gregaria/internal/exitcode"
	"gregaria/internal/target"
)

// seesFiles is a locustfile that says which files it is among.
const seesFiles = `
import os
from locust import HttpUser, constant, events, task

@events.init.add_listener
def say(environment, **kwargs):
    files = [os.path.basename(f) for f in environment.parsed_locustfiles]
    print("sees", files, environment.locustfile, [c.__name__ for c in environment.user_classes], flush=True)

@events.test_start.add_listener
def start(environment, **kwargs):
    print("the master's option is", environment.parsed_options.tab_text, flush=True)

class Health(HttpUser):
    wait_time = constant(0.1)

    @task
    def health(self):
        self.client.get("/health", timeout=10)
`

// tabLeftOut is what our worker says of testdata/tab.py.
const tabLeftOut = "tab.py is for the master only (# gregaria: master only): this worker leaves it out"

// TestMasterOnly has a master with a page of its own in its web UI, in a file that our worker cannot run. Workers get that file in every way:
// from the master, ours and Locust's own, and by a list of their own. All run users, all see the same list of files.
func TestMasterOnly(t *testing.T) {
	t.Parallel()
	const each = 10
	server := startTarget(t, target.Settings{})
	files := textFile(t, "shop.py", seesFiles) + "," + repository(t, "internal", "e2e", "testdata", "tab.py")
	m := startWebMaster(t, server.URL(), "-f", files, "--tab-text=hello")
	ours := append(m.startGoWorkers(t, 1), m.startGoWorkers(t, 1, "-f", files, "--tab-text", "ours")...)
	theirs := start(t, command{name: "Python worker", path: locust(t), env: []string{"TMPDIR=" + t.TempDir()}, args: []string{
		"-f", "-", "--worker", "--master-host=127.0.0.1", "--master-port=" + m.port,
	}})
	m.awaitWorkers(t, 3)
	if got := string(m.web.get(t, "/tab")); got != "hello 8" {
		t.Errorf("/tab = %q, want \"hello 8\"", got)
	}
	m.web.swarm(t, 3*each, 30)
	for _, worker := range m.web.awaitUsers(t, 3*each).Workers {
		if worker.Users != each {
			t.Errorf("worker %s has %d users, want %d", worker.ID, worker.Users, each)
		}
	}
	time.Sleep(2 * time.Second)
	m.web.stop(t)
	if got := server.Served().Total; got < 3*each*3 {
		t.Errorf("%d requests in 2 s of %d users, want 3 of each user at least", got, 3*each)
	}
	for _, worker := range append(ours, theirs, m.process) {
		if err := worker.wantOutput("sees ['shop.py', 'tab.py'] shop.py ['Health']"); err != nil {
			t.Error(err)
		}
		if err := worker.wantOutput("the master's option is hello\n"); err != nil {
			t.Error(err)
		}
		want := 0
		if strings.HasPrefix(worker.name, "Go") {
			want = 1
		}
		if got := strings.Count(worker.output.String(), tabLeftOut); got != want {
			t.Errorf("%s says %d times that it leaves tab.py out, want %d", worker.name, got, want)
		}
	}
	if err := ours[1].wantOutput("tab.py by the look of it: --tab-text"); err != nil {
		t.Error(err)
	}
}

// TestLoadtestMasterOnly gives such a file to loadtest, whose check must not refuse it, with Go workers and Locust's own. Its page answers
// during the run.
func TestLoadtestMasterOnly(t *testing.T) {
	t.Parallel()
	server := startTarget(t, target.Settings{})
	webPort := freePort(t)
	tab := string(readFile(t, repository(t, "internal", "e2e", "testdata", "tab.py")))
	l := startLoadtestIn(t, map[string]string{"shop.py": seesFiles, "my_tab.py": tab}, nil,
		"--host="+server.URL(), "-f", "shop.py,my_tab.py", "--users=4", "--duration=5", "--workers=1", "--python-workers=1",
		"--web-port="+webPort, "--", "--tab-text", "hello")
	web := webUI{base: "http://127.0.0.1:" + webPort}
	await(t, startLimit, func() error {
		page, err := web.request(t.Context(), "GET", "/tab", nil)
		if err == nil && string(page) != "hello 8" {
			err = fmt.Errorf("/tab = %q, want \"hello 8\"", page)
		}
		return err
	})
	l.wantExit(t, exitcode.OK, time.Minute)
	log := string(l.read(t, "locust_*.log"))
	if got := strings.Count(log, "my_"+tabLeftOut); got != 1 {
		t.Errorf("the log says %d times that my_tab.py is left out, want once: by the Go worker", got)
	}
	if got := strings.Count(log, "sees ['shop.py', 'my_tab.py'"); got != 3 { // the master has loadtest's own plug-in, too
		t.Errorf("%d processes see both files, want the master and two workers", got)
	}
	if served := server.Served().Total; served == 0 {
		t.Error("the target served nothing")
	}
}

// TestLoadtestEndsABusyMaster: however the end of the run finds the master, that is no exception of the locustfile's.
func TestLoadtestEndsABusyMaster(t *testing.T) {
	t.Parallel()
	server := startTarget(t, target.Settings{})
	shop, busy := string(readFile(t, repository(t, "locustfile.py"))), string(readFile(t, repository(t, "internal", "e2e", "testdata", "busy.py")))
	l := startLoadtestIn(t, map[string]string{"shop.py": shop, "busy.py": busy}, nil,
		"--host="+server.URL(), "--master-port="+freePort(t), "--web-port="+freePort(t), "-f", "shop.py,busy.py", "--users=4", "--duration=2", "--workers=1")
	l.wantExit(t, exitcode.OK, time.Minute)
	l.wantFiles(t)
	if log := l.read(t, "locust_*.log"); strings.Contains(string(log), "KeyboardInterrupt") {
		t.Error("the end of the run was an exception in the master")
	}
}
