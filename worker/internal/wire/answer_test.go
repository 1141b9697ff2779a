package wire

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"
	"time"
)

// TestHeadEndIsFoundHoweverItComes cuts a head anywhere: the end is found where it is, and nowhere before.
func TestHeadEndIsFoundHoweverItComes(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"HTTP/1.1 200 OK\r\nA: b\r\n\r\nbody\n\n", "HTTP/1.1 200 OK\nA: b\n\nbody\r\n\r\n"} {
		want := strings.Index(text, "body")
		for i := range len(text) {
			for j := i; j <= len(text); j++ {
				got := headEnd([]byte(text[:i]), 0)
				if got == 0 {
					got = headEnd([]byte(text[:j]), i)
				}
				if expected := want; got != expected && j >= want || got != 0 && j < want {
					t.Fatalf("headEnd(%q, then %q) = %d, want %d", text[:i], text[i:j], got, want)
				}
			}
		}
	}
}

// FuzzAnswer feeds arbitrary answers, whole and byte by byte: both read the same, and what is well formed reads as
// net/http reads it.
func FuzzAnswer(f *testing.F) {
	f.Add("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
	f.Add("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n")
	f.Add("HTTP/1.0 404 Not Found\r\nX: y\r\n\r\nto the end")
	f.Add("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n")
	f.Fuzz(func(t *testing.T, text string) {
		whole, err := readAnswer(strings.NewReader(text))
		slow, slowErr := readAnswer(iotest.OneByteReader(strings.NewReader(text)))
		if whole != slow || (err == nil) != (slowErr == nil) {
			t.Fatalf("read at once: %q, %v; byte by byte: %q, %v", whole, err, slow, slowErr)
		}
		theirs, err2 := http.ReadResponse(bufio.NewReader(strings.NewReader(text)), nil)
		if err2 != nil || err != nil || theirs.StatusCode < 200 {
			return
		}
		body, err2 := io.ReadAll(theirs.Body)
		if want := strconv.Itoa(theirs.StatusCode) + " " + string(body); err2 == nil && whole != want && len(theirs.TransferEncoding) < 2 {
			t.Fatalf("read %q, net/http reads %q", whole, want)
		}
	})
}

// readAnswer reads an answer as an exchange does.
func readAnswer(in io.Reader) (string, error) {
	c := &Conn{Conn: feed{in}, limits: limits{ctx: context.Background()}}
	a := Answer{Body: Body{reader: reader{c: c, buf: Small()}}}
	defer a.GiveBack()
	if err := a.Body.ReadHead(&a.Head); err != nil {
		return "", err
	}
	a.Body.Begin(&a.Head, "GET")
	err := a.ReadAll()
	return strconv.Itoa(a.Head.Status) + " " + string(a.Content), err
}

// feed is a connection that only reads.
type feed struct{ io.Reader }

func (feed) Write(p []byte) (int, error)      { return len(p), nil }
func (feed) Close() error                     { return nil }
func (feed) LocalAddr() net.Addr              { return nil }
func (feed) RemoteAddr() net.Addr             { return nil }
func (feed) SetDeadline(time.Time) error      { return nil }
func (feed) SetReadDeadline(time.Time) error  { return nil }
func (feed) SetWriteDeadline(time.Time) error { return nil }
