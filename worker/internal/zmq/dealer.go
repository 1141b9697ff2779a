// Package zmq is a ZeroMQ DEALER socket for one peer. libzmq's sockets are not thread safe, so one goroutine owns the
// socket and everything else talks to it through a queue.
package zmq

import (
	"fmt"
	"net"
	"strconv"
	"sync"
	"time"

	"github.com/zeromq/goczmq"
	"golang.org/x/sys/unix"
)

const (
	// keepaliveIdle is how many seconds of silence start TCP's keep-alive probes (locust/rpc/zmqrpc.py).
	keepaliveIdle = 30
	// checkEvery bounds how long the owner sleeps: a net under the edge-triggered signals of libzmq.
	checkEvery = time.Second
	// resetPause and resetLinger are the times of a new connection: see reopen.
	resetPause  = 200 * time.Millisecond
	resetLinger = time.Second
	// descriptors are as many as a socket with its connection takes, and some for those who take one meanwhile.
	descriptors = 8
	// unread is how many received frames wait for a reader before the owner waits for it too.
	unread = 256
)

// A Dealer exchanges single-frame messages with a ROUTER. Send, Reset and Close may be called by any goroutine.
type Dealer struct {
	endpoint, identity string
	ipv6               bool
	received           chan []byte
	wake               *event
	closing, stopped   chan struct{}

	mu     sync.Mutex // guards what follows
	queue  [][]byte
	reset  bool
	linger time.Duration
}

// Dial connects to tcp://host:port with the given socket identity. As always with ZeroMQ the peer need not be there
// yet; messages wait for it. An error means that the address or the socket itself is impossible.
func Dial(host string, port int, identity string) (*Dealer, error) {
	wake, err := newEvent()
	if err != nil {
		return nil, err
	}
	d := &Dealer{
		endpoint: "tcp://" + net.JoinHostPort(host, strconv.Itoa(port)),
		identity: identity,
		ipv6:     isIPv6(host),
		received: make(chan []byte, unread),
		wake:     wake,
		closing:  make(chan struct{}),
		stopped:  make(chan struct{}),
	}
	sock, err := d.open()
	if err != nil {
		wake.close()
		return nil, err
	}
	go d.own(sock)
	return d, nil
}

// isIPv6 says whether host has an IPv6 address, as locust/rpc/zmqrpc.py asks before it sets the option.
func isIPv6(host string) bool {
	addresses, err := net.LookupIP(host)
	if err != nil {
		return false
	}
	for _, a := range addresses {
		if a.To4() == nil {
			return true
		}
	}
	return false
}

func (d *Dealer) open() (*goczmq.Sock, error) {
	if err := spare(d.wake.read); err != nil {
		return nil, fmt.Errorf("make a socket: %w", err)
	}
	sock := newSock()
	sock.SetOption(goczmq.SockSetIdentity(d.identity))
	sock.SetOption(goczmq.SockSetTcpKeepalive(1))
	sock.SetOption(goczmq.SockSetTcpKeepaliveIdle(keepaliveIdle))
	if d.ipv6 {
		sock.SetOption(goczmq.SockSetIpv6(1))
	}
	if err := sock.Connect(d.endpoint); err != nil {
		sock.Destroy()
		return nil, fmt.Errorf("connect to %s: %w", d.endpoint, err)
	}
	return sock, nil
}

// making is held by whoever makes a socket: czmq makes itself ready with the first one of a process, and ends the process if
// two are made at that moment.
var making sync.Mutex

func newSock() *goczmq.Sock {
	making.Lock()
	defer making.Unlock()
	return goczmq.NewSock(goczmq.Dealer)
}

// spare says whether the process can have some more file descriptors like the one that is open: when a socket cannot be
// made, czmq does not return an error but ends the process.
func spare(open int) error {
	var held [descriptors]int
	for i := range held {
		fd, err := unix.FcntlInt(uintptr(open), unix.F_DUPFD_CLOEXEC, 0)
		if err != nil {
			for _, fd := range held[:i] {
				_ = unix.Close(fd)
			}
			return err
		}
		held[i] = fd
	}
	for _, fd := range held {
		_ = unix.Close(fd)
	}
	return nil
}

// Send queues a message. It never waits and never drops: what the peer cannot take yet stays queued.
func (d *Dealer) Send(frame []byte) {
	d.mu.Lock()
	d.queue = append(d.queue, frame)
	d.mu.Unlock()
	d.wake.signal()
}

// Receive returns the messages of the peer. It is closed when the Dealer is.
func (d *Dealer) Receive() <-chan []byte { return d.received }

// Reset closes the connection and opens a new one with the same identity. Queued messages are kept.
func (d *Dealer) Reset() {
	d.mu.Lock()
	d.reset = true
	d.mu.Unlock()
	d.wake.signal()
}

// Close sends what is queued, for at most linger, and frees the socket. It returns when that is done; it is called once.
func (d *Dealer) Close(linger time.Duration) {
	d.mu.Lock()
	d.linger = linger
	d.mu.Unlock()
	close(d.closing)
	d.wake.signal()
	<-d.stopped
}

// Shutdown waits until the messages of all closed Dealers have left or their linger is over. A process calls it once,
// at its end: without it the last messages die with libzmq's own threads.
func Shutdown() {
	making.Lock()
	defer making.Unlock()
	goczmq.Shutdown()
}

// own is the socket's goroutine: it alone touches the socket.
func (d *Dealer) own(sock *goczmq.Sock) {
	defer close(d.stopped)
	defer d.wake.close()
	defer close(d.received)
	for {
		if d.takeReset() {
			sock = d.reopen(sock)
		}
		worked := d.sendSome(sock)
		frame, ok := receive(sock)
		if ok {
			d.deliver(frame)
			continue
		}
		if worked {
			continue
		}
		if d.isClosing() {
			d.finish(sock)
			return
		}
		d.wake.wait(goczmq.Fd(sock), checkEvery)
	}
}

// finish sends the rest of the queue and closes the socket, leaving libzmq the remaining time to deliver.
func (d *Dealer) finish(sock *goczmq.Sock) {
	d.mu.Lock()
	deadline := time.Now().Add(d.linger)
	d.mu.Unlock()
	for !d.drained() && time.Now().Before(deadline) {
		if !d.sendSome(sock) {
			d.wake.wait(goczmq.Fd(sock), time.Until(deadline))
		}
	}
	sock.SetOption(goczmq.SockSetLinger(int(max(time.Until(deadline), 0) / time.Millisecond)))
	sock.Destroy()
}

// reopen replaces the socket. What libzmq has accepted still leaves, for at most resetLinger. The new connection waits
// a moment: a ROUTER that still holds the old one would ignore a second one of the same identity for good.
func (d *Dealer) reopen(sock *goczmq.Sock) *goczmq.Sock {
	sock.SetOption(goczmq.SockSetLinger(int(resetLinger / time.Millisecond)))
	sock.Destroy()
	for {
		time.Sleep(resetPause)
		fresh, err := d.open()
		if err == nil {
			return fresh
		}
		// The endpoint was possible once, so this is a passing lack of resources.
	}
}

// sendSome sends the queue's head while the socket takes messages, and says whether it sent any.
func (d *Dealer) sendSome(sock *goczmq.Sock) bool {
	sent := false
	for goczmq.Events(sock)&goczmq.Pollout != 0 {
		frame, ok := d.head()
		if !ok {
			break
		}
		// POLLOUT is set, so the only error left is EINTR (Go preempts its threads by signals): the message is not
		// sent, and is sent again.
		if sock.SendFrame(frame, goczmq.FlagDontWait) == nil {
			d.pop()
			sent = true
		}
	}
	return sent
}

// receive takes one message, without waiting. Frames after the first, which Locust never sends, are dropped.
func receive(sock *goczmq.Sock) ([]byte, bool) {
	if goczmq.Events(sock)&goczmq.Pollin == 0 {
		return nil, false
	}
	frame, more, err := sock.RecvFrame()
	if err != nil { // EINTR: the message stays in the socket
		return nil, false
	}
	for more != 0 {
		if _, next, err := sock.RecvFrame(); err == nil {
			more = next
		}
	}
	return frame, true
}

// deliver hands a message to the reader, or drops it if the Dealer is being closed and nobody reads.
func (d *Dealer) deliver(frame []byte) {
	select {
	case d.received <- frame:
	case <-d.closing:
	}
}

func (d *Dealer) isClosing() bool {
	select {
	case <-d.closing:
		return true
	default:
		return false
	}
}

func (d *Dealer) head() ([]byte, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.queue) == 0 {
		return nil, false
	}
	return d.queue[0], true
}

func (d *Dealer) pop() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.queue[0] = nil
	d.queue = d.queue[1:]
}

func (d *Dealer) drained() bool {
	_, ok := d.head()
	return !ok
}

func (d *Dealer) takeReset() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	reset := d.reset
	d.reset = false
	return reset
}
