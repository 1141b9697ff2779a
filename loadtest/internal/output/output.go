// Package output writes what a run means for other programs: summary_TS.json, junit_TS.xml and summary_TS.md. Each shows one and the same Findings.
// docs/checks.md says what stands in them.
package output

import (
	"cmp"
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

// A Form is a file that a run is written to. Make says what stands in it.
type Form struct {
	Path string
	Make func(f *analysis.Findings) ([]byte, error)
}

// Forms are those of other programs, beside the other files of a run.
func Forms(files results.Files) []Form {
	return []Form{
		{files.Summary(), JSON},
		{files.JUnit(), JUnit},
		{files.Markdown(), func(f *analysis.Findings) ([]byte, error) { return Markdown(f, mostMarkdown), nil }},
	}
}

// Write writes all forms, and adds the Markdown to the file stepSummary, "" for none. What can be written is, and the first error is returned: one line, a
// fault.Output.
//
// All say the same: where one cannot be written, unwritten puts that into the findings, and the others are written once more. One that can no longer be written
// then is taken away, and what is added to stepSummary is added last, since it stays.
func Write(f *analysis.Findings, forms []Form, stepSummary string, unwritten func(error)) error {
	written := map[string]bool{}
	ofRun := func(room int) []byte { return Markdown(f, min(room, mostMarkdown)) }
	err := write(f, forms, written)
	if err == nil && stepSummary != "" {
		if err = add(stepSummary, ofRun); err == nil {
			return nil
		}
		stepSummary = ""
	}
	if err == nil {
		return nil
	}
	unwritten(err)
	_ = write(f, forms, written) // what cannot be written is known
	if stepSummary != "" {
		_ = add(stepSummary, ofRun)
	}
	return err
}

// write writes each form, and takes away what it wrote before and cannot write now.
func write(f *analysis.Findings, forms []Form, written map[string]bool) (first error) {
	for _, form := range forms {
		data, err := form.Make(f)
		if err == nil {
			err = whole(form.Path, data)
		}
		if err != nil && written[form.Path] {
			_ = os.Remove(form.Path)
		}
		written[form.Path] = err == nil
		first = cmp.Or(first, err)
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

// add puts Markdown, for which there is so much room, behind what the step has said already.
func add(path string, markdown func(room int) []byte) error {
	room, size := mostSummary, int64(0)
	if info, err := os.Stat(path); err == nil {
		size = info.Size()
		room -= int(min(size, mostSummary))
	}
	text := append([]byte("\n"), markdown(room-1)...)
	if len(text) > room {
		return nil // an earlier step has left no room, which is no fault of the run
	}
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err == nil {
		if _, err = file.Write(text); err != nil {
			_ = file.Truncate(size) // half of it would say what may not be so
		}
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
