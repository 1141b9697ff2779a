package collector

import (
	"errors"
	"fmt"
	"time"

	"gregaria/internal/resource"
	"gregaria/monitor/internal/process"
)

// censusWait is how long a row waits for a census that was begun for it: a hundred thousand connections take longer. What comes later
// is for the next row.
const censusWait = 20 * time.Millisecond

// censusLimit is when a census that has not ended is said to hang.
const censusLimit = 10 * time.Second

// errCensus means that the kernel does not answer.
var errCensus = fmt.Errorf("count the sockets: the kernel has not answered for %s", censusLimit)

// sockets collects what has to be counted socket by socket: the accept queues of the process under test at each tick, which costs
// little however many connections there are, and a census of all connections as often as their number allows, on a goroutine of its own.
type sockets struct {
	began   bool
	queues  place // of the process; its own, since a census may be under way
	port    uint16
	census  *census
	wait    time.Duration // how long a row waits for a census that was begun for it
	pace    pace
	asked   bool // and the answer was not taken yet
	start   time.Time
	answers chan answer
	last    answer
	ours    ours // the listeners of the process, as they were listed last
}

var _ Starter = (*sockets)(nil)

func openSockets(s Settings) (Collector, error) {
	var tree func() *process.Tree
	if s.Watch != nil {
		tree = s.Watch.Tree
	}
	return newSockets(s.Proc, tree, s.Port)
}

// newSockets opens the table of the machine. tree is the process under test, nil where there is none; port is the one that it was
// chosen by, or 0.
func newSockets(proc string, tree func() *process.Tree, port int) (*sockets, error) {
	c := &sockets{
		queues: place{proc: proc, tree: tree}, port: uint16(port), census: newCensus(proc, tree, uint16(port)),
		wait: censusWait, answers: make(chan answer, 1),
	}
	if err := c.census.machine.enter(networkFolder(proc)); err != nil {
		return nil, fmt.Errorf("sockets: %w: %w", err, ErrAbsent)
	}
	return c, nil
}

// Where the cells of a row are.
const (
	queueCells   = 7 // behind those of the machine
	processCells = 10
)

func (c *sockets) Columns() []string {
	columns := []string{
		resource.TCPCloseWait, resource.TCPFinWait, resource.TCPSYNReceived, resource.TCPSYNSent,
		resource.TCPEphemeralPorts, resource.TCPEphemeralPortsPercent, resource.TCPDestinationPortsPercent,
	}
	if c.census.tree {
		columns = append(
			columns, resource.ProcessAcceptQueue, resource.ProcessAcceptBacklog, resource.ProcessAcceptQueuePercent,
			resource.ProcessSocketsEstablished, resource.ProcessSocketsOutgoing, resource.ProcessSocketsCloseWait, resource.ProcessSocketsTimeWait,
		)
	}
	return columns
}

// Start begins a census when one is due; not for the first reading, which is not used, so that one is due at the next.
func (c *sockets) Start() {
	if c.asked || !c.began || !c.pace.due() {
		return
	}
	c.asked, c.start = true, time.Now()
	go func() { c.answers <- c.census.take() }()
}

// Collect takes the answer of the census.
func (c *sockets) Collect(row []resource.Cell) error {
	if !c.began {
		c.began = true
		return nil
	}
	fresh := c.answered()
	if fresh {
		copy(row[:queueCells], c.last.machine[:])
		if c.census.tree {
			copy(row[queueCells:], c.last.queue[:])
			copy(row[processCells:], c.last.process[:])
		}
	}
	if c.asked && time.Since(c.start) > censusLimit {
		c.last.err = errCensus
	}
	if !c.last.quick {
		return c.last.err
	}
	pids, err := c.queues.find()
	if err == nil && len(pids) > 0 {
		err = c.queue(fresh, row[queueCells:processCells])
	}
	return errors.Join(c.last.err, err)
}

// queue reads the accept queues: those of a census of this row are known, and listeners that were there before are asked for one by one. The kernel's table of
// listeners has room for thousands, and to walk through it takes as long as a quarter of all other cells. fresh says that there was a census.
func (c *sockets) queue(fresh bool, row []resource.Cell) error {
	space := &c.queues.space
	switch {
	case fresh && c.last.ours != nil:
		c.ours = *c.last.ours
	case fresh || !c.ours.again(space):
		c.ours.held, c.ours.port = c.last.held, c.port
		if err := c.ours.find(space); err != nil {
			return err
		}
	}
	return c.ours.fill(space, row)
}

// answered takes the answer of the census that was begun, if it is there in time.
func (c *sockets) answered() bool {
	if !c.asked {
		return false
	}
	timeout := time.NewTimer(c.wait - time.Since(c.start))
	defer timeout.Stop()
	select {
	case c.last = <-c.answers:
	case <-timeout.C:
		select { // where both are there
		case c.last = <-c.answers:
		default:
			return false
		}
	}
	c.asked = false
	c.pace.spent(c.last.cost)
	return true
}
