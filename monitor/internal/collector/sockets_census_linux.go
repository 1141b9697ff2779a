package collector

import (
	"errors"
	"path/filepath"
	"slices"
	"time"

	"gregaria/internal/resource"
	"gregaria/monitor/internal/kernel"
	"gregaria/monitor/internal/process"
	"gregaria/monitor/internal/socket"
)

// A census counts all connections of the machine and, where it is in another network namespace, of the process under test. It is
// used by one goroutine at a time.
type census struct {
	machine space
	ports   *kernel.File // the range of ephemeral ports
	tally   tally

	place place
	port  uint16 // that the process was chosen by, or 0
	tree  bool   // a process is under test

	held    held  // by the process, when it was looked at last
	scans   pace  // of what it has open, which costs more than all else where that is much
	scanned int   // the process that was looked at
	scan    scan  // when that was
	counted crowd // the sockets of its namespace at the last count
}

// scanEvery is how old a look at what the process has open may be at most: a socket that another process had made and handed over
// (SCM_RIGHTS, pidfd_getfd) is seen by no other sign.
const scanEvery = 10 * time.Second

// A scan is a look at what processes have open. It says which sockets are theirs as long as the processes and the sockets of their namespace
// stay the same: whoever gets a socket makes one, or accepts it, and it has a new number then.
type scan struct {
	pids    []int
	at      time.Time
	sockets crowd // as they were counted before it
}

// holds says whether a scan is still right for some processes, whose sockets were found to be these later.
func (s *scan) holds(pids []int, sockets crowd) bool {
	return !s.at.IsZero() && time.Since(s.at) < scanEvery && sockets == s.sockets && slices.Equal(pids, s.pids)
}

// An answer is what a census found.
type answer struct {
	machine  [queueCells]resource.Cell
	queue    [processCells - queueCells]resource.Cell // where they are not quick to read
	quick    bool                                     // the kernel is asked for the process's listeners alone
	process  [4]resource.Cell
	ours     *ours // its listeners; nil where they were not listed
	held     held
	err      error
	queueErr error         // a part of err
	cost     time.Duration // without that of finding out what the process has open
	scan     time.Duration // that
}

func newCensus(proc string, tree func() *process.Tree, port uint16) *census {
	return &census{
		machine: space{folder: networkFolder(proc)}, ports: kernel.NewFile(filepath.Join(proc, "sys/net/ipv4/ip_local_port_range")),
		place: place{proc: proc, tree: tree}, tree: tree != nil, port: port,
	}
}

// take counts now.
func (c *census) take() (a answer) {
	a.cost = cpuCost(func() { a.err = c.count(&a) }) - a.scan
	return a
}

func (c *census) count(a *answer) error {
	if err := c.machine.enter(c.machine.folder); err != nil {
		return err
	}
	low, high, rangeErr := c.portRange()
	c.tally.begin(low, high)
	process, processErr := c.begin(a)
	if processErr != nil {
		process = nil
	}
	here := process != nil && c.place.space.id == c.machine.id // one look at the table counts for both
	err := c.machine.visit(socket.Listening, func(s *socket.Socket) {
		c.tally.listen(s)
		if here {
			process.listen(s)
		}
	})
	if err != nil {
		return err
	}
	err = c.machine.visit(socket.Connected, func(s *socket.Socket) {
		c.tally.add(s)
		if here {
			process.add(s)
		}
	})
	if err != nil {
		return err
	}
	c.tally.fill(a.machine[:])
	if process != nil && !here {
		processErr = process.visit(&c.place.space)
	}
	if process != nil && processErr == nil {
		c.counted = process.sockets
		process.isNew = process.isNew || c.scan.holds(process.pids, process.sockets)
		process.fill(a.process[:])
		a.ours = &process.ours
	}
	return errors.Join(rangeErr, processErr, a.queueErr)
}

// begin finds the process under test and its listeners; nil while it is not there.
func (c *census) begin(a *answer) (*served, error) {
	if !c.tree {
		return nil, nil //nolint:nilnil // nothing to count is no error
	}
	pids, err := c.place.find()
	if err != nil || len(pids) == 0 {
		return nil, err
	}
	if c.scanned != c.place.first {
		c.scans, c.scanned, c.scan = pace{}, c.place.first, scan{} // it was restarted
	}
	s := &served{pids: pids, listeners: map[uint16]bool{}, isNew: !c.scan.holds(pids, c.counted) && c.scans.due()}
	if s.isNew {
		c.scan = scan{pids, time.Now(), c.counted}
		a.scan = cpuCost(func() { c.held = socketsOf(c.place.proc, pids) })
		c.scans.spent(a.scan)
	}
	a.held, s.ours = c.held, ours{held: c.held, port: c.port}
	if a.quick, _ = c.place.space.table.Backlogs(); !a.quick {
		a.queueErr = c.queue(a)
	}
	if c.held.err != nil {
		c.scan = scan{}
		return nil, c.held.err
	}
	return s, nil
}

// queue reads the accept queue where the kernel's files have it alone.
func (c *census) queue(a *answer) error {
	listeners := ours{held: c.held, port: c.port}
	if err := listeners.find(&c.place.space); err != nil {
		return err
	}
	return listeners.fill(&c.place.space, a.queue[:])
}

// portRange reads which ports the system gives to connections: two numbers (ip-sysctl.rst). Subtle: this file is always of
// our own namespace, which another one's seldom differs from.
func (c *census) portRange() (low, high uint16, err error) {
	data, err := c.ports.Read()
	if err != nil {
		return 0, 0, err
	}
	low, high, ok := parsePortRange(data)
	if !ok {
		return 0, 0, errors.New("net/ipv4/ip_local_port_range has no two ports")
	}
	return low, high, nil
}

func parsePortRange(data []byte) (low, high uint16, ok bool) {
	line, _, _ := kernel.NextLine(data)
	first, line, ok := kernel.NextUint(line)
	last, _, alsoOK := kernel.NextUint(line)
	if !ok || !alsoOK || first == 0 || first > last || last > 1<<16-1 {
		return 0, 0, false
	}
	return uint16(first), uint16(last), true
}
