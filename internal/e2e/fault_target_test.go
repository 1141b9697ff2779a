//go:build e2e

package e2e

import (
	"bufio"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// A badServer reads requests and does what it should not with them.
type badServer struct {
	net.Listener
	requests atomic.Uint64 // that were read as a whole
}

// startBadServer starts one. answer gets the connection after each request; the connection is closed when it returns false.
func startBadServer(t *testing.T, answer func(*net.TCPConn) bool) *badServer {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	s := &badServer{Listener: listener}
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go s.serve(conn.(*net.TCPConn), answer)
		}
	}()
	return s
}

func (s *badServer) serve(conn *net.TCPConn, answer func(*net.TCPConn) bool) {
	defer conn.Close()
	for reader := bufio.NewReader(conn); ; {
		if _, err := http.ReadRequest(reader); err != nil {
			return
		}
		s.requests.Add(1)
		if !answer(conn) {
			return
		}
	}
}

// answers returns a server's answer that is always the same, and goes on, or hangs up, after it.
func answers(text string, goesOn bool) func(*net.TCPConn) bool {
	return func(conn *net.TCPConn) bool {
		_, err := conn.Write([]byte(text))
		return err == nil && goesOn
	}
}

// hangs never answers.
func hangs(*net.TCPConn) bool {
	time.Sleep(time.Minute)
	return false
}

// resets answers with a TCP reset.
func resets(conn *net.TCPConn) bool {
	conn.SetLinger(0)
	return false
}

// drips sends a byte of the head now and then, so that every read succeeds in time and the answer never ends.
func drips(conn *net.TCPConn) bool {
	for _, err := conn.Write([]byte("HTTP/1.1 200 OK\r\nX-Drip: ")); err == nil; {
		time.Sleep(200 * time.Millisecond)
		_, err = conn.Write([]byte("x"))
	}
	return false
}

// TestFaultTarget has targets that refuse, reset, hang and answer garbage. Every request is a failure that says what happened,
// as many as the target was asked; a stop does not hang, and what it cuts is no failure.
func TestFaultTarget(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		class  string // Patient has no timeout, Impatient one of 1 s
		answer func(*net.TCPConn) bool
		failed string // begin of the one failure; "" if there are none
		none   bool   // no request ever ends
	}{
		{"refuses", "Patient", nil, "ConnectionRefusedError(111, 'Connection refused')", false},
		{"resets", "Patient", resets, "ConnectionResetError(104, 'Connection reset by peer')", false},
		{"hangs up", "Patient", answers("", false), "RemoteDisconnected('Remote end closed connection without response')", false},
		{"hangs, and the client has a timeout", "Impatient", hangs, "ReadTimeout(", false},
		{"hangs, and the client has none", "Patient", hangs, "", true},
		// A timeout is for each read, as in Python's requests: this one is never reached.
		{"answers a byte at a time", "Impatient", drips, "", true},
		{"answers garbage", "Patient", answers("\x00\xff\xfegarbage\r\n\r\n", false), "", false},
		{"answers garbage and goes on", "Impatient", answers("\x00\xff\xfegarbage\r\n\r\n", true), "", false},
		{"announces more than it sends", "Patient", answers("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort", false), "", false},
		{"answers with an endless head", "Patient", answers("HTTP/1.1 200 OK\r\nX-Long: "+strings.Repeat("x", 1<<20), false), "", false},
		{
			"answers with chunks that are none", "Patient",
			answers("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nno\r\n", false), "", false,
		},
		{
			"answers with a body that is no gzip", "Patient",
			answers("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope", true), "", false,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			answer := test.answer
			if answer == nil {
				answer = hangs
			}
			server := startBadServer(t, answer)
			if test.answer == nil {
				server.Close()
			}
			m := masterSpec{host: "http://" + server.Addr().String(), flags: []string{test.class}}.startWeb(t)
			worker := m.startFaultWorkers(t, 1)[0]
			swarm{users: 5}.send(t, m)
			await(t, startLimit, func() error { return m.wantState(t.Context(), 5, "running") })
			time.Sleep(3 * time.Second)
			began := time.Now()
			m.halt(t)
			if took := time.Since(began); took > 4*time.Second {
				t.Errorf("the stop took %s, want at most 4 s", took)
			}
			asked, got := server.requests.Load(), m.web.stats(t)[aggregated]
			lines := parseCSV(t, m.web.get(t, "/stats/failures/csv"))
			t.Logf("%d asked; Locust: %d, of which %d failed; %v", asked, got.Requests, got.Failures, lines)
			switch cut := asked - got.Requests; {
			case test.none:
				if got.Requests > 0 || asked != 5 {
					t.Errorf("%d asked, %d counted, want 5 that were cut off and count nowhere", asked, got.Requests)
				}
				return
			case got.Requests == 0 || got.Failures != got.Requests:
				t.Errorf("requests = %d, failures = %d, want only failures", got.Requests, got.Failures)
			case test.answer != nil && cut > 5: // a user can be cut off in one request
				t.Errorf("%d asked, %d counted, want them equal but for at most 5 cut off by the stop", asked, got.Requests)
			}
			if len(lines) != 1 || !strings.HasPrefix(lines[0]["Error"], test.failed) {
				t.Errorf("failures = %v, want one row that begins with %q", lines, test.failed)
			}
			if n := strings.Count(worker.output.String(), "/ERROR/"); n > 0 {
				t.Errorf("the worker logged %d errors, want none", n)
			}
		})
	}
}
