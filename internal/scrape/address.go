package scrape

import (
	"fmt"
	"net"
	"strconv"
)

// loopback is the host of an address that names none: whoever wants other machines to read the metrics says so.
const loopback = "127.0.0.1"

// Address completes what --listen says: HOST:PORT, or :PORT for loopback only (0.0.0.0:PORT is every interface). The
// error says what a usable address looks like.
func Address(listen string) (string, error) {
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return "", fmt.Errorf("%q is not HOST:PORT, such as 127.0.0.1:9646 or :9646: %w", listen, err)
	}
	if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
		return "", fmt.Errorf("%q: the port must be 0 to 65535; 0 takes any that is free", listen)
	}
	if host == "" {
		host = loopback
	}
	return net.JoinHostPort(host, port), nil
}
