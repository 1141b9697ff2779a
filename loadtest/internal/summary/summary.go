// Package summary reads what a run left behind and tells the user, on one screen, how it went.
package summary

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"gregaria/internal/locustweb"
	"gregaria/internal/resource"
	"gregaria/internal/service"
	"gregaria/loadtest/internal/progress"
	"gregaria/loadtest/internal/results"
)

// A Run is what loadtest itself knows of a run, beside its files.
type Run struct {
	Host string
	// Watched is the process under test, as the monitor described it; "" for none.
	Watched string
	// Users is how many users ran at most, as far as the master has counted them.
	Users int
	// Limits say who of those that made the load had no more to give, a line each.
	Limits []string
	// Remarks belong to the verdict: what it must not be read without, a few words each.
	Remarks []string
	// Began and Ended are when the load did.
	Began, Ended time.Time
	// Last is the last that the master said of all requests.
	Last locustweb.Row
	// Logged is how many requests the request log has.
	Logged int64
	// Notes are what the user should know beside the numbers, a line each.
	Notes []string
}

// A Summary is a run in numbers.
type Summary struct {
	Run       Run
	Files     results.Files
	Totals    Totals
	Resources Resources
	// Failures are the kinds of failed requests, Raised those of exceptions that the users' tasks raised, the most frequent
	// first. Exceptions is how many kinds of them there are.
	Failures   []Failure
	Raised     []Exception
	Exceptions int
	// Missing are the files that were to be written and are not there.
	Missing []string
}

// Read collects a run's files. What cannot be read is a note, not an error: the rest still counts.
func Read(run Run, files results.Files) Summary {
	s := Summary{Run: run, Files: files}
	s.Totals = s.readTotals()
	if data, err := os.ReadFile(files.Exceptions()); err == nil {
		s.Raised = ParseExceptions(data)
		s.Exceptions = len(s.Raised)
	}
	if data, err := os.ReadFile(files.Failures()); err == nil {
		s.Failures = ParseFailures(data)
	}
	s.Run.Users = max(s.Run.Users, s.mostUsers())
	data, err := os.ReadFile(files.Metrics)
	rows, damaged := resource.Parse(data)
	if err := errors.Join(err, damaged); err != nil {
		s.notef("metrics: %v", err)
	}
	s.Resources = Between(rows, run.Began, run.Ended)
	s.checkService()
	paths := []string{files.Report, files.Metrics, files.Service, files.Timings, files.Requests, files.Log, files.Stats(), files.History(), files.Failures(), files.Exceptions()}
	for _, path := range append(paths, files.Hosts...) {
		if path == "" {
			continue
		}
		if info, err := os.Stat(path); err != nil || info.Size() == 0 {
			s.Missing = append(s.Missing, path)
		}
	}
	return s
}

// checkService notes a file of what servers said that has its first line alone.
func (s *Summary) checkService() {
	if s.Files.Service == "" {
		return
	}
	if info, err := os.Stat(s.Files.Service); err == nil && info.Size() <= int64(len(service.Header)+1) {
		s.notef("no server of --scrape said anything that moved; %s says why", s.Files.Log)
	}
}

// readTotals takes Locust's CSV, or what the master last said where that is more: a master that was killed leaves a CSV
// up to 5 s old.
func (s *Summary) readTotals() Totals {
	data, err := os.ReadFile(s.Files.Stats())
	totals, damaged := ParseTotals(data)
	if err := errors.Join(err, damaged); err != nil {
		s.notef("Locust's statistics: %v", err)
	}
	if last := s.Run.Last; last.Requests > totals.Requests {
		s.notef("Locust's CSVs end at %d requests: the master did not get to write the rest", totals.Requests)
		totals = Totals{Requests: last.Requests, Failures: last.Failures, Percentiles: totals.Percentiles, Entries: totals.Entries}
	}
	return totals
}

func (s *Summary) notef(format string, args ...any) {
	s.Run.Notes = append(s.Run.Notes, fmt.Sprintf(format, args...))
}

// Text is the summary as the user reads it, verdict line not included.
func (s Summary) Text() string {
	var out bytes.Buffer
	line := func(label, format string, args ...any) {
		fmt.Fprintf(&out, "%-11s"+format+"\n", append([]any{label}, args...)...)
	}
	line("Ran", "%s %s against %s", s.took(), s.users(), s.Run.Host)
	line("Requests", "%s", s.requests())
	line("Response", "%s", s.responses())
	line("CPU", "average %s, max %s", percent(s.Resources.CPUAverage), percent(s.Resources.CPUMax))
	line("Memory", "max %s of %s", gigabytes(s.Resources.MemoryMax), gigabytes(s.Resources.MemoryTotal))
	if s.Run.Watched != "" {
		line("Watched", "%s", s.Run.Watched)
		line("Process", "%s", s.Resources.process())
	}
	for _, limit := range s.Run.Limits {
		line("Limit", "%s", limit)
	}
	line("Report", "%s", s.Files.Report)
	line("Metrics", "%s", s.Files.Metrics)
	for _, path := range s.Files.Hosts {
		line("Host", "%s", path)
	}
	if s.Files.Service != "" {
		line("Service", "%s", s.Files.Service)
	}
	if s.Files.Timings != "" {
		line("Timings", "%s", s.Files.Timings)
	}
	if s.Files.Requests != "" {
		line("Detail", "%s (%d requests)", s.Files.Requests, s.Run.Logged)
	}
	line("Statistics", "%s (_stats_history, _failures, _exceptions beside it)", s.Files.Stats())
	line("Log", "%s", s.Files.Log)
	for _, path := range s.Missing {
		line("Missing", "%s was not written", path)
	}
	for _, note := range s.Run.Notes {
		line("Note", "%s", note)
	}
	return out.String()
}

func (s Summary) requests() string {
	t := s.Totals
	text := fmt.Sprintf("%d, %d of them failed", t.Requests, t.Failures)
	if t.Requests > 0 {
		text += fmt.Sprintf(" (%.2f %%)", 100*float64(t.Failures)/float64(t.Requests))
	}
	rps := t.RPS
	if load := s.Run.Ended.Sub(s.Run.Began); rps == 0 && load > 0 && len(t.Entries) > 0 { // Locust has none for requests of one moment
		rps = float64(t.Requests) / load.Seconds()
	}
	if t.Requests > 0 && rps > 0 {
		text += fmt.Sprintf(", %.1f a second", rps)
	}
	return text
}

// responses are Locust's own percentiles of the response times.
func (s Summary) responses() string {
	var parts []string
	for _, p := range []struct{ column, name string }{{"50%", "median"}, {"95%", "95 %"}, {"99%", "99 %"}, {"100%", "max"}} {
		if value, ok := s.Totals.Percentiles[p.column]; ok {
			parts = append(parts, p.name+" "+value+" ms")
		}
	}
	if len(parts) == 0 {
		return "no response times"
	}
	return strings.Join(parts, ", ")
}

func percent(v progress.Value) string { return shown(v, "%.0f %%") }

func gigabytes(v progress.Value) string { return shown(v, "%.1f GB") }

// shown formats a value, or says that there is none.
func shown(v progress.Value, format string) string {
	if !v.Known {
		return "unknown"
	}
	return fmt.Sprintf(format, v.Number)
}
