package collector

import (
	"path/filepath"
	"strconv"

	"gregaria/monitor/internal/process"
)

// A place is where the process under test has its sockets.
type place struct {
	proc  string
	tree  func() *process.Tree
	space space
	first int // the process whose namespace that is
}

// find goes where the process is now, and returns its numbers: none while it is not there.
func (p *place) find() ([]int, error) {
	tree := p.tree()
	if len(tree.PIDs) == 0 {
		p.space.leave()
		return nil, nil
	}
	p.first = tree.PIDs[0]
	if len(tree.Roots) > 0 {
		p.first = tree.Roots[0]
	}
	if err := p.space.enter(filepath.Join(p.proc, strconv.Itoa(p.first))); err != nil {
		return nil, unlessEnded(err)
	}
	return tree.PIDs, nil
}
