package check

import (
	"context"
	"net"
	"net/url"
	"strconv"
	"time"

	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/mask"
)

// DialTimeout is how long the host may take to accept a connection.
const DialTimeout = 5 * time.Second

// Loopback is where the master listens, for workers and for the web UI: both are for this machine alone.
const Loopback = "127.0.0.1"

// Host sees that something accepts connections at the base URL host. What it answers is for the test to find out.
func Host(ctx context.Context, host string) error {
	parsed, err := url.Parse(host)
	if err != nil {
		return fault.New(fault.Usage, "--host %s is no URL", mask.URL(host))
	}
	port := parsed.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[parsed.Scheme]
	}
	dialer := net.Dialer{Timeout: DialTimeout}
	conn, err := dialer.DialContext(ctx, "tcp", net.JoinHostPort(parsed.Hostname(), port))
	if err != nil {
		return fault.New(fault.NotReady, "--host %s cannot be reached: %w; start the API first, or correct --host", mask.URL(host), err)
	}
	return conn.Close()
}

// Port sees that nothing listens on a loopback port. flag is the flag that chooses another.
func Port(port int, what, flag string) error {
	listener, err := net.Listen("tcp", net.JoinHostPort(Loopback, strconv.Itoa(port)))
	if err != nil {
		return fault.New(fault.NotReady, "port %d, for %s, is not free: %w; end what uses it or choose another %s", port, what, err, flag)
	}
	return listener.Close()
}
