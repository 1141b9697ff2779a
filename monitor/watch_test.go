//go:build linux

package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"gregaria/internal/resource"
)

// A server is a program with a command line of its own, which waits until the test ends it.
func server(t *testing.T, mark string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "sleep", mark)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { end(cmd) })
	return cmd
}

func end(cmd *exec.Cmd) {
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
}

// waitFor polls the file until its last row has these values.
func waitFor(t *testing.T, path, why string, want map[string]float64) resource.Row {
	t.Helper()
	var row resource.Row
	for deadline := time.Now().Add(15 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		var ok bool
		row, ok, _ = resource.Last(path)
		for column, value := range want {
			got, there := row.Value(column)
			ok = ok && there && got == value
		}
		if ok {
			return row
		}
	}
	t.Errorf("%s: want %v in the last row", why, want)
	return row
}

// TestWatchedServerIsStartedAnew: by a shell whose own command line has the pattern, as scripts do.
func TestWatchedServerIsStartedAnew(t *testing.T) {
	t.Parallel()
	monitor := binary(t)
	path := filepath.Join(t.TempDir(), "metrics.csv")
	mark := "98765." + strconv.Itoa(os.Getpid())
	shell := exec.CommandContext(t.Context(), "sh", "-c", `"$0" --process "$1" --output "$2" --interval 0.1 --collect process; exit 0`, monitor, mark, path)
	var stderr bytes.Buffer
	shell.Stderr = &stderr
	shell.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := shell.Start(); err != nil {
		t.Fatal(err)
	}
	stop := func() {
		_ = syscall.Kill(-shell.Process.Pid, syscall.SIGTERM)
		_ = shell.Wait()
	}
	defer stop()
	waitFor(t, path, "nobody", map[string]float64{resource.ProcessCount: 0, resource.ProcessRestarts: 0})
	first := server(t, mark)
	row := waitFor(t, path, "found", map[string]float64{resource.ProcessCount: 1, resource.ProcessRestarts: 0, resource.ProcessThreads: 1})
	if rss, ok := row.Value(resource.ProcessRSSMB); !ok || rss < 1 || rss > 100 {
		t.Errorf("RSS = %v, %v, want some MB", rss, ok)
	}
	end(first)
	waitFor(t, path, "ended", map[string]float64{resource.ProcessCount: 0, resource.ProcessRestarts: 0})
	second := server(t, mark)
	waitFor(t, path, "started anew", map[string]float64{resource.ProcessCount: 1, resource.ProcessRestarts: 1})
	stop()
	for _, want := range []string{
		`monitor: waiting for a process whose command line matches "` + mark + `": its cells are empty until it is there`,
		"monitor: watching sleep (pid " + strconv.Itoa(first.Process.Pid) + "): ",
		"monitor: sleep (pid " + strconv.Itoa(first.Process.Pid) + ") ended: waiting for ",
		"monitor: watching sleep (pid " + strconv.Itoa(second.Process.Pid) + "): ",
		" (restart 1)\n",
	} {
		if strings.Count(stderr.String(), want) != 1 {
			t.Errorf("stderr =\n%s\nwant once %q", stderr.String(), want)
		}
	}
}

// TestWatchWithoutPermission: a monitor of another user's says what it cannot read, once, and measures the rest.
func TestWatchWithoutPermission(t *testing.T) {
	t.Parallel()
	if os.Getuid() != 0 {
		t.Skip("only root can run a monitor as another user")
	}
	const nobody = 65534
	dir, err := os.MkdirTemp("", "gregaria-nobody") // not t.TempDir, whose parents are root's alone
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	if err := os.Chmod(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	monitor, path := filepath.Join(dir, "monitor"), filepath.Join(dir, "metrics.csv")
	build(t, "go", "build", "-o", monitor, ".")
	watched := server(t, "98764")
	cmd := exec.CommandContext(t.Context(), monitor, "--pid", strconv.Itoa(watched.Process.Pid), "--output", path, "--interval", "0.1", "--duration", "0.5", "--collect", "process,pss")
	cmd.Dir = dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	stderr, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("monitor: %v\n%s", err, stderr)
	}
	for _, want := range []string{
		"empty cells: read what the process reads and writes (/proc/PID/io): permission denied; a monitor that runs as root, or as the user of the process, can",
		"empty cells: read the shared memory of the process (/proc/PID/smaps_rollup): permission denied; a monitor",
	} {
		if strings.Count(string(stderr), want) != 1 {
			t.Errorf("stderr =\n%s\nwant once %q", stderr, want)
		}
	}
	row, _, _ := resource.Last(path)
	for _, column := range resource.ProcessColumns() {
		_, there := row.Value(column)
		if denied := column == resource.ProcessReadMB || column == resource.ProcessWriteMB; there == denied {
			t.Errorf("%s is there: %v, want %v", column, there, !denied)
		}
	}
}
