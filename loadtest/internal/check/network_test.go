package check

import (
	"net"
	"net/http"
	"net/http/httptest"
	"testing"

	"gregaria/loadtest/internal/fault"
)

func TestHost(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(server.Close)
	if err := Host(t.Context(), server.URL+"/base"); err != nil {
		t.Errorf("Host() of a server that answers 404 = %v, want nil", err)
	}
	// Port 1: one that was just closed may be somebody else's by now.
	wantFault(t, Host(t.Context(), "http://127.0.0.1:1"), fault.NotReady, "start the API first")
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
