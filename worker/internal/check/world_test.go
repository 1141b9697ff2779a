package check

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/python/stdlib"
)

// poor is a worker's locust that lacks much.
var poor = map[string]string{
	"locust": `
class Hook:
    def add_listener(self, fn): return fn
class Events:
    def __init__(self): self.request, self.test_start = Hook(), Hook()
events = Events()
class User:
    def context(self): return {}
class HttpUser(User):
    def __init__(self, environment): self.environment, self.client = environment, None
class TaskSet:
    def interrupt(self): pass
def task(fn): return fn
`,
	"locust.clients": `
class HttpSession:
    def get(self, url, name=None, catch_response=False): pass
class ResponseContextManager:
    def __init__(self): self.status_code = 0
    def json(self): pass
`,
	"locust.env": "class Environment:\n    def __init__(self): self.host, self.runner = None, None\n",
}

func poorModules() map[string]Maker {
	m := stdlib.Modules()
	for name, text := range poor {
		m[name] = func(t *python.Thread) (*python.Module, error) {
			return t.LoadSource(name, "<stdlib>/"+strings.ReplaceAll(name, ".", "/")+".py", []byte(text))
		}
	}
	return m
}

// What Locust has and the worker's own locust module lacks is an error.
func TestOwnLocust(t *testing.T) {
	t.Parallel()
	source := `from locust import HttpUser, TaskSet, task, events, between
import locust.runners
class A(HttpUser):
    @task
    def a(self):
        self.client.get("/", name="n")
        self.client.get("/", name="n", json={})
        self.client.mount("x", None)
        with self.client.get("/", catch_response=True) as r:
            print(r.status_code, r.json(), r.content)
        print(self.environment.host, self.environment.tags)
        self.environment.host = "x"
        self.wait()
        self.context()
class B(TaskSet):
    def b(self):
        self.interrupt()
        self.schedule_task(self.b)
@events.test_start.add_listener
def c(environment, **kw): pass
@events.test_stop.add_listener
def d(environment, **kw): pass
def e(thing): thing.pop_request_name(); thing.total_rps
e(1)
`
	got, err := Files(Config{Modules: poorModules()}, "f.py", []byte(source))
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, f := range got {
		if !strings.Contains(f.Text, "timeout") {
			lines = append(lines, strings.TrimSuffix(f.String(), "; "+remedy))
		}
	}
	want := []string{
		"f.py:1: import of between from locust: this worker's locust has no such name",
		"f.py:2: import of locust.runners: this worker's locust has no such submodule",
		"f.py:7: keyword json of self.client.get: this worker does not take it",
		"f.py:8: mount of the client of an HttpUser: this worker does not have it",
		"f.py:10: content of the response of an HttpUser: this worker does not have it",
		"f.py:13: wait of self: this worker does not have it",
		"f.py:18: schedule_task of self: this worker does not have it",
		"f.py:21: events.test_stop: this worker does not have this event",
	}
	if d := cmp.Diff(want, lines); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// Objects made in Go do not show their attributes by their class; the configuration tells.
func TestAttributes(t *testing.T) {
	t.Parallel()
	source := []byte("def f(environment: Environment): print(environment.tags, environment.exclude_tags)\nf(1)\n")
	for _, c := range []struct {
		attributes func(string) []string
		want       string
	}{
		{nil, ""},
		{func(string) []string { return []string{"tags"} }, "f.py:1: exclude_tags of the environment: this worker does not have it; " + remedy},
	} {
		got, err := Files(Config{Modules: poorModules(), Attributes: c.attributes}, "f.py", source)
		if err != nil {
			t.Fatal(err)
		}
		text := ""
		for _, f := range got {
			text += f.String()
		}
		if text != c.want {
			t.Errorf("Files = %q, want %q", text, c.want)
		}
	}
}

// The probes run in the interpreter: objects of every kind answer.
func TestProbes(t *testing.T) {
	t.Parallel()
	w := newWorld(Config{})
	defer w.close()
	w.probe()
	if w.err != nil {
		t.Fatal(w.err)
	}
	for name, want := range map[string]bool{
		"removesuffix": true, "setdefault": true, "errno": true, "send": true, "with_traceback": true, "readline": true,
		"code": true, "nothing_of_that": false,
	} {
		if got := w.builtin(name); got != want {
			t.Errorf("builtin(%s) = %v, want %v", name, got, want)
		}
	}
	if n := len(w.probes); n < 30 {
		t.Errorf("%d probes, want all", n)
	}
}

// Every name that the code asks the reference for is in it.
func TestReference(t *testing.T) {
	t.Parallel()
	r := newReference()
	for what, ok := range map[string]bool{
		"module":   has(r.documented["random"], "choice"),
		"also":     has(r.also["json"], "codecs"),
		"class":    has(r.classes["locust.clients.HttpSession"], "rename_request"),
		"instance": has(r.instances["locust.env.Environment"], "process_exit_code"),
		"keywords": has(r.keywords["client.http"], "catch_response") && !has(r.keywords["client.fast"], "verify"),
		"event":    has(r.events["request"], "response_time") && has(r.events["init"], "web_ui"),
		"builtins": has(r.classes["builtins.str"], "casefold"),
	} {
		if !ok {
			t.Errorf("the reference lacks its %s", what)
		}
	}
	for _, k := range []kind{environment, runner, statistics, entry, client, response} {
		for _, class := range classesOf(entity{kind: k}) {
			if _, known := r.class(class, ""); !known {
				t.Errorf("the reference does not know %s", class)
			}
		}
	}
}

func TestInventory(t *testing.T) {
	t.Parallel()
	inv, err := Inventory(Config{Modules: modules()})
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]ModuleInventory{}
	for _, m := range inv {
		found[m.Name] = m
	}
	s := found["statistics"]
	if !has(" "+strings.Join(s.Has, " ")+" ", "mean") || !has(" "+strings.Join(s.Lacks, " ")+" ", "median") ||
		!has(" "+strings.Join(s.Lacks, " ")+" ", "NormalDist.inv_cdf") || !s.Known {
		t.Errorf("Inventory of statistics = %+v", s)
	}
	if lacks := strings.Join(found["json"].Lacks, " "); strings.Contains(lacks, "JSONDecodeError.args") {
		t.Errorf("json lacks %s, and exceptions have args", lacks)
	}
	if n := len(found["random"].Has); n < 15 || len(found) < 40 {
		t.Errorf("Inventory of %d modules, random has %v", len(found), found["random"].Has)
	}
}

// A placeholder lets the file load; whoever uses it fails as if the module were missing.
func TestPlaceholders(t *testing.T) {
	t.Parallel()
	source := []byte("import nosuch.deep as d\nfrom nosuch import thing\nfrom locust import events\n@events.test_stop.add_listener\ndef f(environment):\n  thing.call()\n  d.x()\n")
	findings, err := Files(Config{Modules: modules()}, "f.py", source)
	if err != nil || len(findings) != 2 {
		t.Fatal(findings, err)
	}
	m := Placeholders(findings)
	if m["nosuch"] == nil || m["nosuch.deep"] == nil {
		t.Fatalf("Placeholders = %v", m)
	}
	th := python.New(python.Options{Modules: m}).NewThread()
	th.Lock()
	defer th.Unlock()
	if _, err := th.Exec("m", "m.py", []byte("import nosuch.deep as d\nfrom nosuch import thing\n")); err != nil {
		t.Fatal(th.Traceback(err))
	}
	for _, use := range []string{"thing.call()", "thing()", "d.x()", "d.x.y"} {
		_, err := th.Exec("m", "m.py", []byte("import nosuch.deep as d\nfrom nosuch import thing\n"+use+"\n"))
		if err == nil || !python.AsException(err).IsA(python.ModuleNotFoundError) {
			t.Errorf("%s = %v, want ModuleNotFoundError", use, err)
		}
	}
}
