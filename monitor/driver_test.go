//go:build cgo && linux

package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"gregaria/internal/resource"
)

// A machine is a running monitor with a driver library of testdata/nvml, built as a user's would be and loaded by dlopen.
type machine struct {
	t       *testing.T
	command *exec.Cmd
	stderr  bytes.Buffer // read it after stop
	numbers string       // the file that the driver reads
	output  string
}

// start builds the driver with the C defines and runs the monitor on it.
func start(t *testing.T, numbers string, defines ...string) *machine {
	t.Helper()
	dir := t.TempDir()
	m := &machine{t: t, numbers: filepath.Join(dir, "numbers"), output: filepath.Join(dir, "metrics.csv")}
	build(t, "gcc", append(defines, "-w", "-shared", "-fPIC", "-o", filepath.Join(dir, "libnvidia-ml.so.1"), "testdata/nvml/stub.c")...)
	m.set(numbers)
	m.command = exec.CommandContext(t.Context(), binary(t), "--output", m.output, "--interval", "0.1")
	m.command.Env = append(os.Environ(), "LD_LIBRARY_PATH="+dir, "NVML_STUB="+m.numbers)
	m.command.Stderr = &m.stderr
	if err := m.command.Start(); err != nil {
		t.Fatal(err)
	}
	return m
}

func binary(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "monitor")
	build(t, "go", "build", "-o", path, ".")
	return path
}

func build(t *testing.T, name string, args ...string) {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		t.Skipf("%s is not installed", name)
	}
	if out, err := exec.CommandContext(t.Context(), name, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s %q: %v\n%s", name, args, err, out)
	}
}

// set changes the driver's numbers at once.
func (m *machine) set(numbers string) {
	m.t.Helper()
	next := m.numbers + ".next"
	if err := os.WriteFile(next, []byte(numbers), 0o600); err != nil {
		m.t.Fatal(err)
	}
	if err := os.Rename(next, m.numbers); err != nil {
		m.t.Fatal(err)
	}
}

// wait polls the file until its last row has the GPU's load, memory used and total, temperature and power as said.
func (m *machine) wait(why, want string) {
	m.t.Helper()
	var got string
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		row, ok, err := resource.Last(m.output)
		if err != nil {
			m.t.Fatal(err)
		}
		if got = gpu(row); ok && got == want {
			return
		}
	}
	m.t.Errorf("%s: the GPU's cells are %q, want %q", why, got, want)
}

func gpu(row resource.Row) string {
	var cells []string
	for _, column := range []func(int) string{
		resource.GPULoadPercent, resource.GPUMemoryUsedGB, resource.GPUMemoryTotalGB, resource.GPUTemperatureC, resource.GPUPowerW,
	} {
		cell := resource.Cell{}
		if value, ok := row.Value(column(0)); ok {
			cell = resource.Of(value)
		}
		cells = append(cells, cell.String())
	}
	return strings.Join(cells, ",")
}

// stop ends the monitor as loadtest does, and wants it to end well and to have said each of the lines once.
func (m *machine) stop(lines ...string) {
	m.t.Helper()
	if err := m.command.Process.Signal(syscall.SIGTERM); err != nil {
		m.t.Error(err)
	}
	if err := m.command.Wait(); err != nil {
		m.t.Errorf("monitor: %v\n%s", err, m.stderr.String())
	}
	for _, line := range lines {
		if n := strings.Count(m.stderr.String(), line); n != 1 {
			m.t.Errorf("stderr says %q %d times, want 1:\n%s", line, n, m.stderr.String())
		}
	}
}

func TestLoadOfTheDriverIsFollowed(t *testing.T) {
	t.Parallel()
	const rest = "\nused 2.5\ntotal 80\ntemperature 41\npower 70.25\n"
	m := start(t, "count 1\nload 10"+rest)
	m.wait("at the start", "10,2.5,80,41,70.25")
	m.set("count 1\nload 93" + rest)
	m.wait("under load", "93,2.5,80,41,70.25")
	m.set("count 1" + rest)
	m.wait("MIG is switched on", ",2.5,80,41,70.25")
	m.set("count 1\nlost 1\nload 93" + rest)
	m.wait("it fell off the bus", ",,,,")
	m.set("count 1\nload 0" + rest)
	m.wait("it is back, and idle", "0,2.5,80,41,70.25")
	m.stop("empty cells: GPU0_Load_Percent: Not Supported\n", "GPU0_Power_W: GPU is lost", "can be read again: the columns of gpu")
}

func TestOldDriver(t *testing.T) {
	t.Parallel()
	m := start(t, "count 1\nused 2\ntotal 8\ntemperature 41\npower 70\n", "-DOLD")
	m.wait("a driver without power and error texts", ",2,8,41,")
	m.stop("GPU0_Load_Percent: NVML error 3; GPU0_Power_W: the NVIDIA driver is too old: it has no nvmlDeviceGetPowerUsage")
}

func TestDriverThatCannotStart(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ numbers, define, want string }{
		{"count 1\nload 10\n", "-DBROKEN", "it has no nvmlInit_v2"},
		{"count 0\n", "-DNONE", "the NVIDIA driver has no device"},
	} {
		m := start(t, c.numbers, c.define)
		m.wait("no GPU", ",,,,")
		m.stop("monitor: GPU absent, so it has no columns: ", c.want)
		row, _, err := resource.Last(m.output)
		if columns := strings.Join(row.Columns(), " "); err != nil || strings.Contains(columns, "GPU") {
			t.Errorf("columns = %q, %v, want none of a GPU", columns, err)
		}
	}
}
