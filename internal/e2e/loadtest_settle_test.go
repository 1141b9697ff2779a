//go:build e2e

package e2e

import (
	"strings"
	"syscall"
	"testing"
	"time"

	"gregaria/internal/exitcode"
	"gregaria/internal/resource"
	"gregaria/internal/target"
)

// TestLoadtestSettles wants the process under test to be measured for as long as --settle says after the load, when master and workers are gone.
func TestLoadtestSettles(t *testing.T) {
	t.Parallel()
	const settle = 6
	l := startLoadtest(t, "--demo", "--users=5", "--duration=3", "--settle=6s")
	await(t, startLimit, func() error { return l.wantOutput("let the server settle for ") })
	left := strings.Join(commands(l.children(t)), "\n")
	if strings.Contains(left, "--master") || strings.Contains(left, "--processes") || !strings.Contains(left, "monitor") || !strings.Contains(left, "target") {
		t.Errorf("while it settles these run:\n%s\nwant the monitor and the target alone", left)
	}
	l.wantExit(t, exitcode.OK, time.Minute)
	l.wantFiles(t)
	rows, err := resource.Parse(l.read(t, "metrics_*.csv"))
	if err != nil {
		t.Fatal(err)
	}
	var loaded, measured int64
	for _, row := range rows {
		if users, known := row.Value(resource.RunUsers); known && users > 0 {
			loaded = row.Second()
		}
		if rss, known := row.Value(resource.ProcessRSSMB); known && rss > 0 {
			measured = row.Second()
		}
	}
	if after := measured - loaded; loaded == 0 || after < settle-1 || after > settle+4 {
		t.Errorf("the process was measured until %d s after the last second with users, want about %d", after, settle)
	}
}

// TestLoadtestSettlingIsInterrupted: Ctrl-C ends the wait, and the run is as complete as its load.
func TestLoadtestSettlingIsInterrupted(t *testing.T) {
	t.Parallel()
	server := startTarget(t, target.Settings{})
	l := startLoadtestIn(t, map[string]string{"locustfile.py": health("")}, nil, "--host="+server.URL(), "--users=2", "--duration=2", "--settle=5m")
	await(t, startLimit, func() error { return l.wantOutput("let the server settle for ") })
	l.signal(syscall.SIGINT)
	l.wantExit(t, exitcode.OK, 15*time.Second)
	l.wantVerdict(t, "PASSED")
	if err := l.wantOutput("settling was ended after "); err != nil {
		t.Error(err)
	}
}

// commands are the command lines of processes.
func commands(processes []descendant) (lines []string) {
	for _, p := range processes {
		lines = append(lines, p.command)
	}
	return lines
}
