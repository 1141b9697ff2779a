package client

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gregaria/worker/user"
)

// recorded keeps what a session records.
type recorded struct {
	mu       sync.Mutex
	requests []user.Request
}

func (r *recorded) Record(q user.Request) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.requests = append(r.requests, q)
}

// rows are the recorded requests as "TYPE name length failure".
func (r *recorded) rows() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var rows []string
	for _, q := range r.requests {
		row := fmt.Sprintf("%s %s %d %s", q.Type, q.Name, q.Length, q.Failure)
		if q.Incomplete {
			row = fmt.Sprintf("%s %s incomplete", q.Type, q.Name)
		}
		rows = append(rows, strings.TrimSpace(row))
	}
	return rows
}

// A rig is one user with a session.
type rig struct {
	*Session
	ctx      context.Context
	cancel   context.CancelFunc
	recorded *recorded
	reported []user.Exception
	env      *user.Env
}

func newRig(t *testing.T, host string) *rig {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	r := &rig{ctx: ctx, cancel: cancel, recorded: &recorded{}}
	r.env = &user.Env{
		Class: "Tester", Host: host, Done: ctx, Recorder: r.recorded,
		Report: func(e user.Exception) { r.reported = append(r.reported, e) },
	}
	r.Session = New(r.env)
	t.Cleanup(func() { r.env.Exit(); cancel() })
	return r
}

func (r *rig) expect(t *testing.T, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, r.recorded.rows()); diff != "" {
		t.Errorf("recorded: want -, got +\n%s", diff)
	}
}

func serve(t *testing.T, h http.HandlerFunc) (url string, connections *atomic.Int64) {
	t.Helper()
	connections = &atomic.Int64{}
	s := httptest.NewUnstartedServer(h)
	s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			connections.Add(1)
		}
	}
	s.Start()
	t.Cleanup(s.Close)
	return s.URL, connections
}

func TestRequestOnTheWire(t *testing.T) {
	t.Parallel()
	var got string
	url, _ := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got = fmt.Sprintf("%s %s %s %s %s %s %s", r.Method, r.RequestURI, r.Header.Get("Content-Type"),
			r.Header.Get("Accept"), r.Header.Get("User-Agent"), r.Header.Get("X-A"), body)
	})
	r := newRig(t, url+"/base/")
	r.Do(r.ctx, &Request{
		Method: "POST", URL: "/a?b=c", Body: JSON(map[string]int{"n": 1}), Header: http.Header{"X-A": {"1"}},
	})
	if want := `POST /base/a?b=c application/json */* gregaria/0.1.0 1 {"n":1}`; got != want {
		t.Errorf("the server got %s, want %s", got, want)
	}
	r.expect(t, "POST /base/a?b=c 0")
}

func TestOneConnectionAUser(t *testing.T) {
	t.Parallel()
	url, connections := serve(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "hello") })
	r := newRig(t, url)
	for range 20 {
		if got := r.Get(r.ctx, "/").Text(); got != "hello" {
			t.Fatalf("text = %q", got)
		}
	}
	if got := connections.Load(); got != 1 {
		t.Errorf("%d connections, want 1", got)
	}
}

func TestClosedConnectionIsNotUsedAgain(t *testing.T) {
	t.Parallel()
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	s.Config.IdleTimeout = 50 * time.Millisecond
	s.Start()
	t.Cleanup(s.Close)
	r := newRig(t, s.URL)
	for range 3 {
		r.Get(r.ctx, "/")
		time.Sleep(200 * time.Millisecond) // the server closes the connection meanwhile
	}
	r.expect(t, "GET / 0", "GET / 0", "GET / 0")
}

func TestCookies(t *testing.T) {
	t.Parallel()
	url, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if c, err := r.Cookie("session"); err == nil {
			fmt.Fprint(w, c.Value)
			return
		}
		http.SetCookie(w, &http.Cookie{Name: "session", Value: "s1", Path: "/"})
	})
	first, second := newRig(t, url), newRig(t, url)
	first.Get(first.ctx, "/")
	if got := first.Get(first.ctx, "/").Text(); got != "s1" {
		t.Errorf("the user's cookie = %q, want s1", got)
	}
	if got := second.Get(second.ctx, "/").Text(); got != "" {
		t.Errorf("another user's cookie = %q, want none", got)
	}
}

func TestStatusAndChecks(t *testing.T) {
	t.Parallel()
	url, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		var status int
		fmt.Sscanf(r.URL.Path, "/%d", &status)
		w.WriteHeader(status)
		fmt.Fprint(w, "text")
	})
	r := newRig(t, url)
	r.Get(r.ctx, "/200")
	r.Get(r.ctx, "/404")
	r.Do(r.ctx, &Request{Method: "GET", URL: "/503", Name: "named"})
	r.Do(r.ctx, &Request{Method: "GET", URL: "/404", Check: func(*Response) error { return nil }})
	r.Do(r.ctx, &Request{Method: "GET", URL: "/200", Check: func(*Response) error { return errors.New("it's wrong") }})
	r.Do(r.ctx, &Request{Method: "GET", URL: "/500", Check: (*Response).StatusError})
	r.expect(
		t,
		"GET /200 4",
		"GET /404 4 HTTPError('404 Client Error: Not Found for url: /404')",
		"GET named 4 HTTPError('503 Server Error: Service Unavailable for url: named')",
		"GET /404 4",
		`GET /200 4 CatchResponseError("it's wrong")`,
		"GET /500 4 HTTPError('500 Server Error: Internal Server Error for url: /500')",
	)
}

func TestRedirects(t *testing.T) {
	t.Parallel()
	var seen []string
	url, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		seen = append(seen, r.Method+" "+r.URL.Path+" "+string(body))
		var status int
		if n, _ := fmt.Sscanf(r.URL.Path, "/%d", &status); n == 1 {
			w.Header().Set("Location", "end")
			w.WriteHeader(status)
		}
		if r.URL.Path == "/loop" {
			w.Header().Set("Location", "/loop")
			w.WriteHeader(http.StatusFound)
		}
		fmt.Fprint(w, "abc")
	})
	tests := []struct {
		method, path string
		noRedirect   bool
		want         []string
		row          string
	}{
		{"GET", "/302", false, []string{"GET /302 ", "GET /end "}, "GET /302 3"},
		{"POST", "/301", false, []string{"POST /301 x", "GET /end "}, "POST /301 3"},
		{"PUT", "/303", false, []string{"PUT /303 x", "GET /end "}, "PUT /303 3"},
		{"PUT", "/301", false, []string{"PUT /301 x", "PUT /end "}, "PUT /301 3"},
		{"POST", "/307", false, []string{"POST /307 x", "POST /end x"}, "POST /307 3"},
		{"HEAD", "/302", false, []string{"HEAD /302 "}, "HEAD /302 0"},
		{"GET", "/302", true, []string{"GET /302 "}, "GET /302 3"},
	}
	for _, tt := range tests {
		seen = nil
		r := newRig(t, url)
		q := &Request{Method: tt.method, URL: tt.path, NoRedirect: tt.noRedirect}
		if tt.method == "POST" || tt.method == "PUT" {
			q.Body = Body{"text/plain", []byte("x")}
		}
		r.Do(r.ctx, q)
		if diff := cmp.Diff(tt.want, seen); diff != "" {
			t.Errorf("%s %s: want -, got +\n%s", tt.method, tt.path, diff)
		}
		r.expect(t, tt.row)
	}
	seen = nil
	r := newRig(t, url)
	r.Get(r.ctx, "/loop")
	r.expect(t, "GET /loop 0 TooManyRedirects('Exceeded 30 redirects.')")
	if len(seen) != 31 {
		t.Errorf("%d requests of a loop, want 31", len(seen))
	}
}

func TestCompressedContentIsMeasuredDecoded(t *testing.T) {
	t.Parallel()
	url, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		fmt.Fprint(z, strings.Repeat("a", 1000))
		z.Close()
	})
	r := newRig(t, url)
	if got := len(r.Get(r.ctx, "/").Bytes()); got != 1000 {
		t.Errorf("%d bytes, want 1000", got)
	}
	r.expect(t, "GET / 1000")
}

func TestFailureTexts(t *testing.T) {
	t.Parallel()
	hangup, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		c, _, _ := w.(http.Hijacker).Hijack()
		c.Close()
	})
	reset, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		c, _, _ := w.(http.Hijacker).Hijack()
		c.(*net.TCPConn).SetLinger(0)
		c.Close()
	})
	slow, _ := serve(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	free.Close()
	tests := []struct {
		host    string
		timeout time.Duration
		want    string
	}{
		{"http://" + free.Addr().String(), 0, "GET / 0 ConnectionRefusedError(111, 'Connection refused')"},
		{hangup, 0, "GET / 0 RemoteDisconnected('Remote end closed connection without response')"},
		{reset, 0, "GET / 0 ConnectionResetError(104, 'Connection reset by peer')"},
		{slow, 30 * time.Millisecond, `GET / 0 ReadTimeout(ReadTimeoutError("HTTPConnectionPool(host='127.0.0.1', port=` +
			slow[strings.LastIndex(slow, ":")+1:] + `): Read timed out. (read timeout=0.03)"))`},
		{"http://no-such-host.invalid", 0, "GET / 0 gaierror(-2, 'Name or service not known')"},
	}
	for _, tt := range tests {
		r := newRig(t, tt.host)
		resp := r.Do(r.ctx, &Request{Method: "GET", URL: "/", Timeout: tt.timeout})
		if resp.Status() != 0 || resp.OK() || resp.Err == nil {
			t.Errorf("%s: status %d, err %v, want no answer", tt.host, resp.Status(), resp.Err)
		}
		r.expect(t, tt.want)
	}
}

func TestNoHostIsAnException(t *testing.T) {
	t.Parallel()
	for _, host := range []string{"", "localhost:8000", "ftp://x"} {
		r := newRig(t, host)
		if resp := r.Get(r.ctx, "/"); resp.Err == nil {
			t.Errorf("host %q: no error", host)
		}
		if len(r.reported) != 1 || len(r.recorded.rows()) != 0 {
			t.Errorf("host %q: reported %v, recorded %v, want one exception and no request", host, r.reported, r.recorded.rows())
		}
	}
}

// TestEndOfTimeDrainsAndCuts ends a user's time with a request in flight: a quick answer still counts, a slow one is
// incomplete, and nothing more is sent.
func TestEndOfTimeDrainsAndCuts(t *testing.T) {
	t.Parallel()
	began := make(chan struct{}, 2)
	url, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		began <- struct{}{}
		wait := DrainTime / 4
		if r.URL.Path == "/slow" {
			wait = 20 * DrainTime
		}
		select {
		case <-time.After(wait):
		case <-r.Context().Done():
		}
		fmt.Fprint(w, "abc")
	})
	for path, want := range map[string]string{"/quick": "GET /quick 3", "/slow": "GET /slow incomplete"} {
		r := newRig(t, url)
		go func() { <-began; r.cancel() }()
		start := time.Now()
		r.Get(r.ctx, path)
		if took := time.Since(start); took > 4*DrainTime {
			t.Errorf("%s took %v after the end of the user's time", path, took)
		}
		if resp := r.Get(r.ctx, "/late"); !errors.Is(resp.Err, context.Canceled) {
			t.Errorf("a request after the end: err = %v, want context.Canceled", resp.Err)
		}
		r.expect(t, want)
		rest, cancel := context.WithTimeout(context.WithoutCancel(r.ctx), 5*time.Second)
		defer cancel()
		go func() { <-began }()
		r.Get(rest, "/quick") // what on_stop sends
		r.expect(t, want, "GET /quick 3")
	}
}

func TestResponseIsGivenBack(t *testing.T) {
	t.Parallel()
	url, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "one") })
	r := newRig(t, url)
	first := r.Get(r.ctx, "/")
	r.env.Idle()
	if first.Status() != 0 || first.Text() != "" || first.Err == nil || first.Header("Date") != "" {
		t.Errorf("a response after the user's wait: %d %q %v, want nothing of it", first.Status(), first.Text(), first.Err)
	}
}

type discard struct{}

func (*discard) Record(user.Request) {}
