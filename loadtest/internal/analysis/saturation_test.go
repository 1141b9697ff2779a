package analysis_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/analysis/analysistest"
)

// A target is one that is built to saturate, and what a report may say of it.
type target struct {
	name  string
	queue analysistest.Queue
	// culprit are words that the title has where it names what saturated; "" where nothing may be named.
	culprit string
	// pool is how many requests are worked on at once, 0 where that is not to be said.
	pool int
	// says are words that the finding has to have in each run.
	says string
	// suspect says that the generator has to be named, and only then may it be.
	suspect bool
	// right is how many of the runs have to be right, as a share; the others are not clear. None may be wrong.
	right float64
}

// targets are those of the table in docs/findings.md.
func targets() []target {
	base := func(q analysistest.Queue) analysistest.Queue {
		q.Ramp, q.Steady, q.Settle, q.Think = 60, 60, 10, 1000
		q.Level, q.Noise, q.Worker = 30, 8, 0.5
		return q
	}
	return []target{
		{"one thread on two cores", base(analysistest.Queue{Users: 80, Service: 25, Servers: 1, Cores: 2, Limit: analysistest.Thread, Worker: 5}), "One thread of uvicorn", 1, "", false, 0.9},
		{"all cores", base(analysistest.Queue{Users: 160, Service: 50, Servers: 4, Limit: analysistest.CPU}), "CPU of the machine", 4, "", false, 0.9},
		{"quota of half a core", base(analysistest.Queue{Users: 80, Service: 25, Servers: 1, Limit: analysistest.Quota}), "CPU quota", 1, "", false, 0.8},
		{"memory", base(analysistest.Queue{Users: 80, Service: 50, Servers: 2, Limit: analysistest.Memory}), "emory of the container", 2, "", false, 0.5},
		{"GPU", base(analysistest.Queue{Users: 60, Service: 50, Servers: 1, Limit: analysistest.GPU}), "GPU 0", 1, "", false, 0.9},
		{"disk", base(analysistest.Queue{Users: 80, Service: 100, Servers: 4, Limit: analysistest.Disk}), "isk sda", 4, "", false, 0.7},
		{"listen queue", base(analysistest.Queue{Users: 120, Service: 100, Servers: 4, Limit: analysistest.Listen, Backlog: 8}), "listen queue", 4, "", false, 0.5},
		{"open files", base(analysistest.Queue{Users: 80, Service: 50, Servers: 2, Limit: analysistest.Files}), "open files", 2, "", false, 0.5},
		{"a lock", base(analysistest.Queue{Users: 80, Service: 25, Servers: 1}), "", 1, "no measured resource was at its limit", false, 1},
		{"a pool of 4", base(analysistest.Queue{Users: 100, Service: 100, Servers: 4}), "", 4, "no measured resource was at its limit", false, 1},
		{"a pool of 10", base(analysistest.Queue{Users: 120, Service: 150, Servers: 10}), "", 10, "no measured resource was at its limit", false, 1},
		{"the generator", base(analysistest.Queue{Users: 120, Service: 20, Servers: 1, OneWorker: true}), "", 1, "", true, 1},
		{"nothing at all", base(analysistest.Queue{Users: 60, Service: 50, Servers: 100}), "", 0, "Nothing saturated", false, 1},
		{"one thread, in steps", base(analysistest.Queue{Steps: []int{10, 20, 40, 80}, StepSeconds: 30, Service: 25, Servers: 1, Limit: analysistest.Thread}), "One thread of uvicorn", 1, "", false, 0.9},
		{"one thread, no ramp", func() analysistest.Queue {
			q := base(analysistest.Queue{Users: 80, Service: 25, Servers: 1, Limit: analysistest.Thread})
			q.Ramp = 1
			return q
		}(), "One thread of uvicorn", 0, "thread of uvicorn was at its limit", false, 0},
		{"one thread, on another machine", base(analysistest.Queue{Users: 80, Service: 25, Servers: 1, Limit: analysistest.Thread, Remote: true, Network: 20}), "One thread of uvicorn", 1, "", false, 0.9},
		{"a pool, no monitor", base(analysistest.Queue{Users: 100, Service: 100, Servers: 4, NoMonitor: true}), "", 4, "No monitor", false, 1},
		{"one thread, no timings", base(analysistest.Queue{Users: 80, Service: 25, Servers: 1, Limit: analysistest.Thread, NoTimings: true}), "One thread of uvicorn", 1, "", false, 0.9},
		{"one thread, slow requests", base(analysistest.Queue{Users: 40, Service: 250, Servers: 1, Limit: analysistest.Thread}), "One thread of uvicorn", 1, "", false, 0.3},
		{"one thread, uneven requests", base(analysistest.Queue{Users: 80, Service: 25, Spread: 1, Servers: 1, Limit: analysistest.Thread}), "One thread of uvicorn", 1, "", false, 0.8},
		{"one thread, too little load", base(analysistest.Queue{Users: 20, Service: 25, Servers: 1, Limit: analysistest.Thread}), "", 0, "", false, 0.9},
		{"one thread, errors in the middle", base(analysistest.Queue{Users: 80, Service: 25, Servers: 1, Limit: analysistest.Thread, FailFrom: 70}), "One thread of uvicorn", 1, "", false, 0.9},
		{"one thread, a rate", base(analysistest.Queue{Users: 100, Rate: 60, Service: 25, Servers: 1, Limit: analysistest.Thread}), "One thread of uvicorn", 0, "thread of uvicorn", false, 0.9},
	}
}

// find is the first finding of a kind.
func find(t *testing.T, f analysis.Findings, kind string) analysis.Finding {
	t.Helper()
	i := slices.IndexFunc(f.Findings, func(f analysis.Finding) bool { return f.Kind == kind })
	if i < 0 {
		t.Fatalf("no finding of the kind %s among %+v", kind, f.Findings)
	}
	return f.Findings[i]
}

// judge says whether a report is right, not clear or wrong about a target.
func judge(t *testing.T, target target, f analysis.Findings) string {
	t.Helper()
	s := find(t, f, analysis.KindSaturation)
	named := target.culprit != "" && strings.Contains(s.Title, target.culprit)
	for _, k := range []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13} { // a wrong shape is wrong wherever it is said
		shape := fmt.Sprintf("a pool of %d", k)
		if k == 1 {
			shape = "one request at a time"
		}
		for _, finding := range f.Findings {
			if k != target.pool && (strings.Contains(finding.Text, shape+":") || strings.Contains(finding.Title, shape)) {
				return "wrong: " + finding.Title + ": " + finding.Text
			}
		}
	}
	if g := find(t, f, analysis.KindGenerator); (g.Level == analysis.Warn) != target.suspect {
		return "wrong: " + g.Title + ": " + g.Text
	}
	switch {
	case target.says != "" && !strings.Contains(s.Title+" "+s.Text, target.says):
		return "wrong: " + s.Title + ": " + s.Text
	case target.culprit == "" && target.pool > 0 && !s.Clear:
		return "right"
	case target.culprit == "" && target.pool == 0 && s.Clear && s.Level == analysis.Good:
		return "right"
	case s.Clear && named && s.Level == analysis.Bad:
		return "right"
	case !s.Clear:
		return "not clear"
	}
	return "wrong: " + s.Title + ": " + s.Text
}

// TestSaturation has what saturated first said of targets built to saturate: right, or not clear, and never wrong.
func TestSaturation(t *testing.T) {
	t.Parallel()
	seeds := 50
	if testing.Short() {
		seeds = 5
	}
	table := make([]string, len(targets()))
	t.Run("targets", func(t *testing.T) {
		for i, target := range targets() {
			t.Run(target.name, func(t *testing.T) {
				t.Parallel()
				counts := map[string]int{}
				for seed := range seeds {
					target.queue.Seed = uint64(seed)
					said := judge(t, target, analysis.Of(target.queue.Run(), analysis.Options{}))
					word, _, wrong := strings.Cut(said, ":")
					counts[word]++
					if wrong {
						t.Errorf("seed %d: %s", seed, said)
					}
				}
				if least := int(target.right * float64(seeds)); counts["right"] < least {
					t.Errorf("%d of %d are right, want %d", counts["right"], seeds, least)
				}
				table[i] = fmt.Sprintf("| %s | %d | %d | %d |", target.name, counts["right"], counts["not clear"], counts["wrong"])
			})
		}
	})
	text, err := os.ReadFile("../../../docs/findings.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range table {
		if !testing.Short() && !strings.Contains(string(text), row+"\n") {
			t.Errorf("docs/findings.md has another row than %s", row)
		}
	}
	t.Logf("of %d seeds each:\n| target | right | not clear | wrong |\n|---|---|---|---|\n%s", seeds, strings.Join(table, "\n"))
}

// TestHealthyRuns: of servers that have room, whatever ramp and waits, nothing is said to saturate, and of most of them that nothing does: that users begin with a request
// is no turn.
func TestHealthyRuns(t *testing.T) {
	t.Parallel()
	good, all := 0, 0
	for i, users := range []int{40, 100, 200} {
		for _, ramp := range []int{4, 8, 20, 40} {
			for _, think := range []float64{500, 2000, 5000, 10000} {
				for _, use := range []float64{0.1, 0.3, 0.5, 0.7} {
					q := analysistest.Queue{Seed: uint64(i), Users: users, Ramp: ramp, Steady: 60, Settle: 10, Think: think, Servers: 1, Level: 30, Noise: 8, Worker: 0.5}
					q.Service = use * think / float64(users)
					q.NoMonitor = ramp == 8
					s := find(t, analysis.Of(q.Run(), analysis.Options{}), analysis.KindSaturation)
					if s.Level == analysis.Bad {
						t.Errorf("%d users within %d s, waits of %v ms, %v of the server: %s: %s", users, ramp, think, use, s.Title, s.Text)
					}
					if all++; s.Clear && s.Level == analysis.Good {
						good++
					}
				}
			}
		}
	}
	t.Logf("%d of %d are said to have nothing saturated", good, all)
	if good < all*3/4 {
		t.Errorf("of %d of %d it is said that nothing saturated, want three quarters", good, all)
	}
}
