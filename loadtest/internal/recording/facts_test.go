package recording_test

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/recording"
)

// TestFacts: what is written is read, and nothing is left beside it.
func TestFacts(t *testing.T) {
	t.Parallel()
	facts := recording.Facts{
		Began: recording.Epoch(time.UnixMilli(1_790_000_000_250)), Ended: 1_790_000_060.5,
		Info: analysis.Info{Host: "http://api", Users: 5, Steps: []int{1, 2}, Offsets: map[string]float64{"db": -0.25}, Notes: []string{"a note"}},
	}
	worker := recording.Worker{Name: "w"}
	worker.Lose(1_790_000_000)
	worker.See(1_790_000_001, 12.34)
	worker.See(1_790_000_002, 12.34)
	worker.Lose(1_790_000_004)
	worker.Lose(1_790_000_005)
	worker.See(1_790_000_006, 50)
	facts.Workers = []recording.Worker{worker}
	facts.WorkersCPU.See(1_790_000_005, 120)
	path := filepath.Join(t.TempDir(), "run.json")
	for range 2 {
		if err := facts.Write(path); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	got, err := recording.ParseFacts(data)
	if err != nil {
		t.Fatal(err)
	}
	facts.Version = recording.Version
	facts.Workers = []recording.Worker{{Name: "w", Usage: []recording.Usage{{Second: 1_790_000_001, CPU: 12.3}, {Second: 1_790_000_004, CPU: math.NaN()}, {Second: 1_790_000_006, CPU: 50}}}}
	same := cmp.Comparer(func(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) })
	if diff := cmp.Diff(facts, got, same); diff != "" {
		t.Errorf("want -, got +\n%s", diff)
	}
	if left, _ := filepath.Glob(path + "*"); len(left) != 1 {
		t.Errorf("files %q", left)
	}
	for text, says := range map[string]string{
		"": "unexpected end", "[]": "cannot unmarshal", `{"version":2}`: "version 2", `{"version":1,"began":1790000000000}`: "no time", `{"version":1,"began":1790000000,"ended":5}`: "no time",
		`{"version":1,"workers":[{"name":"w","cpu":[[1]]}]}`: "a second and percent",
	} {
		if _, err := recording.ParseFacts([]byte(text)); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("ParseFacts(%s) = %v, want %q", text, err, says)
		}
	}
}

// TestFactsInTheWay: facts that cannot be written leave nothing behind, and what lies beside them stays.
func TestFactsInTheWay(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "run_20260921_140000.json")
	if err := os.MkdirAll(filepath.Join(path, "full"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path+".new", []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := (recording.Facts{}).Write(path); err == nil {
		t.Error("Write over a folder = nil, want an error")
	}
	if mine, err := os.ReadFile(path + ".new"); err != nil || string(mine) != "mine" {
		t.Errorf("the file beside it is %q, %v", mine, err)
	}
	if left, _ := filepath.Glob(path + "*"); len(left) != 2 {
		t.Errorf("it left %q", left)
	}
}

// TestWorkers: what a worker told holds until it tells anew, is missing, or the load ends.
func TestWorkers(t *testing.T) {
	t.Parallel()
	run := open(t, files{
		"stats_20260921_140000_stats_history.csv": history([3]int{0, 0, 0}, [3]int{1, 2, 2}, [3]int{8, 2, 2}, [3]int{9, 0, 2}),
		"run_20260921_140000.json":                `{"version":1,"began":1001.5,"ended":1008.2,"workers":[{"name":"w","cpu":[[1002,40],[1004,null],[1006,50.5]]},{"name":"early","cpu":[[3,1],[99999,2]]}],"workers_cpu":{"cpu":[[1003,130]]},"run":{"host":"http://api"}}`,
	}.in(t))
	if got, want := shown(run.WorkersCPU.Values), "- - - 130 130 130 130 130 130 -"; got != want || run.WorkersCPU.Column != "workers_cpu" {
		t.Errorf("all workers: %s in %q, want %s", got, run.WorkersCPU.Column, want)
	}
	if len(run.Workers) != 2 || run.Workers[0].Name != "w" || run.Workers[0].CPU.File != "run_20260921_140000.json" {
		t.Fatalf("workers %+v", run.Workers)
	}
	for i, want := range []string{"- - 40 40 - - 50.5 50.5 50.5 -", "1 1 1 1 1 1 1 1 1 -"} {
		if got := shown(run.Workers[i].CPU.Values); got != want {
			t.Errorf("worker %d: %s, want %s", i, got, want)
		}
	}
}
