package extra

import (
	"bufio"
	"crypto/sha1" //nolint:gosec // RFC 6455 has it
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// startWebSockets starts a server that begins a WebSocket, or something else, as the path says, and returns its host:port.
func startWebSockets(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go serveSocket(c)
		}
	}()
	return l.Addr().String()
}

func serveSocket(c net.Conn) {
	defer func() { _ = c.Close() }()
	in := bufio.NewReader(c)
	for {
		r, err := http.ReadRequest(in)
		if err != nil {
			return
		}
		if r.Method != http.MethodConnect {
			answerSocket(c, in, r)
			return
		}
		switch auth := r.Header.Get("Proxy-Authorization"); {
		case strings.HasPrefix(r.Host, "closing"):
			return
		case strings.HasPrefix(r.Host, "private") && auth == "":
			_, _ = io.WriteString(c, "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
		default:
			_, _ = io.WriteString(c, "HTTP/1.1 200 Connection established\r\nX-Auth: "+auth+"\r\n\r\n")
		}
	}
}

// upgrade is the answer that begins a WebSocket, with more header lines.
func upgrade(r *http.Request, lines string) string {
	sum := sha1.Sum([]byte(r.Header.Get("Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")) //nolint:gosec // see above
	return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " +
		base64.StdEncoding.EncodeToString(sum[:]) + "\r\n" + lines + "\r\n"
}

// socketFrames are what follows the handshake, by path. What ends so closes the connection.
func socketFrames(path string) (frames string, known bool) {
	frames, known = map[string]string{
		"text": "\x81\x02hi", "binary": "\x82\x03\x00\x01\x02", "fragments": "\x01\x02he\x00\x02ll\x80\x01o", "empty": "\x81\x00",
		"midframe": "\x81\x7e\x01\x00half", "midheader": "\x81", "ends": "", "pings": "\x89\x01p\x81\x02ok\x8a\x01q\x88\x02\x03\xe8",
		"closes": "\x88\x05\x03\xe9bye", "closes_empty": "\x88\x00", "closes_own": "\x88\x06\x0f\xa0\xc3\xa9\x21", "closes_badly": "\x88\x02\x00\x05",
		"closes_short": "\x88\x01\x03", "rsv": "\xc1\x02hi", "opcode": "\x83\x02hi", "not_utf8": "\x81\x02\xff\xfe", "continues": "\x80\x02hi",
		"twice": "\x01\x02he\x81\x02hi", "long_ping": "\x89\x7e\x00\x80" + strings.Repeat("p", 128), "long": "\x81\x7e\x01\x2c" + strings.Repeat("x", 300),
		"two": "\x81\x03one\x82\x03two\x88\x07\x03\xe8done!", "ping_in_fragments": "\x09\x01p",
	}[strings.TrimPrefix(path, "/")]
	return frames, known
}

// segment is how large segments the client takes, which it can choose by an option of its socket.
func segment(c net.Conn) (text string) {
	raw, err := c.(*net.TCPConn).SyscallConn()
	if err == nil {
		err = raw.Control(func(fd uintptr) {
			n, err := unix.GetsockoptInt(int(fd), unix.IPPROTO_TCP, unix.TCP_MAXSEG)
			text = fmt.Sprint((n+99)/100*100, err) // less what stamps of time take
		})
	}
	return text + fmt.Sprint(err)
}

func answerSocket(c net.Conn, in *bufio.Reader, r *http.Request) {
	if frames, ok := socketFrames(r.URL.Path); ok {
		_, _ = io.WriteString(c, upgrade(r, "X-Many: a\r\nX-Many: b\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2; Path=/\r\n")+frames)
		if r.URL.Query().Get("stay") == "" {
			_ = c.(*net.TCPConn).CloseWrite()
		}
		_, _ = io.Copy(io.Discard, in) // so that what the client still sends does no harm
		return
	}
	switch r.URL.Path {
	case "/echo":
		_, _ = io.WriteString(c, upgrade(r, ""))
		echo(bufferedConn{c, in})
	case "/mss":
		text := segment(c)
		_, _ = io.WriteString(c, upgrade(r, "")+string([]byte{0x81, byte(len(text))})+text)
	case "/request":
		var lines strings.Builder
		for _, name := range []string{"Host", "Origin", "Cookie", "X-Own", "Sec-Websocket-Protocol", "Sec-Websocket-Version", "Connection", "Upgrade", "User-Agent"} {
			v := r.Header.Get(name)
			if name == "Host" {
				v = r.Host
			}
			fmt.Fprintf(&lines, "%s=%s|", name, v)
		}
		body := lines.String()
		_, _ = io.WriteString(c, upgrade(r, "Sec-WebSocket-Protocol: "+strings.Split(r.Header.Get("Sec-WebSocket-Protocol"), ",")[0]+"\r\n")+
			string([]byte{0x81, 126, byte(len(body) >> 8), byte(len(body))})+body)
	case "/200":
		_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nX-A: b:c\r\nContent-Length: 9\r\n\r\nnot a ws\n")
	case "/401":
		_, _ = io.WriteString(c, "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\n\r\n")
	case "/500":
		_, _ = io.WriteString(c, "HTTP/1.1 500\r\nContent-Length: 3\r\n\r\n\xff\xfeé")
	case "/short_body":
		_, _ = io.WriteString(c, "HTTP/1.1 400 Bad Request\r\nContent-Length: 30\r\n\r\nshort")
	case "/bad_length":
		_, _ = io.WriteString(c, "HTTP/1.1 400 Bad Request\r\nContent-Length: many\r\n\r\n")
	case "/moved":
		_, _ = io.WriteString(c, "HTTP/1.1 302 Found\r\nLocation: ws://"+r.Host+"/text\r\n\r\n")
	case "/loop":
		_, _ = io.WriteString(c, "HTTP/1.1 302 Found\r\nLocation: ws://"+r.Host+"/loop\r\n\r\n")
	case "/nowhere":
		_, _ = io.WriteString(c, "HTTP/1.1 302 Found\r\n\r\n")
	case "/to_http":
		_, _ = io.WriteString(c, "HTTP/1.1 302 Found\r\nLocation: http://"+r.Host+"/text\r\n\r\n")
	case "/bad_accept":
		_, _ = io.WriteString(c, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: no\r\n\r\n")
	case "/no_upgrade":
		_, _ = io.WriteString(c, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n\r\n")
	case "/not_http":
		_, _ = io.WriteString(c, "SSH-2.0-x\r\n\r\n")
	case "/bad_header":
		_, _ = io.WriteString(c, "HTTP/1.1 101 X\r\nno colon\r\n\r\n")
	case "/hangs":
		_, _ = io.Copy(io.Discard, in)
	case "/resets":
		_, _ = io.WriteString(c, upgrade(r, ""))
		time.Sleep(50 * time.Millisecond)
		_ = c.(*net.TCPConn).SetLinger(0)
	}
}

// A bufferedConn reads what has been read ahead first.
type bufferedConn struct {
	net.Conn
	in io.Reader
}

func (b bufferedConn) Read(p []byte) (int, error) { return b.in.Read(p) }
