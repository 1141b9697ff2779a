package progress_test

import (
	"strings"
	"testing"
	"time"

	"gregaria/loadtest/internal/progress"
)

// status returns a run in its 65th second.
func status() progress.Status {
	return progress.Status{
		Elapsed: 65 * time.Second, Duration: 300 * time.Second,
		Users: 200, RPS: progress.Known(98.76, true), Requests: 6400, Failures: 3,
		P50: progress.Known(12.34, true), P95: progress.Known(41, true), CPU: progress.Known(63.4, true), MemoryGB: progress.Known(5.25, true),
	}
}

func TestLineFitsTheWidth(t *testing.T) {
	t.Parallel()
	tests := []struct {
		reason string
		width  int
		want   string
	}{
		{"no limit shows everything", 0, "1:05/5:00  200 users  98.8 req/s  3 failed  p50 12 ms  p95 41 ms  CPU 63%  mem 5.2 GB  6400 requests"},
		{"79 columns lose the least wanted", 79, "1:05/5:00  200 users  98.8 req/s  3 failed  p50 12 ms  p95 41 ms  CPU 63%"},
		{"a narrow terminal keeps whole fields", 36, "1:05/5:00  200 users  98.8 req/s"},
		{"a tiny one gets a part of the time", 4, "1:05"},
	}
	for _, test := range tests {
		t.Run(test.reason, func(t *testing.T) {
			t.Parallel()
			if got := status().Line(test.width); got != test.want {
				t.Errorf("Line(%d) = %q, want %q", test.width, got, test.want)
			}
		})
	}
}

func TestLineShowsTheUnknownAsADash(t *testing.T) {
	t.Parallel()
	s := status()
	s.RPS, s.P50, s.P95, s.CPU, s.MemoryGB = progress.Value{}, progress.Value{}, progress.Value{}, progress.Value{}, progress.Value{}
	if got := s.Line(0); !strings.Contains(got, "users  - req/s  3 failed  p50 -  p95 -  CPU -  mem -  6400") {
		t.Errorf("Line() = %q, want dashes for what is unknown", got)
	}
}

func TestLineOfAServer(t *testing.T) {
	t.Parallel()
	s := status()
	s.Host, s.Full = "ap\x1bi", true
	s.P50, s.P95 = progress.Known(4.21, true), progress.Known(12345, true)
	s.Process = progress.Process{Cores: progress.Known(0.98, true), Thread: progress.Known(97.4, true), RSSMB: progress.Known(20480, true)}
	s.GPUs = []progress.GPU{{Load: progress.Known(55, true)}, {Load: progress.Known(60, true), MemoryGB: progress.Known(6.12, true)}}
	want := `1:05/5:00  GENERATOR AT ITS LIMIT  200 users  98.8 req/s  3 failed  p50 4.2 ms  p95 12.3 s  ap\x1bi CPU 63%  mem 5.2 GB  ` +
		"process 0.98 cores  thread 97%  RSS 20.0 GB  GPU 0 55% -  GPU 1 60% 6.1 GB  6400 requests"
	if got := s.Line(0); got != want {
		t.Errorf("Line() = %q, want %q", got, want)
	}
	s.GPUs = append(s.GPUs, progress.GPU{MemoryGB: progress.Known(1, true)})
	if got, want := s.Line(0), "  3 GPUs 58% 7.1 GB  "; !strings.Contains(got, want) {
		t.Errorf("Line() = %q, want %q in it", got, want)
	}
}

func TestPlainLinesKeepTheirDistance(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	printer := progress.NewPrinter(&out, nil, 5*time.Second)
	for second := range 12 {
		s := status()
		s.Elapsed = time.Duration(second)*time.Second + 100*time.Millisecond
		printer.Status(s)
	}
	printer.Step("stop the load")
	printer.Status(progress.Status{Elapsed: time.Minute, Over: true})
	printer.Note("a note of \x1b[2J another program")
	printer.Finish()
	lines, rest, _ := strings.Cut(out.String(), "stop the load\n")
	if want := `a note of \x1b[2J another program` + "\n"; rest != want {
		t.Errorf("after the load: %q, want %q", rest, want)
	}
	var times []string
	for line := range strings.Lines(lines) {
		times = append(times, strings.Fields(line)[0])
	}
	if got, want := strings.Join(times, " "), "0:00/5:00 0:05/5:00 0:10/5:00"; got != want {
		t.Errorf("lines at %s, want %s", got, want)
	}
	if strings.ContainsAny(out.String(), "\r\x1b") {
		t.Errorf("output %q has control characters, but it is no terminal", out.String())
	}
}
