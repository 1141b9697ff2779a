package run

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"gregaria/internal/locustweb"
	"gregaria/loadtest/internal/plan"
	"gregaria/loadtest/internal/recording"
)

// A foreign is the web UI of a master of somebody else's: what it tells of its results.
type foreign struct{ requests int }

func (f *foreign) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	switch q.URL.Path {
	case "/":
		fmt.Fprint(w, `<script>window.templateArgs = {"host": "http://api", "is_distributed": true}</script>`)
	case "/stats/requests/csv":
		fmt.Fprintf(w, "Type,Name,Request Count,Failure Count,Median Response Time,Average Response Time,Min Response Time,Max Response Time,Average Content Size,Requests/s,Failures/s,50%%,95%%,99%%\n,Aggregated,%d,0,1,1,1,1,1,1,0,1,1,1\n", f.requests)
	case "/stats/report":
		w.Header().Set("Content-Disposition", "attachment")
		fmt.Fprint(w, "report")
	default:
		fmt.Fprint(w, "Method,Name\n")
	}
}

// TestSeeState tells tests apart by what looks at the master see.
func TestSeeState(t *testing.T) {
	t.Parallel()
	web := &foreign{requests: 10}
	server := httptest.NewServer(web)
	defer server.Close()
	r := New(plan.Plan{OutputDir: t.TempDir(), MasterHost: "h", Steps: []int{1}}, "", nil)
	r.web = locustweb.New(server.URL)
	began := time.Now()
	look := func(second int, state string, users, requests int) *joinedTest {
		r.seeState(t.Context(), locustweb.Snapshot{State: state, Users: users, Rows: []locustweb.Row{{Name: locustweb.Aggregated, Requests: requests}}}, began.Add(time.Duration(second)*time.Second))
		return r.joined.last()
	}
	if test := look(0, "ready", 0, 0); test != nil {
		t.Fatalf("a test of a master that is ready: %+v", test)
	}
	test := look(1, "spawning", 1, 0)
	if test == nil || test.inMidst || test.Users != 0 || test.Host != "http://api" || test.Stamp == "" {
		t.Fatalf("a test that begins = %+v, want one with a host and a stamp, whose users are not known yet", test)
	}
	if early := recording.Epoch(began) - test.Began; early < 0 || early > 3 {
		t.Errorf("it began %v s before the last look without it, want 0 to 3", early)
	}
	look(2, "running", 4, 8)
	look(3, "running", 4, 8) // Locust's answer is an old one
	look(8, "running", 4, 20)
	if test.Users != 4 || test.Stopped != 0 || requests(test.told.stats) != 10 {
		t.Errorf("a test that runs = %+v with %d requests told, want 4 users and 10 requests", test.Test, requests(test.told.stats))
	}
	web.requests = 30
	look(9, "stopping", 2, 25)
	look(11, "stopped", 0, 30)
	if test.Stopped == 0 || test.Ended-test.Stopped < 1 || test.Closed || requests(test.told.stats) != 30 {
		t.Errorf("a test that has ended = %+v, want its times, and 30 requests", test.Test)
	}
	look(19, "stopped", 0, 30)
	if !test.Closed || !test.whole || string(test.told.report) != "report" {
		t.Errorf("8 s later it is closed: %v, with %q", test.Closed, test.told.report)
	}
	if rows := strings.Count(test.history.String(), "\n"); rows != 1+5 {
		t.Errorf("its history has %d lines, want a header, and one for each look with something new:\n%s", rows, test.history.String())
	}
	next := look(25, "running", 2, 1)
	look(26, "running", 2, 5)
	last := look(27, "spawning", 1, 6) // edited
	if next == test || last != next || len(r.joined.all()) != 2 {
		t.Errorf("%d tests, want 2", len(r.joined.all()))
	}
	web.requests = 0
	look(30, "ready", 0, 0) // another process
	if !next.forgotten || next.told.stats != nil {
		t.Errorf("of a test whose master is another process now that is known: %v, with %q", next.forgotten, next.told.stats)
	}
}

// TestSeeStateInMidst: a test that ran when loadtest came, and one that begins before the results of the last are there.
func TestSeeStateInMidst(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(&foreign{requests: 10})
	defer server.Close()
	r := New(plan.Plan{OutputDir: t.TempDir(), MasterHost: "h", Steps: []int{1}}, "", nil)
	r.web = locustweb.New(server.URL)
	now := time.Now()
	r.seeState(t.Context(), locustweb.Snapshot{State: "running", Users: 4}, now)
	r.seeState(t.Context(), locustweb.Snapshot{State: "stopped"}, now.Add(time.Second))
	r.seeState(t.Context(), locustweb.Snapshot{State: "spawning"}, now.Add(2*time.Second))
	tests := r.joined.tests
	if len(tests) != 2 || !tests[0].inMidst || !tests[0].Closed || !tests[0].whole || tests[0].told.report != nil || tests[1].inMidst {
		t.Fatalf("tests = %+v", tests)
	}
	if tests[1].Began < tests[0].Ended {
		t.Errorf("the second began at %v, before the end of the first at %v", tests[1].Began, tests[0].Ended)
	}
	if tests[0].Stamp == tests[1].Stamp {
		t.Errorf("both are called %s", tests[0].Stamp)
	}
}

// TestSeeStateNotWhole: a test is stopped, and its master gone, or at another one, before its results were taken.
func TestSeeStateNotWhole(t *testing.T) {
	t.Parallel()
	for _, next := range []string{"spawning", ""} {
		server := httptest.NewServer(&foreign{requests: 10})
		r := New(plan.Plan{OutputDir: t.TempDir(), MasterHost: "h", Steps: []int{1}}, "", nil)
		r.web = locustweb.New(server.URL)
		now := time.Now()
		r.seeState(t.Context(), locustweb.Snapshot{State: "ready"}, now)
		r.seeState(t.Context(), locustweb.Snapshot{State: "running", Users: 4}, now.Add(time.Second))
		r.seeState(t.Context(), locustweb.Snapshot{State: "running", Users: 4}, now.Add(7*time.Second))
		r.seeState(t.Context(), locustweb.Snapshot{State: "stopping", Users: 4}, now.Add(8*time.Second))
		test := r.joined.last()
		if next != "" {
			r.seeState(t.Context(), locustweb.Snapshot{State: next}, now.Add(9*time.Second))
		}
		server.Close()
		if next == "" {
			r.lastJoined(t.Context())
		}
		if !test.Closed || test.whole || requests(test.told.stats) != 10 || !test.known.Equal(now.Add(7*time.Second)) {
			t.Errorf("%q: closed %v, whole %v, of %v", next, test.Closed, test.whole, test.known.Sub(now))
		}
	}
}

// TestTakeJoined: a test without a place for its results is ended as any, and not for ever the next.
func TestTakeJoined(t *testing.T) {
	t.Parallel()
	r := New(plan.Plan{MasterHost: "h", Steps: []int{1}}, "", nil)
	r.joined.tests = []*joinedTest{{Test: locustweb.Test{Trouble: "no room"}}, {}}
	if code := r.takeJoined(t.Context(), r, 0); code != 0 || len(r.joined.tests) != 1 || r.joined.tests[0].Trouble != "" {
		t.Errorf("it ends with %d and leaves %d tests, want 0 and the other one", code, len(r.joined.tests))
	}
}
