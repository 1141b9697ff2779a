//go:build e2e

package e2e

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"gregaria/internal/target"
)

// A backend is what the programs written for boomer shoot at: pages, and an echo over TCP and UDP. It counts what it has
// answered.
type backend struct {
	url, tcp, udp string
	delay         time.Duration // of each answer

	mu     sync.Mutex // guards what follows
	served target.Served
	spans  map[int64]int // answers by tenth of a second since the epoch
}

// startBackend starts a backend that takes its time for each answer.
func startBackend(t *testing.T, delay time.Duration) *backend {
	t.Helper()
	b := &backend{delay: delay}
	b.reset()
	pages := httptest.NewServer(b)
	t.Cleanup(pages.Close)
	b.url = pages.URL
	stream, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stream.Close() })
	b.tcp = stream.Addr().String()
	go b.acceptAll(stream)
	packets, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { packets.Close() })
	b.udp = packets.LocalAddr().String()
	go b.echoPackets(packets)
	return b
}

// ServeHTTP answers all pages alike.
func (b *backend) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	time.Sleep(b.delay)
	b.count(r.Method + " " + r.URL.Path)
	_, _ = io.WriteString(w, "a page")
}

func (b *backend) acceptAll(listener net.Listener) {
	for {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		go b.echo(conn)
	}
}

func (b *backend) echo(conn net.Conn) {
	defer conn.Close()
	hello := make([]byte, 5)
	for {
		if _, err := io.ReadFull(conn, hello); err != nil {
			return
		}
		time.Sleep(b.delay)
		b.count("tcp echo")
		if _, err := conn.Write(hello); err != nil {
			return
		}
	}
}

func (b *backend) echoPackets(conn net.PacketConn) {
	packet := make([]byte, 64)
	for {
		n, from, err := conn.ReadFrom(packet)
		if err != nil {
			return
		}
		data := append([]byte(nil), packet[:n]...)
		go func() {
			time.Sleep(b.delay)
			b.count("udp echo")
			_, _ = conn.WriteTo(data, from)
		}()
	}
}

func (b *backend) count(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.served.Total++
	b.served.By[name]++
	b.spans[time.Now().UnixMilli()/100]++
}

// counted is what was answered so far.
func (b *backend) counted() target.Served {
	b.mu.Lock()
	defer b.mu.Unlock()
	s := target.Served{Total: b.served.Total, By: map[string]uint64{}}
	for name, n := range b.served.By {
		s.By[name] = n
	}
	return s
}

// reset forgets everything.
func (b *backend) reset() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.served = target.Served{By: map[string]uint64{}}
	b.spans = map[int64]int{}
}

// most is the highest number of answers in a tenth of a second.
func (b *backend) most() (n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, count := range b.spans {
		n = max(n, count)
	}
	return n
}
