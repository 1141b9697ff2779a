package wire

import (
	"context"
	"errors"
	"os"
	"time"
)

// A call whose request is made while it is sent goes step by step: Open takes the connection, Write sends pieces, Receive
// waits for the answer. Whoever does not call Receive calls Abandon.

// Open takes a connection of the pool for the call. See Do for the contexts; Err is why there is none.
func (p *Pool) Open(ctx, home context.Context, q *Call) {
	c := p.begin(ctx, home, q)
	if c == nil {
		return
	}
	q.Answer.GiveBack()
	q.Answer.Body.c = c
	c.trace.begin()
	if q.Err = c.Limit(ctx, q.Gap); q.Err != nil {
		q.Abandon()
	}
}

// Write sends a piece of the request. An error leaves the connection to Receive, since a server that takes no more may have
// said why.
func (q *Call) Write(p []byte) error {
	c := q.Answer.Conn()
	if c.gap > 0 {
		if err := c.arm(); err != nil {
			return err
		}
	}
	n, err := c.Write(p)
	c.trace.wrote(n)
	if err != nil && errors.Is(err, os.ErrDeadlineExceeded) {
		err = c.timeout(err)
	}
	return err
}

// Invited waits for a word of the server on a request that expects one before its content follows (Expect: 100-continue), and
// says whether it was an interim answer. Any other is there for Receive.
func (q *Call) Invited() (bool, error) {
	b := &q.Answer.Body
	if b.buf == nil {
		b.buf = Small()
	}
	return b.interim(&q.Answer.Head)
}

// Receive waits for the answer.
func (q *Call) Receive() {
	if t := &q.Answer.Conn().trace; t.first < t.written { // that was an interim answer
		t.first = 0
	}
	q.answered(q.Answer.receive(q.Method))
}

// Abandon closes the connection of a call that has not received.
func (q *Call) Abandon() { q.settle(false) }

// Linger waits a moment for the rest of a small content whose head has come: servers send both, but not always at once.
func (q *Call) Linger(most time.Duration) {
	b := &q.Answer.Body
	room := cap(b.buf.B) - len(b.buf.B)
	if b.kind != sized || b.Here() || room < int(max(512, min(b.left, LargeBuffer))) {
		return
	}
	c := b.c
	gap := c.gap
	c.gap = 0
	_ = c.SetReadDeadline(time.Now().Add(most))
	for !b.Here() && b.fill() == nil {
	}
	c.gap = gap
	_ = c.arm()
}
