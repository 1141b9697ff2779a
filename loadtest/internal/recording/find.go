package recording

import (
	"bytes"
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"gregaria/internal/cells"
	"gregaria/internal/resource"
	"gregaria/internal/service"
	"gregaria/internal/timing"
	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/results"
)

// A Found is a run that a folder has the files of.
type Found struct {
	// Stamp is the time in the names of its files, as loadtest makes them; "" of a run of Locust's.
	Stamp string
	Files results.Files

	at int64 // the first second of its history; of files without one, 0
}

// stamped are the names that loadtest gives.
var stamped = regexp.MustCompile(`^(?:stats_(\d{8}_\d{6})_stats(?:_history)?\.csv|timings_(\d{8}_\d{6})\.csv|run_(\d{8}_\d{6})\.json)$`)

// Name is what tells the run from the others of its folder: its Stamp, or the prefix of Locust's --csv.
func (f Found) Name() string { return cmp.Or(f.Stamp, filepath.Base(f.Files.Prefix)) }

// File is one that tells the run, so that Named finds it: the first of its files that is there.
func (f Found) File() string {
	for _, path := range []string{f.Files.Run, f.Files.History(), f.Files.Timings, f.Files.Stats()} {
		if _, err := os.Stat(path); path != "" && err == nil {
			return path
		}
	}
	return f.Files.Stats()
}

// Find returns the runs in a folder, the newest last: those of loadtest, and those of a stock Locust with --csv, whose monitors are told by their first lines.
func Find(dir string) ([]Found, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fault.New(fault.Usage, "no run in %s: %v", dir, reason(err))
	}
	var names []string
	for _, entry := range entries {
		if !entry.IsDir() {
			names = append(names, entry.Name())
		}
	}
	found := stampedRuns(dir, names)
	found = append(found, stockRuns(dir, names)...)
	slices.SortStableFunc(found, func(a, b Found) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.Stamp, b.Stamp))
	})
	if len(found) == 0 {
		return nil, fault.New(fault.Usage, "no run in %s: there is no stats_TS_stats_history.csv, timings_TS.csv or run_TS.json of loadtest, and no PREFIX_stats_history.csv of Locust's --csv PREFIX", dir)
	}
	return found, nil
}

// Choose returns the run in a folder whose files have this time in their names, or this prefix; the newest for "".
func Choose(dir, stamp string) (Found, error) {
	found, err := Find(dir)
	if err != nil {
		return Found{}, err
	}
	if stamp == "" {
		return found[len(found)-1], nil
	}
	var there []string
	for _, f := range found {
		if f.Name() == stamp {
			return f, nil
		}
		there = append(there, f.Name())
	}
	return Found{}, fault.New(fault.Usage, "no run %s in %s: there are %s", stamp, dir, strings.Join(there, ", "))
}

// Open reads the newest run in a folder.
func Open(dir string) (*analysis.Run, error) {
	found, err := Choose(dir, "")
	if err != nil {
		return nil, err
	}
	return Read(found.Files, analysis.Info{})
}

// stampedRuns are those of loadtest.
func stampedRuns(dir string, names []string) (found []Found) {
	var stamps []string
	for _, name := range names {
		if match := stamped.FindStringSubmatch(name); match != nil {
			stamps = append(stamps, cmp.Or(match[1], match[2], match[3]))
		}
	}
	slices.Sort(stamps)
	for _, stamp := range slices.Compact(stamps) {
		f := results.Stamped(dir, stamp)
		f.Requests = f.RequestsAs("jsonl")
		if !slices.Contains(names, filepath.Base(f.Requests)) {
			f.Requests = f.RequestsAs("csv")
		}
		for _, path := range []*string{&f.Report, &f.Metrics, &f.Service, &f.Timings, &f.Run, &f.Log, &f.Requests} {
			if !slices.Contains(names, filepath.Base(*path)) {
				*path = ""
			}
		}
		for _, name := range names {
			if strings.HasPrefix(name, "metrics_"+stamp+"_") && strings.HasSuffix(name, ".csv") {
				f.Hosts = append(f.Hosts, filepath.Join(dir, name))
			}
		}
		at := firstSecond(f.History())
		if began, err := time.ParseInLocation(results.Stamp, stamp, time.Local); err == nil && at == 0 { // it died early
			at = began.Unix()
		}
		found = append(found, Found{Stamp: stamp, Files: f, at: at})
	}
	return found
}

// stockRuns are those of Locust alone. Whose metrics, timings and requests are beside them is told by their first lines, and by their seconds.
func stockRuns(dir string, names []string) (found []Found) {
	for _, name := range names {
		prefix, ok := strings.CutSuffix(name, "_stats_history.csv")
		if !ok || stamped.MatchString(name) {
			continue
		}
		f := Found{Files: results.Files{Prefix: filepath.Join(dir, prefix)}}
		f.at = firstSecond(f.Files.History())
		for _, other := range names {
			f.beside(dir, other)
		}
		found = append(found, f)
	}
	return found
}

// ofLoadtest are the names of files that belong to a run of loadtest.
var ofLoadtest = regexp.MustCompile(`^[a-z_]+_\d{8}_\d{6}[._]`)

// beside takes a file that belongs to a run of Locust's.
func (f *Found) beside(dir, name string) {
	path, prefix := filepath.Join(dir, name), filepath.Base(f.Files.Prefix)
	if ofLoadtest.MatchString(name) || strings.HasPrefix(name, prefix+"_stats") {
		return
	}
	line := firstLine(path)
	header, _ := cells.NewReader(append(line, '\n')).Next()
	has := func(columns ...string) bool { return !slices.Contains(places(header, columns...), -1) }
	switch {
	case has(resource.Timestamp, timing.Type, timing.SeenPercent):
		if overlaps(path, f.Files.History()) && (f.Files.Timings == "" || strings.HasPrefix(name, prefix+"_")) {
			f.Files.Timings = path
		}
	case len(header) > 1 && string(header[0]) == resource.Timestamp && slices.ContainsFunc(header, func(cell []byte) bool { return isResource(string(cell)) }):
		if !overlaps(path, f.Files.History()) {
			return
		}
		if f.Files.Metrics == "" && !strings.HasPrefix(name, prefix+"_metrics_") {
			f.Files.Metrics = path
		} else {
			f.Files.Hosts = append(f.Files.Hosts, path)
		}
	case string(line) == service.Header:
		ofHost := slices.ContainsFunc(f.Files.Hosts, func(host string) bool { return service.Beside(host) == path })
		if f.Files.Service == "" && !ofHost && overlaps(path, f.Files.History()) {
			f.Files.Service = path
		}
	case bytes.HasPrefix(line, []byte(`{"timestamp":`)):
		f.Files.Requests = path
	case strings.HasSuffix(name, ".html") && bytes.HasPrefix(bytes.ToLower(line), []byte("<!doctype html")) && f.Files.Report == "" && strings.HasPrefix(name, prefix):
		f.Files.Report = path
	}
}

// isResource says of a column that a monitor has it, and nobody else.
func isResource(column string) bool {
	return slices.Contains([]string{resource.CPUPercent, resource.MemoryPercent, resource.MonitorCPUPercent, resource.ProcessCPUCores, resource.ContainerCPUCores}, column)
}

// firstLine is the first line of a file, without its end; nothing where it has none, or a very long one.
func firstLine(path string) []byte {
	data := start(path)
	if end := bytes.IndexByte(data, '\n'); end >= 0 {
		return bytes.TrimSuffix(data[:end:end], []byte("\r"))
	}
	return nil
}

// start is what a file begins with.
func start(path string) []byte {
	file, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer file.Close()
	data := make([]byte, 1<<16)
	n, err := file.Read(data)
	if err != nil || errors.Is(err, fs.ErrInvalid) {
		return nil
	}
	return data[:n]
}

// firstSecond is the Timestamp of the first row of a CSV, 0 where it has none.
func firstSecond(path string) int64 {
	lines := cells.NewReader(start(path))
	header, _ := lines.Next()
	at := places(header, historyTime)
	if row, ok := lines.Next(); ok && at[0] >= 0 && at[0] < len(row) {
		if second := cells.Float(row[at[0]]); isTime(second) {
			return int64(second)
		}
	}
	return 0
}

// overlaps reports whether two CSVs have seconds in common: one of them begins before the other has ended.
func overlaps(path, other string) bool {
	return firstSecond(path) <= lastSecond(other)+after && firstSecond(other) <= lastSecond(path)+after
}

// lastSecond is the Timestamp of the last row of a CSV, whose Timestamp is its first column.
func lastSecond(path string) (last int64) {
	file, err := os.Open(path)
	if err != nil {
		return 0
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return 0
	}
	data := make([]byte, min(tail, info.Size()))
	if _, err := file.ReadAt(data, info.Size()-int64(len(data))); err != nil {
		return 0
	}
	for lines := cells.NewReader(data); ; {
		row, ok := lines.Next()
		if !ok {
			return last
		}
		if second := cells.Float(row[0]); isTime(second) {
			last = max(last, int64(second))
		}
	}
}
