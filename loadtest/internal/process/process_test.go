package process_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"gregaria/loadtest/internal/process"
)

// patience is how long a test waits for something that takes milliseconds.
const patience = 10 * time.Second

// roleVariable tells the test binary, started as a child, which role to play.
const roleVariable = "PROCESS_TEST_ROLE"

func TestMain(m *testing.M) {
	switch os.Getenv(roleVariable) {
	case "":
		os.Exit(m.Run())
	case "speak": // says who it is, then waits for SIGTERM
		terminated := make(chan os.Signal, 1)
		signal.Notify(terminated, syscall.SIGTERM)
		fmt.Println("ready", os.Getpid())
		<-terminated
		fmt.Print("goodbye") // no newline at its end
		os.Exit(7)
	case "stubborn": // ignores what it is asked
		signal.Ignore(syscall.SIGTERM, syscall.SIGINT)
		fmt.Println("ready", os.Getpid())
		time.Sleep(time.Minute) // not select{}: the runtime would call it a deadlock and end the child
	case "traceback":
		fmt.Fprint(os.Stderr, "Traceback (most recent call last):\nModuleNotFoundError: No module named 'numpy'\n\n")
		os.Exit(1)
	case "parent": // starts a stubborn child, as loadtest starts a master, and waits to be killed
		group := process.NewGroup(process.NewLog(os.Stdout, func(error) {}), func(*process.Process) {})
		if _, err := group.Start(spec("stubborn", nil)); err != nil {
			fmt.Println(err)
		}
		time.Sleep(time.Minute)
	}
}

// spec starts this test binary in a role.
func spec(role string, onLine func(string)) process.Spec {
	return process.Spec{Name: role, Path: os.Args[0], Env: append(os.Environ(), roleVariable+"="+role), OnLine: onLine}
}

// A safeBuffer is a log file in memory.
type safeBuffer struct {
	mu sync.Mutex
	bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.Write(p)
}

func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.String()
}

// start starts a child in a role and waits for its first line.
func start(t *testing.T, group *process.Group, role string) (*process.Process, string) {
	t.Helper()
	first := make(chan string, 100)
	p, err := group.Start(spec(role, func(line string) { first <- line }))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Stop(context.Background(), 0) })
	select {
	case line := <-first:
		return p, line
	case <-time.After(patience):
		t.Fatalf("%s said nothing", role)
		return nil, ""
	}
}

// newGroup returns a group, its log, and the channel of the children that died.
func newGroup(t *testing.T) (*process.Group, *safeBuffer, <-chan *process.Process) {
	t.Helper()
	var log safeBuffer
	died := make(chan *process.Process, 10)
	group := process.NewGroup(process.NewLog(&log, func(err error) { t.Error(err) }), func(p *process.Process) { died <- p })
	t.Cleanup(group.Close)
	return group, &log, died
}

func TestStopAsksAndKeepsTheLastWords(t *testing.T) {
	t.Parallel()
	group, log, died := newGroup(t)
	p, _ := start(t, group, "speak")
	state := p.Stop(t.Context(), patience, syscall.SIGTERM)
	if want := (process.State{Code: 7}); state != want {
		t.Errorf("Stop() = %+v, want %+v", state, want)
	}
	if got := p.LastLine(); got != "goodbye" {
		t.Errorf("LastLine() = %q, want the line without a newline at its end, %q", got, "goodbye")
	}
	if !strings.Contains(log.String(), "speak | ready") || !strings.HasSuffix(log.String(), "speak | goodbye\n") {
		t.Errorf("log = %q, want whole lines after the child's name", log)
	}
	select {
	case p := <-died:
		t.Errorf("%s was reported as died, but it was asked to stop", p.Name())
	default:
	}
}

func TestStopEscalatesToKill(t *testing.T) {
	t.Parallel()
	group, _, _ := newGroup(t)
	p, _ := start(t, group, "stubborn")
	state := p.Stop(t.Context(), 50*time.Millisecond, syscall.SIGINT, syscall.SIGTERM)
	if want := (process.State{Code: -1, Signal: syscall.SIGKILL, Forced: true}); state != want {
		t.Errorf("Stop() = %+v, want %+v", state, want)
	}
}

func TestStopKillsAtOnceWhenCancelled(t *testing.T) {
	t.Parallel()
	group, _, _ := newGroup(t)
	p, _ := start(t, group, "stubborn")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	begun := time.Now()
	p.Stop(ctx, time.Hour, syscall.SIGTERM)
	if took := time.Since(begun); took > patience {
		t.Errorf("Stop() took %v after the cancellation, want it at once", took)
	}
}

func TestUnexpectedEndIsReportedOnce(t *testing.T) {
	t.Parallel()
	group, _, died := newGroup(t)
	p, err := group.Start(spec("traceback", nil))
	if err != nil {
		t.Fatal(err)
	}
	select {
	case got := <-died:
		if got != p || got.State().Code != 1 {
			t.Errorf("died = %s with %+v, want traceback with code 1", got.Name(), got.State())
		}
	case <-time.After(patience):
		t.Fatal("the end of the child was not reported")
	}
	if want := "ModuleNotFoundError: No module named 'numpy'"; p.LastLine() != want {
		t.Errorf("LastLine() = %q, want the exception %q", p.LastLine(), want)
	}
}

func TestStartNamesWhatCannotBeStarted(t *testing.T) {
	t.Parallel()
	group, _, _ := newGroup(t)
	_, err := group.Start(process.Spec{Name: "worker 1", Path: "/nonexistent/worker"})
	if err == nil || !strings.Contains(err.Error(), "worker 1") || !errors.Is(err, os.ErrNotExist) {
		t.Errorf("Start() = %v, want an error that names worker 1 and wraps ErrNotExist", err)
	}
}

func TestLogReportsItsFirstFailureAndGoesOn(t *testing.T) {
	t.Parallel()
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skipf("this system has no /dev/full: %v", err)
	}
	defer full.Close()
	failures := make(chan error, 10)
	log := process.NewLog(full, func(err error) { failures <- err })
	log.Print("one")
	log.Print("two")
	if err := <-failures; !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("failure = %v, want %v", err, syscall.ENOSPC)
	}
	if len(failures) > 0 {
		t.Error("the second write was reported too, want only the first")
	}
}

// alive reports whether a process with the id runs.
func alive(pid int) bool { return syscall.Kill(pid, 0) == nil && !zombie(pid) }

// gone reports whether no process has the id, within the patience of a test.
func gone(pid int) bool {
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if !alive(pid) {
			return true
		}
	}
	return false
}

// zombie reports whether the process has ended and only waits for a parent to ask how: in a container without an init
// nobody may.
func zombie(pid int) bool {
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	return err == nil && strings.Contains(string(stat), ") Z ")
}
