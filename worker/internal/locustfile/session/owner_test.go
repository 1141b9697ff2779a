package session

import (
	"bytes"
	"context"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/requests"
	"gregaria/worker/user"
)

// owner is a user's life for tests.
type owner struct {
	env *user.Env
	ctx context.Context //nolint:containedctx // a life
}

func (o *owner) Env() *user.Env           { return o.env }
func (o *owner) Context() context.Context { return o.ctx }
func (o *owner) Exit() *python.Exception  { return python.Errorf(python.SystemExit, "time is up") }

var _ requests.Owner = (*owner)(nil)

// recorder is an event that keeps what it is told.
type recorder struct {
	mu   sync.Mutex
	rows []Request
}

func (r *recorder) FireRequest(_ *python.Thread, q *Request) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.rows = append(r.rows, *q)
	return nil
}

// counter is an event that only counts.
type counter struct{ n, failed int }

func (c *counter) FireRequest(_ *python.Thread, q *Request) error {
	if c.n++; q.Exception != nil {
		c.failed++
	}
	return nil
}

// newUser returns a thread that runs a user whose client reports to event, and the function f of source.
func newUser(tb testing.TB, url string, fast bool, event any, source string) (t *python.Thread, f python.Value, end context.CancelFunc) {
	tb.Helper()
	t = newThread(&bytes.Buffer{})
	ctx, cancel := context.WithCancel(context.Background())
	env := &user.Env{Host: url, Done: ctx}
	tb.Cleanup(func() { cancel(); env.Exit() })
	t.Local = &owner{env, ctx}
	err := t.Do(func() error {
		c, err := New(t, Options{})
		if err != nil {
			return err
		}
		hook := python.NewInstance(python.ObjectType, event)
		open := c.NewHTTP
		if fast {
			open = c.NewFast
		}
		client, err := open(t, url, hook, python.None)
		if err != nil {
			return err
		}
		m, err := t.Exec("__main__", "file.py", []byte(source))
		if err != nil {
			return err
		}
		m.Attrs().SetStr("client", client)
		f = m.Attrs().GetStr("f")
		return nil
	})
	if err != nil {
		tb.Fatal(t.Traceback(err))
	}
	return t, f, cancel
}

// steady answers every request on its connections alike, without an allocation of its own.
func steady(tb testing.TB, delay time.Duration) string {
	tb.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go answer(c, delay)
		}
	}()
	return "http://" + l.Addr().String()
}

func answer(c net.Conn, delay time.Duration) {
	defer func() { _ = c.Close() }()
	text := []byte("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n{\"status\":\"ok\"}")
	request := make([]byte, 4096)
	for {
		if _, err := c.Read(request); err != nil {
			return
		}
		time.Sleep(delay)
		if _, err := c.Write(text); err != nil {
			return
		}
	}
}

// TestTimeIsUp ends a user's life in the middle of a request: a quick answer still comes home as a normal response, a late
// one is incomplete; nothing is sent afterwards.
func TestTimeIsUp(t *testing.T) {
	t.Parallel()
	for _, fast := range []bool{false, true} {
		for _, tt := range []struct {
			reason string
			delay  time.Duration
			want   string
		}{
			{"the answer comes home", 150 * time.Millisecond, "GET /x complete"},
			{"the answer is too late", 2 * time.Second, "GET /x incomplete"},
		} {
			rows := &recorder{}
			th, f, end := newUser(t, steady(t, tt.delay), fast, rows, "def f():\n    client.get('/x')\n    client.get('/never')\n")
			time.AfterFunc(50*time.Millisecond, end)
			began := time.Now()
			err := th.Do(func() error { _, err := th.Call(f); return err })
			if err == nil || !strings.Contains(err.Error(), "time is up") {
				t.Errorf("fast %v: %s: err = %v, want the user's exit", fast, tt.reason, err)
			}
			if took := time.Since(began); took > time.Second {
				t.Errorf("fast %v: %s: took %v, want less than a second", fast, tt.reason, took)
			}
			var got []string
			for _, r := range rows.rows {
				kind := " complete"
				if r.Incomplete {
					kind = " incomplete"
				}
				got = append(got, r.Type+" "+r.Name+kind)
			}
			if s := strings.Join(got, ", "); s != tt.want {
				t.Errorf("fast %v: %s: recorded %q, want %q", fast, tt.reason, s, tt.want)
			}
		}
	}
}

// TestGreenletsShareASession has two threads of one user ask at once: each has a connection of its own.
func TestGreenletsShareASession(t *testing.T) {
	t.Parallel()
	rows := &recorder{}
	th, f, _ := newUser(t, steady(t, 100*time.Millisecond), false, rows, "def f():\n    return client.get('/x').json()['status']\n")
	began := time.Now()
	var all sync.WaitGroup
	for range 8 {
		other := th.Isolate().NewThread()
		other.Local = th.Local
		all.Go(func() {
			if err := other.Do(func() error { _, err := other.Call(f); return err }); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if took := time.Since(began); took > 500*time.Millisecond {
		t.Errorf("8 requests at once took %v, want little more than 100ms", took)
	}
	if len(rows.rows) != 8 {
		t.Errorf("%d requests recorded, want 8", len(rows.rows))
	}
}
