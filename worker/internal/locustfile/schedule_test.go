package locustfile

import (
	"context"
	"fmt"
	"net"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gregaria/worker/client"
	"gregaria/worker/internal/locust"
	"gregaria/worker/user"
)

// The schedule of the streams: the first event after 300 to 340 ms, then one every 40 ms, but for one gap of 2 s.
const (
	scheduledEvents = 12
	firstAfter      = 300 * time.Millisecond
	usualGap        = 40 * time.Millisecond
	longGap         = 2 * time.Second
	longBefore      = 6 // the event
)

// A schedule serves streams, and keeps when it wrote what, since a tool's own clock cannot tell its errors from those of a machine that is busy.
type schedule struct {
	url     string
	streams atomic.Int64

	mu      sync.Mutex // guards what follows
	written map[string][]time.Time
	ended   map[string]time.Time
}

// serveSchedule serves at /N the schedule, as text/event-stream, and a comment 20 ms before each event.
func serveSchedule(t *testing.T) *schedule {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	s := &schedule{url: "http://" + l.Addr().String(), written: map[string][]time.Time{}, ended: map[string]time.Time{}}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go s.serve(c)
		}
	}()
	return s
}

func (s *schedule) serve(c net.Conn) {
	defer c.Close()
	request := make([]byte, 4096)
	n, err := c.Read(request)
	if err != nil {
		return
	}
	began := time.Now()
	name := strings.Fields(string(request[:n]))[1]
	chunk := func(text string) { fmt.Fprintf(c, "%x\r\n%s\r\n", len(text), text) }
	fmt.Fprint(c, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
	due := began
	for i := range scheduledEvents {
		switch i {
		case 0: // the streams take turns, or each event would wait for those of all others to be handled
			due = due.Add(firstAfter + time.Duration(s.streams.Add(1))*usualGap/streamsAtOnce%usualGap)
		case longBefore:
			due = due.Add(longGap)
		default:
			due = due.Add(usualGap)
		}
		time.Sleep(time.Until(due.Add(-20 * time.Millisecond)))
		chunk(": keep-alive\n\n")
		time.Sleep(time.Until(due))
		s.mu.Lock()
		s.written[name] = append(s.written[name], time.Now())
		s.mu.Unlock()
		chunk("data: {\"n\":1}\r\n\r\n")
	}
	s.mu.Lock()
	s.ended[name] = time.Now()
	s.mu.Unlock()
	fmt.Fprint(c, "0\r\n\r\n")
}

// A measurement is what was recorded of one name.
type measurement struct {
	events []time.Duration
	took   time.Duration
	began  time.Time
}

// measured keeps the streams of all users by name.
type measured struct {
	mu     sync.Mutex
	byName map[string]*measurement
	failed atomic.Int64
	ended  atomic.Int64
}

func (m *measured) of(name string) *measurement {
	if m.byName[name] == nil {
		m.byName[name] = &measurement{}
	}
	return m.byName[name]
}

func (m *measured) Record(q user.Request) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if q.Failure != "" || q.Incomplete {
		m.failed.Add(1)
	}
	if !q.Apart {
		m.of(q.Name).began = q.End.Add(-q.ResponseTime)
	} else {
		m.of(q.Name).took = q.ResponseTime
		m.ended.Add(1)
	}
}

func (m *measured) RecordEvent(name string, _ bool, after time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	x := m.of(name)
	x.events = append(x.events, after)
}

// streamsAtOnce is how many users read.
const streamsAtOnce = 200

// TestScheduledStreams has 200 users of each kind read the schedule at once: all that is recorded is what the server wrote.
func TestScheduledStreams(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes ten seconds and a machine of its own")
	}
	for _, kind := range []string{"HttpUser", "FastHttpUser", "Go"} {
		t.Run(kind, func(t *testing.T) {
			s, m := serveSchedule(t), &measured{byName: map[string]*measurement{}}
			streams, _ := user.NewStreams("$.n")
			bare := &measured{byName: map[string]*measurement{}}
			var all sync.WaitGroup
			for i := range probes {
				all.Go(func() { s.probe(fmt.Sprintf("/probe%d", i), bare) })
			}
			if kind == "Go" {
				readInGo(t, s.url, m, streams)
			} else {
				readInPython(t, s.url, m, streams, kind)
			}
			all.Wait()
			s.compare(t, m, bare)
		})
	}
}

// TestScheduledBare has bare connections in their place: what they are late, the machine is.
func TestScheduledBare(t *testing.T) {
	if testing.Short() {
		t.Skip("see TestScheduledStreams")
	}
	s, m := serveSchedule(t), &measured{byName: map[string]*measurement{}}
	var all sync.WaitGroup
	for i := range streamsAtOnce {
		all.Go(func() { s.probe(fmt.Sprintf("/probe%d", i), m) })
	}
	all.Wait()
	errors := s.errors(t, m, false)
	if want := streamsAtOnce * (scheduledEvents + 1); len(errors) != want {
		t.Fatalf("%d numbers, want %d", len(errors), want)
	}
	t.Logf("%d numbers: half are within %v, 90 %% within %v, 99 %% within %v, all within %v", len(errors), at(errors, 50), at(errors, 90), at(errors, 99), at(errors, 100))
}

// at is the number that so many percent are no larger than.
func at(all []time.Duration, percent int) time.Duration { return all[(len(all)-1)*percent/100] }

func readInGo(t *testing.T, host string, m *measured, streams *user.Streams) {
	t.Helper()
	var all sync.WaitGroup
	for i := range streamsAtOnce {
		all.Go(func() {
			env := &user.Env{Host: host, Done: context.Background(), Stopping: make(chan struct{}), Recorder: m, Streams: streams}
			defer env.Exit()
			for range client.New(env).Do(t.Context(), &client.Request{Method: "GET", URL: fmt.Sprintf("/%d", i), Stream: true}).Lines() {
			}
		})
	}
	all.Wait()
}

func readInPython(t *testing.T, host string, m *measured, streams *user.Streams, kind string) {
	t.Helper()
	file := fmt.Sprintf(`
from locust import FastHttpUser, HttpUser, constant, task
n = 0
class U(%s):
    wait_time = constant(1000)
    @task
    def t(self):
        global n
        path, n = f"/{n}", n + 1
        for piece in self.client.get(path, stream=True).iter_content(100): pass
`, kind)
	r := startMeasured(t, Config{Sources: []Source{{Path: "locustfile.py", Text: []byte(file), Remote: true}}}, nil, streams)
	r.to = m
	r.spawn(t, locust.Job{Classes: map[string]int{"U": streamsAtOnce}, Host: &host})
	until(t, "the end of the streams", func() bool { return m.ended.Load() == streamsAtOnce })
	r.stop(t, 0)
}

// probes are readers of a bare connection: what they are late, the machine is.
const probes = 20

// probe reads a stream and measures it with nothing between.
func (s *schedule) probe(name string, m *measured) {
	began := time.Now()
	c, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
	if err != nil {
		return
	}
	defer c.Close()
	fmt.Fprintf(c, "GET %s HTTP/1.1\r\n\r\n", name)
	b, last := make([]byte, 4096), began
	for {
		n, err := c.Read(b)
		now := time.Now()
		if err != nil {
			m.Record(user.Request{Name: name, ResponseTime: now.Sub(began), Apart: true})
			return
		}
		if strings.HasPrefix(string(b[:n]), "HTTP/1.1") {
			m.Record(user.Request{Name: name, ResponseTime: now.Sub(began), End: now})
		}
		for range strings.Count(string(b[:n]), "data:") {
			m.RecordEvent(name, false, now.Sub(last))
			last = now
		}
	}
}

// errors are by how much the numbers of some streams differ from what the server wrote, the smallest first. Both have one clock, and what is
// counted from the beginning of a request is held to that: when its head came depends on what else began in the same instant.
func (s *schedule) errors(t *testing.T, m *measured, ours bool) (errors []time.Duration) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	for name, at := range s.written {
		if strings.HasPrefix(name, "/probe") == ours {
			continue
		}
		got := m.of(name)
		if len(got.events) != scheduledEvents {
			t.Fatalf("%s: %d events, want %d", name, len(got.events), scheduledEvents)
		}
		errors = append(errors, (got.events[0] - at[0].Sub(got.began)).Abs(), (got.took - s.ended[name].Sub(got.began)).Abs())
		for i := 1; i < scheduledEvents; i++ {
			errors = append(errors, (got.events[i] - at[i].Sub(at[i-1])).Abs())
		}
	}
	slices.Sort(errors)
	return errors
}

// compare holds the numbers to what the server wrote: nine of ten are within 2 ms, and what bare connections were late for at the most, and so
// are 99 of a hundred. The others are told and not held: now and then cores that others use stand still, for bare connections, too.
func (s *schedule) compare(t *testing.T, m, bare *measured) {
	t.Helper()
	if n := m.failed.Load(); n > 0 {
		t.Fatalf("%d streams failed, want none", n)
	}
	errors, machine := s.errors(t, m, true), s.errors(t, bare, false)
	if want := streamsAtOnce * (scheduledEvents + 1); len(errors) != want || len(machine) != probes*(scheduledEvents+1) {
		t.Fatalf("%d numbers, and %d of bare connections, want %d and %d", len(errors), len(machine), want, probes*(scheduledEvents+1))
	}
	t.Logf("%d numbers: half are within %v, 90 %% within %v, 99 %% within %v, all within %v; of bare connections %v, %v, %v, %v", len(errors),
		at(errors, 50), at(errors, 90), at(errors, 99), at(errors, 100), at(machine, 50), at(machine, 90), at(machine, 99), at(machine, 100))
	if got, limit := at(errors, 50), 2*time.Millisecond+at(machine, 50); got > limit {
		t.Errorf("half of the numbers are within %v, want %v", got, limit)
	}
	for _, percent := range []int{90, 99} {
		if got, limit := at(errors, percent), 2*time.Millisecond+3*at(machine, 100); got > limit {
			t.Errorf("%d %% of the numbers are within %v, want %v", percent, got, limit)
		}
	}
}
