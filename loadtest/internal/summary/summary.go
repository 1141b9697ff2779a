// Package summary reads what Locust left behind of a run, and what of it is missing or behind: the verdict is found on that.
package summary

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"gregaria/internal/locustweb"
	"gregaria/internal/service"
	"gregaria/loadtest/internal/results"
)

// A Run is what loadtest itself knows of a run, beside its files.
type Run struct {
	// Users is how many users ran at most, as far as the master has counted them.
	Users int
	// Remarks belong to the verdict: what it must not be read without, a few words each.
	Remarks []string
	// Last is the last that the master said of all requests.
	Last locustweb.Row
	// Notes are what the user should know beside the numbers, a line each.
	Notes []string
}

// A Summary is a run in numbers.
type Summary struct {
	Run    Run
	Files  results.Files
	Totals Totals
	// Failures are the kinds of failed requests, Raised those of exceptions that the users' tasks raised, the most frequent
	// first. Exceptions is how many kinds of them there are.
	Failures   []Failure
	Raised     []Exception
	Exceptions int
	// Missing are the files that were to be written and are not there.
	Missing []string
}

// Counts reads what a verdict is found on: counts, failures and exceptions. What cannot be read is a note, not an error: the rest still counts.
func Counts(run Run, files results.Files) Summary {
	s := Summary{Run: run, Files: files}
	s.Totals = s.readTotals()
	if data, err := os.ReadFile(files.Exceptions()); err == nil {
		s.Raised = ParseExceptions(data)
		s.Exceptions = len(s.Raised)
	}
	if data, err := os.ReadFile(files.Failures()); err == nil {
		s.Failures = ParseFailures(data)
	}
	return s
}

// Read is Counts, and the most users of Locust's history, and what of a run's files is missing.
func Read(run Run, files results.Files) Summary {
	s := Counts(run, files)
	s.Run.Users = max(s.Run.Users, s.mostUsers())
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
	switch {
	case errors.Is(err, fs.ErrNotExist): // it is among those that are missing
	case err != nil || damaged != nil:
		s.notef("Locust's statistics: %v", errors.Join(err, damaged))
	}
	if last := s.Run.Last; last.Requests > totals.Requests {
		s.notef("Locust's CSVs end at %d requests: the master did not get to write the rest", totals.Requests)
		totals = Totals{Requests: last.Requests, Failures: last.Failures}
	}
	return totals
}

func (s *Summary) notef(format string, args ...any) {
	s.Run.Notes = append(s.Run.Notes, fmt.Sprintf(format, args...))
}
