package wire

import (
	"context"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"
)

// TestPoolKeepsNoMoreThanItsMost has requests overlap: what is more than the pool keeps is closed once it is not needed, and each
// call says once that it needs no connection any more.
func TestPoolKeepsNoMoreThanItsMost(t *testing.T) {
	t.Parallel()
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { time.Sleep(50 * time.Millisecond) }))
	t.Cleanup(s.Close)
	address := s.Listener.Addr().String()
	for _, tt := range []struct{ most, want int }{{0, 4}, {1, 1}, {3, 3}} {
		p := &Pool{Most: tt.most}
		var all sync.WaitGroup
		var mu sync.Mutex
		settled := 0
		for range 4 {
			all.Go(func() {
				q := &Call{Origin: &Origin{Address: address, Host: address}, Method: "GET", Message: []byte("GET / HTTP/1.1\r\nHost: x\r\n\r\n")}
				q.Settled = func() { mu.Lock(); defer mu.Unlock(); settled++ }
				p.Do(context.Background(), context.Background(), q)
				if q.Err != nil || q.BodyErr != nil {
					t.Error(q.Err, q.BodyErr)
				}
			})
		}
		all.Wait()
		if n := len(p.conns); n != tt.want || settled != 4 {
			t.Errorf("a pool of at most %d keeps %d connections, %d calls have settled, want %d and 4", tt.most, n, settled, tt.want)
		}
		p.Close()
	}
}
