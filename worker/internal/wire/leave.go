package wire

import (
	"io"
	"net"
	"time"
)

// Close ends a stream. Unless all of it has been read, the connection is closed. Any goroutine may call it: one that reads the stream just
// now gets an error.
func (q *Call) Close() {
	if q.reading.TryLock() {
		if q.Streaming && !q.Answer.Body.Ended() {
			q.broken = net.ErrClosed // for who reads on
		}
		q.close()
		q.reading.Unlock()
		return
	}
	if q.Watch != nil {
		q.Watch.Ended(false, nil)
	}
	if p := q.pool.Load(); p != nil {
		p.interrupt(q)
	}
}

// Forget is Close for a stream to which nobody refers any more. What is Settled then is only what the reader has Begun: see there.
func (q *Call) Forget() {
	q.reading.Lock()
	defer q.reading.Unlock()
	if !q.Begun {
		q.Settled = nil
	}
	q.close()
}

// Drop is Close, and gives back the buffers.
func (q *Call) Drop() {
	q.Close()
	if q.reading.TryLock() { // whoever reads just now needs them
		q.Answer.GiveBack()
		q.reading.Unlock()
	}
}

// close ends a stream. What it leaves keeps nothing of the pool: until the response is collected, that would keep the pool's user, whose
// attribute the response may be.
func (q *Call) close() {
	if !q.Streaming {
		return
	}
	q.Streaming = false
	*q.Whole = q.Took
	rest := q.Answer.Took(time.Now())
	q.Whole.Received, q.Whole.Download = rest.Received, rest.Download
	whole := q.Answer.Body.Ended()
	q.settle(whole && q.Answer.Reusable())
	q.pool.Store(nil)
	q.Unread.Ended()
	if q.Watch != nil {
		q.Watch.Ended(whole || q.last == io.EOF, q.last) //nolint:errorlint // a reader's own
	}
}
