package run

import (
	"context"
	"fmt"
	"io"
	"math"

	"gregaria/loadtest/internal/check"
	"gregaria/loadtest/internal/fault"
)

// portTries is how many ports are tried where nobody asked for a certain one.
const portTries = 200

// holds are the ports that this run has claimed, so that another loadtest which starts now takes others: until Locust listens,
// which takes it a second, nobody else could tell.
type holds struct {
	claims []io.Closer
	moved  string // says that the web UI is not at its usual port
	master string // says that of the master
}

// choosePorts finds the ports of this run.
func (r *Run) choosePorts() error {
	if r.plan.Joins() {
		return nil
	}
	master, err := r.choosePort(r.plan.MasterPort, 0, r.plan.AnyMasterPort, "the master", "--master-port")
	if err != nil {
		return err
	}
	web, err := r.choosePort(r.plan.WebPort, master, r.plan.AnyWebPort, "Locust's web UI", "--web-port")
	if err != nil {
		return err
	}
	if web != r.plan.WebPort {
		r.ports.moved = fmt.Sprintf(" (port %d is taken)", r.plan.WebPort)
	}
	if master != r.plan.MasterPort {
		r.ports.master = fmt.Sprintf("workers connect to port %d (port %d is taken)", master, r.plan.MasterPort)
	}
	r.plan.MasterPort, r.plan.WebPort = master, web
	return nil
}

// choosePort returns the port that is wanted or, where any will do, the next free one.
func (r *Run) choosePort(wanted, other int, anyPort bool, what, flag string) (int, error) {
	if !anyPort {
		return wanted, r.holdPort(wanted, what, flag)
	}
	var first error
	for port := wanted; port < wanted+portTries && port <= math.MaxUint16; port++ {
		if port == other {
			continue
		}
		err := r.holdPort(port, what, flag)
		if err == nil {
			return port, nil
		}
		if first == nil {
			first = err
		}
	}
	return 0, first
}

// holdPort claims a port and sees that nobody listens there.
func (r *Run) holdPort(port int, what, flag string) error {
	claim, err := check.Claim(port)
	if err != nil {
		return fault.New(fault.NotReady, "port %d, for %s, is not free: another loadtest has it; end that one or choose another %s", port, what, flag)
	}
	if err := check.Port(port, what, flag); err != nil {
		claim.Close()
		return err
	}
	r.ports.claims = append(r.ports.claims, claim)
	return nil
}

// releasePorts is the end of the run: its children do not listen any more.
func (r *Run) releasePorts(context.Context) error {
	for _, claim := range r.ports.claims {
		claim.Close()
	}
	return nil
}

// webUI is the address of the web UI as a person opens it.
func (r *Run) webUI() string {
	if r.plan.Joins() {
		return r.plan.MasterWeb
	}
	return fmt.Sprintf("http://localhost:%d%s%s", r.plan.WebPort, r.plan.WebBasePath, r.ports.moved)
}
