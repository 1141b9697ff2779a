package collector

import (
	"time"

	"gregaria/internal/resource"
	"gregaria/monitor/internal/process"
)

// fewThreads is how many threads are read whether or not they did anything: a tenth of a millisecond.
const fewThreads = 128

// mostSwitching is how many threads may have their switches counted in each row. Where more run, they are counted in every second row, every
// third, and so on: it takes reading a file of 60 lines for each.
const mostSwitching = 64

// processes collects what the process under test uses, its children included. It is used by the goroutine that calls Look.
type processes struct {
	watch   *process.Watch
	open    openFiles
	room    *fileRoom
	members map[*process.Process]*processMember

	looked   time.Time // when the Stats of the previous row were read
	files    stopwatch // for what is read here
	switches stopwatch // for the switches
	pause    int       // for how many rows they are not counted
}

func openProcess(s Settings) (Collector, error) {
	if s.Watch == nil {
		return nil, errNotNamed
	}
	return &processes{watch: s.Watch, open: newOpenFiles(s.Proc), room: newRoom(), members: map[*process.Process]*processMember{}}, nil
}

func (*processes) Columns() []string { return resource.ProcessColumns() }

// Collect fills the cells with sums over the tree. While there is no process, only their number and the restarts are known. In the
// first row of a process that was just found, or that was started anew, there are no rates: of the time before nothing is known.
func (c *processes) Collect(row []resource.Cell) error {
	sum := processTotal{wanted: c.pause == 0}
	of := c.spans(sum.wanted)
	c.leave()
	few := c.few()
	for _, p := range c.watch.Members() {
		m, known := c.members[p]
		if !known {
			m = newMember(p, c.room)
			c.members[p] = m
		}
		m.read(&c.open, few, &sum)
	}
	tree := c.watch.Tree()
	if len(tree.PIDs) > 0 {
		sum.fill(row, of)
	}
	c.pause = max(c.pause-1, 0)
	if sum.wanted {
		c.pause = max(sum.switching-1, 0) / mostSwitching
	}
	row[processCount], row[processZombies] = resource.Of(float64(len(tree.PIDs))), resource.Of(float64(sum.zombies))
	row[processRestarts] = resource.Of(float64(tree.Restarts))
	return sum.failures()
}

// spans are the times since the previous row; 0 in the first.
func (c *processes) spans(switches bool) spans {
	looked := c.watch.Looked()
	of := spans{files: c.files.lap()}
	if !c.looked.IsZero() {
		of.stats = looked.Sub(c.looked).Seconds()
	}
	c.looked = looked
	if switches {
		of.switches = c.switches.lap()
	}
	return of
}

// few says whether there are so few threads that all are read in each row. Of more, only those of processes that did something are.
func (c *processes) few() bool {
	threads := 0
	for _, p := range c.watch.Members() {
		threads += p.Stat.Threads
	}
	return threads <= fewThreads
}

// leave takes out the members that have left the tree. What each had used is told to the one that waits for it: the nearest
// above it that is still there.
func (c *processes) leave() {
	for _, p := range c.watch.Members() {
		if m := c.members[p]; m != nil {
			m.there = true
		}
	}
	for p, m := range c.members {
		if m.there {
			continue
		}
		for above := p.Parent; above != nil; above = above.Parent {
			if heir := c.members[above]; heir != nil && heir.there {
				heir.account.owe(m.account.last)
				break
			}
		}
		m.close()
		delete(c.members, p)
	}
	for _, m := range c.members {
		m.there = false
	}
}
