// Package results names the files that a run leaves behind, and keeps two runs from writing the same ones.
package results

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Stamp is how a run's time stands in the names of its files: local time, so that a person finds the run.
const Stamp = "20060102_150405"

// Files are the paths of one run's files. All carry the same Stamp.
type Files struct {
	// Report is Locust's own HTML report.
	Report string
	// Metrics is the monitor's CSV.
	Metrics string
	// Service is the monitor's CSV of what servers say of themselves; "" in a run that asks none.
	Service string
	// Timings is the plug-in's CSV of what each second of each endpoint was made of; "" in a run without the plug-in.
	Timings string
	// Requests has a line for every request: RequestsAs, "" in a run that writes none.
	Requests string
	// Hosts are the CSVs of monitors on other hosts.
	Hosts []string
	// Run is what only loadtest knows of the run, as JSON: package recording.
	Run string
	// Log has what the children said.
	Log string
	// Prefix is what Locust puts before _stats.csv and the others.
	Prefix string
}

// Named returns the files of a run in dir that started at the given time.
func Named(dir string, start time.Time) Files { return Stamped(dir, start.Format(Stamp)) }

// Stamped returns the files of the run in dir that has this time in their names.
func Stamped(dir, stamp string) Files {
	return Files{
		Report:  filepath.Join(dir, "locust_report_"+stamp+".html"),
		Metrics: filepath.Join(dir, "metrics_"+stamp+".csv"),
		Service: filepath.Join(dir, "service_"+stamp+".csv"),
		Timings: filepath.Join(dir, "timings_"+stamp+".csv"),
		Run:     filepath.Join(dir, "run_"+stamp+".json"),
		Log:     filepath.Join(dir, "locust_"+stamp+".log"),
		Prefix:  filepath.Join(dir, "stats_"+stamp),
	}
}

// MetricsOf is the CSV of the monitor of another host.
func (f Files) MetricsOf(host string) string {
	return strings.TrimSuffix(f.Metrics, ".csv") + "_" + host + ".csv"
}

// RequestsAs is the request log in a format, "jsonl" or "csv".
func (f Files) RequestsAs(format string) string {
	return f.beside("requests_", "."+format)
}

// Stamp is the time in the names.
func (f Files) Stamp() string { return strings.TrimPrefix(filepath.Base(f.Prefix), "stats_") }

// Name tells the run from all others: its folder, and what the names of its files have in common.
func (f Files) Name() string {
	dir, name := filepath.Split(f.Prefix)
	return filepath.Join(dir, strings.TrimPrefix(name, "stats_"))
}

// Page is what the run means, as a page for a browser.
func (f Files) Page() string { return f.beside("report_", ".html") }

// Summary is what the run means, in JSON.
func (f Files) Summary() string { return f.beside("summary_", ".json") }

// Repeat is what a test that is repeated comes to, in JSON; it is named after its first run.
func (f Files) Repeat() string { return f.beside("repeat_", ".json") }

// RepeatPage has the runs of such a test beside those of its baseline, as a page for a browser.
func (f Files) RepeatPage() string { return f.beside("repeat_", ".html") }

// JUnit is what became of its checks, as a report of tests.
func (f Files) JUnit() string { return f.beside("junit_", ".xml") }

// Markdown is a summary for people.
func (f Files) Markdown() string { return f.beside("summary_", ".md") }

// beside is a file of the run whose name begins and ends so.
func (f Files) beside(begin, end string) string {
	dir, name := filepath.Split(f.Prefix)
	return filepath.Join(dir, begin+strings.TrimPrefix(name, "stats_")+end)
}

// Stats is Locust's CSV with one row for each request name and one for all.
func (f Files) Stats() string { return f.Prefix + "_stats.csv" }

// History is Locust's CSV with one row a second.
func (f Files) History() string { return f.Prefix + "_stats_history.csv" }

// Failures is Locust's CSV of the requests that failed.
func (f Files) Failures() string { return f.Prefix + "_failures.csv" }

// Exceptions is Locust's CSV of what the users' tasks raised.
func (f Files) Exceptions() string { return f.Prefix + "_exceptions.csv" }

// reserveTries is how often Reserve tries, a second apart.
const reserveTries = 10

// Reserve picks the files of a run that starts now and opens the log, which claims the names: another run in the same
// second finds the log there and takes a later second.
func Reserve(ctx context.Context, dir string) (Files, *os.File, error) {
	for range reserveTries {
		now := time.Now()
		files := Named(dir, now)
		log, err := os.OpenFile(files.Log, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
		if err == nil {
			return files, log, nil
		}
		if !errors.Is(err, fs.ErrExist) {
			return Files{}, nil, err
		}
		select {
		case <-ctx.Done():
			return Files{}, nil, context.Cause(ctx)
		case <-time.After(now.Truncate(time.Second).Add(time.Second).Sub(now)):
		}
	}
	return Files{}, nil, fmt.Errorf("reserve names in %s: other runs took the last %d seconds: %w", dir, reserveTries, fs.ErrExist)
}
