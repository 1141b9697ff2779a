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
		Users: 200, RPS: 98.76, Requests: 6400, Failures: 3,
		P95: progress.Known(41, true), CPU: progress.Known(63.4, true), MemoryGB: progress.Known(5.25, true),
	}
}

func TestLineFitsTheWidth(t *testing.T) {
	t.Parallel()
	tests := []struct {
		reason string
		width  int
		want   string
	}{
		{"no limit shows everything", 0, "1:05/5:00  200 users  98.8 req/s  3 failed  p95 41 ms  CPU 63%  mem 5.2 GB  6400 requests"},
		{"79 columns lose the least wanted", 79, "1:05/5:00  200 users  98.8 req/s  3 failed  p95 41 ms  CPU 63%  mem 5.2 GB"},
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
	s.P95, s.CPU, s.MemoryGB = progress.Value{}, progress.Value{}, progress.Value{}
	if got := s.Line(0); !strings.Contains(got, "p95 -  CPU -  mem -") {
		t.Errorf("Line() = %q, want dashes for what is unknown", got)
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
	printer.Finish()
	var times []string
	for line := range strings.Lines(out.String()) {
		times = append(times, strings.Fields(line)[0])
	}
	if got, want := strings.Join(times, " "), "0:00/5:00 0:05/5:00 0:10/5:00"; got != want {
		t.Errorf("lines at %s, want %s", got, want)
	}
	if strings.ContainsAny(out.String(), "\r\x1b") {
		t.Errorf("output %q has control characters, but it is no terminal", out.String())
	}
}

func TestTerminalLineIsRewritten(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	printer := progress.NewPrinter(&out, func() int { return 37 }, time.Hour)
	printer.Step("start the master")
	printer.Status(status())
	printer.Note("a worker is missing")
	printer.Status(status())
	printer.Finish()
	line := "\r\x1b[K1:05/5:00  200 users  98.8 req/s"
	want := "\r\x1b[Kstart the master ..." + line + "\r\x1b[Ka worker is missing\n" + line + "\r\x1b[K"
	if out.String() != want {
		t.Errorf("output = %q, want %q", out.String(), want)
	}
}
