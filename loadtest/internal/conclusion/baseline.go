package conclusion

import (
	"os"
	"path/filepath"
	"regexp"
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
		found, err := named(name)
		if err != nil {
			return nil, err
		}
		for _, f := range found {
			run, err := recording.Read(f.Files, analysis.Info{})
			if err != nil {
				return nil, fault.New(fault.Usage, "--baseline %s: %w", name, err)
			}
			findings := analysis.Of(run, analysis.Options{WarmUp: int(warmUp / time.Second)})
			bases = append(bases, threshold.Base{Run: run, Findings: &findings})
		}
	}
	return bases, nil
}

// named are the runs that a folder or a file stands for.
func named(name string) ([]recording.Found, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, fault.New(fault.Usage, "--baseline %s: there is no such file or folder", name)
	}
	if info.IsDir() {
		found, err := recording.Find(name)
		if err != nil {
			return nil, fault.New(fault.Usage, "--baseline %s: %w", name, err)
		}
		return found, nil
	}
	stamp := regexp.MustCompile(`\d{8}_\d{6}`).FindString(filepath.Base(name))
	if stamp == "" {
		return nil, fault.New(fault.Usage, "--baseline %s: it is no file of a run: name a folder, or a file such as summary_20261130_140000.json", name)
	}
	found, err := recording.Choose(filepath.Dir(name), stamp)
	if err != nil {
		return nil, fault.New(fault.Usage, "--baseline %s: %w", name, err)
	}
	return []recording.Found{found}, nil
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
