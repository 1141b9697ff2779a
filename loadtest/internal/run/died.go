package run

import (
	"gregaria/internal/exitcode"
	"gregaria/loadtest/internal/check"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/process"
)

// died is told of each child that ended by itself. It ends the run: without one of them the rest would measure something
// else than what was asked for.
func (r *Run) died(p *process.Process) {
	r.fail(fault.New(r.kindOfDeath(p), "%s %s before the run was over%s; see %s", p.Name(), p.State(), lastWords(p), r.files.Log))
}

// kindOfDeath says what it means that a child ended, by who it was and when.
//
//	child    starting                          waiting   loading
//	master   the locustfile (or a port) is bad  NotReady  Died
//	monitor  NotReady                           NotReady  Died; Output if it says so, at any time
//	others   NotReady                           NotReady  Died
func (r *Run) kindOfDeath(p *process.Process) fault.Kind {
	phase := r.phase.Load()
	switch {
	case p.Name() == monitorName && p.State().Code == exitcode.Output:
		return fault.Output
	case phase == loading:
		return fault.Died
	case p.Name() == masterName && phase == starting && p.State().Signal == 0 && r.portsFree():
		return fault.Usage
	default:
		return fault.NotReady
	}
}

// portsFree tells a master that could not listen from one whose locustfile failed: somebody took a port after the check.
func (r *Run) portsFree() bool {
	return check.Port(r.plan.MasterPort, "", "") == nil && check.Port(r.plan.WebPort, "", "") == nil
}

// lastWords is the last line that a child wrote, as the end of a sentence: for Python, the exception.
func lastWords(p *process.Process) string {
	if line := p.LastLine(); line != "" {
		return ": " + line
	}
	return ""
}
