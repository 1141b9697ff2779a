package analysis

import "time"

// Options are what the person asks of the analysis.
type Options struct {
	// WarmUp is how many seconds from the begin of the load on are no part of the steady phase, beside what MSER-5 cuts.
	WarmUp int
	// Location is where times in sentences are read: UTC if it is nil.
	Location *time.Location
}

// Of returns what a run means. Verdict and Checks are left to whoever has asked.
func Of(run *Run, options Options) Findings {
	w := newWords(options.Location)
	v := newView(run)
	v.phases = Phases(run, options)
	loads, limits, t := v.loads(), v.limits(), v.findTurn()
	f := Findings{
		Schema: Schema, Info: run.Info, Began: run.Began, Ended: run.Ended, WarmUp: options.WarmUp,
		Phases: v.phases, Failures: run.Failures, Exceptions: run.Exceptions,
		Endpoints: v.endpoints(run), Resources: Resources(run), Laws: v.laws(loads, t),
	}
	generator, suspect := v.generator(w)
	all := append(generator, v.saturation(limits, t, f.Laws, suspect, w))
	all = append(all, v.restarts(w)...)
	all = append(all, v.errors(limits, w)...)
	all = append(all, v.little(loads, t, w)...)
	all = append(all, v.lawFindings(f.Laws, t)...)
	growths, grown := Leaks(run, f.Levels())
	f.Growth, all = growths, append(all, grown...)
	f.Findings = ordered(all)
	f.Headline = headline(f.Findings)
	return f
}
