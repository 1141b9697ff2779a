package locustfile

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gregaria/worker/internal/locust"
	"gregaria/worker/user"
)

func TestTasks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		why  string
		n    int
		text string
		want []string
	}{
		{"a sequence repeats a task as often as its weight says, then begins again", 5, `
from locust import User, SequentialTaskSet, task
class U(User):
    @task
    class Seq(SequentialTaskSet):
        @task(2)
        def a(self): print("a")
        @task
        def b(self): print("b")
`, []string{"a", "a", "b", "a"}},
		{"a nested set gives its place back, and the parent goes on at once", 4, `
from locust import User, TaskSet, SequentialTaskSet, task
class Inner(TaskSet):
    def on_start(self): print("in", type(self.parent).__name__, self.user is self.parent.user)
    def on_stop(self): print("out")
    @task
    def leave(self): self.interrupt()
class U(User):
    @task
    class Outer(SequentialTaskSet):
        tasks = [Inner]
        @task
        def after(self): print("after")
`, []string{"in Outer True", "out", "after"}},
		{"tasks of a base class come first, an overridden task counts twice", 1, `
from locust import User, task
class Base(User):
    abstract = True
    @task
    def a(self): pass
class U(Base):
    tasks = {len: 2}
    @task
    def a(self): pass
    @task(2)
    def b(self): pass
print([t.__name__ for t in U.tasks])
`, []string{"['a', 'len', 'len', 'a', 'b', 'b']"}},
		{"StopUser runs every on_stop and ends the user", 5, `
from locust import User, TaskSet, task
from locust.exception import StopUser
class U(User):
    def on_stop(self): print("user out")
    @task
    class S(TaskSet):
        def on_stop(self): print("set out")
        @task
        def t(self): raise StopUser()
`, []string{"set out", "user out"}},
		{"an exception is told, and the user goes on", 2, `
from locust import User, SequentialTaskSet, task, events
@events.user_error.add_listener
def error(user_instance, exception, tb, **kw): print(type(user_instance).__name__, repr(exception))
class U(User):
    @task
    def t(self): raise KeyError("k")
`, []string{"DefaultTaskSet KeyError('k')", "DefaultTaskSet KeyError('k')"}},
		{"an exception in on_start ends the user without on_stop", 2, `
from locust import User, task
class U(User):
    def on_start(self): print("start"); raise ValueError("no")
    def on_stop(self): print("stop")
    @task
    def t(self): print("t")
`, []string{"start"}},
		{"constant_pacing remembers what it has waited", 1, `
from locust import User, task, constant_pacing
class U(User):
    wait_time = constant_pacing(0.5)
    @task
    def t(self): print(self._cp_last_wait_time, round(self.wait_time(), 1), round(self._cp_last_wait_time, 1), round(self.wait_time(), 1))
`, []string{"0 0.5 0.5 1.0"}},
		{"min_wait and max_wait are milliseconds", 1, `
from locust import User, task
class U(User):
    wait_time = None
    min_wait = max_wait = 7
    @task
    def t(self): print(self._taskset_instance.wait_time())
`, []string{"0.007"}},
		{"a Markov chain follows its transitions", 3, `
from locust import User, MarkovTaskSet, transition, transitions
class U(User):
    class M(MarkovTaskSet):
        @transition("b")
        def a(self): print("a")
        @transitions([("a", 2)])
        def b(self): print("b")
    tasks = [M]
`, []string{"a", "b"}},
		{"sys.exit in a task ends the user only", 3, `
import sys
from locust import User, task
class U(User):
    def on_stop(self): print("never")
    @task
    def t(self): print("t"); sys.exit(3)
`, []string{"t"}},
	} {
		t.Run(c.why, func(t *testing.T) {
			t.Parallel()
			r := one(t, c.n, len(c.want), c.text)
			if diff := cmp.Diff(c.want, r.printed()); diff != "" {
				t.Errorf("printed (-want +got):\n%s\n%s", diff, r.logged())
			}
		})
	}
}

const slow = `
import time
from locust import User, task, constant
class U(User):
    wait_time = constant(100)
    def on_start(self): print("start")
    def on_stop(self):
        time.sleep(0.01)
        print("stop", self._state)
    @task
    def t(self):
        try:
            time.sleep(%s)
            print("slept")
        except BaseException as e:
            print(type(e).__name__)
            raise
`

func TestStop(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		why, sleep string
		timeout    time.Duration
		want       []string
	}{
		{"a user who waits ends at once", "0", 10 * time.Second, []string{"start", "slept", "stop stopping"}},
		{"a user in a task finishes it within the stop timeout", "0.3", 10 * time.Second, []string{"start", "slept", "stop stopping"}},
		{"a user in a task is killed when the time is over", "50", 50 * time.Millisecond, []string{"start", "GreenletExit", "stop stopping"}},
		{"without a stop timeout it is killed at once", "50", 0, []string{"start", "GreenletExit", "stop stopping"}},
	} {
		t.Run(c.why, func(t *testing.T) {
			t.Parallel()
			r := start(t, strings.ReplaceAll(slow, "%s", c.sleep), nil)
			r.spawn(t, locust.Job{Classes: map[string]int{"U": 1}, StopTimeout: c.timeout.Seconds()})
			r.prints(t, "start")
			time.Sleep(50 * time.Millisecond)
			began := time.Now()
			r.stop(t, c.timeout)
			if took := time.Since(began); took > 5*time.Second {
				t.Errorf("the stop took %v", took)
			}
			if diff := cmp.Diff(c.want, r.printed()); diff != "" {
				t.Errorf("printed (-want +got):\n%s", diff)
			}
		})
	}
}

// TestEndlessLoop has a user who never waits: others of the file still run, and a stop ends all.
func TestEndlessLoop(t *testing.T) {
	t.Parallel()
	r := start(t, `
from locust import User, task, constant
class Busy(User):
    @task
    def t(self):
        while True:
            pass
class U(User):
    wait_time = constant(0)
    @task
    def t(self): print("t")
`, user.NewLimits(0, 20))
	r.spawn(t, locust.Job{Classes: map[string]int{"Busy": 1, "U": 1}})
	until(t, "the other user runs", func() bool { return len(r.printed()) >= 15 })
	r.stop(t, 0)
}

func TestEvents(t *testing.T) {
	t.Parallel()
	r := start(t, `
from locust import User, task, constant, events
for name in ("init", "test_start", "test_stopping", "test_stop", "quitting", "quit", "spawning_complete"):
    def listener(name=name, **kw): print(name, sorted(kw))
    getattr(events, name).add_listener(listener)
@events.test_start.add_listener
def broken(environment): raise ValueError("broken")
@events.test_start.add_listener
def wrong(_environment): pass
@events.init.add_listener
def on_init(environment, runner, **kw):
    print(type(runner).__name__, runner.worker_index, environment.runner is runner, runner.client_id, environment.web_ui)
    runner.register_message("ping", lambda environment, msg: runner.send_message("pong", {"got": msg.data, "n": 2}))
class U(User):
    wait_time = constant(1)
    @task
    def t(self): pass
    def on_start(self): print("user", self.host, self.environment.parsed_options.mine)
`, nil)
	host := "http://h:1"
	r.spawn(t, locust.Job{Classes: map[string]int{"U": 1}, Host: &host, Options: map[string]any{"mine": "x", "host": "ignored"}})
	r.Spawned(1)
	r.Heard(user.Message{Type: "ping", Data: map[string]any{"a": []any{int64(1), nil}}})
	r.Heard(user.Message{Type: "nobody"})
	r.prints(t, "spawning_complete ['user_count']")
	r.stop(t, 0)
	r.stop(t, 0)
	r.quit(t)
	got := r.printed()
	i := slices.IndexFunc(got, func(s string) bool { return strings.HasPrefix(s, "user ") })
	if i < 0 || got[i] != "user http://h:1 x" {
		t.Errorf("the user saw %v", got)
	}
	want := []string{
		"init ['environment', 'runner', 'web_ui']", "WorkerRunner 3 True host_1 None", "test_start ['environment']",
		"spawning_complete ['user_count']", "test_stopping ['environment']", "test_stop ['environment']",
		"quitting ['environment']", "quit ['exit_code']",
	}
	if diff := cmp.Diff(want, slices.Delete(got, i, i+1)); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
	for _, text := range []string{"ValueError: broken", "wrong() got an unexpected keyword argument 'environment'", "Unknown message type received: nobody"} {
		if !strings.Contains(r.logged(), text) {
			t.Errorf("the log lacks %q:\n%s", text, r.logged())
		}
	}
	if diff := cmp.Diff([]user.Message{{Type: "pong", Data: map[any]any{"got": map[any]any{"a": []any{int64(1), nil}}, "n": int64(2)}}}, r.sent); diff != "" {
		t.Errorf("sent (-want +got):\n%s", diff)
	}
}

func TestRecord(t *testing.T) {
	t.Parallel()
	r := one(t, 1, 1, `
from locust import User, task, events
seen = []
class U(User):
    @task
    def t(self):
        fire = self.environment.events.request.fire
        fire(request_type="X", name="ok", response_time=1.5, response_length=3, exception=None, context={})
        events.request.add_listener(lambda name, **kw: print("late", name))
        fire(request_type="X", name="bad", response_time=2, response_length=0, exception=ValueError("it's"))
        fire(request_type="X", name="text", response_time=None, response_length=0, exception="plain")
        fire(request_type="X", name="broken", response_time=2)
        with events.request.measure("M", "measured") as meta:
            meta["response_length"] = 7
            raise KeyError("inside")
`)
	type sample struct {
		Name, Failure string
		Length        int64
		Timed         bool
	}
	var got []sample
	for _, q := range r.requests {
		got = append(got, sample{q.Type + " " + q.Name, q.Failure, q.Length, q.ResponseTime != user.NoTime})
	}
	want := []sample{
		{"X ok", "", 3, true}, {"X bad", `ValueError("it's")`, 0, true}, {"X text", "plain", 0, false}, {"M measured", "KeyError('inside')", 7, true},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("recorded (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"late bad", "late text", "late broken", "late measured"}, r.printed()); diff != "" {
		t.Errorf("listeners (-want +got):\n%s", diff)
	}
	if r.requests[0].ResponseTime != 1500*time.Microsecond {
		t.Errorf("response time = %v, want 1.5ms", r.requests[0].ResponseTime)
	}
}

// TestException has the traceback that the master groups by.
func TestException(t *testing.T) {
	t.Parallel()
	r := one(t, 1, 1, `from locust import User, task
def deep(): return {}["k"]
class U(User):
    @task
    def t(self):
        deep()
`)
	want := []user.Exception{{Message: "'k'", Traceback: "  File \"locustfile.py\", line 6, in t\n    deep()\n  File \"locustfile.py\", line 2, in deep\n    def deep(): return {}[\"k\"]\n                       ~~^^^^^\n"}}
	if diff := cmp.Diff(want, r.exceptions); diff != "" {
		t.Errorf("exceptions (-want +got):\n%s", diff)
	}
}

func TestTags(t *testing.T) {
	t.Parallel()
	r := start(t, `
from locust import User, TaskSet, task, tag, constant
class U(User):
    wait_time = constant(0)
    @tag("fast")
    @task
    def a(self): pass
    @task
    def b(self): pass
    @tag("slow", "fast")
    @task
    class S(TaskSet):
        @task
        def c(self): pass
        @tag("no")
        @task
        def d(self): pass
    def on_start(self): print(sorted(t.__name__ for t in U.tasks), [t.__name__ for t in U.S.tasks], self.weight, getattr(self, "extra", None))
`, user.NewLimits(-1, 1))
	r.spawn(t, locust.Job{Classes: map[string]int{"U": 1}, Options: map[string]any{"tags": []any{"fast"}, "exclude_tags": []any{"no"}}})
	r.prints(t, "['S', 'a'] ['c'] 1 None")
	r.Update(locust.Update{Class: "U", Tasks: []string{"a"}, Rest: map[string]any{"weight": int64(3), "extra": map[string]any{"k": []any{"v"}}}})
	r.spawn(t, locust.Job{Classes: map[string]int{"U": 2}})
	r.prints(t, "['a'] ['c'] 3 {'k': ['v']}")
	r.stop(t, 0)
}

// TestTwoCopies has two files of one text run each for itself: no globals, no lock and no listeners in common.
func TestTwoCopies(t *testing.T) {
	t.Parallel()
	seed := int64(42)
	sources, err := Parse([]Source{{Path: "x.py", Remote: true, Text: []byte(`
import random
from locust import User, task, constant, events
print("body", random.random())
pool = ["first", "second"]
@events.test_start.add_listener
def started(environment, **kw): print("test_start")
class U(User):
    wait_time = constant(10)
    def on_start(self): print(pool.pop(0), self.environment.runner.user_classes_count["U"])
    @task
    def t(self): pass
`)}})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"body 0.6394267984578837", "test_start", "first 2", "second 2"}
	for range 2 {
		r := startWith(t, Config{Seed: &seed, Sources: sources}, nil)
		r.spawn(t, locust.Job{Classes: map[string]int{"U": 2}})
		until(t, "two users", func() bool { return len(r.printed()) >= len(want) })
		r.stop(t, 0)
		if diff := cmp.Diff(want, r.printed()); diff != "" {
			t.Errorf("printed (-want +got):\n%s", diff)
		}
	}
}

// TestForkedRandom has a body that seeds random. In one worker that counts; in the processes of locust --processes it does not,
// since a fork begins random anew, but an object of Random is what it was.
func TestForkedRandom(t *testing.T) {
	t.Parallel()
	const text = `
import random
from locust import User, events
random.seed(42)
first, own = random.random(), random.Random(42)
@events.init.add_listener
def init(**kw): print(first, own.random()); print(random.random())
class U(User): pass
`
	next := map[string]bool{}
	for _, forked := range []bool{false, true, true} {
		r := startWith(t, Config{Forked: forked, Sources: []Source{{Path: "x.py", Remote: true, Text: []byte(text)}}}, nil)
		until(t, "init", func() bool { return len(r.printed()) == 2 })
		if got, want := r.printed()[0], "0.6394267984578837 0.6394267984578837"; got != want {
			t.Errorf("forked %v: %s, want %s", forked, got, want)
		}
		if seeded := r.printed()[1] == "0.025010755222666936"; seeded == forked {
			t.Errorf("forked %v: the next number is %s", forked, r.printed()[1])
		}
		next[r.printed()[1]] = true
	}
	if len(next) != 3 {
		t.Errorf("the next numbers are %v, want three", next)
	}
}

func TestLoadErrors(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ why, text, want string }{
		{"a syntax error", "def f(:\n", "SyntaxError: invalid syntax"},
		{"an exception", "import os\nos.environ['NOT_THERE_AT_ALL']\n", "KeyError: 'NOT_THERE_AT_ALL'"},
		{"a module that is not there", "import nowhere\n", "ModuleNotFoundError: No module named 'nowhere'"},
		{"no user class", "from locust import HttpUser\n", "No User class found!"},
		{"only an abstract one", "from locust import User\nclass U(User):\n    abstract = True\n", "No User class found!"},
		{"an exit", "import sys\nsys.exit(7)\n", "sys.exit(7)"},
		{"an endless loop", "while True: pass\n", "TimeoutError"},
	} {
		t.Run(c.why, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			_, err := Load(ctx, Config{Sources: []Source{{Path: "x.py", Text: []byte(c.text), Remote: true}}})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("Load = %v, want %q", err, c.want)
			}
		})
	}
}

// TestExitCode has the ways in which a file chooses the exit code of its worker.
func TestExitCode(t *testing.T) {
	t.Parallel()
	const users = "\nclass U(User):\n    @task\n    def t(self): pass\n"
	r := start(t, "from locust import User, task, events\n@events.init.add_listener\ndef i(environment, **kw): environment.process_exit_code = 5"+users, nil)
	if code := r.quit(t); code != 5 {
		t.Errorf("exit code = %d, want 5", code)
	}
	r = start(t, "import sys\nfrom locust import User, task, events\n@events.test_start.add_listener\ndef i(**kw): sys.exit(6)"+users, nil)
	r.Spawn(locust.Job{Classes: map[string]int{"U": 1}}, func() { t.Error("users were spawned after sys.exit") })
	until(t, "it ends", func() bool { _, ok := r.file.ExitCode(); return ok })
	until(t, "it is idle", r.idle)
	if code, _ := r.file.ExitCode(); code != 6 || r.exits != 1 {
		t.Errorf("ExitCode = %d after %d exits, want 6", code, r.exits)
	}
	if got := r.logged(); !strings.Contains(got, "locust.runners sys.exit(6) called (use log level DEBUG for callstack)") {
		t.Errorf("log = %s, want Locust's line", got)
	}
	r.stop(t, 0)
}

func TestReportToMaster(t *testing.T) {
	t.Parallel()
	r := start(t, `
from locust import User, task, events
@events.report_to_master.add_listener
def on_report(client_id, data): data["mine"] = {"id": client_id, "n": [1, 2.5, None, True]}
class U(User):
    @task
    def t(self): pass
`, nil)
	got, _ := r.attached(t, locust.Regular).(map[string]any)
	want := map[any]any{"id": "host_1", "n": []any{int64(1), 2.5, nil, true}}
	if diff := cmp.Diff(want, got["mine"]); diff != "" {
		t.Errorf("extra (-want +got):\n%s", diff)
	}
	if keys := slices.Sorted(maps.Keys(got)); !slices.Equal(keys, []string{"errors", "mine", "stats", "stats_total", "user_classes_count", "user_count"}) {
		t.Errorf("keys = %v, want Locust's and its own", keys)
	}
	if got := start(t, "from locust import User\nclass U(User): pass\n", nil).attached(t, locust.Regular); got != nil {
		t.Errorf("a file without a listener makes a report: %v", got)
	}
}

// TestReportThatCannotBeSent has values with which a worker of Locust never reports again. The master needs every key.
func TestReportThatCannotBeSent(t *testing.T) {
	t.Parallel()
	r := start(t, `
from locust import User, task, events
@events.report_to_master.add_listener
def on_report(client_id, data):
    data["mine"] = object()
    data["list"] = [1, object(), {"a": object(), "b": 2}]
fire = events.request.fire
class U(User):
    @task
    def t(self):
        fire(request_type="X", name="big", response_time=1e20, response_length=1)
        fire(request_type="X", name="huge", response_time=10**30, response_length=1)
        fire(request_type="X", name="fine", response_time=3, response_length=1)
        print("fired")
`, user.NewLimits(time.Millisecond, 1))
	r.spawn(t, locust.Job{Classes: map[string]int{"U": 1}})
	r.prints(t, "fired")
	got, _ := r.attached(t, locust.Last).(map[string]any)
	rows, _ := got["stats"].([]any)
	total, _ := got["stats_total"].(map[any]any)
	if len(rows) != 3 || total["num_requests"] != int64(3) || total["max_response_time"] != 1e30 {
		t.Errorf("%d rows, total %v, want 3 rows and requests", len(rows), total)
	}
	if _, has := got["mine"]; has || !cmp.Equal(got["list"], []any{int64(1), map[any]any{"b": int64(2)}}) {
		t.Errorf("the file's own = %v, %v, want what of it can be sent", got["mine"], got["list"])
	}
	r.stop(t, 0)
}

func TestConstants(t *testing.T) {
	t.Parallel()
	r := start(t, "import locust.runners\nlocust.runners.HEARTBEAT_INTERVAL = 0.5\nlocust.runners.CONNECT_RETRY_COUNT = 7\nfrom locust import User\nclass U(User): pass\n", nil)
	c := locust.Config{Heartbeat: time.Second, Report: time.Minute}
	r.file.Constants(&c)
	if c.Heartbeat != time.Second/2 || c.ConnectRetries != 7 || c.Report != 3*time.Second {
		t.Errorf("config = %+v", c)
	}
}

// TestHttpUserNeedsHost has Locust's words for it in the Exceptions tab.
func TestHttpUserNeedsHost(t *testing.T) {
	t.Parallel()
	r := start(t, "from locust import HttpUser, task\nclass U(HttpUser):\n    @task\n    def t(self): pass\n", nil)
	r.spawn(t, locust.Job{Classes: map[string]int{"U": 1}})
	until(t, "an exception", func() bool { return r.size() > 0 })
	if len(r.exceptions) != 1 || !strings.HasPrefix(r.exceptions[0].Message, "You must specify the base host.") {
		t.Errorf("exceptions = %v", r.exceptions)
	}
	r.stop(t, 0)
}

// TestNoTasks has Locust's words for a user that can do nothing. It raises again after each wait.
func TestNoTasks(t *testing.T) {
	t.Parallel()
	r := start(t, "from locust import User, constant\nclass U(User):\n    wait_time = constant(100)\n", nil)
	r.spawn(t, locust.Job{Classes: map[string]int{"U": 1}})
	until(t, "an exception", func() bool { return r.size() > 0 })
	r.stop(t, 0)
	want := "No tasks defined on U. Use the @task decorator or set the 'tasks' attribute of the User (or mark it as abstract = True if you only intend to subclass it)"
	if len(r.exceptions) != 1 || r.exceptions[0].Message != want {
		t.Errorf("exceptions = %v, want %q", r.exceptions, want)
	}
}

// TestMonitor has the events that tell what the worker takes.
func TestMonitor(t *testing.T) {
	t.Parallel()
	r := start(t, `
from locust import User, events
@events.usage_monitor.add_listener
def usage(environment, cpu_usage, memory_usage): print("usage", cpu_usage, memory_usage, environment.runner is not None)
@events.cpu_warning.add_listener
def warning(environment, cpu_usage, **kw): print("warning", cpu_usage)
class U(User): pass
`, nil)
	link := r.file.linked()
	link.CPU, link.Memory = func() float64 { return 95 }, func() uint64 { return 7 }
	r.file.Connect(link)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go r.Monitor(ctx, 5*time.Millisecond)
	r.prints(t, "warning 95.0")
	r.prints(t, "usage 95.0 7 True")
}

// TestInterrupt has a listener that takes for ever when the worker is to end, and one after it that still runs.
func TestInterrupt(t *testing.T) {
	t.Parallel()
	r := start(t, `
import time
from locust import User, events
@events.test_start.add_listener
def slow(**kw):
    try:
        time.sleep(1000)
    except BaseException as e:
        print(type(e).__name__)
@events.quitting.add_listener
def bye(**kw): print("bye")
class U(User): pass
`, nil)
	ctx, cancel := context.WithCancel(t.Context())
	defer r.Interrupt(ctx)()
	r.Spawn(locust.Job{Classes: map[string]int{"U": 0}}, func() {})
	cancel()
	r.prints(t, "GreenletExit")
	r.quit(t)
	r.prints(t, "bye")
}

// TestStopTimeoutOfTheFile has a listener that sets environment.stop_timeout: it is how long users may finish, as in Runner.stop,
// and how long the worker then waits before it is ready.
func TestStopTimeoutOfTheFile(t *testing.T) {
	t.Parallel()
	r := start(t, strings.ReplaceAll(slow, "%s", "0.3")+`
from locust import events
@events.test_start.add_listener
def patient(environment, **kw): environment.stop_timeout = 12.5
`, nil)
	r.spawn(t, locust.Job{Classes: map[string]int{"U": 1}})
	r.prints(t, "start")
	r.stop(t, 0)
	if diff := cmp.Diff([]string{"start", "slept", "stop stopping"}, r.printed()); diff != "" || r.StopTimeout() != 12500*time.Millisecond {
		t.Errorf("stop timeout = %v, want 12.5 s; printed (-want +got):\n%s", r.StopTimeout(), diff)
	}
}

func TestBeat(t *testing.T) {
	t.Parallel()
	r := start(t, `
from locust import User, events
@events.init.add_listener
def late(environment, **kw):
    environment.events.heartbeat_received.add_listener(lambda client_id, timestamp: print(client_id, timestamp))
    print("init")
class U(User): pass
`, nil)
	r.prints(t, "init")
	until(t, "it is known", r.file.hears.Load)
	r.Beat(time.Unix(100, 500_000_000))
	r.prints(t, "host_1 100.5")
	if start(t, "from locust import User\nclass U(User): pass\n", nil).file.hears.Load() {
		t.Error("a file without a listener hears heartbeats")
	}
}

// TestMaxSleep has a file that sleeps by hand under GREGARIA_MAX_WAIT.
func TestMaxSleep(t *testing.T) {
	t.Parallel()
	short := time.Millisecond
	r := startWith(t, Config{MaxSleep: &short, Sources: []Source{{Path: "f.py", Remote: true, Text: []byte(`
import time, gevent
from locust import User
time.sleep(1000)
gevent.sleep(1000)
print("slept")
class U(User): pass
`)}}}, nil)
	r.prints(t, "slept")
}
