package cli

import (
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"

	"gregaria/internal/exitcode"
	"gregaria/internal/resource"
)

const serverVariable = "GREGARIA_TEST_QUEUES"

// TestQueueOfThePort: of the two listeners of the process, the one whose port is named is shown, although the other's queue is fuller.
func TestQueueOfThePort(t *testing.T) {
	t.Parallel()
	if os.Getenv(serverVariable) != "" {
		queues(t)
		return
	}
	server := exec.CommandContext(t.Context(), "/proc/self/exe", "-test.run=^TestQueueOfThePort$") // the monitor does not watch itself
	server.Env = append(os.Environ(), serverVariable+"=1")
	in, err := server.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { in.Close(); _ = server.Wait() })
	var port string
	if _, err := fmt.Fscan(out, &port); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "metrics.csv")
	code, _, stderr := monitor(t.Context(), "--output", path, "--interval", "0.1", "--duration", "0.5", "--collect", "sockets", "--port", port)
	if code != exitcode.OK {
		t.Fatalf("monitor = %d, %q, want 0", code, stderr)
	}
	rows := read(t, path)
	last := rows[len(rows)-1]
	for column, want := range map[string]float64{resource.ProcessAcceptQueue: 5, resource.ProcessAcceptBacklog: 19, resource.ProcessAcceptQueuePercent: 25} {
		if got, ok := last.Value(column); !ok || got != want {
			t.Errorf("%s = %v, %v, want %v; %s", column, got, ok, want, stderr)
		}
	}
}

// queues is the process: two wait of two in one queue, five of twenty in the other, whose port it prints.
func queues(t *testing.T) {
	t.Helper()
	full, named := listenWith(t, 1), listenWith(t, 19)
	for range 2 {
		connect(t, full)
	}
	for range 5 {
		connect(t, named)
	}
	fmt.Println(named.Port)
	_, _ = io.ReadAll(os.Stdin)
}

func listenWith(t *testing.T, backlog int) *net.TCPAddr {
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
	var listenErr error
	if err := raw.Control(func(fd uintptr) { listenErr = unix.Listen(int(fd), backlog) }); err != nil || listenErr != nil {
		t.Fatal(err, listenErr)
	}
	return l.Addr().(*net.TCPAddr)
}

func connect(t *testing.T, to *net.TCPAddr) {
	t.Helper()
	c, err := net.DialTCP("tcp", nil, to)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
}
