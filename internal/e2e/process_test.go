//go:build e2e

package e2e

import (
	"bytes"
	"fmt"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// A command says what to start.
type command struct {
	name string // what it is called in messages
	path string
	args []string
	env  []string // added to the plain environment
}

// A process is one that a test started. It ends with the test at the latest; if the test fails, its output is shown.
type process struct {
	name   string
	cmd    *exec.Cmd
	output output
	done   chan struct{} // closed when it has ended and all its output is there
}

// start starts a process.
func start(t *testing.T, c command) *process {
	t.Helper()
	p := &process{name: c.name, cmd: exec.Command(c.path, c.args...), done: make(chan struct{})}
	p.cmd.Env = append(plainEnvironment(), c.env...)
	p.cmd.Stdout, p.cmd.Stderr = &p.output, &p.output
	// A grandchild that outlives it must not keep the test waiting for the end of its output.
	p.cmd.WaitDelay = time.Second
	// If go test itself is killed, the kernel kills what it started.
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	if err := p.cmd.Start(); err != nil {
		t.Fatalf("start %s: %v", c.name, err)
	}
	go func() {
		defer close(p.done)
		_ = p.cmd.Wait() // how it ended is in ProcessState
	}()
	t.Cleanup(func() {
		p.signal(syscall.SIGKILL)
		<-p.done
		if t.Failed() {
			t.Logf("%s, %v, wrote:\n%s", p.name, p.cmd.ProcessState, p.output.tail())
		}
	})
	return p
}

// pid is the process's id.
func (p *process) pid() int { return p.cmd.Process.Pid }

// signal sends a signal, unless the process has been waited for: then its id may be another's.
func (p *process) signal(signal syscall.Signal) { _ = p.cmd.Process.Signal(signal) }

// ended reports whether the process has ended.
func (p *process) ended() bool {
	select {
	case <-p.done:
		return true
	default:
		return false
	}
}

// wantExit waits until the process ends by itself, and wants that exit code.
func (p *process) wantExit(t *testing.T, code int, limit time.Duration) {
	t.Helper()
	select {
	case <-p.done:
	case <-time.After(limit):
		t.Fatalf("%s has not ended after %s, want exit code %d", p.name, limit, code)
	}
	if got := p.cmd.ProcessState.ExitCode(); got != code {
		t.Errorf("%s ended with %v, want exit code %d", p.name, p.cmd.ProcessState, code)
	}
}

// wantOutput returns an error if the process has not said that.
func (p *process) wantOutput(text string) error {
	if !strings.Contains(p.output.String(), text) {
		return fmt.Errorf("%s has not said %q", p.name, text)
	}
	return nil
}

// An output is what a process wrote to stdout and stderr.
type output struct {
	mu     sync.Mutex // guards buffer
	buffer bytes.Buffer
}

// Write takes what the process writes.
func (o *output) Write(data []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buffer.Write(data)
}

// String is all that was written so far.
func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buffer.String()
}

// tail is the end of it, as much as one wants to see of a process in the log of a failed test.
func (o *output) tail() string {
	const lines = 80
	all := strings.Split(strings.TrimRight(o.String(), "\n"), "\n")
	return strings.Join(all[max(0, len(all)-lines):], "\n")
}

// await asks again and again until check returns nil, and fails the test with check's last error after limit.
func await(t *testing.T, limit time.Duration, check func() error) {
	t.Helper()
	const pause = 50 * time.Millisecond
	deadline := time.Now().Add(limit)
	for {
		err := check()
		if err == nil {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("after %s: %v", limit, err)
		}
		time.Sleep(pause)
	}
}
