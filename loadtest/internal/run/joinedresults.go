package run

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"time"

	"gregaria/internal/locustweb"
	"gregaria/internal/timing"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/recording"
	"gregaria/loadtest/internal/results"
	"gregaria/loadtest/internal/summary"
)

// takeJoined ends a test of --master: it is no more among those whose results are to be made. It returns the code that Locust would end with.
func (r *Run) takeJoined(ctx context.Context, test *Run, until float64) (code int) {
	j := r.joined.tests[0]
	r.joined.tests = r.joined.tests[1:]
	if j.Stamp == "" { // there is no place for results
		return 0
	}
	if err := r.writeJoined(ctx, j, test, until); err != nil {
		test.fail(fault.New(fault.Output, "write what the master told: %w; make room or choose another --output-dir", err))
	}
	return codeOf(j.told)
}

// writeJoined writes the results of a test of --master, as far as that master tells them: its CSVs and report, and of its history and timings the part that is of this test.
func (r *Run) writeJoined(ctx context.Context, j *joinedTest, test *Run, until float64) (err error) {
	own := test.files
	if j.inMidst {
		test.note("the test ran when loadtest came: Locust's own numbers have what was before, too")
	}
	switch {
	case j.forgotten:
		test.fail(fault.New(fault.Died, "the master was started anew: the results are what it knew at %s", j.known.Format(time.TimeOnly)))
	case !j.whole: // of a test that was cut off that is known
		test.fail(fault.New(fault.Died, "the master ended, or began another test, before its last word could be had: the results are what it knew at %s", j.known.Format(time.TimeOnly)))
	}
	for _, one := range []struct {
		path string
		data []byte
	}{{own.Stats(), j.told.stats}, {own.Failures(), j.told.failures}, {own.Exceptions(), j.told.exceptions}, {own.Report, j.told.report}} {
		if one.data != nil {
			err = errors.Join(err, os.WriteFile(one.path, one.data, 0o644))
		}
	}
	if j.told.report == nil {
		test.files.Report = ""
		test.note("Locust's own report is missing: the master had begun another test, or ended, before it could be had")
	}
	return errors.Join(err, r.writeHistory(ctx, j, test, until), r.writeTimings(ctx, test, until))
}

// codeOf is the exit code that Locust has without a word of the locustfile's (locust/main.py, shutdown).
func codeOf(t told) int {
	totals, _ := summary.ParseTotals(t.stats) // none failed where there are none
	if totals.Failures > 0 || len(summary.ParseExceptions(t.exceptions)) > 0 {
		return 1
	}
	return 0
}

// writeHistory writes Locust's own where the master keeps a full one, else what the looks have seen.
func (r *Run) writeHistory(ctx context.Context, j *joinedTest, test *Run, until float64) error {
	path := test.files.History()
	all, err := r.web.HistoryCSV(ctx)
	if err != nil || r.joined.skewed {
		return os.WriteFile(path, j.history.Bytes(), 0o644)
	}
	first, last := recording.WithUsers(all, j.Began, until)
	if first == 0 { // it had not come so far
		first = int64(j.Began)
	} else {
		test.narrow(first, last)
	}
	return part(all, path, float64(first), until) // before, its rows are those of the test before
}

// writeTimings writes those of the plug-in, where the master has it.
func (r *Run) writeTimings(ctx context.Context, test *Run, until float64) error {
	all, err := r.web.TimingsCSV(ctx)
	if err == nil {
		if err := part(all, test.files.Timings, math.Floor(recording.Epoch(test.began)), until); err != nil {
			return err
		}
		test.narrow(secondsOf(test.files.Timings))
		return nil
	}
	test.files.Timings = ""
	_, other := r.web.Moment(ctx, 0) // which it answers without a file, too
	const lack = "so there is nothing of phases and streams, and what is known of a second is what Locust says of about the last 10 s"
	switch {
	case errors.Is(other, locustweb.ErrStatus) || errors.Is(other, locustweb.ErrPage):
		test.note("that master has no plug-in, " + lack + `; for more start it with -f locustfile.py,gregaria.py --csv=PREFIX: loadtest plugin > gregaria.py`)
	case errors.Is(err, locustweb.ErrStatus):
		test.note("the plug-in in that master writes no timings.csv, " + lack + "; for more start it with --csv=PREFIX, or with GREGARIA_TIMINGS=FILE")
	default:
		test.note(fmt.Sprintf("timings.csv could not be had of that master (%v), %s", err, lack))
	}
	return nil
}

// part writes the lines of a CSV whose time is in [first, next).
func part(all []byte, to string, first, next float64) error {
	from := to + ".all"
	defer os.Remove(from)
	if err := os.WriteFile(from, all, 0o644); err != nil {
		return err
	}
	return results.Part{From: from, To: to, First: first, Next: next}.Make()
}

// secondsOf are the first and the last second of timings; 0 for none.
func secondsOf(path string) (first, last int64) {
	data, err := os.ReadFile(path)
	if err != nil {
		return 0, 0
	}
	parts, err := timing.Readers(data, 1)
	if err != nil {
		return 0, 0
	}
	for _, rows := range parts {
		for rows.Next() {
			if first == 0 || rows.Second() < first {
				first = rows.Second()
			}
			last = max(last, rows.Second())
		}
	}
	return first, last
}

// narrow takes begin and end of the load from seconds of its results, where these are within what a look may be late.
func (r *Run) narrow(first, last int64) {
	if began := time.Unix(first, 0); began.After(r.began) && began.Before(r.began.Add(slack)) {
		r.began = began
	}
	if ended := time.Unix(last+1, 0); ended.Before(r.ended) && ended.After(r.ended.Add(-slack)) {
		r.ended = ended
	}
}
