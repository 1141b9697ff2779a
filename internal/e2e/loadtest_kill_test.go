//go:build e2e

package e2e

import (
	"syscall"
	"testing"
	"time"

	"gregaria/internal/exitcode"
)

// TestLoadtestKill kills -9 in the middle of a run, and wants nothing to be left running, and the documented exit code.
func TestLoadtestKill(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		words []string // of the victim's command line; none: loadtest itself
		code  int
		says  string
	}{
		{"loadtest", nil, -1, ""}, // a signal leaves no exit code, and no time for words
		{"master", []string{"--master "}, exitcode.Died, "master was ended by a signal (killed)"},
		{"worker", []string{"worker", "--master-host"}, exitcode.Died, " was ended by a signal (killed) before the run was over"},
		{"monitor", []string{"monitor", "--interval"}, exitcode.Died, "monitor was ended by a signal (killed)"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			server := startTarget(t, healthy())
			l := startLoadtest(t, "--host", server.URL(), "--users=20", "--spawn-rate=20", "--duration=60")
			l.awaitLoad(t, server)
			children := l.children(t)
			if len(children) < 3 {
				t.Errorf("children of loadtest = %v, want monitor, master and the process of both workers", children)
			}
			victim := l.pid()
			if test.words != nil {
				victim = find(t, children, test.words...).pid
			}
			if err := syscall.Kill(victim, syscall.SIGKILL); err != nil {
				t.Fatal(err)
			}
			l.wantExit(t, test.code, 40*time.Second)
			wantGone(t, children)
			if err := l.wantOutput(test.says); err != nil {
				t.Error(err)
			}
			if rows := len(l.read(t, "metrics_*.csv")); rows == 0 {
				t.Error("the metrics that were taken before are gone")
			}
		})
	}
}

// TestLoadtestInterrupt presses Ctrl-C once, and wants everything to be written; and twice, and wants a quick end.
func TestLoadtestInterrupt(t *testing.T) {
	t.Parallel()
	t.Run("once", func(t *testing.T) {
		t.Parallel()
		server := startTarget(t, healthy())
		l := startLoadtest(t, "--host", server.URL(), "--users=40", "--spawn-rate=40", "--duration=60")
		l.awaitLoad(t, server)
		children := l.children(t)
		time.Sleep(3 * time.Second)
		l.signal(syscall.SIGINT)
		l.wantExit(t, exitcode.Interrupted, 30*time.Second)
		wantGone(t, children)
		l.wantFiles(t)
		served := server.Served()
		wantUsers(t, served, 40)
		parseStats(t, l.read(t, "stats_*_stats.csv")).wantServed(t, "CSV", served)
	})
	t.Run("twice", func(t *testing.T) {
		t.Parallel()
		server := startTarget(t, healthy())
		l := startLoadtest(t, "--host", server.URL(), "--users=20", "--spawn-rate=20", "--duration=60")
		l.awaitLoad(t, server)
		children := l.children(t)
		l.signal(syscall.SIGINT)
		time.Sleep(200 * time.Millisecond) // two at once would be one to the kernel
		l.signal(syscall.SIGINT)
		l.wantExit(t, exitcode.Interrupted, 2*time.Second)
		wantGone(t, children)
	})
}
