package collector

import (
	"os"
	"path/filepath"

	"gregaria/monitor/internal/socket"
)

// A space is the sockets of a network namespace. Its zero value is none yet.
type space struct {
	folder string // of a process that is in it
	id     string // of the namespace; the folder where the kernel does not say
	table  *socket.Table
}

// enter opens the sockets of the namespace that a process is in, unless they are open.
func (s *space) enter(folder string) error {
	id := namespaceOf(folder)
	if s.table != nil && s.id == id {
		return nil
	}
	s.leave()
	table, err := socket.Open(folder)
	if err != nil {
		return err
	}
	s.folder, s.id, s.table = folder, id, table
	return nil
}

func (s *space) leave() {
	if s.table != nil {
		s.table.Close()
		s.table = nil
	}
}

// visit is that of the table, which is of no more use after an error and is opened anew by the next.
func (s *space) visit(states socket.States, visit func(*socket.Socket)) error {
	if s.table == nil {
		if err := s.enter(s.folder); err != nil {
			return err
		}
	}
	err := s.table.Visit(states, visit)
	if err != nil {
		s.leave()
	}
	return err
}

// again is that of the table.
func (s *space) again(l *socket.Socket) bool { return s.table != nil && s.table.Again(l) }

// namespaceOf says which network namespace a process is in: what its link shows, net:[4026531833].
func namespaceOf(folder string) string {
	id, err := os.Readlink(filepath.Join(folder, "ns", "net"))
	if err != nil {
		return folder
	}
	return id
}
