package wire

import (
	"net"
	"testing"
	"time"
)

// TestStop: a call that is stopped while it connects, while it waits for its answer, or before it has begun, ends at once, and its pool keeps
// nothing of it.
func TestStop(t *testing.T) {
	t.Parallel()
	silent, err := net.Listen("tcp", "127.0.0.1:0") // its kernel takes connections
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = silent.Close() })
	address := silent.Addr().String()
	for _, tt := range []struct {
		reason string
		tls    bool
		rests  bool // a connection does, in the pool
		when   func(q *Call) bool
	}{
		{"while it connects", true, false, func(q *Call) bool { return q.dialing.Load() != nil }},
		{"while it waits", false, false, func(q *Call) bool { return q.pool.Load() != nil && q.dialing.Load() == nil }},
		{"before it has begun", false, false, nil},
		{"before it has begun, on a connection that is there", false, true, nil},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			t.Parallel()
			var p Pool
			q := &Call{Origin: &Origin{TLS: tt.tls, Address: address, Host: address}, Method: "GET", Message: []byte("GET / HTTP/1.1\r\nHost: x\r\n\r\n")}
			if tt.rests {
				c, err := p.Take(t.Context(), q.Origin, nil, 0, time.Now())
				if err != nil {
					t.Fatal(err)
				}
				p.Settle(c, true)
			}
			stop := q.Stopper()
			done := make(chan struct{})
			if tt.when == nil {
				(*stop)()
			}
			go func() {
				defer close(done)
				p.Do(t.Context(), t.Context(), q)
			}()
			if tt.when != nil {
				for !tt.when(q) {
					time.Sleep(time.Millisecond)
				}
				time.Sleep(20 * time.Millisecond)
				(*stop)()
			}
			select {
			case <-done:
			case <-time.After(10 * time.Second):
				t.Fatal("the call goes on")
			}
			if q.Err == nil || len(p.conns) > 0 {
				t.Errorf("error %v, %d connections in the pool, want one and none", q.Err, len(p.conns))
			}
		})
	}
}
