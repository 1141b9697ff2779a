package jobs

import (
	"log/slog"

	"gregaria/worker/user"
)

// A Party is the users of one worker, of those who share a table.
type Party struct {
	table *Table
	to    func() user.Recorder
	log   *slog.Logger
	in    bool // its users run; the table's lock guards it
}

// Party returns that of a worker. What is open when the last party ends is recorded in what to returns then, as incomplete, and what became of all jobs is
// said in log.
func (t *Table) Party(to func() user.Recorder, log *slog.Logger) *Party {
	return &Party{table: t, to: to, log: log}
}

// Begin says that users of the party run from now on.
func (p *Party) Begin() {
	p.table.mu.Lock()
	defer p.table.mu.Unlock()
	if !p.in {
		p.in = true
		p.table.parties++
	}
}

// End says that they have stopped. Those of another party may still ask for their jobs.
func (p *Party) End() {
	p.table.mu.Lock()
	defer p.table.mu.Unlock()
	if !p.in {
		return
	}
	p.in = false
	if p.table.parties--; p.table.parties == 0 {
		p.table.end(p.to(), p.log)
	}
}
