package cli

import (
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"gregaria/internal/exitcode"
	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/conclusion"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/output"
	"gregaria/loadtest/internal/plan"
	"gregaria/loadtest/internal/recording"
	"gregaria/loadtest/internal/run"
	"gregaria/loadtest/internal/terminal"
	"gregaria/loadtest/internal/threshold"
	"gregaria/loadtest/internal/verdict"
)

// conclude says what the run means, writes that, and returns the exit code.
func conclude(stdout io.Writer, screen screen, r *run.Run, p plan.Plan, bases []threshold.Base, cause error) int {
	s := r.Summary()
	result := s.Result(cause, r.LocustCode())
	info := r.Facts().Info
	for _, note := range s.Run.Notes { // what the files lack; the others are facts
		if !slices.Contains(info.Notes, note) {
			info.Notes = append(info.Notes, note)
		}
	}
	for _, path := range s.Missing {
		info.Notes = append(info.Notes, path+" was not written")
	}
	recorded, err := recording.Read(r.Files(), info)
	if err != nil {
		result.Checks = threshold.Unread(p.Checks, err)
		kind, line := verdict.Of(result)
		fmt.Fprintf(stdout, "\nthere is no report: %v\n", err)
		return tell(stdout, screen, verdictOf(kind, line))
	}
	o := conclusion.Options{Checks: p.Checks, Bases: bases, WarmUp: p.WarmUp, Location: time.Local, StepSummary: os.Getenv(output.StepSummary)}
	f := conclusion.Of(recorded, r.Files(), o)
	threshold.Mark(f.Checks, cause)
	f.Verdict = judge(result, &f, p.Checks)
	if err := conclusion.Write(recorded, &f, r.Files(), o); err != nil && cause == nil {
		f.Verdict = verdictOf(fault.Output, err.Error())
	} else if err != nil {
		fmt.Fprintln(stdout, err)
	}
	fmt.Fprintf(stdout, "\n%s", terminal.Text(recorded, &f, terminal.Options{Width: screen.columns(), Colour: screen.colour()}))
	return tell(stdout, screen, f.Verdict)
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
	fmt.Fprintf(stdout, "\n%s: %s (exit code %d)\n", screen.paint(v.Word, v.Code == exitcode.OK), v.Line, v.Code)
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
