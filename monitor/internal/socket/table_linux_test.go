package socket

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// listen returns a listener on loopback in whose queue backlog + 1 connections may wait.
func listen(backlog int) (net.Listener, netip.AddrPort, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, netip.AddrPort{}, err
	}
	raw, err := l.(*net.TCPListener).SyscallConn()
	if err != nil {
		return nil, netip.AddrPort{}, err
	}
	if controlErr := raw.Control(func(fd uintptr) { err = unix.Listen(int(fd), backlog) }); controlErr != nil {
		return nil, netip.AddrPort{}, controlErr
	}
	return l, l.Addr().(*net.TCPAddr).AddrPort(), err
}

// fill connects so often, one by one until the queue takes no more, and returns what it took. Subtle: connections that come
// at the same moment are one more than the queue has room for.
func fill(to netip.AddrPort, tries int) (open []net.Conn) {
	var rest sync.WaitGroup
	dial := func() net.Conn {
		c, err := net.DialTimeout("tcp", to.String(), 300*time.Millisecond)
		if err != nil {
			return nil
		}
		return c
	}
	for range tries {
		if c := dial(); c != nil {
			open = append(open, c)
			continue
		}
		for range tries - len(open) - 1 {
			rest.Go(func() { _ = dial() })
		}
		break
	}
	rest.Wait()
	return open
}

// both opens the table of a process twice: through netlink, and with its files.
func both(t *testing.T, folder string) map[string]*Table {
	t.Helper()
	asked, err := Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(asked.Close)
	if ok, why := asked.Backlogs(); errors.Is(why, fs.ErrPermission) || errors.Is(why, unix.ENOENT) {
		t.Skipf("no netlink here: %v", why)
	} else if !ok {
		t.Fatal(why)
	}
	read, err := openFiles(folder, errRecording)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(read.Close)
	return map[string]*Table{"netlink": asked, "files": read}
}

// at returns the sockets with a local address.
func at(t *testing.T, table *Table, states States, local netip.AddrPort) (list []Socket) {
	t.Helper()
	err := table.Visit(states, func(s *Socket) {
		if s.Local == local {
			list = append(list, *s)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestFullQueue(t *testing.T) {
	t.Parallel()
	l, address, err := listen(2)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for _, c := range fill(address, 10) {
		defer c.Close()
	}
	for name, table := range both(t, "/proc/self") {
		got := at(t, table, Listening, address)
		if len(got) != 1 || got[0].Queue != 3 || got[0].Inode == 0 {
			t.Errorf("%s: listeners = %v, want one in whose queue 3 wait", name, got)
		}
		want := map[string]uint32{"netlink": 2}[name] // the files do not show it
		if len(got) == 1 && got[0].Backlog != want {
			t.Errorf("%s: backlog = %d, want %d", name, got[0].Backlog, want)
		}
	}
}

func TestStates(t *testing.T) {
	t.Parallel()
	l, address, err := listen(10)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for i := range 3 {
		c := fill(address, 1)[0]
		defer c.Close()
		server, err := l.Accept()
		if err != nil {
			t.Fatal(err)
		}
		defer server.Close()
		if i == 0 {
			if err := c.(*net.TCPConn).CloseWrite(); err != nil {
				t.Fatal(err)
			}
			if _, err := io.ReadAll(io.LimitReader(server, 1)); err != nil && !errors.Is(err, io.EOF) {
				t.Fatal(err)
			}
		}
		if i == 1 { // who closes first has TIME_WAIT, here the server
			server.Close()
			if _, err := io.ReadAll(c); err != nil {
				t.Fatal(err)
			}
			c.Close()
		}
	}
	for name, table := range both(t, "/proc/self") {
		for _, c := range []struct {
			state State
			want  int
		}{{CloseWait, 1}, {Established, 1}, {Listen, 1}, {SynReceived, 0}} {
			if got := at(t, table, 1<<c.state, address); len(got) != c.want {
				t.Errorf("%s: sockets in state %d = %v, want %d", name, c.state, got, c.want)
			}
		}
	}
}

// TestTablesAgree: what the kernel says in two ways is the same.
func TestTablesAgree(t *testing.T) {
	t.Parallel()
	l, address, err := listen(100)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for _, c := range fill(address, 50) {
		defer c.Close()
	}
	tables := both(t, "/proc/self")
	asked, read := at(t, tables["netlink"], Connected, address), at(t, tables["files"], Connected, address)
	if len(asked) != 50 || len(read) != 50 {
		t.Fatalf("netlink has %d, the files %d connections, want 50", len(asked), len(read))
	}
	seen := map[netip.AddrPort]Socket{}
	for _, s := range asked {
		seen[s.Remote] = s
	}
	for _, s := range read {
		if seen[s.Remote] != s {
			t.Errorf("netlink has %v, the files %v", seen[s.Remote], s)
		}
	}
}

// TestNamespace: the table is that of the process, and stays so when it has ended.
func TestNamespace(t *testing.T) {
	t.Parallel()
	pid, address := elsewhere(t)
	folder := fmt.Sprintf("/proc/%d", pid)
	for name, table := range both(t, folder) {
		if got := at(t, table, Listening, address); len(got) != 1 || got[0].Queue != 3 {
			t.Errorf("%s: listeners there = %v, want one in whose queue 3 wait", name, got)
		}
		if ours := at(t, mustOpen(t, "/proc/self"), Listening, address); len(ours) != 0 {
			t.Errorf("the listener is here too: %v", ours)
		}
	}
	// the thread that went there did not take /proc/self/net with it
	if data, err := os.ReadFile("/proc/self/net/dev"); err != nil || strings.Count(string(data), "\n") < 4 {
		t.Errorf("/proc/self/net/dev = %q, %v, want more than a loopback", data, err)
	}
}

func mustOpen(t *testing.T, folder string) *Table {
	t.Helper()
	table, err := Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(table.Close)
	return table
}

const elsewhereVariable = "GREGARIA_TEST_NAMESPACE"

// elsewhere starts this test in a network namespace of its own, with a listener of a full queue.
func elsewhere(t *testing.T) (pid int, address netip.AddrPort) {
	t.Helper()
	child := exec.CommandContext(t.Context(), "/proc/self/exe", "-test.run=^TestElsewhere$")
	child.Env = append(os.Environ(), elsewhereVariable+"=1")
	child.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNET}
	in, err := child.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Skipf("no namespace can be made: %v", err)
	}
	t.Cleanup(func() { in.Close(); _ = child.Wait() })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return child.Process.Pid, netip.MustParseAddrPort(strings.TrimSpace(line))
}

// TestElsewhere is the process that elsewhere starts.
func TestElsewhere(t *testing.T) {
	if os.Getenv(elsewhereVariable) == "" {
		t.Skip("started by other tests")
	}
	if err := loopbackUp(); err != nil {
		t.Fatal(err)
	}
	l, address, err := listen(2)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for _, c := range fill(address, 10) {
		defer c.Close()
	}
	fmt.Println(address)
	_, _ = io.ReadAll(os.Stdin)
}

func loopbackUp() error {
	fd, err := unix.Socket(unix.AF_INET, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return err
	}
	defer unix.Close(fd)
	request, err := unix.NewIfreq("lo")
	if err != nil {
		return err
	}
	request.SetUint16(unix.IFF_UP)
	return unix.IoctlIfreq(fd, unix.SIOCSIFFLAGS, request)
}

func TestOpenOfRecordings(t *testing.T) {
	t.Parallel()
	table := mustOpen(t, "testdata/linux-4.9") // IPv6 is off: there is no tcp6
	if ok, why := table.Backlogs(); ok || !errors.Is(why, errRecording) {
		t.Errorf("Backlogs = %v, %v, want none", ok, why)
	}
	got, err := table.Listeners()
	if err != nil || len(got) != 2 || got[0].Local.Port() != 8000 || got[0].Queue != 3 {
		t.Errorf("Listeners = %v, %v, want two, 3 waiting on 8000", got, err)
	}
	for _, absent := range []string{t.TempDir(), filepath.Join(t.TempDir(), "absent"), "/proc/0"} {
		if _, err := Open(absent); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("Open(%s) = %v, want %v", absent, err, fs.ErrNotExist)
		}
	}
}

func BenchmarkVisit(b *testing.B) {
	for _, connections := range []int{0, 500, 5000} { // each has two sockets here
		l, address, err := listen(connections)
		if err != nil {
			b.Fatal(err)
		}
		open := fill(address, connections)
		for _, c := range []struct {
			name   string
			states States
		}{{"listening", Listening}, {"all", Listening | Connected}} {
			for name, table := range bothOf(b) {
				b.Run(fmt.Sprintf("%s/%s/%d", name, c.name, 2*len(open)), func(b *testing.B) {
					b.ReportAllocs()
					n := 0
					for b.Loop() {
						n = 0
						if err := table.Visit(c.states, func(*Socket) { n++ }); err != nil {
							b.Fatal(err)
						}
					}
					b.ReportMetric(float64(n), "sockets")
				})
			}
		}
		for _, c := range open {
			c.Close()
		}
		l.Close()
	}
}

func bothOf(b *testing.B) map[string]*Table {
	asked, err := Open("/proc/self")
	if err != nil {
		b.Fatal(err)
	}
	read, err := openFiles("/proc/self", errRecording)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { asked.Close(); read.Close() })
	return map[string]*Table{"netlink": asked, "files": read}
}

// BenchmarkAgain is a listening socket by itself: beside listening/0 of BenchmarkVisit.
func BenchmarkAgain(b *testing.B) {
	l, address, err := listen(1)
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close()
	table := bothOf(b)["netlink"]
	s := Socket{}
	if err := table.Visit(Listening, func(one *Socket) {
		if one.Local == address {
			s = *one
		}
	}); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if !table.Again(&s) {
			b.Fatal("it is not there")
		}
	}
}
