package collector

import (
	"fmt"

	"gregaria/internal/resource"
	"gregaria/monitor/internal/socket"
)

// readQueues fills the cells of the fullest accept queue: of those at a port where there are any, else of all. held are the sockets of
// the process.
func readQueues(space *space, held held, port uint16, row []resource.Cell) error {
	var fullest, named queue
	err := space.visit(socket.Listening, func(l *socket.Socket) {
		isNamed := l.Local.Port() == port
		if isOurs := held.inodes[l.Inode] || isNamed && held.err != nil; !isOurs {
			return
		}
		fullest.compare(l)
		if isNamed {
			named.compare(l)
		}
	})
	if named.any {
		fullest = named
	}
	if err != nil || !fullest.any {
		return err
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
