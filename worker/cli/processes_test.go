package cli

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"gregaria/internal/exitcode"
)

// asChild makes the test binary a worker, so that runProcesses can start it again.
const asChild = "GREGARIA_TEST_CHILD"

func TestMain(m *testing.M) {
	if os.Getenv(asChild) != "" {
		os.Exit(Main(os.Args[1:]))
	}
	os.Exit(m.Run())
}

func TestProcesses(t *testing.T) {
	t.Setenv(asChild, "1")
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	out := notifying{need: 2, text: "Starting Gregaria worker", reached: cancel}
	code := (Program{}).run(ctx, []string{"--compiled", "--processes=2", "--master-port=1"}, &out, &out)
	text := out.buffer.String()
	if code != exitcode.OK || strings.Count(text, "Worker stopped") != 2 {
		t.Errorf("exit code %d, want 0 and two workers that stopped:\n%s", code, text)
	}
}

// TestProcessesHighestCode has children that give up: no master ever answers.
func TestProcessesHighestCode(t *testing.T) {
	t.Setenv(asChild, "1")
	t.Setenv("GREGARIA_CONNECT_TIMEOUT", "0.05")
	t.Setenv("GREGARIA_CONNECT_RETRY_COUNT", "1")
	out := notifying{need: 1, text: "no answer from the master", reached: func() {}}
	if code := (Program{}).run(t.Context(), []string{"--processes=2", "--master-port=1"}, &out, &out); code != exitcode.NoMaster {
		t.Errorf("exit code %d, want 255:\n%s", code, out.buffer.String())
	}
}

func TestExitCode(t *testing.T) {
	t.Parallel()
	if got := exitCode(exec.Command("sh", "-c", "exit 7").Run()); got != 7 {
		t.Errorf("of a process that exits with 7: %d", got)
	}
	if got := exitCode(exec.Command("sh", "-c", "kill -9 $$").Run()); got != exitcode.Died {
		t.Errorf("of a process that was killed: %d, want %d", got, exitcode.Died)
	}
	if got := exitCode(errors.New("wait")); got != exitcode.Died {
		t.Errorf("of a process that is lost: %d, want %d", got, exitcode.Died)
	}
}

// notifying calls reached when text has been written often enough. os/exec writes from one goroutine a child, and to one
// writer of two children from two: hence the lock.
type notifying struct {
	mu      sync.Mutex // guards buffer
	buffer  bytes.Buffer
	need    int
	text    string
	reached func()
}

func (n *notifying) Write(p []byte) (int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.buffer.Write(p)
	if strings.Count(n.buffer.String(), n.text) >= n.need {
		n.reached()
	}
	return len(p), nil
}
