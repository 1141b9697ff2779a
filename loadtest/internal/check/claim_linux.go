package check

import (
	"fmt"
	"io"
	"net"
)

// Claim takes a port of this machine for a loadtest, until it is closed or the process ends, whichever way: the claim is a name in the
// kernel, no file, and belongs to the network that the port belongs to. Nobody but another loadtest heeds it.
func Claim(port int) (io.Closer, error) {
	listener, err := net.Listen("unix", fmt.Sprintf("@gregaria-loadtest-port-%d", port))
	if err != nil {
		return nil, fmt.Errorf("claim port %d: %w", port, err)
	}
	return listener, nil
}
