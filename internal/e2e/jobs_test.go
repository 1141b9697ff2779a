//go:build e2e

package e2e

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"gregaria/internal/exitcode"
	"gregaria/internal/timing"
)

// storyJob is the job that the documentation has.
const storyJob = "POST /api/v1/story -> GET /api/v1/story/[id] until $.status in (done, failed)"

// TestJobs has users who order stories and ask for them, and compares the row JOB of Locust's statistics with what the API itself has
// logged: for each story how long it was until it told its end.
func TestJobs(t *testing.T) {
	t.Parallel()
	plain, fired := repository(t, "examples", "story_api", "job_user.py"), repository(t, "examples", "story_api", "job_user_fired.py")
	for _, tt := range []struct {
		name, files string
		python      bool     // a worker of Locust's own, too
		flags       []string // of the Go worker
		says        string
	}{
		{"option", plain, false, []string{"--job", storyJob}, " unfinished at the end; "},
		{"option with a listener", plain + "," + repository(t, "internal", "e2e", "testdata", "listens.py"), false, []string{"--job", storyJob}, "HEARD /api/v1/story 202"},
		{"option with FastHttpUser", repository(t, "internal", "e2e", "testdata", "fast_jobs.py"), false, []string{"--job", storyJob}, ""},
		{"fired", fired, true, nil, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			log := filepath.Join(t.TempDir(), "jobs.csv")
			base := startStoryAPI(t, storyPython(t), "STORY_JOBS=1", "STORY_LATENCY_MS=500", "STORY_FAIL_EVERY=4", "STORY_JOB_LOG="+log)
			m := startWebMaster(t, base, "-f", tt.files)
			worker := m.startGoWorkers(t, 1, tt.flags...)[0]
			workers := 1
			if tt.python {
				workers++
				start(t, command{name: "Python worker", path: locust(t), args: []string{
					"-f", tt.files, "--worker", "--master-host=127.0.0.1", "--master-port=" + m.port,
				}})
			}
			m.awaitWorkers(t, workers)
			const users = 6
			m.web.swarm(t, users, users)
			m.web.awaitUsers(t, users)
			time.Sleep(6 * time.Second)
			m.web.stop(t)
			wantJobs(t, m.jobRow(t, "/api/v1/story"), loggedJobs(t, log))
			if !strings.Contains(worker.output.String(), tt.says) {
				t.Errorf("the worker does not say %q", tt.says)
			}
		})
	}
}

// TestEachJob has few users, and compares each job in the request log with what the API has logged of that story. With MoviePy, a story is a
// video that is really rendered, and the run takes a minute.
func TestEachJob(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, python string
		cost         string
		run          time.Duration
	}{
		{"latency", storyPython(t), "STORY_LATENCY_MS=450", 8 * time.Second},
		{"MoviePy", os.Getenv("GREGARIA_E2E_MOVIEPY"), "STORY_RENDER=moviepy", time.Minute},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if tt.python == "" {
				t.Skip("GREGARIA_E2E_MOVIEPY does not name a Python with examples/story_api/requirements-moviepy.txt")
			}
			dir := t.TempDir()
			log, lines := filepath.Join(dir, "jobs.csv"), filepath.Join(dir, "requests.jsonl")
			base := startStoryAPI(t, tt.python, "STORY_JOBS=1", tt.cost, "STORY_JOB_LOG="+log)
			m := startMaster(t, base, "-f", repository(t, "examples", "story_api", "job_user.py"), "--headless", "--expect-workers=1", "--users=4", "--spawn-rate=4",
				fmt.Sprintf("--run-time=%.0f", tt.run.Seconds()), "--stop-timeout=30")
			worker := start(t, command{name: "worker", path: program("worker"), args: []string{"--master-port=" + m.port, "--job", storyJob, "--request-log", lines}})
			m.wantExit(t, exitcode.OK, tt.run+time.Minute)
			worker.wantExit(t, exitcode.OK, 15*time.Second)
			wantEachJob(t, parseLog(t, readFile(t, lines)), storyTimes(t, log))
		})
	}
}

// pollEvery is how often the users of job_user.py ask, in ms.
const pollEvery = 200

// wantEachJob wants a line of type JOB for each story, that was over at most a poll before, and told just before.
func wantEachJob(t *testing.T, lines []logged, stories map[string]storyTime) {
	t.Helper()
	jobs := 0
	var waits, ways []float64 // of jobs: since the story was over, since that was told
	for _, line := range lines {
		if line.Type != timing.Job {
			continue
		}
		jobs++
		story, known := stories[line.URL[strings.LastIndex(line.URL, "/")+1:]]
		if !known || story.status != "done" || line.Failure != "" {
			t.Errorf("a job says %+v, of the story the API has logged %+v", line, story)
			continue
		}
		waits, ways = append(waits, line.Response-story.over), append(ways, line.Response-story.told)
	}
	if jobs != len(stories) || jobs < 10 {
		t.Fatalf("%d jobs, want the %d that the API has logged, and 10 at least", jobs, len(stories))
	}
	slices.Sort(waits)
	slices.Sort(ways)
	at := func(sorted []float64, percent int) float64 { return sorted[len(sorted)*percent/100] }
	t.Logf("%d jobs took as long as until their end was told and %.1f to %.1f ms, p95 %.1f; as long as their stories and %.1f to %.1f ms, p95 %.1f",
		jobs, ways[0], ways[jobs-1], at(ways, 95), waits[0], waits[jobs-1], at(waits, 95))
	const way, busy = 60, 500 // ms that a request may take beside the server's own time; at most, where the cores are busy with videos
	if ways[0] < 0 || waits[0] < 0 || at(ways, 95) > way || at(waits, 95) > pollEvery+way || ways[jobs-1] > busy || waits[jobs-1] > pollEvery+busy {
		t.Errorf("jobs differ from the log by more than a poll: %v and %v ms", ways, waits)
	}
}

// TestJobsCutOff stops users at once, in the middle of their jobs: those are neither done nor failed, and are said.
func TestJobsCutOff(t *testing.T) {
	t.Parallel()
	base := startStoryAPI(t, storyPython(t), "STORY_JOBS=1", "STORY_LATENCY_MS=3000")
	m := startWebMaster(t, base, "-f", repository(t, "examples", "story_api", "job_user.py"), "--stop-timeout=0")
	worker := m.startGoWorkers(t, 1, "--job", storyJob, "--job", "POST /typo -> GET /typo/* until $.status = done")[0]
	m.awaitWorkers(t, 1)
	const users = 4
	m.web.swarm(t, users, users)
	m.web.awaitUsers(t, users)
	time.Sleep(5 * time.Second)
	m.web.stop(t)
	begun := m.web.stats(t)["POST /api/v1/story"].Requests
	said := regexp.MustCompile(`Jobs POST /api/v1/story: (\d+) done in .* on average, .* at most, 0 failed, (\d+) unfinished at the end`)
	var found []string
	await(t, 10*time.Second, func() error {
		if found = said.FindStringSubmatch(worker.output.String()); found == nil {
			return fmt.Errorf("the worker does not say %v", said)
		}
		return nil
	})
	done, unfinished := decimal(t, found[1]), decimal(t, found[2])
	if done == 0 || unfinished == 0 || done+unfinished != float64(begun) {
		t.Errorf("%v jobs are done and %v unfinished, of %d begun", done, unfinished, begun)
	}
	if row := m.web.stats(t)["JOB /api/v1/story"]; float64(row.Requests) != done || row.Failures != 0 {
		t.Errorf("the row JOB has %+v, want the %v that are done", row, done)
	}
	if want := "--job: no request 'POST /typo' was made: types and names"; !strings.Contains(worker.output.String(), want) {
		t.Errorf("the worker does not say %q", want)
	}
}

// TestJobsListened has users who listen to a stream until their story is there, which goes on after that: a job ends with the event.
func TestJobsListened(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex // guards what follows
	began, told, stories := map[string]time.Time{}, jobRow{least: math.Inf(1)}, 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		arrived := time.Now()
		mu.Lock()
		defer mu.Unlock()
		if q.Method == http.MethodPost {
			stories++
			id := fmt.Sprint(stories)
			began[id] = arrived
			fmt.Fprintf(w, `{"id":%q,"status":"queued"}`, id)
			return
		}
		id := strings.Split(q.URL.Path, "/")[2]
		first := began[id]
		mu.Unlock()
		w.Header().Set("Content-Type", "text/event-stream")
		status := "done"
		if n := decimal(t, id); math.Mod(n, 3) == 0 {
			status = "failed"
		}
		for _, s := range []string{"queued", "rendering", status} {
			time.Sleep(50 * time.Millisecond)
			fmt.Fprintf(w, ": tick\n\nevent: status\ndata: {\"status\": %q}\n\n", s)
			w.(http.Flusher).Flush()
		}
		took := float64(time.Since(first)) / 1e6
		select { // the stream goes on, until its reader has had enough
		case <-q.Context().Done():
		case <-time.After(300 * time.Millisecond):
		}
		mu.Lock()
		told.requests++
		if status == "failed" {
			told.failures++
		}
		told.mean, told.least, told.most = told.mean+took, min(told.least, took), max(told.most, took)
	}))
	t.Cleanup(server.Close)
	m := startWebMaster(t, server.URL, "-f", repository(t, "internal", "e2e", "testdata", "listening_jobs.py"))
	m.startGoWorkers(t, 1, "--job", "POST /story -> GET /story/[id]/events until $.status in (done, failed)")
	m.awaitWorkers(t, 1)
	const users = 4
	m.web.swarm(t, users, users)
	m.web.awaitUsers(t, users)
	time.Sleep(4 * time.Second)
	m.web.stop(t)
	got := m.jobRow(t, "/story")
	mu.Lock()
	defer mu.Unlock()
	told.mean /= told.requests
	wantJobs(t, got, told)
}

// TestLoadtestJobs has jobs in the statistics and in the summary.
func TestLoadtestJobs(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	log, jobs := filepath.Join(dir, "jobs.csv"), filepath.Join(dir, "jobs.txt")
	if err := os.WriteFile(jobs, []byte("# stories\n"+storyJob+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	base := startStoryAPI(t, storyPython(t), "STORY_JOBS=1", "STORY_LATENCY_MS=300", "STORY_JOB_LOG="+log)
	l := startLoadtest(t, "--host", base, "--users=6", "--spawn-rate=6", "--duration=6", "--jobs-file", jobs,
		"--locustfile", repository(t, "examples", "story_api", "job_user.py"))
	l.wantExit(t, exitcode.OK, time.Minute)
	want := loggedJobs(t, log)
	if got := parseStats(t, l.read(t, "stats_*_stats.csv"))["JOB /api/v1/story"]; float64(got.Requests) != want.requests || want.requests < 6 {
		t.Errorf("the row JOB has %+v, want %v as the API has logged", got, want.requests)
	}
	timed, most, polls, asked := 0.0, 0.0, 0.0, 0.0
	for _, line := range parseCSV(t, l.read(t, "timings_*.csv")) {
		if line["Type"] == "GET" && line["Name"] == "/api/v1/story/[id]" {
			asked += decimal(t, line["Requests"])
		}
		if line["Type"] == timing.Job && line["Name"] == "/api/v1/story" {
			timed += decimal(t, line["Response_Count"])
			polls += decimal(t, line["Polls"])
			most = max(most, decimal(t, line["Response_Max_MS"]))
		}
	}
	if timed != want.requests || most < want.most-1 || most > want.most+100 {
		t.Errorf("timings.csv has %v jobs, the longest of %v ms, want %v and %v", timed, most, want.requests, want.most)
	}
	if polls != asked || polls < timed {
		t.Errorf("timings.csv has %v polls of %v jobs, want the %v requests that asked for them", polls, timed, asked)
	}
	said := regexp.MustCompile(`(?m)^Note +Jobs POST /api/v1/story: (\d+) done in .*, 0 failed, 0 unfinished at the end; [\d.]+ polls for each that ended$`)
	if found := said.FindAllStringSubmatch(l.output.String(), -1); len(found) != 1 || decimal(t, found[0][1]) != want.requests {
		t.Errorf("the summary says of jobs %q, want once the %v that are done", found, want.requests)
	}
}

// TestJobsInTab has the polls of each job in the tab Timings, and of nothing else.
func TestJobsInTab(t *testing.T) {
	t.Parallel()
	base := startStoryAPI(t, storyPython(t), "STORY_JOBS=1", "STORY_LATENCY_MS=450")
	l := startLoadtest(t, "--host", base, "--users=4", "--spawn-rate=4", "--duration=30", "--job", storyJob,
		"--locustfile", repository(t, "examples", "story_api", "job_user.py"), "--python-workers=0")
	await(t, startLimit, func() error { return l.wantOutput("4 users") })
	b := openBrowser(t, l.web.base+"/")
	b.tab("Timings")
	for name, row := range b.awaitEndpoints("JOB /api/v1/story", "GET /api/v1/story/[id]", aggregated) {
		if name == "JOB /api/v1/story" {
			if polls := float(t, row["polls"]); polls < 2 || polls > 4 {
				t.Errorf("%v polls of each job, want about 3: a story takes 0.45 s and is asked for every 0.2 s", polls)
			}
		} else if row["polls"] != "" {
			t.Errorf("%s has %s polls, want none", name, row["polls"])
		}
	}
	l.wantExit(t, exitcode.OK, 2*time.Minute)
}

// TestJobExamples has the file that fires jobs itself in the documentation, word by word.
func TestJobExamples(t *testing.T) {
	t.Parallel()
	docs := string(readFile(t, repository(t, "docs", "timings.md")))
	if !strings.Contains(docs, storyJob) {
		t.Errorf("docs/timings.md does not have %q", storyJob)
	}
	_, code, _ := strings.Cut(string(readFile(t, repository(t, "examples", "story_api", "job_user_fired.py"))), "\n\n")
	for line := range strings.Lines(code) {
		if line = strings.TrimSpace(line); line != "" && !strings.Contains(docs, "    "+line) && !strings.Contains(docs, line) {
			t.Errorf("docs/timings.md does not have the line %q of job_user_fired.py", line)
		}
	}
}

// A jobRow is what a list of jobs comes to: times in ms.
type jobRow struct {
	requests, failures float64
	mean, least, most  float64
}

// jobRow is Locust's row of the jobs of a name.
func (m *master) jobRow(t *testing.T, name string) jobRow {
	t.Helper()
	all, err := csv.NewReader(bytes.NewReader(m.web.get(t, "/stats/requests/csv"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := func(line []string, name string) float64 { return decimal(t, line[slices.Index(all[0], name)]) }
	for _, line := range all[1:] {
		if line[0] == timing.Job && line[1] == name {
			return jobRow{
				at(line, "Request Count"), at(line, "Failure Count"),
				at(line, "Average Response Time"), at(line, "Min Response Time"), at(line, "Max Response Time"),
			}
		}
	}
	t.Fatalf("Locust has no row JOB: %v", all)
	return jobRow{}
}

// A storyTime is what examples/story_api has logged of a story: after how many ms it was over, and was told to be.
type storyTime struct {
	status     string
	over, told float64
}

// storyTimes reads the log of examples/story_api (jobs.py).
func storyTimes(t *testing.T, path string) map[string]storyTime {
	t.Helper()
	lines, err := csv.NewReader(bytes.NewReader(readFile(t, path))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	stories := map[string]storyTime{}
	for _, line := range lines {
		stories[line[0]] = storyTime{line[1], decimal(t, line[2]) * 1000, decimal(t, line[3]) * 1000}
	}
	return stories
}

// loggedJobs is what it comes to.
func loggedJobs(t *testing.T, path string) (all jobRow) {
	t.Helper()
	all.least = math.Inf(1)
	for _, story := range storyTimes(t, path) {
		if story.told < story.over || story.told > story.over+1000 {
			t.Errorf("a story was over after %v ms and told after %v, which is no poll every 0.2 s", story.over, story.told)
		}
		all.requests++
		if story.status == "failed" {
			all.failures++
		}
		all.mean += story.told
		all.least, all.most = min(all.least, story.told), max(all.most, story.told)
	}
	all.mean /= all.requests
	return all
}

// wantJobs wants Locust's row to be what the API has logged: the same jobs, and their times but for the way there and back.
func wantJobs(t *testing.T, got, want jobRow) {
	t.Helper()
	t.Logf("Locust %+v, the API %+v", got, want)
	if got.requests != want.requests || got.failures != want.failures || want.requests < 10 || want.failures == 0 {
		t.Errorf("%v jobs and %v of them failed, want %v and %v as the API has logged", got.requests, got.failures, want.requests, want.failures)
	}
	const way = 60 // ms that a request may take beside the server's own time, on a machine that is busy; a single one may take thrice that
	for _, time := range [][3]float64{{got.mean, want.mean, way}, {got.least, want.least, way}, {got.most, want.most, 3 * way}} {
		if late := time[0] - time[1]; late < -1 || late > time[2] {
			t.Errorf("times in ms: Locust %+v, the API %+v: they differ by %v", got, want, late)
		}
	}
}

func decimal(t *testing.T, text string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}
