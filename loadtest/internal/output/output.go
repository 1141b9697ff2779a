// Package output writes what a run means for other programs: summary_TS.json, junit_TS.xml and summary_TS.md. Each shows one and the same Findings.
// docs/checks.md says what stands in them.
package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/results"
)

// StepSummary is the variable in which GitHub Actions names the file whose Markdown it shows on the page of a job.
const StepSummary = "GITHUB_STEP_SUMMARY"

// Write writes all of them beside the other files of the run, and adds the Markdown to the file stepSummary, "" for none. What can be written is, and the
// first error is returned: one line, a fault.Output.
func Write(f *analysis.Findings, files results.Files, stepSummary string) (first error) {
	keep := func(err error) {
		if first == nil {
			first = err
		}
	}
	summary, err := JSON(f)
	keep(err)
	if err == nil {
		keep(whole(files.Summary(), summary))
	}
	junit, err := JUnit(f)
	keep(err)
	if err == nil {
		keep(whole(files.JUnit(), junit))
	}
	keep(whole(files.Markdown(), Markdown(f, mostMarkdown)))
	if stepSummary != "" {
		keep(add(stepSummary, f))
	}
	return first
}

// whole writes a file so that it is there with all of its content or not at all: into another one beside it, which then gets its name.
func whole(path string, data []byte) error {
	if err := results.Replace(path, data); err != nil {
		return fault.New(fault.Output, "write %s: %w; make room or choose another --output-dir", path, reason(err))
	}
	return nil
}

// reason is what went wrong, without the name of the file that stands for the other.
func reason(err error) error {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		return path.Err
	case errors.As(err, &link):
		return link.Err
	}
	return err
}

// mostSummary is what GitHub takes of one step: more is shown as an error, and nothing else
// (docs.github.com, "Workflow commands", "Step isolation and limits").
const mostSummary = 1 << 20

// mostMarkdown is how large a summary of ours may become.
const mostMarkdown = mostSummary / 2

// add puts the Markdown behind what the step has said already.
func add(path string, f *analysis.Findings) error {
	room := mostSummary
	if info, err := os.Stat(path); err == nil {
		room -= int(min(info.Size(), mostSummary))
	}
	text := append([]byte("\n"), Markdown(f, min(room-1, mostMarkdown))...)
	if len(text) > room {
		return nil // an earlier step has left no room, which is no fault of the run
	}
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err == nil {
		_, err = file.Write(text)
		if closed := file.Close(); err == nil {
			err = closed
		}
	}
	if err != nil {
		return fault.New(fault.Output, "write %s, which %s names: %w", path, StepSummary, reason(err))
	}
	return nil
}

// marshalled is an error that names what could not be put into a form.
func marshalled(what string, err error) error {
	if err == nil {
		return nil
	}
	return fault.New(fault.Output, "%s", fmt.Sprintf("write the %s: %v", what, err))
}
