package process

import (
	"fmt"
	"os/exec"
)

// A Group starts the children of one run. Its zero value is not usable; see NewGroup.
type Group struct {
	starter *starter
	log     *Log
	died    func(*Process)
}

// NewGroup returns a Group whose children write to log. died is called, once for each and from a goroutine of its own,
// for every child that ends before Stop was called for it.
func NewGroup(log *Log, died func(*Process)) *Group {
	return &Group{starter: newStarter(), log: log, died: died}
}

// Start starts a child. Its standard input is empty: Locust would otherwise take keys from the user's terminal.
func (g *Group) Start(spec Spec) (*Process, error) {
	output := g.log.lines(spec.Name, spec.OnLine)
	cmd := exec.Command(spec.Path, spec.Args...)
	cmd.Env = spec.Env
	cmd.Stdout, cmd.Stderr = output, output // the same writer: os/exec then writes from one goroutine
	cmd.SysProcAttr = attributes()
	cmd.WaitDelay = OutputDelay
	if err := g.starter.start(cmd); err != nil {
		return nil, fmt.Errorf("start %s: %w", spec.Name, err)
	}
	p := &Process{spec: spec, cmd: cmd, output: output, done: make(chan struct{})}
	go func() {
		p.wait()
		close(p.done)
		if !p.stopping.Load() {
			g.died(p)
		}
	}()
	return p, nil
}

// Close releases the group when all its children have been stopped. On Linux it kills any that were not.
func (g *Group) Close() { g.starter.close() }
