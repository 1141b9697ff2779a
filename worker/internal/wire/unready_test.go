package wire

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"
)

// TestUnready holds when settings of TLS that are none count: once the server has been reached. A connection that rests is not used.
func TestUnready(t *testing.T) {
	t.Parallel()
	s := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	t.Cleanup(s.Close)
	there := Origin{TLS: true, Address: strings.TrimPrefix(s.URL, "https://")}
	trusting := s.Client().Transport.(*http.Transport).TLSClientConfig
	unready := errors.New("no certificate")
	var p Pool
	t.Cleanup(p.Close)
	for _, test := range []struct {
		why     string
		to      Origin
		unready error
		want    error
	}{
		{"ready", there, nil, nil},
		{"unready", there, unready, unready},
		{"ready again", there, nil, nil},
		{"nobody is there", Origin{TLS: true, Address: "127.0.0.1:1"}, unready, syscall.ECONNREFUSED},
		{"nor can the proxy be", Origin{TLS: true, Address: there.Address, Proxy: &Proxy{Address: there.Address, TLS: true, Unready: unready}}, nil, unready},
		{"nor the proxy", Origin{TLS: true, Address: there.Address, Proxy: &Proxy{Address: "127.0.0.1:1"}}, unready, syscall.ECONNREFUSED},
	} {
		q := Call{Origin: &test.to, TLS: trusting, Unready: test.unready, Method: http.MethodGet, Message: []byte("GET / HTTP/1.1\r\nHost: x\r\n\r\n")}
		p.Do(t.Context(), t.Context(), &q)
		if !errors.Is(q.Err, test.want) {
			t.Errorf("%s: Do = %v, want %v", test.why, q.Err, test.want)
		}
		if _, begun := errors.AsType[*HandshakeError](q.Err); begun != (test.want == unready) { //nolint:errorlint // the same value
			t.Errorf("%s: Do = %v, want a HandshakeError only where TLS would begin", test.why, q.Err)
		}
	}
	if n := len(p.conns); n != 1 {
		t.Errorf("%d connections, want the one that was made first", n)
	}
}
