package locustfile_test

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"hash/fnv"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"gregaria/internal/equal"
	"gregaria/worker/internal/check"
	"gregaria/worker/internal/engine"
	"gregaria/worker/internal/locust"
	"gregaria/worker/internal/locustfile"
	"gregaria/worker/internal/stats"
	"gregaria/worker/user"
)

// runLimit ends a run of which nothing more can be expected.
const runLimit = 20 * time.Second

// A run is one user of one class of a file on this worker, with all that comes out of it.
type run struct {
	file  *locustfile.File
	crew  *locustfile.Crew
	stats *stats.Recorder
	shard user.Recorder
	quit  chan struct{} // the file asked for the worker's end
	// general sends the requests the general way.
	general bool

	mu     sync.Mutex // guards what follows
	out    bytes.Buffer
	events []equal.Event
	once   sync.Once
}

// Write takes what the file prints.
func (r *run) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.out.Write(p)
}

// Record takes a sample, as it goes to the statistics.
func (r *run) Record(q user.Request) {
	r.shard.Record(q)
	if q.Incomplete {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.events = append(r.events, equal.Event{Type: q.Type, Name: q.Name, Failure: stats.ErrorText(q.Failure), Length: q.Length})
}

// RecordSample takes a sample that the file fired.
func (r *run) RecordSample(q stats.Sample) {
	r.shard.(stats.Sampler).RecordSample(q)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.events = append(r.events, equal.Event{Type: q.Type, Name: q.Name, Failure: stats.ErrorText(q.Failure), Length: int64(q.Length.Float64())})
}

// observe takes what is counted in Python.
func (r *run) observe(kind, name string, length int64, failure string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if failure != "" && len(r.events) > 0 {
		r.events[len(r.events)-1].Failure = failure
		return
	}
	r.events = append(r.events, equal.Event{Type: kind, Name: name, Length: length})
}

func (r *run) report(e user.Exception) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.events = append(r.events, equal.Event{Message: e.Message, Traceback: cmp.Or(e.Traceback, "\n")}) // it marks an exception
}

// ours runs one user of the class of that index in a folder of its own, which becomes the working directory.
func ours(t *testing.T, path string, mode equal.Mode, plan equal.Plan, class int, general bool) equal.Trace {
	t.Helper()
	work, err := equal.Stage(path, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Dir(work)
	t.Chdir(dir)
	server, err := equal.Listen(mode)
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	begun := time.Now()
	r := &run{stats: stats.New(1), quit: make(chan struct{}), general: general}
	r.shard = r.stats.Shard()
	trace := r.play(t, work, server.URL(), plan, class)
	trace.Requests = server.Requests()
	trace.Normalise(server.Port(), dir, begun)
	return trace
}

// play loads the file and runs the user from beginning to end.
func (r *run) play(t *testing.T, work, host string, plan equal.Plan, class int) (trace equal.Trace) {
	t.Helper()
	source, err := os.ReadFile(work)
	if err != nil {
		t.Fatal(err)
	}
	seed, none := int64(equal.Seed), new(time.Duration)
	if plan.Sleeps {
		none = nil
	}
	sources := []locustfile.Source{{Path: work, Text: source}}
	findings, refused := checked(t, sources)
	r.file, err = locustfile.Load(t.Context(), locustfile.Config{
		Sources: sources, Seed: &seed, MaxSleep: none, General: r.general, Level: 20, Placeholders: check.Placeholders(findings),
		Log: func(slog.Level, string, string) {}, Stdout: r, Stderr: &bytes.Buffer{}, Observe: r.observe,
	})
	var load *locustfile.LoadError
	switch {
	case errors.As(err, &load):
		trace.Load = equal.LastLine(load.Traceback)
	case err != nil:
		trace.Load = err.Error()
	default:
		trace.Class = r.file.Classes()[class].Name
		r.live(t, host, plan, trace.Class)
	}
	const failsOnPurpose = "exceptions_have_cpythons_words.py" // imports in its tasks what is nowhere
	if refused != "" && trace.Load == "" && filepath.Base(work) != failsOnPurpose {
		t.Errorf("the check refuses a file that runs: %s", refused)
	}
	trace.Events, trace.Output = r.events, equal.Lines(r.out.String())
	return trace
}

// checked is what the worker's check says before it loads a file.
func checked(t *testing.T, sources []locustfile.Source) (all []check.Finding, refused string) {
	t.Helper()
	if known, ok := checkedFiles.Load(string(sources[0].Text)); ok {
		c := known.(checkedFile)
		return c.findings, c.refused
	}
	all, err := check.Files(check.Config{
		Modules: locustfile.Modules(), Search: locustfile.Search(sources), Path: locustfile.SearchPath(sources),
	}, sources[0].Path, sources[0].Text)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range all {
		if !f.Warning {
			refused += f.String() + "\n"
		}
	}
	checkedFiles.Store(string(sources[0].Text), checkedFile{all, refused})
	return all, refused
}

// checkedFiles are the results of checked by the text of the file: every file runs many times.
var checkedFiles sync.Map

type checkedFile struct {
	findings []check.Finding
	refused  string
}

// live spawns the user, waits until it does nothing more, and ends the worker.
func (r *run) live(t *testing.T, host string, plan equal.Plan, class string) {
	t.Helper()
	limits := user.NewLimits(0, plan.Iterations)
	send := func(string, any) error { return nil }
	e := engine.New(r.file.Classes(), engine.Services{
		Shard: func() user.Recorder { return r }, Report: r.report, Send: send, Limits: limits,
	}, slog.New(slog.DiscardHandler))
	r.crew = locustfile.NewCrew(r.file, e)
	r.file.Connect(locustfile.Link{
		NodeID: "host_1", Recorder: r, Exception: r.report, Send: send, Stats: r.stats,
		Stop: func() { r.crew.Stop(0, func() {}) }, Quit: func() { r.once.Do(func() { close(r.quit) }) },
		Exit: func() { r.once.Do(func() { close(r.quit) }) },
	})
	r.crew.Connected(0)
	counts := map[string]int{}
	for _, c := range r.file.Classes() {
		counts[c.Name] = 0
	}
	counts[class] = 1
	await(t, "the spawn", r.quit, func(done func()) {
		r.crew.Spawn(locust.Job{Timestamp: 1, Classes: counts, Host: &host, Options: equal.ParsedOptions(plan.Options)}, done)
	})
	for end := time.Now().Add(runLimit); !limits.Spent() && e.Counts()[class] > 0 && !r.hasQuit(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Errorf("the user of %s is still busy after %v", class, runLimit)
			break
		}
	}
	await(t, "the stop", nil, func(done func()) { r.crew.Stop(0, done) })
	await(t, "quitting", nil, r.crew.Quitting)
	r.crew.Farewell()
}

func (r *run) hasQuit() bool {
	select {
	case <-r.quit:
		return true
	default:
		return false
	}
}

// await waits for what f begins, or for the end of the worker.
func await(t *testing.T, what string, quit <-chan struct{}, f func(done func())) {
	t.Helper()
	done := make(chan struct{})
	f(func() { close(done) })
	select {
	case <-done:
	case <-quit:
	case <-time.After(runLimit):
		t.Errorf("%s does not come to an end", what)
	}
}

func readCorpus(t *testing.T) *equal.Corpus {
	t.Helper()
	root, err := filepath.Abs("testdata")
	if err != nil {
		t.Fatal(err)
	}
	c, err := equal.ReadCorpus(root)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestEqual compares every file in every mode with what stock Locust did.
func TestEqual(t *testing.T) { testEqual(t, false) }

// TestEqualGenerally does so on the general way of requests, which calls every method that a file could have overridden: what
// the short way does is an observation of it. Servers that only fail say less about that: they meet one file of three each.
func TestEqualGenerally(t *testing.T) {
	if testing.Short() {
		t.Skip("runs hundreds of files, as TestEqual does")
	}
	testEqual(t, true)
}

func testEqual(t *testing.T, general bool) {
	t.Helper()
	c := readCorpus(t)
	if len(c.Files) < 140 {
		t.Errorf("the corpus has %d files", len(c.Files))
	}
	sum := tally{}
	for i, mode := range equal.Modes() {
		for _, file := range c.Files {
			if !chosen(file, uint32(i), general) {
				continue
			}
			t.Run(fmt.Sprintf("%s/%s", mode, strings.TrimSuffix(file, ".py")), func(t *testing.T) {
				g, err := c.Golden(file, mode)
				if err != nil {
					t.Fatal(err)
				}
				sum.add(mode, g, compare(t, c, file, mode, g, general))
			})
		}
	}
	if !general && !t.Failed() && sum.files() == len(equal.Modes())*len(c.Files) {
		sum.check(t, c)
	}
}

// chosen says whether a file runs in the mode of that index. Which ones do depends on their names alone, so that a new file
// changes nothing for the others. With -short, as under the race detector, one file of five runs, in one mode.
func chosen(file string, mode uint32, general bool) bool {
	h := fnv.New32a()
	_, _ = h.Write([]byte(file))
	n := h.Sum32()
	switch {
	case os.Getenv("GREGARIA_EQUAL_ALL") == "1":
		return true
	case testing.Short():
		return n%5 == 0 && n/5%3 == mode
	case general && equal.Modes()[mode] != equal.OK:
		return n%3 == mode
	}
	return true
}

// compare runs the file's classes here and reports what differs from the golden file, unless it is known; and what is
// known to differ and does not.
func compare(t *testing.T, c *equal.Corpus, file string, mode equal.Mode, g *equal.Golden, general bool) (differences int) {
	t.Helper()
	plan := c.Plan(file)
	seen := map[string]bool{}
	for i, want := range g.Traces {
		got := ours(t, c.Path(file), mode, plan, i, general)
		for _, d := range equal.Diff(&want, &got, plan.SkipOutput == "") {
			differences++
			what := fmt.Sprintf("%s %s", mode, d.Part)
			if seen[what] = true; plan.Known[what] == "" {
				t.Errorf("%s: %s", want.Class, d)
			}
		}
	}
	for what := range plan.Known {
		if strings.HasPrefix(what, string(mode)+" ") && !seen[what] {
			t.Errorf("plans.json says that %q differs, but it does not any more", what)
		}
	}
	return differences
}
