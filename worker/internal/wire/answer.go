// Package wire sends one HTTP/1.1 request on a kept connection and reads the answer: no redirects, no cookies, no headers
// of its own. What goes wrong is a Go error that the layers above put into Python's words.
package wire

import (
	"bytes"
	"context"
	"errors"
	"io"
	"syscall"
	"time"

	"gregaria/worker/user"
)

// An Answer is what comes back, in borrowed buffers: its head, and its content as far as it has been read.
type Answer struct {
	Head Head
	Body Body // its buffer holds the head, and the content if that came with it
	// Content is the content, once ReadAll has read it.
	Content []byte
	more    *Buffer // the content, unless it came with the head
}

// Exchange sends a request and reads the head of the answer. No wait for bytes is longer than gap, unless that is 0.
func (a *Answer) Exchange(ctx context.Context, c *Conn, gap time.Duration, method string, message, content []byte) error {
	a.GiveBack()
	a.Body.c = c
	c.trace.begin()
	err := c.Limit(ctx, gap)
	if err == nil {
		a.Body.buf, err = c.Send(message, content)
	}
	if err != nil && !errors.Is(err, syscall.EPIPE) { // a server that listens no more may have said why
		return err
	}
	return a.receive(method)
}

// receive reads the head of the answer.
func (a *Answer) receive(method string) error {
	if a.Body.buf == nil {
		a.Body.buf = Small()
	}
	if err := a.Body.ReadHead(&a.Head); err != nil {
		return err
	}
	a.Body.Begin(&a.Head, method)
	return nil
}

// Conn is the connection that the answer comes from; nil if none was asked.
func (a *Answer) Conn() *Conn { return a.Body.c }

// Took is what the exchange took, once, when the answer ended; a zero ended is that its content is still coming.
func (a *Answer) Took(ended time.Time) user.Exchange {
	if a.Body.c == nil {
		return user.Exchange{}
	}
	return a.Body.c.trace.exchange(a.Head.Status, ended)
}

// Reusable says whether all has been read and the connection can be used again.
func (a *Answer) Reusable() bool { return a.Body.Whole() && !a.Head.Closes }

// ReadAll reads all of the content.
func (a *Answer) ReadAll() error {
	b := &a.Body
	if n := a.Head.Length; b.kind == sized && b.err == nil && int64(len(b.buf.B)-b.pos) >= n {
		a.Content = b.buf.B[b.pos : b.pos+int(n)] // it came with the head
		b.pos += int(n)
		b.err = io.EOF
	} else if b.err == nil {
		a.more = Small()
		if b.kind == sized {
			a.more.Grow(int(min(n, LargeBuffer)))
		}
		err := a.more.ReadAll(b)
		a.Content = a.more.B
		return err
	}
	return nil
}

// Decode undoes the content's encoding with what open has for it, see Decoder.
func (a *Answer) Decode(open func(encoding string, r io.Reader) io.Reader) error {
	if !a.Head.Encoded || len(a.Content) == 0 {
		return nil
	}
	decoded := Small()
	err := decoded.ReadAll(open(string(a.Head.Value("Content-Encoding")), bytes.NewReader(a.Content)))
	if a.more != nil {
		a.more.GiveBack()
	}
	a.more, a.Content = decoded, decoded.B
	return err
}

// GiveBack returns the buffers: the head and the content are no more.
func (a *Answer) GiveBack() {
	if a.Body.buf != nil {
		a.Body.buf.GiveBack()
	}
	if a.more != nil {
		a.more.GiveBack()
	}
	*a = Answer{}
}

// Copy returns the head and the content in memory of their own.
func (a *Answer) Copy() (Head, []byte) {
	h := a.Head
	n, m := len(h.lines), len(h.Reason)
	own := make([]byte, 0, n+m+len(a.Content))
	own = append(append(append(own, h.lines...), h.Reason...), a.Content...)
	h.lines, h.Reason = own[:n:n], own[n:n+m:n+m]
	return h, own[n+m:]
}
