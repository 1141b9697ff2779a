package reporttest

import (
	"fmt"
	"math"
	"strings"

	"gregaria/internal/resource"
	"gregaria/internal/timing"
	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/analysis/analysistest"
)

// Errors is a run in the middle of which a tenth of the requests begins to fail, after a restart.
func Errors() Sample {
	run := analysistest.Model{Seed: 4, Ramp: 30, Steady: 150, Settle: 10, Users: 60, Think: 800, Service: 70, Endpoints: 2, FailFrom: 92}.Run()
	names(run, 60, 2, "POST /cart", "GET /catalogue")
	machine(run)
	run.Failures = []analysis.Failure{
		{Type: "POST", Name: "/cart", Error: "HTTPError('500 Server Error: Internal Server Error for url: /cart')", Count: 308, First: run.Began + 92},
		{Type: "GET", Name: "/catalogue", Error: "ConnectionRefusedError(111, 'Connection refused')", Count: 316, First: run.Began + 93},
		{Type: "GET", Name: "/catalogue", Error: "RemoteDisconnected('Remote end closed connection without response')", Count: 4, First: run.Began + 120},
	}
	run.Exceptions = []analysis.Exception{{
		Message: "KeyError: 'basket'", Count: 12,
		Traceback: "Traceback (most recent call last):\n  File \"locust/user/task.py\", line 340, in run\n    self.execute_next_task()\n  File \"locustfile.py\", line 31, in buy\n    basket = answer.json()['basket']\nKeyError: 'basket'\n",
	}}
	f := base(run, 30, 10)
	f.Verdict = analysis.Verdict{Word: "FAILED", Code: 1, Line: fmt.Sprintf("%d of %d requests failed, 308 of them POST /cart: HTTPError('500 Server Error: Internal Server Error for url: /cart')", run.Total.Stats.Failures, run.Total.Stats.Requests)}
	f.Headline = "Errors began at 60 users, with a restart of uvicorn"
	file := run.Info.Files["metrics"]
	f.Findings = []analysis.Finding{
		{
			Kind: analysis.KindErrors, Level: analysis.Bad, Clear: true, At: run.Began + 92, Title: "A tenth of all requests fails from the middle on.",
			Text:     "Before, none failed in 92 s. Half are answers 500 of POST /cart, half refused connections. No resource moved with them.",
			Evidence: []analysis.Evidence{{File: run.Info.Files["timings"], Column: timing.Failures, From: run.Began + 92, To: run.Ended, Value: 10, Unit: "%", Rule: "the first second of 10 in which failures are above 1 %"}},
		},
		{
			Kind: analysis.KindRestart, Level: analysis.Warn, Clear: true, At: run.Began + 93, Title: "uvicorn restarted.", Text: "A new process came in the place of pid 4242.",
			Evidence: []analysis.Evidence{{File: file, Column: resource.ProcessRestarts, From: run.Began + 93, To: run.Began + 93, Value: 1, Rule: "the counter rose"}},
		},
		{Kind: analysis.KindRestart, Level: analysis.Warn, Clear: true, At: run.Began + 131, Title: "uvicorn restarted again.", Text: "It had run for 38 s."},
		{Kind: analysis.KindGenerator, Level: analysis.Good, Clear: true, Title: "The generator was not the limit.", Text: "Workers at 4 % CPU."},
	}
	for i := 98; i < 104; i++ { // the process is away: its columns are empty
		for _, column := range []string{resource.ProcessCPUCores, resource.ProcessBusiestThreadPercent, resource.ProcessRSSMB, resource.ProcessOpenFiles, resource.ProcessThreads} {
			run.Hosts[0].Columns[column].Values[i] = math.NaN()
		}
	}
	return Sample{"errors", run, f}
}

// NoMonitor is a run of stock Locust: a history, no timings, no monitor.
func NoMonitor() Sample {
	run := analysistest.Model{Seed: 5, Ramp: 20, Steady: 100, Settle: 0, Users: 40, Think: 500, Service: 120, Servers: 4, Endpoints: 2}.Run()
	names(run, 40, 2, "GET /", "GET /search")
	run.Hosts, run.Workers = nil, nil
	run.Info.Files = map[string]string{"stats": "example_stats.csv", "history": "example_stats_history.csv", "failures": "example_failures.csv"}
	run.Info.Gregaria, run.Info.Watched, run.Info.LocustfileSHA256, run.Info.SpawnRate = "", "", "", 0
	run.Info.Notes = []string{"No timings_*.csv beside the history: response times are Locust's, of about the last 10 s.", "No metrics_*.csv: what the machine did is not known."}
	for _, l := range append([]*analysis.Load{&run.Total}, pointers(run.Endpoints)...) {
		l.Phases = [timing.Phases][]analysis.Histogram{}
		for _, s := range []*analysis.Series{&l.Requests, &l.Failures, &l.P50, &l.P95, &l.P99} {
			s.File = run.Info.Files["history"]
		}
	}
	run.Users.File = run.Info.Files["history"]
	f := base(run, 20, 0)
	all := &f.Endpoints[len(f.Endpoints)-1]
	all.Median, all.P95, all.P99, all.Max = pointer(740), pointer(980), pointer(1100), pointer(1300)
	f.Verdict = analysis.Verdict{}
	f.Headline = "Throughput is flat at 33 requests/s: no measured resource is at its limit"
	f.Findings = []analysis.Finding{
		{
			Kind: analysis.KindSaturation, Level: analysis.Warn, Clear: false, At: run.Began + 12, Title: "Throughput is flat from 25 users on.",
			Text: "What holds it up is not known: no monitor ran. The server behaves as a pool of 4: look for a connection pool, a lock, a semaphore, or something downstream.",
		},
	}
	return Sample{"no-monitor", run, f}
}

// TwoGPUs is a run on two machines, the target's with two GPUs, with a generator at its limit.
func TwoGPUs() Sample {
	run := analysistest.Model{Seed: 6, Ramp: 40, Steady: 110, Settle: 10, Users: 80, Think: 900, Service: 200, Servers: 8, Endpoints: 1}.Run()
	names(run, 80, 2, "POST /api/v1/story")
	machine(run)
	run.Hosts[0].Target = false
	gpuhost := analysis.Host{Name: "gpuhost", File: "metrics_20261124_140000_gpuhost.csv", Columns: map[string]analysis.Series{}, Target: true}
	run.Hosts = append(run.Hosts, gpuhost)
	run.Info.Local, run.Info.Host, run.Info.Watched = false, "http://gpuhost:8000", "uvicorn (pid 17): python -m uvicorn app:app"
	run.Info.Files["metrics gpuhost"] = gpuhost.File
	add(run, 1, resource.CPUPercent, follow(run, 20, 3, 35, 2))
	add(run, 1, resource.CPUBusiestCorePercent, follow(run, 21, 6, 61, 4))
	add(run, 1, resource.MemoryPercent, noise(22, 41, 0.1))
	add(run, 1, resource.ProcessRSSMB, noise(23, 14200, 6))
	add(run, 1, resource.ProcessOpenFiles, noise(24, 60, 1))
	load := follow(run, 25, 0, 170, 1)
	add(run, 1, resource.GPULoadPercent(0), func(i int) float64 { return math.Min(97, load(i)) })
	add(run, 1, resource.GPULoadPercent(1), follow(run, 26, 0, 44, 4))
	for i := range 2 {
		add(run, 1, resource.GPUMemoryUsedGB(i), follow(run, uint64(27+i), 18, 60-10*float64(i), 0.1))
		add(run, 1, resource.GPUMemoryTotalGB(i), func(int) float64 { return 80 })
		add(run, 1, resource.GPUPowerW(i), follow(run, uint64(30+i), 70, 620-200*float64(i), 9))
		add(run, 1, resource.GPUPowerLimitW(i), func(int) float64 { return 700 })
	}
	f := base(run, 40, 10)
	at := run.Began + 36
	f.Verdict = analysis.Verdict{Word: "INCOMPLETE", Code: 4, Line: "stopped in the web UI after 150 s of 300 s"}
	f.Headline = "GPU 0 of gpuhost full at 44 users, 40 requests/s"
	f.Findings = []analysis.Finding{
		{
			Kind: analysis.KindGenerator, Level: analysis.Warn, Clear: true, Title: "The worker was at 94 % of a core for 12 s.", Text: "Response times have the worker's own queue in them: --workers=auto starts one a core. Every other verdict is not clear.",
			Evidence: []analysis.Evidence{{File: run.Info.Files["metrics"], Column: "Worker_CPU_Percent", From: at, To: at + 12, Value: 94, Unit: "%", Rule: "at its limit from 90 % on"}},
		},
		{
			Kind: analysis.KindSaturation, Level: analysis.Bad, Clear: false, At: at, Title: "GPU 0 is busy all the time from 44 users on.", Text: "Load 97 %, while GPU 1 was at 31 %. Load says that a kernel ran, not that the GPU is full.",
			Evidence: []analysis.Evidence{{File: gpuhost.File, Column: resource.GPULoadPercent(0), From: at, To: run.Ended, Value: 97, Unit: "%", Rule: "at its limit: 90 % or more in 8 of 10 seconds"}},
		},
	}
	return Sample{"two-gpus", run, f}
}

// Stream is a run of answers that stream events.
func Stream() Sample {
	run := analysistest.Model{Seed: 7, Ramp: 10, Steady: 80, Settle: 5, Users: 12, Think: 700, Service: 300, Endpoints: 2}.Run()
	names(run, 12, 1, "POST /v1/chat/completions", "STREAM /v1/chat/completions")
	machine(run)
	stream := &run.Endpoints[1]
	stream.Phases[timing.FirstEvent] = stream.Phases[timing.Response]
	f := base(run, 10, 5)
	f.Headline = "Nothing broke: 12 users, first event p95 420 ms"
	for i := range f.Endpoints {
		if f.Endpoints[i].Type == timing.Stream {
			f.Endpoints[i].FirstEventP95 = f.Endpoints[i].P95
		}
	}
	return Sample{"stream", run, f}
}

// Scheduled is a run with a rate that the target cannot keep.
func Scheduled() Sample {
	run := analysistest.Model{Seed: 8, Ramp: 5, Steady: 115, Settle: 5, Users: 100, Think: 100, Service: 100, Servers: 5, CPU: true, Endpoints: 1}.Run()
	names(run, 100, 20, "GET /report")
	machine(run)
	run.Info.Rate = 60
	for _, l := range []*analysis.Load{&run.Total, &run.Endpoints[0]} {
		l.Phases[timing.Scheduled], l.Phases[timing.Lateness] = make([]analysis.Histogram, run.Seconds), make([]analysis.Histogram, run.Seconds)
		for i, h := range l.Phases[timing.Response] {
			late := 30 * math.Max(0, float64(i-12))
			for _, b := range h {
				l.Phases[timing.Scheduled][i] = append(l.Phases[timing.Scheduled][i], analysis.Bucket{MS: b.MS + late, Count: b.Count})
				l.Phases[timing.Lateness][i] = append(l.Phases[timing.Lateness][i], analysis.Bucket{MS: late + b.MS/100, Count: b.Count})
			}
		}
	}
	f := base(run, 5, 5)
	f.Info = run.Info
	for i := range f.Endpoints {
		f.Endpoints[i].ScheduledP95 = pointer(4800)
	}
	f.Headline = "60 tasks/s asked for, 50 requests/s kept: the CPU is full"
	f.Verdict = analysis.Verdict{Word: "FAILED", Code: 1, Line: "1 of 1 checks failed: rps > 55 (measured 50.1)"}
	f.Checks = []analysis.Check{{Text: "rps > 55", Measured: "50.1", Outcome: analysis.Failed}}
	return Sample{"scheduled", run, f}
}

// Died is a run that ended after 5 s.
func Died() Sample {
	run := analysistest.Model{Seed: 9, Ramp: 2, Steady: 3, Settle: 2, Users: 5, Think: 300, Service: 40, Endpoints: 1}.Run()
	names(run, 50, 1, "GET /")
	run.Workers = nil
	f := base(run, 2, 0)
	f.Verdict = analysis.Verdict{Word: "INCOMPLETE", Code: 3, Line: "the worker ended with exit code 1 after 5 s: out of memory"}
	f.Headline = "The load ended after 5 of 300 s: the worker died"
	f.Findings = []analysis.Finding{{Kind: analysis.KindSaturation, Level: analysis.Note, Clear: false, Title: "Too short to say what saturates.", Text: "There is no steady phase of 10 s."}}
	return Sample{"died", run, f}
}

// usl are levels that lie around a curve of the Universal Scalability Law, and not on the series of the run: they make a fit to be looked at.
func usl(run *analysis.Run) []analysis.Point {
	wobble := noise(77, 1, 0.03)
	var all []analysis.Point
	for n := 5.0; n <= 150; n += 5 {
		x := 1.9 * n / (1 + 0.004*(n-1) + 0.00008*n*(n-1)) * wobble(0)
		all = append(all, analysis.Point{Users: n, Throughput: x, P50: 20 + math.Max(0, n-72)*9, P95: 32 + math.Max(0, n-72)*13, From: run.Began + int64(n)/5*3, Seconds: 3, Kind: "ramp"})
	}
	return all
}

// Steps is a run of three steps.
func Steps() Sample {
	run := analysistest.Model{Seed: 10, Ramp: 90, Steady: 60, Settle: 10, Users: 150, Think: 700, Service: 20, Servers: 2, CPU: true, Endpoints: 2}.Run()
	names(run, 150, 0, "GET /a", "GET /b")
	machine(run)
	run.Info.Steps = []int{50, 100, 150}
	f := base(run, 90, 0)
	f.Headline = "CPU saturated at 72 users, 100 requests/s"
	f.Info = run.Info
	f.Laws = analysis.Laws{Throughput: &analysis.Interval{Value: 100, Low: 98, High: 102}, ServiceTime: &analysis.Interval{Value: 20, Low: 20, High: 20}, Knee: 72, Points: usl(run), USL: &analysis.USL{
		Lambda: analysis.Interval{Value: 1.9, Low: 1.8, High: 2}, Alpha: analysis.Interval{Value: 0.004, Low: 0.003, High: 0.005}, Beta: analysis.Interval{Value: 0.00008, Low: 0.00007, High: 0.00009}, Peak: 112, R2: 0.98,
	}}
	return Sample{"steps", run, f}
}

// Hour is a run of an hour at 1 Hz with 20 endpoints.
func Hour() Sample {
	run := analysistest.Model{Seed: 11, Ramp: 300, Steady: 3300, Settle: 10, Users: 300, Think: 4000, Service: 50, Servers: 3, CPU: true, Endpoints: 20, LeakMB: 0.001}.Run()
	paths := make([]string, 20)
	for i := range paths {
		paths[i] = "GET /api/v1/" + strings.Repeat("section/", i%4) + string(rune('a'+i))
	}
	names(run, 300, 1, paths...)
	machine(run)
	f := base(run, 300, 60)
	f.Headline = "CPU saturated at 243 users, 60 requests/s, for 55 minutes"
	at := run.Began + 243
	f.Verdict = analysis.Verdict{Word: "PASSED", Line: "the load ran to its end"}
	f.Findings = []analysis.Finding{{Kind: analysis.KindSaturation, Level: analysis.Bad, Clear: true, At: at, Title: "CPU is full from 243 users on.", Text: "It stayed at 97 % for 55 minutes."}}
	f.Laws = analysis.Laws{Throughput: &analysis.Interval{Value: 60, Low: 59.8, High: 60.1}, Knee: 243, Points: points(run, f, 30)}
	return Sample{"hour", run, f}
}

// Hostile is a run whose texts try to break the page.
func Hostile() Sample {
	const attack = "\u202e" + `</script><script>document.title="owned"</script>"'><img src=x onerror="document.title='owned'">`
	long := strings.Repeat("very/long/", 1000)
	run := analysistest.Model{Seed: 12, Ramp: 5, Steady: 30, Settle: 5, Users: 20, Think: 300, Service: 40, Endpoints: 4}.Run()
	names(run, 20, 4, "GET "+attack, "GET /\u202eevil\u202c/\u05e9\u05dc\u05d5\u05dd/\U0001F600", "GET "+long, "POST {{.Data}}<!--")
	machine(run)
	run.Info.Host = "http://host/" + attack
	run.Info.Locustfile = "</style><b>.py"
	run.Info.Watched = attack + ": x"
	run.Info.Notes = []string{attack, long}
	run.Info.Files["log"] = `javascript:alert(1)//` + attack + ".log"
	run.Hosts[0].Name, run.Workers[0].Name = attack, "\u202eworker"
	run.Failures = []analysis.Failure{{Type: "GET", Name: attack, Error: attack + long, Count: 1}}
	run.Exceptions = []analysis.Exception{{Message: attack, Traceback: attack + strings.Repeat("x\n", 20000), Count: 1}}
	run.Slowest = []analysis.Request{{Timestamp: float64(run.Ended), Type: "GET", Name: attack, Failure: attack, Response: 100, Wait: math.NaN(), Connect: math.NaN(), TLS: math.NaN(), Download: math.NaN()}}
	f := base(run, 5, 5)
	f.Headline = attack
	f.Verdict = analysis.Verdict{Word: "FAILED", Line: attack}
	f.Checks = []analysis.Check{{Text: attack, Measured: attack, Outcome: analysis.NotEvaluated, Why: attack}}
	f.Findings = []analysis.Finding{{Kind: analysis.KindErrors, Level: analysis.Bad, At: run.Began + 3, Title: attack, Text: attack + long, Evidence: []analysis.Evidence{{File: attack, Column: attack, Value: 1, Unit: attack, Rule: attack}}}}
	f.Growth = []analysis.Growth{{What: attack, File: attack, Column: attack, Unit: attack, Outcome: analysis.Leak, Why: attack}}
	return Sample{"hostile", run, f}
}
