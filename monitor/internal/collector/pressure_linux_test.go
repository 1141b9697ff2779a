package collector

import (
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"gregaria/monitor/internal/kernel/kerneltest"
)

func TestPressure(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		tree := kerneltest.NewTree(t)
		stall := func(cpu, memory, io int) {
			for kind, total := range map[string]int{"cpu": cpu, "memory": memory, "io": io} {
				tree.Write(fmt.Sprintf("-- proc/pressure/%s --\nsome avg10=99.00 avg60=0.00 avg300=0.00 total=%d\nfull avg10=99.00 avg60=0.00 avg300=0.00 total=%d\n", kind, total, total/2))
			}
		}
		stall(1000, 0, 0)
		p, err := openPressure(show(tree))
		if err != nil {
			t.Fatal(err)
		}
		for i, tick := range []struct {
			cpu, memory, io int
			want, why       string
		}{
			{1000, 0, 0, "    ", "the baseline"},
			{501000, 0, 1000000, "25 0 0 50 25", "half a second, and one, of two"},
			{501000, 2100000, 1000000, "0 100 52.5 0 0", "the counters are read a little after the clock"},
			{0, 2100000, 1000000, " 0 0 0 0", "a counter went back"},
		} {
			stall(tick.cpu, tick.memory, tick.io)
			if cells, err := collect(p); text(cells) != tick.want || err != nil {
				t.Errorf("row %d: %q, %v, want %q: %s", i, text(cells), err, tick.want, tick.why)
			}
			time.Sleep(2 * time.Second)
		}
		tree.Remove("proc/pressure/io")
		p.(*pressure).files[2].Close()
		if cells, err := collect(p); text(cells) != "0 0 0  " || err == nil {
			t.Errorf("without one file: %q, %v, want the others and an error", text(cells), err)
		}
	})
}

func TestNoPressure(t *testing.T) {
	t.Parallel()
	if _, err := openPressure(show(kerneltest.NewTree(t), "linux-2.6")); !errors.Is(err, ErrAbsent) {
		t.Errorf("openPressure = %v, want %v", err, ErrAbsent)
	}
}
