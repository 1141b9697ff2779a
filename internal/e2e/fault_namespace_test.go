//go:build e2e

package e2e

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// A namespace is a network of its own: its own loopback, its own addresses.
type namespace struct{ name string }

// within is what a command starts with to run in the namespace.
func (n namespace) within() []string { return []string{"ip", "netns", "exec", n.name} }

// newNamespace makes a namespace that goes with the test, and what still runs in it before.
func newNamespace(t *testing.T, suffix string) namespace {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("network namespaces need root")
	}
	n := namespace{"gregaria-" + strconv.Itoa(os.Getpid()) + "-" + suffix}
	if output, err := exec.Command("ip", "netns", "add", n.name).CombinedOutput(); err != nil {
		t.Skipf("network namespaces cannot be made here: %v: %s", err, output)
	}
	t.Cleanup(func() {
		pids, _ := exec.Command("ip", "netns", "pids", n.name).Output()
		for _, field := range strings.Fields(string(pids)) {
			if pid, err := strconv.Atoi(field); err == nil && pid != os.Getpid() {
				_ = syscall.Kill(pid, syscall.SIGKILL)
			}
		}
		ip(t, "netns", "del", n.name)
	})
	ip(t, "-n", n.name, "link", "set", "lo", "up")
	return n
}

// link joins two namespaces by a cable whose ends, called cable, have these addresses.
func link(t *testing.T, a, b namespace, addressA, addressB string) {
	t.Helper()
	ip(t, "link", "add", "cable", "netns", a.name, "type", "veth", "peer", "name", "cable", "netns", b.name)
	ip(t, "-n", a.name, "address", "add", addressA+"/24", "dev", "cable")
	ip(t, "-n", b.name, "address", "add", addressB+"/24", "dev", "cable")
	a.plug(t, true)
	b.plug(t, true)
}

// plug plugs the cable in, or pulls it out.
func (n namespace) plug(t *testing.T, in bool) {
	t.Helper()
	state := "down"
	if in {
		state = "up"
	}
	ip(t, "-n", n.name, "link", "set", "cable", state)
}

func ip(t *testing.T, args ...string) {
	t.Helper()
	if output, err := exec.Command("ip", args...).CombinedOutput(); err != nil {
		t.Fatalf("ip %s: %v: %s", strings.Join(args, " "), err, output)
	}
}

// reach makes an address in the namespace reachable for the test and returns where.
func (n namespace) reach(t *testing.T, address string) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(func() {
		cancel()
		listener.Close()
	})
	go func() {
		for {
			near, err := listener.Accept()
			if err != nil {
				return
			}
			go n.forward(ctx, near, address)
		}
	}()
	return listener.Addr().String()
}

func (n namespace) forward(ctx context.Context, near net.Conn, address string) {
	defer near.Close()
	far, err := n.dial(address)
	if err != nil {
		return
	}
	defer far.Close()
	defer context.AfterFunc(ctx, func() { near.Close(); far.Close() })()
	go func() {
		_, _ = io.Copy(far, near)
		far.Close()
	}()
	_, _ = io.Copy(near, far)
}

// dial connects inside the namespace: a socket belongs to the namespace that its thread was in when it was made.
func (n namespace) dial(address string) (net.Conn, error) {
	type result struct {
		conn net.Conn
		err  error
	}
	done := make(chan result)
	go func() { // of its own: unless it can go back, its thread must end with it
		runtime.LockOSThread()
		home, err := enter("/proc/thread-self/ns/net", "/var/run/netns/"+n.name)
		if err != nil {
			done <- result{nil, err}
			return
		}
		defer home.Close()
		conn, err := net.DialTimeout("tcp", address, 2*time.Second)
		if unix.Setns(int(home.Fd()), unix.CLONE_NEWNET) == nil {
			runtime.UnlockOSThread()
		}
		done <- result{conn, err}
	}()
	r := <-done
	return r.conn, r.err
}

// enter moves the thread into a namespace and returns the one it was in.
func enter(current, next string) (home *os.File, err error) {
	file, err := os.Open(next)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if home, err = os.Open(current); err != nil {
		return nil, err
	}
	if err := unix.Setns(int(file.Fd()), unix.CLONE_NEWNET); err != nil {
		home.Close()
		return nil, fmt.Errorf("enter %s: %w", next, err)
	}
	return home, nil
}
