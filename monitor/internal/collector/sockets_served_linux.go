package collector

import (
	"gregaria/internal/resource"
	"gregaria/monitor/internal/socket"
)

// served counts the connections of the process under test.
type served struct {
	pids      []int
	ours      ours            // its listeners, and the sockets that it has open
	isNew     bool            // they were looked at now, or have not changed since
	sockets   crowd           // all of its namespace
	listeners map[uint16]bool // the ports that it listens on

	established, outgoing, closeWait, timeWait int
}

// A crowd tells one set of sockets from another: how many there are, and a sum over their numbers, scattered so that others give another one.
type crowd struct {
	count int
	sum   uint64
}

// add takes a socket that somebody has open. One that waits to be accepted, or that nobody has any more, has no number.
func (c *crowd) add(inode uint64) {
	if inode == 0 {
		return
	}
	h := (inode ^ inode>>30) * 0xbf58476d1ce4e5b9 // the steps of splitmix64
	h = (h ^ h>>27) * 0x94d049bb133111eb
	c.count++
	c.sum += h ^ h>>31
}

// listen takes a listener of its namespace.
func (s *served) listen(l *socket.Socket) {
	s.sockets.add(l.Inode)
	s.ours.add(l)
	if s.ours.held.inodes[l.Inode] {
		s.listeners[l.Local.Port()] = true
	}
}

// visit takes all of its namespace.
func (s *served) visit(space *space) error {
	if err := space.visit(socket.Listening, s.listen); err != nil {
		return err
	}
	return space.visit(socket.Connected, s.add)
}

// add counts a connection. One in TIME_WAIT belongs to no process any more; it counts where it was made to a port that the process
// listens on.
func (s *served) add(c *socket.Socket) {
	s.sockets.add(c.Inode)
	accepted := s.listeners[c.Local.Port()]
	switch {
	case c.State == socket.TimeWait && accepted:
		s.timeWait++
	case !s.ours.held.inodes[c.Inode]:
	case c.State == socket.CloseWait:
		s.closeWait++
	case c.State == socket.Established:
		s.established++
		if !accepted {
			s.outgoing++
		}
	}
}

// fill fills the cells: only the last where what the process has open was not looked at now.
func (s *served) fill(row []resource.Cell) {
	row[3] = resource.Of(float64(s.timeWait))
	if !s.isNew {
		return
	}
	row[0] = resource.Of(float64(s.established))
	row[1] = resource.Of(float64(s.outgoing))
	row[2] = resource.Of(float64(s.closeWait))
}
