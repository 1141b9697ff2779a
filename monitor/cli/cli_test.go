package cli

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"gregaria/internal/exitcode"
	"gregaria/internal/resource"
)

// run runs the command in a way that simulated time can follow.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	return command{stdout: stdout, stderr: stderr}.run(ctx, args)
}

// monitor runs the command in simulated time, which begins at a whole second, until ctx ends.
func monitor(ctx context.Context, args ...string) (code int, stdout, stderr string) {
	var out, notes bytes.Buffer
	code = run(ctx, args, &out, &notes)
	return code, out.String(), notes.String()
}

func TestWrongArguments(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, c := range []struct {
		args string
		code int
		want string
	}{
		{"--interval 0", exitcode.Usage, `--interval: "0" is not above 0`},
		{"--interval=-1", exitcode.Usage, `--interval: "-1" is not above 0`},
		{"--interval NaN", exitcode.Usage, `--interval: "NaN" is not a number of seconds, such as 1`},
		{"--interval Inf", exitcode.Usage, `--interval: "Inf" is not a number`},
		{"--interval 1e300", exitcode.Usage, `--interval: "1e300" is not above 0 and at most`},
		{"--interval 1s", exitcode.Usage, `--interval: "1s" is not a number`},
		{"--interval 0.05", exitcode.Usage, "--interval: 0.05 is too short"},
		{"--interval", exitcode.Usage, "--interval: its value is missing; give --interval SECONDS"},
		{"-i 0.05", exitcode.Usage, "--interval: 0.05 is too short"},
		{"-i0.05", exitcode.Usage, "--interval: 0.05 is too short"},
		{"--duration 0", exitcode.Usage, `--duration: "0" is not above 0`},
		{"--duration=-5", exitcode.Usage, `--duration: "-5" is not above 0`},
		{"--duration x", exitcode.Usage, `--duration: "x" is not a number`},
		{"--duration 4 --interval 5", exitcode.Usage, "--duration: 4 is shorter than the --interval of 5"},
		{"--colour red", exitcode.Usage, "unknown flag --colour; see"},
		{"--colect cpu", exitcode.Usage, "unknown flag --colect, did you mean --collect?"},
		{"-x", exitcode.Usage, "unknown flag -x; see"},
		{"--output --append", exitcode.Usage, "--output: its value is missing: --append is a flag"},
		{"--append=maybe", exitcode.Usage, `--append: "maybe" is neither true nor false`},
		{"metrics.csv", exitcode.Usage, "unexpected argument metrics.csv"},
		{"--output=", exitcode.Usage, "--output: the name is empty"},
		{"--pid 0", exitcode.Usage, "--pid: 0 is no process"},
		{"--port 65536", exitcode.Usage, "--port: 65536 is no port"},
		{"--port http", exitcode.Usage, `--port: "http" is not a whole number`},
		{"--process [", exitcode.Usage, "--process: error parsing regexp"},
		{"--process .*", exitcode.Usage, `--process: ".*" matches every process`},
		{"--cgroup /", exitcode.Usage, "--cgroup: the root has every process in it"},
		{"--container=", exitcode.Usage, "--container: the name is empty"},
		{"--pid 1 --port 8000", exitcode.Usage, "--pid and --port: only one of them can say which process to watch"},
		{"--pid 1 --cgroup a --container b", exitcode.Usage, "--pid, --cgroup and --container: only one"},
		{"--collect cpu,process", exitcode.Usage, "--collect: process is of a process; say which one with --pid,"},
		{"--collect pss", exitcode.Usage, "--collect: pss is of a process"},
		{"--no-csv", exitcode.Usage, "--no-csv: nobody would see what is measured; give --listen too"},
		{"--token hunter2", exitcode.Usage, "--token: the token has fewer than 16 characters; make one with: openssl rand -hex 16"},
		{"--locust 127.0.0.1:8089", exitcode.Usage, `--locust: "127.0.0.1:8089" is not the URL of a server`},
		{"--locust http://ann:secret@host:x", exitcode.Usage, `--locust: "http://ann:***@host:x" is not the URL`},
		{"--collect cpu,run", exitcode.Usage, "--collect: run is of a Locust master; say with --locust URL which one"},
		{"--listen 9647", exitcode.Usage, `--listen: "9647" is not HOST:PORT`},
		{"--output " + dir, exitcode.Output, "is a directory"},
		{"--output " + dir + "/none/metrics.csv", exitcode.Output, "no such file or directory; give a file in a folder that is there"},
	} {
		code, stdout, stderr := monitor(t.Context(), strings.Fields(c.args)...)
		if code != c.code || !strings.Contains(stderr, c.want) {
			t.Errorf("monitor %s = %d, %q, want %d, %q", c.args, code, stderr, c.code, c.want)
		}
		if strings.Count(stderr, "\n") != 1 || !strings.HasPrefix(stderr, "monitor: ") || stdout != "" {
			t.Errorf("monitor %s says %q and %q, want one line on stderr", c.args, stdout, stderr)
		}
	}
}

func TestHelpAndVersion(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		flag string
		want []string
	}{
		{"--version", []string{"gregaria monitor "}},
		{"--help", []string{
			"--output", "GREGARIA_MONITOR_OUTPUT", "--append", "GREGARIA_MONITOR_APPEND", "--interval",
			"GREGARIA_MONITOR_INTERVAL", "--duration", "GREGARIA_MONITOR_DURATION",
			"--pid", "GREGARIA_MONITOR_PID", "--port", "GREGARIA_MONITOR_PORT", "--process", "GREGARIA_MONITOR_PROCESS",
			"--cgroup", "GREGARIA_MONITOR_CGROUP", "--container", "GREGARIA_MONITOR_CONTAINER", "monitor --port 8000",
			"--scrape", "GREGARIA_MONITOR_SCRAPE", "--series", "GREGARIA_MONITOR_SERIES", "--scrape-output", "GREGARIA_MONITOR_SCRAPE_OUTPUT",
			"GREGARIA_MONITOR_SCRAPE_TOKEN", "--locust", "GREGARIA_MONITOR_LOCUST", "--insecure", "GREGARIA_MONITOR_INSECURE",
			"--listen", "GREGARIA_MONITOR_LISTEN", "--no-csv", "GREGARIA_MONITOR_NO_CSV", "--token", "GREGARIA_MONITOR_TOKEN",
			"--token-file", "GREGARIA_MONITOR_TOKEN_FILE", "Examples:", "Exit codes:", " 130 ",
		}},
	} {
		code, stdout, stderr := monitor(t.Context(), c.flag)
		if code != exitcode.OK || stderr != "" {
			t.Errorf("monitor %s = %d, %q, want 0 and nothing on stderr", c.flag, code, stderr)
		}
		for _, want := range c.want {
			if !strings.Contains(stdout, want) {
				t.Errorf("monitor %s = %q, want %q in it", c.flag, stdout, want)
			}
		}
	}
}

func TestWritesARowEachSecond(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "metrics.csv")
		first := time.Now().Unix() + 1
		if code, stdout, stderr := monitor(t.Context(), "--output", path, "--duration", "3"); code != exitcode.OK || stdout != "" {
			t.Fatalf("monitor = %d, %q, %q, want 0 and nothing on stdout", code, stdout, stderr)
		}
		rows := read(t, path)
		if len(rows) != 3 {
			t.Fatalf("%d rows, want 3", len(rows))
		}
		for i, row := range rows {
			if row.Timestamp != float64(first+int64(i)) {
				t.Errorf("row %d: Timestamp = %v, want %v", i, row.Timestamp, first+int64(i))
			}
			if total, ok := row.Value(resource.MemoryTotalGB); !ok || total <= 0 {
				t.Errorf("row %d: memory = %v, %v, want some", i, total, ok)
			}
		}
	})
}

func TestEnvironmentSetsFlags(t *testing.T) {
	path := filepath.Join(t.TempDir(), "metrics.csv")
	t.Setenv("GREGARIA_MONITOR_OUTPUT", path)
	t.Setenv("GREGARIA_MONITOR_INTERVAL", "0.5")
	t.Setenv("GREGARIA_MONITOR_DURATION", "60")
	synctest.Test(t, func(t *testing.T) {
		if code, _, stderr := monitor(t.Context(), "--duration", "2"); code != exitcode.OK {
			t.Fatalf("monitor = %d, %q, want 0", code, stderr)
		}
		if rows := read(t, path); len(rows) != 4 || rows[1].Timestamp-rows[0].Timestamp != 0.5 {
			t.Errorf("%d rows, want 4 half a second apart: a flag wins over its variable", len(rows))
		}
	})
	t.Setenv("GREGARIA_MONITOR_INTERVAL", "soon")
	if code, _, stderr := monitor(t.Context()); code != exitcode.Usage || !strings.Contains(stderr, "GREGARIA_MONITOR_INTERVAL") {
		t.Errorf("monitor = %d, %q, want %d and the variable's name", code, stderr, exitcode.Usage)
	}
}

func TestSignalEnds(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		args []string
		want int
	}{
		{nil, exitcode.OK},
		{[]string{"--duration", "60"}, exitcode.Interrupted},
	} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			time.AfterFunc(2500*time.Millisecond, cancel)
			code, stdout, stderr := monitor(ctx, append(c.args, "--output", "-")...)
			if rows, err := resource.Parse([]byte(stdout)); code != c.want || len(rows) != 2 || err != nil {
				t.Errorf("monitor %q = %d, %d rows, %v, %q, want %d and 2 rows", c.args, code, len(rows), err, stderr, c.want)
			}
		})
	}
}

func read(t *testing.T, path string) []resource.Row {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := resource.Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}
