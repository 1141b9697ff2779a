// Package recording reads what a run left behind into an analysis.Run: one run of loadtest, or one of a stock Locust with a monitor beside it.
//
// The clock is that of Locust's history: whole seconds of the epoch. A second without a row is absent; of requests and failures it is zero where the run covers it.
// What cannot be read is a note of the run, and the rest still counts.
package recording

import (
	"fmt"
	"math"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"

	"gregaria/internal/mask"
	"gregaria/internal/resource"
	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/results"
)

// A reading is one Read. Its fields are written by one goroutine at a time, but for notes.
type reading struct {
	files results.Files
	facts Facts
	run   *analysis.Run
	span  span

	history history
	timings []byte
	metrics []*metrics

	mu    sync.Mutex // guards notes
	notes []string
}

// Read reads the files of one run. What info says is believed, what it leaves out is taken from run_TS.json and from the files.
// The error is that nothing tells of a load.
func Read(files results.Files, info analysis.Info) (*analysis.Run, error) {
	r := &reading{files: files, run: &analysis.Run{}}
	r.readFacts()
	r.open()
	if err := r.findSpan(); err != nil {
		return nil, err
	}
	r.run.Start, r.run.Seconds = r.span.first, int(r.span.last-r.span.first)+1
	r.run.Began, r.run.Ended = r.span.began, r.span.ended
	var wait sync.WaitGroup
	var read []timings
	wait.Go(func() { read = r.readTimings() })
	wait.Go(func() {
		r.fillHosts()
		r.fillServices()
		r.readLocust()
		r.fillUsers()
		r.fillWorkers()
	})
	wait.Wait()
	r.fillLoads(read)
	r.readRequests()
	r.fillInfo(info)
	return r.run, nil
}

// open reads the files from which it is seen when the load was.
func (r *reading) open() {
	var wait sync.WaitGroup
	if r.files.Timings != "" {
		wait.Go(func() { r.timings = r.data(r.files.Timings) })
	}
	wait.Go(func() {
		for _, host := range r.hosts() {
			if data := r.data(host.path); data != nil {
				m := &metrics{name: host.name, path: host.path, data: data}
				m.readTimes()
				r.metrics = append(r.metrics, m)
			}
		}
	})
	r.history = r.readHistory()
	wait.Wait()
}

// data is a file's content; nil where it is empty, or not there, which is a note.
func (r *reading) data(path string) []byte {
	data, err := os.ReadFile(path)
	switch {
	case err != nil:
		r.notef("%s was not read: %v", filepath.Base(path), reason(err))
	case len(data) == 0:
		r.notef("%s is empty", filepath.Base(path))
		return nil
	}
	return data
}

// reason is an error of a file without its path, which stands before it.
func reason(err error) error {
	if wrapped, ok := err.(*os.PathError); ok { //nolint:errorlint // it is os's own, and not wrapped
		return wrapped.Err
	}
	return err
}

// notef keeps a line for the reader of the report.
func (r *reading) notef(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.notes = append(r.notes, fmt.Sprintf(format, args...))
}

// series is one without values.
func (r *reading) series(file, column string) analysis.Series {
	s := analysis.Series{File: filepath.Base(file), Column: column, Values: make([]float64, r.run.Seconds)}
	for i := range s.Values {
		s.Values[i] = math.NaN()
	}
	return s
}

// fillInfo completes what is known beside the series.
func (r *reading) fillInfo(info analysis.Info) {
	given, known := reflect.ValueOf(&info).Elem(), reflect.ValueOf(r.facts.Info)
	for i := range given.NumField() {
		if given.Field(i).IsZero() {
			given.Field(i).Set(known.Field(i))
		}
	}
	info.Host = mask.URL(info.Host)
	if info.Users == 0 {
		info.Users = int(greatest(r.run.Users.Values))
	}
	if info.Workers == 0 && info.PythonWorkers == 0 && len(r.run.Hosts) > 0 {
		info.Workers = int(greatest(r.run.Hosts[0].Columns[resource.RunWorkers].Values))
	}
	info.Local = info.Local || len(r.run.Hosts) > 0 && r.run.Hosts[0].Name == "" && r.run.Hosts[0].Target
	if at, err := url.Parse(info.Host); err == nil && !info.Local {
		info.Local = slices.Contains([]string{"localhost", "127.0.0.1", "::1"}, at.Hostname())
	}
	slices.Sort(r.notes)
	info.Notes = append(slices.Clone(info.Notes), slices.Compact(r.notes)...)
	info.Files = r.filesThatAre()
	r.run.Info = info
}

// greatest is the largest value, 0 where there is none.
func greatest(values []float64) float64 {
	most := 0.0
	for _, v := range values {
		if v > most {
			most = v
		}
	}
	return most
}

// filesThatAre names the run's files by what they are, as far as they are there.
func (r *reading) filesThatAre() map[string]string {
	files := map[string]string{
		"locust": r.files.Report, "history": r.files.History(), "stats": r.files.Stats(), "failures": r.files.Failures(), "exceptions": r.files.Exceptions(),
		"timings": r.files.Timings, "metrics": r.files.Metrics, "service": r.files.Service, "requests": r.files.Requests, "log": r.files.Log, "run": r.files.Run,
	}
	for _, host := range r.hosts() {
		if host.name != "" {
			files["metrics "+host.name] = host.path
		}
	}
	for _, file := range r.serviceFiles() {
		if file.name != "" {
			files["service "+file.name] = file.path
		}
	}
	for what, path := range files {
		if info, err := os.Stat(path); path == "" || err != nil || info.Size() == 0 {
			delete(files, what)
		}
	}
	return files
}

// nothing is the error that no file tells of a load.
func (r *reading) nothing() error {
	return fault.New(fault.Usage, "no run in %s: neither %s, which Locust writes with --csv, nor %s, nor a run_TS.json tells of a load",
		filepath.Dir(r.files.Prefix), filepath.Base(r.files.History()), filepath.Base(orWord(r.files.Timings, "timings_TS.csv")))
}

func orWord(text, other string) string {
	if strings.TrimSpace(text) == "" {
		return other
	}
	return text
}
