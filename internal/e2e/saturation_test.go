//go:build e2e

package e2e

import (
	"cmp"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"gregaria/internal/limited"
)

// A bottleneck is a server of internal/limited, how it is loaded, and what a report may say of it.
type bottleneck struct {
	name  string // as the table of docs/findings.md has it
	limit string
	work  time.Duration
	users int
	// group has limits of the server's cgroup, worker those of the workers'.
	group, worker map[string]int
	// burn is what a task costs the generator, workers is which one makes the load.
	burn    time.Duration
	workers string
	// truth is what has to be found.
	truth truth
	// alone is for what needs most of a machine, or of its disk: nothing else of this test runs then.
	alone bool
}

// favoured are limits of a group whose processes get the CPU before others of a busy machine.
func favoured(limits map[string]int) map[string]map[string]int {
	cpu, memory := map[string]int{"cpu.shares": 1 << 17}, map[string]int{}
	for file, value := range limits {
		if strings.HasPrefix(file, "memory.") {
			memory[file] = value
		} else {
			cpu[file] = value
		}
	}
	return map[string]map[string]int{"cpu": cpu, "cpuacct": {}, "memory": memory}
}

// quota is a part of a core, in percent.
func quota(percent int) map[string]int {
	return map[string]int{"cpu.cfs_period_us": 100_000, "cpu.cfs_quota_us": percent * 1000}
}

// bottlenecks are those of the table in docs/findings.md.
func bottlenecks() []bottleneck {
	const ms = time.Millisecond
	return []bottleneck{
		{name: "all cores", limit: "cpu", work: 25 * ms, users: 200, truth: truth{names: "CPU of the machine"}, alone: true},
		{name: "one thread on two cores", limit: "thread", work: 25 * ms, users: 100, truth: truth{names: "ne thread of limited", places: 1}, alone: true},
		{name: "disk", limit: "disk", users: 200, truth: truth{names: "isk "}, alone: true},
		{name: "the generator, a worker of Locust", limit: "nothing", work: 25 * ms, users: 120, burn: 20 * ms, workers: "python:1", truth: truth{generator: true}, alone: true},
		{name: "the generator, a worker in Go with a quota", limit: "nothing", work: 25 * ms, users: 250, worker: quota(3), truth: truth{generator: true}},
		{name: "quota of 0.4 cores", limit: "cpu", work: 10 * ms, users: 120, group: quota(40), truth: truth{names: "CPU quota"}},
		{name: "memory of 160 MB", limit: "memory", work: 1000 * ms, users: 200, group: map[string]int{"memory.limit_in_bytes": 160 << 20}, truth: truth{killed: true}},
		{name: "GPU", limit: "gpu", work: 25 * ms, users: 120, truth: truth{names: "GPU 0", places: 1}},
		{name: "listen queue", limit: "queue", work: 25 * ms, users: 120, truth: truth{names: "listen queue of limited"}},
		{name: "a lock", limit: "lock", work: 25 * ms, users: 120, truth: truth{places: 1}},
		{name: "a pool of 4", limit: "pool", work: 50 * ms, users: 200, truth: truth{places: 4}},
		{name: "a connection pool of 10", limit: "connections", work: 100 * ms, users: 250, truth: truth{places: 10}},
		{name: "nothing at all", limit: "nothing", work: 25 * ms, users: 60, truth: truth{}},
	}
}

// buildLimited builds internal/cmd/limited, a server with one bottleneck.
func buildLimited(t *testing.T) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "limited")
	build := exec.Command("go", "build", "-o", path, "./internal/cmd/limited")
	build.Dir = root
	if said, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, said)
	}
	return path
}

// TestWhatSaturatedFirst loads real servers with one bottleneck each: a report is right or "not clear", and never wrong. docs/findings.md has its table.
// GREGARIA_E2E_FINDINGS says how often each is run; a run takes 80 s. GREGARIA_E2E_RUNS names a folder for their files.
func TestWhatSaturatedFirst(t *testing.T) {
	rounds, _ := strconv.Atoi(os.Getenv("GREGARIA_E2E_FINDINGS"))
	if rounds == 0 {
		t.Skip("GREGARIA_E2E_FINDINGS is not set: it takes minutes")
	}
	server := buildLimited(t)
	var table verdicts
	t.Cleanup(func() { t.Log(table.String()) })
	for _, alone := range []bool{true, false} {
		t.Run(fmt.Sprintf("alone %t", alone), func(t *testing.T) {
			for _, b := range bottlenecks() {
				if b.alone != alone {
					continue
				}
				t.Run(b.name, func(t *testing.T) {
					if !alone {
						t.Parallel()
					}
					for range rounds {
						word, said := b.run(t, server)
						if word == wrong {
							t.Errorf("%s: wrong: %s", b.name, said)
						}
						table.add(b.name, word, said)
						t.Logf("%s: %s: %s", b.name, word, said)
					}
				})
			}
		})
	}
}

// verdicts are what was said of each bottleneck, in order.
type verdicts struct {
	mu    sync.Mutex // guards what follows
	words map[string][]string
}

func (v *verdicts) add(name, word, said string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.words == nil {
		v.words = map[string][]string{}
	}
	v.words[name] = append(v.words[name], word, said)
}

// String is a table for docs/findings.md, and what was said in each run.
func (v *verdicts) String() string {
	v.mu.Lock()
	defer v.mu.Unlock()
	var rows, all strings.Builder
	for _, b := range bottlenecks() {
		count := map[string]int{}
		for pair := range slices.Chunk(v.words[b.name], 2) {
			count[pair[0]]++
			fmt.Fprintf(&all, "%s: %s: %s\n", b.name, pair[0], pair[1])
		}
		fmt.Fprintf(&rows, "| %s | %d | %d | %d |\n", b.name, count[right], count[unclear], count[wrong])
	}
	return "\n| target | right | not clear | wrong |\n|---|---|---|---|\n" + rows.String() + all.String()
}

// run loads the server once, and says whether its report is right.
func (b bottleneck) run(t *testing.T, server string) (word, said string) {
	folder, port := t.TempDir(), freePort(t)
	target := start(t, command{name: b.limit, path: "/bin/sh", args: []string{
		"-c", limitedGroup(t, favoured(b.group)) + `exec "$0" "$@"`, server,
		"-limit", b.limit, "-work", b.work.String(), "-listen", "127.0.0.1:" + port, "-folder", folder,
	}})
	await(t, startLimit, func() error {
		if target.ended() {
			t.Fatalf("the server ended: %s", target.output.String())
		}
		connection, err := net.Dial("tcp", "127.0.0.1:"+port)
		if err != nil {
			return err
		}
		return connection.Close()
	})
	var env []string
	if b.limit == "gpu" {
		env = append(stubGPUs(t, oneGPU), "NVML_STUB="+filepath.Join(folder, limited.Driver))
	}
	l := startLoadtestIn(t, map[string]string{"locustfile.py": b.locustfile()}, env, "--host=http://127.0.0.1:"+port, "--workers="+cmp.Or(b.workers, "go:1"),
		"--users="+strconv.Itoa(b.users), "--spawn-rate="+strconv.Itoa(b.users/40), "--duration=70s", "--settle=2s", "--master-port="+freePort(t), "--web-port="+freePort(t))
	joinGroup(t, l.pid(), favoured(nil))
	if b.worker != nil {
		var worker int
		await(t, startLimit, func() error {
			for _, d := range descendants(t, l.pid()) {
				if strings.Contains(d.command, "worker") && strings.Contains(d.command, "--master-host") {
					worker = d.pid
					return nil
				}
			}
			return fmt.Errorf("no worker yet")
		})
		joinGroup(t, worker, favoured(b.worker))
	}
	select {
	case <-l.done:
	case <-time.After(4 * time.Minute):
		t.Fatal("loadtest has not ended after 4 minutes")
	}
	target.signal(syscall.SIGKILL)
	<-target.done
	if dir := os.Getenv("GREGARIA_E2E_RUNS"); dir != "" { // to look at
		if err := os.CopyFS(filepath.Join(dir, b.name, time.Now().Format("150405")), os.DirFS(l.dir)); err != nil {
			t.Error(err)
		}
	}
	return b.truth.judge(l.findings(t))
}

// locustfile has users who wait as most do, and tasks that cost the generator what the bottleneck says.
func (b bottleneck) locustfile() string {
	return fmt.Sprintf(`import time

from locust import FastHttpUser, between, task


class U(FastHttpUser):
    wait_time = between(0.5, 1.5)

    @task
    def t(self):
        end = time.perf_counter() + %v
        while time.perf_counter() < end:
            pass
        self.client.get("/", timeout=30)
`, b.burn.Seconds())
}
