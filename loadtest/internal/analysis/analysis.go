package analysis

// Options are what the person asks of the analysis.
type Options struct {
	// WarmUp is how many seconds from the begin of the load on are no part of the steady phase, beside what MSER-5 cuts.
	WarmUp int
}

// Of returns what a run means. Verdict and Checks are left to whoever has asked.
func Of(run *Run, options Options) Findings {
	f := Findings{
		Schema: Schema, Info: run.Info, Began: run.Began, Ended: run.Ended,
		Phases: Phases(run, options), Failures: run.Failures, Exceptions: run.Exceptions,
	}
	return f
}
