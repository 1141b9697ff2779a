package locustfile

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gregaria/internal/locusttest"
	"gregaria/worker/internal/engine"
	"gregaria/worker/internal/locust"
	"gregaria/worker/internal/stats"
	"gregaria/worker/user"
)

// recorded is what stock Locust did with a file of testdata/worker: see record.py there.
type recorded struct {
	Printed []string         `json:"printed"`
	Code    int              `json:"code"`
	Reports []map[string]any `json:"reports"`
}

type usage struct{}

func (usage) CPU() float64   { return 0 }
func (usage) Memory() uint64 { return 0 }

// A conversation is a file under a session with a master in memory.
type conversation struct {
	*rig
	t      *testing.T
	master *locusttest.Master
	ended  chan error
	got    recorded
}

// converse starts a worker with a file.
func converse(t *testing.T, name, text string) *conversation {
	t.Helper()
	r := &rig{stats: stats.New(2)}
	r.shard = r.stats.Shard()
	var err error
	r.file, err = Load(t.Context(), Config{Sources: []Source{{Path: name + ".py", Text: []byte(text), Remote: true}}, Stdout: r, Log: r.log, Level: levelInfo})
	if err != nil {
		t.Fatal(err)
	}
	e := engine.New(r.file.Classes(), engine.Services{
		Shard: r.stats.Shard, Report: r.report, Send: r.send,
	}, slog.New(slog.DiscardHandler))
	r.Crew = NewCrew(r.file, e)
	v := &conversation{rig: r, t: t, master: locusttest.New(), ended: make(chan error, 1)}
	s := locust.New(locust.Config{
		NodeID: "host_1", Version: "2.47.0", Heartbeat: time.Second, Report: 3 * time.Second, ConnectTimeout: time.Second,
		Acknowledged: r.Connected, Spawned: r.Spawned, Other: r.Heard, Attach: r.Attach, Beat: r.Beat, Ready: r.Ready,
		Quitting: r.Quitting, StopTimeout: r.StopTimeout, Log: slog.New(slog.DiscardHandler),
	}, v.master, r.Crew, r.stats, usage{})
	r.file.Connect(Link{
		NodeID: "host_1", Recorder: r.shard, Exception: func(user.Exception) {}, Send: r.send, Stats: r.stats, Quit: s.Leave, Exit: s.Exit,
		Stop: func() { r.Stop(0, func() {}) },
	})
	go func() { v.ended <- s.Run(t.Context()) }()
	return v
}

// await waits for a message of the worker.
func (v *conversation) await(kind string) {
	v.t.Helper()
	until(v.t, "a message "+kind, func() bool { return v.has(kind) })
}

// has takes the messages since the last look, and says whether one is of that kind.
func (v *conversation) has(kind string) bool {
	found := false
	for _, m := range v.master.Take(false) {
		v.got.take(m)
		found = found || m.Type == kind
	}
	return found
}

func (v *conversation) spawn(at float64) {
	v.master.Say("spawn", map[string]any{
		"timestamp": at, "user_classes_count": map[string]int{"U": 1}, "host": "http://h", "stop_timeout": 0.0,
		"parsed_options": map[string]any{"tags": nil},
	})
}

// settle waits until the file prints nothing more.
func (v *conversation) settle() { until(v.t, "the file is done", v.idle) }

// end waits for the end of the worker.
func (v *conversation) end() recorded {
	v.t.Helper()
	select {
	case err := <-v.ended:
		if err != nil {
			v.t.Error(err)
		}
	case <-time.After(10 * time.Second):
		v.t.Error("the worker does not end")
	}
	v.Farewell()
	v.has("")
	v.got.Code, _ = v.file.ExitCode()
	v.got.Printed = v.printed()
	return v.got
}

// played runs a file as record.py does.
func played(t *testing.T, name string) recorded {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata/worker", name+".py"))
	if err != nil {
		t.Fatal(err)
	}
	v := converse(t, name, string(text))
	spawn := func(at float64) {
		v.spawn(at)
		v.await("spawning_complete")
		v.settle()
		v.master.Say("spawning_complete", map[string]any{"user_count": 1})
		v.settle()
	}
	v.await("stats")
	spawn(1)
	v.master.Say("stop", nil)
	v.await("client_ready")
	spawn(2)
	v.master.Say("quit", nil)
	return v.end()
}

// take keeps a report that holds something.
func (r *recorded) take(m locusttest.Message) {
	if m.Type != "stats" {
		return
	}
	data := written(m.Data).(map[string]any)
	if len(data["stats"].([]any)) > 0 || len(data["errors"].(map[string]any)) > 0 {
		r.Reports = append(r.Reports, data)
	}
}

// written is data as record.py writes it.
func written(v any) any {
	switch v := v.(type) {
	case map[any]any:
		out := map[string]any{}
		for k, e := range v {
			switch name := fmt.Sprint(k); name {
			case "start_time", "last_request_timestamp", "first_seen", "last_seen", "num_reqs_per_sec", "num_fail_per_sec":
			default:
				out[name] = written(e)
			}
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = written(e)
		}
		return out
	case []byte:
		return "b'" + string(v) + "'"
	case int64:
		return float64(v)
	case float64:
		return floatText(v)
	}
	return v
}

// floatText is Python's repr.
func floatText(f float64) string {
	if math.IsInf(f, 0) || math.IsNaN(f) {
		return strings.TrimPrefix(strings.ToLower(strconv.FormatFloat(f, 'g', -1, 64)), "+")
	}
	text := strconv.FormatFloat(f, 'g', -1, 64)
	if !strings.ContainsAny(text, ".e") {
		text += ".0"
	}
	return text
}

// TestWorker compares a worker with a stock one that had the same file and the same master: what the file prints of its events
// and statistics, what is reported of them, with the types of the numbers, and the exit code.
func TestWorker(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"events", "fire", "patched", "stats"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			golden, err := os.ReadFile(filepath.Join("testdata/worker", name+".json"))
			if err != nil {
				t.Fatal(err)
			}
			var want recorded
			if err := json.Unmarshal(golden, &want); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, played(t, name), cmp.Comparer(nearly)); diff != "" {
				t.Errorf("Locust -, ours +\n%s", diff)
			}
		})
	}
}

// nearly compares the texts of floats whose sums were made in another order.
func nearly(a, b string) bool {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	if errX != nil || errY != nil || math.IsNaN(x) || math.IsInf(x, 0) {
		return a == b
	}
	return math.Abs(x-y) <= 1e-12*math.Abs(x)
}

// TestEnds has what a worker ends with, and what its listeners hear of the end, where something raises or calls sys.exit. Code and
// lines are those of stock Locust 2.47.0 with the same file and a master that spawns one user, sends a message and quits.
func TestEnds(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("testdata/worker/ends.py")
	if err != nil {
		t.Fatal(err)
	}
	const after = "test_stop 1 1.0|quitting 0 0.0 0|quit "
	tests := map[string]struct {
		code  int
		lines string // from test_stop on
		log   string
	}{
		"test_start_exit":      {42, "", "sys.exit(42) called (use log level DEBUG for callstack)"},
		"test_start_exit_text": {1, "", "sys.exit(bye) called"},
		"test_start_exit_none": {0, "", "sys.exit() called"},
		"test_start_raise":     {2, after + "2", "Uncaught exception in event handler"},
		"greenlet_raise":       {0, after + "0", ""},
		"greenlet_exit":        {43, "", ""},
		"timer_raise":          {0, after + "0", ""},
		"thread_raise":         {0, after + "0", ""},
		"thread_exit":          {0, after + "0", ""},
		"init_raise":           {1, "", "Uncaught exception in event handler"},
		"init_exit":            {44, "", ""},
		"message_raise":        {0, after + "0", "Uncaught exception in handler for hello"},
		"message_exit":         {45, "", "sys.exit(45) called"},
		"message_conc_raise":   {0, after + "0", ""},
		"test_stop_code":       {7, after + "7", ""},
		"test_stop_exit":       {46, "test_stop 1 1.0", "sys.exit(46) called"},
		"test_stop_raise":      {2, after + "2", "Uncaught exception in event handler"},
		"quitting_code":        {8, after + "8", "Shutting down (exit code 8)"},
		"quitting_exit":        {47, "test_stop 1 1.0|quitting 0 0.0 0", ""},
		"quitting_raise":       {2, after + "2", "Uncaught exception in event handler"},
		"quit_exit":            {48, after + "0", "Shutting down (exit code 0)"},
		"quit_raise":           {0, after + "0", "Uncaught exception in event handler"},
		"request_raise":        {2, after + "2", "Uncaught exception in event handler"},
		"request_exit":         {49, "", ""},
		"heartbeat_exit":       {50, "", "sys.exit(50) called"},
		"report_raise":         {2, after + "2", "Uncaught exception in event handler"},
		"ctor_raise":           {2, "test_stop 0 0.0|quitting 0 0.0 0|quit 2", "ValueError: ctor"},
		"ctor_exit":            {51, "", "sys.exit(51) called"},
		"on_start_raise":       {0, "test_stop 0 0.0|quitting 0 0.0 0|quit 0", ""},
		"on_start_exit":        {52, "", ""},
		"on_stop_raise":        {0, after + "0", ""},
		"task_exit":            {53, "", ""},
		"task_base":            {0, after + "0", ""},
		"task_quit":            {1, "test_stop 1 1.0|quitting 1 1.0 1|quit 1", "Shutting down (exit code 1)"},
		"task_stop":            {0, after + "0", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := converse(t, "ends", strings.Replace(string(text), `"CASE"`, `"`+name+`"`, 1))
			until(t, "it is connected", func() bool { return v.has("stats") || len(v.ended) > 0 })
			v.settle()
			v.spawn(1)
			time.Sleep(100 * time.Millisecond)
			v.settle()
			if strings.HasPrefix(name, "message") {
				v.master.Say("hello", 1)
				v.settle()
			}
			v.master.Say("quit", nil)
			got := v.end()
			lines := strings.Join(got.Printed, "|")
			if i := strings.Index(lines, "test_stop "); i >= 0 {
				lines = lines[i:]
			} else {
				lines = ""
			}
			if got.Code != tt.code || lines != tt.lines {
				t.Errorf("exit code %d, printed %q; Locust's %d, %q", got.Code, lines, tt.code, tt.lines)
			}
			if !strings.Contains(v.logged(), tt.log) || tt.code > 40 && tt.log == "" && strings.Contains(v.logged(), "sys.exit") {
				t.Errorf("the log has %q, want %q", v.logged(), tt.log)
			}
		})
	}
}
