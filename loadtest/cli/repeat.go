package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"gregaria/internal/exitcode"
	"gregaria/internal/mask"
	"gregaria/loadtest/internal/comparison"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/output"
	"gregaria/loadtest/internal/plan"
	"gregaria/loadtest/internal/progress"
	"gregaria/loadtest/internal/repeat"
	"gregaria/loadtest/internal/run"
	"gregaria/loadtest/internal/terminal"
)

// A series is what one command runs: a test once, or as often as --repeat says. Each run has a master, workers, monitor, ports and files of its own.
type series struct {
	plan           plan.Plan
	binDir         string
	bases          []comparison.Run
	screen         screen
	stdout, stderr io.Writer
	hidden         mask.Mask

	test repeat.Test
	// json and page are what a test that is repeated is written to, unwritten is why that did not work.
	json, page string
	unwritten  error
}

// run runs all, and returns the exit code.
func (s *series) run(soft, hard context.Context) int {
	s.test.Planned, s.test.Bases, s.test.Effect = s.plan.Repeat, s.bases, s.plan.Effect
	for !s.test.Over() {
		n := len(s.test.Runs) + 1
		if n > 1 && soft.Err() != nil { // between two runs
			s.cut(context.Cause(soft))
			break
		}
		if s.plan.Repeat > 1 {
			fmt.Fprintf(s.stdout, "run %d of %d\n", n, s.plan.Repeat)
		}
		printer := progress.NewPrinter(s.stdout, s.screen.terminal, s.plan.Progress)
		r := run.New(s.plan.Numbered(n), s.binDir, printer)
		var tests session
		r.Each = func(test *run.Run, cause error) {
			printer.Finish()
			tests = append(tests, tell(s.stdout, s.screen, s.conclude(test, cause).Verdict))
		}
		err := r.Do(soft, hard)
		printer.Finish()
		switch {
		case hard.Err() != nil:
			return refuse(s.stderr, fmt.Errorf("%w again, and cut off: what was written stays in %s", err, s.plan.OutputDir))
		case s.plan.UI && r.Served():
			return tests.end(s.stdout, s.stderr, err)
		case !r.Loaded() && n == 1:
			return refuse(s.stderr, err)
		case !r.Loaded():
			s.cut(err)
		default:
			s.ended(r, err)
		}
	}
	if s.plan.Repeat == 1 {
		return tell(s.stdout, s.screen, s.test.Verdict())
	}
	return s.concludeAll()
}

// cut ends the test before a run has begun.
func (s *series) cut(err error) {
	kind := fault.KindOf(err, fault.Died)
	v := verdictOf(kind, s.hidden.Text(err.Error()))
	s.test.Cut = &v
}

// ended concludes a run. What all come to so far is written each time: who kills a long test has it.
func (s *series) ended(r *run.Run, cause error) {
	ended := s.conclude(r, cause)
	s.test.Runs = append(s.test.Runs, ended)
	if s.plan.Repeat == 1 {
		return
	}
	n := len(s.test.Runs)
	v := ended.Verdict
	fmt.Fprintf(s.stdout, "\nrun %d of %d %s: %s\n\n", n, s.plan.Repeat, s.screen.paint(v.Word, v.Code == exitcode.OK), v.Line)
	if n == 1 {
		s.json, s.page = r.Files().Repeat(), r.Files().RepeatPage()
	}
	s.unwritten = s.test.Write(s.json)
}

// concludeAll says what a test that is repeated comes to, writes that, and returns the exit code.
func (s *series) concludeAll() int {
	v, table, compared := s.test.Verdict(), s.test.Table(), s.test.Comparison()
	files := []string{s.json}
	if s.test.Cut != nil {
		s.unwritten = s.test.Write(s.json)
	}
	written, err := s.test.WritePage(s.page, compared, time.Local)
	if written {
		files = append(files, s.page)
	}
	if err != nil && s.unwritten == nil {
		s.unwritten = err
	}
	if step := os.Getenv(output.StepSummary); step != "" {
		if err := output.AddRuns(step, output.Runs{Verdict: v, Header: table.Header, Rows: table.Rows, Comparison: compared}); err != nil && s.unwritten == nil {
			s.unwritten = err
		}
	}
	if s.unwritten != nil && (v.Code == exitcode.OK || v.Code == exitcode.Failed || v.Code == exitcode.Checks) {
		v = verdictOf(fault.Output, s.unwritten.Error())
	}
	fmt.Fprint(s.stdout, terminal.Runs(table.Header, table.Rows, table.Sums, compared, files, s.screen.options()))
	return tell(s.stdout, s.screen, v)
}
