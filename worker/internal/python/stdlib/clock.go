package stdlib

import (
	"time"

	"golang.org/x/sys/unix"

	"gregaria/worker/internal/python"
)

// clocks adds to the module time what reads the clocks of the system, and the zone of this machine.
func clocks(m *python.Module) {
	for name, id := range map[string]int64{
		"CLOCK_REALTIME": unix.CLOCK_REALTIME, "CLOCK_MONOTONIC": unix.CLOCK_MONOTONIC, "CLOCK_PROCESS_CPUTIME_ID": unix.CLOCK_PROCESS_CPUTIME_ID,
		"CLOCK_THREAD_CPUTIME_ID": unix.CLOCK_THREAD_CPUTIME_ID,
	} {
		m.Attrs().SetStr(name, python.NewInt(id))
	}
	for _, f := range clockFuncs() {
		m.Attrs().SetStr(f.Name(), f)
	}
	for name, id := range map[string]int32{"process_time": unix.CLOCK_PROCESS_CPUTIME_ID, "thread_time": unix.CLOCK_THREAD_CPUTIME_ID} {
		m.Attrs().SetStr(name, python.Func(name+"()", func(*thread, []value) (value, error) {
			ns, err := clock(id)
			return python.Float(float64(ns) / 1e9), err
		}))
		m.Attrs().SetStr(name+"_ns", python.Func(name+"_ns()", func(*thread, []value) (value, error) {
			ns, err := clock(id)
			return python.NewInt(ns), err
		}))
	}
	m.Attrs().SetStr("tzset", python.Func("tzset()", func(*thread, []value) (value, error) { return python.None, nil }))
	zone(m)
}

// clock reads a clock, in nanoseconds.
func clock(id int32) (int64, error) {
	var ts unix.Timespec
	if err := unix.ClockGettime(id, &ts); err != nil {
		return 0, python.OSException(err, "")
	}
	return ts.Nano(), nil
}

func clockFuncs() []*python.Native {
	read := func(name string, f func(id int32) (value, error)) *python.Native {
		return python.Func(name+"(clk_id, /)", func(t *thread, a []value) (value, error) {
			id, err := t.Index(a[0])
			if err != nil {
				return nil, err
			}
			return f(int32(id))
		})
	}
	return []*python.Native{
		read("clock_gettime", func(id int32) (value, error) {
			ns, err := clock(id)
			return python.Float(float64(ns) / 1e9), err
		}),
		read("clock_gettime_ns", func(id int32) (value, error) {
			ns, err := clock(id)
			return python.NewInt(ns), err
		}),
		read("clock_getres", func(id int32) (value, error) {
			var ts unix.Timespec
			if err := unix.ClockGetres(id, &ts); err != nil {
				return nil, python.OSException(err, "")
			}
			return python.Float(float64(ts.Nano()) / 1e9), nil
		}),
	}
}

// zone adds the names and offsets of the local time zone, of winter and of summer, in seconds west of Greenwich.
func zone(m *python.Module) {
	year := time.Now().Year()
	winter, west := time.Date(year, time.January, 1, 0, 0, 0, 0, time.Local).Zone()
	summer, summerWest := time.Date(year, time.July, 1, 0, 0, 0, 0, time.Local).Zone()
	if summerWest < west { // the south
		winter, summer, west, summerWest = summer, winter, summerWest, west
	}
	daylight := int64(0)
	if west != summerWest {
		daylight = 1
	}
	m.Attrs().SetStr("timezone", python.NewInt(int64(-west)))
	m.Attrs().SetStr("altzone", python.NewInt(int64(-summerWest)))
	m.Attrs().SetStr("daylight", python.NewInt(daylight))
	m.Attrs().SetStr("tzname", python.NewTuple(str(winter), str(summer)))
}
