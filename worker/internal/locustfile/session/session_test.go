package session

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"strings"
	"testing"

	"github.com/molecule-man/go-brrr"

	"gregaria/worker/internal/wire/wiretest"
)

// TestAsLocust compares what the script testdata/session.py prints with what Locust's own clients made of it.
func TestAsLocust(t *testing.T) {
	t.Parallel()
	wiretest.Compare(t, wiretest.Serve(t, answers()), "session", func(source string) string { return run(t, source, nil) })
}

// TestAsLocustGenerally does the same on the general way.
func TestAsLocustGenerally(t *testing.T) {
	t.Parallel()
	wiretest.CompareGolden(t, wiretest.Serve(t, answers()), "session", func(source string) string {
		return wiretest.Run(t, newGeneralThread, source, nil)
	})
}

func zipped(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write([]byte(s))
	_ = w.Close()
	return b.String()
}

func deflated(s string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, _ = w.Write([]byte(s))
	_ = w.Close()
	return b.String()
}

// answers are the server's, by name.
func answers() map[string]string {
	const ok = "HTTP/1.1 200 OK\r\n"
	full := func(head, body string) string {
		return ok + head + fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body)
	}
	to := func(status, location string) string {
		return "HTTP/1.1 " + status + "\r\nContent-Length: 2\r\nLocation: " + location + "\r\n\r\nno"
	}
	brotli, _ := brrr.Compress([]byte("brotli text"), 5)
	return map[string]string{
		"ok": full("Content-Type: text/plain\r\n", "hello"), "s404": "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnope", "s500": "HTTP/1.1 500 It's broken\r\nContent-Length: 4\r\n\r\noops",
		"s599": "HTTP/1.1 599 X\r\nContent-Length: 0\r\n\r\n", "s600": "HTTP/1.1 600 X\r\nContent-Length: 0\r\n\r\n", "s204": "HTTP/1.1 204 No Content\r\n\r\n",
		"none": "", "reset": wiretest.Reset, "hang": wiretest.Hang, "short": ok + "Content-Length: 10\r\n\r\nabc", "chunkshort": ok + "Transfer-Encoding: chunked\r\n\r\n5\r\nab",
		"chunkbad": ok + "Transfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n0\r\n\r\n", "nothttp": "this is not http\r\n\r\n", "nostatus": "HTTP/1.1 abc OK\r\n\r\n", "http3": "HTTP/3.0 200 OK\r\n\r\n",
		"notgzip": full("Content-Encoding: gzip\r\n", "abc"), "gzip": full("Content-Encoding: gzip\r\n", zipped("zipped")), "br": full("Content-Encoding: br\r\n", string(brotli)),
		"deflate": full("Content-Encoding: deflate\r\n", deflated("deflated")), "to302": to("302 Found", "/echo/end?z=1"), "to307": to("307 Temporary Redirect", "../echo/./end"),
		"loop": to("302 Found", "/a/loop"), "locftp": to("302 Found", "ftp://x/y"), "ck": full("Set-Cookie: c=1; path=/\r\nSet-Cookie: d=\"q\"; path=/echo\r\n", ""),
		"bin404": "HTTP/1.1 404 Nope\r\nContent-Type: x/y\r\nContent-Length: 1\r\n\r\n\xff", "headcut": ok + "Content-Le", "close": ok + "\r\nto the end",
		"unknown": full("Content-Encoding: foo\r\n", "abc"), "headers": full("X-Many: a\r\nx-many: b\r\n", "h"), "lines": full("", "one\ntwo\r\nthr€e\n\nend"),
		"latin": full("Content-Type: text/plain\r\n", "\xe9t\xe9"), "utf8": full("Content-Type: text/plain; charset=UTF-8\r\n", "été"),
		"json": full("Content-Type: application/json\r\n", `{"a": "é"}`), "many": strings.Repeat("x", 10),
	}
}
