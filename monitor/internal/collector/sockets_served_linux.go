package collector

import (
	"gregaria/internal/resource"
	"gregaria/monitor/internal/socket"
)

// served counts the connections of the process under test.
type served struct {
	held      map[uint64]bool // the sockets that it has open
	isNew     bool            // they were looked at now
	listeners map[uint16]bool // the ports that it listens on

	established, outgoing, closeWait, timeWait int
}

// listen finds the ports that the process listens on.
func (s *served) listen(space *space) error {
	s.listeners = map[uint16]bool{}
	return space.visit(socket.Listening, func(l *socket.Socket) {
		if s.held[l.Inode] {
			s.listeners[l.Local.Port()] = true
		}
	})
}

// add counts a connection. One in TIME_WAIT belongs to no process any more; it counts where it was made to a port that the process
// listens on.
func (s *served) add(c *socket.Socket) {
	accepted := s.listeners[c.Local.Port()]
	switch {
	case c.State == socket.TimeWait && accepted:
		s.timeWait++
	case !s.held[c.Inode]:
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
