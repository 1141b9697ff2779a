package cli

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"gregaria/internal/timing"
	"gregaria/internal/timing/timingtest"
	"gregaria/worker/client"
	"gregaria/worker/user"
)

// slow is what one step of a slow server takes.
const slow = 300 * time.Millisecond

// slowly is a server that is slow where the path says.
func slowly() http.Handler {
	half := strings.Repeat("x", 600)
	mux := http.NewServeMux()
	mux.HandleFunc("/quick", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, half) })
	mux.HandleFunc("/wait", func(w http.ResponseWriter, _ *http.Request) {
		time.Sleep(slow)
		fmt.Fprint(w, half)
	})
	mux.HandleFunc("/body", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, half)
		w.(http.Flusher).Flush()
		time.Sleep(slow)
		fmt.Fprint(w, half)
	})
	mux.HandleFunc("/gzip", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		fmt.Fprint(z, half, half)
		z.Close()
	})
	mux.HandleFunc("/hop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/hop2", http.StatusFound) })
	mux.HandleFunc("/hop2", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/wait", http.StatusFound) })
	mux.HandleFunc("/close", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Connection", "close")
		fmt.Fprint(w, half)
	})
	var tries atomic.Int64
	mux.HandleFunc("/retry", func(w http.ResponseWriter, _ *http.Request) {
		if tries.Add(1)%2 == 1 {
			http.Error(w, "not yet", http.StatusServiceUnavailable)
			return
		}
		fmt.Fprint(w, half)
	})
	return mux
}

// A delayed listener lets each connection wait before its first byte is read: in TLS, that is the handshake.
type delayed struct{ net.Listener }

func (l delayed) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	return &delayedConn{Conn: c}, err
}

type delayedConn struct {
	net.Conn
	begun bool
}

func (c *delayedConn) Read(p []byte) (int, error) {
	if !c.begun {
		c.begun = true
		time.Sleep(slow)
	}
	return c.Conn.Read(p)
}

// startSlowly starts the server in plain and in TLS, with a slow handshake, and a proxy that is slow to connect.
func startSlowly(t *testing.T) (plain, secure, proxy string) {
	t.Helper()
	server := httptest.NewServer(slowly())
	t.Cleanup(server.Close)
	safe := httptest.NewUnstartedServer(slowly())
	safe.Listener = delayed{safe.Listener}
	safe.StartTLS()
	t.Cleanup(safe.Close)
	between := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(slow)
		there, err := net.Dial("tcp", r.Host)
		if err != nil {
			return
		}
		here, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			return
		}
		fmt.Fprint(here, "HTTP/1.1 200 OK\r\n\r\n")
		go io.Copy(there, here)
		go io.Copy(here, there)
	}))
	t.Cleanup(between.Close)
	return server.URL, safe.URL, between.URL
}

const phasesFile = `
from locust import HttpUser, FastHttpUser, task, constant
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

class Plain(HttpUser):
    wait_time = constant(1000)
    host = "PLAIN"
    secure = "SECURE"
    prefix = "plain"
    flags = {"verify": False}
    def prepare(self): pass
    @task
    def t(self):
        self.prepare()
        for path in "quick", "wait", "body", "gzip", "hop", "close", "close":
            self.client.get("/" + path, name=self.prefix + " " + path)
        with self.client.get("/wait", name=self.prefix + " caught", catch_response=True) as r:
            self.client.get("/quick", name=self.prefix + " within")
            r.failure("no")
        for _ in range(2):
            self.client.get(self.secure + "/quick", name=self.prefix + " tls", **self.flags)
        self.more()
    def more(self):
        self.client.get(self.secure + "/wait", name=self.prefix + " proxy", verify=False, proxies={"https": "PROXY"})

class General(Plain):
    prefix = "general"
    def prepare(self):
        self.client.mount("http://", HTTPAdapter(max_retries=Retry(total=3, status_forcelist=[503], backoff_factor=0)))
    def more(self):
        self.client.get("/retry", name="general retry")

class Fast(FastHttpUser):
    wait_time = constant(1000)
    host, secure, prefix, t, prepare = Plain.host, Plain.secure, "fast", Plain.t, Plain.prepare
    flags = {}
    def more(self): pass
`

// phases are a row as these tests look at it.
type phases struct {
	timing.Row
	values map[timing.Phase]int64 // how many
	most   map[timing.Phase]time.Duration
}

// sum adds up all seconds of each name.
func sum(all map[string]*phases, rows []timing.Row) {
	for _, r := range rows {
		p := all[r.Name]
		if p == nil {
			p = &phases{values: map[timing.Phase]int64{}, most: map[timing.Phase]time.Duration{}}
			p.Statuses = map[int]int64{}
			all[r.Name] = p
		}
		p.Add(&r.Counts)
		for status, n := range r.Statuses {
			p.Statuses[status] += n
		}
		for number, h := range r.Histograms {
			phase := timing.Phase(number)
			p.values[phase] += timingtest.Histogram(h).TotalCount()
			p.most[phase] = max(p.most[phase], time.Duration(h.Max)*time.Microsecond)
		}
	}
}

// wantSlow wants a row's exchanges, and those of its phases that are named to be slow, and no other.
func (p *phases) wantSlow(t *testing.T, name string, exchanges, connections int64, slowPhases ...timing.Phase) {
	t.Helper()
	if p == nil {
		t.Errorf("%s has no row", name)
		return
	}
	if p.Exchanges != exchanges || p.Connections != connections || p.values[timing.Wait] != exchanges || p.values[timing.Download] != exchanges {
		t.Errorf("%s has %d exchanges on %d new connections, %d waits, %d downloads, want %d and %d", name,
			p.Exchanges, p.Connections, p.values[timing.Wait], p.values[timing.Download], exchanges, connections)
	}
	for _, phase := range []timing.Phase{timing.Connect, timing.TLS, timing.Wait, timing.Download} {
		want := false
		for _, s := range slowPhases {
			want = want || s == phase
		}
		got := p.most[phase]
		early := slow - 20*time.Millisecond // the server may have the request before its writer goes on
		if want && (got < early || got > slow+240*time.Millisecond) || !want && got > slow*2/3 {
			t.Errorf("%s: %s took %v, want it to be slow (%v): %v", name, phase, got, slow, want)
		}
	}
}

// phases lets a worker run users until rows of all these names are there, then ends it.
func (r *router) phases(errs *output, users map[string]int, names ...string) map[string]*phases {
	r.t.Helper()
	all := map[string]*phases{}
	missing := func(name string) bool { return all[name] == nil }
	r.rows(errs, users, "", func(_ any, row timing.Row) bool {
		sum(all, []timing.Row{row})
		return !slices.ContainsFunc(names, missing)
	})
	return all
}

// rows lets a worker run users against a host, "" is their own, and gives each row of its reports to see, with what Locust's statistics
// have there, until after one of them that is enough, then ends it.
func (r *router) rows(errs *output, users map[string]int, host string, see func(stats any, row timing.Row) (enough bool)) {
	r.t.Helper()
	worker := r.accept(1)[0]
	r.send(worker, "spawn", map[string]any{"user_classes_count": users, "timestamp": 1.0, "host": host, "stop_timeout": 0.0, "parsed_options": map[string]any{}})
	deadline := time.Now().Add(30 * time.Second)
	for enough := false; !enough; {
		if time.Now().After(deadline) {
			r.t.Fatalf("rows are missing\n%s", errs.String())
		}
		if _, m := receive(r.t, r.sock); m.Type == "stats" {
			rows, err := timingtest.Of(m.Data)
			if err != nil {
				r.t.Fatal(err)
			}
			for _, row := range rows {
				enough = see(m.Data.(map[any]any)["stats"], row)
			}
		}
	}
	r.send(worker, "quit", nil)
}

// TestPhases has a server that is slow in the connection, in TLS, in the wait, in the body: each shows in its phase and in no other, on
// each way of a request, through redirects and retries.
func TestPhases(t *testing.T) {
	if testing.Short() {
		t.Skip("15 s, of a real server")
	}
	t.Run("short way", func(t *testing.T) { testPhases(t) })
	t.Run("general way", func(t *testing.T) { testPhases(t, "--gregaria-general-path") })
}

func testPhases(t *testing.T, flags ...string) {
	t.Helper()
	plain, secure, proxy := startSlowly(t)
	r := newRouter(t)
	var out, errs output
	file := strings.NewReplacer("PLAIN", plain, "SECURE", secure, "PROXY", proxy).Replace(phasesFile)
	code := workers(t.Context(), r.port, &out, &errs, append(flags, "-f", write(t, file))...)
	all := r.phases(&errs, map[string]int{"Plain": 1, "General": 1, "Fast": 1}, "plain proxy", "general retry", "fast tls")
	<-code
	for _, prefix := range []string{"plain", "general", "fast"} {
		all[prefix+" quick"].wantSlow(t, prefix+" quick", 1, 1)
		all[prefix+" wait"].wantSlow(t, prefix+" wait", 1, 0, timing.Wait)
		all[prefix+" body"].wantSlow(t, prefix+" body", 1, 0, timing.Download)
		all[prefix+" gzip"].wantSlow(t, prefix+" gzip", 1, 0)
		all[prefix+" hop"].wantSlow(t, prefix+" hop", 3, 0, timing.Wait)
		all[prefix+" close"].wantSlow(t, prefix+" close", 2, 1) // the first finds one open
		all[prefix+" caught"].wantSlow(t, prefix+" caught", 1, 1, timing.Wait)
		all[prefix+" within"].wantSlow(t, prefix+" within", 1, 0)
		all[prefix+" tls"].wantSlow(t, prefix+" tls", 2, 1, timing.TLS)
		if hop := all[prefix+" hop"]; hop.Requests != 1 || hop.values[timing.Response] != 1 || hop.Statuses[302] != 2 || hop.Statuses[200] != 1 {
			t.Errorf("%s hop = %d requests, statuses %v", prefix, hop.Requests, hop.Statuses)
		}
		if caught := all[prefix+" caught"]; caught.Failures != 1 {
			t.Errorf("%s caught has %d failures, want 1", prefix, caught.Failures)
		}
		if quick := all[prefix+" quick"]; quick.Received < 700 || quick.Received > 1000 || quick.Sent < 80 || quick.Sent > 400 {
			t.Errorf("%s quick: %d bytes sent, %d received; the content has 600", prefix, quick.Sent, quick.Received)
		}
		if zipped := all[prefix+" gzip"]; zipped.Received > 600 {
			t.Errorf("%s gzip: %d bytes received, want fewer than the content's 1,200", prefix, zipped.Received)
		}
	}
	all["plain proxy"].wantSlow(t, "plain proxy", 1, 1, timing.Connect, timing.TLS, timing.Wait)
	if retry := all["general retry"]; retry.Exchanges != 2 || retry.Statuses[503] != 1 || retry.Statuses[200] != 1 || retry.Requests != 1 {
		t.Errorf("retry = %+v", retry.Row)
	}
}

// TestPhasesOfGoUsers: the same server, asked by Go's client.
func TestPhasesOfGoUsers(t *testing.T) {
	plain, secure, _ := startSlowly(t)
	r := newRouter(t)
	var out, errs output
	life := func(ctx context.Context, env *user.Env) {
		s := client.New(env)
		s.TLS = client.Insecure()
		for _, path := range []string{"quick", "wait", "body", "gzip", "hop", "close", "close"} {
			s.Do(ctx, &client.Request{Method: "GET", URL: plain + "/" + path, Name: path})
		}
		s.Do(ctx, &client.Request{Method: "GET", URL: plain + "/wait", Name: "caught", Catch: true}).Failure(errors.New("no"))
		s.Do(ctx, &client.Request{Method: "GET", URL: secure + "/quick", Name: "tls"})
		s.Do(ctx, &client.Request{Method: "GET", URL: secure + "/quick", Name: "tls"})
		<-ctx.Done()
	}
	program := Program{Classes: []user.Class{{Name: "U", Host: plain, Run: life}}}
	code := make(chan int, 1)
	go func() {
		code <- program.run(t.Context(), []string{"--compiled", "--master-port", strconv.Itoa(r.port)}, &out, &errs)
	}()
	all := r.phases(&errs, map[string]int{"U": 1}, "tls")
	<-code
	all["quick"].wantSlow(t, "quick", 1, 1)
	all["wait"].wantSlow(t, "wait", 1, 0, timing.Wait)
	all["body"].wantSlow(t, "body", 1, 0, timing.Download)
	all["gzip"].wantSlow(t, "gzip", 1, 0)
	all["hop"].wantSlow(t, "hop", 3, 0, timing.Wait)
	all["close"].wantSlow(t, "close", 2, 1)
	all["caught"].wantSlow(t, "caught", 1, 1, timing.Wait)
	all["tls"].wantSlow(t, "tls", 2, 1, timing.TLS)
	if hop := all["hop"]; hop.Requests != 1 || hop.Statuses[302] != 2 || hop.Statuses[200] != 1 || all["caught"].Failures != 1 {
		t.Errorf("hop = %d requests, statuses %v; caught has %d failures", hop.Requests, hop.Statuses, all["caught"].Failures)
	}
}
