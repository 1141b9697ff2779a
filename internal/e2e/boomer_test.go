//go:build e2e

package e2e

import (
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	"gregaria/internal/boomertest"
)

// A boomerPackage is what programs are compiled against, with its name in messages.
type boomerPackage struct{ name, path string }

// boomerPackages are ours, and in a long run boomer's, of which only the log tells: what it does is measured, not wanted.
func boomerPackages() []boomerPackage {
	all := []boomerPackage{{"ours", boomertest.Ours}, {"boomer", boomertest.Boomer}}
	if os.Getenv("GREGARIA_E2E_LONG") != "1" {
		return all[:1]
	}
	return all
}

// A gopherProgram is one written for boomer.
type gopherProgram struct {
	name  string
	flags func(m *master, b *backend) []string
}

// whole programs read the flags of boomer.Run; own programs make a Boomer of their own.
func whole(m *master, b *backend) []string {
	return []string{"--master-host=127.0.0.1", "--master-port=" + m.port, "--url=" + b.url}
}

func own(m *master, b *backend) []string { return []string{"--port=" + m.port, "--url=" + b.url} }

func address(of func(*backend) string) func(*master, *backend) []string {
	return func(m *master, b *backend) []string {
		return []string{"--master-host=127.0.0.1", "--master-port=" + m.port, "--address=" + of(b)}
	}
}

func gopherPrograms() []gopherProgram {
	return []gopherProgram{
		{"http", whole},
		{"fasthttp", whole},
		{"tcp", address(func(b *backend) string { return b.tcp })},
		{"udp", address(func(b *backend) string { return b.udp })},
		{"messages", own},
		{"ratelimit", own},
		{"taskset", whole},
		{"events", own},
	}
}

// gopherBuilds keeps what was compiled: once for each program and package.
var gopherBuilds sync.Map

// start starts the program, compiled against the package.
func (p gopherProgram) start(t *testing.T, m *master, b *backend, against string, more ...string) *process {
	t.Helper()
	return p.startWith(t, nil, m, b, against, more...)
}

// startWith starts it with variables, too.
func (p gopherProgram) startWith(t *testing.T, env []string, m *master, b *backend, against string, more ...string) *process {
	t.Helper()
	build, _ := gopherBuilds.LoadOrStore(p.name+against, sync.OnceValues(func() (string, error) {
		return boomertest.Build(root, os.Getenv(binVariable), p.name, against)
	}))
	path, err := build.(func() (string, error))()
	if err != nil {
		t.Fatal(err)
	}
	return start(t, command{name: p.name + " against " + against, path: path, env: env, args: append(p.flags(m, b), more...)})
}

// gopherMaster is a master whose classes only have names.
func gopherMaster(b *backend, flags ...string) masterSpec {
	return masterSpec{host: b.url, file: "../../boomertest/testdata/locustfile.py", flags: flags}
}

// TestBoomerPrograms runs each program headless: everything that was served is in the master's statistics. What is missing with
// boomer a long run logs.
func TestBoomerPrograms(t *testing.T) {
	t.Parallel()
	const users = 20
	for _, p := range gopherPrograms() {
		for _, against := range boomerPackages() {
			t.Run(p.name+"/"+against.name, func(t *testing.T) {
				t.Parallel()
				b := startBackend(t, 20*time.Millisecond)
				m := gopherMaster(b, "--headless", "--expect-workers=1", fmt.Sprintf("--users=%d", users), "--spawn-rate=20", "--run-time=5").start(t)
				w := p.start(t, m, b, against.path)
				m.wantExit(t, 0, time.Minute)
				if against.path == boomertest.Boomer {
					logLoss(t, p.name, m, b)
					return
				}
				w.wantExit(t, 0, 10*time.Second)
				if b.counted().Total < 100 {
					t.Errorf("served %d, want enough to compare", b.counted().Total)
				}
				parseSummary(t, m.output.String()).wantServed(t, "summary", b.counted())
				for _, text := range gopherWords(p.name, b) {
					if m.wantOutput(text) != nil && w.wantOutput(text) != nil {
						t.Errorf("neither master nor program has said %q", text)
					}
				}
				for _, complaint := range []string{"Traceback", "/ERROR/", "reconnect"} {
					if m.wantOutput(complaint) == nil {
						t.Errorf("the master's log has %q in it", complaint)
					}
				}
			})
		}
	}
}

// gopherWords is what a program has said, or made the master say, at the end.
func gopherWords(name string, b *backend) []string {
	switch name {
	case "messages":
		return []string{"answer 'text text'", "answer 'map[string]interface {}'", "answer '<nil>'", "answer '[]interface {}'"}
	case "events":
		return []string{
			"event: connected", "event: spawn 20", "event: stop", "event: quit", "output: start", "Users: 20, Total RPS:",
			fmt.Sprintf("output: stop after %d requests", b.counted().Total),
		}
	}
	return nil
}

// logLoss says how much of what was served the master has not heard of.
func logLoss(t *testing.T, name string, m *master, b *backend) {
	t.Helper()
	served, known := b.counted().Total, parseSummary(t, m.output.String())[aggregated].Requests
	missing := float64(served) - float64(known)
	t.Logf("| %s | %d | %d | %.0f | %.1f %% |", name, served, known, missing, 100*missing/max(float64(served), 1))
}

// TestBoomerTwice has two Boomers in one process, and then two more: libzmq belongs to the process, and survives.
func TestBoomerTwice(t *testing.T) {
	t.Parallel()
	b := startBackend(t, 20*time.Millisecond)
	m := gopherMaster(b).startWeb(t)
	w := gopherProgram{"twice", own}.start(t, m, b, boomertest.Ours)
	for range 2 {
		m.awaitReady(t, 2)
		b.reset()
		swarm{users: 20}.send(t, m)
		time.Sleep(2 * time.Second)
		m.halt(t)
		m.web.stats(t).wantServed(t, "CSV of the web UI", b.counted())
		await(t, startLimit, func() error { return m.noWorkers(t) })
	}
	w.wantExit(t, 0, 10*time.Second)
	if w.wantOutput("dangling") == nil {
		t.Error("a socket was left")
	}
}

func (m *master) noWorkers(t *testing.T) error {
	n, err := m.web.workerCount(t.Context())
	if err == nil && n > 0 {
		err = fmt.Errorf("%d workers are left", n)
	}
	return err
}

// TestBoomerCycles starts and stops a test again and again, with a program of boomer's. Each time everything is counted, and
// nothing of the time before.
func TestBoomerCycles(t *testing.T) {
	t.Parallel()
	const users = 30
	cycles := 10
	if os.Getenv("GREGARIA_E2E_LONG") == "1" {
		cycles = 100
	}
	b := startBackend(t, 50*time.Millisecond)
	m := gopherMaster(b).startWeb(t)
	gopherPrograms()[1].start(t, m, b, boomertest.Ours)
	for cycle := range cycles {
		m.awaitWorkers(t, 1)
		b.reset()
		swarm{users: users}.send(t, m)
		await(t, startLimit, func() error {
			if n := b.counted().Total; n < 2*users {
				return fmt.Errorf("%d requests served, want more", n)
			}
			return nil
		})
		time.Sleep(time.Duration(cycle%10) * 37 * time.Millisecond)
		m.halt(t)
		m.web.stats(t).wantServed(t, "CSV of the web UI", b.counted())
		if t.Failed() {
			t.Fatalf("in cycle %d of %d", cycle+1, cycles)
		}
	}
	m.wantCalm(t)
}

// TestBoomerMasterRestart kills the master in the middle of a test and starts another one at its address. With our package
// the program is a worker of the new one, without being started again, and ends by SIGTERM when that is gone too; what
// happens with boomer a long run logs.
func TestBoomerMasterRestart(t *testing.T) {
	t.Parallel()
	for _, against := range boomerPackages() {
		t.Run(against.name, func(t *testing.T) {
			t.Parallel()
			b := startBackend(t, 20*time.Millisecond)
			spec := gopherMaster(b)
			spec.port, spec.webPort = freePort(t), freePort(t)
			m := spec.startWeb(t)
			w := gopherPrograms()[0].start(t, m, b, against.path)
			m.awaitReady(t, 1)
			swarm{users: 10}.send(t, m)
			await(t, startLimit, func() error {
				if n := b.counted().Total; n < 100 {
					return fmt.Errorf("%d requests served, want more", n)
				}
				return nil
			})
			m.signal(9)
			<-m.done
			began := time.Now()
			m = spec.startWeb(t)
			if against.path == boomertest.Boomer {
				time.Sleep(20 * time.Second)
				n, err := m.web.workerCount(t.Context())
				before := b.counted().Total
				time.Sleep(time.Second)
				t.Logf("20 s after the restart the master has %d workers (%v); the program sends %d requests a second all the same",
					n, err, b.counted().Total-before)
				return
			}
			m.awaitReady(t, 1)
			t.Logf("a worker of the new master %.1f s after it was started", time.Since(began).Seconds())
			b.reset()
			swarm{users: 10}.send(t, m)
			time.Sleep(4 * time.Second)
			m.halt(t)
			m.web.stats(t).wantServed(t, "CSV of the web UI", b.counted())
			m.signal(9)
			<-m.done
			w.signal(15)
			w.wantExit(t, 0, 10*time.Second)
		})
	}
}

// TestBoomerRate holds 50 users to 1,000 requests a second. What boomer does a long run logs.
func TestBoomerRate(t *testing.T) {
	const rate = 1000
	span := 10 * time.Second
	if os.Getenv("GREGARIA_E2E_LONG") == "1" {
		span = time.Minute
	}
	for _, against := range boomerPackages() {
		t.Run(against.name, func(t *testing.T) {
			b := startBackend(t, 5*time.Millisecond)
			m := gopherMaster(b).startWeb(t)
			gopherProgram{"ratelimit", own}.start(t, m, b, against.path, fmt.Sprintf("--rate=%d", rate))
			m.awaitReady(t, 1)
			swarm{users: 50}.send(t, m)
			await(t, startLimit, func() error { return m.wantState(t.Context(), 50, "running") })
			time.Sleep(time.Second)
			b.reset()
			began := time.Now()
			time.Sleep(span)
			served, took := b.counted().Total, time.Since(began)
			got := float64(served) / took.Seconds()
			t.Logf("%d requests in %v: %.1f a second, at most %d in a tenth of one", served, took.Round(time.Millisecond), got, b.most())
			if against.path == boomertest.Boomer {
				return
			}
			if got < 0.99*rate || got > 1.01*rate {
				t.Errorf("%.1f requests a second, want %d within 1 %%", got, rate)
			}
			if n := b.most(); n > 3*rate/10 { // a tenth and what makes up for a hiccup; the machine has others to serve
				t.Errorf("%d requests in a tenth of a second, want about %d: no bursts", n, rate/10)
			}
			m.halt(t)
		})
	}
}

// TestBoomerSideBySide logs what a request costs with the one package and the other, and how true its time is. It asserts
// nothing: the numbers are the machine's.
func TestBoomerSideBySide(t *testing.T) {
	if os.Getenv("GREGARIA_E2E_LONG") != "1" {
		t.Skip("two minutes of measuring; GREGARIA_E2E_LONG=1 does it")
	}
	peers := []struct{ name, program, against string }{
		{"boomer", "fasthttp", boomertest.Boomer},
		{"ours", "fasthttp", boomertest.Ours},
		{"ours, RecordSuccessDuration", "precise", boomertest.Ours},
	}
	for round := range 3 {
		for _, peer := range peers {
			t.Run(fmt.Sprintf("%s/%d", peer.name, round+1), func(t *testing.T) {
				b := startBackend(t, 0)
				m := gopherMaster(b, "--headless", "--expect-workers=1", "--users=8", "--spawn-rate=8", "--run-time=8").start(t)
				w := gopherProgram{peer.program, whole}.start(t, m, b, peer.against)
				m.wantExit(t, 0, time.Minute)
				select {
				case <-w.done:
				case <-time.After(10 * time.Second):
					t.Fatal("the program does not end")
				}
				spent := w.cmd.ProcessState.UserTime() + w.cmd.ProcessState.SystemTime()
				served := b.counted().Total
				t.Logf("%s: %.1f µs of CPU a request; %s", peer.name,
					float64(spent.Microseconds())/float64(max(served, 1)), timesOf(t, m))
				logLoss(t, peer.name, m, b)
			})
		}
	}
}

// timesOf are the times of all requests in the master's CSV, which is written once a second.
func timesOf(t *testing.T, m *master) string {
	t.Helper()
	for _, line := range parseCSV(t, m.file(t, "_stats.csv")) {
		if line["Name"] == aggregated {
			return fmt.Sprintf("response times: average %s ms, minimum %s, median %s", line["Average Response Time"],
				line["Min Response Time"], line["Median Response Time"])
		}
	}
	return "no response times"
}
