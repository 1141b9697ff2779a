//go:build linux

package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"gregaria/internal/resource"
)

// running is the built monitor, a row every 0.1 s.
type running struct {
	t       *testing.T
	command *exec.Cmd
	output  string
	mu      sync.Mutex // guards said
	said    bytes.Buffer
}

// Write takes what the monitor says.
func (m *running) Write(p []byte) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.said.Write(p)
}

func (m *running) stderr() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.said.String()
}

// runs starts a command that is, or becomes, the monitor.
func runs(t *testing.T, output string, command ...string) *running {
	t.Helper()
	m := &running{t: t, output: output, command: exec.CommandContext(t.Context(), command[0], command[1:]...)}
	m.command.Stderr = m
	if err := m.command.Start(); err != nil {
		t.Fatal(err)
	}
	return m
}

// measures starts the monitor on a file.
func measures(t *testing.T, program, output string, args ...string) *running {
	t.Helper()
	return runs(t, output, append([]string{program, "--output", output, "--interval", "0.1"}, args...)...)
}

// until waits for something that has to come.
func until(t *testing.T, what string, is func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !is(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("not within 20 s: %s", what)
		}
	}
}

// rows waits until the file has that many.
func (m *running) rows(n int) {
	m.t.Helper()
	until(m.t, "rows", func() bool {
		data, _ := os.ReadFile(m.output)
		return bytes.Count(data, []byte("\n")) > n
	})
}

// end sends a signal and returns the exit code; -1 is a death by signal.
func (m *running) end(signal os.Signal) int {
	m.t.Helper()
	if err := m.command.Process.Signal(signal); err != nil && !errors.Is(err, os.ErrProcessDone) {
		m.t.Error(err)
	}
	return m.code()
}

func (m *running) code() int {
	m.t.Helper()
	var exit *exec.ExitError
	if err := m.command.Wait(); err != nil && !errors.As(err, &exit) {
		m.t.Fatal(err)
	}
	return m.command.ProcessState.ExitCode()
}

// wantEnd wants an exit code, and words on stderr.
func (m *running) wantEnd(code, want int, words ...string) {
	m.t.Helper()
	if code != want {
		m.t.Errorf("monitor = %d, want %d:\n%s", code, want, m.stderr())
	}
	for _, words := range words {
		if !strings.Contains(m.stderr(), words) {
			m.t.Errorf("stderr has no %q:\n%s", words, m.stderr())
		}
	}
}

// wholeRows wants the file to have rows and no half one.
func wholeRows(t *testing.T, path string) []resource.Row {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasSuffix(data, []byte("\n")) {
		t.Errorf("%s ends with half a row: %q", path, data[bytes.LastIndexByte(data, '\n')+1:])
	}
	rows, err := resource.Parse(data)
	if err != nil || len(rows) == 0 {
		t.Fatalf("%s has %d rows, %v", path, len(rows), err)
	}
	for i := 1; i < len(rows); i++ {
		if rows[i].Timestamp <= rows[i-1].Timestamp {
			t.Errorf("%s: row %d is of %v, after one of %v", path, i, rows[i].Timestamp, rows[i-1].Timestamp)
		}
	}
	return rows
}

func TestKilledAtAnyMoment(t *testing.T) {
	t.Parallel()
	program, path := binary(t), filepath.Join(t.TempDir(), "metrics.csv")
	kills := 30
	if testing.Short() {
		kills = 10
	}
	for i := range kills {
		m := measures(t, program, path, "--append")
		until(t, "the first line", func() bool { return strings.Contains(m.stderr(), "a row every") })
		time.Sleep(time.Duration(100+i*29%100) * time.Millisecond) // at another moment of a tick each time
		m.wantEnd(m.end(syscall.SIGKILL), -1)
		if data, err := os.ReadFile(path); err != nil || !bytes.HasSuffix(data, []byte("\n")) {
			t.Fatalf("after kill %d the file ends with %q, %v, want a whole row", i, data[max(0, len(data)-50):], err)
		}
	}
	wholeRows(t, path)
}

func TestSecondMonitorIsRefused(t *testing.T) {
	t.Parallel()
	program, path := binary(t), filepath.Join(t.TempDir(), "metrics.csv")
	first := measures(t, program, path)
	first.rows(1)
	for _, args := range [][]string{nil, {"--append"}} {
		second := measures(t, program, path, args...)
		second.wantEnd(second.code(), 2, "another monitor writes to this file (pid "+itoa(first.command.Process.Pid)+"); name another")
	}
	first.wantEnd(first.end(syscall.SIGTERM), 0)
	wholeRows(t, path)
}

func TestFileDeletedInTheMiddle(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "metrics.csv")
	m := measures(t, binary(t), path)
	m.rows(2)
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	m.rows(2)
	m.wantEnd(m.end(syscall.SIGTERM), 5, "the file was deleted; it is made anew, and the rows until ", "the file has not all rows: it was deleted during the measurement")
	wholeRows(t, path)
}

// TestFullDisk has a limit on the size of files for a full disk: the kernel takes a part of a row too.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "metrics.csv")
	m := runs(t, path, "bash", "-c", `ulimit -f 2; exec "$0" --output "$1" --interval 0.1 --collect cpu,memory`, binary(t), path) // 2 KB
	until(t, "a full disk", func() bool { return strings.Contains(m.stderr(), "file too large; the rows wait in memory") })
	m.wantEnd(m.end(syscall.SIGTERM), 5, " kept, the last of ", " lost\n")
	wholeRows(t, path)
}

func TestReaderOfThePipeGoes(t *testing.T) {
	t.Parallel()
	program := binary(t)
	for _, c := range []struct {
		args string
		code string
	}{
		{"", "0"},
		{"--duration 60", "5"},
	} {
		script := `"$0" --output - --interval 0.1 ` + c.args + ` | head -2; echo "${PIPESTATUS[0]}"`
		m := exec.CommandContext(t.Context(), "bash", "-c", script, program)
		var stderr bytes.Buffer
		m.Stderr = &stderr
		out, err := m.Output()
		lines := strings.Split(strings.TrimSpace(string(out)), "\n")
		if err != nil || len(lines) != 3 || !strings.HasPrefix(lines[0], "Timestamp,") || lines[2] != c.code {
			t.Errorf("monitor %s | head -2 = %q, %v, want two lines and exit code %s", c.args, lines, err, c.code)
		}
		if !strings.Contains(stderr.String(), "--output -: ") || !strings.Contains(stderr.String(), "the reader has gone after ") {
			t.Errorf("stderr = %q, want that the reader has gone", stderr.String())
		}
	}
}

// TestReaderThatDoesNotRead: it costs ticks, which are counted, and does not keep the monitor from ending.
func TestReaderThatDoesNotRead(t *testing.T) {
	t.Parallel()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	m := &running{t: t, command: exec.CommandContext(t.Context(), "bash", "-c", // the pipe is full but for some rows
		`head -c 64000 /dev/zero | tr '\0' '\n' >&1; exec "$0" --output - --interval 0.1 --collect cpu,memory,self`, binary(t))}
	m.command.Stdout, m.command.Stderr = w, m
	if err := m.command.Start(); err != nil {
		t.Fatal(err)
	}
	w.Close()
	until(t, "the beginning", func() bool { return strings.Contains(m.stderr(), "a row every") })
	time.Sleep(3 * time.Second) // no event tells that it is blocked
	if _, err := r.Read(make([]byte, 60000)); err != nil {
		t.Fatal(err)
	}
	var text []byte
	skipped := func() (ticks float64) {
		_, csv, _ := bytes.Cut(text, []byte("Timestamp,"))
		rows, _ := resource.Parse(append([]byte("Timestamp,"), csv...))
		for _, row := range rows {
			n, _ := row.Value(resource.MonitorSkippedTicks)
			ticks += n
		}
		return ticks
	}
	for deadline := time.Now().Add(20 * time.Second); skipped() == 0; {
		buffer := make([]byte, 1<<16)
		n, err := r.Read(buffer)
		if err != nil || time.Now().After(deadline) {
			t.Fatalf("no skipped ticks are counted: %v, %q", err, text)
		}
		text = append(text, buffer[:n]...)
	}
	time.Sleep(100 * time.Millisecond)
	before := time.Now()
	if code := m.end(syscall.SIGTERM); code != 0 || time.Since(before) > 5*time.Second {
		t.Errorf("a reader that reads again: monitor = %d after %s, want 0", code, time.Since(before))
	}
}

func TestEndsThoughNobodyReads(t *testing.T) {
	t.Parallel()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	m := &running{t: t, command: exec.CommandContext(t.Context(), "bash", "-c",
		`head -c 65536 /dev/zero >&1; exec "$0" --output - --interval 0.1 --collect cpu,memory,self`, binary(t))} // the pipe is full
	m.command.Stdout, m.command.Stderr = w, m
	if err := m.command.Start(); err != nil {
		t.Fatal(err)
	}
	w.Close()
	until(t, "the monitor blocks in write(2)", func() bool {
		for _, thread := range glob(t, "/proc/"+itoa(m.command.Process.Pid)+"/task/*/wchan") {
			if data, _ := os.ReadFile(thread); strings.Contains(string(data), "pipe_write") {
				return true
			}
		}
		return false
	})
	before := time.Now()
	m.wantEnd(m.end(syscall.SIGTERM), 5, "the reader takes nothing, its pipe is full; the last row is lost")
	if took := time.Since(before); took > 5*time.Second {
		t.Errorf("the end took %s, want it at once", took)
	}
}
