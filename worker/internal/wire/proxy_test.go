package wire

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// A testProxy forwards requests with a whole URL and opens tunnels, for whoever knows the password, and notes the first line
// of every request.
type testProxy struct {
	net.Listener
	auth  string // what Proxy-Authorization must be, "" if nothing
	wg    sync.WaitGroup
	mu    sync.Mutex
	lines []string
	dials int
}

// startProxy starts a proxy on a listener of its own, with TLS if config is not nil.
func startProxy(t *testing.T, auth string, config *tls.Config) *testProxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if config != nil {
		l = tls.NewListener(l, config)
	}
	p := &testProxy{Listener: l, auth: auth}
	p.wg.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			p.wg.Go(func() { p.serve(c) })
		}
	})
	t.Cleanup(func() {
		_ = l.Close()
		p.wg.Wait()
	})
	return p
}

func (p *testProxy) serve(c net.Conn) {
	defer func() { _ = c.Close() }()
	p.mu.Lock()
	p.dials++
	p.mu.Unlock()
	in := bufio.NewReader(c)
	for {
		r, err := http.ReadRequest(in)
		if err != nil {
			return
		}
		p.mu.Lock()
		p.lines = append(p.lines, r.Method+" "+r.RequestURI)
		p.mu.Unlock()
		switch {
		case p.auth != "" && r.Header.Get("Proxy-Authorization") != p.auth:
			_, err = io.WriteString(c, "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
		case r.Method == http.MethodConnect:
			p.tunnel(c, in, r.Host)
			return
		default:
			err = p.forward(c, r)
		}
		if err != nil {
			return
		}
	}
}

func (p *testProxy) forward(c net.Conn, r *http.Request) error {
	r.RequestURI = ""
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		return err
	}
	defer func() { _ = answer.Body.Close() }()
	return answer.Write(c)
}

func (p *testProxy) tunnel(c net.Conn, in io.Reader, host string) {
	up, err := net.Dial("tcp", host)
	if err != nil {
		_, _ = io.WriteString(c, "HTTP/1.1 502 Bad Gateway\r\n\r\n")
		return
	}
	defer func() { _ = up.Close() }()
	_, _ = io.WriteString(c, "HTTP/1.1 200 Connection established\r\n\r\n")
	p.wg.Go(func() {
		_, _ = io.Copy(up, in)
		_ = up.Close()
	})
	_, _ = io.Copy(c, up)
}

func (p *testProxy) seen() (lines string, dials int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return strings.Join(p.lines, ", "), p.dials
}

// ask sends GET for a target to an origin and returns what came.
func ask(t *testing.T, pool *Pool, o *Origin, config *tls.Config, target string) (string, error) {
	t.Helper()
	q := &Call{Origin: o, TLS: config, Method: "GET", Connect: 5 * time.Second, Gap: 5 * time.Second}
	q.Message = []byte("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n")
	pool.Do(context.Background(), context.Background(), q)
	body := string(q.Answer.Content)
	q.Answer.GiveBack()
	return body, errors.Join(q.Err, q.BodyErr)
}

// testOrigins are a server of http and one of https that answer with the path, and the settings that trust the second.
func testOrigins(t *testing.T) (plain, secure *httptest.Server, trust *tls.Config) {
	t.Helper()
	echo := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, r.URL.Path) })
	plain, secure = httptest.NewServer(echo), httptest.NewTLSServer(echo)
	t.Cleanup(plain.Close)
	t.Cleanup(secure.Close)
	return plain, secure, secure.Client().Transport.(*http.Transport).TLSClientConfig
}

// TestRequestsGoThroughTheProxy sends two requests each by http and https through a proxy, of http and of https: one
// connection to the proxy each, which is used again even after a rest, and one tunnel.
func TestRequestsGoThroughTheProxy(t *testing.T) {
	t.Parallel()
	plain, secure, trust := testOrigins(t)
	for _, overTLS := range []bool{false, true} {
		var config *tls.Config
		if overTLS {
			config = secure.TLS
		}
		for _, c := range []struct {
			name, target string
			o            Origin
			want         string
		}{
			{"http", plain.URL + "/a", Origin{Address: plain.Listener.Addr().String()}, "GET " + plain.URL + "/a, GET " + plain.URL + "/a"},
			{"https", "/a", Origin{TLS: true, Address: secure.Listener.Addr().String()}, "CONNECT " + secure.Listener.Addr().String()},
		} {
			p := startProxy(t, "", config)
			c.o.Proxy = &Proxy{Address: p.Addr().String(), TLS: overTLS, Config: trust}
			var pool Pool
			for range 2 {
				if got, err := ask(t, &pool, &c.o, trust, c.target); got != "/a" || err != nil {
					t.Errorf("%s, proxy over TLS %t: got %q, %v, want /a", c.name, overTLS, got, err)
				}
				time.Sleep(staleAfter + 10*time.Millisecond)
			}
			if lines, dials := p.seen(); lines != c.want || dials != 1 {
				t.Errorf("%s: the proxy saw %q on %d connections, want %q on 1", c.name, lines, dials, c.want)
			}
			pool.Close()
		}
	}
}

// TestProxiesShareNoConnections: the same origin by two proxies, and without one, has three connections.
func TestProxiesShareNoConnections(t *testing.T) {
	t.Parallel()
	plain, _, _ := testOrigins(t)
	one, two := startProxy(t, "", nil), startProxy(t, "", nil)
	var pool Pool
	defer pool.Close()
	for _, proxy := range []*Proxy{{Address: one.Addr().String()}, {Address: two.Addr().String()}, nil} {
		o := &Origin{Address: plain.Listener.Addr().String(), Proxy: proxy}
		for range 2 {
			if got, err := ask(t, &pool, o, nil, plain.URL+"/b"); got != "/b" || err != nil {
				t.Errorf("ask = %q, %v", got, err)
			}
		}
	}
	_, first := one.seen()
	if _, second := two.seen(); first != 1 || second != 1 || len(pool.conns) != 3 {
		t.Errorf("%d, %d connections to the proxies and %d in all, want 1, 1, 3", first, second, len(pool.conns))
	}
}

// TestTunnelRequest holds what is sent to a proxy, and that one who lacks the password is told so.
func TestTunnelRequest(t *testing.T) {
	t.Parallel()
	_, secure, trust := testOrigins(t)
	p := startProxy(t, "Basic dTpw", nil)
	address := secure.Listener.Addr().String()
	with := &Proxy{Address: p.Addr().String(), Connect: func(to string) string {
		return ConnectRequest(to, "Proxy-Authorization: Basic dTpw\r\n")
	}}
	want := "CONNECT " + address + " HTTP/1.1\r\nHost: " + address + "\r\nProxy-Authorization: Basic dTpw\r\n\r\n"
	if got := with.Connect(address); got != want {
		t.Errorf("Connect = %q, want %q", got, want)
	}
	var pool Pool
	defer pool.Close()
	if got, err := ask(t, &pool, &Origin{TLS: true, Address: address, Proxy: with}, trust, "/c"); got != "/c" || err != nil {
		t.Errorf("with a password: %q, %v", got, err)
	}
	_, err := ask(t, &pool, &Origin{TLS: true, Address: address, Proxy: &Proxy{Address: p.Addr().String()}}, trust, "/c")
	tunnel, ok := errors.AsType[*TunnelError](err)
	if !ok || tunnel.Status != 407 || tunnel.Reason != "Proxy Authentication Required" || tunnel.Line != "HTTP/1.1 407 Proxy Authentication Required" {
		t.Errorf("without a password: %v (%+v), want 407", err, tunnel)
	}
}

// TestProxyErrors tells what can go wrong apart, each by its type.
func TestProxyErrors(t *testing.T) {
	t.Parallel()
	_, secure, trust := testOrigins(t)
	behind := func(p *Proxy) Origin {
		return Origin{TLS: true, Address: secure.Listener.Addr().String(), Proxy: p}
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = free.Close()
	for _, c := range []struct {
		name  string
		o     Origin
		proxy bool
		is    func(err error) bool
	}{
		{"nothing listens", behind(&Proxy{Address: free.Addr().String()}), true, func(err error) bool { return errors.Is(err, syscall.ECONNREFUSED) }},
		{"plain, nothing listens", Origin{Address: "127.0.0.1:1", Proxy: &Proxy{Address: free.Addr().String()}}, true, func(err error) bool { return errors.Is(err, syscall.ECONNREFUSED) }},
		{"says nothing", behind(answering(t, "")), true, is[*ReadTimeoutError]},
		{"closes", behind(answering(t, "close")), true, is[TunnelClosedError]},
		{"closes in its head", behind(answering(t, "HTTP/1.1 20close")), true, is[TunnelClosedError]},
		{"502", behind(answering(t, "HTTP/1.0 502 Bad Gateway\r\nX: y\r\n\r\nno")), true, is[*TunnelError]},
		{"204 is no 200", behind(answering(t, "HTTP/1.1 204 No Content\r\n\r\n")), true, is[*TunnelError]},
		{"no HTTP", behind(answering(t, "SSH-2.0-x\r\n\r\n")), true, is[*BadHeadError]},
		{"no end of its head", behind(answering(t, strings.Repeat("x", maxLine+2))), true, is[*BadHeadError]},
		{"the origin's certificate", behind(&Proxy{Address: startProxy(t, "", nil).Addr().String()}), false, is[*tls.CertificateVerificationError]},
		{"the proxy's certificate", behind(&Proxy{Address: startProxy(t, "", secure.TLS).Addr().String(), TLS: true}), true, is[*tls.CertificateVerificationError]},
		{"the tunnel leads nowhere", Origin{TLS: true, Address: free.Addr().String(), Proxy: &Proxy{Address: startProxy(t, "", nil).Addr().String()}}, true, is[*TunnelError]},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var config *tls.Config
			if c.proxy {
				config = trust
			}
			var pool Pool
			defer pool.Close()
			q := &Call{Origin: &c.o, TLS: config, Method: "GET", Connect: 2 * time.Second, Message: []byte("GET / HTTP/1.1\r\n\r\n")}
			pool.Do(context.Background(), context.Background(), q)
			if _, got := errors.AsType[*ProxyError](q.Err); got != c.proxy || !c.is(q.Err) {
				t.Errorf("Do = %v (%T), by the proxy: %t, want %t", q.Err, errors.Unwrap(q.Err), got, c.proxy)
			}
			if len(pool.conns) != 0 {
				t.Errorf("%d connections are kept", len(pool.conns))
			}
		})
	}
}

func is[E error](err error) bool {
	_, ok := errors.AsType[E](err)
	return ok
}

// answering is a proxy that answers whatever it is asked with a text, and closes if that ends so.
func answering(t *testing.T, text string) *Proxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	text, closes := strings.CutSuffix(text, "close")
	var wg sync.WaitGroup
	wg.Go(func() {
		c, err := l.Accept()
		if err != nil {
			return
		}
		defer func() { _ = c.Close() }()
		if _, err := http.ReadRequest(bufio.NewReader(c)); err != nil {
			return
		}
		_, _ = io.WriteString(c, text)
		if !closes {
			_, _ = io.Copy(io.Discard, c)
		}
	})
	t.Cleanup(func() {
		_ = l.Close()
		wg.Wait()
	})
	return &Proxy{Address: l.Addr().String()}
}
