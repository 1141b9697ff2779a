package locustfile

import (
	"bytes"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"gregaria/worker/internal/engine"
	"gregaria/worker/internal/locust"
	"gregaria/worker/internal/stats"
	"gregaria/worker/user"
)

// A rig runs a locustfile under the engine as the session would, and keeps what comes out of it.
type rig struct {
	*Crew
	file  *File
	stats *stats.Recorder
	shard user.Recorder

	mu         sync.Mutex // guards what follows
	out, logs  bytes.Buffer
	requests   []user.Request
	whole      bool // requests are kept with their URL and answer; set before there are users
	events     []streamEvent
	to         user.Recorder // of requests and events, instead; set before there are users
	listens    bool          // to what streams say; set before there are users
	heard      []string
	witnessed  []user.Request // counted in Python
	exceptions []user.Exception
	sent       []user.Message
	quits      int
	exits      int
}

// Write takes what the file prints.
func (r *rig) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.out.Write(p)
}

// Record takes a request.
func (r *rig) Record(q user.Request) {
	if r.to != nil {
		r.to.Record(q)
		return
	}
	r.shard.Record(q)
	r.keep(q)
}

// keep keeps a request, without what is valid only while it is recorded, unless a test wants that: it keeps the response.
func (r *rig) keep(q user.Request) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.whole {
		q.URL, q.Answer, q.Head = nil, nil, nil
	}
	r.requests = append(r.requests, q)
}

// A streamEvent is an event of a stream.
type streamEvent struct {
	name  string
	first bool
	after time.Duration
}

// RecordEvent takes an event of a stream.
func (r *rig) RecordEvent(name string, first bool, after time.Duration) {
	if to, ok := r.to.(user.EventRecorder); ok {
		to.RecordEvent(name, first, after)
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.events = append(r.events, streamEvent{name, first, after})
}

// RecordSample takes a request that the file fired.
func (r *rig) RecordSample(q stats.Sample) {
	r.shard.(stats.Sampler).RecordSample(q)
	r.keep(q.Request())
}

// Witness takes a request that is counted in Python.
func (r *rig) Witness(sample func() stats.Sample) {
	q := sample().Request()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.witnessed = append(r.witnessed, q)
}

// printed returns the lines that the file has printed.
func (r *rig) printed() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return strings.Split(strings.TrimRight(r.out.String(), "\n"), "\n")
}

func (r *rig) log(_ slog.Level, logger, text string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.logs.WriteString(logger + " " + text + "\n")
}

func (r *rig) logged() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.logs.String()
}

// start loads a file and connects it.
func start(t *testing.T, text string, limits *user.Limits) *rig {
	t.Helper()
	return startWith(t, Config{Sources: []Source{{Path: "locustfile.py", Text: []byte(text), Remote: true}}}, limits)
}

func startWith(t *testing.T, c Config, limits *user.Limits) *rig {
	t.Helper()
	return startMeasured(t, c, limits, nil)
}

func startMeasured(t *testing.T, c Config, limits *user.Limits, streams *user.Streams) *rig {
	t.Helper()
	return startUnder(t, c, engine.Services{Limits: limits, Streams: streams})
}

// startUnder starts a file whose users have these services, beside the rig's own.
func startUnder(t *testing.T, c Config, services engine.Services) *rig {
	t.Helper()
	r := &rig{stats: stats.New(1)}
	r.shard = r.stats.Shard()
	c.Stdout, c.Log, c.Level = r, r.log, levelInfo
	file, err := Load(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	r.file = file
	services.Shard, services.Report, services.Send = func() user.Recorder { return r }, r.report, r.send
	e := engine.New(file.Classes(), services, slog.New(slog.DiscardHandler))
	r.Crew = NewCrew(file, e)
	count := func(n *int) func() {
		return func() {
			r.mu.Lock()
			defer r.mu.Unlock()
			*n++
		}
	}
	file.Connect(Link{
		NodeID: "host_1", Recorder: r, Streams: services.Streams, Exception: r.report, Send: r.send, Stats: r.stats, Quit: count(&r.quits), Exit: count(&r.exits),
	})
	r.Connected(3)
	return r
}

func (r *rig) report(e user.Exception) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.exceptions = append(r.exceptions, e)
}

func (r *rig) send(kind string, data any) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sent = append(r.sent, user.Message{Type: kind, Data: data})
	return nil
}

// spawn runs users until there are as many as wanted.
func (r *rig) spawn(t *testing.T, job locust.Job) {
	t.Helper()
	wait(t, "spawn", func(done func()) { r.Spawn(job, done) })
}

func (r *rig) stop(t *testing.T, timeout time.Duration) {
	t.Helper()
	wait(t, "stop", func(done func()) { r.Stop(timeout, done) })
}

// attached is the report that the file makes.
func (r *rig) attached(t *testing.T, why locust.Occasion) (data any) {
	t.Helper()
	wait(t, "the report", func(done func()) { r.Attach(why, func(v any) { data = v; done() }) })
	return data
}

// quit ends the worker as the master's quit does, once the users are stopped.
func (r *rig) quit(t *testing.T) (code int) {
	t.Helper()
	wait(t, "quitting", r.Quitting)
	r.Farewell()
	code, _ = r.file.ExitCode()
	return code
}

func wait(t *testing.T, what string, f func(done func())) {
	t.Helper()
	done := make(chan struct{})
	f(func() { close(done) })
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		t.Fatalf("%s does not come to an end", what)
	}
}

// until waits for a condition.
func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !ok(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("never: %s", what)
		}
	}
}

// prints waits until the file has printed a line.
func (r *rig) prints(t *testing.T, line string) {
	t.Helper()
	until(t, "prints "+line, func() bool {
		for _, l := range r.printed() {
			if l == line {
				return true
			}
		}
		return false
	})
}

// one runs one user of class U for n tasks, until at least so many things have come out of it, and stops it.
func one(t *testing.T, n, things int, text string) *rig {
	t.Helper()
	r := start(t, text, user.NewLimits(time.Millisecond, n))
	r.spawn(t, locust.Job{Classes: map[string]int{"U": 1}})
	until(t, "the tasks are done", func() bool { return r.things() >= things && r.idle() })
	r.stop(t, 0)
	return r
}

// things counts lines, requests and exceptions.
func (r *rig) things() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return bytes.Count(r.out.Bytes(), []byte("\n")) + len(r.requests) + len(r.exceptions)
}

// idle says whether nothing has been printed for a while.
func (r *rig) idle() bool {
	before := r.size()
	time.Sleep(30 * time.Millisecond)
	return before == r.size()
}

func (r *rig) size() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.out.Len() + len(r.requests) + len(r.exceptions) + r.logs.Len()
}
