package run

import (
	"errors"

	"gregaria/loadtest/internal/check"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/results"
)

// checkCopies sees, before anything is started, that Locust's files can be put where --html and --csv say.
func (r *Run) checkCopies() error {
	for _, c := range (results.Files{}).Copies(r.plan.HTML, r.plan.CSV) {
		flag := "--csv"
		if c.To == r.plan.HTML {
			flag = "--html"
		}
		if err := check.Copy(flag, c.To); err != nil {
			return err
		}
	}
	return nil
}

// copyResults puts Locust's files where --html and --csv say, as they are when all is over: complete, and without a password.
func (r *Run) copyResults() (err error) {
	for _, c := range r.files.Copies(r.plan.HTML, r.plan.CSV) {
		err = errors.Join(err, c.Make())
	}
	if err != nil {
		return fault.New(fault.Output, "%w; what could be copied is in %s", err, r.plan.OutputDir)
	}
	return nil
}
