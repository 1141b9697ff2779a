//go:build e2e

package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"gregaria/internal/build"
	"gregaria/internal/target"
)

// TestVersions does the core of a run with other releases of Locust: register, run, change the number of users, count, stop,
// do it again, quit. GREGARIA_E2E_VERSIONS names them ("2.15.1 2.31.8"); without it, it is the release of scripts/setup.sh.
// The master has the plug-in, if it takes one: timings are what was served. Each is installed from PyPI once, into .cache, with GREGARIA_E2E_PYTHON or python3. docs/compatibility.md has the results.
func TestVersions(t *testing.T) {
	eachRelease(t, func(t *testing.T, version, program string) { runCore(t, program, !strings.HasPrefix(version, "2.10.")) })
}

// eachRelease runs f with each release of Locust that is to be tried, side by side.
func eachRelease(t *testing.T, f func(t *testing.T, version, program string)) {
	t.Helper()
	t.Parallel()
	versions := strings.Fields(os.Getenv("GREGARIA_E2E_VERSIONS"))
	if len(versions) == 0 {
		versions = []string{build.Locust}
	}
	for _, version := range versions {
		t.Run(version, func(t *testing.T) {
			t.Parallel()
			f(t, version, release(t, version))
		})
	}
}

func runCore(t *testing.T, program string, takesPlugin bool) {
	t.Helper()
	s := startSite(t)
	s.slow("/Quick", 50*time.Millisecond)
	flags := []string{"--stop-timeout=5", "Quick"}
	if takesPlugin {
		flags = append([]string{"-f", repository(t, "internal", "e2e", "testdata", "conformance.py") + "," + writePlugin(t)}, flags...)
	}
	m := masterSpec{locust: program, host: s.URL, flags: flags}.startWeb(t)
	all := target.Served{By: map[string]uint64{}} // in the three tests
	count := func() {
		served := s.counted()
		all.Total, all.Failed = all.Total+served.Total, all.Failed+served.Failed
		for name, n := range served.By {
			all.By[name] += n
		}
	}
	// Masters before 2.19 never answer a heartbeat: they must not be given up for it.
	workers := m.startFaultWorkers(t, 2, "GREGARIA_MASTER_HEARTBEAT_TIMEOUT=5")
	time.Sleep(7 * time.Second) // idle for longer than a silent master is trusted
	for range 2 {
		m.awaitReady(t, 2)
		s.reset()
		swarm{users: 12}.send(t, m)
		m.wantUsersOf(t, s, map[string]int{"Quick": 12})
		time.Sleep(7 * time.Second) // and busy as long
		swarm{users: 20}.send(t, m)
		m.wantUsersOf(t, s, map[string]int{"Quick": 20})
		m.halt(t)
		await(t, startLimit, func() error { return m.wantState(t.Context(), 0, "stopped") })
		m.wantCounts(t, s)
		count()
	}
	for _, worker := range workers {
		if n := strings.Count(worker.output.String(), "Connected to master"); n != 1 {
			t.Errorf("%s registered %d times, want once", worker.name, n)
		}
	}
	m.awaitReady(t, 2)
	s.reset()
	swarm{users: 20}.send(t, m)
	m.wantUsersOf(t, s, map[string]int{"Quick": 20})
	m.signal(syscall.SIGINT)
	m.wantExit(t, 0, 10*time.Second)
	for _, worker := range workers {
		worker.wantExit(t, 0, 5*time.Second)
	}
	parseSummary(t, m.output.String()).wantServed(t, "summary", s.counted())
	if !takesPlugin {
		return
	}
	count()
	lines := timingRows(t, m.file(t, "_timings.csv"))
	got, seen := sums(t, lines)
	got.wantServed(t, "timings", all)
	if uint64(seen+0.5) != all.Total {
		t.Errorf("timings saw %.0f of %d requests, want all", seen, all.Total)
	}
}

// release returns the program of a release of Locust, installed at its first use.
func release(t *testing.T, version string) string {
	t.Helper()
	if version == build.Locust && os.Getenv("GREGARIA_E2E_VERSIONS") == "" {
		return locust(t)
	}
	venv := repository(t, ".cache", "locust-"+version)
	stamp, program := filepath.Join(venv, "ok"), filepath.Join(venv, "bin", "locust")
	if _, err := os.Stat(stamp); err == nil {
		return program
	}
	python := os.Getenv("GREGARIA_E2E_PYTHON")
	if python == "" {
		python = "python3"
	}
	for _, step := range [][]string{
		{python, "-m", "venv", "--clear", venv},
		{filepath.Join(venv, "bin", "pip"), "install", "-q", "--disable-pip-version-check", "--prefer-binary", "locust==" + version},
		{program, "--version"},
	} {
		if output, err := exec.CommandContext(t.Context(), step[0], step[1:]...).CombinedOutput(); err != nil {
			t.Fatalf("Locust %s cannot be had here: %v: %v\n%s", version, step, err, output)
		}
	}
	// Last: an installation that was cut off begins again.
	if err := os.WriteFile(stamp, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	return program
}
