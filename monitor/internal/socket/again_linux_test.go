package socket

import (
	"context"
	"net"
	"net/netip"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// listenAs listens in a way of its own.
func listenAs(t *testing.T, network, address string, option func(fd int) error) net.Listener {
	t.Helper()
	config := net.ListenConfig{Control: func(_, _ string, c syscall.RawConn) (err error) {
		if controlErr := c.Control(func(fd uintptr) { err = option(int(fd)) }); controlErr != nil {
			return controlErr
		}
		return err
	}}
	l, err := config.Listen(context.Background(), network, address)
	if err != nil {
		t.Skipf("listen at %s: %v", address, err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

// listed is what the table shows of a listener.
func listed(t *testing.T, table *Table, l net.Listener) (list []Socket) {
	t.Helper()
	port := l.Addr().(*net.TCPAddr).AddrPort().Port()
	if err := table.Visit(Listening, func(s *Socket) {
		if s.Local.Port() == port {
			list = append(list, *s)
		}
	}); err != nil {
		t.Fatal(err)
	}
	return list
}

// TestAgain: a listener by itself is what it is in the list, in whatever way it listens. It is not parallel: connections that come and go move
// the lines of the kernel's files, which TestTablesAgree reads.
func TestAgain(t *testing.T) {
	table := both(t, "/proc/self")["netlink"]
	none := func(int) error { return nil }
	onLoopback := func(fd int) error { return unix.BindToDevice(fd, "lo") }
	for _, c := range []struct {
		why, network, address string
		option                func(int) error
	}{
		{"IPv4", "tcp4", "127.0.0.1:0", none},
		{"every address of IPv4", "tcp4", "0.0.0.0:0", none},
		{"IPv6", "tcp6", "[::1]:0", none},
		{"every address of IPv6", "tcp6", "[::]:0", none},
		{"every address of both", "tcp", ":0", none},
		{"an address of IPv4 on a socket of IPv6", "tcp", "127.0.0.1:0", none},
		{"one interface", "tcp4", "0.0.0.0:0", onLoopback},
	} {
		l := listenAs(t, c.network, c.address, c.option)
		before := listed(t, table, l)
		if len(before) != 1 {
			t.Fatalf("%s: listed = %v, want one", c.why, before)
		}
		port := l.Addr().(*net.TCPAddr).AddrPort().Port()
		host := "127.0.0.1"
		if c.network == "tcp6" {
			host = "::1"
		}
		for range 3 {
			conn, err := net.DialTimeout("tcp", netip.AddrPortFrom(netip.MustParseAddr(host), port).String(), time.Second)
			if err != nil {
				t.Fatalf("%s: %v", c.why, err)
			}
			defer conn.Close()
		}
		again := before[0]
		if !table.Again(&again) || again.Queue != 3 || again.Backlog != before[0].Backlog || again.Backlog == 0 {
			t.Errorf("%s: %v again = %v, want a queue of 3", c.why, before[0], again)
		}
		if after := listed(t, table, l); len(after) != 1 || after[0] != again {
			t.Errorf("%s: listed = %v, asked for alone %v", c.why, after, again)
		}
		l.Close()
		if table.Again(&again) {
			t.Errorf("%s: it is closed and is there again", c.why)
		}
	}
	if err := table.Visit(Listening, func(*Socket) {}); err != nil {
		t.Errorf("Visit after sockets that were not there = %v", err)
	}
}

// TestAgainOfSeveral: of listeners that share an address the kernel shows one, and it is never taken for another.
func TestAgainOfSeveral(t *testing.T) {
	t.Parallel()
	table := both(t, "/proc/self")["netlink"]
	shared := func(fd int) error { return unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_REUSEPORT, 1) }
	first := listenAs(t, "tcp4", "127.0.0.1:0", shared)
	for range 3 {
		listenAs(t, "tcp4", first.Addr().String(), shared)
	}
	list := listed(t, table, first)
	if len(list) != 4 {
		t.Fatalf("listed = %v, want four", list)
	}
	there := 0
	for _, s := range list {
		inode := s.Inode
		if table.Again(&s) {
			there++
		}
		if s.Inode != inode {
			t.Errorf("socket %d has become %d", inode, s.Inode)
		}
	}
	if there > 1 {
		t.Errorf("%d of four that cannot be told apart were found", there)
	}
	recorded, err := openFiles("/proc/self", errRecording)
	if err != nil {
		t.Fatal(err)
	}
	defer recorded.Close()
	if recorded.Again(&list[0]) {
		t.Error("a table of files has found a socket by itself")
	}
}
