package collector

import (
	"bytes"
	"errors"
	"io"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"gregaria/internal/resource"
)

const namespaceVariable = "GREGARIA_TEST_NAMESPACE"

// inNamespace runs the calling test once more, in a process with a network namespace of its own: nobody else's packets are counted
// there. It returns true in that process, with a loopback that is up and the folder of its /sys.
func inNamespace(t *testing.T) (sys string, inside bool) {
	t.Helper()
	if os.Getenv(namespaceVariable) != t.Name() {
		child := exec.CommandContext(t.Context(), "/proc/self/exe", "-test.run=^"+t.Name()+"$", "-test.v")
		child.Env = append(os.Environ(), namespaceVariable+"="+t.Name())
		child.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNET | syscall.CLONE_NEWNS}
		out, err := child.CombinedOutput()
		if errors.Is(err, os.ErrPermission) {
			t.Skipf("no namespace can be made: %v", err)
		}
		if err != nil {
			t.Errorf("%v\n%s", err, out)
		} else if bytes.Contains(out, []byte("--- SKIP")) {
			t.Skipf("%s", out)
		}
		return "", false
	}
	sys = t.TempDir()
	for _, err := range []error{
		unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""),
		unix.Mount("sysfs", sys, "sysfs", 0, ""),
		linkUp("lo"),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { _ = unix.Unmount(sys, unix.MNT_DETACH) })
	return sys, true
}

func linkUp(name string) error {
	fd, err := unix.Socket(unix.AF_INET, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return err
	}
	defer unix.Close(fd)
	request, err := unix.NewIfreq(name)
	if err != nil {
		return err
	}
	request.SetUint16(unix.IFF_UP)
	return unix.IoctlIfreq(fd, unix.SIOCSIFFLAGS, request)
}

// listenWith returns a listener on loopback in whose queue backlog + 1 connections may wait.
func listenWith(t *testing.T, backlog int) (net.Listener, netip.AddrPort) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	raw, err := l.(*net.TCPListener).SyscallConn()
	if err != nil {
		t.Fatal(err)
	}
	if err := raw.Control(func(fd uintptr) { err = unix.Listen(int(fd), backlog) }); err != nil {
		t.Fatal(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return l, l.Addr().(*net.TCPAddr).AddrPort()
}

// connect makes connections, one by one until no more are taken; the rest wait in vain for 0.3 s together.
func connect(t *testing.T, to netip.AddrPort, tries int) (open []*net.TCPConn) {
	t.Helper()
	var rest sync.WaitGroup
	dial := func() net.Conn {
		c, err := net.DialTimeout("tcp", to.String(), 300*time.Millisecond)
		if err != nil {
			return nil
		}
		t.Cleanup(func() { c.Close() })
		return c
	}
	for range tries {
		c := dial()
		if c == nil {
			for range tries - len(open) - 1 {
				rest.Go(func() { _ = dial() })
			}
			break
		}
		open = append(open, c.(*net.TCPConn))
	}
	rest.Wait()
	return open
}

// accept takes a connection.
func accept(t *testing.T, l net.Listener) *net.TCPConn {
	t.Helper()
	c, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c.(*net.TCPConn)
}

// pair makes one connection.
func pair(t *testing.T, l net.Listener, at netip.AddrPort) (client, server *net.TCPConn) {
	t.Helper()
	client = connect(t, at, 1)[0]
	return client, accept(t, l)
}

// waitForEnd reads until the other side has closed.
func waitForEnd(t *testing.T, c net.Conn) {
	t.Helper()
	if _, err := io.Copy(io.Discard, c); err != nil && !errors.Is(err, syscall.ECONNRESET) {
		t.Fatal(err)
	}
}

// byColumn are the cells of a collector by column, after a Collect that may not fail.
func byColumn(t *testing.T, c Collector) map[string]resource.Cell {
	t.Helper()
	row, err := collect(c)
	if err != nil {
		t.Fatal(err)
	}
	cells := map[string]resource.Cell{}
	for i, column := range c.Columns() {
		cells[column] = row[i]
	}
	return cells
}

// command runs ip.
func command(t *testing.T, args ...string) {
	t.Helper()
	path, err := exec.LookPath("ip")
	if err != nil {
		path = "/usr/sbin/ip"
	}
	if out, err := exec.CommandContext(t.Context(), path, args...).CombinedOutput(); err != nil {
		t.Skipf("ip %q: %v: %s", args, err, out)
	}
}

// write makes a file of a recording.
func write(t *testing.T, folder, name, data string) {
	t.Helper()
	path := filepath.Join(folder, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
		t.Fatal(err)
	}
}
