// Package conclusion says what a run means once it is over, and leaves that to people and programs: report_TS.html, summary_TS.json, junit_TS.xml and summary_TS.md.
package conclusion

import (
	"bytes"
	"math"
	"slices"
	"time"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/comparison"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/output"
	"gregaria/loadtest/internal/recording"
	"gregaria/loadtest/internal/report"
	"gregaria/loadtest/internal/results"
	"gregaria/loadtest/internal/threshold"
)

// Options are what the person asks.
type Options struct {
	Checks []threshold.Check
	// Bases are the earlier runs that the run and its checks are compared with.
	Bases []comparison.Run
	// Effect is the difference from them that counts, as a share of 1; 0 for the usual one.
	Effect float64
	// WarmUp is the time from the begin of the load on that is no part of its steady phase.
	WarmUp time.Duration
	// Location is the time zone of sentences and charts.
	Location *time.Location
	// StepSummary is the file of $GITHUB_STEP_SUMMARY, "" for none.
	StepSummary string
}

// Of returns what a run means, with what became of its checks, how it compares with its baseline, and the files that Write makes. The verdict is left to the caller.
func Of(run *analysis.Run, files results.Files, o Options) analysis.Findings {
	if run.Info.Files == nil {
		run.Info.Files = map[string]string{}
	}
	for what, path := range map[string]string{"report": files.Page(), "summary": files.Summary(), "junit": files.JUnit(), "markdown": files.Markdown()} {
		run.Info.Files[what] = path
	}
	f := analysis.Of(run, analysis.Options{WarmUp: wholeSeconds(o.WarmUp), Location: o.Location})
	f.Checks = threshold.Evaluate(o.Checks, run, &f, differing(o.Bases, run)...)
	if f.HighestLoad = threshold.Highest(o.Checks, run, &f); f.HighestLoad != nil {
		f.Findings = slices.Insert(f.Findings, min(1, len(f.Findings)), threshold.HighestFinding(f.HighestLoad)) // behind what matters most
	}
	if len(o.Bases) > 0 {
		result := comparison.Of(o.Bases, []comparison.Run{{Name: files.Name(), Run: run, Findings: f}}, comparison.Options{Effect: o.Effect, Strict: true})
		f.Comparison = &result
	}
	return f
}

// wholeSeconds are those that a warm-up reaches into: none of them is steady.
func wholeSeconds(warmUp time.Duration) int { return int(math.Ceil(warmUp.Seconds())) }

// Unread is what is known of a run whose files tell of no load: what was planned, when it ran, and why nothing more. No check of it could be evaluated.
func Unread(facts recording.Facts, files results.Files, o Options, why error) (*analysis.Run, analysis.Findings) {
	run := &analysis.Run{Start: int64(facts.Began), Began: int64(facts.Began), Ended: int64(max(facts.Began, facts.Ended)), Info: facts.Info}
	f := Of(run, files, o)
	f.Checks = threshold.Unread(o.Checks, why)
	return run, f
}

// Write writes what the findings say. What can be written is; the first error is returned, a fault.Output of one line, and unwritten puts it into the findings,
// so that what is written says so.
func Write(run *analysis.Run, f *analysis.Findings, files results.Files, o Options, unwritten func(error)) error {
	page := output.Form{Path: files.Page(), Make: func(f *analysis.Findings) ([]byte, error) {
		var b bytes.Buffer
		err := report.Write(&b, run, f, report.Options{Location: o.Location, Bases: o.Bases})
		if err != nil {
			return nil, fault.New(fault.Output, "make %s: %w", files.Page(), err)
		}
		return b.Bytes(), nil
	}}
	return output.Write(f, append([]output.Form{page}, output.Forms(files)...), o.StepSummary, unwritten)
}
