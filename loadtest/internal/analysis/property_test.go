package analysis_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"gregaria/internal/resource"
	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/analysis/analysistest"
)

// culprits are the words of the title for each limit.
var culprits = map[analysistest.Limit]string{
	analysistest.CPU: "CPU of the machine", analysistest.Thread: "One thread of uvicorn", analysistest.Quota: "CPU quota", analysistest.Memory: "emory of the container",
	analysistest.GPU: "GPU 0", analysistest.Disk: "isk sda", analysistest.Listen: "listen queue", analysistest.Files: "open files",
}

// anyQueue is a queue of any size, with columns beside it that swing about any level.
func anyQueue(seed uint64) analysistest.Queue {
	r := rand.New(rand.NewPCG(seed, 99))
	limits := []analysistest.Limit{
		analysistest.Nothing, analysistest.CPU, analysistest.Thread, analysistest.Quota, analysistest.Memory, analysistest.GPU, analysistest.Disk, analysistest.Listen, analysistest.Files,
	}
	q := analysistest.Queue{
		Seed: seed, Ramp: 1 + r.IntN(90), Steady: 15 + r.IntN(60), Settle: r.IntN(12), Think: math.Exp(math.Log(200) + r.Float64()*math.Log(20)),
		Service: math.Exp(math.Log(5) + r.Float64()*math.Log(60)), Spread: 0.1 + r.Float64(), Servers: 1 + r.IntN(12), Limit: limits[r.IntN(len(limits))],
		Level: 100 * r.Float64(), Noise: 25 * r.Float64(), Worker: r.Float64(), Cores: 2 + r.IntN(7),
	}
	if q.Limit == analysistest.Thread || q.Limit == analysistest.Quota {
		q.Servers = 1
	}
	if q.Limit == analysistest.Listen {
		q.Backlog = 4 + r.IntN(30)
	}
	q.Worker = min(q.Worker, 1.2*q.Service/float64(q.Servers)) // two workers are at 60 % at most
	knee := float64(q.Servers) * (1 + q.Think/q.Service)
	q.Users = max(2, min(1500, int(knee*(0.3+3*r.Float64()))))
	if r.IntN(4) == 0 {
		q.Steps, q.StepSeconds = []int{max(1, q.Users/8), max(1, q.Users/4), max(1, q.Users/2), q.Users}, 15+r.IntN(30)
	}
	return q
}

// wrongly is what a report says wrongly of a queue; empty where it says nothing wrong.
func wrongly(q analysistest.Queue, f analysis.Findings) string {
	knee := float64(q.Servers) * (1 + q.Think/q.Service)
	full := float64(max(q.Users, 1)) / knee
	for _, finding := range f.Findings {
		said := finding.Title + ": " + finding.Text
		switch {
		case finding.Kind == analysis.KindSaturation && finding.Clear && finding.Level == analysis.Bad:
			if word := culprits[q.Limit]; word == "" || !strings.Contains(finding.Title, word) {
				return "the culprit is " + string(q.Limit) + ", not " + said
			}
			if full < 0.7 {
				return fmt.Sprintf("at %.2f of the knee: %s", full, said)
			}
		case finding.Kind == analysis.KindSaturation && finding.Clear && finding.Level == analysis.Good && full > 1.3:
			return fmt.Sprintf("at %.2f of the knee: %s", full, said)
		case finding.Kind == analysis.KindParallelism && finding.Clear:
			want := fmt.Sprintf("a pool of %d:", q.Servers)
			if q.Servers == 1 {
				want = "one worker"
			}
			if !strings.Contains(finding.Title, want) {
				return fmt.Sprintf("of %d servers: %s", q.Servers, said)
			}
		case finding.Kind == analysis.KindLittle, finding.Kind == analysis.KindGenerator && finding.Level == analysis.Warn:
			return said
		case finding.Kind == analysis.KindScalability && finding.Clear:
			return "throughput does not fall: " + said
		}
	}
	return ""
}

// TestNothingIsSaidWrongly: of queues of any size, with any noise beside them, what is clear is right.
func TestNothingIsSaidWrongly(t *testing.T) {
	t.Parallel()
	seeds := uint64(200)
	if testing.Short() {
		seeds = 40
	}
	said, wrong := 0, 0
	for seed := range seeds {
		q := anyQueue(seed)
		f := analysis.Of(q.Run(), analysis.Options{})
		if s := find(t, f, analysis.KindSaturation); s.Clear {
			said++
		}
		if text := wrongly(q, f); text != "" {
			wrong++
			t.Errorf("seed %d, %+v: %s", seed, q, text)
		}
	}
	t.Logf("of %d queues: %d clear, %d wrong", seeds, said, wrong)
}

// TestAnotherProgramIsNotTheCulprit: a resource that another program fills, from any second on, is not named for a pool that is full.
func TestAnotherProgramIsNotTheCulprit(t *testing.T) {
	t.Parallel()
	for seed := range uint64(60) {
		q := analysistest.Queue{Seed: seed, Ramp: 60, Steady: 60, Users: 100, Think: 1000, Service: 100, Servers: 4, Level: 10, Noise: 3}
		run := q.Run()
		column := []string{resource.GPULoadPercent(0), resource.NetworkLinkPercent}[seed%2]
		for i := int(seed) * 2; i < run.Seconds; i++ {
			run.Hosts[0].Columns[column].Values[i] = 97
		}
		if s := find(t, analysis.Of(run, analysis.Options{}), analysis.KindSaturation); s.Clear {
			t.Errorf("filled from second %d on: %s: %s", seed*2, s.Title, s.Text)
		}
	}
}
