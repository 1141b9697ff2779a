package boomer

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/myzhan/boomer"

	"gregaria/worker/internal/stats"
	"gregaria/worker/user"
)

// A notebook is an output that keeps what it gets.
type notebook struct {
	mu     sync.Mutex // guards what follows
	calls  []string
	events []map[string]interface{}
}

func (n *notebook) note(call string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.calls = append(n.calls, call)
}

func (n *notebook) OnStart() { n.note("start") }
func (n *notebook) OnStop()  { n.note("stop") }
func (n *notebook) OnEvent(data map[string]interface{}) {
	n.note("event")
	n.events = append(n.events, data)
}

// requests sums up what the output got.
func (n *notebook) requests() (sum, failures int64) {
	for _, e := range n.events {
		for _, row := range e["stats"].([]interface{}) {
			sum += row.(map[string]interface{})["num_requests"].(int64)
		}
		for _, e := range e["errors"].(map[string]map[string]interface{}) {
			failures += e["occurrences"].(int64)
		}
	}
	return sum, failures
}

// form lists the types in an event.
func form(all map[string]string, path string, v any) map[string]string {
	all[path] = fmt.Sprintf("%T", v)
	switch v := v.(type) {
	case map[string]interface{}:
		for k, e := range v {
			form(all, path+"."+k, e)
		}
	case map[string]map[string]interface{}:
		for _, e := range v {
			form(all, path+".*", e)
		}
	case []interface{}:
		for _, e := range v {
			form(all, path+".*", e)
		}
	}
	return all
}

// TestOutputData compares what an output gets from boomer and from here for the same requests.
func TestOutputData(t *testing.T) {
	if racing {
		t.Skip("boomer has data races of its own")
	}
	var theirs, ours notebook
	synctest.Test(t, func(*testing.T) {
		b := boomer.NewStandaloneBoomer(2, 2)
		b.AddOutput(&theirs)
		b.WithLogger(log.New(&bytes.Buffer{}, "", 0))
		go b.Run(&boomer.Task{Fn: func() {
			time.Sleep(time.Second)
			b.RecordSuccess("GET", "/a", 200, 7)
			b.RecordFailure("GET", "/b", 300, "refused")
		}})
		time.Sleep(3500 * time.Millisecond)
		b.Quit()
		time.Sleep(2 * time.Second)
	})
	synctest.Test(t, func(*testing.T) {
		b := NewStandaloneBoomer(2, 0)
		b.AddOutput(&ours)
		b.WithLogger(log.New(&bytes.Buffer{}, "", 0))
		go b.Run(&Task{Fn: func() {
			time.Sleep(time.Second)
			b.RecordSuccess("GET", "/a", 200, 7)
			b.RecordFailure("GET", "/b", 300, "refused")
		}})
		time.Sleep(3500 * time.Millisecond)
		b.Quit()
	})
	want, got := form(map[string]string{}, "", theirs.events[0]), form(map[string]string{}, "", ours.events[0])
	delete(got, ".user_classes_count") // boomer has it with a master only
	if diff := cmp.Diff(want, got); diff != "" || len(want) < 35 {
		t.Errorf("types in %d places of an event (-boomer +ours):\n%s", len(want), diff)
	}
	if n, failures := ours.requests(); n != 16 || failures != 8 {
		t.Errorf("requests = %d, failures %d, want 16 and 8: those of the last second too", n, failures)
	}
	if diff := cmp.Diff([]string{"start", "event", "event", "stop"}, ours.calls); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
}

func TestOutputsWithAMaster(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		var n atomic.Int64
		var book notebook
		var printed bytes.Buffer
		r.AddOutput(&book)
		r.AddOutput(NewConsoleOutput().WithLogger(log.New(&printed, "", 0)))
		r.AddOutput(broken{})
		r.Run(counted(r.Boomer, "a", 1, 100*time.Millisecond, &n))
		time.Sleep(time.Minute)
		r.spawn(map[string]int{"User": 5}, 0, 10*time.Second)
		r.stop(time.Minute)
		r.Quit()
		if sum, _ := book.requests(); sum != n.Load() || n.Load() == 0 {
			t.Errorf("requests that the output got = %d, want the %d that were done", sum, n.Load())
		}
		if len(book.events) < 4 || len(book.events) > 6 {
			t.Errorf("%d events in 10 s of a test and two minutes of nothing, want one every 3 s and the last", len(book.events))
		}
		if book.events[1]["user_count"] != int32(5) {
			t.Errorf("user_count = %v, want 5", book.events[1]["user_count"])
		}
		if !strings.Contains(printed.String(), "Users: 5, Total RPS: ") || !strings.Contains(printed.String(), "| task |") &&
			!strings.Contains(printed.String(), "│ task │") {
			t.Errorf("the console output printed:\n%s", &printed)
		}
	})
}

func TestPrometheusOutput(t *testing.T) {
	t.Parallel()
	pushed := make(chan string, 1)
	gateway := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		pushed <- r.URL.Path + " " + string(body)
	}))
	defer gateway.Close()
	recorder := stats.New(1)
	recorder.Shard().Record(user.Request{Type: "GET", Name: "/pushed", ResponseTime: time.Millisecond})
	out := NewPrometheusPusherOutput(gateway.URL, "stories").WithLogger(log.New(io.Discard, "", 0))
	out.OnStart()
	out.OnEvent(outputData(recorder.Take(), 1, nil))
	got := <-pushed
	for _, want := range []string{"/metrics/job/stories ", "boomer_num_requests", "/pushed"} {
		if !strings.Contains(got, want) {
			t.Errorf("what was pushed does not hold %q:\n%q", want, got)
		}
	}
}

func TestOutputThatHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		var n atomic.Int64
		hang := hanging(make(chan struct{}))
		r.AddOutput(hang)
		r.Run(counted(r.Boomer, "a", 1, 100*time.Millisecond, &n))
		r.spawn(map[string]int{"User": 5}, 0, time.Minute)
		began := time.Now()
		r.Quit()
		if took := time.Since(began); took > outputTime+time.Second {
			t.Errorf("Quit took %v with an output that hangs, want at most %v more", took, outputTime)
		}
		if got := r.requests()["a"]; got != n.Load() {
			t.Errorf("requests at the master = %d, want %d", got, n.Load())
		}
		close(hang)
	})
}

// broken panics; hanging waits.
type (
	broken  struct{}
	hanging chan struct{}
)

func (broken) OnStart()                         { panic("start") }
func (broken) OnEvent(_ map[string]interface{}) { panic("event") }
func (broken) OnStop()                          { panic("stop") }

func (h hanging) OnStart()                         {}
func (h hanging) OnEvent(_ map[string]interface{}) { <-h }
func (h hanging) OnStop()                          {}

func TestStandaloneRamp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := NewStandaloneBoomer(10, 2)
		b.WithLogger(log.New(&bytes.Buffer{}, "", 0))
		var users atomic.Int64
		var message *CustomMessage
		hear := func(m *CustomMessage) { message = m }
		_ = Events.Subscribe("note", hear)
		defer func() { _ = Events.Unsubscribe("note", hear) }()
		go b.RunClasses(map[string][]*Task{
			"A": {{Fn: func() { users.Add(1); time.Sleep(time.Hour) }}},
			"B": {{Fn: func() { users.Add(1); time.Sleep(time.Hour) }}},
		})
		for i, want := range []int64{1, 3, 5, 7, 9, 10, 10} {
			time.Sleep(time.Duration(min(i, 1))*time.Second + 10*time.Millisecond)
			if got := users.Load(); got < want || got > want+1 {
				t.Errorf("after %d s, users = %d, want %d: 2 a second", i, got, want)
			}
		}
		b.SendCustomMessage("note", 7)
		if message == nil || message.Data != 7 || message.NodeID != "local" {
			t.Errorf("message = %v, want the data as it is, from the node local", message)
		}
		b.Quit()
		if err := b.Wait(); err != nil {
			t.Error(err)
		}
		time.Sleep(2 * time.Hour) // the tasks do not end before
	})
}
