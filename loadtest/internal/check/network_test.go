package check

import (
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"gregaria/loadtest/internal/fault"
)

func TestHost(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(server.Close)
	want := server.Listener.Addr().(*net.TCPAddr).Port
	if port, err := Host(t.Context(), server.URL+"/base"); err != nil || port != want {
		t.Errorf("Host() of a server that answers 404 = %d, %v, want %d", port, err, want)
	}
	// Port 1: one that was just closed may be somebody else's by now.
	_, err := Host(t.Context(), "http://127.0.0.1:1")
	wantFault(t, err, fault.NotReady, "start the API first")
}

// between is a connection between two addresses.
type between struct {
	net.Conn
	local, remote string
}

func (c between) LocalAddr() net.Addr  { return address(c.local) }
func (c between) RemoteAddr() net.Addr { return address(c.remote) }

func address(ip string) net.Addr { return &net.TCPAddr{IP: net.ParseIP(ip), Port: 1} }

func TestIsHere(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		local, remote string
		want          bool
	}{
		{"127.0.0.1", "127.0.0.1", true},
		{"127.0.0.1", "127.0.0.2", true},
		{"::1", "::1", true},
		{"192.168.1.5", "192.168.1.5", true},
		{"192.168.1.5", "192.168.1.6", false},
		{"fd00::1", "fd00::2", false},
	} {
		if got := isHere(between{nil, c.local, c.remote}); got != c.want {
			t.Errorf("isHere(%s to %s) = %v, want %v", c.local, c.remote, got, c.want)
		}
	}
}

func TestPortOf(t *testing.T) {
	t.Parallel()
	for host, want := range map[string]int{"http://a": 80, "https://a/b": 443, "https://a:8443": 8443, "http://[::1]:8000": 8000} {
		parsed, err := url.Parse(host)
		if err != nil {
			t.Fatal(err)
		}
		if got := PortOf(parsed); got != want {
			t.Errorf("PortOf(%s) = %d, want %d", host, got, want)
		}
	}
}

func TestPortInUse(t *testing.T) {
	t.Parallel()
	listener, port := listen(t)
	defer listener.Close()
	wantFault(t, Port(port, "the master", "--master-port"), fault.NotReady, "choose another --master-port")
}

func TestPortFree(t *testing.T) {
	t.Parallel()
	const tries = 5 // another program may take one between the closing and the check
	var err error
	for range tries {
		listener, port := listen(t)
		listener.Close()
		if err = Port(port, "the master", "--master-port"); err == nil {
			return
		}
	}
	t.Errorf("Port() of a free port = %v, want nil", err)
}

// listen takes a free loopback port.
func listen(t *testing.T) (net.Listener, int) {
	t.Helper()
	listener, err := net.Listen("tcp", Loopback+":0")
	if err != nil {
		t.Fatal(err)
	}
	return listener, listener.Addr().(*net.TCPAddr).Port
}
