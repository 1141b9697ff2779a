package zmq

import (
	"fmt"
	"net"
	"os"
	"syscall"
	"testing"
	"time"

	"github.com/zeromq/goczmq"
	"golang.org/x/sys/unix"

	"gregaria/worker/internal/locust"
)

var _ locust.Conn = (*Dealer)(nil)

// A router is the peer of the tests: a ROUTER socket, as a Locust master has.
type router struct {
	t    *testing.T
	sock *goczmq.Sock
	port int
}

func listen(t *testing.T, endpoint string) *router {
	t.Helper()
	sock := goczmq.NewSock(goczmq.Router)
	port, err := sock.Bind(endpoint)
	if err != nil {
		t.Fatalf("bind %s: %v", endpoint, err)
	}
	sock.SetOption(goczmq.SockSetLinger(1000))
	return &router{t, sock, port}
}

// recv returns the next message and who sent it.
func (r *router) recv() (id, frame string) {
	r.t.Helper()
	id, frame, ok := r.within(10 * time.Second)
	if !ok {
		r.t.Fatal("no message within 10 s")
	}
	return id, frame
}

// within reads a message of two frames. A signal may interrupt each of the two calls, which is then repeated.
func (r *router) within(d time.Duration) (id, frame string, ok bool) {
	var parts []string
	for deadline := time.Now().Add(d); len(parts) < 2 && time.Now().Before(deadline); {
		if goczmq.Events(r.sock)&goczmq.Pollin == 0 {
			time.Sleep(100 * time.Microsecond)
			continue
		}
		if part, _, err := r.sock.RecvFrame(); err == nil {
			parts = append(parts, string(part))
		}
	}
	if len(parts) < 2 {
		return "", "", false
	}
	return parts[0], parts[1], true
}

func (r *router) send(id, frame string) {
	for r.sock.SendFrame([]byte(id), goczmq.FlagMore) != nil {
	}
	for r.sock.SendFrame([]byte(frame), goczmq.FlagNone) != nil {
	}
}

func (r *router) close() { r.sock.Destroy() }

func next(t *testing.T, d *Dealer) string {
	t.Helper()
	select {
	case frame := <-d.Receive():
		return string(frame)
	case <-time.After(10 * time.Second):
		t.Fatal("no message within 10 s")
		return ""
	}
}

func connect(t *testing.T, port int, identity string) *Dealer {
	t.Helper()
	d, err := Dial("127.0.0.1", port, identity)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestBothWays(t *testing.T) {
	r := listen(t, "tcp://127.0.0.1:*")
	defer r.close()
	d := connect(t, r.port, "host_1")
	defer d.Close(0)
	d.Send([]byte("hello"))
	if id, frame := r.recv(); id != "host_1" || frame != "hello" {
		t.Errorf("the master got %q from %q", frame, id)
	}
	r.send("host_1", "welcome")
	if got := next(t, d); got != "welcome" {
		t.Errorf("the worker got %q", got)
	}
}

// TestNothingIsLostToSignals exchanges many messages while signals interrupt libzmq's calls, which a socket that does
// not repeat them answers with lost messages.
func TestNothingIsLostToSignals(t *testing.T) {
	r := listen(t, "tcp://127.0.0.1:*")
	defer r.close()
	d := connect(t, r.port, "host_1")
	defer d.Close(0)
	storm := make(chan struct{})
	calm := make(chan struct{})
	defer func() { close(storm); <-calm }()
	go func() {
		defer close(calm)
		for {
			select {
			case <-storm:
				return
			default:
				_ = syscall.Kill(os.Getpid(), syscall.SIGURG) // what the runtime preempts goroutines with
			}
		}
	}()
	const messages = 5000
	go func() {
		for i := range messages {
			d.Send([]byte(fmt.Sprint(i)))
		}
	}()
	for i := range messages {
		if _, frame := r.recv(); frame != fmt.Sprint(i) {
			t.Fatalf("message %d is %q: lost or out of order", i, frame)
		}
		r.send("host_1", fmt.Sprint(-i))
		if got := next(t, d); got != fmt.Sprint(-i) {
			t.Fatalf("answer %d is %q: lost or out of order", i, got)
		}
	}
}

func TestPeerComesLater(t *testing.T) {
	free, err := net.Listen("tcp", "127.0.0.1:0") // not a ZeroMQ socket: those close some time later, and take messages until then
	if err != nil {
		t.Fatal(err)
	}
	port := free.Addr().(*net.TCPAddr).Port
	free.Close()
	d := connect(t, port, "host_1")
	defer d.Close(0)
	const more = 1500 // more than libzmq queues: the rest waits in the Dealer
	for i := range more {
		d.Send([]byte(fmt.Sprint(i)))
	}
	time.Sleep(50 * time.Millisecond)
	r := listen(t, fmt.Sprintf("tcp://127.0.0.1:%d", port))
	defer r.close()
	for i := range more {
		if _, frame := r.recv(); frame != fmt.Sprint(i) {
			t.Fatalf("message %d is %q", i, frame)
		}
	}
}

func TestResetKeepsTheIdentity(t *testing.T) {
	r := listen(t, "tcp://127.0.0.1:*")
	defer r.close()
	d := connect(t, r.port, "host_1")
	defer d.Close(0)
	d.Send([]byte("before"))
	r.recv()
	d.Reset()
	d.Send([]byte("after"))
	if id, frame := r.recv(); id != "host_1" || frame != "after" {
		t.Errorf("the master got %q from %q", frame, id)
	}
	r.send("host_1", "seen")
	if got := next(t, d); got != "seen" {
		t.Errorf("the worker got %q on its new connection", got)
	}
}

func TestCloseSendsWhatIsQueued(t *testing.T) {
	r := listen(t, "tcp://127.0.0.1:*")
	defer r.close()
	d := connect(t, r.port, "host_1")
	for i := range 500 {
		d.Send([]byte(fmt.Sprint(i)))
	}
	d.Close(5 * time.Second)
	for i := range 500 {
		if _, frame := r.recv(); frame != fmt.Sprint(i) {
			t.Fatalf("message %d is %q", i, frame)
		}
	}
	if _, open := <-d.Receive(); open {
		t.Error("Receive is open after Close")
	}
	d.Send([]byte("late")) // neither blocks nor harms
}

func TestImpossibleAddress(t *testing.T) {
	if _, err := Dial("no such host", 5557, "host_1"); err == nil {
		t.Error("Dial = nil for a host with spaces, want an error")
	}
}

// TestDescriptors makes sockets while the process has few file descriptors left: too few are an error, and never its end.
func TestDescriptors(t *testing.T) {
	var old unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_NOFILE, &old); err != nil {
		t.Fatal(err)
	}
	r := listen(t, "tcp://127.0.0.1:*") // libzmq is started
	defer r.sock.Destroy()
	failed := 0
	for room := range 16 {
		next, err := unix.FcntlInt(0, unix.F_DUPFD_CLOEXEC, 0)
		if err != nil {
			t.Fatal(err)
		}
		_ = unix.Close(next)
		limit := unix.Rlimit{Cur: uint64(next + room), Max: old.Max}
		if err := unix.Setrlimit(unix.RLIMIT_NOFILE, &limit); err != nil {
			t.Fatal(err)
		}
		d, err := Dial("127.0.0.1", r.port, fmt.Sprintf("w%d", room))
		if err := unix.Setrlimit(unix.RLIMIT_NOFILE, &old); err != nil {
			t.Fatal(err)
		}
		if err != nil {
			failed++
			continue
		}
		d.Close(0)
	}
	if failed == 0 || failed == 16 {
		t.Errorf("failed %d times of 16, want some: the limit was too high or too low", failed)
	}
}
