package wire

import (
	"time"

	"gregaria/worker/user"
)

// start is what the times of traces count from: reading one clock costs half of what two do.
var start = time.Now()

// A trace follows one exchange on a connection. Its times are nanoseconds since start, 0 before they have come.
type trace struct {
	connect, tls   time.Duration // of a connection that has had no exchange yet
	written, first time.Duration // when the request was written, and when the first byte came
	sent, received int64
}

// begin begins the next exchange.
func (t *trace) begin() { t.written, t.first, t.sent, t.received = 0, 0, 0, 0 }

func (t *trace) wrote(n int) {
	t.written = time.Since(start)
	t.sent += int64(n)
}

func (t *trace) read(n int) {
	if n <= 0 {
		return
	}
	if t.first == 0 {
		t.first = time.Since(start)
	}
	t.received += int64(n)
}

// exchange is what the exchange took, when its answer ended; a zero ended is that the content is still coming. It is told once.
func (t *trace) exchange(status int, ended time.Time) user.Exchange {
	x := user.Exchange{Connect: t.connect, TLS: t.tls, Sent: t.sent, Received: t.received}
	if t.first > 0 {
		x.Status, x.Wait = status, max(t.first-t.written, 1)
		if !ended.IsZero() {
			x.Download = max(ended.Sub(start)-t.first, 1)
		}
	}
	t.connect, t.tls = 0, 0
	if !ended.IsZero() {
		t.begin()
	}
	return x
}
