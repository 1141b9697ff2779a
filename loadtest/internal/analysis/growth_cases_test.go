package analysis_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"gregaria/internal/resource"
	"gregaria/internal/timing"
	"gregaria/loadtest/internal/analysis"
)

// noisy is a memory: its level of each second, and noise of 0.1 MB.
func noisy(seconds int, level func(second int) float64) []float64 {
	r := rand.New(rand.NewPCG(5, 5))
	values := make([]float64, seconds)
	for i := range values {
		values[i] = level(i) + 0.1*r.NormFloat64()
	}
	return values
}

// TestLeakCases are single runs, each with one thing about it.
func TestLeakCases(t *testing.T) {
	t.Parallel()
	loaded := func(i int) float64 { return float64(min(max(0, i-rest), 120)) } // seconds of load until then
	for _, c := range []struct {
		why    string
		values []float64
		change func(run *analysis.Run, phases []analysis.Phase) []analysis.Phase
		want   analysis.GrowthOutcome
		text   string
	}{
		{"it stays", noisy(145, func(i int) float64 { return 100 + loaded(i) }), nil, analysis.Leak, "did not fall after the load ended"},
		{
			"0.4 MB a minute of 100 is below the threshold",
			noisy(145, func(i int) float64 { return 100 + loaded(i)/150 }), nil, analysis.NoLeak, "did not grow",
		},
		{
			"all of it was given back",
			noisy(145, func(i int) float64 {
				if i >= rest+125 {
					return 100
				}
				return 100 + loaded(i)
			}), nil, analysis.NoLeak, "did not grow",
		},
		{
			"two thirds stay",
			noisy(145, func(i int) float64 {
				if i >= rest+125 {
					return 180
				}
				return 100 + loaded(i)
			}), nil, analysis.Leak, "67 % of it was still there 20 s after the load ended",
		},
		{
			"the users had more than was lost, and took it along",
			noisy(145, func(i int) float64 {
				if i < rest || i >= rest+125 {
					return 100 + loaded(i)
				}
				return 350 + loaded(i)
			}), nil, analysis.TooShort, "no more than it had risen with the users",
		},
		{
			"what it fell to was not watched",
			noisy(145, func(i int) float64 { return 100 + loaded(i) }),
			func(run *analysis.Run, phases []analysis.Phase) []analysis.Phase {
				run.Seconds -= settled
				return phases[:1]
			}, analysis.Leak, "whether it fell after the load ended was not watched",
		},
		{
			"no phase is steady",
			noisy(145, func(i int) float64 { return 100 + loaded(i) }),
			func(run *analysis.Run, _ []analysis.Phase) []analysis.Phase {
				return []analysis.Phase{{Kind: analysis.Ramp, From: run.Began, To: run.Ended}}
			}, analysis.TooShort, "The users changed all the time; about 60 s of steady load would decide.",
		},
		{
			"half a minute is steady",
			noisy(145, func(i int) float64 { return 100 + loaded(i) }),
			func(_ *analysis.Run, phases []analysis.Phase) []analysis.Phase {
				phases[0].From = phases[0].To - 29
				return phases
			}, analysis.TooShort, "30 s of steady load: 60 s are the least",
		},
		{
			"three levels of users, and 40 MB for each of them",
			noisy(145, func(i int) float64 { return 100 + 40*math.Floor(loaded(i)/40) }),
			func(run *analysis.Run, _ []analysis.Phase) []analysis.Phase {
				var phases []analysis.Phase
				for level := range int64(3) {
					phases = append(phases, analysis.Phase{Kind: analysis.Steady, From: run.Began + 40*level, To: run.Began + 40*level + 39})
				}
				return phases
			}, analysis.NoLeak, "did not grow, or by less than a leak does, over 2 min",
		},
		{
			"three levels, and a leak in each",
			noisy(145, func(i int) float64 { return 100 + 40*math.Floor(loaded(i)/40) + loaded(i)/2 }),
			func(run *analysis.Run, _ []analysis.Phase) []analysis.Phase {
				var phases []analysis.Phase
				for level := range int64(3) {
					phases = append(phases, analysis.Phase{Kind: analysis.Steady, From: run.Began + 40*level, To: run.Began + 40*level + 39})
				}
				return phases
			}, analysis.Leak, "grew 30 MB a minute",
		},
		{
			"memory that follows the users of a steady rate is no leak",
			noisy(145, func(i int) float64 { return 100 + loaded(i)*0.8 }),
			func(run *analysis.Run, phases []analysis.Phase) []analysis.Phase {
				for i := range run.Users.Values {
					run.Users.Values[i] = 10 + math.Floor(loaded(i)/4)
				}
				return phases
			}, analysis.NoLeak, "did not grow",
		},
		{
			"a process that was started anew twice, and leaks each time",
			noisy(145, func(i int) float64 { return 100 + math.Mod(loaded(i), 50) }),
			func(run *analysis.Run, phases []analysis.Phase) []analysis.Phase {
				restarts := make([]float64, run.Seconds)
				for i := range restarts {
					restarts[i] = math.Floor(loaded(i) / 50)
				}
				run.Hosts[0].Columns[resource.ProcessRestarts] = analysis.Series{Values: restarts}
				return phases
			}, analysis.Leak, "grew 60 MB a minute",
		},
		{
			"a process whose new one is larger",
			noisy(145, func(i int) float64 { return 100 + 200*math.Floor(loaded(i)/60) }),
			func(run *analysis.Run, phases []analysis.Phase) []analysis.Phase {
				restarts := make([]float64, run.Seconds)
				for i := range restarts {
					restarts[i] = math.Floor(loaded(i) / 60)
				}
				run.Hosts[0].Columns[resource.ProcessRestarts] = analysis.Series{Values: restarts}
				return phases
			}, analysis.NoLeak, "did not grow",
		},
		{
			"half an MB of 20 in all: it may be how memory is handed out",
			noisy(145, func(i int) float64 { return 20 + loaded(i)/240 }), nil, analysis.TooShort, "by no more than 1.0 MB in all",
		},
		{
			"two teeth of a saw: too few to see that it is one",
			noisy(85, func(i int) float64 { return 100 + math.Mod(loaded(i), 35) }), nil, analysis.TooShort, "it rises slowly and falls at once",
		},
		{
			"rows are rare",
			noisy(145, func(i int) float64 {
				if i%15 != 0 {
					return math.NaN()
				}
				return 100 + loaded(i)
			}), nil, analysis.TooShort, "8 values in 120 s of steady load: 12 are the least",
		},
	} {
		run := memoryRun(c.values)
		phases := steadyPhases(run)
		if c.change != nil {
			phases = c.change(run, phases)
		}
		growths, findings := analysis.Leaks(run, phases)
		if len(growths) != 1 || len(findings) != 1 {
			t.Errorf("%s: %d growths, %d findings, want one of each", c.why, len(growths), len(findings))
			continue
		}
		g := growths[0]
		if said := findings[0].Text + " " + g.Why; g.Outcome != c.want || !strings.Contains(said, c.text) {
			t.Errorf("%s: %s (%+v): %q; want %s and %q", c.why, g.Outcome, g.Slope, said, c.want, c.text)
		}
		if (g.Outcome == analysis.TooShort) != (g.Needed > 0) || g.Why == "" {
			t.Errorf("%s: needed = %d, why = %q of %s", c.why, g.Needed, g.Why, g.Outcome)
		}
		if wantClear := g.Outcome == analysis.NoLeak || g.Outcome == analysis.Leak && g.Stayed != nil; findings[0].Clear != wantClear {
			t.Errorf("%s: clear = %v of %s", c.why, findings[0].Clear, g.Outcome)
		}
		if _, err := json.Marshal(growths); err != nil {
			t.Errorf("%s: %v", c.why, err)
		}
	}
}

// TestLeaksOfWhat is which series are looked at, and how they are called.
func TestLeaksOfWhat(t *testing.T) {
	t.Parallel()
	run := memoryRun(noisy(145, func(int) float64 { return 100 }))
	columns := run.Hosts[0].Columns
	for _, name := range []string{
		resource.ProcessPSSMB, resource.ProcessOpenFiles, resource.ProcessThreads, resource.ProcessZombies, resource.ProcessSocketsCloseWait,
		resource.ContainerMemoryWorkingSetGB, resource.ContainerMemoryLimitGB, resource.GPUProcessMemoryGB(0), resource.GPUMemoryUsedGB(0), resource.GPUMemoryUsedGB(1), resource.MemoryUsedGB,
	} {
		columns[name] = analysis.Series{File: "metrics.csv", Column: name, Values: make([]float64, run.Seconds)}
	}
	other := analysis.Host{Name: "db1", File: "metrics.db1.csv", Columns: columns}
	run.Hosts = append(run.Hosts, other)
	growths, findings := analysis.Leaks(run, steadyPhases(run))
	var got []string
	for _, g := range growths {
		got = append(got, g.Column)
	}
	want := "Process_PSS_MB Process_Open_Files Process_Threads Process_Zombies Process_Sockets_Close_Wait Container_Memory_Working_Set_GB GPU0_Process_Memory_GB GPU1_Memory_Used_GB"
	if strings.Join(got, " ") != want {
		t.Errorf("looked at %v, want %s: the PSS before the RSS, the process's part of a GPU before all of it, and no host without the target", got, want)
	}
	said := "Memory, open files, threads, zombies, connections in CLOSE_WAIT, working set of the container and memory of GPU 0 of uvicorn"
	if len(findings) != 1 || !strings.Contains(findings[0].Text, "emory of uvicorn, open files of uvicorn") && !strings.Contains(findings[0].Text, said) {
		t.Errorf("findings = %+v, want one good one that names them", findings)
	}
	alone := memoryRun(noisy(145, func(int) float64 { return 100 }))
	alone.Hosts[0].Columns = map[string]analysis.Series{
		resource.ContainerMemoryWorkingSetGB: columns[resource.ContainerMemoryWorkingSetGB], resource.ContainerMemoryLimitGB: columns[resource.ContainerMemoryLimitGB],
	}
	if growths, _ := analysis.Leaks(alone, steadyPhases(alone)); len(growths) != 0 {
		t.Errorf("without a process the container is the monitor's own: %+v", growths)
	}
	unlimited := memoryRun(noisy(145, func(int) float64 { return 100 }))
	unlimited.Hosts[0].Columns[resource.ContainerMemoryWorkingSetGB] = columns[resource.ContainerMemoryWorkingSetGB]
	if growths, _ := analysis.Leaks(unlimited, steadyPhases(unlimited)); len(growths) != 1 {
		t.Errorf("a container without a limit is looked at: %+v", growths)
	}
	run.Hosts[0].Target = false
	if growths, findings := analysis.Leaks(run, steadyPhases(run)); len(growths) != 0 || len(findings) != 0 {
		t.Errorf("without a target: %v, %v", growths, findings)
	}
	run.Hosts[1].Target = true
	growths, _ = analysis.Leaks(run, steadyPhases(run))
	if len(growths) == 0 || growths[0].What != "memory of the process under test on db1" || growths[0].Host != "db1" {
		t.Errorf("on another host: %+v", growths)
	}
}

// TestLeakOfSeveralEndpoints has stories, and twice as many looks at them: which of them leaks is not known, and said so.
func TestLeakOfSeveralEndpoints(t *testing.T) {
	t.Parallel()
	run := memoryRun(noisy(145, func(i int) float64 { return 100 + float64(min(max(0, i-rest), 120)) }))
	share := func(of float64) analysis.Series {
		values := make([]float64, run.Seconds)
		for i, n := range run.Total.Requests.Values {
			values[i] = math.Round(of * n)
		}
		return analysis.Series{Values: values}
	}
	run.Endpoints = []analysis.Load{
		{Type: "GET", Name: "/story/[id]", Requests: share(0.6)},
		{Type: "POST", Name: "/story", Requests: share(0.3)},
		{Type: "POST", Name: "/login", Requests: share(0.1)},
		{Type: timing.Job, Name: "/story", Requests: share(0.4)}, // no request of its own
	}
	run.Total.Requests = share(1.4)
	_, findings := analysis.Leaks(run, steadyPhases(run))
	if want := "0.10 MB per request (0.33 MB per POST /story, if it alone leaks), and did not fall"; len(findings) != 1 || !strings.Contains(findings[0].Text, want) {
		t.Errorf("findings = %+v, want %q", findings, want)
	}
	if want := "Memory of uvicorn leaks: 0.10 MB per request"; len(findings) != 1 || findings[0].Title != want {
		t.Errorf("findings = %+v, want the title %q", findings, want)
	}
}

// TestLeakOfJobs: a job is made of requests, and none itself. The row of one is in Locust's sum.
func TestLeakOfJobs(t *testing.T) {
	t.Parallel()
	run := memoryRun(noisy(145, func(i int) float64 { return 100 + float64(min(max(0, i-rest), 120)) }))
	stories, jobs := run.Endpoints[0], make([]float64, run.Seconds)
	sum := make([]float64, run.Seconds)
	for i, n := range stories.Requests.Values {
		jobs[i], sum[i] = n/2, n+n/2
	}
	run.Total.Requests = analysis.Series{Values: sum}
	run.Endpoints = append(run.Endpoints, analysis.Load{Type: timing.Job, Name: "/api/v1/story", Requests: analysis.Series{Values: jobs}})
	if _, findings := analysis.Leaks(run, steadyPhases(run)); len(findings) != 1 || findings[0].Title != "Memory of uvicorn leaks: 0.10 MB per POST /api/v1/story" {
		t.Errorf("findings = %+v, want 0.10 MB: a megabyte a second, of ten requests", findings)
	}
}
