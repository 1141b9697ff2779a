package collector

import (
	"os"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"gregaria/monitor/internal/kernel"
	"gregaria/monitor/internal/process"
)

// TestPSSBetweenRows: the value of a row was read since the one before, and one that took long is not read again at once.
func TestPSSBetweenRows(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := proc{t, t.TempDir()}
		w := process.New(process.Choice{PID: 100}, p.dir)
		c, _ := openPSS(Settings{Proc: p.dir, Watch: w})
		row := func() string {
			w.Look()
			cells, err := collect(c)
			if err != nil {
				t.Errorf("Collect = %v", err)
			}
			synctest.Wait() // the reading
			time.Sleep(time.Second)
			return text(cells)
		}
		var got []string
		got = append(got, row()) // no process
		p.show(thing{pid: 100, parent: 1, start: 1, threads: []string{"1 1 1 1 1"}}, thing{pid: 101, parent: 100, start: 2, threads: []string{"1 1 1 1 1"}})
		p.write("100/smaps_rollup", "559b-7ffc ---p 00000000 00:00 0    [rollup]\nRss:    4096 kB\nPss:    1024 kB\nPss_Dirty:   512 kB\n")
		p.write("101/smaps_rollup", "559b-7ffc ---p 00000000 00:00 0    [rollup]\nRss:    4096 kB\nPss:    512 kB\n")
		got = append(got, row(), row())
		answer := <-c.(*pss).answers
		answer.took = 15 * time.Millisecond // a hundred times that is a second and a half
		c.(*pss).answers <- answer
		got = append(got, row(), row(), row(), row())
		if want := ",,1.5,1.5,,,1.5"; strings.Join(got, ",") != want {
			t.Errorf("rows = %q, want %q", strings.Join(got, ","), want)
		}
	})
}

func TestPSSOfThisProcess(t *testing.T) {
	t.Parallel()
	w := process.New(process.Choice{PID: os.Getpid()}, "/proc")
	w.Look()
	answer := readPSS("/proc", w.Tree())
	status, err := os.ReadFile("/proc/" + strconv.Itoa(os.Getpid()) + "/status")
	if err != nil {
		t.Fatal(err)
	}
	rss, _ := kernel.Value(status, "VmRSS")
	if answer.err != nil || answer.none || answer.kilobytes < rss/4 || answer.took <= 0 {
		t.Errorf("readPSS = %+v, want about the RSS of %d kB", answer, rss)
	}
}
