package requests

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

// TestAsRequests compares what the script testdata/requests.py prints with what requests itself made of it.
func TestAsRequests(t *testing.T) {
	t.Parallel()
	wiretest.Compare(t, wiretest.Serve(t, answers()), "requests", func(source string) string { return run(t, source, nil) })
}

// TestAsRequestsGenerally does the same on the general way.
func TestAsRequestsGenerally(t *testing.T) {
	t.Parallel()
	wiretest.CompareGolden(t, wiretest.Serve(t, answers()), "requests", func(source string) string {
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
	to := func(location string) string {
		return "HTTP/1.1 302 Found\r\nContent-Length: 2\r\nLocation: " + location + "\r\n\r\nno"
	}
	cookie := func(lines ...string) string {
		return ok + "Set-Cookie: " + strings.Join(lines, "\r\nSet-Cookie: ") + "\r\nContent-Length: 0\r\n\r\n"
	}
	brotli, _ := brrr.Compress([]byte("brotli text"), 5)
	a := map[string]string{
		"ok": full("", "hello"), "latin": full("Content-Type: text/plain\r\n", "\xe9t\xe9"), "utf8": full("Content-Type: text/plain; charset=UTF-8\r\n", "été"),
		"nocharset": full("Content-Type: application/octet-stream\r\n", "été"), "json": full("Content-Type: application/json\r\n", `{"a": [1, 2.0, "é"], "b": null}`),
		"json16": full("", "\xff\xfe{\x00}\x00"), "jsonbad": full("Content-Type: application/json\r\n", "{\"a\": \n x}"), "jsonlatin": full("", "{\"a\": \"caf\xc3\xa9\"}"),
		"bom": full("Content-Type: application/json\r\n", "\xef\xbb\xbf{}"), "empty": full("", ""), "gzip": full("Content-Encoding: gzip\r\n", zipped("zipped\ntext")),
		"deflate": full("Content-Encoding: deflate\r\n", deflated("deflated")), "br": full("Content-Encoding: br\r\n", string(brotli)), "notgzip": full("Content-Encoding: gzip\r\n", "abc"),
		"headers": full("X-Many: a\r\nx-many: b\r\nX-Empty:\r\nX-Latin: \xe9\r\nLink: <http://a/b>; rel=\"next\", </c>; rel=last; title=\"t\"\r\n", "hi"),
		"reason":  "HTTP/1.1 404 N\xc3\xb6t 'here\r\nContent-Length: 0\r\n\r\n", "noreason": "HTTP/1.1 404\r\nContent-Length: 0\r\n\r\n",
		"s404": "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnope", "s500": "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 4\r\n\r\noops",
		"s599": "HTTP/1.1 599 X\r\nContent-Length: 0\r\n\r\n", "s600": "HTTP/1.1 600 X\r\nContent-Length: 0\r\n\r\n", "s204": "HTTP/1.1 204 No Content\r\n\r\n",
		"badcharset": full("Content-Type: text/plain; charset=nope\r\n", "été"), "html": full("Content-Type: text/html; charset='utf-8'\r\n", "<é>"),
		"bin": full("Content-Type: image/png\r\n", "GIF89a"), "close": ok + "\r\nto the end", "http10": "HTTP/1.0 200 OK\r\n\r\nold",
		"chunks": ok + "Transfer-Encoding: chunked\r\n\r\n6\r\nab\ncd\n\r\n3\r\nefg\r\n2\r\n\nh\r\n0\r\n\r\n", "lines": full("Content-Type: text/plain\r\n", "a\nb\r\nc\rd\x0be\x85f\n\ng"),
		"utf8lines": full("Content-Type: text/plain; charset=utf-8\r\n", strings.Repeat("é€", 300)+"\n\u2028x\u0085y"), "slow": ok + "Content-Length: 6\r\n\r\nab|cd|ef",
		"none": "", "reset": wiretest.Reset, "hang": wiretest.Hang, "short": ok + "Content-Length: 10\r\n\r\nabc", "chunkshort": ok + "Transfer-Encoding: chunked\r\n\r\n5\r\nab",
		"chunkbad": ok + "Transfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n0\r\n\r\n", "chunkend": ok + "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n", "nothttp": "this is not http\r\n\r\n",
		"nostatus": "HTTP/1.1 abc OK\r\n\r\n", "http3": "HTTP/3.0 200 OK\r\n\r\n", "longline": ok + "X: " + strings.Repeat("a", 70000) + "\r\n\r\n", "manyheaders": ok + strings.Repeat("X: a\r\n", 150) + "\r\n",
		"loop": to("/a/loop"), "locrel": to("sib?x=2"), "locquery": to("?only=q"), "locfrag": to("/echo#other"), "locabs": to("/echo/abs"), "locspace": to("/echo/a b?c d"), "locutf8": to("/echo/é"),
		"locproto": to("//127.0.0.1:1/x"), "locdots": to("../../echo/./z"), "locempty": to(""), "locbare": "HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n", "locftp": to("ftp://x/y"), "lochost": to("http://localhost:1/x"),
		"locbroken": "HTTP/1.1 302 Found\r\nContent-Length: 9\r\nLocation: /echo\r\n\r\nno",
		"ck1":       cookie("a=1"), "ck2": cookie("b=2; Path=/; HttpOnly; SameSite=Lax", "a=new; Path=/"), "ckpath": cookie("p=1; path=/a/ckpath", "q=2; path=/echo"), "ckdomain": cookie("d=1; domain=127.0.0.1", "e=1; Domain=example.com", "f=1; domain=.0.0.1"),
		"ckbad": cookie("=x", "novalue", "; a", "g=1; max-age=abc", "h=1; path"), "ckexp": cookie("b=; expires=Thu, 01 Jan 1970 00:00:00 GMT", "i=1; Expires=Fri, 31 Dec 2100 23:59:59 GMT; Path=/", "j=1; Max-Age=3600; path=/", "k=1; expires=nonsense; path=/", "l=1; Max-Age=0"),
		"ckquote": cookie(`m="quo ted"; path=/`, `n="a\"b"; path=/`), "ckmany": cookie("x=1; path=/", "y=2; path=/echo", "z=3; path=/"), "ckempty": cookie("w=; path=/"), "cksecure": cookie("sec=1; secure; path=/"),
		"ckredirect": "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nSet-Cookie: r=1; path=/\r\nLocation: /echo\r\n\r\n",
		"digest":     "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\", opaque=\"o\"\r\nContent-Length: 0\r\n\r\n",
	}
	for _, status := range []string{"301 Moved Permanently", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"} {
		a["to"+status[:3]] = "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nLocation: /echo/end?z=1\r\n\r\n"
	}
	return a
}
