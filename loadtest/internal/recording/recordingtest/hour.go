// Package recordingtest writes the files of a run that never was, as its parts would have written them: as long a run as a test wants.
package recordingtest

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"gregaria/internal/resource"
	"gregaria/internal/timing"
	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/results"
)

// A Load is what runs: users come evenly over Ramp seconds, and Rate requests a second are answered by each endpoint.
type Load struct {
	Began            int64
	Seconds, Ramp    int
	Users, Endpoints int
	Rate             float64
	// Median is the response time in ms that half of the requests are below; 40 if it is 0.
	Median                  float64
	Seed                    uint64
	WithoutTimings, Partial bool // Partial leaves out --csv-full-history
}

// Written is what a Load has written.
type Written struct {
	Files results.Files
	// Requests and Failures are those of each endpoint, and of all.
	Requests, Failures map[string]int
	// Times are all response times in ms of each endpoint.
	Times map[string]analysis.Histogram
}

// A endpoint is how far one is.
type endpoint struct {
	name               string
	requests, failures int
	times              []float64
	all                map[float64]int64
}

// Write writes the files of a run of loadtest into a folder: those of Locust, timings and metrics.
func (l Load) Write(dir string) (Written, error) {
	l.Began = cmp.Or(l.Began, 1_790_000_000)
	files := results.Named(dir, time.Unix(l.Began-3, 0))
	files.Service = ""
	w := writer{Load: l, random: rand.New(rand.NewPCG(l.Seed, 14))}
	for i := range l.Endpoints {
		w.endpoints = append(w.endpoints, &endpoint{name: fmt.Sprintf("/api/v1/story/%02d", i), all: map[float64]int64{}})
	}
	w.total = &endpoint{name: timing.Aggregated, all: map[float64]int64{}}
	for _, step := range []func(results.Files) error{w.seconds, w.metrics, w.stats} {
		if err := step(files); err != nil {
			return Written{}, err
		}
	}
	if l.WithoutTimings {
		files.Timings = ""
	}
	out := Written{Files: files, Requests: map[string]int{}, Failures: map[string]int{}, Times: map[string]analysis.Histogram{}}
	for _, e := range append(w.endpoints, w.total) {
		out.Requests[e.name], out.Failures[e.name] = e.requests, e.failures
		var h analysis.Histogram
		for ms, n := range e.all {
			h = append(h, analysis.Bucket{MS: ms, Count: n})
		}
		out.Times[e.name] = analysis.Merge(h)
	}
	return out, nil
}

type writer struct {
	Load
	random    *rand.Rand
	endpoints []*endpoint
	total     *endpoint
}

// A text is a file that is written. Its first error is kept until it is flushed.
type text struct{ *bufio.Writer }

func (t text) put(s string) { _, _ = t.WriteString(s) }

// file writes one, by its path.
func file(path string, write func(text)) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(f, 1<<20)
	write(text{out})
	if err := out.Flush(); err != nil {
		return err
	}
	return f.Close()
}

// users are those of a second of the load.
func (w *writer) users(second int) int {
	if second < 0 || second >= w.Seconds {
		return 0
	}
	if second < w.Ramp {
		return max(1, w.Users*(second+1)/w.Ramp)
	}
	return w.Users
}

// seconds writes history and timings, which have a row for each second and endpoint.
func (w *writer) seconds(files results.Files) error {
	var inner error
	err := file(files.History(), func(history text) {
		inner = file(files.Timings, func(timings text) {
			fmt.Fprint(history, "Timestamp,User Count,Type,Name,Requests/s,Failures/s,50%,66%,75%,80%,90%,95%,98%,99%,99.9%,99.99%,100%,Total Request Count,Total Failure Count,Total Median Response Time,Total Average Response Time,Total Min Response Time,Total Max Response Time,Total Average Content Size\r\n")
			for i, column := range timing.Columns() {
				if i > 0 {
					timings.put(",")
				}
				timings.put(column)
			}
			timings.put("\n")
			for second := -3; second < w.Seconds+3; second++ {
				w.second(second, history, timings)
			}
		})
		if w.WithoutTimings && inner == nil {
			inner = os.Remove(files.Timings)
		}
	})
	return errors.Join(err, inner)
}

// second writes the rows of one.
func (w *writer) second(second int, history, timings text) {
	users, at := w.users(second), w.Began+int64(second)
	w.total.times = w.total.times[:0]
	failed := 0
	for _, e := range w.endpoints {
		n := 0
		if users > 0 {
			n = int(w.Rate * float64(users) / float64(w.Users) * (0.5 + w.random.Float64()))
		}
		e.times = e.times[:0]
		for range n {
			e.times = append(e.times, Middle(cmp.Or(w.Median, 40)*math.Exp(0.7*w.random.NormFloat64())))
		}
		bad := 0
		if n > 0 && w.random.IntN(10) == 0 {
			bad = 1
		}
		failed += bad
		e.take(n, bad)
		w.total.times = append(w.total.times, e.times...)
		if n > 0 {
			e.timing(timings, at, "GET", bad)
		}
		if e.requests > 0 && !w.Partial {
			e.history(history, at, users, "GET")
		}
	}
	w.total.take(len(w.total.times), failed)
	if len(w.total.times) > 0 {
		w.total.timing(timings, at, "", failed)
	}
	w.total.history(history, at, users, "")
}

// take counts the requests of a second, and puts their times in order.
func (e *endpoint) take(n, bad int) {
	slices.Sort(e.times)
	e.requests += n
	e.failures += bad
	for _, ms := range e.times {
		e.all[ms]++
	}
}

// quantile is Locust's, of the second.
func (e *endpoint) quantile(share float64) float64 {
	n := len(e.times)
	return e.times[min(int(float64(n)*share), n-1)]
}

// history writes a row of Locust's.
func (e *endpoint) history(out text, at int64, users int, kind string) {
	fmt.Fprintf(out, "%d,%d,%s,%s,%.6f,%.6f", at, users, kind, e.name, float64(len(e.times)), 0.0)
	for _, share := range []float64{0.5, 0.66, 0.75, 0.8, 0.9, 0.95, 0.98, 0.99, 0.999, 0.9999, 1} {
		if len(e.times) > 0 {
			fmt.Fprintf(out, ",%d", int(e.quantile(share)))
		} else {
			out.put(",0")
		}
	}
	fmt.Fprintf(out, ",%d,%d,40.0,48.123456789,3.2,1234.5,512.0\r\n", e.requests, e.failures)
}

// timing writes a row of the plug-in's.
func (e *endpoint) timing(out text, at int64, kind string, bad int) {
	n := len(e.times)
	fmt.Fprintf(out, "%d,%s,%s,%s,%d,%d,0,100,%d,0,", at, time.Unix(at, 0).UTC().Format("2006-01-02T15:04:05Z"), kind, e.name, n, bad, n)
	var statuses []string
	if n > bad {
		statuses = append(statuses, fmt.Sprintf("200:%d", n-bad))
	}
	if bad > 0 {
		statuses = append(statuses, fmt.Sprintf("503:%d", bad))
	}
	out.put(strings.Join(statuses, " "))
	fmt.Fprintf(out, ",%d,%d,0,0", 200*n, 900*n)
	for phase := range timing.Phases {
		if phase != timing.Response && phase != timing.Wait && phase != timing.Download {
			out.put(",,,,,,")
			continue
		}
		fmt.Fprintf(out, ",%d", n)
		for _, share := range []float64{0.5, 0.9, 0.95, 0.99, 1} {
			out.put(",")
			out.put(number(e.quantile(share)))
		}
	}
	for _, phase := range timing.Windows() {
		out.put(",")
		if phase != timing.Response && phase != timing.Wait {
			continue
		}
		for i := 0; i < n; {
			from := i
			for ; i < n && e.times[i] == e.times[from]; i++ {
			}
			if from > 0 {
				out.put(" ")
			}
			out.put(number(e.times[from]) + ":" + strconv.Itoa(i-from))
		}
	}
	out.put("\n")
}

// number is as the plug-in writes it: at most three decimals, none that say nothing.
func number(ms float64) string { return strconv.FormatFloat(math.Round(ms*1000)/1000, 'f', -1, 64) }

// Middle is the middle of the bucket of HdrHistogram with two significant digits that a time in ms falls into.
func Middle(ms float64) float64 {
	us := int64(ms * 1000)
	shift := 0
	for us>>shift >= 256 {
		shift++
	}
	return float64(us>>shift<<shift+(1<<shift-1)/2) / 1000
}

// metrics writes a monitor's file with the columns that one has by default.
func (w *writer) metrics(files results.Files) (err error) {
	var columns []string
	columns = append(columns, resource.CPUPercent, resource.CPUBusiestCorePercent, resource.MemoryPercent, resource.RunState, resource.RunUsers)
	columns = append(columns, resource.ProcessColumns()...)
	for core := range 64 {
		columns = append(columns, resource.CoreCPUPercent(core))
	}
	lines, err := resource.NewLines(columns)
	if err != nil {
		return err
	}
	return file(files.Metrics, func(out text) {
		out.put(string(lines.Header()))
		cells := make([]resource.Cell, len(columns))
		for second := -3; second < w.Seconds+10; second++ {
			for i, column := range columns {
				cells[i] = resource.Of(level(column) + 2*w.random.Float64())
			}
			state := "ready"
			if second >= 0 && second < w.Seconds {
				state = "running"
			} else if second >= w.Seconds {
				state = "stopped"
			}
			for _, fixed := range []struct {
				column string
				value  float64
			}{{resource.ProcessCount, 1}, {resource.ProcessRestarts, 0}, {resource.ProcessZombies, 0}, {resource.ProcessOpenFilesLimit, 1024}} {
				cells[slices.Index(columns, fixed.column)] = resource.Of(fixed.value)
			}
			cells[3], cells[4] = resource.Text(state), resource.Of(float64(w.users(second)))
			line, _ := lines.Row(time.Unix(w.Began+int64(second), 0), cells)
			out.put(string(line))
		}
	})
}

// level is about what a column has: those that count have a number that does not change.
func level(column string) float64 {
	switch column {
	case resource.ProcessRSSMB:
		return 200
	case resource.ProcessOpenFiles, resource.ProcessThreads:
		return 30
	case resource.CPUPercent, resource.CPUBusiestCorePercent, resource.MemoryPercent, resource.ProcessBusiestThreadPercent:
		return 40
	}
	return 1
}

// stats writes Locust's table of the whole run, its failures and its exceptions.
func (w *writer) stats(files results.Files) error {
	err := file(files.Stats(), func(out text) {
		fmt.Fprint(out, "Type,Name,Request Count,Failure Count,Median Response Time,Average Response Time,Min Response Time,Max Response Time,Average Content Size,Requests/s,Failures/s,50%,66%,75%,80%,90%,95%,98%,99%,99.9%,99.99%,100%\r\n")
		for _, e := range append(w.endpoints, w.total) {
			kind := "GET"
			if e == w.total {
				kind = ""
			}
			fmt.Fprintf(out, "%s,%s,%d,%d,40,48.5,3.2,1234.5,512,%f,%f,40,50,60,70,100,130,170,210,370,560,1200\r\n", kind, e.name, e.requests, e.failures, float64(e.requests)/float64(w.Seconds), float64(e.failures)/float64(w.Seconds))
		}
	})
	if err != nil {
		return err
	}
	err = file(files.Failures(), func(out text) {
		fmt.Fprint(out, "Method,Name,Error,Occurrences,First Seen,Last Seen\r\n")
		for _, e := range w.endpoints {
			if e.failures > 0 {
				fmt.Fprintf(out, "GET,%s,\"HTTPError('503 Server Error: Service Unavailable for url: %s')\",%d,%s,\r\n", e.name, e.name, e.failures, time.Unix(w.Began+5, 0).UTC().Format("2006-01-02T15:04:05Z"))
			}
		}
	})
	if err != nil {
		return err
	}
	return file(files.Exceptions(), func(out text) {
		fmt.Fprint(out, "Count,Message,Traceback,Nodes\r\n1,no,\"Traceback (most recent call last):\n  File \"\"l.py\"\", line 3, in go\n\",w1\r\n")
	})
}
