package client

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// answer serves one connection after another: it reads a request and answers with the given bytes, as they are.
func answer(tb testing.TB, text string, reset bool) (url, port string) {
	tb.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			_, _ = http.ReadRequest(bufio.NewReader(c))
			_, _ = io.WriteString(c, text)
			if reset {
				time.Sleep(100 * time.Millisecond)
				_ = c.(*net.TCPConn).SetLinger(0)
			}
			_ = c.Close()
		}
	}()
	tb.Cleanup(func() { l.Close(); <-done })
	_, port, _ = net.SplitHostPort(l.Addr().String())
	return "http://127.0.0.1:" + port, port
}

func zipped(content string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = io.WriteString(z, content)
	z.Close()
	return b.String()
}

func deflated(content string, bare bool) string {
	var b bytes.Buffer
	var z io.WriteCloser = zlib.NewWriter(&b)
	if bare {
		z, _ = flate.NewWriter(&b, 6)
	}
	_, _ = io.WriteString(z, content)
	z.Close()
	return b.String()
}

// TestAnswersAsHttpUserSeesThem holds what a stock HttpUser (Locust 2.47, requests 2.34, urllib3 2.8, Python 3.11) made of
// the same bytes: the length it counted, or the failure. Where this client differs, the row says so.
func TestAnswersAsHttpUserSeesThem(t *testing.T) {
	t.Parallel()
	const ok = "HTTP/1.1 200 OK\r\n"
	long := strings.Repeat("a", 1000)
	tests := []struct{ name, answer, want string }{
		{"no answer", "", "0 RemoteDisconnected('Remote end closed connection without response')"},
		{"less than it said", ok + "Content-Length: 10\r\n\r\nabc", "0 ChunkedEncodingError(ProtocolError('Connection broken: " +
			"IncompleteRead(3 bytes read, 7 more expected)', IncompleteRead(3 bytes read, 7 more expected)))"},
		{"a chunk without a size", ok + "Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n", "0 ChunkedEncodingError(" +
			`ProtocolError("Connection broken: InvalidChunkLength(got length b'zz\\r\\n', 0 bytes read)", ` +
			`InvalidChunkLength(got length b'zz\r\n', 0 bytes read)))`},
		{"a chunk cut off", ok + "Transfer-Encoding: chunked\r\n\r\n5\r\nab", "0 ChunkedEncodingError(ProtocolError('Connection broken: " +
			"IncompleteRead(2 bytes read, 3 more expected)', IncompleteRead(2 bytes read, 3 more expected)))"},
		{"no last chunk", ok + "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n", "0 ChunkedEncodingError(ProtocolError('Response ended prematurely'))"},
		{"chunks and trailers", ok + "Transfer-Encoding: chunked\r\n\r\n2;x=y\r\nab\r\n1\r\nc\r\n0\r\nA: b\r\n\r\n", "3"},
		{"chunks without the empty line", ok + "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n", "2"},
		{"not HTTP", "this is not http\r\n\r\n", `0 BadStatusLine('this is not http\r\n')`},
		{"not even a line", "hello", "0 BadStatusLine('hello')"},
		{"no status", "HTTP/1.1 abc OK\r\n\r\n", `0 BadStatusLine('HTTP/1.1 abc OK\r\n')`},
		{"another HTTP", "HTTP/3.0 200 OK\r\n\r\nabc", "0 UnknownProtocol('HTTP/3.0')"},
		{"a head cut off (HttpUser: a success)", ok + "Content-Le", "0 RemoteDisconnected('Remote end closed connection without response')"},
		{"a line that is no header", ok + "Content-Length: 3\r\nnonsense\r\n\r\nabc", "3"},
		{"a length that is none", ok + "Content-Length: xyz\r\n\r\nabc", "3"},
		{"a length below 0", ok + "Content-Length: -5\r\n\r\nabc", "3"},
		{"to the end", ok + "\r\nabc", "3"},
		{"HTTP/1.0", "HTTP/1.0 200 OK\r\n\r\nabc", "3"},
		{"no reason", "HTTP/1.1 404\r\nContent-Length: 0\r\n\r\n", "0 HTTPError('404 Client Error:  for url: /')"},
		{"an odd reason", "HTTP/1.1 404 N\xc3\xb6t 'here\r\nContent-Length: 0\r\n\r\n", `0 HTTPError("404 Client Error: NÃ¶t 'here for url: /")`},
		{"the last failure", "HTTP/1.1 599 X\r\nContent-Length: 0\r\n\r\n", "0 HTTPError('599 Server Error: X for url: /')"},
		{"beyond failures", "HTTP/1.1 600 X\r\nContent-Length: 0\r\n\r\n", "0"},
		{"not zipped", ok + "Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc", "0 ContentDecodingError(DecodeError('Received response " +
			"with content-encoding: gzip, but failed to decode it.', error('Error -3 while decompressing data: incorrect header check')))"},
		{"zipped, the end missing", ok + "Content-Encoding: gzip\r\n\r\n" + zipped(long)[:20], "1000"},
		{"zipped, and then something", ok + "Content-Encoding: gzip\r\n\r\n" + zipped(long) + "more", "1000"},
		{"zipped nothing", ok + "Content-Encoding: gzip\r\nContent-Length: 0\r\n\r\n", "0"},
		{"deflate", ok + "Content-Encoding: deflate\r\n\r\n" + deflated(long, false), "1000"},
		{"bare deflate", ok + "Content-Encoding: deflate\r\n\r\n" + deflated(long, true), "1000"},
		{"twice", ok + "Content-Encoding: deflate, gzip\r\n\r\n" + zipped(deflated(long, false)), "1000"},
		{"an unknown encoding", ok + "Content-Encoding: foo\r\nContent-Length: 3\r\n\r\nabc", "3"},
		{"a long header", ok + "X: " + strings.Repeat("a", 70000) + "\r\n\r\n", "0 LineTooLong('got more than 65536 bytes when reading header line')"},
		{"many headers", ok + strings.Repeat("X: a\r\n", 150) + "\r\n", "0 HTTPException('got more than 100 headers')"},
		{"100 first", "HTTP/1.1 100 Continue\r\n\r\n" + ok + "Content-Length: 2\r\n\r\nok", "2"},
		{"103 first (HttpUser: an empty success)", "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + ok + "Content-Length: 2\r\n\r\nok", "2"},
		{"bare line feeds", "HTTP/1.1 200 OK\nContent-Length: 2\n\nok", "2"},
		{"more than it said", ok + "Content-Length: 2\r\n\r\nokxxxx", "2"},
		{"204 with a body", "HTTP/1.1 204 No Content\r\nContent-Length: 3\r\n\r\nabc", "0"},
	}
	for _, tt := range tests {
		url, _ := answer(t, tt.answer, false)
		r := newRig(t, url)
		r.Get(r.ctx, "/")
		if got := strings.TrimPrefix(r.recorded.rows()[0], "GET / "); got != tt.want {
			t.Errorf("%s: recorded\n%s, want\n%s", tt.name, got, tt.want)
		}
	}
}

// TestConnectionsThatCannotBeUsedAgain asks twice: the second answer is like the first, on a connection of its own.
func TestConnectionsThatCannotBeUsedAgain(t *testing.T) {
	t.Parallel()
	const ok = "HTTP/1.1 200 OK\r\n"
	for reason, text := range map[string]string{
		"it is the content's end":       ok + "\r\nok",
		"the server says so":            ok + "Connection: Close\r\nContent-Length: 2\r\n\r\nok",
		"HTTP/1.0":                      "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
		"more came than was asked for":  ok + "Content-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\n",
		"it ended with the last chunk":  ok + "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n",
		"there is a body with a 204":    "HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\nok",
		"its content cannot be decoded": ok + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\nokmore",
	} {
		url, _ := answer(t, text, false)
		r := newRig(t, url)
		r.Get(r.ctx, "/")
		r.Get(r.ctx, "/")
		if rows := r.recorded.rows(); rows[0] != rows[1] {
			t.Errorf("%s: recorded %q, then %q, want the same twice", reason, rows[0], rows[1])
		}
	}
}

func TestFailuresInTheBody(t *testing.T) {
	t.Parallel()
	const broken = "ChunkedEncodingError(ProtocolError(\"Connection broken: ConnectionResetError(104, 'Connection reset by peer')\", " +
		"ConnectionResetError(104, 'Connection reset by peer')))"
	for _, head := range []string{"Content-Length: 10\r\n\r\nabc", "Transfer-Encoding: chunked\r\n\r\n5\r\nab"} {
		url, _ := answer(t, "HTTP/1.1 200 OK\r\n"+head, true)
		r := newRig(t, url)
		r.Get(r.ctx, "/")
		r.expect(t, "GET / 0 "+broken)
		r = newRig(t, url)
		r.Do(r.ctx, &Request{Method: "GET", URL: "/", Timeout: 30 * time.Millisecond})
		port := url[strings.LastIndex(url, ":")+1:]
		r.expect(t, `GET / 0 ReadTimeoutError("HTTPConnectionPool(host='127.0.0.1', port=`+port+`): Read timed out.")`)
	}
}
