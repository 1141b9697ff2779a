package run

import (
	"strings"

	"gregaria/internal/exitcode"
	"gregaria/loadtest/internal/check"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/process"
)

// died is told of each child that ended by itself. It ends the run: without one of them the rest would measure something
// else than what was asked for.
func (r *Run) died(p *process.Process) {
	if r.ordered(p) {
		r.leftOnce.Do(func() { close(r.left) })
		return
	}
	kind := r.kindOfDeath(p)
	if kind == fault.Usage {
		r.fail(fault.New(kind, "%s cannot be loaded%s; correct the locustfile, or see %s", r.plan.Locustfile, lastWords(p), r.files.Log))
		return
	}
	when := "before the load began"
	if r.phase.Load() == loading {
		when = "before the run was over"
	}
	if isWorker(p) && p.State().Code == 0 && r.phase.Load() == loading {
		r.fail(fault.New(fault.Died, "%s ended %s, and so the load: by runner.quit() of the locustfile, or by a signal; see %s", p.Name(), when, r.files.Log))
		return
	}
	if kind == fault.Died && isWorker(p) {
		r.note("what " + p.Name() + " had measured since its last report, up to 3 s of it, is lost")
	}
	r.fail(fault.New(kind, "%s %s %s%s; see %s", p.Name(), p.State(), when, lastWords(p), r.files.Log))
}

// ordered reports that the locustfile has ended the test: its master told the workers to quit (runner.quit()), and this one has.
func (r *Run) ordered(p *process.Process) bool {
	ended := p.State().Code == exitcode.OK || r.lacksRequests(p)
	return isWorker(p) && ended && r.quit.Load() && r.phase.Load() == loading
}

func isWorker(p *process.Process) bool { return strings.Contains(p.Name(), workerName) }

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

// lastWords is the last line that a child wrote, as the end of a sentence: for Python, the exception. Locust's prefix of a
// log line, "[time] host/LEVEL/logger: ", is left out. A child that was killed had no time for last words.
func lastWords(p *process.Process) string {
	line := p.LastLine()
	if refusal := p.Refusal(); refusal != "" {
		line = refusal
	}
	if p.State().Signal != 0 {
		return ""
	}
	if strings.HasPrefix(line, "[") {
		if _, message, found := strings.Cut(line, ": "); found {
			line = message
		}
	}
	if line == "" {
		return ""
	}
	return ": " + line
}
