package cli

import (
	"path/filepath"
	"slices"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/comparison"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/recording"
)

// readRuns reads what a side names.
func readRuns(names []string) (all []comparison.Run, err error) {
	for _, name := range names {
		found, err := recording.Named(name)
		if err != nil {
			return nil, err
		}
		for _, f := range found {
			where := filepath.Join(filepath.Dir(f.Files.Prefix), f.Name())
			if slices.ContainsFunc(all, func(r comparison.Run) bool { return r.Name == where }) {
				return nil, fault.New(fault.Usage, "%s is named twice", where)
			}
			run, err := recording.Read(f.Files, analysis.Info{})
			if err != nil {
				return nil, err
			}
			all = append(all, comparison.Run{Name: where, Run: run, Findings: analysis.Of(run, analysis.Options{})})
		}
	}
	return all, nil
}
