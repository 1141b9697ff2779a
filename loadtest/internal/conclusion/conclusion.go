// Package conclusion says what a run means once it is over, and leaves that to people and programs: report_TS.html, summary_TS.json, junit_TS.xml and summary_TS.md.
package conclusion

import (
	"bytes"
	"math"
	"time"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/output"
	"gregaria/loadtest/internal/report"
	"gregaria/loadtest/internal/results"
	"gregaria/loadtest/internal/threshold"
)

// Options are what the person asks.
type Options struct {
	Checks []threshold.Check
	// Bases are the earlier runs that checks compare with.
	Bases []threshold.Base
	// WarmUp is the time from the begin of the load on that is no part of its steady phase.
	WarmUp time.Duration
	// Location is the time zone of sentences and charts.
	Location *time.Location
	// StepSummary is the file of $GITHUB_STEP_SUMMARY, "" for none.
	StepSummary string
}

// Of returns what a run means, with what became of its checks and the files that Write makes. The verdict is left to the caller.
func Of(run *analysis.Run, files results.Files, o Options) analysis.Findings {
	if run.Info.Files == nil {
		run.Info.Files = map[string]string{}
	}
	for what, path := range map[string]string{"report": files.Page(), "summary": files.Summary(), "junit": files.JUnit(), "markdown": files.Markdown()} {
		run.Info.Files[what] = path
	}
	f := analysis.Of(run, analysis.Options{WarmUp: wholeSeconds(o.WarmUp), Location: o.Location})
	f.Checks = threshold.Evaluate(o.Checks, run, &f, differing(o.Bases, run)...)
	return f
}

// wholeSeconds are those that a warm-up reaches into: none of them is steady.
func wholeSeconds(warmUp time.Duration) int { return int(math.Ceil(warmUp.Seconds())) }

// Write writes what the findings say. What can be written is; the first error is returned, a fault.Output of one line.
func Write(run *analysis.Run, f *analysis.Findings, files results.Files, o Options) error {
	page := writePage(run, f, files.Page(), o)
	others := output.Write(f, files, o.StepSummary)
	if page != nil {
		return page
	}
	return others
}

// writePage writes the report, whole or not at all.
func writePage(run *analysis.Run, f *analysis.Findings, path string, o Options) error {
	var page bytes.Buffer
	err := report.Write(&page, run, f, report.Options{Location: o.Location})
	if err == nil {
		err = results.Replace(path, page.Bytes())
	}
	if err != nil {
		return fault.New(fault.Output, "write %s: %w; make room or choose another --output-dir", path, err)
	}
	return nil
}
