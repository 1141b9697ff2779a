package conclusion

import (
	"strings"
	"time"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/comparison"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/recording"
	"gregaria/loadtest/internal/threshold"
)

// Baseline reads the earlier runs that checks compare with: a folder stands for all runs in it, a file of a run, such as its summary_TS.json, for that one.
func Baseline(names []string, warmUp time.Duration) ([]threshold.Base, error) {
	var bases []threshold.Base
	for _, name := range names {
		found, err := recording.Named(name)
		if err != nil {
			return nil, fault.New(fault.Usage, "--baseline: %w", err)
		}
		for _, f := range found {
			run, err := recording.Read(f.Files, analysis.Info{})
			if err != nil {
				return nil, fault.New(fault.Usage, "--baseline %s: %w", name, err)
			}
			findings := analysis.Of(run, analysis.Options{WarmUp: wholeSeconds(warmUp)})
			bases = append(bases, threshold.Base{File: f.File(), Run: run, Findings: &findings})
		}
	}
	return bases, nil
}

// differing says in what each of the earlier runs differs from this one, so that no check compares what is not comparable.
func differing(bases []threshold.Base, run *analysis.Run) []threshold.Base {
	told := make([]threshold.Base, 0, len(bases))
	for _, b := range bases {
		var differences []string
		for _, d := range comparison.Differences(b.Run, run) {
			differences = append(differences, d.String())
		}
		b.Differs = strings.Join(differences, "; ")
		told = append(told, b)
	}
	return told
}
