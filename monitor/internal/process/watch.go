// Package process finds the process under test and follows it with its children: which numbers belong to it now.
package process

import (
	"regexp"
	"sync/atomic"
)

// A Choice says what to watch, as the monitor's flags do: exactly one of the fields is set.
type Choice struct {
	// PID is the number of the process.
	PID int
	// Port is a TCP port that the process listens on.
	Port int
	// Pattern matches the command line of the process.
	Pattern *regexp.Regexp
	// Cgroup is a cgroup whose processes are watched: its path below the cgroup's root.
	Cgroup string
	// Container is the name or the id of a container whose processes are watched.
	Container string
}

// A Tree is what is watched at one moment. It is never changed.
type Tree struct {
	// Roots are the processes that were chosen, without their children. There is none while the process is not there.
	Roots []int
	// PIDs are the roots and everything below them, each once, in ascending order.
	PIDs []int
}

// A Watch follows the process under test. Look is called by one goroutine, Tree by any.
type Watch struct {
	choice Choice
	proc   string
	tree   atomic.Pointer[Tree]
}

// New returns a Watch that has not looked yet. proc is the folder of the kernel's files of processes: /proc.
func New(choice Choice, proc string) *Watch {
	w := &Watch{choice: choice, proc: proc}
	w.tree.Store(&Tree{})
	return w
}

// Look finds out which processes are watched now.
func (w *Watch) Look() {}

// Tree returns what the last Look found.
func (w *Watch) Tree() *Tree { return w.tree.Load() }
