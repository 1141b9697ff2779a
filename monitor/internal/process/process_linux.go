package process

import (
	"path/filepath"
	"strconv"

	"gregaria/monitor/internal/kernel"
)

// A Process is a member of the tree. It belongs to the goroutine that calls Look, and is the same one as long as the process
// lives: another process that gets its number is another Process.
type Process struct {
	// PID is its number.
	PID int
	// Dir is its folder below /proc.
	Dir string
	// Stat is what the last Look read.
	Stat Stat
	// Born says that it was started by a member, while that was watched: all that it has used, it has used in the tree.
	Born bool
	// Parent is the member that waits for it, nil where that is no member.
	Parent *Process

	stat *kernel.File
	kept bool // the file stays open
	root bool // the finder named it
	heir bool // it was a child before
	seen int  // the number of the Look that it joined in
}

// newProcess returns the process with a number, or false where there is none.
func newProcess(proc string, pid int) (*Process, bool) {
	dir := filepath.Join(proc, strconv.Itoa(pid))
	p := &Process{PID: pid, Dir: dir, stat: kernel.NewFile(filepath.Join(dir, "stat"))}
	data, err := p.stat.Read()
	if err != nil {
		return nil, false
	}
	stat, ok := ParseStat(data)
	if !ok {
		p.stat.Close()
		return nil, false
	}
	p.Stat = stat
	return p, true
}

// read reads the process anew. It returns false when it is gone: a file that stayed open says so even where another
// process has the number, and one that was opened anew shows another start.
func (p *Process) read() bool {
	data, err := p.stat.Read()
	if err != nil {
		return false
	}
	if !p.kept {
		defer p.stat.Close()
	}
	stat, ok := ParseStat(data)
	if !ok || stat.Start != p.Stat.Start {
		return false
	}
	p.Stat = stat
	return true
}

// Ended says that the process has ended and nobody has waited for it yet: a zombie. Only its numbers are left.
func (p *Process) Ended() bool { return p.Stat.ended() }
