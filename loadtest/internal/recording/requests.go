package recording

import (
	"bufio"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"

	"gregaria/internal/requestline"
	"gregaria/loadtest/internal/analysis"
)

// Slowest is how many requests of a log are kept.
const Slowest = 20

// readRequests goes through the request log, line by line: it may be larger than memory.
func (r *reading) readRequests() {
	if r.files.Requests == "" {
		return
	}
	name := filepath.Base(r.files.Requests)
	file, err := os.Open(r.files.Requests)
	if err != nil {
		r.notef("%s was not read: %v", name, reason(err))
		return
	}
	defer file.Close()
	log := slowest{span: r.span, first: map[string]int64{}}
	damaged, err := log.read(file, requestline.IsCSV(r.files.Requests))
	if err != nil {
		r.notef("%s was not read to its end: %v", name, reason(err))
	}
	if damaged > 0 {
		r.notef("%s: %d damaged lines are left out", name, damaged)
	}
	r.run.Slowest = log.requests
	for i := range r.run.Failures {
		f := &r.run.Failures[i]
		if at, known := log.first[failureKey(f.Type, f.Name, f.Error)]; known && f.First == 0 {
			f.First = at
		}
	}
}

// A slowest is what is kept of a request log.
type slowest struct {
	span     span
	requests []analysis.Request // the slowest first
	first    map[string]int64   // when a kind of failure was first seen
	csv      []string           // the header of a log that is a CSV
}

// failureKey is that of a kind of failure.
func failureKey(kind, name, failure string) string { return kind + "\x00" + name + "\x00" + failure }

// longestLine is the most of a line that is read.
const longestLine = 1 << 20

// read goes through the lines, and says how many are damaged. A last line without its newline is one that a killed worker has left.
func (s *slowest) read(log io.Reader, asCSV bool) (damaged int, err error) {
	lines := bufio.NewReaderSize(log, longestLine)
	take := s.json
	if asCSV {
		take = s.row
	}
	skip := false
	for {
		line, err := lines.ReadSlice('\n')
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			skip = true
			continue
		case errors.Is(err, io.EOF):
			return damaged, nil
		case err != nil:
			return damaged, err
		case skip || !take(line):
			damaged++
		}
		skip = false
	}
}

// wants reports whether a request is among the slowest so far.
func (s *slowest) wants(response float64) bool {
	return len(s.requests) < Slowest || response > s.requests[len(s.requests)-1].Response
}

// in reports whether a time in seconds of the epoch is in the load, or behind it.
func (s *slowest) in(at float64) bool {
	return at >= float64(s.span.began) && at < float64(s.span.last+1)
}

// keep takes a request among the slowest.
func (s *slowest) keep(q analysis.Request) {
	if math.IsNaN(q.Response) {
		return
	}
	place, _ := slices.BinarySearchFunc(s.requests, q.Response, func(other analysis.Request, response float64) int {
		if other.Response >= response {
			return -1
		}
		return 1
	})
	s.requests = slices.Insert(s.requests, place, q)
	s.requests = s.requests[:min(len(s.requests), Slowest)]
}

// fail takes the time of a failure.
func (s *slowest) fail(key string, at float64) {
	if first, known := s.first[key]; !known || int64(at) < first {
		s.first[key] = int64(at)
	}
}
