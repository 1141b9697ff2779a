package session

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/wire/wiretest"
)

// TestExpectAsLocust compares what testdata/expect.py prints of bodies that wait for the server's word with what Locust made of it.
func TestExpectAsLocust(t *testing.T) {
	t.Parallel()
	for _, newThread := range []func(*bytes.Buffer) *python.Thread{newThread, newGeneralThread} {
		wiretest.Compare(t, &wiretest.Server{URL: serveExpecting(t)}, "expect", func(source string) string { return wiretest.Run(t, newThread, source, nil) })
	}
}

// serveExpecting starts a server that answers with what it has got of a request, in the manner that the path says.
func serveExpecting(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	var closed atomic.Int32
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer func() { _ = c.Close() }()
				in := bufio.NewReader(c)
				for expecting(c, in, &closed) {
				}
			}()
		}
	}()
	return "http://" + l.Addr().String()
}

// expecting serves one request and says whether another may follow.
func expecting(c net.Conn, in *bufio.Reader, closed *atomic.Int32) bool {
	r, err := http.ReadRequest(in)
	if err != nil {
		return false
	}
	const goOn, fine = "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 4\r\n\r\nfine"
	say := func(text string) { _, _ = io.WriteString(c, text) }
	early := "waited"
	if r.URL.Path != "/plain" {
		_ = c.SetReadDeadline(time.Now().Add(60 * time.Millisecond))
		if _, err := in.Peek(1); err == nil {
			early = "early"
		}
		_ = c.SetReadDeadline(time.Time{})
	}
	switch r.URL.Path {
	case "/continue":
		say(goOn)
	case "/hints":
		say("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")
	case "/twice":
		say(goOn + goOn)
	case "/partial":
		for _, part := range []string{"HTTP/1.1 1", "00 Continue\r", "\nX-A: b\r\n\r", "\n"} {
			say(part)
			time.Sleep(20 * time.Millisecond)
		}
	case "/both":
		say(goOn + fine)
		_, _ = io.Copy(io.Discard, r.Body)
		return false
	case "/ok":
		say(fine)
		return false
	case "/refuse":
		say("HTTP/1.1 417 Expectation Failed\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno")
		_, _ = io.Copy(io.Discard, in)
		return false
	case "/refuse_and_keep":
		say("HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\nno")
		return true
	case "/redirect":
		say("HTTP/1.1 307 Temporary Redirect\r\nLocation: /continue\r\nContent-Length: 0\r\n\r\n")
		return true
	case "/silent":
		time.Sleep(time.Second)
		return false
	case "/close":
		return false
	case "/close_first":
		if closed.Add(1)%2 == 1 {
			return false
		}
		say(goOn)
	case "/garbage":
		say("nonsense\r\n\r\n")
		return false
	case "/half":
		say("HTTP/1.1 100 Cont")
		return false
	}
	body, err := io.ReadAll(r.Body)
	lines := fmt.Sprintf("%s %s length %d %v, %s, %.20q of %d %v", r.Method, r.URL.Path, r.ContentLength, r.TransferEncoding, early, body, len(body), err)
	lines += " " + strings.Join(r.Header["Content-Length"], "|")
	say(fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: %d\r\n\r\n%s", len(lines), lines))
	return true
}
