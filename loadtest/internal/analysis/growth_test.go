package analysis_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"gregaria/internal/resource"
	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/analysis/analysistest"
)

// A load is what the tests put a memory under: 5 s of rest, steady seconds at 10 requests/s, 20 s of settling.
const (
	rest    = 5
	settled = 20
	epoch   = 1_790_000_000
)

// memoryRun is a run whose process has a memory of its own. The values are of the rest, the steady time and the settling.
func memoryRun(values []float64) *analysis.Run {
	steady := len(values) - rest - settled
	run := &analysis.Run{
		Start: epoch, Seconds: len(values), Began: epoch + rest, Ended: epoch + rest + int64(steady) - 1,
		Info: analysis.Info{Watched: "uvicorn (pid 42): python -m uvicorn app:app"},
	}
	requests, users := make([]float64, len(values)), make([]float64, len(values))
	for i := range requests {
		requests[i], users[i] = math.NaN(), 0
		if i >= rest && i < rest+steady {
			requests[i], users[i] = 10, 10
		}
	}
	run.Total.Requests = analysis.Series{File: "timings.csv", Column: "Requests", Values: requests}
	run.Endpoints = []analysis.Load{{Type: "POST", Name: "/api/v1/story", Requests: run.Total.Requests}}
	run.Users = analysis.Series{Values: users}
	run.Hosts = []analysis.Host{{File: "metrics.csv", Target: true, Columns: map[string]analysis.Series{
		resource.ProcessRSSMB: {File: "metrics.csv", Column: resource.ProcessRSSMB, Values: values},
	}}}
	return run
}

// steadyPhases are those of memoryRun.
func steadyPhases(run *analysis.Run) []analysis.Phase {
	return []analysis.Phase{{Kind: analysis.Steady, From: run.Began, To: run.Ended}, {Kind: analysis.Settling, From: run.Ended + 1, To: run.Start + int64(run.Seconds) - 1}}
}

// A maker makes memory: the level of each second of the load, and that after it.
type maker func(r *rand.Rand, seconds int) (loaded []float64, after float64)

// flat has noise whose neighbours are alike, on levels and of sizes that differ.
func flat(r *rand.Rand, seconds int) ([]float64, float64) {
	level := 20 * math.Exp(5*r.Float64())
	values, keeps, noise := make([]float64, seconds), 0.6*r.Float64(), level*0.02*r.Float64()
	last := 0.0
	for i := range values {
		last = keeps*last + math.Sqrt(1-keeps*keeps)*r.NormFloat64()
		values[i] = level + noise*last
	}
	return values, level
}

// saw is a collector's: teeth of 6 to 30 s whose length and floor are never quite the same.
func saw(r *rand.Rand, seconds int) ([]float64, float64) {
	values, _ := flat(r, seconds)
	floor := values[0]
	height, period := floor*(0.2+0.8*r.Float64()), 6+24*r.Float64()
	tooth, at := period, 0.0
	for i := range values {
		values[i] += height * at / period
		if at++; at >= tooth {
			at, tooth = 0, period*(0.9+0.2*r.Float64())
		}
	}
	return values, floor + height*r.Float64()
}

// warm grows by a third to four times and is full after a tenth to a third of the time.
func warm(r *rand.Rand, seconds int) ([]float64, float64) {
	values, level := flat(r, seconds)
	more, until := level*(0.3+3*r.Float64()), float64(seconds)*(0.1+0.23*r.Float64())
	curved := r.IntN(2) == 0
	for i := range values {
		share := min(1, float64(i)/until)
		if curved {
			share = 1 - math.Exp(-4*float64(i)/until)
		}
		values[i] += more * share
	}
	return values, level + more
}

// slow leaks 3 to 15 % of its first level a minute.
func slow(r *rand.Rand, seconds int) ([]float64, float64) {
	values, level := flat(r, seconds)
	leak := level * (0.03 + 0.12*r.Float64()) / 60
	for i := range values {
		values[i] += leak * float64(i)
	}
	return values, level + leak*float64(seconds)
}

// slowSaw is both.
func slowSaw(r *rand.Rand, seconds int) ([]float64, float64) {
	values, after := saw(r, seconds)
	leak := slices.Min(values) * 0.1 / 60
	for i := range values {
		values[i] += leak * float64(i)
	}
	return values, after + leak*float64(seconds)
}

// leakOf judges one made memory.
func leakOf(seed uint64, seconds int, memory maker) analysis.Growth {
	r := rand.New(rand.NewPCG(seed, 7))
	loaded, after := memory(r, seconds)
	var values []float64
	for range rest {
		values = append(values, 0.9*loaded[0])
	}
	values = append(values, loaded...)
	for range settled {
		values = append(values, after*(1+0.001*r.NormFloat64()))
	}
	run := memoryRun(values)
	growths, _ := analysis.Leaks(run, steadyPhases(run))
	return growths[0]
}

// TestLeakRates counts wrong verdicts on 100 series of each kind and length. "Too short to say" is not wrong, and must be rare where the series is long.
func TestLeakRates(t *testing.T) {
	t.Parallel()
	for _, kind := range []struct {
		name  string
		make  maker
		wrong analysis.GrowthOutcome
	}{
		{"flat with noise", flat, analysis.Leak},
		{"saw-tooth of a collector", saw, analysis.Leak},
		{"warm-up then flat", warm, analysis.Leak},
		{"slow leak", slow, analysis.NoLeak},
		{"saw-tooth and slow leak", slowSaw, analysis.NoLeak},
	} {
		for _, seconds := range []int{60, 120, 300, 900} {
			series := uint64(100)
			if testing.Short() {
				if series = 10; seconds == 120 || seconds == 900 {
					continue
				}
			}
			wrong, open := 0, 0
			for seed := range series {
				switch leakOf(seed, seconds, kind.make).Outcome {
				case kind.wrong:
					wrong++
				case analysis.TooShort:
					open++
				}
			}
			t.Logf("%-25s %4d s: of %d, %3d wrong, %3d too short to say", kind.name, seconds, series, wrong, open)
			if wrong > 2 {
				t.Errorf("%s, %d s: %d of %d verdicts are wrong, want at most 2", kind.name, seconds, wrong, series)
			}
			if seconds >= 900 && open > 5 {
				t.Errorf("%s, %d s: %d of %d are too short to say, want at most 5 in 15 minutes", kind.name, seconds, open, series)
			}
		}
	}
}

// TestLeakOfTheModel is one whole run: 0.98 MB of each request stays.
func TestLeakOfTheModel(t *testing.T) {
	t.Parallel()
	run := analysistest.Model{Seed: 1, Ramp: 20, Steady: 120, Settle: 10, Users: 10, Think: 1000, Service: 20, LeakMB: 0.98}.Run()
	phases := []analysis.Phase{{Kind: analysis.Ramp, From: run.Began, To: run.Began + 19}, {Kind: analysis.Steady, From: run.Began + 20, To: run.Ended}, {Kind: analysis.Settling, From: run.Ended + 1, To: run.Ended + 10}}
	growths, findings := analysis.Leaks(run, phases)
	if len(growths) != 2 || growths[0].Outcome != analysis.Leak || growths[1].Outcome != analysis.NoLeak {
		t.Fatalf("growths = %+v, want a leak of memory and none of open files", growths)
	}
	if p := growths[0].PerRequest; p == nil || p.Low > 0.98 || p.High < 0.98 || p.High-p.Low > 0.1 {
		t.Errorf("per request = %+v, want 0.98", p)
	}
	if len(findings) != 2 || findings[0].Level != analysis.Bad || !findings[0].Clear || findings[1].Level != analysis.Good {
		t.Fatalf("findings = %+v, want one bad and clear, one good", findings)
	}
	for _, want := range []string{"Memory of uvicorn grew ", " MB a minute (95 % interval ", "through 2 min of steady load", "0.98 MB per GET /a", "did not fall after the load ended"} {
		if !strings.Contains(findings[0].Text, want) {
			t.Errorf("text = %q, want %q in it", findings[0].Text, want)
		}
	}
	for _, f := range findings {
		t.Logf("%s | %s", f.Title, f.Text)
		if len(f.Evidence) == 0 || f.Evidence[0].File != "metrics.csv" || f.Evidence[0].Rule == "" {
			t.Errorf("evidence of %q = %+v", f.Title, f.Evidence)
		}
	}
}

// TestGrowthOfASlowingServer: what MSER-5 cuts, because response times rise until all users wait, is no warm-up of memory; what the person leaves out is.
func TestGrowthOfASlowingServer(t *testing.T) {
	t.Parallel()
	run := memoryRun(noisy(145, func(i int) float64 { return 100 + float64(min(max(0, i-rest), 120)) }))
	slowing := make([]float64, run.Seconds)
	for i := range slowing {
		slowing[i] = min(5000, 60*float64(max(0, i-rest))) + float64(i%3)
	}
	run.Total.P95.Values, run.Total.P50.Values = slowing, slowing
	for _, c := range []struct {
		warmUp  int
		from    int64
		outcome analysis.GrowthOutcome
	}{{0, run.Began, analysis.Leak}, {30, run.Began + 30, analysis.Leak}, {70, run.Began + 70, analysis.TooShort}} {
		f := analysis.Of(run, analysis.Options{WarmUp: c.warmUp})
		g := f.Growth[0]
		if g.From != c.from || g.To != run.Ended || g.Outcome != c.outcome {
			t.Errorf("warm-up %d: %s from %d to %d, want %s from %d to %d", c.warmUp, g.Outcome, g.From, g.To, c.outcome, c.from, run.Ended)
		}
		if c.warmUp == 0 && (f.Phases[0].Kind != analysis.WarmUp || f.Phases[0].Length() < 50) {
			t.Errorf("phases = %v, want a warm-up of 50 s or more: nothing would be taken back", f.Phases)
		}
	}
}

// BenchmarkLeaks is an hour of eight series with noise.
func BenchmarkLeaks(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 7))
	loaded, _ := saw(r, 3600)
	run := memoryRun(loaded)
	for _, name := range []string{
		resource.ProcessOpenFiles, resource.ProcessThreads, resource.ProcessZombies, resource.ProcessSocketsCloseWait, resource.ContainerMemoryWorkingSetGB,
		resource.GPUProcessMemoryGB(0), resource.GPUProcessMemoryGB(1),
	} {
		values, _ := flat(r, 3600)
		run.Hosts[0].Columns[name] = analysis.Series{Values: values}
	}
	for b.Loop() {
		analysis.Leaks(run, steadyPhases(run))
	}
}
