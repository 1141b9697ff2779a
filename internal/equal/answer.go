package equal

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"
)

// An answer is what the server says to one request.
type answer struct {
	status  int
	headers []string
	body    []byte
	chunks  []string      // instead of body: sent chunked
	delay   time.Duration // before anything is sent
	fault   fault
}

// A fault is a way in which an answer ends early.
type fault int

const (
	none      fault = iota
	hangUp          // the connection is closed without an answer
	reset           // the connection is reset without an answer
	truncated       // the body ends before its announced length
	garbled         // the body is not chunked as announced
	closing         // the connection is closed behind the answer
	silent          // nothing is said until the client gives up
	stalled         // the same, in the middle of the body
)

// patience is more than any client's: a server that is silent waits for their end.
const patience = 20 * time.Second

func asJSON(status int, body string) answer {
	return answer{status: status, headers: []string{"Content-Type: application/json"}, body: []byte(body)}
}

func asText(contentType, body string) answer {
	return answer{status: 200, headers: []string{"Content-Type: " + contentType}, body: []byte(body)}
}

func (a answer) with(headers ...string) answer {
	a.headers = append(append([]string{}, a.headers...), headers...)
	return a
}

func redirect(status int, location string) answer {
	return answer{status: status, headers: []string{"Content-Type: text/plain", "Location: " + location}, body: []byte("moved")}
}

// compressed answers with a body in one of the content encodings that both clients accept.
func compressed(encoding, body string) answer {
	var buf bytes.Buffer
	if encoding == "gzip" {
		w := gzip.NewWriter(&buf)
		_, _ = w.Write([]byte(body))
		_ = w.Close()
	} else {
		w := zlib.NewWriter(&buf)
		_, _ = w.Write([]byte(body))
		_ = w.Close()
	}
	a := asJSON(200, buf.String())
	return a.with("Content-Encoding: " + encoding)
}

// write sends the answer and says whether the connection lives on.
func (a answer) write(c net.Conn, method string) (keep bool, err error) {
	time.Sleep(a.delay)
	switch a.fault {
	case silent:
		return false, outlast(c)
	case hangUp:
		return false, nil
	case reset:
		if tcp, ok := c.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0)
		}
		return false, nil
	}
	if _, err := c.Write(a.head()); err != nil {
		return false, err
	}
	if a.fault == closing {
		return false, nil
	}
	if method == http.MethodHead {
		return true, nil
	}
	return a.writeBody(c)
}

// outlast waits until the client gives up.
func outlast(c net.Conn) error {
	_ = c.SetReadDeadline(time.Now().Add(patience))
	_, _ = c.Read(make([]byte, 1))
	return nil
}

func (a answer) head() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "HTTP/1.1 %d %s\r\n", a.status, reason(a.status))
	for _, h := range a.headers {
		fmt.Fprintf(&b, "%s\r\n", h)
	}
	switch {
	case a.chunks != nil || a.fault == garbled:
		b.WriteString("Transfer-Encoding: chunked\r\n")
	case a.fault == truncated, a.fault == stalled:
		fmt.Fprintf(&b, "Content-Length: %d\r\n", len(a.body)+100)
	case a.status != http.StatusNoContent && a.status != http.StatusNotModified:
		fmt.Fprintf(&b, "Content-Length: %d\r\n", len(a.body))
	}
	b.WriteString("\r\n")
	return b.Bytes()
}

func reason(status int) string {
	if text := http.StatusText(status); text != "" {
		return text
	}
	return "Unknown"
}

func (a answer) writeBody(c net.Conn) (keep bool, err error) {
	if a.chunks == nil {
		_, err := c.Write(a.body)
		if a.fault == stalled && err == nil {
			err = outlast(c)
		}
		return a.fault == none, err
	}
	for _, chunk := range a.chunks {
		if _, err := fmt.Fprintf(c, "%x\r\n%s\r\n", len(chunk), chunk); err != nil {
			return false, err
		}
		time.Sleep(time.Millisecond)
	}
	_, err = c.Write([]byte("0\r\n\r\n"))
	return true, err
}

// events makes the chunks of a stream of server-sent events.
func events(data ...string) answer {
	chunks := make([]string, 0, len(data))
	for _, d := range data {
		chunks = append(chunks, "data: "+d+"\n\n")
	}
	return answer{status: 200, headers: []string{"Content-Type: text/event-stream", "Cache-Control: no-cache"}, chunks: chunks}
}

// lines makes the chunks of a stream of JSON lines.
func lines(data ...string) answer {
	return answer{
		status: 200, headers: []string{"Content-Type: application/x-ndjson"},
		chunks: strings.SplitAfter(strings.Join(data, "\n")+"\n", "\n")[:len(data)],
	}
}
