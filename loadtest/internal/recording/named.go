package recording

import (
	"os"
	"path/filepath"
	"regexp"

	"gregaria/loadtest/internal/fault"
)

// ofRun are the names of files that tell a run: loadtest's by their time, Locust's own by what comes before.
var (
	ofRun    = regexp.MustCompile(`_(\d{8}_\d{6})[._]`)
	ofLocust = regexp.MustCompile(`^(.+)_stats(?:_history)?\.csv$`)
)

// Named returns the runs that a path stands for: all in a folder, the newest last, those of a repeated test by the file that tells of it, or the one that a file belongs to.
func Named(path string) ([]Found, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fault.New(fault.Usage, "no run at %s: there is no such file or folder", path)
	}
	if info.IsDir() {
		return Find(path)
	}
	if ofSeries.MatchString(filepath.Base(path)) {
		return namedBySeries(path)
	}
	match := ofRun.FindStringSubmatch(filepath.Base(path))
	if match == nil {
		match = ofLocust.FindStringSubmatch(filepath.Base(path))
	}
	if match == nil {
		return nil, fault.New(fault.Usage, "%s is no file of a run: name its folder, or a file such as summary_TS.json or stats_TS_stats.csv", path)
	}
	found, err := Choose(filepath.Dir(path), match[1])
	return []Found{found}, err
}
