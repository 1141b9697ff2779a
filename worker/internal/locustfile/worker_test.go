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

// played runs a file under a session with a master in memory, which says what record.py says.
func played(t *testing.T, name string) recorded {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata/worker", name+".py"))
	if err != nil {
		t.Fatal(err)
	}
	r := &rig{stats: stats.New(2)}
	r.shard = r.stats.Shard()
	r.file, err = Load(t.Context(), Config{Sources: []Source{{Path: name + ".py", Text: text, Remote: true}}, Stdout: r, Log: r.log, Level: levelInfo})
	if err != nil {
		t.Fatal(err)
	}
	e := engine.New(r.file.Classes(), engine.Services{
		Shard: r.stats.Shard, Report: r.report, Send: r.send,
	}, slog.New(slog.DiscardHandler))
	c := NewCrew(r.file, e)
	master := locusttest.New()
	s := locust.New(locust.Config{
		NodeID: "host_1", Version: "2.47.0", Heartbeat: time.Second, Report: 3 * time.Second, ConnectTimeout: time.Second,
		Acknowledged: c.Connected, Spawned: c.Spawned, Other: c.Heard, Attach: c.Attach, Beat: c.Beat, Ready: c.Ready,
		Quitting: c.Quitting, StopTimeout: c.StopTimeout, Log: slog.New(slog.DiscardHandler),
	}, master, c, r.stats, usage{})
	r.file.Connect(Link{
		NodeID: "host_1", Recorder: r.shard, Exception: func(user.Exception) {}, Send: r.send, Stats: r.stats, Quit: s.Leave, Exit: s.Exit,
	})
	ended := make(chan error, 1)
	go func() { ended <- s.Run(t.Context()) }()
	var got recorded
	await := func(kind string) {
		t.Helper()
		until(t, "a message "+kind, func() bool {
			found := false
			for _, m := range master.Take(false) {
				got.take(m)
				found = found || m.Type == kind
			}
			return found
		})
	}
	spawn := func(at float64) {
		master.Say("spawn", map[string]any{
			"timestamp": at, "user_classes_count": map[string]int{"U": 1}, "host": "http://h", "stop_timeout": 0.0,
			"parsed_options": map[string]any{"tags": nil},
		})
		await("spawning_complete")
		until(t, "the task is done", r.idle)
		master.Say("spawning_complete", map[string]any{"user_count": 1})
		until(t, "the listeners are done", r.idle)
	}
	await("stats")
	spawn(1)
	master.Say("stop", nil)
	await("client_ready")
	spawn(2)
	master.Say("quit", nil)
	await("quit")
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	c.Farewell()
	got.Code, _ = r.file.ExitCode()
	got.Printed = r.printed()
	return got
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
	for _, name := range []string{"events", "fire", "stats"} {
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
