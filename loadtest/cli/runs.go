package cli

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/comparison"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/recording"
)

// ofRun are the names of files that tell a run: loadtest's by their time, Locust's own by what comes before.
var (
	ofRun    = regexp.MustCompile(`_(\d{8}_\d{6})[._]`)
	ofLocust = regexp.MustCompile(`^(.+)_stats(?:_history)?\.csv$`)
)

// readRuns reads what a side names.
func readRuns(names []string) (all []comparison.Run, err error) {
	for _, name := range names {
		dir, stamps, err := runsAt(name)
		if err != nil {
			return nil, err
		}
		for _, stamp := range stamps {
			run, err := recording.OpenStamp(dir, stamp)
			if err != nil {
				return nil, err
			}
			where := filepath.Join(dir, stamp)
			if slices.ContainsFunc(all, func(r comparison.Run) bool { return r.Name == where }) {
				return nil, fault.New(fault.Usage, "%s is named twice", where)
			}
			all = append(all, comparison.Run{Name: where, Run: run, Findings: analysis.Of(run, analysis.Options{})})
		}
	}
	return all, nil
}

// runsAt finds the folder of runs and their names: all in a folder, or the one of a file.
func runsAt(name string) (dir string, stamps []string, err error) {
	is, err := os.Stat(name)
	if err != nil {
		return "", nil, fault.New(fault.Usage, "no run at %s: there is no such file or folder", name)
	}
	if !is.IsDir() {
		dir, file := filepath.Split(filepath.Clean(name))
		if match := ofRun.FindStringSubmatch(file); match != nil {
			return filepath.Clean(dir), match[1:], nil
		}
		if match := ofLocust.FindStringSubmatch(file); match != nil {
			return filepath.Clean(dir), match[1:], nil
		}
		return "", nil, fault.New(fault.Usage, "%s is no file of a run: name its folder, or a file such as summary_TS.json or stats_TS_stats.csv", name)
	}
	found, err := recording.Find(name)
	if err != nil {
		return "", nil, err
	}
	for _, f := range found {
		stamp := f.Stamp
		if stamp == "" {
			stamp = filepath.Base(f.Files.Prefix)
		}
		stamps = append(stamps, stamp)
	}
	return filepath.Clean(name), stamps, nil
}
