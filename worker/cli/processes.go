package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"syscall"

	"gregaria/internal/exitcode"
)

// runProcesses runs the worker as several processes (Locust's --processes) and returns the highest of their exit codes,
// as locust/main.py does. One process of this worker uses all cores, so this is rarely needed: for more than one node in
// the master's list, or to keep a limit of each process apart.
//
// The children are ended by SIGTERM when ctx is, and by the kernel should this process be killed.
func runProcesses(ctx context.Context, n int, args []string, stdout, stderr io.Writer) int {
	self, err := os.Executable()
	if err != nil {
		return fail(stderr, exitcode.NotReady, fmt.Errorf("find this program to start it again: %w", err))
	}
	runtime.LockOSThread() // the kernel watches the thread that started a child, not the process
	defer runtime.UnlockOSThread()
	var children []*exec.Cmd
	for range n {
		child := exec.Command(self, append(args[:len(args):len(args)], "--processes=1")...)
		child.Stdout, child.Stderr = stdout, stderr
		child.SysProcAttr = childAttributes()
		if err := child.Start(); err != nil {
			signalAll(children, syscall.SIGTERM)
			_ = waitAll(children)
			return fail(stderr, exitcode.NotReady, fmt.Errorf("start process %d of %d: %w", len(children)+1, n, err))
		}
		children = append(children, child)
	}
	unhook := context.AfterFunc(ctx, func() { signalAll(children, syscall.SIGTERM) })
	defer unhook()
	return waitAll(children)
}

// processCount is how many processes --processes asks for: -1 means one for each core.
func processCount(n int) int {
	if n == -1 {
		return runtime.NumCPU()
	}
	return n
}

func signalAll(children []*exec.Cmd, signal syscall.Signal) {
	for _, c := range children {
		_ = c.Process.Signal(signal) // one that has ended needs none
	}
}

// waitAll returns the highest exit code.
func waitAll(children []*exec.Cmd) int {
	codes := make([]int, len(children))
	var wg sync.WaitGroup
	for i, c := range children {
		wg.Go(func() { codes[i] = exitCode(c.Wait()) })
	}
	wg.Wait()
	highest := exitcode.OK
	for _, code := range codes {
		highest = max(highest, code)
	}
	return highest
}

// exitCode is a child's exit code; one that a signal ended counts as having died.
func exitCode(err error) int {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return exitcode.OK
	case errors.As(err, &exit) && exit.ExitCode() >= 0:
		return exit.ExitCode()
	default:
		return exitcode.Died
	}
}
