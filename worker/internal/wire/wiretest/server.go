// Package wiretest has a server that answers with the bytes that a test wants, and compares what a script prints in our
// Python with what it prints in CPython.
package wiretest

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"
)

// A Server answers on every connection as the path says: /a/NAME with the answer of that name, and closes; /echo with the
// bytes of the request; /pieces/NAME with the answer in pieces, where it has a "|", after each of which it waits until the
// client gives up.
type Server struct {
	// URL is http:// and the address.
	URL     string
	answers map[string]string
}

// Special answers.
const (
	// Reset breaks the connection.
	Reset = "\x00reset"
	// Hang says nothing until the client gives up.
	Hang = "\x00hang"
)

// Serve starts a server with answers of its own beside those that all have.
func Serve(tb testing.TB, answers map[string]string) *Server {
	tb.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = l.Close() })
	s := &Server{"http://" + l.Addr().String(), answers}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go s.serve(c)
		}
	}()
	return s
}

func (s *Server) serve(c net.Conn) {
	defer func() { _ = c.Close() }()
	in := bufio.NewReader(c)
	if first, err := in.Peek(1); err == nil && first[0] == 0x16 { // a TLS handshake
		_, _ = io.WriteString(c, "HTTP/1.1 400 Bad Request\r\n\r\n")
		return
	}
	for {
		var raw bytes.Buffer
		q, err := http.ReadRequest(bufio.NewReader(io.TeeReader(readOne(in), &raw)))
		if err != nil {
			return
		}
		_, _ = io.Copy(io.Discard, q.Body)
		if !s.answer(c, in, q.URL.EscapedPath(), raw.String()) {
			return
		}
	}
}

// readOne is a reader of the head of one request, and then of its body.
func readOne(in *bufio.Reader) io.Reader {
	var head bytes.Buffer
	length, chunked := int64(0), false
	for {
		line, err := in.ReadString('\n')
		head.WriteString(line)
		if err != nil || strings.TrimRight(line, "\r\n") == "" {
			break
		}
		name, v, _ := strings.Cut(line, ":")
		switch strings.ToLower(name) {
		case "content-length":
			length, _ = strconv.ParseInt(strings.TrimSpace(v), 10, 64)
		case "transfer-encoding":
			chunked = strings.Contains(v, "chunked")
		}
	}
	if !chunked {
		return io.MultiReader(&head, io.LimitReader(in, length))
	}
	for {
		line, err := in.ReadString('\n')
		head.WriteString(line)
		if err != nil || strings.TrimSpace(line) == "0" {
			line, _ = in.ReadString('\n')
			head.WriteString(line)
			return &head
		}
	}
}

// answer says whether the connection goes on.
func (s *Server) answer(c net.Conn, in *bufio.Reader, path, request string) bool {
	kind, name, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	name, _, _ = strings.Cut(name, "/")
	switch text := s.answers[name]; {
	case kind == "a" && text == Reset:
		_ = c.(*net.TCPConn).SetLinger(0)
		return false
	case kind == "a" && text == Hang:
		silence(c, in)
		return false
	case kind == "a":
		_, _ = io.WriteString(c, closing(text))
		return false
	case kind == "keep":
		_, err := io.WriteString(c, text)
		return err == nil
	case kind == "pieces":
		for _, piece := range strings.Split(text, "|") {
			_, _ = io.WriteString(c, piece)
			silence(c, in)
		}
		return false
	}
	_, err := fmt.Fprintf(c, "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: %d\r\n\r\n%s", len(request), request)
	return err == nil
}

// silence waits until the client closes the connection: no client of a test is too slow for that, however busy the machine.
func silence(c net.Conn, in *bufio.Reader) {
	_ = c.SetReadDeadline(time.Now().Add(10 * time.Second))
	_, _ = in.Peek(1)
}

// closing adds to a whole answer that the connection ends with it.
func closing(text string) string {
	first, rest, ok := strings.Cut(text, "\r\n")
	if !ok || !strings.HasPrefix(first, "HTTP/1.1 ") || !strings.Contains(rest, "Content-Length:") && !strings.Contains(rest, "chunked") && !strings.Contains(first, " 204 ") {
		return text
	}
	return first + "\r\nConnection: close\r\n" + rest
}
