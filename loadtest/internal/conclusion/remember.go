package conclusion

import (
	"errors"
	"path/filepath"
	"slices"

	"gregaria/internal/exitcode"
	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/comparison"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/recording"
	"gregaria/loadtest/internal/threshold"
)

// Remember writes into run_TS.json what only the end of a run could tell, so that a later report says the same: what ended it early, or is missing, and what it was compared with.
func Remember(facts recording.Facts, path string, bases []comparison.Run, cause error, v analysis.Verdict) error {
	for _, b := range bases {
		file := b.File
		if absolute, err := filepath.Abs(file); err == nil {
			file = absolute
		}
		facts.Baseline = append(facts.Baseline, file)
	}
	if cause != nil || v.Code == exitcode.Output { // a file of Locust's or of the monitor's that is missing stays that
		facts.Early = &v
	}
	if h := new(threshold.HopelessError); errors.As(cause, &h) {
		facts.Checks = slices.Clone(facts.Checks)
		for i := range facts.Checks {
			if c := &facts.Checks[i]; c.Text == h.Check.Text && c.Title == h.Check.Title {
				c.Hopeless = h.Why
			}
		}
	}
	if err := facts.Write(path); err != nil {
		return fault.New(fault.Output, "%w; make room or choose another --output-dir", err)
	}
	return nil
}

// Checks are those that a run had to keep.
func Checks(facts recording.Facts) (checks []threshold.Check, err error) {
	for _, known := range facts.Checks {
		parsed, err := threshold.Parse([]string{known.Text})
		if err != nil {
			return nil, fault.New(fault.Usage, "a check of the run cannot be read any more: %w; give others with --check", err)
		}
		parsed[0].Title = known.Title
		checks = append(checks, parsed[0])
	}
	return checks, nil
}

// Hopeless is the check that ended a run, as threshold.Mark wants it; nil where none did. The checks are those of Checks.
func Hopeless(facts recording.Facts, checks []threshold.Check) error {
	for i, known := range facts.Checks {
		if known.Hopeless != "" {
			return &threshold.HopelessError{Check: checks[i], Why: known.Hopeless}
		}
	}
	return nil
}
