package cli

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/zeromq/goczmq"

	"gregaria/internal/exitcode"
	"gregaria/internal/locusttest"
	"gregaria/worker/internal/locustfile"
	"gregaria/worker/internal/logging"
)

// output is standard output or standard error of workers.
type output struct {
	mu     sync.Mutex // guards buffer
	buffer bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buffer.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buffer.String()
}

// sorted returns the lines.
func (o *output) sorted() []string {
	return slices.Sorted(strings.SplitSeq(strings.TrimRight(o.String(), "\n"), "\n"))
}

// A router is a master that does as it is told.
type router struct {
	t    *testing.T
	sock *goczmq.Sock
	port int
}

func newRouter(t *testing.T) *router {
	t.Helper()
	sock := goczmq.NewSock(goczmq.Router)
	port, err := sock.Bind("tcp://127.0.0.1:*")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(sock.Destroy)
	return &router{t, sock, port}
}

func (r *router) send(to, kind string, data any) {
	for r.sock.SendFrame([]byte(to), goczmq.FlagMore) != nil {
	}
	for r.sock.SendFrame(locusttest.Encode(kind, data, to), goczmq.FlagNone) != nil {
	}
}

// await receives until so many workers have sent a message of a kind, and returns their names.
func (r *router) await(kind string, workers int) []string {
	r.t.Helper()
	var names []string
	for len(names) < workers {
		id, m := receive(r.t, r.sock)
		if m.NodeID != id {
			r.t.Fatalf("%s of %s from %s", m.Type, m.NodeID, id)
		}
		if m.Type == kind && !slices.Contains(names, id) {
			names = append(names, id)
		}
	}
	return names
}

// accept gives workers their indexes, in the order of their names as they come.
func (r *router) accept(workers int) []string {
	r.t.Helper()
	names := r.await("client_ready", workers)
	for i, name := range names {
		r.send(name, "ack", map[string]any{"index": i})
	}
	r.await("stats", workers)
	return names
}

// workers starts the command and returns its exit code when it has one.
func workers(ctx context.Context, port int, out, errs *output, args ...string) <-chan int {
	code := make(chan int, 1)
	go func() {
		code <- (Program{}).run(ctx, append(args, "--master-port", strconv.Itoa(port)), out, errs)
	}()
	return code
}

func write(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "locustfile.py")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

const listeners = `
from locust import User, task, constant, events
taken = []
@events.init.add_listener
def init(environment, runner, **kw):
    print("init", runner.worker_index)
    runner.register_message("hello", lambda environment, msg, **kw: print("message", runner.worker_index, msg.data))
@events.test_start.add_listener
def start(environment, **kw): print("test_start", environment.runner.worker_index)
@events.quitting.add_listener
def quitting(environment, **kw):
    print("quitting ", end="")
    print(environment.runner.worker_index)
    environment.process_exit_code = 10 + environment.runner.worker_index
class U(User):
    wait_time = constant(100)
    def on_start(self):
        taken.append(1)
        print("user", self.environment.runner.worker_index, len(taken))
    @task
    def t(self): pass
`

// TestWorkersOfOneProcess has three workers of one file: each with a name, an index, listeners and globals of its own.
func TestWorkersOfOneProcess(t *testing.T) {
	r := newRouter(t)
	var out, errs output
	code := workers(t.Context(), r.port, &out, &errs, "--processes", "3", "-f", write(t, listeners))
	names := r.accept(3)
	for i, name := range names {
		r.send(name, "spawn", map[string]any{"user_classes_count": map[string]int{"U": 1}, "timestamp": 1.0 + float64(i), "host": "", "stop_timeout": 0.0, "parsed_options": map[string]any{}})
	}
	r.await("spawning_complete", 3)
	r.send(names[1], "hello", "there")
	for _, name := range names {
		r.send(name, "quit", nil)
	}
	r.await("quit", 3)
	if got := <-code; got != 12 {
		t.Errorf("exit code = %d, want the highest, 12\n%s", got, errs.String())
	}
	want := []string{
		"init 0", "init 1", "init 2", "message 1 there", "quitting 0", "quitting 1", "quitting 2",
		"test_start 0", "test_start 1", "test_start 2", "user 0 1", "user 1 1", "user 2 1",
	}
	if got := out.sorted(); !slices.Equal(got, want) {
		t.Errorf("printed %q, want %q\n%s", got, want, errs.String())
	}
}

// TestSayShared has files that use what processes have for themselves.
func TestSayShared(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"import os\nname = f'out-{os.getpid()}.csv'\n":                      ":2: os.getpid is not",
		"import multiprocessing\n\ncount = multiprocessing.Value('i', 0)\n": ":3: multiprocessing.Value is not",
		"import os\nos.chdir('/tmp')\n":                                     ":2: os.chdir is not",
		"import os  # os.getpid()\nprint(os.getcwd())\n":                    "",
		"# gregaria: master only\nimport os\nos.chdir('/tmp')\n":            "",
	} {
		var out output
		s := &script{sources: []locustfile.Source{{Path: "x.py", Text: []byte(text), Remote: true}}}
		s.sayShared(slog.New(logging.New(&out, "host", slog.LevelInfo)))
		if got := out.String(); !strings.Contains(got, want) || (want == "") != (got == "") {
			t.Errorf("of %q: %q, want %q", text, got, want)
		}
	}
}

// TestOneEndsEarly has a worker that exits by itself while another goes on, as with locust --processes.
func TestOneEndsEarly(t *testing.T) {
	r := newRouter(t)
	var out, errs output
	code := workers(t.Context(), r.port, &out, &errs, "--processes", "2", "-f", write(t, `
import sys
from locust import User, events
@events.init.add_listener
def init(environment, runner, **kw):
    if runner.worker_index == 0:
        runner.register_message("exit", lambda environment, msg, **kw: sys.exit(7))
class U(User): pass
`))
	names := r.accept(2)
	r.send(names[0], "exit", nil)
	r.await("quit", 1)
	r.await("heartbeat", 1)
	select {
	case c := <-code:
		t.Fatalf("exit code %d although one worker still runs", c)
	case <-time.After(200 * time.Millisecond):
	}
	r.send(names[1], "quit", nil)
	if got := <-code; got != 7 {
		t.Errorf("exit code = %d, want 7\n%s", got, errs.String())
	}
}

// TestSignalEndsAll ends the workers by what SIGTERM and SIGINT do.
func TestSignalEndsAll(t *testing.T) {
	r := newRouter(t)
	var out, errs output
	ctx, cancel := context.WithCancel(t.Context())
	code := workers(ctx, r.port, &out, &errs, "--processes", "2", "--compiled")
	r.accept(2)
	cancel()
	r.await("quit", 2)
	if got := <-code; got != exitcode.OK || strings.Count(errs.String(), "Worker stopped") != 2 {
		t.Errorf("exit code = %d, want 0 and two workers that stopped:\n%s", got, errs.String())
	}
}

// TestNoMasterSaidOnce has workers that all give up: no master ever answers.
func TestNoMasterSaidOnce(t *testing.T) {
	t.Setenv("GREGARIA_CONNECT_TIMEOUT", "0.05")
	t.Setenv("GREGARIA_CONNECT_RETRY_COUNT", "1")
	var out, errs output
	code := <-workers(t.Context(), 1, &out, &errs, "--processes=3", "--compiled")
	if code != exitcode.NoMaster || strings.Count(errs.String(), "worker: no answer from the master") != 1 {
		t.Errorf("exit code %d, want 255 and one line of it:\n%s", code, errs.String())
	}
}

// TestLines has texts of two workers that come in pieces.
func TestLines(t *testing.T) {
	t.Parallel()
	var out output
	a, b := &lines{to: &out}, &lines{to: &out}
	for _, w := range []struct {
		to   *lines
		text string
	}{{a, "one "}, {b, "other\nthe "}, {a, "line\n\nand"}, {b, "rest"}} {
		if n, err := w.to.Write([]byte(w.text)); n != len(w.text) || err != nil {
			t.Errorf("Write(%q) = %d, %v", w.text, n, err)
		}
	}
	a.flush()
	b.flush()
	if got, want := out.String(), "other\none line\n\nandthe rest"; got != want {
		t.Errorf("written %q, want %q", got, want)
	}
}

// TestAsking has a worker that says at once what it waits for, what it has read, and what has no effect.
func TestAsking(t *testing.T) {
	t.Chdir(t.TempDir())
	t.Setenv("GREGARIA_CONNECT_TIMEOUT", "0.2")
	t.Setenv("GREGARIA_CONNECT_RETRY_COUNT", "2")
	if err := os.WriteFile("locust.conf", []byte("headless = true\nmaster-port = 1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, errs output
	code := (Program{}).run(t.Context(), []string{"-u", "5", "--master-hots=x"}, &out, &errs)
	if code != exitcode.NoMaster {
		t.Errorf("exit code = %d, want 255", code)
	}
	for _, want := range []string{
		"INFO/gregaria.worker: Options are read from locust.conf\n",
		"INFO/gregaria.worker: Without effect on a worker, the master has the say: --headless (locust.conf: headless = true), -u/--users\n",
		"INFO/gregaria.worker: --master-hots is no option of Locust or of this worker: the locustfile has to add it. Or did you mean --master-host?\n",
		"INFO/gregaria.worker: Asking the master at 127.0.0.1:1 for its locustfile\n",
		"worker: no answer from the master at 127.0.0.1:1",
	} {
		if !strings.Contains(errs.String(), want) {
			t.Errorf("standard error lacks %q:\n%s", want, errs.String())
		}
	}
}

// TestFileOptions has command lines that end before a master is needed.
func TestFileOptions(t *testing.T) {
	file := write(t, `
from locust import User, events
@events.init_command_line_parser.add_listener
def options(parser): parser.add_argument("--my-arg", type=int)
class A(User): pass
class B(User): pass
`)
	page, err := os.ReadFile("../../docs/locustfile.md")
	if err != nil {
		t.Fatal(err)
	}
	_, docsConf, found := strings.Cut(string(page), "    # worker.conf, for: bin/worker --config worker.conf\n")
	docsConf, _, _ = strings.Cut(docsConf, "\n\n")
	if !found || strings.Count(docsConf, " = ") != 4 {
		t.Errorf("docs/locustfile.md has the file %q, want four settings", docsConf)
	}
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{
		"docs.conf":     docsConf,
		"own.conf":      "my-arg = x\n",
		"worker.conf":   "my-arg = 5\njob = " + aJob + "\n--job-timeout = 5m\nstream-data = $.text\nrequest-log = requests.jsonl\nlisten: 127.0.0.1:0\nno-timings = false\n",
		"worker.toml":   "[tool.locust]\njob = [\"" + aJob + "\", \"" + aJob + "\"]\njob-timeout = \"5m\"\n",
		"misspelt.conf": "job-timout = 5m\n",
		"wrong.conf":    "job-timeout = soon\n",
	} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		args      []string
		code      int
		out, errs string
	}{
		{[]string{"--list", "--my-arg", "5"}, exitcode.OK, "Available Users:\n    A\n    B\n", ""},
		{[]string{"--my-arg", "x"}, exitcode.Usage, "", "worker: argument --my-arg: invalid int value: 'x' (see --help)\n"},
		{[]string{"--config", "own.conf"}, exitcode.Usage, "", "worker: own.conf: my-arg = x: argument --my-arg: invalid int value: 'x' (see --help)\n"},
		{[]string{"--config", "worker.conf", "--list"}, exitcode.OK, "Available Users:\n    A\n    B\n", ""},
		{[]string{"--config", "docs.conf", "--list"}, exitcode.OK, "Available Users:\n    A\n    B\n", ""},
		{[]string{"--config", "worker.toml", "--list"}, exitcode.OK, "Available Users:\n    A\n    B\n", ""},
		{[]string{"--config", "misspelt.conf", "--list"}, exitcode.Usage, "", "worker: misspelt.conf: job-timout = 5m: unrecognized arguments: --job-timout=5m\n"},
		{[]string{"--config", "wrong.conf", "--list"}, exitcode.Usage, "", "worker: wrong.conf: job-timeout = soon: argument --job-timeout: Invalid time span format."},
		{[]string{"--my-arq", "5"}, exitcode.Usage, "", "worker: unrecognized arguments: --my-arq\nDid you mean '--my-arg'? (see --help)\n"},
		{[]string{"A", "Z"}, exitcode.Usage, "", "worker: Unknown User(s): Z (see --help)\n"},
		{[]string{"--autoquit", "3"}, exitcode.Usage, "", "worker: --autoquit is only meaningful in combination with --autostart (see --help)\n"},
		{[]string{"--csv-full-history"}, exitcode.Usage, "", "worker: '--csv-full-history' requires '--csv'. (see --help)\n"},
		{[]string{"--master"}, exitcode.Usage, "", "worker: argument --master: The --master argument cannot be combined with --worker"},
	} {
		var out, errs output
		code := (Program{}).run(t.Context(), append([]string{"-f", file, "-L", "WARNING"}, c.args...), &out, &errs)
		if code != c.code || out.String() != c.out || !strings.HasPrefix(errs.String(), c.errs) {
			t.Errorf("%q: exit code %d, want %d\nstandard output %q\nstandard error  %q", c.args, code, c.code, out.String(), errs.String())
		}
	}
}

const failing = `
import logging
from locust import User, task, constant, events
logging.getLogger("mine").warning("from the file")
class U(User):
    wait_time = constant(0.05)
    @task
    def t(self):
        events.request.fire(request_type="GET", name="/", response_time=1, response_length=0, exception=Exception("no"), context={})
`

// TestExitCodeOnError ends a worker by a signal between a failure and the report of it; a stock worker ends with the same code.
// One that its master ends has reported everything.
func TestExitCodeOnError(t *testing.T) {
	t.Setenv("GREGARIA_REPORT_INTERVAL", "60")
	file := write(t, failing)
	for _, c := range []struct {
		signal bool
		args   []string
		want   int
	}{{true, nil, 1}, {true, []string{"--exit-code-on-error=9"}, 9}, {false, nil, 0}} {
		r := newRouter(t)
		var out, errs output
		ctx, cancel := context.WithCancel(t.Context())
		code := workers(ctx, r.port, &out, &errs, append(c.args, "-f", file)...)
		name := r.accept(1)[0]
		r.send(name, "spawn", map[string]any{"user_classes_count": map[string]int{"U": 1}, "timestamp": 1.0, "host": "", "stop_timeout": 0.0, "parsed_options": map[string]any{}})
		r.await("spawning_complete", 1)
		time.Sleep(300 * time.Millisecond)
		if c.signal {
			cancel()
		} else {
			r.send(name, "quit", nil)
		}
		if got := <-code; got != c.want {
			t.Errorf("signal %v, %q: exit code %d, want %d\n%s", c.signal, c.args, got, c.want, errs.String())
		}
		cancel()
	}
}

// TestSkipLogSetup has what the worker says, and what the file logs, as Python's logging does that nobody has set up.
func TestSkipLogSetup(t *testing.T) {
	r := newRouter(t)
	var out, errs output
	ctx, cancel := context.WithCancel(t.Context())
	code := workers(ctx, r.port, &out, &errs, "--skip-log-setup", "-f", write(t, failing))
	r.accept(1)
	cancel()
	<-code
	if strings.Contains(errs.String(), "INFO") || strings.Contains(errs.String(), "Connected") {
		t.Errorf("standard error = %q, want nothing of the worker's", errs.String())
	}
}
