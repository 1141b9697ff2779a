//go:build e2e

package e2e

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"
)

// TestConformanceExceptions has tasks panic and fail with texts that differ each time. The master groups by the place, as it
// does with its own workers, keeps the first text and names both workers.
func TestConformanceExceptions(t *testing.T) {
	t.Parallel()
	s := startSite(t)
	m := masterSpec{host: s.URL, flags: []string{"--stop-timeout=5", "Panicky"}}.startWeb(t)
	m.startFaultWorkers(t, 2)
	swarm{users: 6}.send(t, m)
	s.awaitServed(t, 100)
	m.halt(t)
	m.wantCounts(t, s)

	raised, err := m.web.exceptions(t.Context())
	if err != nil || len(raised) != 2 {
		t.Fatalf("exceptions = %v, %v, want the panic and the error", raised, err)
	}
	served := s.counted().By
	for _, e := range raised {
		page, text := "GET /Panicky/refuse", regexp.MustCompile(`^no story \d+$`)
		if strings.Contains(e.Message, "panic") {
			page, text = "GET /Panicky/explode", regexp.MustCompile(`^panic: story \d+ is gone$`)
		}
		if !text.MatchString(e.Message) || uint64(e.Count) != served[page] {
			t.Errorf("exception %q = %d times, want %s and the %d of %s", e.Message, e.Count, text, served[page], page)
		}
		if strings.Count(e.Nodes, "_") != 2 {
			t.Errorf("nodes of %q = %s, want both workers", e.Message, e.Nodes)
		}
	}
	m.wantCalm(t)
}

// TestConformanceFailures has requests fail for a while: one row, as many as were served, first and last seen within that
// time.
func TestConformanceFailures(t *testing.T) {
	t.Parallel()
	s := startSite(t)
	m := masterSpec{host: s.URL, flags: []string{"--stop-timeout=5", "Failing"}}.startWeb(t)
	m.startFaultWorkers(t, 2)
	swarm{users: 10}.send(t, m)
	s.awaitServed(t, 50)
	time.Sleep(1500 * time.Millisecond)
	s.fail(true)
	from := time.Now()
	time.Sleep(2500 * time.Millisecond)
	s.fail(false)
	until := time.Now()
	time.Sleep(1500 * time.Millisecond)
	m.halt(t)
	m.wantCounts(t, s)

	lines := parseCSV(t, m.web.get(t, "/stats/failures/csv"))
	wantFailures(t, lines, s.counted())
	if len(lines) != 1 || lines[0]["Error"] != "HTTPError('500 Server Error: Internal Server Error for url: /Failing')" {
		t.Fatalf("failures = %v, want one row in Locust's words", lines)
	}
	for column, at := range map[string]time.Time{"First Seen": from, "Last Seen": until} {
		seen, err := time.Parse(time.RFC3339, lines[0][column])
		if off := seen.Sub(at); err != nil || off < -1500*time.Millisecond || off > time.Second { // whole seconds
			t.Errorf("%s = %q, %v, want it near %s", column, lines[0][column], err, at.UTC().Format(time.RFC3339Nano))
		}
	}
	m.wantCalm(t)
}

// TestConformanceText puts bytes that are not UTF-8 into paths, names, types, failures and exceptions. A master that gets one
// drops the message and resets the connection; this one must notice nothing.
func TestConformanceText(t *testing.T) {
	t.Parallel()
	s := startSite(t)
	m := masterSpec{host: s.URL, flags: []string{"--stop-timeout=5", "Dirty"}}.startWeb(t)
	m.startFaultWorkers(t, 1)
	swarm{users: 4}.send(t, m)
	s.awaitServed(t, 100)
	m.halt(t)
	got, served := m.web.stats(t), s.counted()
	rounds := served.By["GET /Dirty"]
	want := rows{
		"GET /Dirty/start": {4, 0}, "GET /Dirty/stop": {4, 0}, "GET n\uFFFDme": {rounds, rounds},
		"T\uFFFDPE /\uFFFD(own": {rounds, rounds}, aggregated: {served.Total + rounds, 2 * rounds},
	}
	for name, row := range want {
		if got[name] != row {
			t.Errorf("row %q = %+v, want %+v: %v", name, got[name], row, got)
		}
	}
	if len(got) != len(want)+1 { // and the path with the bad byte, percent-encoded or replaced
		t.Errorf("rows = %v, want %d", got, len(want)+1)
	}
	raised, err := m.web.exceptions(t.Context())
	if err != nil || len(raised) != 1 || raised[0].Message != "err\uFFFDr" || uint64(raised[0].Count) != rounds {
		t.Errorf("exceptions = %v, %v, want %d of one", raised, err, rounds)
	}
	m.awaitReady(t, 1)
	m.wantCalm(t)
}

// TestConformanceResetStats gives --reset-stats to the master, and to the worker or not. The worker reports nothing by itself
// during this test, so without the flag it still has what came before the reset.
func TestConformanceResetStats(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name  string
		flags []string
		left  uint64 // of the users' first requests, at most: the last users may begin after the reset
	}{
		{"at both", []string{"--reset-stats"}, 10},
		{"at the master only", nil, 20},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := startSite(t)
			m := masterSpec{host: s.URL, flags: []string{"--stop-timeout=5", "--reset-stats", "Quick"}}.startWeb(t)
			workerSpec{port: m.port, flags: test.flags, env: []string{onlyAtTheEnd}}.start(t)
			m.awaitReady(t, 1)
			swarm{users: 20, rate: 10}.send(t, m)
			await(t, startLimit, func() error { return m.wantOutput("Resetting stats") })
			before := s.counted().Total
			s.awaitServed(t, before+100)
			m.halt(t)
			got, served := m.web.stats(t), s.counted()
			if n := got["GET /Quick/start"].Requests; n > test.left || n <= test.left-10 && test.flags == nil {
				t.Errorf("first requests in the statistics = %d of 20, want at most %d, and more than 10 without the flag", n, test.left)
			}
			if n := got["GET /Quick/stop"].Requests; n != 20 {
				t.Errorf("last requests in the statistics = %d, want all 20", n)
			}
			if n := got[aggregated].Requests; (n < served.Total) != (test.flags != nil) || n > served.Total || n+before < served.Total {
				t.Errorf("requests = %d of %d, of which %d came before the reset", n, served.Total, before)
			}
		})
	}
}

// TestConformanceWorkerList reads what the master shows of a worker: its log, and the CPU and memory of its heartbeats, next
// to what /proc says. The CPU is that of the last 10 s, and 0 before that.
func TestConformanceWorkerList(t *testing.T) {
	t.Parallel()
	s := startSite(t)
	m := masterSpec{host: s.URL, flags: []string{"--stop-timeout=5", "Burner"}}.startWeb(t)
	worker := m.startFaultWorkers(t, 1, "GOMAXPROCS=1", "GREGARIA_LOG_REPORT_INTERVAL=0.5")[0]
	swarm{users: 1}.send(t, m)
	began, spent := time.Now(), cpuSeconds(t, worker.pid())
	var shown struct {
		Workers []struct {
			ID     string  `json:"id"`
			CPU    float64 `json:"cpu_usage"`
			Memory uint64  `json:"memory_usage"`
		} `json:"workers"`
	}
	await(t, startLimit, func() error {
		err := m.web.getJSON(t.Context(), "/stats/requests", &shown)
		if err == nil && (len(shown.Workers) != 1 || shown.Workers[0].CPU == 0) {
			err = fmt.Errorf("workers = %v, want one with its CPU", shown.Workers)
		}
		return err
	})
	want := 100 * (cpuSeconds(t, worker.pid()) - spent) / time.Since(began).Seconds()
	w := shown.Workers[0]
	if math.Abs(w.CPU-want) > want/2 || want < 5 {
		t.Errorf("CPU = %.1f %%, want about the %.1f %% of /proc, and that above 5", w.CPU, want)
	}
	if rss := residentBytes(t, worker.pid()); w.Memory < rss/2 || w.Memory > rss*2 {
		t.Errorf("memory = %d, want about the %d of /proc", w.Memory, rss)
	}
	m.halt(t)
	m.wantCounts(t, s)

	var logs struct {
		Workers map[string][]string `json:"workers"`
	}
	line := regexp.MustCompile(`^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}\] \S+/INFO/gregaria\.worker: Connected to master `)
	await(t, startLimit, func() error {
		body := m.web.get(t, "/logs")
		if err := json.Unmarshal(body, &logs); err != nil {
			return err
		}
		for _, l := range logs.Workers[w.ID] {
			if line.MatchString(l) {
				return nil
			}
		}
		return fmt.Errorf("GET /logs = %s, want the worker's lines under %s", body, w.ID)
	})
}

// cpuSeconds is the processor time that a process has used: fields 14 and 15 of its stat, in hundredths of a second.
func cpuSeconds(t *testing.T, pid int) float64 {
	t.Helper()
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		t.Fatal(err)
	}
	fields := strings.Fields(string(data[strings.LastIndex(string(data), ")")+1:]))
	return float64(number(t, fields[14-3])+number(t, fields[15-3])) / 100
}

// residentBytes is a process's memory: the second field of its statm, in pages.
func residentBytes(t *testing.T, pid int) uint64 {
	t.Helper()
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	if err != nil {
		t.Fatal(err)
	}
	return number(t, strings.Fields(string(data))[1]) * uint64(os.Getpagesize())
}
