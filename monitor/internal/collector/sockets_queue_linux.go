package collector

import (
	"fmt"

	"gregaria/internal/resource"
	"gregaria/monitor/internal/socket"
)

// ours are the listeners of the process under test.
type ours struct {
	held held   // the sockets that it has
	port uint16 // that it was chosen by, or 0
	list []socket.Socket
}

// add takes a listener that may be one of the process.
func (o *ours) add(l *socket.Socket) {
	if o.held.inodes[l.Inode] || o.isNamed(l) && o.held.err != nil {
		o.list = append(o.list, *l)
	}
}

func (o *ours) isNamed(l *socket.Socket) bool { return l.Local.Port() == o.port }

// find lists them anew.
func (o *ours) find(space *space) error {
	o.list = o.list[:0]
	return space.visit(socket.Listening, o.add)
}

// again reads their queues one by one. It returns false where they have to be listed anew, as also where there were none: a socket may have begun to listen.
func (o *ours) again(space *space) bool {
	for i := range o.list {
		if !space.again(&o.list[i]) {
			return false
		}
	}
	return len(o.list) > 0
}

// fill fills the cells of the fullest accept queue: of those at the port where there are any, else of all.
func (o *ours) fill(space *space, row []resource.Cell) error {
	var fullest, named queue
	for i := range o.list {
		l := &o.list[i]
		fullest.compare(l)
		if o.isNamed(l) {
			named.compare(l)
		}
	}
	if named.any {
		fullest = named
	}
	if !fullest.any {
		return nil
	}
	row[0] = resource.Of(float64(fullest.length))
	if ok, why := space.table.Backlogs(); !ok {
		return fmt.Errorf("%s: %w", resource.ProcessAcceptBacklog, why)
	}
	row[1] = resource.Of(float64(fullest.backlog))
	row[2] = resource.Of(100 * fullest.use())
	return nil
}

// A queue is the connections that a listener has not accepted yet.
type queue struct {
	any             bool
	length, backlog uint32
}

// use is how full it is. Subtle: the kernel calls a queue full that is longer than the backlog (sk_acceptq_is_full in
// include/net/sock.h), so there is room for one more.
func (q queue) use() float64 { return float64(q.length) / (float64(q.backlog) + 1) }

// compare keeps the fuller of two.
func (q *queue) compare(l *socket.Socket) {
	other := queue{true, l.Queue, l.Backlog}
	if !q.any || other.use() > q.use() || other.use() == q.use() && other.backlog > q.backlog {
		*q = other
	}
}
