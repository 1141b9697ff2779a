// Package process starts the children of a run, keeps what they say, and ends them, so that none outlives the run.
package process

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"sync/atomic"
	"syscall"
	"time"
)

// OutputDelay is how long a dead child's output is still awaited, when a grandchild holds the pipe open.
const OutputDelay = 2 * time.Second

// A Spec says what to start.
type Spec struct {
	// Name is what the child is called in the log and in errors: "master", "worker 1".
	Name string
	// Path and Args are the program and its arguments, without the program's own name.
	Path string
	Args []string
	// Env is the child's environment. Nil means loadtest's own.
	Env []string
	// OnLine, if not nil, is called with each line of the child's output, from the goroutine that reads it.
	OnLine func(line string)
}

// A Process is a started child. Its methods may be called from several goroutines.
type Process struct {
	spec     Spec
	cmd      *exec.Cmd
	output   *lines
	stopping atomic.Bool
	done     chan struct{}
	state    State // written before done is closed, read after
}

// A State is how a process ended.
type State struct {
	// Code is the exit code, -1 if a signal ended the process.
	Code int
	// Signal is the signal that ended it, 0 if none did.
	Signal syscall.Signal
	// Forced says that Stop had to kill it, so it may not have written everything.
	Forced bool
}

// String says it as a sentence goes on after the process's name: "exited with code 2".
func (s State) String() string {
	if s.Signal != 0 {
		return fmt.Sprintf("was ended by a signal (%v)", s.Signal)
	}
	return fmt.Sprintf("exited with code %d", s.Code)
}

// Name is the child's name.
func (p *Process) Name() string { return p.spec.Name }

// PID is the child's process id.
func (p *Process) PID() int { return p.cmd.Process.Pid }

// Done is closed when the child has ended and all its output is in the log.
func (p *Process) Done() <-chan struct{} { return p.done }

// State says how the child ended. It waits for Done.
func (p *Process) State() State {
	<-p.done
	return p.state
}

// LastLine is the last line with text that the child wrote, "" if it wrote none: for a Python program that raised, the
// exception.
func (p *Process) LastLine() string { return p.output.last() }

// Refusal is why a Python program refused its arguments, as argparse says it: "PROGRAM: error: REASON". "" if it did not.
func (p *Process) Refusal() string { return p.output.refused() }

// wait collects the child's end, and then ends whatever else is left in its process group.
func (p *Process) wait() {
	err := p.cmd.Wait()
	p.output.flush()
	_ = syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL) // ESRCH, nearly always: nobody is left
	p.state.Code = p.cmd.ProcessState.ExitCode()
	if status, ok := p.cmd.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		p.state.Signal = status.Signal()
	}
	if unexpected := new(exec.ExitError); err != nil && !errors.As(err, &unexpected) && !errors.Is(err, exec.ErrWaitDelay) {
		p.output.note("output lost: " + err.Error())
	}
}

// Stop asks the child to end with each of the signals in turn, giving it grace for each, and then kills it with its
// whole process group. Cancelling ctx kills it at once. Stop returns when the child is gone; it may be called again.
func (p *Process) Stop(ctx context.Context, grace time.Duration, signals ...syscall.Signal) State {
	p.stopping.Store(true)
	for _, signal := range signals {
		_ = p.cmd.Process.Signal(signal) // an error says that it has ended already
		if p.waitFor(ctx, grace) {
			return p.state
		}
	}
	select {
	case <-p.done:
		return p.state
	default:
	}
	_ = syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL)
	<-p.done
	forced := p.state
	forced.Forced = true
	return forced
}

// waitFor reports whether the child ended within the time.
func (p *Process) waitFor(ctx context.Context, limit time.Duration) bool {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case <-p.done:
		return true
	case <-timer.C:
		return false
	case <-ctx.Done():
		return false
	}
}
