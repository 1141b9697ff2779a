package analysis_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"gregaria/internal/resource"
	"gregaria/internal/timing"
	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/analysis/analysistest"
)

// column sets a column of the first host from what it and a busy thread are in each second.
func column(run *analysis.Run, name string, value func(i int, thread float64) float64) {
	columns := run.Hosts[0].Columns
	s := analysis.Series{File: "metrics.csv", Column: name, Values: make([]float64, run.Seconds)}
	for i := range s.Values {
		s.Values[i] = value(i, columns[resource.ProcessBusiestThreadPercent].Values[i])
	}
	columns[name] = s
}

// idle has the process under test use hardly any CPU.
func idle(r *analysis.Run) {
	column(r, resource.ProcessBusiestThreadPercent, func(int, float64) float64 { return 5 })
	column(r, resource.ProcessCPUCores, func(int, float64) float64 { return 0.05 })
}

// TestRulesOfSaturation: a full thread with something beside it, of which each rule decides one.
func TestRulesOfSaturation(t *testing.T) {
	t.Parallel()
	const thread = "One thread of uvicorn saturated"
	for _, test := range []struct {
		reason string
		change func(*analysis.Run)
		clear  bool
		says   string
	}{
		{"nothing beside it", func(*analysis.Run) {}, true, thread},
		{"the generator and the thread fill the machine", func(r *analysis.Run) {
			column(r, resource.CPUPercent, func(_ int, thread float64) float64 { return thread })
		}, true, thread},
		{"the thread waits for a core of a full machine", func(r *analysis.Run) {
			column(r, resource.CPUPercent, func(_ int, thread float64) float64 { return thread })
			column(r, resource.ProcessBusiestThreadWaitPercent, func(_ int, thread float64) float64 { return 0.4 * thread })
			column(r, resource.ProcessBusiestThreadPercent, func(_ int, thread float64) float64 { return 0.6 * thread })
		}, true, "CPU of the machine saturated"},
		{"four threads fill the machine", func(r *analysis.Run) {
			column(r, resource.CPUPercent, func(_ int, thread float64) float64 { return thread })
			column(r, resource.ProcessCPUCores, func(_ int, thread float64) float64 { return thread / 25 })
		}, true, "CPU of the machine saturated"},
		{"other threads work, too, and cores are free", func(r *analysis.Run) {
			column(r, resource.ProcessCPUCores, func(_ int, thread float64) float64 { return thread / 40 })
		}, false, "other threads of the process work, too"},
		{"its listen queue is full, too", func(r *analysis.Run) {
			column(r, resource.ProcessAcceptQueuePercent, func(_ int, thread float64) float64 { return thread })
		}, true, thread},
		{"a link that was full before", func(r *analysis.Run) {
			column(r, resource.NetworkLinkPercent, func(int, float64) float64 { return 97 })
		}, false, "before the load, too"},
		{"memory of a GPU that was reserved before", func(r *analysis.Run) {
			column(r, resource.GPUMemoryUsedGB(0), func(int, float64) float64 { return 23 })
			column(r, resource.GPUMemoryTotalGB(0), func(int, float64) float64 { return 24 })
		}, true, thread},
		{"a GPU that is full in step with it", func(r *analysis.Run) {
			column(r, resource.GPULoadPercent(0), func(_ int, thread float64) float64 { return thread })
		}, false, "Which of them was first is not clear"},
		{"it does not stay", func(r *analysis.Run) {
			busy := r.Hosts[0].Columns[resource.ProcessBusiestThreadPercent].Values
			for i := 80; i < r.Seconds; i++ {
				busy[i] = 40
			}
			column(r, resource.ProcessCPUCores, func(_ int, thread float64) float64 { return thread / 100 })
		}, false, "one thread of uvicorn reached its limit, and was at 40 % from the turn on"},
		{"a machine whose CPU others fill until the load is half there", func(r *analysis.Run) {
			idle(r)
			column(r, resource.CPUPercent, func(i int, _ float64) float64 { return map[bool]float64{false: 14, true: 99}[i < 22] })
		}, false, "no measured resource was at its limit"},
		{"it was hardly less at a low load", func(r *analysis.Run) {
			idle(r)
			column(r, resource.ContainerPressureMemoryFullPercent, func(i int, _ float64) float64 { return map[bool]float64{false: 8, true: 11}[i > 38] })
		}, false, "did not rise with the load"},
		{"a disk that is busy and as quick as before", func(r *analysis.Run) {
			idle(r)
			column(r, resource.DiskBusyPercent("sda"), func(i int, _ float64) float64 { return map[bool]float64{false: 10, true: 99}[i > 35] })
		}, false, "no measured resource was at its limit"},
		{"a disk that was full at two thirds of the users", func(r *analysis.Run) {
			idle(r)
			column(r, resource.DiskBusyPercent("sda"), func(i int, _ float64) float64 { return map[bool]float64{false: 10, true: 99}[i >= 26] })
			column(r, resource.DiskAwaitMS("sda"), func(i int, _ float64) float64 { return map[bool]float64{false: 2, true: 20}[i >= 26] })
		}, false, "throughput went on rising while it was full"},
		{"a machine whose CPU others fill from the beginning on", func(r *analysis.Run) {
			column(r, resource.CPUPercent, func(int, float64) float64 { return 99 })
			idle(r)
		}, false, "no measured resource was at its limit"},
		{"a machine whose CPU others fill, and a process that waits for it", func(r *analysis.Run) {
			column(r, resource.CPUPercent, func(int, float64) float64 { return 99 })
			idle(r)
			column(r, resource.ProcessBusiestThreadWaitPercent, func(i int, _ float64) float64 { return map[bool]float64{false: 10, true: 60}[i > 35] })
		}, false, "CPU of the machine was at its limit when throughput stopped rising"},
		{"a machine whose CPU others fill, and a process that takes some of it", func(r *analysis.Run) {
			column(r, resource.CPUPercent, func(int, float64) float64 { return 99 })
			idle(r)
			column(r, resource.ProcessCPUCores, func(int, float64) float64 { return 0.5 })
		}, false, "CPU of the machine was at its limit when throughput stopped rising"},
		{"overflows of another server's queue", func(r *analysis.Run) {
			idle(r)
			column(r, resource.TCPListenOverflows, func(i int, _ float64) float64 { return map[bool]float64{false: 0, true: 9}[i > 35] })
		}, false, "no measured resource was at its limit"},
		{"overflows of its own queue", func(r *analysis.Run) {
			idle(r)
			column(r, resource.TCPListenOverflows, func(i int, _ float64) float64 { return map[bool]float64{false: 0, true: 9}[i > 35] })
			column(r, resource.ProcessAcceptQueuePercent, func(i int, _ float64) float64 { return map[bool]float64{false: 0, true: 67}[i > 35] })
		}, true, "The listen queue of uvicorn saturated"},
		{"overflows of a queue that nobody looked at", func(r *analysis.Run) {
			idle(r)
			delete(r.Hosts[0].Columns, resource.ProcessAcceptQueuePercent)
			column(r, resource.TCPListenOverflows, func(i int, _ float64) float64 { return map[bool]float64{false: 0, true: 9}[i > 35] })
		}, false, "whose queue overflows is not known"},
		{"a quota that throttles what comes at once", func(r *analysis.Run) {
			idle(r)
			column(r, resource.ContainerThrottledPercent, func(i int, _ float64) float64 { return map[bool]float64{false: 0, true: 60}[i > 10] })
			column(r, resource.ContainerCPUPercent, func(int, float64) float64 { return 40 })
		}, false, "no measured resource was at its limit"},
		{"a quota that is used up, on a machine that others fill", func(r *analysis.Run) {
			column(r, resource.CPUPercent, func(int, float64) float64 { return 99 })
			column(r, resource.ContainerThrottledPercent, func(_ int, thread float64) float64 { return thread })
			column(r, resource.ContainerCPUPercent, func(_ int, thread float64) float64 { return thread })
			column(r, resource.ProcessBusiestThreadPercent, func(_ int, thread float64) float64 { return 0.3 * thread })
			column(r, resource.ProcessBusiestThreadWaitPercent, func(_ int, thread float64) float64 { return 0.6 * thread })
		}, true, "The container's CPU quota saturated"},
		{"a quota that is throttled and not used up, on a machine that others fill", func(r *analysis.Run) {
			column(r, resource.CPUPercent, func(int, float64) float64 { return 99 })
			column(r, resource.ContainerThrottledPercent, func(_ int, thread float64) float64 { return thread })
			column(r, resource.ContainerCPUPercent, func(_ int, thread float64) float64 { return 0.85 * thread })
			column(r, resource.ProcessBusiestThreadPercent, func(_ int, thread float64) float64 { return 0.3 * thread })
			column(r, resource.ProcessBusiestThreadWaitPercent, func(_ int, thread float64) float64 { return 0.6 * thread })
		}, false, "Which of them was first is not clear"},
		{"how busy the memory of a GPU is", func(r *analysis.Run) {
			idle(r)
			column(r, "GPU0_Memory_Load_Percent", func(i int, _ float64) float64 { return map[bool]float64{false: 0, true: 99}[i > 35] })
		}, false, "no measured resource was at its limit"},
		{"a row every five seconds", func(r *analysis.Run) {
			for _, s := range r.Hosts[0].Columns {
				for i := range s.Values {
					if i%5 != 0 {
						s.Values[i] = math.NaN()
					}
				}
			}
		}, true, thread},
	} {
		q := analysistest.Queue{Seed: 7, Ramp: 60, Steady: 90, Settle: 10, Users: 80, Think: 1000, Service: 25, Servers: 1, Limit: analysistest.Thread, Level: 20, Noise: 2}
		run := q.Run()
		test.change(run)
		s := find(t, analysis.Of(run, analysis.Options{}), analysis.KindSaturation)
		if s.Clear != test.clear || !strings.Contains(s.Title+": "+s.Text, test.says) {
			t.Errorf("%s: clear %v: %s: %s", test.reason, s.Clear, s.Title, s.Text)
		}
	}
}

// shaped is a run of a user more each second up to 100, and of 60 s with all, with throughput and p95 as functions of users.
func shaped(x, p95 func(users float64) float64) *analysis.Run {
	run := made(append(rising(100), during(100, 60)...), 5)
	for i, users := range run.Users.Values[:160] {
		noise := math.Mod(float64(i)*0.618, 1) - 0.5
		run.Total.Requests.Values[i], run.Total.P95.Values[i] = x(users)+2*noise, p95(users)+noise
	}
	return run
}

// TestShapesOfTheTurn: throughput over users that is no turn, and no growth, is said to be neither.
func TestShapesOfTheTurn(t *testing.T) {
	t.Parallel()
	flat := func(float64) float64 { return 20 }
	rise := func(users float64) float64 { return 20 + 10*math.Max(0, users-50) }
	for _, test := range []struct {
		reason string
		x, p95 func(users float64) float64
		level  analysis.Level
		says   string
	}{
		{"in step", func(users float64) float64 { return users }, flat, analysis.Good, "Nothing saturated"},
		{"flat from 50 on", func(users float64) float64 { return math.Min(users, 50) }, rise, analysis.Bad, "flat from 50 users on"},
		{"flat, and as quick as before", func(users float64) float64 { return math.Min(users, 50) }, flat, analysis.Note, "users wait outside of requests"},
		{"less steep", func(users float64) float64 { return math.Min(users, 50) + 0.4*math.Max(0, users-50) }, rise, analysis.Note, "still rises"},
		{"bent", func(users float64) float64 { return 60 * (1 - math.Exp(-users/60)) }, flat, analysis.Note, "cannot be seen|What saturates"},
		{"in step, and slower and slower", func(users float64) float64 { return users }, func(users float64) float64 { return 20 + 10*users*users/50 }, analysis.Note, "response times rose, too"},
		{"less at the top", func(users float64) float64 { return map[bool]float64{false: users, true: 60}[users > 95] }, flat, analysis.Note, "rose less than the users"},
		{"down again", func(users float64) float64 { return math.Min(users, 100-users) }, rise, analysis.Bad, "flat from"},
	} {
		s := find(t, analysis.Of(shaped(test.x, test.p95), analysis.Options{}), analysis.KindSaturation)
		said := false
		for _, words := range strings.Split(test.says, "|") {
			said = said || strings.Contains(strings.ToLower(s.Title+": "+s.Text), strings.ToLower(words))
		}
		if s.Level != test.level || !said {
			t.Errorf("%s: %s: %s: %s", test.reason, s.Level, s.Title, s.Text)
		}
	}
}

// TestRequestsOfTheStart: what users send only as they begin is no throughput that is lost once all have begun.
func TestRequestsOfTheStart(t *testing.T) {
	t.Parallel()
	const each = 3 // a login, a look at the health, a profile
	run := shaped(func(users float64) float64 { return 0.3 * users }, func(float64) float64 { return 20 })
	var logins, others analysis.Load
	logins.Requests.Values, others.Requests.Values = make([]float64, run.Seconds), slices.Clone(run.Total.Requests.Values)
	for i := range 100 {
		logins.Requests.Values[i] = 1
		run.Total.Requests.Values[i] += each
	}
	for range each {
		run.Endpoints = append(run.Endpoints, logins)
	}
	run.Endpoints = append(run.Endpoints, others)
	f := analysis.Of(run, analysis.Options{})
	if s := find(t, f, analysis.KindSaturation); s.Level != analysis.Good {
		t.Errorf("%s: %s: %s; want that nothing saturated", s.Level, s.Title, s.Text)
	}
	if usl := f.Laws.USL; usl != nil && usl.Alpha.Low > 0 || usl == nil && !strings.Contains(f.Laws.WhyNotUSL, "no limit") {
		t.Errorf("the law = %+v (%s), want no contention", usl, f.Laws.WhyNotUSL)
	}
	run.Endpoints[0].Requests.Values = others.Requests.Values // some users go on with it
	run.Endpoints = run.Endpoints[:1]
	if s := find(t, analysis.Of(run, analysis.Options{}), analysis.KindSaturation); s.Level == analysis.Good {
		t.Errorf("%s: %s: %s; want that it is not seen what the users do as they begin", s.Level, s.Title, s.Text)
	}
}

// TestAWayOfUnknownLength: with the target on another machine, and no connection that was timed, no parallelism is clear.
func TestAWayOfUnknownLength(t *testing.T) {
	t.Parallel()
	run := analysistest.Queue{Seed: 2, Ramp: 60, Steady: 60, Users: 80, Think: 1000, Service: 25, Network: 20, Servers: 1, Remote: true}.Run()
	run.Total.Phases[timing.Connect] = nil
	if p := find(t, analysis.Of(run, analysis.Options{}), analysis.KindParallelism); p.Clear {
		t.Errorf("clear: %s: %s", p.Title, p.Text)
	}
}

// TestLateResource: what was full long after the turn was not what held requests up then.
func TestLateResource(t *testing.T) {
	t.Parallel()
	run := analysistest.Queue{Seed: 3, Ramp: 60, Steady: 90, Users: 100, Think: 1000, Service: 100, Servers: 4, Level: 10, Noise: 2}.Run()
	column(run, resource.GPULoadPercent(0), func(i int, _ float64) float64 { return map[bool]float64{false: 10, true: 97}[i > 95] })
	s := find(t, analysis.Of(run, analysis.Options{}), analysis.KindSaturation)
	if s.Clear || !strings.Contains(s.Text, "No measured resource was at its limit then; GPU 0 of the machine was from ") {
		t.Errorf("clear %v: %s: %s", s.Clear, s.Title, s.Text)
	}
}

// TestRateOfFewerRequests: a rate of tasks that make a request every second time is no server that is behind while users are free.
func TestRateOfFewerRequests(t *testing.T) {
	t.Parallel()
	run := analysistest.Queue{Seed: 3, Ramp: 10, Steady: 60, Users: 100, Rate: 30, Service: 100, Servers: 4}.Run()
	run.Info.Rate = 60
	run.Endpoints = append(run.Endpoints, analysis.Load{Type: timing.Missed, Name: "--rate"})
	if s := find(t, analysis.Of(run, analysis.Options{}), analysis.KindSaturation); s.Level == analysis.Bad {
		t.Errorf("%s: %s", s.Title, s.Text)
	}
}

// TestFullBeforeTheLoad: without a turn the title names what the load brought to its limit, and what was there before only where nothing else is.
func TestFullBeforeTheLoad(t *testing.T) {
	t.Parallel()
	full := func(int, float64) float64 { return 97 }
	late := func(i int, _ float64) float64 { return map[bool]float64{false: 10, true: 97}[i > 12] }
	for _, test := range []struct {
		cpu, link func(int, float64) float64
		title     string
		says      string
	}{
		{full, nil, "CPU of the machine was at its limit before the load, too", ": CPU of the machine at 97 %. "},
		{late, nil, "CPU of the machine was at its limit with 20 users", ": CPU of the machine at 97 %. "},
		{full, late, "The network link of the machine was at its limit with 20 users", "CPU of the machine at 97 % (it was at its limit before the load, too)"},
		{late, late, "CPU of the machine and the network link of the machine were at their limits with 20 users", ""},
	} {
		run := analysistest.Queue{Seed: 7, Ramp: 2, Steady: 90, Settle: 10, Users: 20, Think: 1000, Service: 25, Servers: 40, Level: 20, Noise: 2}.Run()
		column(run, resource.CPUPercent, test.cpu)
		column(run, resource.ProcessCPUCores, func(int, float64) float64 { return 0.8 }) // of four: not all of it is others'
		if test.link != nil {
			column(run, resource.NetworkLinkPercent, test.link)
		}
		s := find(t, analysis.Of(run, analysis.Options{}), analysis.KindSaturation)
		if s.Clear || !strings.HasPrefix(s.Title, test.title) || !strings.Contains(s.Text, test.says) {
			t.Errorf("%s: %s; want %s ... %s", s.Title, s.Text, test.title, test.says)
		}
	}
}

func TestProgram(t *testing.T) {
	t.Parallel()
	for watched, want := range map[string]string{
		"": "", "uvicorn (pid 42): python -m uvicorn app:app": "uvicorn", "uvicorn (pid 42 and 4 children): python": "uvicorn",
		"8 processes: serve (pid 10), serve (pid 11)": "8 processes", "my server (pid 1): ./my server": "my server",
	} {
		if got := (&analysis.Info{Watched: watched}).Program(); got != want {
			t.Errorf("Program of %q = %q, want %q", watched, got, want)
		}
	}
}
