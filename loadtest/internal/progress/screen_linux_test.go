package progress_test

import (
	"bytes"
	"io"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/term"

	"gregaria/internal/terminaltest"
	"gregaria/loadtest/internal/glyph"
	"gregaria/loadtest/internal/progress"
)

// A window is a real pseudo-terminal of the kernel, and a terminal behind it.
type window struct {
	t               *testing.T
	printer         *progress.Printer
	program, master *os.File
	vt              *terminaltest.Screen
}

// open opens a window. Each frame is read behind the line discipline before the next.
func open(t *testing.T, columns, rows int, reflows, unicode bool) *window {
	t.Helper()
	program, master, err := terminaltest.Open(columns, rows)
	if err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() { program.Close(); master.Close() })
	w := &window{t: t, program: program, master: master, vt: terminaltest.New(columns, rows, reflows)}
	size := func() (int, int) {
		columns, rows, err := term.GetSize(int(program.Fd()))
		if err != nil {
			t.Error(err)
		}
		return columns, rows
	}
	w.printer = progress.NewPrinter(w, &progress.Screen{Size: size, Unicode: unicode}, time.Hour)
	return w
}

func (w *window) setSize(columns, rows int) {
	if err := terminaltest.SetSize(w.master, columns, rows); err != nil {
		w.t.Fatal(err)
	}
}

// Write is the printer's. A frame is far smaller than what a pseudo-terminal holds.
func (w *window) Write(data []byte) (int, error) {
	if _, err := w.program.Write(data); err != nil {
		return 0, err
	}
	came := make([]byte, len(data)+bytes.Count(data, []byte("\n"))) // ONLCR
	if _, err := io.ReadFull(w.master, came); err != nil {
		return 0, err
	}
	_, _ = w.vt.Write(came)
	return len(data), nil
}

func (w *window) resize(columns, rows int) {
	w.setSize(columns, rows)
	w.vt.Resize(columns, rows)
}

// want compares all that can be read.
func (w *window) want(what, want string) {
	w.t.Helper()
	if diff := cmp.Diff(strings.TrimPrefix(want, "\n"), w.vt.Text()); diff != "" {
		w.t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// run shows the first minutes of a run, with steps of 1.2 s each.
func (w *window) run(seconds int) {
	for _, step := range []string{"check the machine", "start the master", "run the load"} {
		time.Sleep(1200 * time.Millisecond)
		w.printer.Step(step)
	}
	w.printer.Note("web UI at http://localhost:8089")
	for second := 1; second <= seconds; second++ {
		time.Sleep(time.Second)
		w.printer.Status(moment(second))
	}
}

// moment is a run whose server is at its limit from the 30th second on.
func moment(second int) progress.Status {
	users := min(60, second)
	s := status()
	s.Phase, s.Elapsed, s.Users = "steady", time.Duration(second)*time.Second, users
	s.RPS, s.FailuresPS = progress.Known(float64(min(30, users)), true), progress.Known(float64(max(0, users-50)), true)
	s.P50, s.P95 = progress.Known(float64(20*max(1, users-30)), true), progress.Known(float64(40*max(1, users-30)), true)
	s.CPU = progress.Known(float64(min(97, 3*users)), true)
	s.Process = progress.Process{Cores: progress.Known(0.98, true), Thread: progress.Known(float64(min(98, 3*users)), true), RSSMB: progress.Known(float64(100+second), true)}
	return s
}

// staying is what stays above the block of run.
const staying = `
check the machine                       1.2 s
start the master                        1.2 s
web UI at http://localhost:8089
`

func TestBlock(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := open(t, 100, 30, false, true)
		w.run(65)
		w.want("the block", staying+`run the load, steady  1:05/5:00  █████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  22 %
6400 requests, 3 failed (0.05 %)
users              60  ▁▁▁▂▂▂▃▃▃▄▄▄▅▅▆▆▆▇▇▇█████  CPU              97 %  ▁▁▂▃▃▄▅▅▆▆▇██████████████
requests/s       30.0  ▁▂▂▃▄▄▅▆▆▇███████████████  memory         5.2 GB  █████████████████████████
failures/s       10.0  ▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▃▅▇██  process    0.98 cores  █████████████████████████
p50            600 ms  ▁▁▁▁▁▁▁▁▁▁▁▁▁▂▃▃▄▅▅▆▇▇███  thread           98 %  ▁▁▂▃▃▄▅▅▆▆▇██████████████
p95           1200 ms  ▁▁▁▁▁▁▁▁▁▁▁▁▁▂▃▃▄▅▅▆▇▇███  RSS            165 MB  ▅▆▆▆▆▆▆▆▆▇▇▇▇▇▇▇▇████████
`)
		w.printer.Step("stop the load")
		w.printer.Note("a monitor is gone")
		w.want("the end of the load", staying+`run the load                           65.0 s
a monitor is gone
stop the load  1:05/5:00  █████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  22 %
6400 requests, 3 failed (0.05 %)
users              60  ▁▁▁▂▂▂▃▃▃▄▄▄▅▅▆▆▆▇▇▇█████  CPU              97 %  ▁▁▂▃▃▄▅▅▆▆▇██████████████
requests/s       30.0  ▁▂▂▃▄▄▅▆▆▇███████████████  memory         5.2 GB  █████████████████████████
failures/s       10.0  ▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▃▅▇██  process    0.98 cores  █████████████████████████
p50            600 ms  ▁▁▁▁▁▁▁▁▁▁▁▁▁▂▃▃▄▅▅▆▇▇███  thread           98 %  ▁▁▂▃▃▄▅▅▆▆▇██████████████
p95           1200 ms  ▁▁▁▁▁▁▁▁▁▁▁▁▁▂▃▃▄▅▅▆▇▇███  RSS            165 MB  ▅▆▆▆▆▆▆▆▆▇▇▇▇▇▇▇▇████████
`)
		w.printer.Finish()
		w.want("the end", staying+`run the load                           65.0 s
a monitor is gone
stop the load                           0.0 s
`)
	})
}

func TestBlockOfANarrowScreen(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := open(t, 40, 30, false, false)
		w.run(65)
		w.want("40 columns, ASCII", `
check the machine    1.2 s
start the master    1.2 s
web UI at http://localhost:8089
run the load, steady  1:05/5:00
6400 requests, 3 failed (0.05 %)
users              60  __..--:==++**###
requests/s       30.0  _.-:=+##########
failures/s       10.0  _____________:*#
p50            600 ms  ________.-:=+*##
p95           1200 ms  ________.-:=+*##
CPU              97 %  _.-:=+*#########
memory         5.2 GB  ################
thread           98 %  _.-:=+*#########
`)
	})
}

// TestBlockOfALowScreen: a block that is higher than the screen could not be erased.
func TestBlockOfALowScreen(t *testing.T) {
	t.Parallel()
	for rows, want := range map[int]string{
		2: "1:05/5:00  60 users  30.0 req/s  3 failed  p50 600 ms  p95 1200 ms  CPU 97%\n",
		4: "run the load, steady  1:05/5:00  █████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  22 %\nusers              60  ▁▂▂▃▃▄▄▅▆▆▇███    CPU              97 %  ▁▂▄▅▆▇███████\n",
	} {
		synctest.Test(t, func(t *testing.T) {
			w := open(t, 80, rows, false, true)
			w.run(65)
			got := strings.SplitAfterN(w.vt.Text(), "8089\n", 2)[1]
			if n := strings.Count(got, "\n"); n >= rows {
				t.Errorf("%d rows have a block of %d:\n%s", rows, n, got)
			}
			if first, _, _ := strings.Cut(want, "\n"); !strings.HasPrefix(got, first+"\n") {
				t.Errorf("%d rows have\n%s, want it to begin with\n%s", rows, got, want)
			}
			w.printer.Finish()
			w.want("the end", strings.TrimPrefix(staying, "\n")+"run the load                           65.0 s\n")
		})
	}
}

// TestResizing drags the corner of the window through all widths and heights. One frame later there is nothing but what stays, and one whole block.
func TestResizing(t *testing.T) {
	t.Parallel()
	for _, reflows := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			w := open(t, 100, 30, reflows, true)
			w.run(3)
			second := 3
			for _, size := range [][2]int{{99, 30}, {60, 30}, {40, 30}, {41, 12}, {75, 8}, {76, 8}, {120, 40}, {40, 6}, {200, 50}, {47, 30}} {
				w.resize(size[0], size[1])
				second++
				w.printer.Status(moment(second))
				text := w.vt.Text()
				for _, once := range []string{"web UI at", "run the load", "users "} {
					if n := strings.Count(text, once); n != 1 {
						t.Errorf("reflows %v: %d times %q after it became %v:\n%s", reflows, n, once, size, text)
					}
				}
				for line := range strings.Lines(text) {
					if n := glyph.Width(strings.TrimSuffix(line, "\n")); n > size[0] {
						t.Errorf("a line of %d columns at %d: %q", n, size[0], line)
					}
				}
			}
			w.vt.Resize(42, 20) // which the program does not know yet
			w.printer.Status(moment(second + 1))
			w.setSize(42, 20)
			w.printer.Status(moment(second + 2))
			if n := strings.Count(w.vt.Text(), "run the load"); n != 1 {
				t.Errorf("reflows %v: %d blocks after a frame of another size:\n%s", reflows, n, w.vt.Text())
			}
			w.resize(52, 20)
			_, _ = w.vt.Write([]byte("^C")) // as the line discipline echoes it
			w.printer.Finish()
			text := w.vt.Text()
			if want := strings.TrimPrefix(staying, "\n"); !strings.HasPrefix(text, want) && !reflows && !strings.HasPrefix(text, cutTo(want, 40)) {
				t.Errorf("reflows %v: the end does not begin with what stays:\n%s", reflows, text)
			}
			if rest := text[strings.Index(text, "8089\n")+5:]; rest != "run the load    3.0 s\n" {
				t.Errorf("reflows %v: the end is %q", reflows, rest)
			}
		})
	}
}

// cutTo is a text as a terminal that does not reflow has left it after it was so narrow.
func cutTo(text string, columns int) string {
	var out strings.Builder
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		out.WriteString(strings.TrimRight(line[:min(len(line), columns)], " ") + "\n")
	}
	return out.String()
}

// TestBlockOfSeconds: seconds are drawn one by one when they become known, three at a time, and before that there is nothing.
func TestBlockOfSeconds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := open(t, 80, 24, false, true)
		w.printer.Step("run the load")
		s := moment(1)
		for second := 1; second <= 6; second++ {
			s.Seconds = []progress.Second{}
			for i := range 3 * (second / 3 * 3 / second) { // with the third and the sixth
				s.Seconds = append(s.Seconds, progress.Second{RPS: float64(second + i), P95: progress.Known(8, i > 0)})
			}
			w.printer.Status(s)
			if second == 1 && !strings.Contains(w.vt.Text(), "requests/s        1.0                   memory") {
				t.Errorf("before the first second\n%s", w.vt.Text())
			}
		}
		for _, want := range []string{"requests/s        1.0  ▃▄▅▆▇█ ", "failures/s        0.0  ▁▁▁▁▁▁ ", "p95             40 ms   ██ ██ ", "users               1  ██████ "} {
			if !strings.Contains(w.vt.Text(), want) {
				t.Errorf("there is no %q:\n%s", want, w.vt.Text())
			}
		}
	})
}

// TestHostileHost: what comes from outside does not leave its place.
func TestHostileHost(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := open(t, 80, 24, false, true)
		w.printer.Step("run the load")
		s := moment(1)
		s.Host = "\x1b[2J漢字" + strings.Repeat("漢", 100)
		w.printer.Status(s)
		w.printer.Note("watching \x1b]0;title\a (pid 1)\r\n\x1b[2J")
		text := w.vt.Text()
		if want := `watching \x1b]0;title\x07 (pid 1)\r\n\x1b[2J` + "\n"; !strings.HasPrefix(text, want) {
			t.Errorf("the note is %q, want %q", text, want)
		}
		if strings.Count(text, "\n") != 8 || !strings.Contains(text, `resources of \x1b[2J漢字漢漢`) {
			t.Errorf("the block is\n%s", text)
		}
	})
}
