package collector

import (
	"testing"

	"golang.org/x/sys/unix"

	"gregaria/monitor/internal/socket"
)

// TestHostProc: a container that has the host's /proc mounted measures the network of the host, not its own.
func TestHostProc(t *testing.T) {
	if _, inside := inNamespace(t); !inside {
		return
	}
	host := t.TempDir()
	if err := unix.Mount("/proc", host, "", unix.MS_BIND|unix.MS_REC, ""); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = unix.Unmount(host, unix.MNT_DETACH) })
	own, err := openNetwork(Settings{Proc: "/proc"})
	if err != nil {
		t.Fatal(err)
	}
	hosts, err := openNetwork(Settings{Proc: host})
	if err != nil {
		t.Fatal(err)
	}
	if ours, theirs := len(own.(*network).links.list), len(hosts.(*network).links.list); ours >= theirs {
		t.Errorf("%d interfaces here, %d of the host, want more there than a loopback", ours, theirs)
	}
	l, address := listenWith(t, 1)
	defer l.Close()
	sockets, err := newSockets(host, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range []struct {
		space space
		want  bool
	}{{sockets.census.machine, false}, {space{folder: "/proc/self"}, true}} {
		if err := table.space.enter(table.space.folder); err != nil {
			t.Fatal(err)
		}
		seen := false
		if err := table.space.visit(socket.Listening, func(s *socket.Socket) { seen = seen || s.Local == address }); err != nil || seen != table.want {
			t.Errorf("our listener is seen in %s: %v, %v, want %v", table.space.id, seen, err, table.want)
		}
	}
}
