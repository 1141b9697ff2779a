package collector

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"gregaria/internal/resource"
	"gregaria/monitor/internal/process"
)

// A script is a Python program that does a line's work at each line, and then says a line.
type script struct {
	input  io.Writer
	output *bufio.Scanner
	pid    int
}

func startScript(t testing.TB, program string) *script {
	t.Helper()
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("this machine has no python3")
	}
	cmd := exec.CommandContext(t.Context(), python, "-c", program)
	input, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	output, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		input.Close()
		cmd.Process.Kill()
		cmd.Wait()
	})
	return &script{input, bufio.NewScanner(output), cmd.Process.Pid}
}

// ask sends a line and returns the numbers of the answer.
func (s *script) ask(t testing.TB, line string) (numbers []float64) {
	t.Helper()
	if _, err := io.WriteString(s.input, line+"\n"); err != nil {
		t.Fatal(err)
	}
	if !s.output.Scan() {
		t.Fatalf("no answer to %q", line)
	}
	for _, word := range strings.Fields(s.output.Text()) {
		number, err := strconv.ParseFloat(word, 64)
		if err != nil {
			t.Fatal(err)
		}
		numbers = append(numbers, number)
	}
	return numbers
}

// worker burns CPU in a thread, beside others that sleep, and in a child that nobody sees; it answers with what the
// kernel counted.
const worker = `
import os, queue, resource, subprocess, sys, threading, time
def sleep():
    while True: time.sleep(0.002)
for _ in range(12): threading.Thread(target=sleep, daemon=True).start()
def burn(seconds):
    end = time.thread_time() + seconds
    while time.thread_time() < end: pass
todo, done = queue.Queue(), queue.Queue()
def burner():
    while True: burn(todo.get()); done.put(time.thread_time())
threading.Thread(target=burner, daemon=True).start()
burnt = 0
for line in sys.stdin:
    seconds = float(line)
    if seconds > 0:
        todo.put(seconds); burnt = done.get()
        subprocess.run([sys.executable, "-c", "import time\nwhile time.process_time() < %f: pass" % (seconds / 4)])
    s, c = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    print(s.ru_utime + c.ru_utime, s.ru_stime + c.ru_stime, s.ru_nvcsw, burnt, flush=True)
`

// TestProcessAgainstTheKernel compares with what getrusage(2) counts for the process and its children.
func TestProcessAgainstTheKernel(t *testing.T) {
	if testing.Short() {
		t.Skip("some seconds of CPU time")
	}
	s := startScript(t, worker)
	w := process.New(process.Choice{PID: s.pid}, "/proc")
	c, _ := openProcess(Settings{Proc: "/proc", Watch: w})
	before := s.ask(t, "0")
	w.Look()
	began := w.Looked()
	if _, err := collect(c); err != nil {
		t.Fatal(err)
	}
	after := s.ask(t, "2")
	w.Look()
	row, err := collect(c)
	elapsed := w.Looked().Sub(began).Seconds()
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		cell    int
		want    float64
		percent float64
		why     string
	}{
		{processCPU, after[0] + after[1] - before[0] - before[1], 1, "with the child that lived between the rows"},
		{processUser, after[0] - before[0], 2, "user"},
		{processVoluntary, after[2] - before[2], 2, "of all threads"},
		{processBusiest, 100 * (after[3] - before[3]), 2, "the thread that works"},
	} {
		value, ok := row[x.cell].Value()
		if value *= elapsed; !ok || value < x.want*(1-x.percent/100)-0.02 || value > x.want*(1+x.percent/100)+0.02 {
			t.Errorf("%s = %.3f in %.2f s, want the kernel's %.3f within %v %%: %s", resource.ProcessColumns()[x.cell], value, elapsed, x.want, x.percent, x.why)
		}
	}
	t.Log(named(row))
}

// cpuOfThread is the CPU time of the thread that asks: on a busy machine, the time on a clock says little.
func cpuOfThread() time.Duration {
	var usage unix.Rusage
	_ = unix.Getrusage(unix.RUSAGE_THREAD, &usage)
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// BenchmarkCollectProcess is a row of 20 processes: what Look and Collect take together.
func BenchmarkCollectProcess(b *testing.B) {
	for _, kind := range []struct{ name, program string }{
		{"idle", "import os, sys, time\nfor _ in range(19):\n  if os.fork() == 0:\n    time.sleep(600)\nprint(1, flush=True)\nsys.stdin.read()"},
		{"busy-100-threads", `
import os, sys, threading, time
def sleep():
    while True: time.sleep(0.02)
for _ in range(19):
    if os.fork() == 0: break
else:
    print(1, flush=True)
for _ in range(4): threading.Thread(target=sleep, daemon=True).start()
time.sleep(600)`},
	} {
		b.Run(kind.name, func(b *testing.B) {
			s := startScript(b, kind.program)
			s.output.Scan()
			w := process.New(process.Choice{PID: s.pid}, "/proc")
			c, _ := openProcess(Settings{Proc: "/proc", Watch: w})
			time.Sleep(300 * time.Millisecond)
			w.Look()
			defer func() {
				for _, pid := range w.Tree().PIDs {
					if p, err := os.FindProcess(pid); err == nil {
						p.Kill()
					}
				}
			}()
			if n := len(w.Tree().PIDs); n != 20 {
				b.Fatalf("%d processes, want 20", n)
			}
			row := make([]resource.Cell, len(c.Columns()))
			b.ReportAllocs()
			runtime.LockOSThread()
			defer runtime.UnlockOSThread()
			var used time.Duration
			for b.Loop() {
				before := cpuOfThread()
				w.Look()
				clear(row)
				if err := c.Collect(row); err != nil {
					b.Fatal(err)
				}
				used += cpuOfThread() - before
				b.StopTimer()
				time.Sleep(20 * time.Millisecond) // something happens between the rows
				b.StartTimer()
			}
			b.ReportMetric(float64(used.Microseconds())/float64(b.N), "cpu-µs/op")
		})
	}
}
