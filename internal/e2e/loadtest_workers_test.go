//go:build e2e

package e2e

import (
	"testing"
	"time"

	"gregaria/internal/exitcode"
	"gregaria/internal/target"
)

// TestLoadtestWorkersOfEitherKind has a locustfile that needs a package of CPython: who named no kind of workers gets Locust's own.
func TestLoadtestWorkersOfEitherKind(t *testing.T) {
	t.Parallel()
	file := health("import zmq\n\nclass Needs(HttpUser):\n    wait_time = constant(0.1)\n\n    @task\n    def t(self):\n" +
		"        self.client.get('/health', params={'zmq': zmq.zmq_version()}, name='/zmq', timeout=10)\n")
	const reason = "import of zmq: this worker has no such module"
	tests := []struct {
		flags   []string
		code    int
		says    string
		workers int
	}{
		{nil, exitcode.OK, "; so a worker of Locust itself runs it, in Python: a request costs about 10", 1},
		{[]string{"--workers=auto:2"}, exitcode.OK, "; so 2 workers of Locust itself run it, in Python", 2},
		{[]string{"--workers=go"}, exitcode.Usage, reason + "; --workers=auto and --workers=python have it run on workers of Locust itself", 0},
		{[]string{"--request-log"}, exitcode.Usage, "Locust's own know nothing of --request-log", 0},
	}
	for _, test := range tests {
		server := startTarget(t, target.Settings{})
		l := startLoadtestIn(t, map[string]string{"locustfile.py": file}, nil, append([]string{"--host=" + server.URL(), "--users=4", "--spawn-rate=4", "--duration=4"}, test.flags...)...)
		l.wantExit(t, test.code, time.Minute)
		for _, text := range []string{reason, test.says} {
			if err := l.wantOutput(text); err != nil {
				t.Errorf("%q: %v", test.flags, err)
			}
		}
		if served := server.Served(); (served.Total > 0) != (test.code == exitcode.OK) {
			t.Errorf("%q: the target served %v", test.flags, served.By)
		}
		if test.code != exitcode.OK {
			continue
		}
		if stats := parseStats(t, l.read(t, "stats_*_stats.csv")); stats["GET /zmq"].Requests == 0 || stats[aggregated].Failures > 0 {
			t.Errorf("%q: %v, want requests of the class that needs zmq", test.flags, stats)
		}
		rows := parseCSV(t, l.read(t, "metrics_*.csv"))
		most := uint64(0)
		for _, row := range rows {
			if row["Run_Workers"] != "" {
				most = max(most, number(t, row["Run_Workers"]))
			}
		}
		if most != uint64(test.workers) {
			t.Errorf("%q: the master had %d workers, want %d", test.flags, most, test.workers)
		}
	}
}
