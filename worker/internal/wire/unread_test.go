package wire

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// TestUnreadAsks for collections: when much is open, twice as much as the last has left; and ever less often while what is open stays.
func TestUnreadAsks(t *testing.T) { //nolint:paralleltest // it counts collections
	synctest.Test(t, func(t *testing.T) {
		u := &Unread{}
		before := cycles()
		for range mostUnread - 1 {
			u.Opened()
		}
		if synctest.Wait(); cycles() != before {
			t.Fatalf("%d streams are worth a collection", mostUnread-1)
		}
		u.Opened()
		if synctest.Wait(); cycles() == before {
			t.Fatalf("%d streams are not worth a collection", mostUnread)
		}
		time.Sleep(2 * settling)
		if got := u.limit.Load(); got != 2*mostUnread {
			t.Errorf("after a collection that has left %d streams, %d are worth the next, want %d", mostUnread, got, 2*mostUnread)
		}

		var looks []int64 // when, in seconds
		began := time.Now()
		last := cycles()
		for range 40 {
			time.Sleep(time.Second)
			if now := cycles(); now != last {
				looks, last = append(looks, int64(time.Since(began).Seconds())), now
			}
		}
		if len(looks) < 3 || len(looks) > 7 || looks[0] > 2 {
			t.Errorf("while the same streams are open it looks after %v s, want ever less often", looks)
		}

		u.Reads(mostUnread)
		last = cycles()
		time.Sleep(3 * longestPatience)
		if now := cycles(); now != last {
			t.Errorf("%d collections while somebody reads each stream, want none", now-last)
		}
		for range mostUnread {
			u.Reads(-1)
			u.Ended()
		}
		time.Sleep(2 * longestPatience)
		if u.patience.Load() != 0 {
			t.Error("it looks while no stream is open")
		}
	})
}

// endless serves answers that begin and do not end.
func endless(t *testing.T) (ask func(p *Pool, w Watch) *Call) {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, "x")
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	}))
	t.Cleanup(s.Close)
	address := s.Listener.Addr().String()
	return func(p *Pool, w Watch) *Call {
		q := &Call{Origin: &Origin{Address: address, Host: address}, Method: "GET", Message: []byte("GET / HTTP/1.1\r\nHost: x\r\n\r\n"), Stream: true, Watch: w}
		p.Do(t.Context(), t.Context(), q)
		if q.Err != nil || !q.Streaming {
			t.Fatal(q.Err, q.Streaming)
		}
		return q
	}
}

// An ending counts how often a stream has ended, and whether it was left.
type ending struct {
	mu          sync.Mutex
	ended, left int
}

func (e *ending) Saw([]byte) {}
func (e *ending) Ended(whole bool, err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.ended++; !whole && err == nil {
		e.left++
	}
}

// TestStreamsAreLeft by their reader, by another goroutine while it reads, and by their pool: once they are over.
func TestStreamsAreLeft(t *testing.T) {
	t.Parallel()
	ask := endless(t)
	for reason, leave := range map[string]func(p *Pool, q *Call){
		"closed":                       func(_ *Pool, q *Call) { q.Close(); q.Close() },
		"dropped":                      func(_ *Pool, q *Call) { q.Drop() },
		"forgotten":                    func(_ *Pool, q *Call) { q.Forget() },
		"the pool is closed":           func(p *Pool, _ *Call) { p.Close() },
		"closed while it is read":      func(_ *Pool, q *Call) { reading(t, q, q.Close) },
		"the pool is closed, likewise": func(p *Pool, q *Call) { reading(t, q, p.Close) },
	} {
		p, e := &Pool{}, &ending{}
		q := ask(p, e)
		leave(p, q)
		if e.mu.Lock(); e.ended == 0 || e.left == 0 || len(p.conns) > 0 || q.Streaming || q.pool.Load() != nil {
			t.Errorf("%s: ended %d times, %d connections, streaming %v, pool %v", reason, e.ended, len(p.conns), q.Streaming, q.pool.Load())
		}
		e.mu.Unlock()
	}
}

// reading runs leave while somebody reads a stream, and waits for the end of that.
func reading(t *testing.T, q *Call, leave func()) {
	t.Helper()
	var all sync.WaitGroup
	all.Go(func() {
		b := make([]byte, 10)
		for {
			if n, err := q.ReadChunk(b, true); n == 0 && err != nil {
				if err == io.EOF { //nolint:errorlint // ReadChunk's own
					t.Error("a stream that is left while it is read comes to its end, want an error")
				}
				return
			}
		}
	})
	for q.reading.TryLock() { // until it reads
		q.reading.Unlock()
		runtime.Gosched()
	}
	leave()
	all.Wait()
}
