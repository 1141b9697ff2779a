package conclusion

import (
	"slices"
	"strings"
	"time"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/comparison"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/recording"
	"gregaria/loadtest/internal/threshold"
)

// Read reads the runs that folders and files stand for: recording.Named.
func Read(names []string, warmUp time.Duration) (all []comparison.Run, err error) {
	for _, name := range names {
		found, err := recording.Named(name)
		if err != nil {
			return nil, err
		}
		for _, f := range found {
			name := f.Files.Name()
			if slices.ContainsFunc(all, func(r comparison.Run) bool { return r.Name == name }) {
				return nil, fault.New(fault.Usage, "%s is named twice", name)
			}
			run, err := recording.Read(f.Files, analysis.Info{})
			if err != nil {
				return nil, err
			}
			all = append(all, comparison.Run{Name: name, File: f.File(), Run: run, Findings: analysis.Of(run, analysis.Options{WarmUp: wholeSeconds(warmUp)})})
		}
	}
	return all, nil
}

// Baseline reads the earlier runs that a run is compared with.
func Baseline(names []string, warmUp time.Duration) ([]comparison.Run, error) {
	bases, err := Read(names, warmUp)
	if err != nil {
		return nil, fault.New(fault.Usage, "--baseline: %w", err)
	}
	return bases, nil
}

// differing says in what each of the earlier runs differs from this one, so that no check compares what is not comparable.
func differing(bases []comparison.Run, run *analysis.Run) []threshold.Base {
	told := make([]threshold.Base, 0, len(bases))
	for i := range bases {
		b := threshold.Base{Run: bases[i].Run, Findings: &bases[i].Findings}
		var differences []string
		for _, d := range comparison.Differences(b.Run, run) {
			differences = append(differences, d.String())
		}
		b.Differs = strings.Join(differences, "; ")
		told = append(told, b)
	}
	return told
}
