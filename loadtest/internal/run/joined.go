package run

import (
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"fmt"
	"strconv"
	"time"

	"gregaria/internal/locustweb"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/recording"
	"gregaria/loadtest/internal/results"
	"gregaria/loadtest/internal/summary"
)

const (
	// lateReports is how long after the end of a test what belongs to it may come: reports of workers in Python, rows of timings.csv, which the plug-in writes when they are 5 s old.
	lateReports = 7 * time.Second
	// takeAgain is the time between two takings of the results of a test that runs: those of a master that ends with it are the last of them.
	takeAgain = 5 * time.Second
	// slack is how late a look may see that a test has begun or ended.
	slack = cached + pollLoad
)

// A joined master is one that somebody else has started (--master). Its tests are told apart by what its web UI says, look by look.
type joined struct {
	present int           // workers that it had before ours came
	tests   []*joinedTest // whose results are not made yet
	idle    time.Time     // the last look at which no test ran; zero before the first
	skewed  bool          // its clock is not this machine's
	silent  bool          // it does not answer, and that was said
}

// A joinedTest is a test of a master that somebody else has started.
type joinedTest struct {
	locustweb.Test
	// inMidst says that it ran before loadtest came.
	inMidst bool
	// whole says that the results were taken when the test was over, forgotten that the master did not know them any more: it is another process now.
	whole, forgotten bool
	// told is what the master said last of its results, known when: its CSVs, and at the end its report. taken is when it was asked.
	told         told
	known, taken time.Time
	// history are rows as Locust's own, of each look that had something new: other users or requests than newest.
	history bytes.Buffer
	newest  [2]int
}

// told are the results of a test as the master tells them.
type told struct{ stats, failures, exceptions, report []byte }

// last is the newest test, nil for none.
func (j *joined) last() *joinedTest {
	if len(j.tests) == 0 {
		return nil
	}
	return j.tests[len(j.tests)-1]
}

// runs reports whether a master in that state makes load, ends whether users finish what they are in.
func runs(state string) bool {
	return state == locustweb.StateSpawning || state == locustweb.StateRunning
}

func ends(state string) bool {
	return state == locustweb.StateStopping || state == locustweb.StateCleanup
}

// toldTests asks the master for the tests whose results are not made yet.
func (r *Run) toldTests(ctx context.Context) ([]locustweb.Test, error) {
	if !r.plan.Joins() {
		return r.web.Tests(ctx, r.session.done)
	}
	snapshot, err := r.web.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	if r.joined.silent {
		r.joined.silent = false
		r.view.Note("the master answers again")
	}
	r.seeState(ctx, snapshot, time.Now())
	return r.joined.all(), nil
}

// all are the tests, as a plug-in would tell them.
func (j *joined) all() (tests []locustweb.Test) {
	for _, test := range j.tests {
		tests = append(tests, test.Test)
	}
	return tests
}

// seeState takes what a look at the master says of its tests.
func (r *Run) seeState(ctx context.Context, s locustweb.Snapshot, now time.Time) {
	j := &r.joined
	test := j.last()
	if runs(s.State) && (test == nil || test.Stopped > 0) {
		test = r.newTest(ctx, now)
	}
	if !runs(s.State) {
		j.idle = now
	}
	switch {
	case test == nil || test.Closed:
		return
	case runs(s.State):
		if s.State == locustweb.StateRunning { // before, users are on their way
			test.Users = s.Users
		}
		if now.Sub(test.taken) > takeAgain {
			test.take(ctx, r.web, now)
		}
	case test.Stopped == 0:
		test.Stopped = recording.Epoch(now)
	}
	if !runs(s.State) && !ends(s.State) && test.Ended == 0 {
		test.Ended = recording.Epoch(now)
		test.take(ctx, r.web, now)
	}
	test.record(now, s)
	if test.Ended > 0 && now.Sub(locustweb.At(test.Ended)) > lateReports {
		test.take(ctx, r.web, now)
		test.told.report, _ = r.web.Report(ctx) // the results say that it is missing
		test.Closed = true
	}
}

// newTest takes that a test has begun, of which nothing more is known than that it was not there at the last look.
func (r *Run) newTest(ctx context.Context, now time.Time) *joinedTest {
	j := &r.joined
	test := &joinedTest{inMidst: j.idle.IsZero(), taken: now}
	test.Began = recording.Epoch(now)
	if !test.inMidst {
		test.Began = max(r.session.before, recording.Epoch(j.idle.Add(-cached))) // Locust's answer may have been so old
	}
	if before := j.last(); before != nil {
		before.Ended = cmp.Or(before.Ended, recording.Epoch(now))
		before.Closed = true
		test.Began = max(test.Began, before.Ended)
	}
	if page, err := r.web.Page(ctx); err == nil { // a Locust before 2.20 says nothing of it
		test.Host, test.Shape = page.Host, page.Shape()
	}
	files, log, err := results.Reserve(ctx, r.plan.OutputDir)
	if err != nil {
		test.Trouble = fmt.Sprintf("the results of this test cannot be written to %s: %v", r.plan.OutputDir, err)
	} else {
		test.Stamp = files.Stamp()
		_ = log.Close() // it is empty
	}
	j.tests = append(j.tests, test)
	return test
}

// take takes the results as the master knows them now. What it does not say stays as it was, and so does all where a test is over of which it knows less than before: it is another
// process then.
func (t *joinedTest) take(ctx context.Context, web *locustweb.Client, now time.Time) {
	t.taken = now
	stats, err := web.StatsCSV(ctx)
	if err != nil {
		return
	}
	if t.Stopped > 0 && requests(stats) < max(requests(t.told.stats), t.newest[1]) {
		t.forgotten = true
	}
	if t.forgotten {
		return
	}
	t.told.stats, t.known, t.whole = stats, now, t.Ended > 0
	if data, err := web.FailuresCSV(ctx); err == nil {
		t.told.failures = data
	}
	if data, err := web.ExceptionsCSV(ctx); err == nil {
		t.told.exceptions = data
	}
}

// requests is how many a _stats.csv has; 0 for none.
func requests(stats []byte) int {
	totals, _ := summary.ParseTotals(stats) // none, where it is none
	return totals.Requests
}

// record writes what a look says as Locust writes its history (stats_history in locust/stats.py): a row for each name, and one for all.
func (t *joinedTest) record(now time.Time, s locustweb.Snapshot) {
	newest := [2]int{s.Users, s.Total().Requests}
	if newest == t.newest || len(s.Rows) == 0 {
		return
	}
	t.newest = newest
	rows := csv.NewWriter(&t.history)
	if t.history.Len() == 0 {
		_ = rows.Write(recording.HistoryColumns()) // into memory, as all here
	}
	for _, row := range s.Rows {
		var p50, p95 string
		if row.Name == locustweb.Aggregated && row.Method == "" {
			p50, p95 = written(s.CurrentP50()), written(s.CurrentP95())
		}
		_ = rows.Write([]string{
			strconv.FormatInt(now.Unix(), 10), strconv.Itoa(s.Users), row.Method, row.Name, p50, p95, strconv.Itoa(row.Requests), strconv.Itoa(row.Failures),
		})
	}
	rows.Flush()
}

// written is a number in a cell, which is empty for none.
func written(number float64, known bool) string {
	if !known {
		return ""
	}
	return strconv.FormatFloat(number, 'f', -1, 64)
}

// loseMaster takes that the master has not answered for long: the test that ran is over, as far as anybody here can know. loadtest waits for it to come back.
func (r *Run) loseMaster(err error) []locustweb.Test {
	test := r.joined.last()
	if test != nil && test.Ended == 0 {
		test.Stopped = cmp.Or(test.Stopped, recording.Epoch(time.Now()))
		test.Ended = recording.Epoch(time.Now())
		if running := r.session.test.Load(); running != nil {
			running.fail(fault.New(fault.Died, "the master has not answered for %s (%w): what it measured in that time is not known", patience, err))
		}
	}
	if test != nil {
		test.Closed = true
	}
	if !r.joined.silent {
		r.joined.silent = true
		r.view.Note(fmt.Sprintf("the master does not answer (%v): loadtest waits for it", err))
	}
	return r.joined.all()
}

// lastJoined has all that is to be had of the last test, before the workers leave. cut says that it ran: that master goes on with it, if it lives.
func (r *Run) lastJoined(ctx context.Context) (tests []locustweb.Test, cut bool) {
	for deadline := time.Now().Add(closing); ; sleep(ctx, pollLoad) {
		_, err := r.toldTests(ctx)
		test := r.joined.last()
		switch {
		case test == nil:
			return nil, false
		case test.Stopped == 0:
			test.Stopped = recording.Epoch(time.Now())
			test.take(ctx, r.web, time.Now())
			test.told.report, _ = r.web.Report(ctx) // the results say that it is missing
			cut = true
		}
		if cut || err != nil || test.Closed || ctx.Err() != nil || time.Now().After(deadline) {
			test.Ended = cmp.Or(test.Ended, recording.Epoch(time.Now()))
			test.Closed = true
			return r.joined.all(), cut
		}
	}
}
