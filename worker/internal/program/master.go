package program

import (
	"errors"
	"net"
	"strconv"
	"syscall"
	"time"

	"gregaria/worker/internal/locust"
	"gregaria/worker/internal/zmq"
)

// askTime is how long a look at the master may take.
const askTime = 2 * time.Second

// Diagnose says why there is no answer from the master, as far as a connection to its port tells.
func Diagnose(host string, port int) string {
	conn, err := net.DialTimeout("tcp", net.JoinHostPort(host, strconv.Itoa(port)), askTime)
	var dns *net.DNSError
	var timeout net.Error
	switch {
	case err == nil:
		_ = conn.Close()
		return "Something listens there but does not answer as the master of a Locust 2.10 or newer: is the port its --master-bind-port?"
	case errors.As(err, &dns):
		return "The host name " + host + " is not known here."
	case errors.Is(err, syscall.ECONNREFUSED):
		return "Nothing listens there: is the master running, and is the port its --master-bind-port?"
	case errors.As(err, &timeout) && timeout.Timeout():
		return "The host does not answer: is the address right, and does a firewall let the port through?"
	default:
		return "The connection says: " + err.Error() + "."
	}
}

// probe looks into a master that has been silent that long: whether it is another one by now, or answers anyone at all.
func probe(host string, port int, nodeID string, silence time.Duration) locust.Finding {
	if zmq.Replaced(host, port, silence) {
		return locust.Replaced
	}
	conn, err := zmq.Dial(host, port, nodeID)
	if err != nil {
		return locust.Nothing
	}
	defer conn.Close(0)
	if locust.Ask(conn, nodeID, askTime) {
		return locust.Answers
	}
	return locust.Nothing
}
