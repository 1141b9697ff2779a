package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"gregaria/internal/exitcode"
	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/comparison"
	"gregaria/loadtest/internal/conclusion"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/glyph"
	"gregaria/loadtest/internal/output"
	"gregaria/loadtest/internal/recording"
	"gregaria/loadtest/internal/repeat"
	"gregaria/loadtest/internal/run"
	"gregaria/loadtest/internal/terminal"
	"gregaria/loadtest/internal/threshold"
	"gregaria/loadtest/internal/verdict"
)

// conclude says what the run means, and writes that. The verdict is not told yet.
func (s *series) conclude(r *run.Run, cause error) repeat.Run {
	summary := r.Summary()
	result := summary.Result(cause, r.LocustCode())
	facts := r.Facts()
	facts.Info.Notes = summary.Run.Notes
	o := conclusion.Options{Checks: s.plan.Checks, Bases: s.bases, Effect: s.plan.Effect, WarmUp: s.plan.WarmUp, Location: time.Local, StepSummary: os.Getenv(output.StepSummary)}
	recorded, unread := recording.Read(r.Files(), facts.Info)
	var f analysis.Findings
	if result.Unread = unread; unread != nil {
		recorded, f = conclusion.Unread(facts, r.Files(), o, unread)
	} else {
		f = conclusion.Of(recorded, r.Files(), o)
	}
	missed(&f, summary.Missing)
	threshold.Mark(f.Checks, cause)
	f.Verdict = judge(result, &f, s.plan.Checks)
	f.Verdict.Line = s.hidden.Text(f.Verdict.Line)
	unwritten := func(err error) {
		f.Info.Notes = append(f.Info.Notes, err.Error())
		if cause == nil {
			f.Verdict = verdictOf(fault.Output, err.Error())
		}
	}
	if err := conclusion.Remember(r.Facts(), r.Files().Run, s.bases, cause, f.Verdict); err != nil {
		unwritten(err)
	}
	_ = conclusion.Write(recorded, &f, r.Files(), o, unwritten) // unwritten tells
	fmt.Fprintf(s.stdout, "\n%s", terminal.Text(recorded, &f, s.screen.options()))
	return repeat.Run{
		Run: comparison.Run{Name: r.Files().Name(), Run: recorded, Findings: f}, Verdict: f.Verdict, Summary: r.Files().Summary(),
		// A disk without room ends a test as what ends a run early does.
		Complete: cause == nil && unread == nil && slices.Contains([]int{exitcode.OK, exitcode.Failed, exitcode.Checks}, f.Verdict.Code),
	}
}

// missed notes the files that were to be written and are not there, but for those of which it was said that they cannot be read.
func missed(f *analysis.Findings, paths []string) {
	for _, path := range paths {
		if !slices.ContainsFunc(f.Info.Notes, func(note string) bool { return strings.HasPrefix(note, filepath.Base(path)+" ") }) {
			f.Info.Notes = append(f.Info.Notes, path+" was not written")
		}
	}
}

// judge is the verdict on a run and its checks.
func judge(result verdict.Result, f *analysis.Findings, checks []threshold.Check) analysis.Verdict {
	result.Checks = f.Checks
	result.FailuresChecked, result.ExceptionsChecked = threshold.Speak(checks)
	return verdictOf(verdict.Of(result))
}

// verdictOf is a verdict as all results have it.
func verdictOf(kind fault.Kind, line string) analysis.Verdict {
	return analysis.Verdict{Word: wordOf(kind), Code: codeOf(kind), Line: line}
}

// tell prints the verdict, the last line of all, and returns its exit code.
func tell(stdout io.Writer, screen screen, v analysis.Verdict) int {
	lines := glyph.Wrap(fmt.Sprintf("%s: %s (exit code %d)", v.Word, v.Line, v.Code), screen.columns())
	lines[0] = strings.Replace(lines[0], v.Word, screen.paint(v.Word, v.Code == exitcode.OK), 1)
	fmt.Fprintf(stdout, "\n%s\n", strings.Join(lines, "\n"))
	return v.Code
}

// codeOf is the exit code of a kind of fault.
func codeOf(kind fault.Kind) int {
	switch kind {
	case 0:
		return exitcode.OK
	case fault.Failed:
		return exitcode.Failed
	case fault.Usage:
		return exitcode.Usage
	case fault.NotReady:
		return exitcode.NotReady
	case fault.Output:
		return exitcode.Output
	case fault.Check:
		return exitcode.Checks
	case fault.Interrupted:
		return exitcode.Interrupted
	default:
		return exitcode.Died
	}
}

// wordOf is the verdict in one word.
func wordOf(kind fault.Kind) string {
	switch kind {
	case 0:
		return "PASSED"
	case fault.Failed, fault.Check:
		return "FAILED"
	default:
		return "INCOMPLETE"
	}
}
