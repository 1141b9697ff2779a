package run

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"gregaria/internal/locustweb"
	"gregaria/loadtest/internal/check"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/plan"
	"gregaria/loadtest/internal/process"
	"gregaria/loadtest/internal/recording"
	"gregaria/loadtest/internal/results"
)

const (
	// cached is how long the master may go on giving an answer about the test before.
	cached = 2500 * time.Millisecond
	// early is how much less than its time a test may run that nobody has stopped.
	early = 500 * time.Millisecond
	// calmBefore is how much of the time before a test its metrics have, in seconds.
	calmBefore = 60.0
)

// beginTest makes the Run of a test that somebody has started.
func (r *Run) beginTest(t locustweb.Test) *Run {
	p := r.plan
	p.Host = cmp.Or(strings.TrimRight(t.Host, "/"), p.Host)
	p.Users, p.SpawnRate, p.Rate, p.Duration, p.Classes = t.Users, t.SpawnRate, t.Rate, t.Planned(), t.Classes
	p.Arrivals = cmp.Or(t.Arrivals, p.Arrivals)
	test := New(p, r.binDir, r.view)
	test.cancel = func(error) {} // it ends when somebody ends it
	test.log, test.master, test.monitor, test.workers, test.web = r.log, r.master, r.monitor, r.workers, r.web
	test.programs, test.locustfile, test.watched, test.tab, test.hosts.monitors = r.programs, r.locustfile, r.watched, r.tab, r.hosts.monitors
	test.began, test.watch.Shape = locustweb.At(t.Began), t.Shape
	test.files = r.filesOf(t)
	r.mu.Lock()
	test.notes = slices.Clone(r.notes) // what was said before there was a test: of workers, of clocks
	r.mu.Unlock()
	if r.movedTo(p.Host) {
		test.watched = &watched{}
	}
	if t.Stamp != "" {
		r.session.log.begin(test.files.Log)
	}
	r.session.test.Store(test)
	r.announce(fmt.Sprintf("run test %d", r.session.done+1))
	r.view.Note(fmt.Sprintf("test %d: %s; its results have %s in their names", r.session.done+1, test.asked(), t.Stamp))
	test.followChecks()
	test.live.Elsewhere = test.live.Elsewhere || test.watched != r.watched
	test.writeFacts()
	return test
}

// asked is what the form said, in words.
func (r *Run) asked() string {
	if r.plan.Joins() { // it is asked there
		return "against " + cmp.Or(r.secret.Text(r.plan.Host), "the host of its users")
	}
	users := fmt.Sprintf("%d users, %g a second", r.plan.Users, r.plan.SpawnRate)
	if r.watch.Shape {
		users = "a load shape"
	}
	until := "until somebody stops it"
	if r.plan.Duration > 0 {
		until = "for " + plan.Written(r.plan.Duration.Seconds())
	}
	return fmt.Sprintf("%s, %s, against %s", users, until, r.secret.Text(r.plan.Host))
}

// filesOf are the files of a test; as long as it runs, rows of monitors are those of the session.
func (r *Run) filesOf(t locustweb.Test) results.Files {
	files := results.Named(r.plan.OutputDir, stamped(t))
	files.Metrics, files.Service, files.Hosts = r.files.Metrics, r.files.Service, r.files.Hosts
	return files
}

// movedTo reports whether the form sends the load elsewhere than to the process that the monitor watches.
func (r *Run) movedTo(host string) bool {
	if r.plan.Watch != plan.AutoWatch || !r.watched.asked {
		return false
	}
	given, bad := url.Parse(r.plan.Host)
	now, worse := url.Parse(host)
	return errors.Join(bad, worse) != nil || check.PortOf(given) != check.PortOf(now) || machine(given) != machine(now)
}

// machine is the host of a URL; all names of this machine's loopback are one.
func machine(at *url.URL) string {
	name := strings.ToLower(at.Hostname())
	if address := net.ParseIP(name); name == "localhost" || address != nil && address.IsLoopback() {
		return "localhost"
	}
	return name
}

// edited takes what Edit in the web UI has changed.
func (r *Run) edited(before, now locustweb.Test) {
	at := time.Since(r.began)
	if before.Stamp == now.Stamp && now.Users != before.Users && !now.Shape {
		r.watch.Change(at, now.Users, r.plan.StopTimeout)
		r.live.Changing = true // nobody knows what is to come
		if before.Users > 0 {  // of another's master they are known when all have begun
			r.note(fmt.Sprintf("the users were changed in the web UI after %.0f s: %d instead of %d", at.Seconds(), now.Users, before.Users))
		}
	}
	r.plan.Duration = now.Planned()
	r.live.Plan(now.Users, r.plan.Limit())
}

// observe looks at the test that runs. What cannot be asked now is asked a second later.
func (r *Run) observe(ctx context.Context) {
	if time.Since(r.began) < cached || r.look(ctx) != nil || r.fault != nil {
		return
	}
	if err := r.hopeless(); err != nil {
		r.fail(err)
		if err := r.web.Stop(ctx, r.plan.StopTimeout); err != nil {
			r.note(fmt.Sprintf("the users may not have ended properly: %v", err))
		}
	}
}

// endAt takes when the test ended: now, where the master does not live to tell.
func (r *Run) endAt(t locustweb.Test) {
	r.ended, r.calm = locustweb.At(t.Stopped), locustweb.At(t.Ended)
	if t.Stopped == 0 {
		r.ended = time.Now()
	}
	if t.Ended == 0 {
		r.calm = r.ended
	}
}

// noteUnsettled says, of a test whose results are made now, that the server had less time to settle than was asked for. next is when another began, 0 for none.
func (r *Run) noteUnsettled(next float64) {
	had, why := time.Since(r.calm), "the session ended"
	if next > 0 {
		had, why = locustweb.At(next).Sub(r.calm), "the next test began"
	}
	if had < r.plan.Settle {
		r.note(fmt.Sprintf("settling ended after %.0f of %s s (%s): what the server keeps after the load is not known", max(0, had.Seconds()), trim(r.plan.Settle), why))
	}
}

func trim(d time.Duration) string { return strings.TrimSuffix(plan.Written(d.Seconds()), "s") }

// endOf is what ended the test early, nil where that was its end: its time was over, or a person stopped one without such a time.
func (r *Run) endOf(t locustweb.Test) error {
	after := fmt.Sprintf("%.0f s", r.ended.Sub(r.began).Seconds())
	missing := r.watch.Last().Missing()
	if r.plan.Joins() && r.watch.Last().Active() > 0 { // a master of others may have some of old
		missing = nil
	}
	switch {
	case t.Trouble != "":
		return fault.New(fault.Output, "%s", t.Trouble)
	case r.fault != nil:
		return r.fault
	case len(missing) > 0:
		return fault.New(fault.Died, "the master lost its workers (%s missing), so the test ended; see %s", strings.Join(missing, ", "), r.files.Log)
	case r.watch.Shape:
		r.remark("the load shape ended the test after " + after)
	case t.Until == 0:
		r.remark("stopped after " + after)
	case r.ended.Before(locustweb.At(t.Until).Add(-early)):
		return fault.New(fault.Interrupted, "the test was stopped in the web UI, or by the locustfile, after %.0f of %.0f s", r.ended.Sub(r.began).Seconds(), r.plan.Duration.Seconds())
	}
	return nil
}

// finishTest gives a test its part of what goes on over the whole session, and has its results made. next is when another one began, 0 for none.
func (r *Run) finishTest(ctx context.Context, t locustweb.Test, next float64, cause error) {
	test := r.session.test.Load()
	until := cmp.Or(next, recording.Epoch(time.Now()))
	if r.plan.Joins() {
		t.Code = r.takeJoined(ctx, test, until)
	}
	if t.Stamp != "" {
		if err := r.cutFiles(ctx, test, t, until); err != nil {
			test.fail(fault.New(fault.Output, "%w; make room or choose another --output-dir", err))
		}
	}
	test.recall()
	if err := test.hidePassword(); err != nil {
		test.fail(err)
	}
	if cause == nil {
		cause = test.endOf(t)
	}
	if test.plan.Duration == 0 {
		test.plan.Duration = test.ended.Sub(test.began).Round(time.Second)
	}
	test.complete, test.locust = cause == nil, &process.State{Code: t.Code}
	r.session.test.Store(nil)
	r.session.done++
	r.session.before = recording.Epoch(test.calm)
	test.writeFacts()
	r.session.log.end()
	r.Each(test, cause)
}

// cutFiles makes the files of a test of those of the session.
func (r *Run) cutFiles(ctx context.Context, test *Run, t locustweb.Test, until float64) error {
	own := results.Named(r.plan.OutputDir, stamped(t))
	first := max(r.session.before, t.Began-calmBefore)
	var without []string
	if test.watched != r.watched {
		without = []string{"Process_", "Container_"}
		test.note(fmt.Sprintf("the load went to another host than --host, whose process the monitor watches (%s): there are no rows of a process; start loadtest with that --host for them",
			cmp.Or(r.watched.first(), "none was found")))
	}
	parts := []results.Part{{From: r.files.Metrics, To: own.Metrics, First: first, Next: until, Without: without}}
	test.files.Metrics, test.files.Service, test.files.Hosts = own.Metrics, "", nil
	if r.files.Service != "" {
		parts = append(parts, results.Part{From: r.files.Service, To: own.Service, First: first, Next: until})
		test.files.Service = own.Service
	}
	for i, name := range r.hostNames() {
		path := own.MetricsOf(name)
		parts = append(parts, results.Part{From: r.files.Hosts[i], To: path, First: first, Next: until})
		test.files.Hosts = append(test.files.Hosts, path)
	}
	if r.files.Requests != "" {
		test.files.Requests = own.RequestsAs(r.plan.RequestLog)
		parts = append(parts, results.Part{From: r.files.Requests, To: test.files.Requests, First: t.Began, Next: until})
	}
	var err error
	for _, part := range parts {
		err = errors.Join(err, part.Make())
	}
	if test.files.Requests != "" {
		err = errors.Join(err, test.sortRequests(ctx))
	}
	return err
}

// stamped is the time in the names of a test's files.
func stamped(t locustweb.Test) time.Time {
	at, err := time.ParseInLocation(results.Stamp, t.Stamp, time.Local)
	if err != nil { // it has none, and the master says why
		return locustweb.At(t.Began)
	}
	return at
}

// hostNames are those of the monitors whose rows are recorded.
func (r *Run) hostNames() (names []string) {
	for _, m := range r.hosts.monitors[:min(len(r.hosts.monitors), len(r.files.Hosts))] {
		names = append(names, m.Name())
	}
	return names
}

// dropRequests removes the request log of a session, whose tests have their parts of it.
func (r *Run) dropRequests(context.Context) error {
	if err := os.Remove(r.files.Requests); err != nil && !errors.Is(err, fs.ErrNotExist) {
		r.note(fmt.Sprintf("the request log of the whole session was not removed: %v", err))
	}
	return nil
}
