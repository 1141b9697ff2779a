//go:build e2e

package e2e

import (
	"math"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"gregaria/internal/exitcode"
	"gregaria/internal/resource"
	"gregaria/internal/target"
)

// monitorIn runs a monitor that is listened to in a namespace of its own, with a clock that is ahead, and returns where the test, and
// loadtest, can reach it.
func monitorIn(t *testing.T, suffix, ahead string) string {
	t.Helper()
	n := newNamespace(t, suffix)
	command := command{
		name: "monitor " + suffix, path: "ip",
		args: append(n.within()[1:], program("monitor"), "--no-csv", "--listen", "127.0.0.1:9647", "--collect", "cpu,memory,tcp,self"),
	}
	if ahead != "" {
		command.env = []string{"GREGARIA_MONITOR_TEST_CLOCK_OFFSET=" + ahead}
	}
	p := start(t, command)
	await(t, startLimit, func() error { return p.wantOutput("a row every 1 s") })
	return "http://" + n.reach(t, "127.0.0.1:9647")
}

// TestLoadtestRecordsOtherHosts: two monitors in networks of their own, one with a clock that is 3 s ahead. All three see one kernel, so what
// they counted in a second is the same where, and only where, their rows are joined right.
func TestLoadtestRecordsOtherHosts(t *testing.T) {
	t.Parallel()
	api, db := monitorIn(t, "api", ""), monitorIn(t, "db", "3s")
	server := startTarget(t, target.Settings{})
	l := startLoadtest(t, "--host="+server.URL(), "--users=5", "--spawn-rate=5", "--duration=12", "--monitor="+api, "--monitor="+db)
	l.wantExit(t, exitcode.OK, 2*time.Minute)
	if err := l.wantOutput("the clock of 127.0.0.1_" + port(db) + " is 3.0"); err != nil {
		t.Error(err)
	}
	if err := l.wantOutput("the clock of 127.0.0.1_" + port(api)); err == nil {
		t.Error("loadtest warns of a clock that is right")
	}
	own := l.rowsOf(t, "")
	for _, of := range []string{api, db} {
		rows := l.rowsOf(t, "_127.0.0.1_"+port(of))
		best, least := 0, math.Inf(1)
		for lag := int64(-5); lag <= 5; lag++ {
			if d := difference(own, rows, lag); d < least {
				best, least = int(lag), d
			}
		}
		if len(rows) < 12 || best != 0 {
			t.Errorf("%d rows of %s are those of loadtest's own monitor %d s later, want 12 or more on the same second", len(rows), of, best)
		}
	}
}

// TestLoadtestNeedsItsHosts: what does not answer is said before anything is started.
func TestLoadtestNeedsItsHosts(t *testing.T) {
	t.Parallel()
	l := startLoadtest(t, "--host=http://127.0.0.1:1", "--monitor=http://127.0.0.1:"+freePort(t))
	l.wantExit(t, exitcode.NotReady, startLimit)
	if err := l.wantOutput("loadtest: ask the monitor at http://127.0.0.1:"); err != nil {
		t.Error(err)
	}
	if logs := l.files(t, "*"); len(logs) > 0 {
		t.Errorf("%v were written", logs)
	}
}

// TestLoadtestOutlivesAHost: a monitor that ends in mid-run costs its later rows, and nothing else.
func TestLoadtestOutlivesAHost(t *testing.T) {
	t.Parallel()
	address := "127.0.0.1:" + freePort(t)
	monitor := start(t, command{name: "monitor", path: program("monitor"), args: []string{"--no-csv", "--listen", address, "--collect", "cpu"}})
	await(t, startLimit, func() error { return monitor.wantOutput("a row every 1 s") })
	server := startTarget(t, target.Settings{})
	l := startLoadtest(t, "--host="+server.URL(), "--users=2", "--duration=8", "--monitor=http://"+address)
	await(t, startLimit, func() error { return l.wantOutput("run the load") })
	time.Sleep(3 * time.Second)
	monitor.signal(syscall.SIGKILL)
	l.wantExit(t, exitcode.OK, time.Minute)
	if err := l.wantOutput("ask the monitor at http://" + address + ": "); err != nil {
		t.Error(err)
	}
	if rows := l.rowsOf(t, "_127.0.0.1"); len(rows) < 2 {
		t.Errorf("%d rows, want those until its end", len(rows))
	}
}

func port(url string) string { return url[strings.LastIndex(url, ":")+1:] }

// rowsOf reads the metrics of a host, by their second.
func (l *loadtest) rowsOf(t *testing.T, host string) map[int64]resource.Row {
	t.Helper()
	for _, path := range l.files(t, "metrics_*"+host+".csv") {
		if host == "" && strings.Count(filepath.Base(path), "_") > 2 {
			continue
		}
		bySecond := map[int64]resource.Row{}
		for _, row := range metricsOf(t, path) {
			bySecond[row.Second()] = row
		}
		return bySecond
	}
	t.Fatalf("no metrics of %q", host)
	return nil
}

// difference is how much the context switches of the machine, as two monitors counted them, differ on average where the second's rows
// are taken from lag seconds later.
func difference(a, b map[int64]resource.Row, lag int64) float64 {
	sum, n := 0.0, 0.0
	for second, row := range a {
		x, ok := row.Value(resource.CPUContextSwitchesPerSecond)
		y, alsoOK := b[second+lag].Value(resource.CPUContextSwitchesPerSecond)
		if ok && alsoOK {
			sum, n = sum+math.Abs(x-y), n+1
		}
	}
	if n < 6 {
		return math.Inf(1)
	}
	return sum / n
}
